"""00.first: where sentence B begins."""

from ...models.records import AttentionRecord
from ..exercise import Mistake
from ..values import ValueExercise


def first_of_b(record: AttentionRecord, steps: int = 0) -> set[tuple[int]]:
    """Return the index of the first token of sentence B, moved by some steps; empty where there is one sentence."""
    return set() if record.sentence_b_start is None else {(record.sentence_b_start + steps,)}


def facts(value: tuple[int, ...], record: AttentionRecord) -> dict[str, object]:
    """Return what the messages say about an index: the token that stands there, and the last index."""
    inside = 0 <= value[0] < record.n_tokens
    return {"index": value[0], "token": record.tokens[value[0]] if inside else "", "last": record.n_tokens - 1}


EXERCISE = ValueExercise(
    key="00.first",
    right=first_of_b,
    places=lambda record: {(index,) for index in range(record.n_tokens)},
    facts=facts,
    passed={
        "en": "Sentence B begins at {index}, with {token!r}: right after the [SEP] that closes sentence A.",
        "zh": "句子 B 从位置 {index} 的 {token!r} 开始，紧跟在结束句子 A 的 [SEP] 之后。",
    },
    mistakes=(
        Mistake("from_one", lambda record: first_of_b(record, 1), {
            "en": "You are one too far: {index} is {token!r}. Likely you counted from 1; the first token, [CLS], is "
                  "number 0.",
            "zh": "多数了一个：位置 {index} 是 {token!r}。多半是从 1 数起了；第一个词元 [CLS] 是第 0 个。",
        }),
        Mistake("separator", lambda record: first_of_b(record, -1), {
            "en": "You are one too early: {index} is {token!r}, the separator that closes sentence A. Sentence B "
                  "begins after it. (Leaving out [CLS] while counting leads here too: it is a token, number 0.)",
            "zh": "早了一个：位置 {index} 是 {token!r}，也就是结束句子 A 的分隔符，句子 B 在它后面才开始。"
                  "（数的时候漏掉 [CLS] 也会得到这个数：它也是词元，是第 0 个。）",
        }),
        Mistake("specials_left_out", lambda record: first_of_b(record, -2), {
            "en": "{index} is the number of tokens of sentence A alone. [CLS] before it and [SEP] after it are tokens "
                  "too and take a place each.",
            "zh": "{index} 只是句子 A 自己的词元数。它前面的 [CLS] 和后面的 [SEP] 也是词元，各占一个位置。",
        }),
        Mistake("characters", lambda record: {(len(text),) for text in getattr(record, "sentences", ())[:1]}, {
            "en": "{index} is the number of characters of sentence A. Count tokens: one may hold several characters, "
                  "and [CLS] and [SEP] take a place each.",
            "zh": "{index} 是句子 A 的字符数。要数的是词元：一个词元可以含好几个字符，而且 [CLS] 和 [SEP] "
                  "也各占一个位置。",
        }),
        Mistake("all_tokens", lambda record: {(record.n_tokens,), (record.n_tokens - 1,)}, {
            "en": "{index} is where the whole input ends. Look for the first token after the first [SEP].",
            "zh": "{index} 是整个输入结束的地方。请找第一个 [SEP] 之后的第一个词元。",
        }),
    ),
    out_of_range={
        "en": "There is no token {index}: they are numbered from 0 to {last}.",
        "zh": "没有第 {index} 个词元：编号从 0 到 {last}。",
    },
    otherwise={
        "en": "Token {index} is {token!r}. Find the first [SEP]; sentence B begins with the token after it.",
        "zh": "第 {index} 个词元是 {token!r}。先找到第一个 [SEP]，它后面的那个词元就是句子 B 的开头。",
    },
    form={
        "en": "Expected one whole number, the place of a token; got {got}.",
        "zh": "答案应是一个整数，也就是词元的位置；收到的是 {got}。",
    },
    unsuitable_record={
        "en": "This record holds one sentence alone, so no sentence B begins in it. Run the model on two sentences.",
        "zh": "这份记录里只有一句话，没有句子 B。请用两句话运行模型。",
    },
    hints=(
        {
            "en": "Tokens are counted from 0, and [CLS] and [SEP] count like any other.",
            "zh": "词元从 0 数起，[CLS] 和 [SEP] 同样要数进去。",
        },
        {
            "en": "The input reads [CLS], sentence A, [SEP], sentence B, [SEP]. Which token comes right after the "
                  "first [SEP]?",
            "zh": "输入的顺序是 [CLS]、句子 A、[SEP]、句子 B、[SEP]。第一个 [SEP] 后面紧跟着的是哪个词元？",
        },
        {
            "en": "record.segment_ids holds 0 for sentence A and 1 for sentence B. Where is the first 1?",
            "zh": "record.segment_ids 里，句子 A 的词元是 0，句子 B 的词元是 1。第一个 1 在哪个位置？",
        },
    ),
)

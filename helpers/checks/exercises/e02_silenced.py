"""02.silenced: the output of a layer with one head switched off."""

from torch import Tensor

from ...attention import merge_heads
from ..exercise import Mistake
from ..functions import FunctionExercise, wave


def run_together(heads: Tensor) -> Tensor:
    """Return what a reshape alone makes of (head, token, d_head): the shape (token, d_model), tokens mixed."""
    return heads.reshape(heads.shape[1], -1)


def silenced(context: Tensor, place: int | tuple) -> Tensor:
    """Return a copy of the context (head, token, d_head) with zeros at a place."""
    context = context.clone()
    context[place] = 0
    return context


def output_silenced(context: Tensor, head: int, w_output: Tensor) -> Tensor:
    """Return the output with the columns set to zero that a head has before w_output, not after it."""
    output, d_head = merge_heads(context) @ w_output, context.shape[-1]
    output[:, head * d_head:(head + 1) * d_head] = 0
    return output


EXERCISE = FunctionExercise(
    key="02.silenced",
    name="without_head",
    right=lambda context, head, w_output: merge_heads(silenced(context, head)) @ w_output,
    cases=tuple({"context": wave(h, n, d), "head": head, "w_output": wave(h * d, h * d, start=2)}
                for h, n, d, head in ((2, 2, 2, 1), (2, 4, 3, 0), (3, 4, 4, 2))),
    passed={
        "en": "The head still computes; nobody hears it. This is what heads_off does inside the running model.",
        "zh": "那个头照样在算，只是没人听得到。运行中的模型里，heads_off 做的正是这件事。",
    },
    mistakes=(
        Mistake("nothing_off", lambda context, head, w_output: merge_heads(context) @ w_output, {
            "en": "This is the whole output, with every head in it. Set the context of one head to zero first.",
            "zh": "这是完整的输出，每个头都还在。先把那个头的上下文向量设成 0。",
        }),
        Mistake("only_that_head", lambda context, head, w_output: merge_heads(
            context - silenced(context, head)) @ w_output, {
            "en": "The other way round: you kept that one head and switched all the others off.",
            "zh": "做反了：你只留下那一个头，把其他的都关掉了。",
        }),
        Mistake("token_off", lambda context, head, w_output: merge_heads(
            silenced(context, (slice(None), head))) @ w_output, {
            "en": "You silenced one token in all heads. The first axis of context is the head, the second the token.",
            "zh": "你让一个词元在所有的头里都没了声音。context 的第一轴是头，第二轴才是词元。",
        }),
        Mistake("number_off", lambda context, head, w_output: merge_heads(silenced(context, (..., head))) @ w_output, {
            "en": "You set one number of every piece to zero, in all heads. The head is the first axis: context[head].",
            "zh": "你把每一份里的同一个数设成了 0，每个头都少了一个数。头是第一个轴：context[head]。",
        }),
        Mistake("after_output", output_silenced, {
            "en": "You cut the columns after w_output. There the heads are mixed already: every number holds "
                  "something of each. Switch the head off before.",
            "zh": "你是在 w_output 之后才把那几列清零的。那时各个头已经混在一起，每个数里都有大家的份。要在乘 "
                  "w_output 之前关掉。",
        }),
        Mistake("no_output", lambda context, head, w_output: merge_heads(silenced(context, head)), {
            "en": "Rightly switched off and merged; w_output is still missing.",
            "zh": "关对了，也合并了，还差乘上 w_output。",
        }),
        Mistake("made_up_for", lambda context, head, w_output: merge_heads(
            silenced(context, head)) @ w_output * len(context) / (len(context) - 1), {
            "en": "You made the other heads louder to make up for the missing one, as dropout does in training. Here "
                  "we want to see the gap: leave them as they are.",
            "zh": "你把其余的头放大了，去补缺掉的那一个，这是训练时 dropout 的做法。我们正要看缺了会怎样："
                  "其余的头保持原样。",
        }),
        Mistake("reshape_alone", lambda context, head, w_output: run_together(silenced(context, head)) @ w_output, {
            "en": "The right head is off, but the merging mixes tokens: the heads stand first, so exchange the first "
                  "two axes before you join, or use merge_heads.",
            "zh": "关对了头，但合并时把词元弄混了：头排在最前面，要先交换前两个轴再拼接，或者直接用 merge_heads。",
        }),
    ),
    hints=(
        {
            "en": "A head speaks only through its context. What must that be, so that it adds nothing?",
            "zh": "一个头只通过它的上下文向量说话。要让它什么也加不进去，上下文向量应该是多少？",
        },
        {
            "en": "Copy first (context.clone()), then set the part of that head to zero; the first axis is the head.",
            "zh": "先复制一份（context.clone()），再把那个头的部分设成 0；第一轴就是头。",
        },
        {
            "en": "After that all goes on as ever: merge_heads makes it (token, d_model), and w_output comes last.",
            "zh": "之后一切照旧：merge_heads 把它变回 (token, d_model)，最后乘 w_output。",
        },
    ),
)

"""What a learner reads who brings attention from another model: what was expected, what came, the likely cause."""

STRINGS = {
    # the attention
    "not_a_record": {
        "en": "{function} needs a record, as bert.run(…) returns it, or attention weights together with their tokens: "
              "{function}(attentions, tokens); got {got}.",
        "zh": "{function} 需要 bert.run(…) 返回的记录，或者注意力权重连同它的词元：{function}(attentions, tokens)；"
              "收到的是 {got}。",
    },
    "record_and_tokens": {
        "en": "{function} was given a record and tokens, but a record has its tokens already. Leave them out.",
        "zh": "{function} 既收到了记录，又收到了词元，而记录里已经有词元了。请去掉后者。",
    },
    "none": {
        "en": "There are no attention weights here (got {got}). Likely cause: the model ran without "
              "output_attentions=True, or not with eager attention: load it with attn_implementation=\"eager\".",
        "zh": "这里没有注意力权重（收到的是 {got}）。可能的原因：运行模型时没有写 output_attentions=True，"
              "或者没有用 eager 方式计算注意力：加载时请写 attn_implementation=\"eager\"。",
    },
    "whole_output": {
        "en": "This is all that a model gave back ({got}). Give its attention alone: outputs.attentions (of a "
              "translator encoder_attentions, decoder_attentions or cross_attentions).",
        "zh": "这是模型的全部输出（{got}）。请只给注意力：outputs.attentions（翻译模型则是 encoder_attentions、"
              "decoder_attentions 或 cross_attentions）。",
    },
    "no_numbers": {
        "en": "Attention weights are a tensor or an array of numbers, or one such for each layer; got {got}.",
        "zh": "注意力权重应是由数组成的张量或数组，或者每层一个；收到的是 {got}。",
    },
    "rank": {
        "en": "Attention weights have the axes (layer, head, query, key), or are a list with one (1, head, query, key) "
              "for each layer; the shape of these is {shape}.",
        "zh": "注意力权重的轴应是 (layer, head, query, key)，或者是一个列表，每层一个 (1, head, query, key)；"
              "收到的形状是 {shape}。",
    },
    "steps": {
        "en": "This is the attention of generate(): layers inside of steps. Give one step alone, attentions[0], or run "
              "the model once over the whole text.",
        "zh": "这是 generate() 给出的注意力：每一步里又有各层。请只给其中一步 attentions[0]，或者让模型把整段文字"
              "运行一遍。",
    },
    "batch": {
        "en": "Layer {layer} holds a batch of {n} texts, shape {shape}; a record shows one. Choose it: "
              "[layer[:1] for layer in attentions].",
        "zh": "第 {layer} 层里是一批 {n} 段文字，形状为 {shape}；一个记录只显示一段。请选出一段："
              "[layer[:1] for layer in attentions]。",
    },
    "uneven": {
        "en": "The layers have different shapes, {one} and {other}. Likely cause: attention of encoder and decoder in "
              "one list, or a model that looks at a window of its own in each layer.",
        "zh": "各层的形状不一样：有 {one}，也有 {other}。可能的原因：编码器和解码器的注意力放进了同一个列表，"
              "或者这个模型每层看的窗口不同。",
    },
    "not_square": {
        "en": "{queries} queries ask {keys} keys (shape {shape}), so they are not the same tokens. Cross-attention "
              "needs both: AttentionRecord.of(attentions, tokens, key_tokens=…). Another cause: a cache of earlier "
              "tokens; run the model with use_cache=False.",
        "zh": "{queries} 个查询对着 {keys} 个键（形状 {shape}），可见两边不是同样的词元。交叉注意力要给出两边："
              "AttentionRecord.of(attentions, tokens, key_tokens=…)。另一种可能：模型用了前文的缓存；"
              "运行时请写 use_cache=False。",
    },
    "tokens_count": {
        "en": "There are {n} tokens, but the {axis} axis of the attention has {rows} places (shape {shape}). Likely "
              "cause: special tokens were left out, or the tokens are of another text.",
        "zh": "词元有 {n} 个，而注意力的 {axis} 轴有 {rows} 个位置（形状 {shape}）。可能的原因：漏掉了特殊词元，"
              "或者这些词元来自另一段文字。",
    },
    "not_finite": {
        "en": "Not a number or infinity among the weights, first in layer {layer}, head {head}, query {query} (shape "
              "{shape}). Likely cause: scores in place of weights, or a row in which everything is masked.",
        "zh": "权重里有无穷大或不是数的值，第一处在第 {layer} 层头 {head} 第 {query} 个查询（形状 {shape}）。"
              "可能的原因：给的是分数，不是权重；或者有一行全被掩盖了。",
    },
    "negative": {
        "en": "Attention weights lie from 0 to 1, and layer {layer}, head {head}, query {query} holds a negative "
              "number (the least is {got}; shape {shape}). Likely cause: scores or logits in place of weights; put "
              "softmax over the keys first.",
        "zh": "注意力权重在 0 到 1 之间，而第 {layer} 层头 {head} 第 {query} 个查询里有负数（最小的是 {got}；"
              "形状 {shape}）。可能的原因：给的是分数或 logits，不是权重；请先沿键的方向做 softmax。",
    },
    "sums": {
        "en": "The weights of a row must sum to 1 (or all be 0, for padding), but those of layer {layer}, head {head}, "
              "query {query} sum to {got} (shape {shape}). Likely cause: scores in place of weights, keys and queries "
              "swapped, dropout (call model.eval()), or keys that were cut off.",
        "zh": "一行权重之和必须是 1（填充行可以全是 0），而第 {layer} 层头 {head} 第 {query} 个查询的和是 {got}"
              "（形状 {shape}）。可能的原因：给的是分数；查询和键的轴颠倒了；还开着 dropout（请先 model.eval()）；"
              "或者有些键被切掉了。",
    },
    # the tokens
    "tokens_form": {
        "en": "tokens is a list with one string for each token, such as tokenizer.convert_ids_to_tokens(ids); got "
              "{got}.",
        "zh": "tokens 应是一个列表，每个词元一个字符串，例如 tokenizer.convert_ids_to_tokens(ids)；收到的是 {got}。",
    },
    "token_ids": {
        "en": "Tokens are strings, and {got} is among them. Turn ids into strings first: "
              "tokenizer.convert_ids_to_tokens(ids).",
        "zh": "词元应是字符串，而其中有 {got}。请先把编号变成字符串：tokenizer.convert_ids_to_tokens(ids)。",
    },
    "special": {
        "en": "special names the tokens that the model's format adds, by place (0 to {last}) or as strings; there is "
              "no token {got}.",
        "zh": "special 列出模型格式所加的词元，可以写位置（0 到 {last}）或字符串；没有词元 {got}。",
    },
    "b_start": {
        "en": "sentence_b_start is the place of the first token of sentence B, a whole number from 1 to {last}; got "
              "{got}.",
        "zh": "sentence_b_start 是 B 句第一个词元的位置，应为 1 到 {last} 的整数；收到的是 {got}。",
    },
    "b_in_cross": {
        "en": "Cross-attention has no sentences A and B: leave sentence_b_start out.",
        "zh": "交叉注意力没有 A 句和 B 句之分：请去掉 sentence_b_start。",
    },
    "cross": {
        "en": "{function} needs tokens that attend to themselves, and in this record {queries} tokens attend to {keys} "
              "others (cross-attention). Show it with view_heads.",
        "zh": "{function} 需要的是词元之间的自注意力，而这个记录是交叉注意力：{queries} 个词元看着另外 {keys} 个"
              "词元。请用 view_heads 来看它。",
    },
}

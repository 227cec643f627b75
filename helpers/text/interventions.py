"""What a learner reads about interventions: what was changed, what came of it, and what cannot be changed."""

STRINGS = {
    "not_a_model": {
        "en": "compare expects a loaded model, as load_bert(…) returns it, and then a text; it got {got}.",
        "zh": "compare 需要先给出一个已加载的模型（load_bert(…) 的返回值），再给出文字；收到的是 {got}。",
    },
    # what was changed
    "notice": {"en": "Changed in this run: {changes}.", "zh": "这次运行做了改动：{changes}。"},
    "said_heads": {"en": "switched off in layer {layer}: {heads}", "zh": "第 {layer} 层关掉了{heads}"},
    "said_head": {"en": "head {head}", "zh": "头 {head}"},
    "said_rows": {"en": "rows of weights edited: {n}", "zh": "改写了 {n} 行注意力权重"},
    "said_hidden": {"en": "hidden from all: {tokens}", "zh": "谁也看不到：{tokens}"},
    "said_shuffled": {"en": "positions shuffled", "zh": "位置打乱"},
    "said_none": {"en": "no positions", "zh": "去掉位置"},
    "said_given": {"en": "positions as given", "zh": "位置按指定的来"},
    "said_table": {"en": "another table of positions", "zh": "换了位置表"},
    "said_scale": {"en": "q·k times {scale} in place of 1/√d", "zh": "q·k 乘以 {scale}，不再乘以 1/√d"},
    "said_temperature": {"en": "temperature {temperature}", "zh": "温度 {temperature}"},
    "comma": {"en": ", ", "zh": "、"},
    "and": {"en": "; ", "zh": "；"},
    "no_change": {"en": "nothing", "zh": "无"},
    # what came of it
    "text": {"en": "Changed: {changes}. {found}", "zh": "改动：{changes}。{found}"},
    "mask_same": {
        "en": "[MASK] at position {position}: still “{old}”, {p_old} before and {p_new} after ({bits} bits); all "
              "guesses together changed by {divergence} bits.",
        "zh": "位置 {position} 的 [MASK]：仍是“{old}”，概率从 {p_old} 变为 {p_new}（{bits} 比特）；"
              "全部猜测合起来变化了 {divergence} 比特。",
    },
    "mask_other": {
        "en": "[MASK] at position {position}: “{old}” ({p_old}) gives way to “{new}” ({p_new}) and keeps {p_kept} "
              "({bits} bits); all guesses together changed by {divergence} bits.",
        "zh": "位置 {position} 的 [MASK]：“{old}”（{p_old}）让位给“{new}”（{p_new}），自己只剩 {p_kept}（{bits} 比特）"
              "；全部猜测合起来变化了 {divergence} 比特。",
    },
    "not_moved": {"en": "No hidden state turned.", "zh": "没有任何隐藏状态转动。"},
    "moved": {
        "en": "The last hidden state of “{token}” (position {position}) turned most: cosine distance {distance}; "
              "the mean over the tokens is {mean}.",
        "zh": "最后一层隐藏状态转动最大的是“{token}”（位置 {position}）：余弦距离 {distance}；各词元平均为 {mean}。",
    },
    "bits_note": {
        "en": "Bits: log₂(p after ÷ p before) of the first guess before; all guesses together: Σ p · log₂(p ÷ q), p "
              "before and q after (the KL divergence).",
        "zh": "比特：改动前的第一猜测，log₂(改动后的概率 ÷ 改动前的概率)；全部猜测合起来：Σ p · log₂(p ÷ q)，p "
              "是改动前的概率，q 是改动后的概率（KL 散度）。",
    },
    "column_before": {"en": "before", "zh": "改动前"},
    "column_after": {"en": "after", "zh": "改动后"},
    "column_place": {"en": "position", "zh": "位置"},
    "column_token": {"en": "token", "zh": "词元"},
    "column_distance": {"en": "cosine distance", "zh": "余弦距离"},
    # what cannot be changed
    "unknown": {
        "en": "There is no change called {got}. What can be changed: {known}.",
        "zh": "没有叫 {got} 的改动。可以改动的有：{known}。",
    },
    "heads_form": {
        "en": "heads_off expects (layer, head) pairs, such as heads_off={{(0, 3), (2, 1)}}; got {got}.",
        "zh": "heads_off 需要若干个 (layer, head) 数对，例如 heads_off={{(0, 3), (2, 1)}}；收到的是 {got}。",
    },
    "rows_form": {
        "en": "weights_edited expects rows by place, such as weights_edited={{(layer, head, query): row}}; got {got}.",
        "zh": "weights_edited 需要写明每一行的位置，例如 weights_edited={{(layer, head, query): row}}；收到的是 "
              "{got}。",
    },
    "row_numbers": {
        "en": "An edited row is a list of numbers, one weight for each key; got {got}.",
        "zh": "改写的一行应是一列数，每个键一个权重；收到的是 {got}。",
    },
    "row_shape": {
        "en": "An edited row needs one weight for each key: {n_tokens} numbers, shape ({n_tokens},); the shape of "
              "this one is {got}. Likely cause: [CLS] and [SEP] were not counted, or the row is from another text.",
        "zh": "改写的一行要给每个键一个权重，共 {n_tokens} 个数，形状是 ({n_tokens},)；这一行的形状是 {got}。"
              "可能的原因：没有算上 [CLS] 和 [SEP]，或者这一行来自另一段文字。",
    },
    "row_negative": {
        "en": "Attention weights are numbers from 0 to 1, and the edited row holds {got}. Likely cause: scores in "
              "place of weights (put softmax over them first).",
        "zh": "注意力权重是 0 到 1 之间的数，而改写的这一行里有 {got}。可能的原因：给的是分数，不是权重（先做 "
              "softmax）。",
    },
    "row_sum": {
        "en": "The weights of a row must sum to 1, and the edited row sums to {got}. Divide it by its sum: row / "
              "sum(row).",
        "zh": "一行注意力权重之和必须是 1，而改写的这一行之和是 {got}。请把它除以自己的和：row / sum(row)。",
    },
    "tokens_form": {
        "en": "hidden_tokens expects positions or token strings, such as hidden_tokens={{3, \"[CLS]\"}}; got {got}.",
        "zh": "hidden_tokens 需要若干个位置或词元，例如 hidden_tokens={{3, \"[CLS]\"}}；收到的是 {got}。",
    },
    "token_absent": {
        "en": "No token of this text is “{got}”, so it cannot be hidden. The tokens are: “{tokens}”",
        "zh": "这段文字里没有词元“{got}”，无法遮住。它的词元有：“{tokens}”",
    },
    "nothing_left": {
        "en": "Token {query} “{token}” has no key left to attend to: all that it may see are hidden. Hide fewer "
              "tokens.",
        "zh": "第 {query} 个词元“{token}”没有键可看了：它能看的全被遮住了。请少遮几个词元。",
    },
    "layer": {
        "en": "There is no layer {got}: layers count from 0, and the last of this model is {last}.",
        "zh": "没有第 {got} 层：层从 0 数起，这个模型的最后一层是第 {last} 层。",
    },
    "head": {
        "en": "There is no head {got}: heads count from 0, and the last of each layer is {last}.",
        "zh": "没有头 {got}：头从 0 数起，每层的最后一个头是头 {last}。",
    },
    "query": {
        "en": "There is no query {got}: tokens count from 0, and the last of this text is {last}.",
        "zh": "没有第 {got} 个查询：词元从 0 数起，这段文字的最后一个是第 {last} 个。",
    },
    "token": {
        "en": "There is no token {got} to hide: tokens count from 0, and the last of this text is {last}.",
        "zh": "没有第 {got} 个词元可以遮住：词元从 0 数起，这段文字的最后一个是第 {last} 个。",
    },
    "position": {
        "en": "There is no position {got}: the positions of this model are whole numbers from 0 to {last}.",
        "zh": "没有位置 {got}：这个模型的位置是 0 到 {last} 的整数。",
    },
    "rotary": {
        "en": "{got} cannot be changed here: this model has no table of positions, it turns its queries and keys.",
        "zh": "这里不能改 {got}：这个模型没有位置表，它是用旋转查询和键的办法表示位置的。",
    },
    "positions_word": {
        "en": "positions is \"shuffled\", \"none\" or a list with one position for each token; got “{got}”.",
        "zh": "positions 应为 \"shuffled\"（打乱）、\"none\"（去掉），或一个列表，每个词元一个位置；收到的是“{got}”。",
    },
    "positions_length": {
        "en": "positions needs one position for each of the {n_tokens} tokens, [CLS] and [SEP] included; got {got}.",
        "zh": "positions 要给 {n_tokens} 个词元各一个位置（[CLS] 和 [SEP] 也算）；收到的是 {got}。",
    },
    "seed": {"en": "seed is a whole number from 0; got {got}.", "zh": "seed 应是不小于 0 的整数；收到的是 {got}。"},
    "scale": {
        "en": "scale is a number from 0 to 1000 (1.0 leaves √d out); got {got}.",
        "zh": "scale 应是 0 到 1000 之间的数（1.0 表示不除以 √d）；收到的是 {got}。",
    },
    "temperature": {
        "en": "temperature is a number from 0.001 to 1000 (1.0 changes nothing); got {got}.",
        "zh": "temperature 应是 0.001 到 1000 之间的数（1.0 表示不变）；收到的是 {got}。",
    },
}

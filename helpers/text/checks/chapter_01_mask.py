"""Sentences of the exercise 01.mask: weights with a mask."""

STRINGS = {
    "passed": {
        "en": "Hidden keys weigh 0, and every row still sums to 1. Two ways lead here and are the same mathematics: "
              "-inf before softmax, or zeros after it and each row divided by its new sum.",
        "zh": "被遮住的键权重为 0，每一行之和仍然是 1。有两种做法，数学上是一回事：softmax 之前填 -inf，或者 softmax "
              "之后清零，再让每一行除以新的和。",
    },
    "after_softmax": {
        "en": "Hidden keys weigh 0, but the rows no longer sum to 1: the mask came after softmax, and the share of the "
              "hidden keys is lost. Hide the scores before softmax, and the others share the whole.",
        "zh": "被遮住的键权重是 0 了，但每一行之和不再是 1：掩码用在了 softmax 之后，被遮住的那份注意力就丢了。"
              "在 softmax 之前遮住分数，其余的键才会分掉全部权重。",
    },
    "inverted": {
        "en": "The hidden keys alone have weight: the mask was read the wrong way round. True = may attend.",
        "zh": "恰恰是被遮住的键得到了权重：掩码用反了。True 表示可以看。",
    },
    "zero_scores": {
        "en": "The hidden scores became 0, and 0 is a score like any other: exp(0) is 1, so these keys still get a "
              "share. Which score has the exponential 0?",
        "zh": "被遮住的分数变成了 0，可 0 也是一个普通的分数：exp(0) 等于 1，这些键仍然分到了权重。"
              "什么样的分数取指数后才是 0？",
    },
    "added": {
        "en": "The mask was added as a number: True raised a score by 1, False left it. Nothing is hidden; a hidden "
              "score must sink without end.",
        "zh": "掩码被当成数字加了上去：True 使分数加 1，False 不变，什么也没有遮住。被遮住的分数应该降到无穷低。",
    },
    "over_queries": {
        "en": "The mask is right, but the columns sum to 1: softmax ran over the queries. Go along the last axis, the "
              "keys.",
        "zh": "掩码用对了，但每一列之和是 1：softmax 沿着查询做了。要沿最后一轴（键）来做。",
    },
    "ignored": {
        "en": "The mask changed nothing: hidden keys still have weight. (masked_fill gives back a new tensor: did you "
              "go on with that one?)",
        "zh": "掩码没有起作用：被遮住的键仍有权重。（masked_fill 会返回一个新张量，后面用的是它吗？）",
    },
    "zero_times_infinity": {
        "en": "Everything is NaN. Likely the mask was multiplied by infinity, and 0 times infinity is not a number. "
              "Choose between the score and -inf instead of multiplying.",
        "zh": "结果全是 NaN。多半是拿掩码去乘了无穷大，而 0 乘无穷大不是一个数。不要相乘，要在分数和 -inf 之间二选一。",
    },
    "hint_1": {
        "en": "The rows must still sum to 1 over the keys that may be seen. So the mask has to act before softmax.",
        "zh": "每一行在可以看的那些键上，加起来仍然要等于 1。所以掩码必须在 softmax 之前起作用。",
    },
    "hint_2": {
        "en": "Which score becomes 0 under exp? Put it wherever the mask is False.",
        "zh": "什么分数经过 exp 会变成 0？凡是掩码为 False 的地方，都填上它。",
    },
    "hint_3": {
        "en": "scores.masked_fill(~mask, -torch.inf) hides them; then softmax along the last axis.",
        "zh": "scores.masked_fill(~mask, -torch.inf) 就把它们遮住了；然后沿最后一轴做 softmax。",
    },
}

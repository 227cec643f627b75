"""Sentences of the exercise 05.cached: one step of attention with a key/value cache."""

STRINGS = {
    "passed": {
        "en": "One query against all keys so far and its own: the same numbers as computing everything again, for "
              "a fraction of the work.",
        "zh": "一个查询，对上至今所有的键，连同它自己的：结果和全部重算一样，活却少得多。",
    },
    "without_itself": {
        "en": "The new token looked at the old ones alone. It may see itself too: put its key and value behind the "
              "others first.",
        "zh": "新词元只看了旧的。它也可以看自己：先把它的键和值接在后面。",
    },
    "only_itself": {
        "en": "This is the new token's own value: it looked at nobody else. The keys and values so far are what "
              "the cache is for.",
        "zh": "这只是新词元自己的值：它谁也没看。缓存里的键和值正是留给它看的。",
    },
    "last_overwritten": {
        "en": "The newest entry of the cache was overwritten. Put the new key and value behind it; nothing is "
              "thrown away.",
        "zh": "缓存里最新的一项被盖掉了。新的键和值要接在它后面，什么也不丢。",
    },
    "key_asks": {
        "en": "The key did the asking. It is the query that asks; the key is kept, to answer later tokens.",
        "zh": "是键在提问。提问的应是查询；键要留下来，回答后面的词元。",
    },
    "values_of_keys": {
        "en": "Keys were averaged in the place of values. Keys decide the weights, values are what is handed over.",
        "zh": "被平均的是键，不是值。键决定权重，值才是交出来的内容。",
    },
    "no_scale": {"en": "The division by the root of d_head is missing.", "zh": "漏了除以 d_head 的平方根。"},
    "no_softmax": {
        "en": "The scores were used as weights. Softmax comes between.",
        "zh": "直接拿分数当权重用了。中间还要做 softmax。",
    },
    "hint_1": {
        "en": "First the cache grows by one key and one value. Then it is attention of a single query.",
        "zh": "先让缓存多出一个键和一个值，然后就是一个查询的注意力。",
    },
    "hint_2": {
        "en": "torch.vstack([keys, key]) puts a row at the end. keys @ query gives one score a token.",
        "zh": "torch.vstack([keys, key]) 会在末尾加一行。keys @ query 给每个词元一个分数。",
    },
    "hint_3": {
        "en": "Scores keys @ query / sqrt(d_head), softmax, times values; no mask, for nothing later is there.",
        "zh": "分数是 keys @ query / sqrt(d_head)，做 softmax，再乘以 values；不用掩码，因为后面还什么都没有。",
    },
}

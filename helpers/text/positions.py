"""What a learner reads about positions: the picture under the sliders, the figures, errors."""

STRINGS = {
    # errors
    "width": {
        "en": "d_model should be an even whole number from 2: sines and cosines come in pairs. It was {got}.",
        "zh": "d_model 应是不小于 2 的偶数：正弦和余弦是成对的。收到的是 {got}。",
    },
    "unnamed": {
        "en": "unnamed_tables needs a table of at least {least} positions and {width} numbers in each; it got {got}.",
        "zh": "unnamed_tables 需要一张至少有 {least} 个位置、每个位置 {width} 个数的表；收到的是 {got}。",
    },
    "too_wide": {
        "en": "d_model was {got}; more than {most:,} numbers would fill the memory. Real models have hundreds or "
              "thousands.",
        "zh": "d_model 是 {got}；超过 {most:,} 个数会占满内存。真实的模型一般是几百到几千。",
    },
    "length": {
        "en": "n_positions should be a whole number from 1; it was {got}. Positions count from 0, so 1 gives position "
              "0 alone.",
        "zh": "n_positions 应是不小于 1 的整数，收到的是 {got}。位置从 0 数起，所以 1 只给出位置 0。",
    },
    "too_many": {
        "en": "n_positions = {n_positions} with d_model = {d_model} would make a table of more than {most:,} numbers "
              "and fill the memory. Ask for fewer.",
        "zh": "n_positions = {n_positions}、d_model = {d_model} 会得到一张超过 {most:,} 个数的表，占满内存。"
              "请要小一点。",
    },
    "base": {
        "en": "base should be a number from 1 to 10**12 (the paper takes 10000); it was {got}. A negative base has no "
              "real root, and one below 1 would make the last pairs the fastest.",
        "zh": "base 应是 1 到 10**12 之间的数（论文取 10000），收到的是 {got}。负数没有实数根；小于 1 时，"
              "排在最后的一对反而转得最快。",
    },
    "number": {
        "en": "{name} should be a finite number; it was {got}.",
        "zh": "{name} 应是一个有限的数，收到的是 {got}。",
    },
    "vectors": {
        "en": "rotate expects queries or keys, a tensor of real numbers (..., token, d_head); it got {got}.",
        "zh": "rotate 需要查询或键，也就是形状为 (..., token, d_head) 的实数张量；收到的是 {got}。",
    },
    "places": {
        "en": "Vectors of shape {shape} need one position for each token, as a list of numbers, or one number for all; "
              "got {got}.",
        "zh": "形状为 {shape} 的向量，需要每个词元一个位置（一列数），或者所有词元共用一个数；收到的是 {got}。",
    },
    "no_table": {
        "en": "Expected a model, as load_bert(…) returns it, with a table of positions; got {got}.",
        "zh": "这里需要 load_bert(…) 返回的模型，它带有一张位置表；收到的是 {got}。",
    },
    "table": {
        "en": "The new table must have the shape of the model's own, {expected}, and hold finite numbers; got {got}.",
        "zh": "新的位置表形状必须与模型自己的相同，即 {expected}，而且都是有限的数；收到的是 {got}。",
    },
    "no_rows": {
        "en": "Expected a table of finite numbers, a tensor (position, d_model) with one row a position; got {got}.",
        "zh": "这里需要一张由有限的数组成的表，即形状为 (position, d_model) 的张量，每行一个位置；收到的是 {got}。",
    },
    "one_row": {
        "en": "One position has no other to compare it with: give a table with at least two rows.",
        "zh": "只有一个位置，没有别的可比：请给出至少两行的表。",
    },
    "components": {
        "en": "This table has at most {most} principal components; {got} were asked for.",
        "zh": "这张表最多有 {most} 个主成分，而要的是 {got}。",
    },
    "too_many_cells": {
        "en": "A figure bears at most {most:,} numbers, and this table, {got}, has more. Draw a part of it, such as "
              "table[:64, :128].",
        "zh": "一张图最多画 {most:,} 个数，而这张表（{got}）太大了。请只画一部分，例如 table[:64, :128]。",
    },
    "too_small": {
        "en": "This figure needs a table with at least {least} positions and 2 numbers in each; got {got}.",
        "zh": "这张图需要至少 {least} 个位置、每个位置至少 2 个数的表；收到的形状是 {got}。",
    },
    "lines": {
        "en": "Expected 1 to {most} whole numbers from 0 to {last}; got {got}.",
        "zh": "这里需要 1 到 {most} 个整数，每个在 0 到 {last} 之间；收到的是 {got}。",
    },
    "bits": {
        "en": "The counter needs a whole number of bits from 1 to {most}; got {got}.",
        "zh": "计数器需要 1 到 {most} 位（整数）；收到的是 {got}。",
    },
    # figures
    "comma": {"en": ", ", "zh": "、"},
    "position": {"en": "position", "zh": "位置"},
    "dimension": {"en": "dimension", "zh": "维"},
    "one_dimension": {"en": "dimension {dimension}", "zh": "第 {dimension} 维"},
    "value": {"en": "value", "zh": "值"},
    "offset": {"en": "how far apart (offset)", "zh": "相距多远（偏移量）"},
    "from": {"en": "from position {start}", "zh": "从位置 {start} 看"},
    "dot_product": {"en": "dot product", "zh": "点积"},
    "cosine": {"en": "cosine similarity", "zh": "余弦相似度"},
    "heat": {"en": "Positions: a row each", "zh": "位置表：每行一个位置"},
    "heat_text": {
        "en": "A heat map of {n_positions} positions, one a row, and {d_model} numbers in each: from {least} to "
              "{most}.",
        "zh": "位置表的热力图：{n_positions} 个位置，每行一个，每个位置 {d_model} 个数，从 {least} 到 {most}。",
    },
    "curves": {"en": "A few dimensions along the positions", "zh": "几个维度随位置的变化"},
    "curves_text": {
        "en": "Curves of the dimensions {dimensions} over {n_positions} positions.",
        "zh": "第 {dimensions} 维在 {n_positions} 个位置上的曲线。",
    },
    "offsets": {
        "en": "How alike two positions are, by how far apart they stand",
        "zh": "两个位置有多像：看它们相距多远",
    },
    "offsets_text": {
        "en": "Similarity of the positions {starts} to all others against the offset: position {start} with itself "
              "{own}; over all pairs, the offset alone explains {share} of the differences.",
        "zh": "位置 {starts} 与其他位置的相似程度随偏移量的变化：位置 {start} 与自己是 {own}；在所有位置对里，差异的 "
              "{share} 由偏移量决定。",
    },
    "similarity": {"en": "Every position with every other: {kind}", "zh": "位置两两相比：{kind}"},
    "similarity_text": {
        "en": "A map of the {kind} of {n_positions} positions with one another: from {least} to {most}.",
        "zh": "{n_positions} 个位置两两之间的{kind}图：从 {least} 到 {most}。",
    },
    "counter": {"en": "A binary counter, and the same with sines", "zh": "二进制计数器，以及换成正弦的样子"},
    "counter_text": {
        "en": "On the left the {n} bits of the numbers 0 to {last}, each half as fast as the one before; on the right "
              "{n} sines, each half as fast as the one before.",
        "zh": "左边是 0 到 {last} 的 {n} 个二进制位，每一位都比前一位慢一半；右边是 {n} 条正弦，"
              "每一条也比前一条慢一半。",
    },
    "counter_across": {"en": "bits on the left, sines on the right", "zh": "左边是二进制位，右边是正弦"},
    "bit": {"en": "bit {bit}", "zh": "位 {bit}"},
    "sine": {"en": "sin {pair}", "zh": "sin {pair}"},
    "path": {"en": "Where the positions lie (first two principal components)", "zh": "各个位置在哪里（前两个主成分）"},
    "path_text": {
        "en": "The {n_positions} positions as points in the plane in which they differ most, which shows {share} of "
              "their differences, joined in their order.",
        "zh": "{n_positions} 个位置画成点，投到差别最大的平面上（显示了全部差别的 {share}），按顺序连起来。",
    },
    "component": {"en": "component {number} ({share})", "zh": "第 {number} 主成分（{share}）"},
    # the picture under the sliders
    "view_size": {
        "en": "The picture shows at most {length} positions of at most {width} numbers; {n_positions} of {d_model} "
              "were asked for.",
        "zh": "这张图最多画 {length} 个位置、每个位置 {width} 个数；而要的是 {n_positions} 个位置、每个 {d_model} "
              "个数。",
    },
    "pair": {
        "en": "pair should be two positions, whole numbers from 0 to {last}, such as (0, {last}); it was {got}.",
        "zh": "pair 应是两个位置，即 0 到 {last} 之间的两个整数，例如 (0, {last})；收到的是 {got}。",
    },
    "view_title": {
        "en": "{n_positions} positions of {d_model} numbers, base {base}",
        "zh": "{n_positions} 个位置，每个 {d_model} 个数，base = {base}",
    },
    "view_map": {"en": "a row a position; blue above 0, orange below", "zh": "每行一个位置；蓝色为正，橙色为负"},
    "view_position": {"en": "position {position}", "zh": "位置 {position}"},
    "view_pair": {"en": "pair {pair}", "zh": "第 {pair} 对"},
    "view_turn": {"en": "every {turns}", "zh": "周期 {turns}"},
    "view_curve": {"en": "dot product of two positions", "zh": "两个位置的点积"},
    "view_product": {
        "en": "{first} · {second}, {offset} apart: {product} (with itself: {own})",
        "zh": "{first} · {second}，相距 {offset}：{product}（与自己：{own}）",
    },
    "view_text": {
        "en": "Sinusoidal positions, {n_positions} of {d_model} numbers, base {base}: the fastest pair turns once "
              "every {fastest} positions, the slowest every {slowest}. Positions {first} and {second} are {offset} "
              "apart; their dot product is {product}, that of a position with itself {own}.",
        "zh": "正弦位置编码，{n_positions} 个位置，每个 {d_model} 个数，base = {base}：最快的一对每 {fastest} "
              "个位置转一圈，最慢的每 {slowest} 个位置转一圈。位置 {first} 与 {second} 相距 {offset}，点积是 "
              "{product}；一个位置与自己的点积是 {own}。",
    },
}

"""What a learner reads about positions: the picture under the sliders, the figures, errors."""

STRINGS = {
    # errors
    "width": (
        "d_model should be an even whole number from 2: sines and cosines come in pairs. It was {got}.",
        "d_model 应是不小于 2 的偶数：正弦和余弦是成对的。收到的是 {got}。",
    ),
    "too_wide": (
        "d_model was {got}; more than {most:,} numbers would fill the memory. Real models have hundreds or thousands.",
        "d_model 是 {got}；超过 {most:,} 个数会占满内存。真实的模型一般是几百到几千。",
    ),
    "length": (
        "n_positions should be a whole number from 1; it was {got}. Positions count from 0, so 1 gives position 0 "
        "alone.",
        "n_positions 应是不小于 1 的整数，收到的是 {got}。位置从 0 数起，所以 1 只给出位置 0。",
    ),
    "too_many": (
        "n_positions = {n_positions} with d_model = {d_model} would make a table of more than {most:,} numbers and "
        "fill the memory. Ask for fewer.",
        "n_positions = {n_positions}、d_model = {d_model} 会得到一张超过 {most:,} 个数的表，占满内存。请要小一点。",
    ),
    "base": (
        "base should be a number from 1 to 10**12 (the paper takes 10000); it was {got}. A negative base has no real "
        "root, and one below 1 would make the last pairs the fastest.",
        "base 应是 1 到 10**12 之间的数（论文取 10000），收到的是 {got}。"
        "负数没有实数根；小于 1 时，排在最后的一对反而转得最快。",
    ),
    "number": (
        "{name} should be a finite number; it was {got}.",
        "{name} 应是一个有限的数，收到的是 {got}。",
    ),
    "vectors": (
        "rotate expects queries or keys, a tensor of real numbers (..., token, d_head); it got {got}.",
        "rotate 需要查询或键，也就是形状为 (..., token, d_head) 的实数张量；收到的是 {got}。",
    ),
    "places": (
        "Vectors of shape {shape} need one position for each token, as a list of numbers, or one number for all; "
        "got {got}.",
        "形状为 {shape} 的向量，需要每个词元一个位置（一列数），或者所有词元共用一个数；收到的是 {got}。",
    ),
    "no_table": (
        "Expected a model, as load_bert(…) returns it, with a table of positions; got {got}.",
        "这里需要 load_bert(…) 返回的模型，它带有一张位置表；收到的是 {got}。",
    ),
    "table": (
        "The new table must have the shape of the model's own, {expected}, and hold finite numbers; got {got}.",
        "新的位置表形状必须与模型自己的相同，即 {expected}，而且都是有限的数；收到的是 {got}。",
    ),
    "no_rows": (
        "Expected a table of finite numbers, a tensor (position, d_model) with one row a position; got {got}.",
        "这里需要一张由有限的数组成的表，即形状为 (position, d_model) 的张量，每行一个位置；收到的是 {got}。",
    ),
    "one_row": (
        "One position has no other to compare it with: give a table with at least two rows.",
        "只有一个位置，没有别的可比：请给出至少两行的表。",
    ),
    "components": (
        "This table has at most {most} principal components; {got} were asked for.",
        "这张表最多有 {most} 个主成分，而要的是 {got}。",
    ),
    "too_many_cells": (
        "A figure bears at most {most:,} numbers, and this table, {got}, has more. Draw a part of it, such as "
        "table[:64, :128].",
        "一张图最多画 {most:,} 个数，而这张表（{got}）太大了。请只画一部分，例如 table[:64, :128]。",
    ),
    "too_small": (
        "This figure needs a table with at least {least} positions and 2 numbers in each; got {got}.",
        "这张图需要至少 {least} 个位置、每个位置至少 2 个数的表；收到的形状是 {got}。",
    ),
    "lines": (
        "Expected 1 to {most} whole numbers from 0 to {last}; got {got}.",
        "这里需要 1 到 {most} 个整数，每个在 0 到 {last} 之间；收到的是 {got}。",
    ),
    "bits": (
        "The counter needs a whole number of bits from 1 to {most}; got {got}.",
        "计数器需要 1 到 {most} 位（整数）；收到的是 {got}。",
    ),
    # figures
    "comma": (", ", "、"),
    "position": ("position", "位置"),
    "dimension": ("dimension", "维"),
    "one_dimension": ("dimension {dimension}", "第 {dimension} 维"),
    "value": ("value", "值"),
    "offset": ("how far apart (offset)", "相距多远（偏移量）"),
    "from": ("from position {start}", "从位置 {start} 看"),
    "dot_product": ("dot product", "点积"),
    "cosine": ("cosine similarity", "余弦相似度"),
    "heat": ("Positions: a row each", "位置表：每行一个位置"),
    "heat_text": (
        "A heat map of {n_positions} positions, one a row, and {d_model} numbers in each: from {least} to {most}.",
        "位置表的热力图：{n_positions} 个位置，每行一个，每个位置 {d_model} 个数，从 {least} 到 {most}。",
    ),
    "curves": ("A few dimensions along the positions", "几个维度随位置的变化"),
    "curves_text": (
        "Curves of the dimensions {dimensions} over {n_positions} positions.",
        "第 {dimensions} 维在 {n_positions} 个位置上的曲线。",
    ),
    "offsets": ("How alike two positions are, by how far apart they stand", "两个位置有多像：看它们相距多远"),
    "offsets_text": (
        "Similarity of the positions {starts} to all others against the offset: position {start} with itself {own}; "
        "over all pairs, the offset alone explains {share} of the differences.",
        "位置 {starts} 与其他位置的相似程度随偏移量的变化：位置 {start} 与自己是 {own}；在所有位置对里，"
        "差异的 {share} 由偏移量决定。",
    ),
    "similarity": ("Every position with every other: {kind}", "位置两两相比：{kind}"),
    "similarity_text": (
        "A map of the {kind} of {n_positions} positions with one another: from {least} to {most}.",
        "{n_positions} 个位置两两之间的{kind}图：从 {least} 到 {most}。",
    ),
    "counter": ("A binary counter, and the same with sines", "二进制计数器，以及换成正弦的样子"),
    "counter_text": (
        "On the left the {n} bits of the numbers 0 to {last}, each half as fast as the one before; on the right {n} "
        "sines, each half as fast as the one before.",
        "左边是 0 到 {last} 的 {n} 个二进制位，每一位都比前一位慢一半；右边是 {n} 条正弦，每一条也比前一条慢一半。",
    ),
    "counter_across": ("bits on the left, sines on the right", "左边是二进制位，右边是正弦"),
    "bit": ("bit {bit}", "位 {bit}"),
    "sine": ("sin {pair}", "sin {pair}"),
    "path": ("Where the positions lie (first two principal components)", "各个位置在哪里（前两个主成分）"),
    "path_text": (
        "The {n_positions} positions as points in the plane in which they differ most, which shows {share} of their "
        "differences, joined in their order.",
        "{n_positions} 个位置画成点，投到差别最大的平面上（显示了全部差别的 {share}），按顺序连起来。",
    ),
    "component": ("component {number} ({share})", "第 {number} 主成分（{share}）"),
    # the picture under the sliders
    "view_size": (
        "The picture shows at most {length} positions of at most {width} numbers; {n_positions} of {d_model} were "
        "asked for.",
        "这张图最多画 {length} 个位置、每个位置 {width} 个数；而要的是 {n_positions} 个位置、每个 {d_model} 个数。",
    ),
    "pair": (
        "pair should be two positions, whole numbers from 0 to {last}, such as (0, {last}); it was {got}.",
        "pair 应是两个位置，即 0 到 {last} 之间的两个整数，例如 (0, {last})；收到的是 {got}。",
    ),
    "view_title": (
        "{n_positions} positions of {d_model} numbers, base {base}",
        "{n_positions} 个位置，每个 {d_model} 个数，base = {base}",
    ),
    "view_map": ("a row a position; blue above 0, orange below", "每行一个位置；蓝色为正，橙色为负"),
    "view_position": ("position {position}", "位置 {position}"),
    "view_pair": ("pair {pair}", "第 {pair} 对"),
    "view_turn": ("every {turns}", "周期 {turns}"),
    "view_curve": ("dot product of two positions", "两个位置的点积"),
    "view_product": (
        "{first} · {second}, {offset} apart: {product} (with itself: {own})",
        "{first} · {second}，相距 {offset}：{product}（与自己：{own}）",
    ),
    "view_text": (
        "Sinusoidal positions, {n_positions} of {d_model} numbers, base {base}: the fastest pair turns once every "
        "{fastest} positions, the slowest every {slowest}. Positions {first} and {second} are {offset} apart; their "
        "dot product is {product}, that of a position with itself {own}.",
        "正弦位置编码，{n_positions} 个位置，每个 {d_model} 个数，base = {base}：最快的一对每 {fastest} 个位置转一圈，"
        "最慢的每 {slowest} 个位置转一圈。位置 {first} 与 {second} 相距 {offset}，点积是 {product}；"
        "一个位置与自己的点积是 {own}。",
    ),
}

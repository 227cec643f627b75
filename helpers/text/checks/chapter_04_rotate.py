"""Sentences of the exercise 04.rotate: rotary positions for one vector."""

STRINGS = {
    "passed": {
        "en": "Each pair is turned by its own angle, and the length stays: this is what today's models do to queries "
              "and keys.",
        "zh": "每一对各转各的角度，长度不变：今天的模型对查询和键做的就是这件事。",
    },
    "backwards": {
        "en": "The pairs turn the other way: check the signs. (a, b) becomes (a cos θ - b sin θ, a sin θ + b cos θ).",
        "zh": "转的方向反了，请检查符号：(a, b) 变成 (a cos θ - b sin θ, a sin θ + b cos θ)。",
    },
    "halves": {
        "en": "You paired number k with number k + d_head / 2. Some models do so, and it works as well; here "
              "neighbours are "
              "a pair: 0 and 1, 2 and 3.",
        "zh": "你把第 k 个数和第 k + d_head / 2 个数配成了一对。有些模型就是这样做的，效果一样；这里要求相邻的配对：0 "
              "和 1，2 和 3。",
    },
    "parts_apart": {
        "en": "The turns are right, but all first numbers stand before all second ones. Put each pair side by side "
              "again.",
        "zh": "转对了，但是把每对的前一个数都放到了前半，后一个数都放到了后半。请让每一对重新挨在一起。",
    },
    "one_frequency": {
        "en": "All pairs turned by the same angle. Each has a frequency of its own: frequencies(len(vector)).",
        "zh": "所有的对都转了同一个角度。每一对有自己的频率：frequencies(len(vector))。",
    },
    "exponent_k": {
        "en": "The exponent in your frequencies is -k / d_head; it should be -2k / d_head.",
        "zh": "你的频率用的指数是 -k / d_head，应是 -2k / d_head。",
    },
    "no_position": {
        "en": "You turned by one step, whatever the position. The angle is frequency times position.",
        "zh": "不管位置是几，你都只转了一步。角度是频率乘以位置。",
    },
    "unchanged": {
        "en": "The vector came back as it was. (A tensor changed in a loop over its copy stays as it was.)",
        "zh": "向量原样返回了。（如果在循环里改的是它的副本，原来的不会变。）",
    },
    "added": {
        "en": "You added a sinusoidal position to the vector. Rotary positions add nothing: they turn the vector, and "
              "its length stays.",
        "zh": "你在向量上加了一个正弦位置。旋转位置编码什么也不加：它旋转向量，长度不变。",
    },
    "degrees": {
        "en": "The angles were taken in degrees; frequencies are in radians a step.",
        "zh": "角度被当成了“度”；频率的单位是每步多少弧度。",
    },
    "hint_1": {
        "en": "Make the angles first: one for each pair, frequency times position.",
        "zh": "先算角度：每一对一个，频率乘以位置。",
    },
    "hint_2": {
        "en": "a = vector[0::2] and b = vector[1::2] are the two numbers of all pairs. Write both formulas for them at "
              "once.",
        "zh": "a = vector[0::2]、b = vector[1::2] 就是所有对的前一个数和后一个数。两个公式对它们一次写完。",
    },
    "hint_3": {
        "en": "Stack both results along a last axis and flatten: torch.stack([new_a, new_b], dim=-1).flatten().",
        "zh": "把两个结果沿最后一轴叠起来再展平：torch.stack([new_a, new_b], dim=-1).flatten()。",
    },
}

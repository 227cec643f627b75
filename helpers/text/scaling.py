"""What the picture of the sqrt(d) factor says."""

STRINGS = {
    "title": {
        "en": "Softmax over {n} keys: d = {d}, temperature {temperature}",
        "zh": "对 {n} 个键做 softmax：d = {d}，温度 {temperature}",
    },
    "raw": {"en": "without √d: softmax(q·k)", "zh": "不除以 √d：softmax(q·k)"},
    "scaled": {"en": "with √d: softmax(q·k / √d)", "zh": "除以 √d：softmax(q·k / √d)"},
    "text": {
        "en": "With d = {d} and temperature {temperature}, the largest of {n} attention weights is {raw} without √d "
              "and {scaled} with it.",
        "zh": "d = {d}、温度 {temperature} 时，{n} 个注意力权重里最大的一个：不除以 √d 是 {raw}，除以 √d 是 {scaled}。",
    },
    "key": {"en": "key {key}", "zh": "键 {key}"},
    "bad_d": {
        "en": "d must be a whole number from 1 to {most}, and {got} is not.",
        "zh": "d 应是 1 到 {most} 之间的整数，而收到的是 {got}。",
    },
    "bad_temperature": {
        "en": "The temperature must be a number above 0, and {got} is not.",
        "zh": "温度应是大于 0 的数，而收到的是 {got}。",
    },
}

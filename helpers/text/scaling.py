"""What the picture of the sqrt(d) factor says."""

STRINGS = {
    "title": ("Softmax over {n} keys: d = {d}, temperature {temperature}",
              "对 {n} 个键做 softmax：d = {d}，温度 {temperature}"),
    "raw": ("without √d: softmax(q·k)", "不除以 √d：softmax(q·k)"),
    "scaled": ("with √d: softmax(q·k / √d)", "除以 √d：softmax(q·k / √d)"),
    "text": (
        "With d = {d} and temperature {temperature}, the largest of {n} attention weights is {raw} without √d "
        "and {scaled} with it.",
        "d = {d}、温度 {temperature} 时，{n} 个注意力权重里最大的一个：不除以 √d 是 {raw}，除以 √d 是 {scaled}。"),
    "key": ("key {key}", "键 {key}"),
    "bad_d": ("d must be a whole number from 1 to {most}, and {got} is not.",
              "d 应是 1 到 {most} 之间的整数，而收到的是 {got}。"),
    "bad_temperature": ("The temperature must be a number above 0, and {got} is not.",
              "温度应是大于 0 的数，而收到的是 {got}。"),
}

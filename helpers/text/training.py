"""What training in the notebook says: its picture, its controls, and what is refused."""

STRINGS = {
    "bad_task": ("The task must be one of {known}, and {got} is not.", "任务应是 {known} 之一，而收到的是 {got}。"),
    "bad_size": (
        "{name} must be a whole number from 1 to {most}, small enough to be trained while you watch, and {got} is not.",
        "{name} 应是 1 到 {most} 之间的整数，这样才能当场训练完，而收到的是 {got}。"),
    "bad_heads": (
        "d_model must be even, and the heads must divide it into equal parts: d_model {d_model} and {n_heads} heads "
        "do not fit together.",
        "d_model 应是偶数，而且能被头的个数整除：d_model 为 {d_model}，头有 {n_heads} 个，两者不合。"),
    "bad_rate": (
        "The learning rate must be a number above 0, such as 0.005, and {got} is not.",
        "学习率应是大于 0 的数，例如 0.005，而收到的是 {got}。"),
    "bad_positions": ("positions must be True or False, and {got} is neither.",
                      "positions 应是 True 或 False，而收到的是 {got}。"),
    "bad_seed": ("The seed must be a whole number from 0 to 4294967295, and {got} is not.",
                 "种子应是 0 到 4294967295 之间的整数，而收到的是 {got}。"),
    "bad_word": (
        "The example must be a word of {least} to {most} letters, a to z, because that is what the model is trained "
        "on; {got} is not.",
        "例子应是一个由 {least} 到 {most} 个字母（a 到 z）组成的词，模型学的就是这样的词，而收到的是 {got}。"),
    "bad_seconds": ("The time must be a number of seconds above 0 and at most {most}, and {got} is not.",
                    "时间应是大于 0、不超过 {most} 的秒数，而收到的是 {got}。"),
    "bad_steps": ("The steps must be a whole number from 1 to {most}, and {got} is not.",
                  "步数应是 1 到 {most} 之间的整数，而收到的是 {got}。"),
    "bad_goal": ("The goal is a share of right letters, above 0 and at most 1, and {got} is not.",
                 "目标是写对字母的比例，大于 0，最大为 1，而收到的是 {got}。"),
    "failed": (
        "The loss is no longer a number: with a learning rate of {rate} the steps were too large, and the weights "
        "are lost. Start again with a smaller one, such as 0.005.",
        "损失已经不是数了：学习率 {rate} 太大，每一步迈得过大，权重已经毁掉。"
        "请换一个小一些的学习率，例如 0.005，重新开始。"),
}

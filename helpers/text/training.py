"""What training in the notebook says: its picture, its controls, and what is refused."""

STRINGS = {
    "bad_task": {
        "en": "The task must be one of {known}, and {got} is not.",
        "zh": "任务应是 {known} 之一，而收到的是 {got}。",
    },
    "bad_size": {
        "en": "{name} must be a whole number from 1 to {most}, small enough to be trained while you watch, and {got} "
              "is not.",
        "zh": "{name} 应是 1 到 {most} 之间的整数，这样才能当场训练完，而收到的是 {got}。",
    },
    "bad_heads": {
        "en": "d_model must be even, and the heads must divide it into equal parts: d_model {d_model} and {n_heads} "
              "heads do not fit together.",
        "zh": "d_model 应是偶数，而且能被头的个数整除：d_model 为 {d_model}，头有 {n_heads} 个，两者不合。",
    },
    "bad_rate": {
        "en": "The learning rate must be a number above 0, such as 0.005, and {got} is not.",
        "zh": "学习率应是大于 0 的数，例如 0.005，而收到的是 {got}。",
    },
    "bad_positions": {
        "en": "positions must be True or False, and {got} is neither.",
        "zh": "positions 应是 True 或 False，而收到的是 {got}。",
    },
    "bad_seed": {
        "en": "The seed must be a whole number from 0 to 4294967295, and {got} is not.",
        "zh": "种子应是 0 到 4294967295 之间的整数，而收到的是 {got}。",
    },
    "bad_word": {
        "en": "The example must be a word of {least} to {most} letters, a to z, because that is what the model is "
              "trained on; “{got}” is not.",
        "zh": "例子应是一个由 {least} 到 {most} 个字母（a 到 z）组成的词，模型学的就是这样的词，而收到的是“{got}”。",
    },
    "bad_seconds": {
        "en": "The time must be a number of seconds above 0 and at most {most}, and {got} is not.",
        "zh": "时间应是大于 0、不超过 {most} 的秒数，而收到的是 {got}。",
    },
    "bad_steps": {
        "en": "The steps must be a whole number from 1 to {most}, and {got} is not.",
        "zh": "步数应是 1 到 {most} 之间的整数，而收到的是 {got}。",
    },
    "bad_goal": {
        "en": "The goal is a share of right letters, above 0 and at most 1, and {got} is not.",
        "zh": "目标是写对字母的比例，大于 0，最大为 1，而收到的是 {got}。",
    },
    "failed": {
        "en": "The loss has run away: with a learning rate of {rate} the steps are too large, and the weights are of "
              "no more use. Start again with a smaller one, such as 0.005.",
        "zh": "损失失控了：学习率 {rate} 太大，每一步都迈得过大，这些权重已经没有用了。请换一个小一些的学习率，例如 "
              "0.005，重新开始。",
    },
    "stopped": {
        "en": "Stopped after step {step}. Nothing is lost: train again to go on from there.",
        "zh": "已在第 {step} 步之后停下。什么都没有丢，再训练就从这里接着走。",
    },
    "reverse": {"en": "write a word backwards", "zh": "把单词倒着写"},
    "copy": {"en": "copy a word", "zh": "抄写单词"},
    "sort": {"en": "sort the letters of a word", "zh": "给单词的字母排序"},
    "title": {"en": "Learning to {task}: step {step}", "zh": "学习{task}：第 {step} 步"},
    "subtitle": {
        "en": "encoder layers {n_layers}, decoder layers {n_layers}, heads {n_heads}, d_model {d_model}, learning "
              "rate {rate}, {positions}",
        "zh": "编码器 {n_layers} 层，解码器 {n_layers} 层，头 {n_heads} 个，d_model {d_model}，学习率 {rate}，"
              "{positions}",
    },
    "with_positions": {"en": "with positions", "zh": "有位置编码"},
    "without_positions": {"en": "without positions", "zh": "没有位置编码"},
    "loss": {"en": "loss: {figure}", "zh": "损失：{figure}"},
    "accuracy": {"en": "letters right: {figure}", "zh": "写对的字母：{figure}"},
    "guessing": {"en": "guessing", "zh": "瞎猜"},
    "steps": {"en": "training steps", "zh": "训练步数"},
    "reads": {"en": "reads", "zh": "读到"},
    "to_write": {"en": "should write", "zh": "该写"},
    "writes": {"en": "writes", "zh": "写出"},
    "caption": {
        "en": "Layer {layer}, head {head} of the cross-attention, while the decoder reads the right letters. The "
              "stronger the colour, the larger the weight; a frame marks where the letter to be written stands. "
              "{share} of the weight lies in frames.",
        "zh": "交叉注意力第 {layer} 层头 {head}，解码器读的是正确的字母。颜色越浓，权重越大；"
              "框出的是该写的字母所在的位置，{share} 的权重落在框里。",
    },
    "text": {
        "en": "{title}. The loss is {loss}, and {accuracy} of the letters are right. For “{word}” the model writes "
              "“{written}”; in layer {layer}, head {head} of the cross-attention {share} of the weight lies where the "
              "letter to be written stands.",
        "zh": "{title}。损失 {loss}，字母写对 {accuracy}。给它“{word}”，它写出“{written}”；交叉注意力第 {layer} 层头 "
              "{head} 有 {share} 的权重落在该写的字母所在的位置。",
    },
    "no_positions": {
        "en": "Without positions equal letters get equal weights wherever they stand: attention cannot tell places "
              "apart.",
        "zh": "没有位置编码时，相同的字母无论在哪里，权重都一样：注意力分不清位置。",
    },
    "after_failure": {
        "en": "After this step the loss ran away: the learning rate is too large.",
        "zh": "这一步之后损失失控了：学习率太大。",
    },
    "not_a_record": {
        "en": "view_training needs the record of a training run (LiveTraining().record); it got {got}.",
        "zh": "view_training 需要一次训练的记录（LiveTraining().record），而收到的是 {got}。",
    },
    "no_step": {
        "en": "Nothing was kept at step {got}. The steps that were kept: {steps}.",
        "zh": "第 {got} 步没有留下记录。留有记录的步数是：{steps}。",
    },
    "and_then": {"en": "{first} {second}", "zh": "{first}{second}"},
}

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
        "on; “{got}” is not.",
        "例子应是一个由 {least} 到 {most} 个字母（a 到 z）组成的词，模型学的就是这样的词，而收到的是“{got}”。"),
    "bad_seconds": ("The time must be a number of seconds above 0 and at most {most}, and {got} is not.",
                    "时间应是大于 0、不超过 {most} 的秒数，而收到的是 {got}。"),
    "bad_steps": ("The steps must be a whole number from 1 to {most}, and {got} is not.",
                  "步数应是 1 到 {most} 之间的整数，而收到的是 {got}。"),
    "bad_goal": ("The goal is a share of right letters, above 0 and at most 1, and {got} is not.",
                 "目标是写对字母的比例，大于 0，最大为 1，而收到的是 {got}。"),
    "failed": (
        "The loss has run away: with a learning rate of {rate} the steps are too large, and the weights are of no more "
        "use. Start again with a smaller one, such as 0.005.",
        "损失失控了：学习率 {rate} 太大，每一步都迈得过大，这些权重已经没有用了。"
        "请换一个小一些的学习率，例如 0.005，重新开始。"),
    "stopped": ("Stopped after step {step}. Nothing is lost: train again to go on from there.",
                "已在第 {step} 步之后停下。什么都没有丢，再训练就从这里接着走。"),
    "reverse": ("write a word backwards", "把单词倒着写"),
    "copy": ("copy a word", "抄写单词"),
    "sort": ("sort the letters of a word", "给单词的字母排序"),
    "title": ("Learning to {task}: step {step}", "学习{task}：第 {step} 步"),
    "subtitle": (
        "encoder layers {n_layers}, decoder layers {n_layers}, heads {n_heads}, d_model {d_model}, "
        "learning rate {rate}, {positions}",
        "编码器 {n_layers} 层，解码器 {n_layers} 层，头 {n_heads} 个，d_model {d_model}，学习率 {rate}，{positions}"),
    "with_positions": ("with positions", "有位置编码"),
    "without_positions": ("without positions", "没有位置编码"),
    "loss": ("loss: {figure}", "损失：{figure}"),
    "accuracy": ("letters right: {figure}", "写对的字母：{figure}"),
    "guessing": ("guessing", "瞎猜"),
    "steps": ("training steps", "训练步数"),
    "reads": ("reads", "读到"),
    "to_write": ("should write", "该写"),
    "writes": ("writes", "写出"),
    "caption": (
        "Layer {layer}, head {head} of the cross-attention, while the decoder reads the right letters. The stronger "
        "the colour, the larger the weight; a frame marks where the letter to be written stands. {share} of the "
        "weight lies in frames.",
        "交叉注意力第 {layer} 层第 {head} 头，解码器读的是正确的字母。颜色越浓，权重越大；"
        "框出的是该写的字母所在的位置，{share} 的权重落在框里。"),
    "text": (
        "{title}. The loss is {loss}, and {accuracy} of the letters are right. For “{word}” the model writes "
        "“{written}”; in layer {layer}, head {head} of the cross-attention {share} of the weight lies where the letter "
        "to be written stands.",
        "{title}。损失 {loss}，字母写对 {accuracy}。给它“{word}”，它写出“{written}”；"
        "交叉注意力第 {layer} 层第 {head} 头有 {share} 的权重落在该写的字母所在的位置。"),
    "no_positions": (
        "Without positions equal letters get equal weights wherever they stand: attention cannot tell places apart.",
        "没有位置编码时，相同的字母无论在哪里，权重都一样：注意力分不清位置。"),
    "after_failure": ("After this step the loss ran away: the learning rate is too large.",
                      "这一步之后损失失控了：学习率太大。"),
    "not_a_record": (
        "view_training needs the record of a training run (LiveTraining().record); it got {got}.",
        "view_training 需要一次训练的记录（LiveTraining().record），而收到的是 {got}。"),
    "no_step": ("Nothing was kept at step {got}. The steps that were kept: {steps}.",
                "第 {got} 步没有留下记录。留有记录的步数是：{steps}。"),
    "and_then": ("{first} {second}", "{first}{second}"),
}

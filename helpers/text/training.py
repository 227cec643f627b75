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
    "bad_switch": {
        "en": "{name} must be True or False, and {got} is neither.",
        "zh": "{name} 应是 True 或 False，而收到的是 {got}。",
    },
    "bad_norm": {
        "en": "norm must be one of {known}, and {got} is not.",
        "zh": "norm 应是 {known} 之一，而收到的是 {got}。",
    },
    "own_no_function": {
        "en": "{name} must be your function itself, without calling it; this was of type {got}. It takes states and "
              "the parts of the layer, and gives states back.",
        "zh": "{name} 应是你写的函数本身，不要调用；收到的类型是 {got}。它接收状态和这一层的各个零件，返回状态。",
    },
    "own_open": {
        "en": "{name} gave nothing back: its body is still empty, or the return is missing.",
        "zh": "{name} 什么也没有返回：函数体还空着，或者漏写了 return。",
    },
    "own_raised": {
        "en": "Your {name} stopped with {error}: {text}",
        "zh": "你的 {name} 运行到一半出错了，{error}：{text}",
    },
    "own_no_tensor": {
        "en": "Your {name} must give back one tensor, the new states; it gave back a thing of type {got}. Of lists or "
              "arrays torch knows no gradient.",
        "zh": "你的 {name} 应返回一个张量，也就是新的状态；它返回的类型是 {got}。列表和数组，torch 求不出梯度。",
    },
    "own_shape": {
        "en": "Your {name} must give back states of the shape it was given, {expected}; it gave {got}. Every token "
              "keeps its place and its width.",
        "zh": "你的 {name} 返回的状态，形状应与收到的一样，是 {expected}，实际却是 {got}。词元数和宽度都不变。",
    },
    "own_no_gradient": {
        "en": "No gradient can pass through your {name}: its result is cut off from its inputs. The likely cause: "
              "detach(), numpy, torch.no_grad() or a new tensor in its body.",
        "zh": "梯度穿不过你的 {name}：结果与输入断开了。可能的原因：函数体里用了 detach()、numpy、torch.no_grad()，"
              "或者新建了一个张量。",
    },
    "own_no_cross": {
        "en": "Your decoder_layer never called cross_attention, so it never looks at the source, and there is no "
              "attention to show.",
        "zh": "你的 decoder_layer 没有调用 cross_attention：它从不看原文，也就没有注意力可画。",
    },
    "own_switches": {
        "en": "Where a layer is your own, its residuals, norms and feed-forward network are decided in your function: "
              "leave residual, norm and feed_forward in the settings as they are.",
        "zh": "用自己写的层时，残差、层归一化和前馈网络都由你的函数决定：设置里的 residual、norm、feed_forward "
              "请保持不变。",
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
    "own_note": {"en": "Your own: {names}.", "zh": "你自己写的：{names}。"},
    "stood_in": {
        "en": "Not written yet, the course's own stands in: {names}.",
        "zh": "还没有写，先用课程自带的：{names}。",
    },
    "switched": {"en": "Changed: {names}.", "zh": "改动：{names}。"},
    "no_residual": {"en": "no residual", "zh": "没有残差连接"},
    "no_feed_forward": {"en": "no feed-forward network", "zh": "没有前馈网络"},
    "norm_after": {"en": "norm after the sum", "zh": "层归一化在相加之后"},
    "norm_none": {"en": "no layer norm", "zh": "没有层归一化"},
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

"""What the view of an edited query says."""

STRINGS = {
    "before": {"en": "q as computed", "zh": "模型算出的 q"},
    "after": {"en": "q as it is now", "zh": "改动后的 q"},
    "moved": {"en": "neuron {neuron}: {was} → {now}", "zh": "神经元 {neuron}：{was} → {now}"},
    "number": {"en": "k[{neuron}]", "zh": "k[{neuron}]"},
    "score": {"en": "score", "zh": "分数"},
    "weight": {"en": "weight", "zh": "权重"},
    "was": {"en": "was", "zh": "原来"},
    "now": {"en": "now", "zh": "现在"},
    "bars": {"en": "weight: outline was, filled now", "zh": "权重：空心为原来，实心为现在"},
    "how": {
        "en": "Each score moves by change × k[{neuron}] ÷ √{d_head} = {change} × k[{neuron}] ÷ {root}.",
        "zh": "每个分数的变化 = 改动量 × k[{neuron}] ÷ √{d_head} = {change} × k[{neuron}] ÷ {root}。",
    },
    "unchanged": {
        "en": "{title}: neuron {neuron} of {d_head} is as the model computed it, {value}. Most weight goes to “{best}”"
              ", {weight}.",
        "zh": "{title}：{d_head} 个神经元中的第 {neuron} 个保持模型算出的值 {value}。权重最大的是“{best}”，{weight}。",
    },
    "changed": {
        "en": "{title}: neuron {neuron} of {d_head} is moved from {value} to {now}. The weight of “{moved}” goes from "
              "{moved_was} to {moved_now}; most goes to “{best}”, {weight}.",
        "zh": "{title}：{d_head} 个神经元中的第 {neuron} 个由 {value} 改为 {now}。“{moved}”的权重由 {moved_was} 变为 "
              "{moved_now}；权重最大的是“{best}”，{weight}。",
    },
    "no_neuron": {
        "en": "There is no neuron {got}: a query of this model has the neurons 0 to {last}.",
        "zh": "没有第 {got} 个神经元：这个模型的查询有第 0 到第 {last} 个神经元。",
    },
    "change": {
        "en": "The change is added to one number of the query: a number from −{most} to {most} was expected, such as "
              "2.5; got {got}.",
        "zh": "改动量会加到查询的一个数上，应是 −{most} 到 {most} 之间的一个数，例如 2.5；收到的是 {got}。",
    },
}

"""What the view of an edited query says."""

STRINGS = {
    "before": ("q as computed", "模型算出的 q"),
    "after": ("q as it is now", "改动后的 q"),
    "moved": ("neuron {neuron}: {was} → {now}", "神经元 {neuron}：{was} → {now}"),
    "number": ("k[{neuron}]", "k[{neuron}]"),
    "score": ("score", "分数"),
    "weight": ("weight", "权重"),
    "was": ("was", "原来"),
    "now": ("now", "现在"),
    "bars": ("weight: outline was, filled now", "权重：空心为原来，实心为现在"),
    "how": ("Each score moves by change × k[{neuron}] ÷ √{d_head} = {change} × k[{neuron}] ÷ {root}.",
            "每个分数的变化 = 改动量 × k[{neuron}] ÷ √{d_head} = {change} × k[{neuron}] ÷ {root}。"),
    "unchanged": (
        "{title}: neuron {neuron} of {d_head} is as the model computed it, {value}. Most weight goes to “{best}”, "
        "{weight}.",
        "{title}：{d_head} 个神经元中的第 {neuron} 个保持模型算出的值 {value}。权重最大的是“{best}”，{weight}。"),
    "changed": (
        "{title}: neuron {neuron} of {d_head} is moved from {value} to {now}. The weight of “{moved}” goes from "
        "{moved_was} to {moved_now}; most goes to “{best}”, {weight}.",
        "{title}：{d_head} 个神经元中的第 {neuron} 个由 {value} 改为 {now}。“{moved}”的权重由 {moved_was} 变为 "
        "{moved_now}；权重最大的是“{best}”，{weight}。"),
    "no_neuron": (
        "There is no neuron {got}: a query of this model has the neurons 0 to {last}.",
        "没有第 {got} 个神经元：这个模型的查询有第 0 到第 {last} 个神经元。"),
    "change": (
        "The change is added to one number of the query: a number from −{most} to {most} was expected, such as 2.5; "
        "got {got}.",
        "改动量会加到查询的一个数上，应是 −{most} 到 {most} 之间的一个数，例如 2.5；收到的是 {got}。"),
}

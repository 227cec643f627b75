"""03.norm: the residual connection and layer norm."""

from torch import Tensor
from torch.nn.functional import layer_norm

from ..exercise import Mistake
from ..functions import FunctionExercise, wave


def normed(vectors: Tensor, scale: Tensor | None, shift: Tensor | None, eps: float) -> Tensor:
    """Return layer norm as PyTorch computes it."""
    return layer_norm(vectors, vectors.shape[-1:], scale, shift, eps)


def spread(vectors: Tensor, scale: Tensor, shift: Tensor, divisor: Tensor) -> Tensor:
    """Return layer norm with another divisor in the place of the standard deviation."""
    return (vectors - vectors.mean(-1, keepdim=True)) / divisor * scale + shift


EXERCISE = FunctionExercise(
    key="03.norm",
    name="add_and_norm",
    right=lambda x, new, scale, shift, eps: normed(x + new, scale, shift, eps),
    cases=tuple({"inputs": wave(n, d, start=1), "output": wave(n, d, start=2), "scale": 1 + wave(d, start=3) / 4,
                 "shift": wave(d, start=4), "eps": eps} for n, d, eps in ((4, 4, 0.25), (2, 5, 0.5), (3, 8, 0.125))),
    passed={
        "en": "Added first, then brought to one size: each token by itself.",
        "zh": "先相加，再调整到统一的大小：每个词元各算各的。",
    },
    mistakes=(
        Mistake("no_residual", lambda x, new, scale, shift, eps: normed(new, scale, shift, eps), {
            "en": "Only what attention brings was normalised: the token itself is lost. Add the inputs first, so that "
                  "the new adds to the old.",
            "zh": "只对注意力带来的东西做了归一化，词元自己不见了。要先加上 inputs，让新的加在旧的上面。",
        }),
        Mistake("norm_first", lambda x, new, scale, shift, eps: x + normed(new, scale, shift, eps), {
            "en": "The norm came before the addition. In BERT it comes after: norm(inputs + output). (Many newer "
                  "models do put it first.)",
            "zh": "归一化放在了相加之前。BERT 里是之后：norm(inputs + output)。（不少较新的模型确实放在前面。）",
        }, also=(
            lambda x, new, scale, shift, eps: normed(x, scale, shift, eps) + new,
        )),
        Mistake("no_norm", lambda x, new, scale, shift, eps: x + new, {
            "en": "The sum is right, and the layer norm is still missing.",
            "zh": "相加是对的，还差层归一化。",
        }),
        Mistake("no_scale_and_shift", lambda x, new, scale, shift, eps: normed(x + new, None, None, eps), {
            "en": "Mean 0 and variance 1 are reached, but the learnt numbers are missing: multiply by scale, then add "
                  "shift.",
            "zh": "均值 0、方差 1 已经做到了，但漏了学到的参数：还要乘以 scale，再加上 shift。",
        }),
        Mistake("over_tokens", lambda x, new, scale, shift, eps: normed(
            (x + new).T, None, None, eps).T * scale + shift, {
            "en": "Mean and variance were taken over the tokens. Layer norm looks at one token at a time: along the "
                  "last axis.",
            "zh": "均值和方差是跨词元算的。层归一化一次只看一个词元：要沿最后一轴。",
        }),
        Mistake("one_less", lambda x, new, scale, shift, eps: spread(
            x + new, scale, shift, ((x + new).var(-1, keepdim=True) + eps).sqrt()), {
            "en": "Very near: the variance was divided by d_model − 1. torch.var does so unless told otherwise; layer "
                  "norm divides by d_model (correction=0).",
            "zh": "只差一点：方差除以了 d_model − 1。torch.var 默认就是这样；层归一化除以的是 d_model（写 "
                  "correction=0）。",
        }),
        Mistake("no_root", lambda x, new, scale, shift, eps: spread(
            x + new, scale, shift, (x + new).var(-1, keepdim=True, correction=0) + eps), {
            "en": "You divided by the variance. The spread is its square root.",
            "zh": "你除以了方差。应该除以它的平方根。",
        }),
        Mistake("eps_outside", lambda x, new, scale, shift, eps: spread(
            x + new, scale, shift, (x + new).std(-1, keepdim=True, correction=0) + eps), {
            "en": "eps was added to the standard deviation. It belongs inside the root: (variance + eps) ** 0.5.",
            "zh": "eps 加到了标准差上。它应该在根号里面：(方差 + eps) ** 0.5。",
        }),
    ),
    hints=(
        {
            "en": "Two steps. Add what attention brings to what was there; then, for every token, subtract the mean "
                  "and divide by the spread.",
            "zh": "分两步。先把注意力带来的加到原有的上面；然后对每个词元减去均值，再除以标准差。",
        },
        {
            "en": "Mean and variance go along dim=-1, with keepdim=True; the variance with correction=0. Divide by "
                  "(variance + eps) ** 0.5.",
            "zh": "均值和方差沿 dim=-1 计算，写上 keepdim=True；方差要写 correction=0。除以 (方差 + eps) ** 0.5。",
        },
        {
            "en": "With y = inputs + output: take y - y.mean(-1, keepdim=True), divide it, times scale, plus shift. "
                  "torch.nn.functional.layer_norm may do it too.",
            "zh": "令 y = inputs + output：取 y - y.mean(-1, keepdim=True)，做除法，乘以 scale，加上 shift。也可以用 "
                  "torch.nn.functional.layer_norm。",
        },
    ),
)

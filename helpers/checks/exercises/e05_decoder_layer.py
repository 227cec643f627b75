"""05.decoder_layer: a decoder layer, wired from its parts: back under a causal mask, across, and alone."""

from collections.abc import Callable

import torch
from torch import Tensor

from ...attention import causal_mask
from ..exercise import Mistake
from ..functions import FunctionExercise, Inputs, wave
from .e05_encoder_layer import Norms, attended, norms, thought

Parts = tuple[Tensor, Tensor, Callable[..., Tensor], Callable[..., Tensor], Callable[..., Tensor], Norms]


def right(states: Tensor, memory: Tensor, attention: Callable[..., Tensor], cross_attention: Callable[..., Tensor],
          feed_forward: Callable[..., Tensor], norms: Norms) -> Tensor:
    """Return a decoder layer with its norms before the sublayers."""
    states = states + attention(norms[0](states), causal_mask(states.shape[-2]))
    states = states + cross_attention(norms[1](states), memory)
    return states + feed_forward(norms[2](states))


def layer_case(n_target: int, n_source: int, d_model: int) -> Inputs:
    """Return states of both sides, and the parts of a layer as functions."""
    return {"states": wave(n_target, d_model), "memory": wave(n_source, d_model, start=1.3),
            "attention": lambda states, mask=None: attended(states, mask=mask),
            "cross_attention": lambda states, memory: 0.8 * attended(states, memory),
            "feed_forward": thought, "norms": norms(3)}


def mask_of(change: Callable[[Tensor], Tensor | None]) -> Callable[..., Tensor]:
    """Return the layer with its causal mask changed."""
    def changed(states: Tensor, memory: Tensor, back: Callable, cross: Callable, feed: Callable, norm: Norms) -> Tensor:
        return right(states, memory, lambda found, mask: back(found, change(mask)), cross, feed, norm)
    return changed


def cross_first(x: Tensor, memory: Tensor, back: Callable, cross: Callable, feed: Callable, norm: Norms) -> Tensor:
    """Return a layer that looks across before it looks back."""
    x = x + cross(norm[0](x), memory)
    x = x + back(norm[1](x), causal_mask(len(x)))
    return x + feed(norm[2](x))


def no_residual(x: Tensor, memory: Tensor, back: Callable, cross: Callable, feed: Callable, norm: Norms) -> Tensor:
    """Return a layer in which each part's output takes the place of its input."""
    return feed(norm[2](cross(norm[1](back(norm[0](x), causal_mask(len(x)))), memory)))


def norm_after(x: Tensor, memory: Tensor, back: Callable, cross: Callable, feed: Callable, norm: Norms) -> Tensor:
    """Return a layer with its norms after the sums."""
    x = norm[0](x + back(x, causal_mask(len(x))))
    x = norm[1](x + cross(x, memory))
    return norm[2](x + feed(x))


def with_cross(asked: Callable[..., Tensor]) -> Callable[..., Tensor]:
    """Return the layer with another cross-attention, made of the right one, its states and its memory."""
    return lambda x, memory, back, cross, feed, norm: right(
        x, memory, back, lambda states, memory: asked(cross, states, memory), feed, norm)


EXERCISE = FunctionExercise(
    key="05.decoder_layer",
    name="decoder_layer",
    right=right,
    cases=(layer_case(4, 4, 4), layer_case(3, 3, 6), layer_case(2, 5, 6)),
    passed={
        "en": "A whole decoder layer: it looks back under the causal mask, across to the source, and then each token "
              "is worked on alone. You have now written both halves of the Transformer.",
        "zh": "一个完整的解码器层：在因果掩码下往前文看，再看原文，最后每个词元各自加工。Transformer 的两半，"
              "你都写出来了。",
    },
    mistakes=(
        Mistake("no_mask", mask_of(lambda mask: None), {
            "en": "The self-attention got no mask: each token sees what comes after it, its own answer. In training "
                  "the loss would be suspiciously small.",
            "zh": "自注意力没有掩码：每个词元都看得见后面的，也就是自己要答的。训练时损失会小得可疑。",
        }),
        Mistake("mask_transposed", mask_of(lambda mask: mask.T), {
            "en": "The mask is turned round: tokens see what follows and nothing of what went before.",
            "zh": "掩码转置了：词元只看得见后面，看不见前面。",
        }),
        Mistake("one_ahead", mask_of(lambda mask: torch.ones_like(mask).tril(1)), {
            "en": "The mask is off by one: each token sees the next, which is its own answer.",
            "zh": "掩码错开了一位：每个词元都看得见下一个，那正是它要答的。",
        }),
        Mistake("source_asks", with_cross(lambda cross, states, memory: cross(memory, states)), {
            "en": "In the cross-attention the source asks and the target answers. Queries come from the decoder: "
                  "cross_attention(states, memory).",
            "zh": "交叉注意力里变成原文提问、译文应答了。查询来自解码器：cross_attention(states, memory)。",
        }),
        Mistake("no_source", with_cross(lambda cross, states, memory: cross(states, states)), {
            "en": "The cross-attention looks at the target again: the source is never read. Hand it the memory.",
            "zh": "交叉注意力看的还是译文：原文根本没有读。要把 memory 交给它。",
        }),
        Mistake("no_cross", lambda x, memory, back, cross, feed, norm: (
            y := x + back(norm[0](x), causal_mask(len(x)))) is not None and y + feed(norm[2](y)), {
            "en": "The cross-attention is missing: this layer knows nothing of the source. It is what GPT has.",
            "zh": "漏了交叉注意力：这一层对原文一无所知。GPT 的层就是这样。",
        }),
        Mistake("cross_first", cross_first, {
            "en": "It looks across before it looks back. First the self-attention, then the cross-attention.",
            "zh": "先看了原文，后看前文。应当先做自注意力，再做交叉注意力。",
        }),
        Mistake("no_residual", no_residual, {
            "en": "Nothing is added: each part's output takes the place of its input. Three residuals are missing.",
            "zh": "什么也没有加：每个部分的输出顶替了输入。漏了三处残差。",
        }),
        Mistake("norm_after", norm_after, {
            "en": "The norms stand after the sums (post-norm). Here each part reads normed states, and the sum stays "
                  "as it is.",
            "zh": "层归一化在相加之后（Post-LN）。这里是每个部分读归一化后的状态，相加的和不动。",
        }),
        Mistake("memory_normed", with_cross(lambda cross, states, memory: cross(states, norms(3)[1](memory))), {
            "en": "The memory went through the norm, too. The encoder has normed it already, at its end; the decoder's "
                  "norm is for its own states.",
            "zh": "memory 也做了一次归一化。编码器在末尾已经做过了；解码器的归一化只管自己的状态。",
        }),
    ),
    hints=(
        {"en": "Three times the same pattern as in the encoder layer: norm, part, add. In which order?",
         "zh": "和编码器层同样的套路做三遍：归一化、过一个部分、相加。按什么次序？"},
        {"en": "Back: attention(norms[0](states), mask), with mask = causal_mask(states.shape[-2]).",
         "zh": "看前文：attention(norms[0](states), mask)，其中 mask = causal_mask(states.shape[-2])。"},
        {"en": "Across: states + cross_attention(norms[1](states), memory). Then feed_forward with norms[2].",
         "zh": "看原文：states + cross_attention(norms[1](states), memory)。然后是 feed_forward 和 norms[2]。"},
    ),
)

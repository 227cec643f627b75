"""05.encoder_layer: an encoder layer, wired from its parts; the norm stands before each of them."""

from collections.abc import Callable

import torch
from torch import Tensor
from torch.nn.functional import layer_norm

from ..exercise import Mistake
from ..functions import FunctionExercise, Inputs, wave

Part = Callable[[Tensor], Tensor]
Norms = tuple[Part, ...]


def normed(states: Tensor) -> Tensor:
    """Return each token's vector with mean 0 and variance 1."""
    return layer_norm(states, states.shape[-1:])


def norms(n: int) -> Norms:
    """Return layer norms that differ, each with a scale and a shift of its own."""
    def made(place: int) -> Part:
        return lambda states: normed(states) * (1 + 0.3 * place) + 0.2 * place
    return tuple(made(place) for place in range(n))


def attended(states: Tensor, memory: Tensor | None = None, mask: Tensor | None = None) -> Tensor:
    """Return what a head without matrices finds."""
    memory = states if memory is None else memory
    scores = states @ memory.transpose(-2, -1)
    return (scores if mask is None else scores.masked_fill(~mask, -torch.inf)).softmax(-1) @ memory


def thought(states: Tensor) -> Tensor:
    """Return a small feed-forward network of each token."""
    return (1.3 * states + 0.2).relu().roll(1, -1) - 0.4


def right(states: Tensor, attention: Part, feed_forward: Part, norms: Norms) -> Tensor:
    """Return an encoder layer with its norms before the sublayers."""
    states = states + attention(norms[0](states))
    return states + feed_forward(norms[1](states))


def layer_case(n_tokens: int, d_model: int, start: float) -> Inputs:
    """Return states, and the parts of a layer as functions."""
    return {"states": wave(n_tokens, d_model, start=start), "attention": lambda states: attended(states),
            "feed_forward": thought, "norms": norms(2)}


def parallel(x: Tensor, attention: Part, feed: Part, norm: Norms) -> Tensor:
    """Return a layer whose two parts read the same states."""
    return x + attention(norm[0](x)) + feed(norm[1](x))


def post_norm(x: Tensor, attention: Part, feed: Part, norm: Norms) -> Tensor:
    """Return a layer with its norms after the sums."""
    x = norm[0](x + attention(x))
    return norm[1](x + feed(x))


def norm_on_stream(x: Tensor, attention: Part, feed: Part, norm: Norms) -> Tensor:
    """Return a layer whose norms act on the residual stream itself."""
    x = norm[0](x)
    x = norm[1](x + attention(x))
    return x + feed(x)


EXERCISE = FunctionExercise(
    key="05.encoder_layer",
    name="encoder_layer",
    right=right,
    cases=(layer_case(4, 4, 0.3), layer_case(3, 6, 1.2), layer_case(1, 4, 2.0)),
    passed={
        "en": "That is a whole encoder layer, pre-norm: two parts, each reads the normed states and adds what it found "
              "to the residual stream.",
        "zh": "这就是一个完整的编码器层（Pre-LN）：两个部分，各自读归一化后的状态，再把结果加进残差流。",
    },
    mistakes=(
        Mistake("no_residual", lambda x, attention, feed, norm: feed(norm[1](attention(norm[0](x)))), {
            "en": "Nothing is added: each part's output takes the place of its input, and the token itself is lost. "
                  "The residual is missing, twice.",
            "zh": "什么也没有加：每个部分的输出顶替了输入，词元自己丢掉了。两处都漏了残差。",
        }),
        Mistake("one_residual", lambda x, attention, feed, norm: feed(norm[1](x + attention(norm[0](x)))), {
            "en": "The attention is added, the feed-forward network is not: it takes the place of the stream. The "
                  "second residual is missing.",
            "zh": "注意力加进去了，前馈网络却没有加，而是顶替了残差流。漏了第二处残差。",
        }, also=(lambda x, attention, feed, norm: attention(norm[0](x)) + feed(norm[1](attention(norm[0](x)))),)),
        Mistake("norm_after", post_norm, {
            "en": "Here the norms stand after the sums, as in the paper and BERT (post-norm). This model has them "
                  "before each part: the part reads the normed states, the sum stays as it is.",
            "zh": "这里层归一化在相加之后，原论文和 BERT 是这样（Post-LN）。这个模型放在每个部分之前：部分读归一化后的"
                  "状态，相加的和不动。",
        }),
        Mistake("norm_on_stream", norm_on_stream, {
            "en": "The normed states went into the sum. Only the part reads them; what is added to is the stream as "
                  "it was, without the norm.",
            "zh": "归一化后的状态进了总和。它只给那个部分读；被加的应是原来没有归一化的残差流。",
        }, also=(lambda x, attention, feed, norm: (y := norm[0](x) + attention(norm[0](x))) is not None
                 and norm[1](y) + feed(norm[1](y)),)),
        Mistake("no_norm", lambda x, attention, feed, norm: (y := x + attention(x)) is not None and y + feed(y), {
            "en": "There are no norms. norms[0] stands before the attention, norms[1] before the feed-forward "
                  "network.",
            "zh": "没有层归一化。norms[0] 在注意力之前，norms[1] 在前馈网络之前。",
        }),
        Mistake("parallel", parallel, {
            "en": "Both parts read the states that came in. The feed-forward network comes second: it reads the "
                  "states with the attention already added.",
            "zh": "两个部分读的都是刚进来的状态。前馈网络在后面：它读的应是已经加了注意力的状态。",
        }),
        Mistake("norms_swapped", lambda x, attention, feed, norm: right(x, attention, feed, norm[::-1]), {
            "en": "The two norms are exchanged: norms[0] belongs to the attention, norms[1] to the feed-forward "
                  "network.",
            "zh": "两个层归一化用反了：norms[0] 属于注意力，norms[1] 属于前馈网络。",
        }),
        Mistake("feed_forward_first", lambda x, attention, feed, norm: right(x, feed, attention, norm), {
            "en": "The feed-forward network came first. A token collects from the others before it thinks about what "
                  "it has.",
            "zh": "前馈网络跑到前面去了。词元先从别处收集，然后才加工收集到的东西。",
        }, also=(lambda x, attention, feed, norm: right(x, feed, attention, norm[::-1]),)),
        Mistake("one_norm", lambda x, attention, feed, norm: (y := x + attention(norm[0](x))) is not None
                and y + feed(y), {
            "en": "The feed-forward network reads the states without a norm: norms[1] is missing.",
            "zh": "前馈网络读的状态没有归一化：漏了 norms[1]。",
        }),
    ),
    hints=(
        {"en": "Twice the same pattern: norm, part, add.", "zh": "同一个套路做两遍：归一化、过一个部分、相加。"},
        {"en": "The first half: states = states + attention(norms[0](states)).",
         "zh": "前一半：states = states + attention(norms[0](states))。"},
        {"en": "The second half is the same with feed_forward and norms[1], and it starts from the new states.",
         "zh": "后一半一样，换成 feed_forward 和 norms[1]，从新的 states 出发。"},
    ),
)

"""Where things sit inside the models of transformers: said here once, for all that looks into them or changes them."""

import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import torch
from torch import Tensor, nn

from .records import AttentionParts

Part = Any   # a module of transformers: what it holds is known by name alone


@dataclass(frozen=True, eq=False)
class Projection:
    """Where queries, keys or values come out.

    Attributes:
        module: what makes them.
        n_heads: how many heads they are for; of keys and values there may be fewer than of queries (grouped queries).
        part: which of the module's outputs they are, where it makes all three at once; None for all.
    """

    module: nn.Module
    n_heads: int
    part: slice | None = None

    def by_head(self, output: Tensor) -> Tensor:
        """Cut the module's output, (..., token, width), into heads: (..., head, token, d_head)."""
        own = output if self.part is None else output[..., self.part]
        return own.unflatten(-1, (self.n_heads, -1)).transpose(-3, -2)


@dataclass(frozen=True, eq=False)
class LayerAnatomy:
    """One layer's attention.

    Attributes:
        attention: is handed the mask, and holds `scaling`, the factor of the scores.
        queries, keys, values: where they come out.
        w_output: joins the heads; the context of all of them, side by side, goes in.
        norm: the norm after the residual, or, in a model of the other kind, before the attention.
        attended: gives the states after the residual is added and normalised; None where the norm comes first.
        parts: the trained parts, where they are arranged as in BERT; else None.
        gain: how many times 1 / sqrt(d_head) the factor of this layer is; 1 but in some kinds of GPT-2.
    """

    attention: Part
    queries: Projection
    keys: Projection
    values: Projection
    w_output: nn.Module
    norm: nn.Module
    attended: nn.Module | None = None
    parts: AttentionParts | None = None
    gain: float = 1.0

    @property
    def projections(self) -> dict[str, Projection]:
        """The three by name."""
        return {"queries": self.queries, "keys": self.keys, "values": self.values}

    @property
    def n_queries_a_key(self) -> int:
        """How many heads share a head's keys and values."""
        return self.queries.n_heads // self.keys.n_heads


@dataclass(frozen=True, eq=False)
class Anatomy:
    """A model's embeddings and layers.

    Attributes:
        word_embeddings: what a token is.
        position_embeddings: the table of where it stands; None where queries and keys are turned instead (rotary).
        segment_embeddings: which sentence it is in; None where the model knows no sentences.
        layers: one after the other.
        d_head: the width of one head's queries and keys.
        max_tokens: the most tokens a text may have.
        first_position: which row of the table is that of the first token.
        last_norm: the norm behind the last layer; None where there is none.
        single_softmax: whether transformers takes the softmax in float32, whatever the model's own precision.
    """

    word_embeddings: nn.Embedding
    position_embeddings: nn.Embedding | None
    segment_embeddings: nn.Embedding | None
    layers: tuple[LayerAnatomy, ...]
    d_head: int
    max_tokens: int
    first_position: int = 0
    last_norm: nn.Module | None = None
    single_softmax: bool = False

    @property
    def n_layers(self) -> int:
        """The number of layers."""
        return len(self.layers)

    @property
    def n_heads(self) -> int:
        """The number of heads in each layer, counted by their queries."""
        return self.layers[0].queries.n_heads

    @property
    def embeddings(self) -> Iterator[tuple[str, nn.Module]]:
        """The tables there are, under the names of a record."""
        for name in ("word_embeddings", "position_embeddings", "segment_embeddings"):
            if getattr(self, name) is not None:
                yield name, getattr(self, name)

    @property
    def attention_parts(self) -> tuple[AttentionParts, ...]:
        """The trained parts of each layer's attention; () where they are not arranged as in BERT."""
        return tuple(layer.parts for layer in self.layers if layer.parts is not None)


def rotated(vectors: Tensor, cos: Tensor, sin: Tensor) -> Tensor:
    """Turn queries or keys, (head, token, d_head), as a rotary model does: number k is paired with k + d_head / 2.

    Args:
        vectors: as they are projected.
        cos, sin: (token, d_head), of the angles that the model itself hands to its layers.
    """
    first, second = vectors.chunk(2, -1)
    return vectors * cos + torch.cat([-second, first], -1) * sin


def _bert(body: Part) -> Anatomy:
    """BERT, RoBERTa, ELECTRA: separate projections, the norm after the residual, a table of positions."""
    config, table = body.config, body.embeddings.position_embeddings
    n_heads, layers = config.num_attention_heads, []
    for layer in body.encoder.layer:
        inner, outer = layer.attention.self, layer.attention.output
        queries, keys, values = (Projection(module, n_heads) for module in (inner.query, inner.key, inner.value))
        parts = AttentionParts(inner.query, inner.key, inner.value, outer.dense, outer.LayerNorm)
        layers.append(LayerAnatomy(inner, queries, keys, values, parts.w_output, parts.norm, attended=outer,
                                   parts=parts))
    first = 0 if config.model_type in ("bert", "electra") else config.pad_token_id + 1
    return Anatomy(body.embeddings.word_embeddings, table, body.embeddings.token_type_embeddings, tuple(layers),
                   config.hidden_size // n_heads, config.max_position_embeddings - first, first)


def _gpt2(body: Part) -> Anatomy:
    """GPT-2: one module makes all three, the norm comes first, a table of positions, each token sees those before."""
    config = body.config
    n_heads, width = config.num_attention_heads, config.hidden_size
    d_head, layers = width // n_heads, []
    for block in body.h:
        queries, keys, values = (Projection(block.attn.c_attn, n_heads, slice(place, place + width))
                                 for place in range(0, 3 * width, width))
        layers.append(LayerAnatomy(block.attn, queries, keys, values, block.attn.c_proj, block.ln_1,
                                   gain=_gain(block.attn.scaling, d_head)))
    return Anatomy(body.wte, body.wpe, None, tuple(layers), d_head, config.max_position_embeddings, last_norm=body.ln_f)


def _llama(body: Part) -> Anatomy:
    """LLaMA and its like: grouped queries, RMSNorm first, queries and keys turned by their positions."""
    config, layers = body.config, []
    for layer in body.layers:
        made = layer.self_attn
        d_head = made.head_dim
        queries, keys, values = (Projection(module, module.out_features // d_head)
                                 for module in (made.q_proj, made.k_proj, made.v_proj))
        layers.append(LayerAnatomy(made, queries, keys, values, made.o_proj, layer.input_layernorm,
                                   gain=_gain(made.scaling, d_head)))
    return Anatomy(body.embed_tokens, None, None, tuple(layers), d_head, config.max_position_embeddings,
                   last_norm=body.norm, single_softmax=True)


def _gain(factor: float, d_head: int) -> float:
    """Return how many times 1 / sqrt(d_head) a factor is; exactly 1 up to rounding."""
    gain = factor * math.sqrt(d_head)
    return 1.0 if abs(gain - 1) < 1e-9 else gain


ENCODERS: dict[str, Callable[[Part], Anatomy]] = {"bert": _bert, "roberta": _bert, "electra": _bert}
DECODERS: dict[str, Callable[[Part], Anatomy]] = {"gpt2": _gpt2, "llama": _llama, "mistral": _llama}


def anatomy_of(body: Part) -> Anatomy:
    """Return the anatomy of a model without the heads on top.

    Args:
        body: a transformers model whose `config.model_type` is in `ENCODERS` or `DECODERS`.
    """
    return (ENCODERS | DECODERS)[body.config.model_type](body)

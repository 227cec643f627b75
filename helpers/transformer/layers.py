"""The two layers a Transformer is a stack of (Vaswani et al. 2017, section 3.1 and figure 1)."""

from collections.abc import Callable

from torch import Tensor, nn
from torch.nn.functional import gelu, relu

from .. import wanted
from ..attention import MultiHeadAttention
from ..text import CourseError
from .cache import LayerCache

ACTIVATIONS: dict[str, Callable[[Tensor], Tensor]] = {"relu": relu, "gelu": gelu}


class FeedForward(nn.Module):
    """Two projections of every token by itself, wider and narrow again, with a bend between (section 3.3).

    Args:
        d_model: width of the vectors that go in and come out.
        d_ff: width in between.
        activation: the bend, "relu" as in the paper or "gelu" as in BERT.

    Raises:
        CourseError: for another activation, or a width that is none.
    """

    def __init__(self, d_model: int, d_ff: int, activation: str = "relu"):
        super().__init__()
        if not isinstance(activation, str) or activation not in ACTIVATIONS:
            raise CourseError("transformer.activation", got=repr(activation), known=", ".join(ACTIVATIONS))
        self.activation = ACTIVATIONS[activation]
        d_model, d_ff = (wanted.whole("FeedForward", name, width, 1, wanted.MOST_WIDTH)
                         for name, width in (("d_model", d_model), ("d_ff", d_ff)))
        self.w_in, self.w_out = nn.Linear(d_model, d_ff), nn.Linear(d_ff, d_model)

    def forward(self, inputs: Tensor) -> Tensor:
        """Return (batch, token, d_model) for inputs of that shape."""
        return self.w_out(self.activation(self.w_in(inputs)))          # d_model -> d_ff -> d_model


class AddAndNorm(nn.Module):
    """The residual connection round a sublayer and its layer norm, which stands before the sublayer or after the sum.

    After the sum: the paper and BERT, norm(x + sublayer(x)). Before (`norm_first`): x + sublayer(norm(x)), most of
    what came later, and easier to train (Xiong et al. 2020).

    Raises:
        CourseError: for a width, a choice or a share that is none.
    """

    def __init__(self, d_model: int, norm_first: bool, dropout: float):
        super().__init__()
        self.norm = nn.LayerNorm(wanted.whole("AddAndNorm", "d_model", d_model, 1, wanted.MOST_WIDTH))
        self.norm_first = wanted.switch("AddAndNorm", "norm_first", norm_first)
        self.dropout = nn.Dropout(wanted.number("AddAndNorm", "dropout", dropout, 0, 1))

    def before(self, inputs: Tensor) -> Tensor:
        """Return what the sublayer is given, (batch, token, d_model)."""
        return self.norm(inputs) if self.norm_first else inputs

    def after(self, inputs: Tensor, change: Tensor) -> Tensor:
        """Return the inputs with what the sublayer found added, (batch, token, d_model)."""
        total = inputs + self.dropout(change)
        return total if self.norm_first else self.norm(total)


class EncoderLayer(nn.Module):
    """Every token looks at every token, then each thinks for itself.

    Args:
        d_model, n_heads: as in MultiHeadAttention.
        d_ff, activation: as in FeedForward.
        norm_first: where the layer norms stand, see AddAndNorm.
        dropout: share of each sublayer's output dropped while training, 0 to 1.

    Source: Vaswani et al. 2017, section 3.1, "Encoder".
    """

    def __init__(self, d_model: int, n_heads: int, d_ff: int, *, norm_first: bool = False, activation: str = "relu",
                 dropout: float = 0.0):
        super().__init__()
        self.attention = MultiHeadAttention(d_model, n_heads)
        self.add_attention = AddAndNorm(d_model, norm_first, dropout)
        self.feed_forward = FeedForward(d_model, d_ff, activation)
        self.add_feed_forward = AddAndNorm(d_model, norm_first, dropout)

    def forward(self, inputs: Tensor, mask: Tensor | None = None) -> tuple[Tensor, Tensor]:
        """Return the output (batch, token, d_model) and the weights (batch, head, query, key).

        Args:
            inputs: (batch, token, d_model).
            mask: boolean, broadcasts to (batch, head, query, key), True = may attend.
        """
        found, weights = self.attention(self.add_attention.before(inputs), mask=mask)
        states = self.add_attention.after(inputs, found)
        return self.add_feed_forward.after(states, self.feed_forward(self.add_feed_forward.before(states))), weights


class DecoderLayer(nn.Module):
    """Each target token looks back at the target so far, then at the source, then thinks for itself.

    Args:
        d_model, n_heads, d_ff, norm_first, activation, dropout: as in EncoderLayer.

    Source: Vaswani et al. 2017, section 3.1, "Decoder".
    """

    def __init__(self, d_model: int, n_heads: int, d_ff: int, *, norm_first: bool = False, activation: str = "relu",
                 dropout: float = 0.0):
        super().__init__()
        self.attention = MultiHeadAttention(d_model, n_heads)
        self.add_attention = AddAndNorm(d_model, norm_first, dropout)
        self.cross_attention = MultiHeadAttention(d_model, n_heads)
        self.add_cross_attention = AddAndNorm(d_model, norm_first, dropout)
        self.feed_forward = FeedForward(d_model, d_ff, activation)
        self.add_feed_forward = AddAndNorm(d_model, norm_first, dropout)

    def forward(self, inputs: Tensor, memory: Tensor, mask: Tensor | None = None, memory_mask: Tensor | None = None,
                cache: LayerCache | None = None) -> tuple[Tensor, Tensor, Tensor]:
        """Return the output (batch, token, d_model), the weights of self-attention and those of cross-attention.

        Args:
            inputs: (batch, target token, d_model); with a cache, the new tokens alone.
            memory: (batch, source token, d_model), what the encoder made of the source.
            mask: of the self-attention, boolean; `causal_mask` in a decoder that writes.
            memory_mask: of the cross-attention, boolean; False where the source is padding.
            cache: keys and values of the tokens before these; it grows by theirs.
        """
        cache = cache or LayerCache()
        asking = self.add_attention.before(inputs)
        keys, values = cache.extend(*self.attention.keys_and_values(asking))
        found, weights = self.attention.attend(asking, keys, values, mask)
        states = self.add_attention.after(inputs, found)
        keys, values = cache.of_memory(self.cross_attention, memory)
        found, cross_weights = self.cross_attention.attend(self.add_cross_attention.before(states), keys, values,
                                                           memory_mask)
        states = self.add_cross_attention.after(states, found)
        states = self.add_feed_forward.after(states, self.feed_forward(self.add_feed_forward.before(states)))
        return states, weights, cross_weights

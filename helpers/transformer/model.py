"""The whole Transformer: an encoder that reads, a decoder that writes (Vaswani et al. 2017, figure 1)."""

import math
from dataclasses import dataclass

from torch import Tensor, nn

from .. import wanted
from ..attention import causal_mask
from ..positions import sinusoidal_positions
from .cache import Cache
from .layers import ACTIVATIONS, DecoderLayer, EncoderLayer


@dataclass(frozen=True)
class TransformerConfig:
    """The sizes and choices of a Transformer; the defaults are the paper's base model.

    Attributes:
        vocab_size: entries of the vocabulary, one for both languages.
        n_layers: layers of the encoder, and as many of the decoder.
        d_model, n_heads, d_ff, norm_first, activation, dropout: as in EncoderLayer.
        max_tokens: the longest source or target.

    Raises:
        CourseError: for a size, a choice or a share that is none.
    """

    vocab_size: int
    n_layers: int = 6
    d_model: int = 512
    n_heads: int = 8
    d_ff: int = 2048
    norm_first: bool = False
    activation: str = "relu"
    dropout: float = 0.1
    max_tokens: int = 128

    def __post_init__(self) -> None:
        wanted.whole("TransformerConfig", "vocab_size", self.vocab_size, 1, wanted.MOST_ENTRIES)
        for name in ("n_layers", "d_model", "n_heads", "d_ff", "max_tokens"):
            wanted.whole("TransformerConfig", name, getattr(self, name), 1, wanted.MOST_WIDTH)
        wanted.switch("TransformerConfig", "norm_first", self.norm_first)
        wanted.one_of("TransformerConfig", "activation", self.activation, ACTIVATIONS)
        wanted.number("TransformerConfig", "dropout", self.dropout, 0, 1)


@dataclass(frozen=True)
class Encoded:
    """What the encoder made of a source.

    Attributes:
        states: (batch, source token, d_model), what the decoder attends to.
        weights: one (batch, head, query, key) a layer.
        mask: what the source was read with.
    """

    states: Tensor
    weights: tuple[Tensor, ...]
    mask: Tensor | None = None


@dataclass(frozen=True)
class Decoded:
    """What the decoder made of a target and an encoded source.

    Attributes:
        states: (batch, target token, d_model).
        weights: one (batch, head, target query, target key) a layer.
        cross_weights: one (batch, head, target query, source key) a layer.
    """

    states: Tensor
    weights: tuple[Tensor, ...]
    cross_weights: tuple[Tensor, ...]


class Transformer(nn.Module):
    """Encoder and decoder with one embedding table for source, target and output (section 3.4).

    >>> model = Transformer(TransformerConfig(vocab_size=10, n_layers=1, d_model=8, n_heads=2, d_ff=16))
    >>> model(torch.tensor([[1, 2, 3]]), torch.tensor([[4, 5]])).shape
    torch.Size([1, 2, 10])
    """

    positions: Tensor  # (position, d_model)

    def __init__(self, config: TransformerConfig):
        super().__init__()
        self.config = config
        self.embedding = nn.Embedding(config.vocab_size, config.d_model)
        self.encoder, self.decoder = _stack(EncoderLayer, config), _stack(DecoderLayer, config)
        self.encoder_norm, self.decoder_norm = (
            nn.LayerNorm(config.d_model) if config.norm_first else nn.Identity() for _ in range(2))
        self.dropout = nn.Dropout(config.dropout)
        self.register_buffer("positions", sinusoidal_positions(config.max_tokens, config.d_model).float(),
                             persistent=False)
        self._start()

    def _start(self) -> None:
        """Draw the first weights: an embedding of length about 1, projections after Glorot & Bengio 2010."""
        nn.init.normal_(self.embedding.weight, std=self.config.d_model ** -0.5)
        for module in self.modules():
            if isinstance(module, nn.Linear):
                nn.init.xavier_uniform_(module.weight)
                nn.init.zeros_(module.bias)

    def embed(self, token_ids: Tensor, first: int = 0) -> Tensor:
        """Return (batch, token, d_model): embeddings times sqrt(d_model), plus positions counted from `first`."""
        positions = self.positions[first:first + token_ids.shape[1]]                     # (token, d_model)
        return self.dropout(self.embedding(token_ids) * math.sqrt(self.config.d_model) + positions)

    def encode(self, source_ids: Tensor, source_mask: Tensor | None = None) -> Encoded:
        """Read the source (batch, source token); the mask is False on padding, see `padding_mask`."""
        states, weights = self.embed(source_ids), []
        for layer in self.encoder:
            states, layer_weights = layer(states, source_mask)
            weights.append(layer_weights)
        return Encoded(self.encoder_norm(states), tuple(weights), source_mask)

    def decode(self, target_ids: Tensor, memory: Tensor, source_mask: Tensor | None = None,
               cache: Cache | None = None) -> Decoded:
        """Read the target so far, each token with what stands before it, and the memory.

        Args:
            target_ids: (batch, target token); with a cache, the new tokens alone.
            memory: the encoder's states, (batch, source token, d_model).
            source_mask: as in `encode`.
            cache: what was kept of the tokens before these.
        """
        cache = cache or Cache(len(self.decoder))
        first, last = cache.n_tokens, cache.n_tokens + target_ids.shape[1]
        states, weights, cross_weights = self.embed(target_ids, first), [], []
        mask = causal_mask(last)[first:]                                                 # (target query, target key)
        for layer, kept in zip(self.decoder, cache.layers, strict=True):
            states, layer_weights, layer_cross = layer(states, memory, mask, source_mask, kept)
            weights.append(layer_weights)
            cross_weights.append(layer_cross)
        return Decoded(self.decoder_norm(states), tuple(weights), tuple(cross_weights))

    def logits(self, states: Tensor) -> Tensor:
        """Return (..., vocab): how well each entry of the vocabulary fits as the next token."""
        return states @ self.embedding.weight.T

    def forward(self, source_ids: Tensor, target_ids: Tensor, source_mask: Tensor | None = None) -> Tensor:
        """Return (batch, target token, vocab): at each target token the logits of the one that follows."""
        memory = self.encode(source_ids, source_mask).states
        return self.logits(self.decode(target_ids, memory, source_mask).states)


def _stack(kind: type[EncoderLayer] | type[DecoderLayer], config: TransformerConfig) -> nn.ModuleList:
    """Make the layers of the encoder, or of the decoder."""
    return nn.ModuleList(kind(config.d_model, config.n_heads, config.d_ff, norm_first=config.norm_first,
                              activation=config.activation, dropout=config.dropout) for _ in range(config.n_layers))

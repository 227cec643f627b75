"""Attention, whole: scores, weights, context, masks, heads (Vaswani et al. 2017, section 3.2).

Axes, in this order: batch, head, query, key, d_model, d_head; `...` stands for any leading axes. In scores
and weights the last two are always (query, key): rows ask, columns answer. A mask is boolean, True = may attend.
"""

import math

import torch
from torch import Tensor, nn

from .asked import number, short, whole
from .text import CourseError

MOST_COUNT = 32_768       # tokens, or numbers in a vector: its square still fits a memory


def attention_scores(queries: Tensor, keys: Tensor, *, scale: float | None = None) -> Tensor:
    """Return how well each query matches each key: their dot product times `scale`.

    Args:
        queries: (..., query, d_head). One vector (d_head,) gives one row of scores.
        keys: (..., key, d_head).
        scale: factor on every dot product; None = 1/sqrt(d_head), 1.0 = the bare dot product.

    Returns:
        (..., query, key), any real number.

    Raises:
        CourseError: if the widths or the leading axes of queries and keys do not fit together, or for what is no
            tensor of numbers, or no number for a scale.

    >>> attention_scores(torch.tensor([[2., 0., 0., 0.]]), torch.eye(4))
    tensor([[1., 0., 0., 0.]])

    Source: Vaswani et al. 2017, section 3.2.1, eq. 1, inside the softmax.
    """
    _check_tensors(queries=queries, keys=keys)
    factor = number(scale)
    if scale is not None and factor is None:
        raise CourseError("attention.scale", got=short(scale))
    _require(queries.shape[-1:] == keys.shape[-1:] != (), "attention.d_head", queries=queries, keys=keys)
    fits = keys.ndim > 1 and _broadcast(queries.shape[:-2], keys.shape[:-2]) is not None
    _require(fits, "attention.leading", queries=queries, keys=keys)
    factor = 1 / math.sqrt(queries.shape[-1]) if factor is None else factor
    return queries @ keys.transpose(-2, -1) * factor                   # (..., query, key)


def attention_weights(scores: Tensor, mask: Tensor | None = None) -> Tensor:
    """Turn scores into weights that sum to 1 over the keys: the softmax of each row.

    Args:
        scores: (..., query, key), already scaled.
        mask: boolean, broadcasts to the shape of scores; None = every query may attend to every key.

    Returns:
        (..., query, key), each in [0, 1], each row sums to 1; exactly 0 where the mask is False.

    Raises:
        CourseError: if the scores are no tensor of numbers with a fraction, if the mask is not boolean, does not
            broadcast, or leaves a query no key at all.

    >>> attention_weights(torch.tensor([[0., 0.], [0., 9.]]), causal_mask(2)).round(decimals=3)
    tensor([[1., 0.],
            [0., 1.]])

    Source: Vaswani et al. 2017, section 3.2.1, eq. 1; masking as in section 3.2.3.
    """
    _check_tensors(scores=scores)
    if not scores.is_floating_point() or not scores.ndim:
        raise CourseError("attention.scores", got=f"{scores.dtype}".removeprefix("torch."), shape=tuple(scores.shape))
    if mask is not None:
        _check_mask(mask, scores)
        scores = scores.masked_fill(~mask, -math.inf)                  # (..., query, key)
    return torch.softmax(scores, dim=-1)                               # (..., query, key)


def scaled_dot_product_attention(queries: Tensor, keys: Tensor, values: Tensor, mask: Tensor | None = None,
                                 *, scale: float | None = None) -> tuple[Tensor, Tensor]:
    """Give each query its own weighted average of the values: eq. 1 of the paper.

    Args:
        queries, keys, scale: as in attention_scores.
        values: (..., key, d_value), one a key; d_value is free.
        mask: as in attention_weights.

    Returns:
        The context (..., query, d_value) and the weights (..., query, key).

    Raises:
        CourseError: as the two functions it calls, or if there is not one value a key.

    >>> scaled_dot_product_attention(torch.zeros(1, 2), torch.eye(2), torch.tensor([[1.], [3.]]))
    (tensor([[2.]]), tensor([[0.5000, 0.5000]]))
    """
    _check_tensors(keys=keys, values=values)
    fits = keys.shape[-2:-1] == values.shape[-2:-1] != () and _broadcast(keys.shape[:-2], values.shape[:-2]) is not None
    _require(fits, "attention.values", keys=keys, values=values)
    weights = attention_weights(attention_scores(queries, keys, scale=scale), mask)  # (..., query, key)
    return weights @ values, weights                                   # (..., query, d_value)


def split_heads(inputs: Tensor, n_heads: int) -> Tensor:
    """Cut each token's vector into one piece a head: (..., token, d_model) -> (..., head, token, d_head).

    Head h holds columns h * d_head to (h + 1) * d_head of every token; a reshape alone would mix tokens.

    Raises:
        CourseError: if n_heads does not divide d_model, or `inputs` is no tensor with tokens and numbers.

    >>> split_heads(torch.tensor([[1, 2, 3, 4], [5, 6, 7, 8]]), n_heads=2)[1]
    tensor([[3, 4],
            [7, 8]])
    """
    _check_tensors(inputs=inputs)
    _check_axes("inputs", inputs, 2)
    _check_heads(inputs.shape[-1], n_heads)
    return inputs.unflatten(-1, (n_heads, -1)).transpose(-3, -2)       # (..., head, token, d_head)


def merge_heads(heads: Tensor) -> Tensor:
    """Put each token's pieces side by side again: (..., head, token, d_head) -> (..., token, d_model).

    Raises:
        CourseError: for what is no tensor with heads, tokens and numbers.

    >>> merge_heads(split_heads(torch.eye(4), n_heads=2)).equal(torch.eye(4))
    True
    """
    _check_tensors(heads=heads)
    _check_axes("heads", heads, 3)
    return heads.transpose(-3, -2).flatten(-2)                         # (..., token, d_model)


def causal_mask(n_tokens: int) -> Tensor:
    """Return (query, key), boolean: each token may attend to itself and to what stands before it.

    Raises:
        CourseError: if n_tokens is no whole number of 1 or more.

    >>> causal_mask(2)
    tensor([[ True, False],
            [ True,  True]])
    """
    n_tokens = _checked_count("n_tokens", n_tokens)
    return torch.ones(n_tokens, n_tokens, dtype=torch.bool).tril()     # (query, key)


def padding_mask(lengths: Tensor | list[int], n_tokens: int) -> Tensor:
    """Return (batch, 1, 1, key), boolean: True on the first lengths[i] of n_tokens keys, False on the padding.

    Args:
        lengths: how many tokens of each text are real: (batch,), whole numbers.
        n_tokens: how many places each text has.

    Raises:
        CourseError: for other lengths, or if n_tokens is no whole number of 1 or more.

    >>> padding_mask([1, 3], n_tokens=3)[:, 0, 0]
    tensor([[ True, False, False],
            [ True,  True,  True]])
    """
    n_tokens, lengths = _checked_count("n_tokens", n_tokens), _checked_lengths(lengths)    # int, (batch,)
    places = torch.arange(n_tokens, device=lengths.device)             # (key,)
    return places < lengths[:, None, None, None]                       # (batch, 1, 1, key)


class MultiHeadAttention(nn.Module):
    """Several attentions side by side, each on its own piece of the vectors, joined by a last projection.

    `d_model` is the width of the vectors that go in and come out; CourseError if n_heads does not divide it, or if one
    of the two is no whole number.

    >>> output, weights = MultiHeadAttention(d_model=8, n_heads=2)(torch.zeros(1, 3, 8))
    >>> output.shape, weights.shape
    (torch.Size([1, 3, 8]), torch.Size([1, 2, 3, 3]))

    Source: Vaswani et al. 2017, section 3.2.2.
    """

    def __init__(self, d_model: int, n_heads: int):
        super().__init__()
        d_model = _checked_count("d_model", d_model)
        self.n_heads = _check_heads(d_model, n_heads)
        self.w_query, self.w_key, self.w_value, self.w_output = (nn.Linear(d_model, d_model) for _ in range(4))

    def forward(self, inputs: Tensor, memory: Tensor | None = None,
                mask: Tensor | None = None) -> tuple[Tensor, Tensor]:
        """Attend from `inputs` to `memory`, or to `inputs` themselves where there is no memory.

        Args:
            inputs: (batch, query, d_model), what asks.
            memory: (batch, key, d_model), what answers in cross-attention.
            mask: boolean, broadcasts to (batch, head, query, key).

        Returns:
            The output (batch, query, d_model) and the weights (batch, head, query, key).
        """
        return self.attend(inputs, *self.keys_and_values(inputs if memory is None else memory), mask)

    def keys_and_values(self, memory: Tensor) -> tuple[Tensor, Tensor]:
        """Return the keys and the values of `memory`, both (batch, head, key, d_head)."""
        return split_heads(self.w_key(memory), self.n_heads), split_heads(self.w_value(memory), self.n_heads)

    def attend(self, inputs: Tensor, keys: Tensor, values: Tensor, mask: Tensor | None = None) -> tuple[Tensor, Tensor]:
        """Let `inputs` ask keys and values that are there already; returns what `forward` returns."""
        queries = split_heads(self.w_query(inputs), self.n_heads)      # (batch, head, query, d_head)
        context, weights = scaled_dot_product_attention(queries, keys, values, mask)
        return self.w_output(merge_heads(context)), weights            # (batch, query, d_model)


def _require(fits: bool, error: str, **tensors: Tensor) -> None:
    if not fits:
        raise CourseError(error, **{name: tuple(tensor.shape) for name, tensor in tensors.items()})


def _broadcast(shape: torch.Size, other: torch.Size) -> torch.Size | None:
    if shape == other:
        return shape
    try:
        return torch.broadcast_shapes(shape, other)
    except RuntimeError:
        return None


def _check_mask(mask: Tensor, scores: Tensor) -> None:
    """Refuse a mask that is not boolean, does not broadcast to the scores, or leaves a query no key."""
    if not isinstance(mask, Tensor):
        raise CourseError("attention.no_tensor", name="mask", got=type(mask).__name__)
    _require(mask.dtype == torch.bool, "attention.mask_type", mask=mask, scores=scores)
    _require(_broadcast(mask.shape, scores.shape) == scores.shape, "attention.mask_shape", mask=mask, scores=scores)
    if mask.is_meta:
        return                                                         # shapes alone, no numbers to look at
    lost = ~mask.any(dim=-1)                                           # (..., query)
    if lost.any():
        *place, query = lost.expand(scores.shape[:-1]).nonzero()[0].tolist() or [0]
        raise CourseError("attention.nothing_at" if place else "attention.nothing", query=query, place=place)


def _check_heads(d_model: int, n_heads: object) -> int:
    """Return the number of heads as an int if it divides the width."""
    heads = whole(n_heads, 1)
    if heads is None or d_model % heads:
        raise CourseError("attention.heads", d_model=d_model, n_heads=short(n_heads))
    return heads


def _check_tensors(**tensors: Tensor) -> None:
    """Refuse what is no tensor of real numbers, and tensors of different kinds of number."""
    for name, tensor in tensors.items():
        if not isinstance(tensor, Tensor):
            raise CourseError("attention.no_tensor", name=name, got=type(tensor).__name__)
        if tensor.dtype == torch.bool or tensor.is_complex():
            raise CourseError("attention.no_numbers", name=name, got=f"{tensor.dtype}".removeprefix("torch."))
    dtypes = {name: f"{tensor.dtype}".removeprefix("torch.") for name, tensor in tensors.items()}
    if len(set(dtypes.values())) > 1:
        raise CourseError("attention.dtypes", got=", ".join(f"{name}: {dtype}" for name, dtype in dtypes.items()))


def _check_axes(name: str, tensor: Tensor, least: int) -> None:
    if tensor.ndim < least:
        raise CourseError("attention.axes", name=name, least=least, shape=tuple(tensor.shape))


def _checked_count(name: str, value: object) -> int:
    count = whole(value, 1)
    if count is not None and count > MOST_COUNT:
        raise CourseError("attention.too_many", name=name, got=short(value), most=MOST_COUNT)
    if count is None:
        raise CourseError("attention.count", name=name, got=short(value))
    return count


def _checked_lengths(lengths: object) -> Tensor:
    """Return lengths as a tensor (batch,)."""
    try:
        found = torch.as_tensor(lengths)
    except (TypeError, ValueError, RuntimeError):
        raise CourseError("attention.lengths", got=short(lengths)) from None
    if found.ndim != 1 or found.dtype == torch.bool or found.is_floating_point() or found.is_complex():
        raise CourseError("attention.lengths", got=short(lengths))
    return found

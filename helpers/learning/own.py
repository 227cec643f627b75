"""A learner's own layers in the Transformer of a live training: their wiring, the course's weights.

An encoder layer of a learner's own is a function `encoder_layer(states, attention, feed_forward, norms)`, a decoder
layer `decoder_layer(states, memory, attention, cross_attention, feed_forward, norms)`. The parts they are given are
functions of states (batch, token, d_model); `norms` holds one for each sublayer, in their order. In the decoder
`attention(states, mask)` takes the mask, and `cross_attention(states, memory)` what asks and what answers.
"""

from collections.abc import Callable, Mapping
from typing import Any, cast

from torch import Tensor, nn

from ..text import CourseError
from ..transformer import DecoderLayer, EncoderLayer, LayerCache, Transformer
from .tasks import Batch

Wiring = Callable[..., Any]
Own = tuple[Transformer, tuple[str, ...], tuple[str, ...]]      # the model; the layers in use; those not written yet


class NotWrittenYet(CourseError):
    """A layer of a learner's own that gives nothing back: its body is still empty."""

    def __init__(self, name: str):
        super().__init__("training.own_open", name=name)
        self.name = name


class OwnEncoderLayer(nn.Module):
    """An encoder layer that is put together by a learner's function."""

    def __init__(self, layer: EncoderLayer, wiring: Wiring):
        super().__init__()
        self.layer, self.wiring = layer, wiring

    def forward(self, inputs: Tensor, mask: Tensor | None = None) -> tuple[Tensor, Tensor | None]:
        """Return what `EncoderLayer.forward` returns; the weights are None where nobody attended."""
        layer, seen = self.layer, []

        def attention(states: Tensor) -> Tensor:
            found, weights = layer.attention(states, mask=mask)
            seen.append(weights)
            return found

        norms = layer.add_attention.norm, layer.add_feed_forward.norm
        states = _called("encoder_layer", self.wiring, inputs, attention, layer.feed_forward, norms)
        return states, seen[-1] if seen else None


class OwnDecoderLayer(nn.Module):
    """A decoder layer that is put together by a learner's function."""

    def __init__(self, layer: DecoderLayer, wiring: Wiring):
        super().__init__()
        self.layer, self.wiring = layer, wiring

    def forward(self, inputs: Tensor, memory: Tensor, mask: Tensor | None = None, memory_mask: Tensor | None = None,
                cache: LayerCache | None = None) -> tuple[Tensor, Tensor | None, Tensor]:
        """Return what `DecoderLayer.forward` returns; the mask is the learner's own, not this one.

        Raises:
            CourseError: if the function never asks the source, as nothing could be shown then.
        """
        layer, cache = self.layer, cache or LayerCache()
        seen: dict[str, Tensor] = {}

        def attention(states: Tensor, mask: Tensor | None = None) -> Tensor:
            keys, values = cache.extend(*layer.attention.keys_and_values(states))
            found, seen["back"] = layer.attention.attend(states, keys, values, mask)
            return found

        def cross_attention(states: Tensor, memory: Tensor) -> Tensor:
            found, seen["across"] = layer.cross_attention(states, memory, memory_mask)
            return found

        norms = layer.add_attention.norm, layer.add_cross_attention.norm, layer.add_feed_forward.norm
        states = _called("decoder_layer", self.wiring, inputs, memory, attention, cross_attention, layer.feed_forward,
                         norms)
        if "across" not in seen:
            raise CourseError("training.own_no_cross")
        return states, seen.get("back"), seen["across"]


def with_own(make: Callable[[], Transformer], wirings: Mapping[str, Wiring], batch: Batch) -> Own:
    """Return a Transformer with the learner's layers in it, each tried on a batch, and which of them those are.

    Args:
        make: makes the Transformer; it is called once more for each layer that is not written yet.
        wirings: the learner's functions by name, "encoder_layer" and "decoder_layer".
        batch: what the layers are tried on.

    Raises:
        CourseError: for what is no function, and for a function that cannot be trained: it says why.
    """
    for name, wiring in wirings.items():
        if not callable(wiring) or isinstance(wiring, type):
            raise CourseError("training.own_no_function", name=name, got=type(wiring).__name__)
    model = make()
    if "encoder_layer" in wirings:
        model.encoder = nn.ModuleList(OwnEncoderLayer(cast(EncoderLayer, layer), wirings["encoder_layer"])
                                      for layer in model.encoder)
    if "decoder_layer" in wirings:
        model.decoder = nn.ModuleList(OwnDecoderLayer(cast(DecoderLayer, layer), wirings["decoder_layer"])
                                      for layer in model.decoder)
    try:
        model(batch.source_ids, batch.decoder_ids, batch.source_mask)
    except NotWrittenYet as error:
        written = {name: wiring for name, wiring in wirings.items() if name != error.name}
        model, used, open_ = with_own(make, written, batch)
        return model, used, (error.name, *open_)
    return model, tuple(wirings), ()


def _called(name: str, wiring: Wiring, states: Tensor, *given: object) -> Tensor:
    """Call a learner's function, and refuse in a sentence what cannot be trained."""
    def fail(key: str, **fields: object) -> CourseError:
        return CourseError(f"training.{key}", name=name, **fields)

    try:
        result = wiring(states, *given)
    except NotImplementedError:
        result = None
    except Exception as error:
        text = (str(error).splitlines() or [""])[0][:200]
        raise fail("own_raised", error=type(error).__name__, text=text) from error
    if result is None or result is ...:
        raise NotWrittenYet(name)
    if not isinstance(result, Tensor):
        raise fail("own_no_tensor", got=type(result).__name__)
    if result.shape != states.shape:
        raise fail("own_shape", expected=tuple(states.shape), got=tuple(result.shape))
    if states.requires_grad and not result.requires_grad:
        raise fail("own_no_gradient")
    return result

"""Parts of a layer that a learner can switch off, to see what they were for: residual, layer norm, feed-forward."""

from torch import Tensor, nn

from ..transformer import AddAndNorm, Transformer
from .settings import LiveSettings


class Replacing(AddAndNorm):
    """A sublayer's connection without the residual: what it found takes the place of what went in."""

    def after(self, inputs: Tensor, change: Tensor) -> Tensor:
        """Return what the sublayer found, (batch, token, d_model)."""
        return change if self.norm_first else self.norm(change)


class Skipping(AddAndNorm):
    """The connection of a sublayer that is not there: what went in comes out."""

    def before(self, inputs: Tensor) -> Tensor:
        """Return the inputs, (batch, token, d_model)."""
        return inputs

    def after(self, inputs: Tensor, change: Tensor) -> Tensor:
        """Return the inputs, (batch, token, d_model)."""
        return inputs


def switched(model: Transformer, settings: LiveSettings) -> Transformer:
    """Return the model with the parts off that the settings switch off; the weights that stay are the same."""
    for layer in (*model.encoder, *model.decoder):
        for name, part in list(layer.named_children()):
            if isinstance(part, AddAndNorm):
                setattr(layer, name, _connection(name, part, settings))
        if not settings.feed_forward:
            layer.feed_forward = nn.Identity()
    if settings.norm == "none":
        model.encoder_norm, model.decoder_norm = nn.Identity(), nn.Identity()
    return model


def _connection(name: str, part: AddAndNorm, settings: LiveSettings) -> AddAndNorm:
    """Return what joins a sublayer to the rest under these settings."""
    kind: type[AddAndNorm] = AddAndNorm if settings.residual else Replacing
    if name == "add_feed_forward" and not settings.feed_forward:
        kind = Skipping
    (d_model,) = part.norm.normalized_shape
    made = kind(d_model, part.norm_first, part.dropout.p).to(part.norm.weight)
    if settings.norm == "none" or kind is Skipping:
        made.add_module("norm", nn.Identity())
    return made

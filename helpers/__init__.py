"""Seeing Attention: attention of Transformers, computed, shown and moved.

The lessons import this folder as `helpers`; installed with pip, the same code is the package `seeing_attention`.
The names below are its face: each is loaded when it is first asked for.

Imports run one way: text, asked, wanted, journal, twins -> attention, positions -> transformer -> models, learning ->
heads, interventions, probes, tuning -> plots, views, page -> controls, checks -> questions. Maths knows no pictures,
pictures know no sliders.
"""

from importlib import import_module

__version__ = "1.0.0"

_FACE = {
    "AttentionRecord": "models", "load_bert": "models", "load_translator": "models",
    "describe_heads": "heads", "roll_out": "heads", "compare": "interventions",
    "view_heads": "views", "view_model": "views", "view_neurons": "views", "view_translation": "views",
    "explore_heads": "controls", "explore_model": "controls", "explore_neurons": "controls",
    "explore_translation": "controls", "language": "text",
}
__all__ = ["__version__", *_FACE]


def __getattr__(name: str) -> object:
    """Load a name of the face from the room it stands in."""
    if name not in _FACE:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f".{_FACE[name]}", __name__), name)


def __dir__() -> list[str]:
    return sorted({*globals(), *_FACE})

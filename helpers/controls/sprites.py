"""The maps of a model view as CSS, so that each can be the face of a button."""

from ..views.model.drawing import CAPTION_LINE, Layout, column, palette
from ..views.model.shown import Shown
from ..views.raster import data_uri
from ..views.theme import CAPTION, HEAD_COLOURS

LAYER_NAME = 60                                    # pixels, of the column of layers' names
ZOOMS = (0.9, 0.8, 0.7, 0.6, 0.5, 0.4, 0.3)       # of a board that has less room than it wants
WITHOUT_CAPTIONS = 0.7                            # from this zoom on they could not be read
BUTTON, CHOSEN, NAME = "sav-map-button", "sav-chosen", "sav-map-name"
_RULES = """
{button}{{box-sizing:content-box;width:{width}px;height:{height}px;margin:1px {beside}px {below}px;padding:0;
border:1px solid rgba(128,128,128,.6);border-radius:0;background-color:transparent;background-repeat:no-repeat;
image-rendering:pixelated;overflow:visible;box-shadow:none;font-size:{font}px;line-height:{line}px;
white-space:pre;display:flex;flex-direction:column;align-items:center;justify-content:flex-start;
color:var(--jp-ui-font-color1,inherit)}}
{button}::before{{content:'';flex:none;height:{gap}px}}
{button}:hover{{outline:1px dashed currentColor;outline-offset:3px}}
{button}:focus-visible{{outline:2px dashed currentColor;outline-offset:3px}}
{button}.{chosen}{{box-shadow:0 0 0 3px var(--jp-ui-font-color1,currentColor)}}
.{scope} .{name}{{border-bottom:3px solid transparent;justify-content:center;text-align:center;margin:0 {beside}px 2px}}
"""


def place_classes(layer: int, head: int) -> tuple[str, str, str]:
    """Return the classes of the button that stands for a head."""
    return BUTTON, f"sav-layer-{layer}", f"sav-head-{head}"


def captions(shown: Shown) -> dict[tuple[int, int], str]:
    """Return the caption of each head, broken to fit below its map; empty where there are none."""
    return {place: "\n".join(lines) for place, lines in Layout(shown).captions.items()}


def full_width(shown: Shown) -> float:
    """Return how wide a board is at full size, in pixels."""
    return LAYER_NAME + shown.record.n_heads * Layout(shown).across


def zooms(shown: Shown, scope: str) -> str:
    """Return the rules that draw a board smaller where it has less room than `full_width`."""
    wanted, larger, rules = full_width(shown), 1.0, [f".{scope}{{container-type:inline-size}}"]
    for zoom in ZOOMS:
        bare = f".{scope} .jupyter-button.{BUTTON}{{font-size:0;margin-bottom:8px}}" if zoom == WITHOUT_CAPTIONS else ""
        rules.append(f"@container (max-width:{wanted * larger - 1:g}px)"
                     f"{{.{scope} .widget-gridbox{{zoom:{zoom}}}{bare}}}")
        larger = zoom
    return "".join(rules)


def sprites(shown: Shown, scope: str) -> str:
    """Return a `<style>` element that paints each head's map on its button.

    All maps of a head are one picture, as in the model view; the layer says which part of it is seen.

    Args:
        shown: what is shown.
        scope: the class of the box around the buttons; the rules reach nothing else.
    """
    layout, button = Layout(shown), f".{scope} .jupyter-button.{BUTTON}"
    width, height = layout.thumbnail
    shared = _RULES.format(button=button, scope=scope, chosen=CHOSEN, name=NAME, width=width, height=height,
                           font=CAPTION, line=CAPTION_LINE, gap=height + 3,
                           beside=f"{(layout.across - width - 2) / 2:g}",
                           below=f"{CAPTION_LINE * layout.n_lines + 6:g}")
    rows = (f"{button}.sav-layer-{layer}{{background-position:0 {-layer * layout.down}px}}"
            for layer in range(shown.record.n_layers))
    faces = (_face(layout, button, scope, head) for head in range(shown.record.n_heads))
    return f"<style>{shared}{''.join(faces)}{''.join(rows)}{zooms(shown, scope)}</style>"


def _face(layout: Layout, button: str, scope: str, head: int) -> str:
    """Return the rules of one head: the picture of its maps, and its colour below its name."""
    cells = column(layout.shown.levels[:, head], layout.gap)
    size = f"{cells.shape[1] * layout.cell}px {cells.shape[0] * layout.cell}px"
    colour = HEAD_COLOURS[head % len(HEAD_COLOURS)]
    return (f"{button}.sav-head-{head}{{background-image:url({data_uri(cells, palette(head))});background-size:{size}}}"
            f".{scope} .{NAME}.sav-head-{head}{{border-bottom-color:{colour}}}")

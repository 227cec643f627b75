"""The map of the Transformer: its parts, and the chapter that opens each one."""

from dataclasses import dataclass

from ..asked import short
from ..text import CourseError, escape, say
from .svg import label
from .theme import HEAD_COLOURS, SMALL
from .view import View

WIDTH, HEIGHT = 640, 478
COLUMNS = {"encoder": 40, "decoder": 360}
BOX_WIDTH, BOX_HEIGHT = 240, 34
Box = tuple[str, int, str, str, str]    # column, distance of its top from the picture's top, string, chapters, class
BOXES: tuple[Box, ...] = (
    ("encoder", 368, "embedding", "", "plain"), ("encoder", 318, "positions", "04", "place"),
    ("encoder", 244, "self_attention", "01 02 03 08", "attend"), ("encoder", 188, "feed_forward", "05", "plain"),
    ("decoder", 368, "embedding", "", "plain"), ("decoder", 318, "positions", "04", "place"),
    ("decoder", 244, "masked", "05 08", "attend"), ("decoder", 188, "cross", "05", "attend"),
    ("decoder", 132, "feed_forward", "05", "plain"), ("decoder", 76, "predict", "05", "plain"),
)
CHAPTERS = {"01": "01_self_attention", "02": "02_multi_head_attention", "03": "03_query_key_value",
            "04": "04_positional_encoding", "05": "05_translation", "06": "06_bert", "07": "07_gpt",
            "08": "08_your_own_claim"}                              # the notebooks, side by side in one folder
LEGEND = (("attend", 360), ("place", 448), ("plain", 530))          # class, left
MODELS = {"06": ("encoder", ()), "07": ("decoder", ("cross",))}     # a model is one column, without some of its boxes
TITLES = {"encoder": 60, "decoder": 28}
FRAMES = (("encoder", 176, 114), ("decoder", 120, 170))     # the part that is repeated: column, top, height
ARROWS = ((160, 420, 402), (160, 368, 352), (160, 318, 278), (160, 244, 222), (480, 420, 402), (480, 368, 352),
          (480, 318, 278), (480, 244, 222), (480, 188, 166), (480, 132, 110), (480, 76, 64))   # x, from y, to y
BRIDGE = "M160 188V160q0-10 10-10H308q10 0 10 10V195q0 10 10 10H352"
ATTENTION, PLACE = HEAD_COLOURS[:2]
RULES = f"""
.sav-map rect{{fill:currentColor;fill-opacity:.05;stroke:currentColor;stroke-opacity:.4}}
.sav-map .attend rect{{fill:{ATTENTION};fill-opacity:.2;stroke:{ATTENTION};stroke-opacity:1}}
.sav-map .place rect{{fill:{PLACE};fill-opacity:.2;stroke:{PLACE};stroke-opacity:1}}
.sav-map .legend rect{{stroke-width:1}}
.sav-map .frame{{fill:none;stroke-dasharray:4 4}}
.sav-map .go{{fill:none;stroke:currentColor;stroke-width:1.5;stroke-opacity:.75}}
.sav-map .tip{{fill:currentColor;fill-opacity:.75}}
.sav-map .chapter{{font-weight:600;font-size:{SMALL}px}}
.sav-map .off{{opacity:.4}}
.sav-map .lit rect{{stroke-width:2.5;stroke-opacity:1}}
.sav-map .plain.lit rect{{fill-opacity:.14}}
"""


@dataclass(frozen=True)
class MapView(View):
    """The map; a notebook shows links to the chapters below it."""

    def _repr_mimebundle_(self, **asked: object) -> dict[str, str]:
        """Give a notebook the still picture, the links and the sentence."""
        bundle = super()._repr_mimebundle_(**asked)
        return bundle | {"text/html": f"{bundle['text/html']}<p>{_links()}</p>"}


def view_map(chapter: str = "") -> View:
    """Draw the encoder–decoder Transformer from bottom to top, each part with the chapters that open it.

    In a notebook links to the chapters stand below.

    Args:
        chapter: "01" to "08" lights the parts that this chapter opens; "" shows all alike.

    Raises:
        CourseError: where the map has no such chapter.

    Source: Vaswani et al. 2017, figure 1, redrawn.
    """
    lit = _lit(chapter if isinstance(chapter, str) else short(chapter))
    parts = [_frame(*frame) for frame in FRAMES] + [_box(*box, _state(box, lit)) for box in BOXES]
    parts += [_arrow(*arrow) for arrow in ARROWS] + [_bridge()] + [_title(column) for column in COLUMNS]
    parts += [label(160, 436, say("map.source"), "mid"), label(480, 436, say("map.target"), "mid"),
              label(480, 56, say("map.next"), "mid"), label(40, 462, say("map.add_norm"), "small muted")]
    parts += [_legend(*entry) for entry in LEGEND]
    data: dict[str, list[str]] = {}
    for _, _, name, chapters, _ in BOXES:
        data.setdefault(say(f"map.{name}"), []).extend(chapters.split())
    data |= {say(f"map.{column}"): [number] for number, (column, _) in MODELS.items()}
    text = say("map.text") + (say("map.lit", chapter=chapter, parts=_names(lit)) if lit else "")
    return MapView(text, data, say("map.title"), "map", (WIDTH, HEIGHT), "".join(parts), rules=RULES)


def _lit(chapter: str) -> list[Box]:
    """Return the boxes that a chapter opens."""
    column, without = MODELS.get(chapter, ("", ()))
    lit = [box for box in BOXES if chapter in box[3].split() or (box[0] == column and box[2] not in without)]
    if chapter and not lit:
        known = sorted({number for box in BOXES for number in box[3].split()} | set(MODELS))
        raise CourseError("map.no_chapter", chapters=", ".join(known), got=repr(chapter))
    return lit


def _state(box: Box, lit: list[Box]) -> str:
    if not lit:
        return ""
    return " lit" if box in lit else " off"


def _names(boxes: list[Box]) -> str:
    return say("map.and").join(dict.fromkeys(say(f"map.{name}") for _, _, name, _, _ in boxes))


def _title(column: str) -> str:
    """Return the name of a column, with the chapter about the model that is this column alone."""
    left, number = COLUMNS[column], next(number for number, (where, _) in MODELS.items() if where == column)
    return (label(left, TITLES[column], say(f"map.{column}"), "title")
            + label(left + BOX_WIDTH - 10, TITLES[column], say(f"map.{column}_alone", chapter=number), "chapter end"))


def _box(column: str, top: int, name: str, chapters: str, kind: str, state: str) -> str:
    left = COLUMNS[column]
    return (f'<g class="{kind}{state}"><rect x="{left}" y="{top}" width="{BOX_WIDTH}" height="{BOX_HEIGHT}" rx="6"/>'
            f'{label(left + 12, top + 22, say(f"map.{name}"))}'
            f'{label(left + BOX_WIDTH - 10, top + 22, " · ".join(chapters.split()), "chapter end")}</g>')


def _legend(kind: str, left: int) -> str:
    """Say what a colour stands for."""
    return (f'<g class="legend {kind}"><rect x="{left}" y="452" width="12" height="12" rx="2"/>'
            f'{label(left + 18, 462, say(f"map.is_{kind}"), "small muted")}</g>')


def _links() -> str:
    """Return a link to each chapter, with what it opens."""
    opened: dict[str, list[str]] = {chapter: [] for chapter in CHAPTERS}
    for _, _, name, chapters, _ in BOXES:
        for chapter in chapters.split():
            opened[chapter].append(say(f"map.{name}"))
    for chapter, (column, _) in MODELS.items():
        opened[chapter].append(say(f"map.{column}_alone", chapter="").strip(" ·"))
    said = {chapter: say("map.and").join(dict.fromkeys(names)) for chapter, names in opened.items()}
    return " · ".join(f'<a href="{CHAPTERS[chapter]}.ipynb">{chapter} {escape(words)}</a>'
                      for chapter, words in said.items())


def _frame(column: str, top: int, height: int) -> str:
    left = COLUMNS[column] - 14
    return (f'<rect class="frame" x="{left}" y="{top}" width="{BOX_WIDTH + 28}" height="{height}" rx="10"/>'
            f'{label(left + 8, top + height + 14, say("map.repeat"), "small muted")}')


def _arrow(x: int, start: int, end: int) -> str:
    return f'<path class="go" d="M{x} {start}V{end}"/><path class="tip" d="M{x - 4} {end + 5}h8l-4-7z"/>'


def _bridge() -> str:
    return f'<path class="go" d="{BRIDGE}"/><path class="tip" d="M351 201v8l7-4z"/>'

"""Draw a column of neighbours for each layer, lines along those that stay, and the sentences below."""

from ...text import say
from .. import kit
from ..kit import LINE, MARGIN, Drawn, curve, lines, room, scoped, token_name
from ..svg import label, number, wrap
from ..theme import FINE, POSITIVE
from .shown import Neighbour, Shown

TOP, ROW, HIGH = 112, 48, 38
ROOMY, DENSE, MANY = (106, 24, 9), (78, 14, 6), 8       # a box, the gap behind it, the longest name; for more layers
NARROWEST = 420
RULES = scoped("neighbours", f"""
rect{{fill:{POSITIVE};stroke:currentColor;stroke-opacity:.3}}
.same rect{{stroke-opacity:.9;stroke-width:2}}
.same .token{{font-weight:700}}
.tiny{{font-size:{FINE}px}}
.num{{font-size:{FINE}px;font-variant-numeric:tabular-nums}}
.stays{{fill:none;stroke:{POSITIVE};stroke-opacity:.55;stroke-width:2}}
.own{{font-weight:600}}
.still{{pointer-events:none}}
""")
TOUCH_RULES = kit.touch_rules("neighbours", ".r", """.r{outline:none}
.r .o{fill:currentColor;fill-opacity:0;pointer-events:all}
.touch:is(:hover,:focus-within)~.hint{display:none}
""")


class Layout:
    """Where everything stands in the picture, in pixels."""

    def __init__(self, shown: Shown):
        self.shown = shown
        self.wide, self.gap, self.longest = ROOMY if len(shown.layers) <= MANY else DENSE
        step = self.wide + self.gap
        self.width = max(2 * MARGIN + step * len(shown.layers) - self.gap, NARROWEST)
        self.lefts = [MARGIN + step * layer for layer in range(len(shown.layers))]
        self.words_top = TOP + ROW * len(shown.layers[0]) + 14
        said = [len(self.wrapped(shown.spoken(index))) for index in shown.neighbours]
        self.sentences_top = self.words_top + LINE * max(said) + 14

    def wrapped(self, text: str) -> list[str]:
        """Return a text in lines as long as the picture is wide."""
        return wrap(text, room(self.width - 2 * MARGIN))

    def places(self, index: int) -> list[tuple[int, float]]:
        """Return in which layers a token is among the neighbours, with the top of its box."""
        return [(layer, TOP + ROW * rank) for layer, near in enumerate(self.shown.layers)
                for rank, one in enumerate(near) if one.place == index]


def draw(shown: Shown) -> Drawn:
    """Draw the columns, the lines and the sentences."""
    layout = Layout(shown)
    columns = "".join(label(left + layout.wide / 2, TOP - 12, say("views.layer_name", layer=layer), "small mid")
                      + "".join(_box(layout, left, TOP + ROW * rank, one) for rank, one in enumerate(near))
                      for layer, (left, near) in enumerate(zip(layout.lefts, shown.layers, strict=True)))
    chains = filter(None, (_chain(layout, index) for index in shown.neighbours))
    stays = "".join(f'<path class="stays" d="{chain}"/>' for chain in chains)
    sentences, bottom = _sentences(layout)
    own = layout.wrapped(shown.found.sentences[shown.found.texts[shown.index]])[:1]
    still = label(MARGIN, kit.TITLE_TOP, shown.title(), "title") + lines(MARGIN, 58, own, "own") + stays + columns
    return Drawn(f'<g class="still">{still}{sentences}</g>', (layout.width, bottom), _touch(layout))


def _box(layout: Layout, left: float, top: float, one: Neighbour) -> str:
    """Draw one neighbour: its token, its cosine, which sentence it is from."""
    shown = layout.shown
    token = token_name(shown.found.tokens[one.place], layout.longest)
    return (f'<g{_same(shown, one.place)}><rect x="{number(left)}" y="{number(top)}" '
            f'width="{layout.wide}" height="{HIGH}" rx="4" fill-opacity="{0.45 * max(one.cosine, 0):.2f}"/>'
            + label(left + 7, top + 17, token, "token") + label(left + layout.wide - 6, top + 17, f"{one.cosine:.2f}",
                                                                "num end")
            + label(left + 7, top + 31, say("neighbours.of", text=shown.found.texts[one.place]), "tiny muted") + "</g>")


def _same(shown: Shown, index: int) -> str:
    return ' class="same"' if shown.is_same(index) else ""


def _chain(layout: Layout, index: int) -> str:
    """Return the lines between a neighbour's boxes in layers that follow one another."""
    places = layout.places(index)
    return "".join(curve([(layout.lefts[layer] + layout.wide, top + HIGH / 2), (layout.lefts[after], below + HIGH / 2)])
                   for (layer, top), (after, below) in zip(places, places[1:], strict=False) if after == layer + 1)


def _sentences(layout: Layout) -> tuple[str, float]:
    """List the sentences that neighbours are from, and say where the list ends."""
    found = layout.shown.found
    listed = sorted({found.texts[index] for index in layout.shown.neighbours})
    wrapped = [line for text in listed for line in layout.wrapped(f"{text}  {found.sentences[text]}")]
    note = layout.wrapped(say("neighbours.note"))
    top = layout.sentences_top + LINE * len(wrapped) + 8
    return (lines(MARGIN, layout.sentences_top, wrapped, "small") + lines(MARGIN, top, note),
            top + LINE * len(note) + 4)


def _touch(layout: Layout) -> str:
    """Return what answers hover and focus: for each neighbour, where it stands, and how near it is in each layer."""
    parts = [kit.answer("r", shown_words, f'<path class="o" d="{_ground(layout, index)}"/>'
                        + lines(MARGIN, layout.words_top, layout.wrapped(shown_words), "small"))
             for index in layout.shown.neighbours for shown_words in [layout.shown.spoken(index)]]
    return kit.touchable(TOUCH_RULES, parts, label(MARGIN, layout.words_top, say("neighbours.hint"),
                                                   "small muted hint"))


def _ground(layout: Layout, index: int) -> str:
    """Return the path of all boxes of a neighbour."""
    return "".join(kit.box(layout.lefts[layer] - 3, top - 3, layout.wide + 6, HIGH + 6)
                   for layer, top in layout.places(index))

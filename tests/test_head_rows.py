"""The head view across the page: queries above, keys below, each side by side as it is read."""

import re
from xml.etree import ElementTree

import pytest
import torch

from helpers.controls import explore_heads
from helpers.models import AttentionRecord
from helpers.text import language, say
from helpers.views import view_heads
from helpers.views.heads.rows import Rows
from helpers.views.heads.shown import KEY, QUERY, select

PAIR = "I drink tea.", "我喝茶。"
SVG = "{http://www.w3.org/2000/svg}"
NUMBER = r"-?\d+(?:\.\d+)?"


@pytest.fixture(scope="module")
def pair(course_bert):
    return course_bert.run(*PAIR)


def drawn(view):
    """Return the picture as it always stands, as a tree."""
    return ElementTree.fromstring(view.picture)


def rows_of(view):
    """Return (heights, [(name, x)...]) of the two rows of tokens."""
    groups = [one for one in drawn(view).iter(f"{SVG}g") if one.get("class") == "mid" and one.get("font-size")]
    heights = [float(re.search(rf" ({NUMBER})\)", one.get("transform"))[1]) for one in groups]
    return heights, [[(text.text, float(text.get("x"))) for text in one] for one in groups]


def ends(view, kind):
    """Return where each line begins and ends: [((x, y), (x, y))...]."""
    paths = "".join(one.get("d") for one in drawn(view).iter(f"{SVG}path") if kind in one.get("class", "").split())
    pattern = rf"M({NUMBER}) ({NUMBER})c0 {NUMBER} ({NUMBER}) {NUMBER} ({NUMBER}) ({NUMBER})"
    return [((x, y), (x + fall, y + down)) for x, y, _, fall, down in
            (map(float, found) for found in re.findall(pattern, paths))]


@pytest.mark.parametrize("heads", [None, 3])
def test_tokens_stand_in_the_order_in_which_they_are_read_queries_above_keys(pair, heads):
    view = view_heads(pair, layer=1, heads=heads, across=True)
    heights, rows = rows_of(view)
    assert heights[QUERY] < heights[KEY] and len(rows) == 2
    for row in rows:
        assert [name for name, _ in row] == list(pair.tokens)
        assert [x for _, x in row] == sorted({x for _, x in row})
        assert 0 < row[0][1] and row[-1][1] < view.size[0]
    gaps = [later[1] - earlier[1] for earlier, later in zip(rows[0], rows[0][1:], strict=False)]
    widths = Rows(select(pair, 1, heads, "all", 0.05, None)).widths[QUERY]
    beside = [gap - (widths[place] + widths[place + 1]) / 2 for place, gap in enumerate(gaps)]
    assert [place for place, gap in enumerate(beside) if abs(gap) > 0.2] == [pair.sentence_b_start - 1]


def test_each_line_joins_its_query_to_its_key(pair):
    view = view_heads(pair, layer=1, heads=3, threshold=0.1, across=True)
    _, rows = rows_of(view)
    joined = {(begin[0], end[0]) for begin, end in ends(view, "l")}
    expected = {(rows[QUERY][query][1], rows[KEY][key][1]) for query, key, *_ in view.data["links"]}
    assert len(joined) == len(expected) > 5
    for (x, away), (query, key) in zip(sorted(joined), sorted(expected), strict=True):
        assert abs(x - query) < 0.11 and abs(away - key) < 0.21
    heights, _ = rows_of(view)
    assert all(heights[QUERY] < begin[1] < end[1] < heights[KEY] for begin, end in ends(view, "l"))


@pytest.mark.parametrize(("n", "levels"), [(30, 1), (45, 2)])
def test_the_numbers_are_the_weights_and_none_covers_another(course_bert, n, levels):
    record = course_bert.run("茶" * n)
    layout = Rows(select(record, 0, 0, "all", 0.01, 5))
    view = view_heads(record, heads=0, query=5, threshold=0.01, across=True)
    found = [(float(one.get("x")), float(one.get("y")), one.text) for one in drawn(view).iter(f"{SVG}text")
             if re.fullmatch(r"0\.\d\d", one.text or "")]
    weights = [weight for *_, weight in view.data["links"]]
    assert sorted(text for *_, text in found) == sorted(f"{weight:.2f}" for weight in weights) and len(found) > 5
    assert layout.levels == levels and min(y for _, y, _ in found) > layout.tops[KEY] + layout.row
    for x, y, _ in found:
        assert all(abs(x - other) >= 26 for other, height, _ in found if height == y and other != x)


def test_squares_stand_below_their_key_one_for_each_head(pair):
    view = view_heads(pair, layer=1, across=True)
    layout = Rows(select(pair, 1, None, "all", 0.05, None))
    squares = [tuple(map(float, found)) for one in drawn(view).iter(f"{SVG}path") if one.get("class", "")[:2] == "c "
               for found in re.findall(rf"M({NUMBER}) ({NUMBER})h", one.get("d"))]
    heights = {y for _, y in squares}
    assert len(heights) == pair.n_heads and min(heights) >= layout.tops[KEY] + layout.row
    assert max(heights) + layout.cell <= layout.values + 1
    assert {x for x, _ in squares} <= {round(left + 2, 1) for left in layout.lefts[KEY].values()}


def test_queries_and_keys_may_be_others():
    weights = torch.rand(1, 2, 2, 5).softmax(-1)
    record = AttentionRecord.of(weights, ["a", "b"], key_tokens=["one", "two", "three", "four", "five"])
    heights, rows = rows_of(view_heads(record, across=True))
    assert [[name for name, _ in row] for row in rows] == [["a", "b"], ["one", "two", "three", "four", "five"]]
    middle = [(row[0][1] + row[-1][1]) / 2 for row in rows]
    assert abs(middle[0] - middle[1]) < 10


@pytest.mark.parametrize("code", ["en", "zh"])
def test_what_is_said_and_counted_is_the_same_as_in_columns(pair, code):
    language(code)
    one, other = (view_heads(pair, layer=2, heads=4, across=across) for across in (False, True))
    assert (one.text, one.title, one.data) == (other.text, other.title, other.data)
    texts = [text.text for text in drawn(other).iter(f"{SVG}text")]
    assert texts.index(say("views.asks")) < texts.index(say("views.answers"))


def test_the_explorer_has_a_box_for_it(course_bert):
    explorer = explore_heads(course_bert, *PAIR, layer=2, head=4)
    explorer.across.value = True
    assert explorer.view.svg == view_heads(course_bert.run(*PAIR), layer=2, heads=4, across=True).svg
    explorer.choose(layer=1, across=False)
    assert explorer.view.svg == view_heads(course_bert.run(*PAIR), layer=1, heads=4).svg

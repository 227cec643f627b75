"""The picture of the sinusoidal encoding and its sliders: numbers, sentences, every position of every slider."""

import math
import xml.etree.ElementTree as ElementTree

import pytest
import torch
from conftest import refusal

from helpers.controls import explore_positions
from helpers.controls.positions import BASES, MOST_LENGTH, WIDTHS
from helpers.positions import frequencies, similarities, sinusoidal_positions
from helpers.text import language
from helpers.views import view_positions
from helpers.views.positions import drawing

SIZES = [(50, 64, 10000.0, (3, 10)), (1, 2, 10.0, (0, 0)), (2, 4, 1.0, (1, 0)), (512, 1024, 1e6, (511, 0)),
         (33, 18, 1e12, (32, 32)), (128, 30, 100, (7, 8))]


@pytest.mark.parametrize("n, d, base, pair", SIZES)
def test_what_is_drawn_is_the_encoding(n: int, d: int, base: float, pair: tuple[int, int]) -> None:
    data, table = view_positions(n, d, base=base, pair=pair).data, sinusoidal_positions(n, d, base=base)
    assert data["products"] == pytest.approx(similarities(table)[0].tolist(), abs=6e-4)
    for clock, wavelength in data["wavelengths"].items():
        assert wavelength * frequencies(d, base=base)[clock].item() == pytest.approx(2 * math.pi, rel=1e-3)
        hands = [table[place, [2 * clock, 2 * clock + 1]].tolist() for place in pair]
        assert data["hands"][clock] == [pytest.approx(hand, abs=6e-5) for hand in hands]
    clocks = list(data["wavelengths"])
    assert len(clocks) == min(8, d // 2) and clocks == sorted(set(clocks)) and {0, d // 2 - 1} <= set(clocks)


@pytest.mark.parametrize("n, d, base, pair", SIZES)
def test_hands_reach_right_by_the_sine_and_up_by_the_cosine(n: int, d: int, base: float, pair: tuple[int, int]) -> None:
    picture = ElementTree.fromstring(view_positions(n, d, base=base, pair=pair).picture)
    dots = [(float(node.get("cx")), float(node.get("cy"))) for node in picture.iter("{http://www.w3.org/2000/svg}circle")
            if node.get("class") == "dot" and node.get("r") == "3"]
    table, reaches = sinusoidal_positions(n, d, base=base), (drawing.DIAL - 4, drawing.DIAL - 10)
    assert len(dots) == 2 * min(8, d // 2)
    for which, (x, y) in enumerate(dots[:2]):                     # the first clock is pair 0
        sine, cosine = table[pair[which], :2].tolist()
        assert (x - drawing.DIAL_LEFT) / reaches[which] == pytest.approx(sine, abs=0.01)
        assert (drawing.DIAL_TOP - y) / reaches[which] == pytest.approx(cosine, abs=0.01)


def test_the_heat_map_has_the_signs_of_the_table(monkeypatch: pytest.MonkeyPatch) -> None:
    seen = []
    monkeypatch.setattr(drawing, "raster", lambda x, y, size, cells, palette: seen.append((cells, palette)) or "")
    view_positions(20, 8)
    (cells, palette), table = seen[0], sinusoidal_positions(20, 8)
    cells = torch.tensor(cells)
    assert ((cells >= 1) & (cells <= 7)).equal(table > 0.5 / 7) and (cells >= 8).equal(table < -0.5 / 7)
    assert cells.max() <= len(palette) == 14


@pytest.mark.parametrize("code, text", [
    ("en", "Sinusoidal positions, 50 of 64 numbers, base 10,000: the fastest pair turns once every 6.3 positions, the "
           "slowest every 47,117.2. Positions 3 and 10 are 7 apart; their dot product is 23.26, that of a position "
           "with itself 32."),
    ("zh", "正弦位置编码，50 个位置，每个 64 个数，base = 10,000：最快的一对每 6.3 个位置转一圈，"
           "最慢的每 47,117.2 个位置转一圈。位置 3 与 10 相距 7，点积是 23.26；一个位置与自己的点积是 32。")])
def test_the_sentence_in_both_languages(code: str, text: str) -> None:
    language(code)
    view = view_positions()
    assert view.text == text and view.image == view_positions().image
    for svg in (view.svg, view.picture):
        ElementTree.fromstring(svg)


@pytest.mark.parametrize("code", ["en", "zh"])
def test_impossible_pictures_are_refused(code: str) -> None:
    assert refusal(lambda: view_positions(50, 63), code).key == "positions.width"
    assert refusal(lambda: view_positions(0, 64), code).key == "positions.length"
    assert refusal(lambda: view_positions(50, 64, base=-1), code).key == "positions.base"
    assert refusal(lambda: view_positions(10 ** 12, 64), code).key == "positions.too_many"
    for n, d in ((513, 64), (50, 1026)):
        assert refusal(lambda n=n, d=d: view_positions(n, d), code).key == "positions.view_size"
    for pair in ((0, 50), (-1, 0), (1,), (1, 2, 3), (0.5, 1), "ab", None, 3):
        assert refusal(lambda pair=pair: view_positions(50, 64, pair=pair), code).key == "positions.pair"


@pytest.mark.parametrize("code", ["en", "zh"])
def test_every_position_of_every_slider_redraws(code: str) -> None:
    language(code)
    explorer, seen = explore_positions(), set()
    ranges = {"d_model": WIDTHS, "base": BASES, "first": range(50), "second": range(50),
              "length": range(2, MOST_LENGTH + 1)}
    assert (explorer.length.min, explorer.length.max) == (2, MOST_LENGTH)
    for name, values in ranges.items():
        for value in values:
            getattr(explorer, name).value = value
            expected = view_positions(explorer.length.value, explorer.d_model.value, base=explorer.base.value,
                                      pair=(explorer.first.value, explorer.second.value))
            assert explorer.picture.value == explorer.view.svg == expected.svg
            assert not explorer.notice.value
            seen.add(explorer.picture.value)
    assert len(seen) >= sum(map(len, ranges.values())) - len(ranges)


def test_positions_beyond_the_end_move_to_the_last_one() -> None:
    explorer = explore_positions()
    explorer.choose(first=49, second=20)
    explorer.length.value = 30
    assert (explorer.first.value, explorer.second.value, explorer.first.max) == (29, 20, 29)
    explorer.length.value = 2
    assert explorer.view.data["pair"] == [1, 1]
    assert explorer.choose(length=128, first=127, second=0).data["pair"] == [127, 0]


def test_a_notebook_keeps_the_picture_and_the_sentence_beside_the_widget() -> None:
    bundle = explore_positions()._repr_mimebundle_()
    assert bundle["text/plain"] == view_positions().text and bundle["text/html"] == view_positions().image
    assert "application/vnd.jupyter.widget-view+json" in bundle

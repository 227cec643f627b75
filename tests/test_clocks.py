"""The clocks of rotary positions: the angles are those of `rotate`, and a shift moves hands, not angles."""

import math
import re
import xml.etree.ElementTree as ElementTree

import pytest
import torch
from checking import chinese

from helpers.positions import rotate
from helpers.text import CourseError, language
from helpers.views import view_clocks

HAND = re.compile(r'class="hand" d="M([\d.-]+) ([\d.-]+)L([\d.-]+) ([\d.-]+)"')


def hands(view):
    """Return the angle of each hand as it is drawn, in (-pi, pi]."""
    found = [tuple(map(float, one)) for one in HAND.findall(view.svg)]
    return [math.atan2(y - y_tip, x_tip - x) for x, y, x_tip, y_tip in found]


@pytest.mark.parametrize("query, key, moved, d_head", [(3, 1, 100, 8), (5, 40, 7, 8), (0, 0, 0, 2), (9, 2, 1, 16)])
def test_the_dot_product_is_that_of_turned_vectors(query, key, moved, d_head):
    rightwards = torch.tensor([1.0, 0.0], dtype=torch.float64).repeat(d_head // 2)
    data = view_clocks(query, key, moved=moved, d_head=d_head).data
    for at, other in data["places"]:
        assert data["product"] == pytest.approx((rotate(rightwards, at) @ rotate(rightwards, other)).item(), abs=1e-4)
    assert data["places"] == [[query, key], [query + moved, key + moved]]


def test_each_hand_points_where_rotate_turns_it_and_the_angles_between_stay():
    view = view_clocks(3, 1, moved=10, d_head=8)
    drawn = hands(view)
    assert len(drawn) == 2 * 4 * 2
    for row, places in enumerate(view.data["places"]):
        for pair, rate in enumerate(view.data["frequencies"]):
            for which, place in enumerate(places):
                angle = drawn[row * 8 + pair * 2 + which]
                assert math.cos(angle - rate * place) == pytest.approx(1, abs=2e-3)
    between = [math.remainder(q - k, math.tau) for q, k in zip(drawn[::2], drawn[1::2], strict=True)]
    assert between[:4] == pytest.approx(between[4:], abs=0.03)
    assert max(abs(here - there) for here, there in zip(drawn[:8], drawn[8:], strict=True)) > 1


@pytest.mark.parametrize("code", ["en", "zh"])
def test_the_sentence_says_the_numbers_and_the_picture_is_sound(code):
    language(code)
    view = view_clocks(3, 1)
    assert "2.00" in view.text and "2.56" in view.text and "100" in view.text and chinese(view.text) == (code == "zh")
    assert view.svg.count("2.56") == 3                             # a sum in each row, and the sentence
    for drawn in (view.svg, view.picture):
        ElementTree.fromstring(drawn)


@pytest.mark.parametrize("code", ["en", "zh"])
@pytest.mark.parametrize("given, key", [
    ({"query": -1}, "clocks.place"), ({"query": 1.5}, "clocks.place"), ({"key": "1"}, "clocks.place"),
    ({"key": 100_001}, "clocks.place"), ({"moved": None}, "clocks.place"), ({"d_head": 18}, "clocks.width"),
    ({"d_head": 3}, "positions.width"), ({"base": 0}, "positions.base")])
def test_what_cannot_be_drawn_gets_a_sentence(code, given, key):
    language(code)
    with pytest.raises(CourseError) as caught:
        view_clocks(**{"query": 3, "key": 1} | given)
    assert caught.value.key == key and chinese(str(caught.value)) == (code == "zh")

"""The map of heads: its numbers, its sentence, and JSON that does not change."""

import json
import re

import pytest
import torch
from conftest import refusal
from plotly.graph_objects import Figure

from helpers.heads import KINDS, HeadSummary, describe_heads
from helpers.models import AttentionRecord, Bert
from helpers.plots import plot_heads
from helpers.text import language

TOKENS = ("[CLS]", "the", "dog", ".", "[SEP]")


@pytest.fixture(scope="module")
def summary() -> HeadSummary:
    """Two layers of three heads; layer 1, head 2 looks at the previous token, the others at themselves."""
    weights = torch.eye(5, dtype=torch.float64).repeat(2, 3, 1, 1)
    weights[1, 2] = weights[1, 2].roll(-1, dims=1)
    return describe_heads(AttentionRecord(TOKENS, (0,) * 5, None, weights, "small"))


def test_the_cells_are_the_shares(summary: HeadSummary) -> None:
    figure = plot_heads(summary)
    heat, = figure.data
    assert isinstance(figure, Figure) and heat.type == "heatmap"
    assert [list(row) for row in heat.z] == [[0, 0, 0], [0, 0, 1]] and (heat.zmin, heat.zmax) == (0, 1)
    assert heat.text[1][2] == "layer 1, head 2: 1.00"
    assert figure.layout.yaxis.autorange == "reversed" and figure.layout.title.text == "Attention to: previous token"


@pytest.mark.parametrize("kind", [*(kind for kind in KINDS if kind not in ("repeat", "other")), "entropy", "distance"])
def test_every_kind_is_drawn_rounded(bert: Bert, kind: str) -> None:
    measured = describe_heads(bert.run("the dog.", None))
    values = measured.shares[kind] if kind in KINDS else getattr(measured, kind)
    heat = plot_heads(measured, kind).data[0]
    torch.testing.assert_close(torch.tensor(heat.z).double(), values, rtol=0, atol=6e-4)
    assert heat.zmax == (1 if kind in KINDS else max(map(max, heat.z)))


@pytest.mark.parametrize("code, text", [
    ("en", "Attention to: previous token. A map of 2 layers by 3 heads of small: from 0.00 to 1.00, the most in "
           "layer 1, head 2."),
    ("zh", "注意力给了：前一个词元（small，2 层，每层 3 个头）：从 0.00 到 1.00，最大的是第 1 层头 2。")])
def test_the_sentence_in_both_languages(summary: HeadSummary, code: str, text: str) -> None:
    language(code)
    assert plot_heads(summary).layout.meta["text"] == text


def test_the_first_of_equals_is_named(summary: HeadSummary) -> None:
    assert plot_heads(summary, "same").layout.meta["text"].endswith("layer 0, head 0.")


def test_the_json_is_plain_small_and_the_same_each_time(summary: HeadSummary) -> None:
    first, second = plot_heads(summary).to_json(), plot_heads(summary).to_json()
    assert first == second and len(first) < 4000
    found = json.loads(first)
    assert found["data"][0]["z"] == [[0, 0, 0], [0, 0, 1]] and "bdata" not in first
    assert set(found["layout"]["template"]) <= {"layout", "data"} and not found["layout"]["template"].get("data")
    shades = [shade for _, shade in found["data"][0]["colorscale"]]
    assert all(re.fullmatch("#[0-9a-f]{6}", shade) for shade in shades)
    brightness = [sum(weight * int(shade[i:i + 2], 16) for weight, i in ((0.3, 1), (0.59, 3), (0.11, 5)))
                  for shade in shades]
    assert brightness == sorted(brightness, reverse=True)


def test_plotlys_own_template_and_theme_do_not_reach_it(summary: HeadSummary) -> None:
    import plotly.io
    before, default = plot_heads(summary).to_json(), plotly.io.templates.default
    plotly.io.templates.default = "plotly_dark"
    try:
        assert plot_heads(summary).to_json() == before
    finally:
        plotly.io.templates.default = default


def test_many_heads_are_drawn_without_numbers() -> None:
    weights = torch.eye(5, dtype=torch.float64).repeat(2, 16, 1, 1)
    wide = describe_heads(AttentionRecord(TOKENS, (0,) * 5, None, weights))
    assert plot_heads(wide).data[0].texttemplate is None
    assert plot_heads(wide).layout.meta["text"].startswith("Attention to: previous token. A map of 2 layers by 16")


@pytest.mark.parametrize("code", ["en", "zh"])
def test_what_cannot_be_drawn_is_refused(summary: HeadSummary, code: str) -> None:
    for kind in ("mixed", "", None, 3):
        assert refusal(lambda kind=kind: plot_heads(summary, kind), code).key == "heads.no_kind"
    for kind in ("repeat", "other"):
        assert refusal(lambda kind=kind: plot_heads(summary, kind), code).key == "heads.no_one_asks"

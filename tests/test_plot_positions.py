"""Figures of positions: their numbers, their sentences, JSON that does not change, and a still picture of each."""

import json
import re
import sys
import xml.etree.ElementTree as ElementTree
from collections.abc import Callable
from urllib.parse import unquote

import numpy as np
import plotly.io
import pytest
import torch
from conftest import refusal

from helpers.heads import describe_heads
from helpers.models import Bert
from helpers.plots import (
    CourseFigure,
    plot_counter,
    plot_curves,
    plot_heads,
    plot_offsets,
    plot_path,
    plot_positions,
    plot_similarity,
    traces,
)
from helpers.plots.still import still
from helpers.plots.traces import colour_at
from helpers.positions import explained_by_offset, principal_components, similarities, sinusoidal_positions
from helpers.text import language

TABLE = sinusoidal_positions(40, 16)
ROUGH = torch.randn(30, 12, generator=torch.Generator().manual_seed(0), dtype=torch.float64)
FIGURES: dict[str, Callable[[], CourseFigure]] = {
    "positions": lambda: plot_positions(TABLE), "rough": lambda: plot_positions(ROUGH),
    "curves": lambda: plot_curves(TABLE, [0, 1, 6]), "offsets": lambda: plot_offsets(TABLE),
    "rough offsets": lambda: plot_offsets(ROUGH, [3, 9], cosine=True), "similarity": lambda: plot_similarity(TABLE),
    "rough similarity": lambda: plot_similarity(ROUGH), "cosine": lambda: plot_similarity(ROUGH, cosine=True),
    "counter": plot_counter, "path": lambda: plot_path(TABLE),
}


# Numbers

@pytest.mark.parametrize("table", [TABLE, ROUGH, TABLE * 100, ROUGH / 1000], ids=["sines", "rough", "large", "small"])
def test_the_cells_are_the_table_rounded(table: torch.Tensor) -> None:
    heat, = plot_positions(table).data
    size = table.abs().max().item()
    torch.testing.assert_close(torch.tensor(heat.z, dtype=torch.float64), table, rtol=0, atol=0.006 * size)
    assert heat.zmax == -heat.zmin and 0.5 * size < heat.zmax <= 1.01 * size
    assert max(len(repr(value)) for row in heat.z for value in row) <= 9


def test_one_number_out_of_all_proportion_does_not_wash_the_colours_out() -> None:
    table = ROUGH.clone()
    table[0, 5] = 1000
    assert plot_positions(table).data[0].zmax < 10


def test_curves_are_columns() -> None:
    lines = plot_curves(TABLE, [0, 7]).data
    for line, column in zip(lines, (0, 7), strict=True):
        assert list(line.x) == list(range(40))
        torch.testing.assert_close(torch.tensor(line.y, dtype=torch.float64), TABLE[:, column], rtol=0, atol=0.006)
    assert [line.name for line in lines] == ["dimension 0", "dimension 7"]


@pytest.mark.parametrize("table, cosine", [(TABLE, False), (ROUGH, False), (ROUGH, True)])
def test_offsets_are_rows_of_the_similarities_moved_to_their_own_place(table: torch.Tensor, cosine: bool) -> None:
    found = similarities(table, cosine=cosine)
    for line, start in zip(plot_offsets(table, [0, 5, 20], cosine=cosine).data, (0, 5, 20), strict=True):
        assert list(line.x) == [place - start for place in range(len(table))]
        torch.testing.assert_close(torch.tensor(line.y, dtype=torch.float64), found[start], rtol=0,
                                   atol=0.006 * found.abs().max().item())
    share = f"{explained_by_offset(table, cosine=cosine):.0%}"
    assert share in plot_offsets(table, cosine=cosine).text


def test_similarities_have_the_colours_they_need() -> None:
    product, rough, cosine = (FIGURES[name]().data[0] for name in ("similarity", "rough similarity", "cosine"))
    assert product.zmin > 0 and product.zmax == 8 and product.colorscale[0][1] == "#ffffff"
    assert rough.zmin == -rough.zmax and (cosine.zmin, cosine.zmax) == (-1, 1)
    torch.testing.assert_close(torch.tensor(cosine.z, dtype=torch.float64), similarities(ROUGH, cosine=True), rtol=0,
                               atol=0.006)


@pytest.mark.parametrize("n_bits", range(1, 8))
def test_the_counter_counts(n_bits: int) -> None:
    rows = plot_counter(n_bits).data[0].z
    for number, row in enumerate(rows):
        assert "".join("1" if bit > 0 else "0" for bit in row[:n_bits][::-1]) == f"{number:0{n_bits}b}"
        assert row[n_bits] is None
        expected = [torch.sin(torch.tensor(number / 2 ** pair, dtype=torch.float64)).item() for pair in range(n_bits)]
        assert row[n_bits + 1:] == pytest.approx(expected, abs=0.006)
    assert len(rows) == 2 ** n_bits


def test_the_path_goes_through_the_principal_components() -> None:
    places, shares = principal_components(ROUGH)
    line, = plot_path(ROUGH).data
    for drawn, expected in zip((line.x, line.y), places.T, strict=True):
        torch.testing.assert_close(torch.tensor(drawn, dtype=torch.float64), expected, rtol=0, atol=0.02)
    assert f"{shares.sum().item():.0%}" in plot_path(ROUGH).text


# Form

@pytest.mark.parametrize("name", FIGURES)
@pytest.mark.parametrize("code", ["en", "zh"])
def test_the_json_is_plain_and_the_same_each_time(name: str, code: str) -> None:
    language(code)
    first, default = FIGURES[name]().to_json(), plotly.io.templates.default
    plotly.io.templates.default = "plotly_dark"
    try:
        assert FIGURES[name]().to_json() == first
    finally:
        plotly.io.templates.default = default
    assert len(first) < 20_000 and "bdata" not in first and not re.search(r"\d\.\d{7}", first)
    assert "https://" not in first and "NaN" not in first


@pytest.mark.parametrize("name", FIGURES)
@pytest.mark.parametrize("code", ["en", "zh"])
def test_each_has_a_sentence_in_the_chosen_language(name: str, code: str) -> None:
    language(code)
    figure = FIGURES[name]()
    assert figure.text == figure.layout.meta["text"] and "{" not in figure.text
    assert bool(re.search("[一-鿿]{2}", figure.text)) == (code == "zh")
    titles = [figure.layout.title.text, figure.layout.xaxis.title.text, figure.layout.yaxis.title.text]
    assert all(bool(re.search("[一-鿿]", title)) == (code == "zh") for title in titles)


@pytest.mark.parametrize("name", FIGURES)
def test_a_notebook_saves_three_tiers(name: str) -> None:
    figure = FIGURES[name]()
    bundle = figure._repr_mimebundle_()
    assert set(bundle) == {"application/vnd.plotly.v1+json", "text/html", "text/plain"}
    assert json.dumps(bundle["application/vnd.plotly.v1+json"], sort_keys=True) == \
        json.dumps(json.loads(figure.to_json()), sort_keys=True)
    assert bundle["text/plain"] == figure.text and bundle["text/html"] == figure._repr_mimebundle_()["text/html"]
    image = re.fullmatch(r'<img alt="([^"]+)" src="data:image/svg\+xml,([^"]+)">', bundle["text/html"])
    assert image[1] == figure.text
    drawing = unquote(image[2])
    assert drawing == figure_svg(figure) and len(drawing) < 16_000


def figure_svg(figure: CourseFigure) -> str:
    return still(figure).picture.replace('"', "'")


def test_colab_gets_what_it_can_draw(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "google.colab", object())
    monkeypatch.setattr(plotly.io.renderers, "default", "colab")
    assert "<script" in plot_counter()._repr_mimebundle_()["text/html"]


def test_ipython_shows_a_figure_by_its_bundle() -> None:
    from IPython.core.formatters import DisplayFormatter
    found, _ = DisplayFormatter().format(plot_counter())
    assert found["text/html"].startswith("<img") and found["text/plain"].startswith("On the left")


# The still picture

@pytest.mark.parametrize("name", FIGURES)
def test_the_still_picture_is_sound_and_nothing_leaves_it(name: str) -> None:
    figure = FIGURES[name]()
    picture = ElementTree.fromstring(still(figure).picture)
    words = [node.text for node in picture.iter("{http://www.w3.org/2000/svg}text")]
    for title in (figure.layout.title.text, figure.layout.xaxis.title.text, figure.layout.yaxis.title.text):
        assert title in words
    width, height = figure.layout.width, figure.layout.height
    for node in picture.iter("{http://www.w3.org/2000/svg}circle"):
        assert 0 < float(node.get("cx")) < width and 0 < float(node.get("cy")) < height
    for node in picture.iter("{http://www.w3.org/2000/svg}path"):
        if "line" == node.get("class"):
            points = [tuple(map(float, point.split())) for point in node.get("d")[1:].split("L")]
            assert all(50 < x < width and 55 < y < height - 50 for x, y in points)


def test_a_still_curve_runs_through_the_numbers() -> None:
    figure = plot_curves(TABLE, [0])
    drawn = re.search(r'<path class="line" d="M([^"]+)"', still(figure).picture)[1]
    heights = [float(point.split()[1]) for point in drawn.split("L")]
    top, bottom = min(heights), max(heights)
    found = torch.tensor([(bottom - height) / (bottom - top) for height in heights])
    values = torch.tensor(figure.data[0].y)
    torch.testing.assert_close(found, (values - values.min()) / (values.max() - values.min()), rtol=0, atol=0.003)


def test_a_still_heat_map_puts_the_first_row_where_the_figure_does(monkeypatch: pytest.MonkeyPatch) -> None:
    seen = []
    monkeypatch.setattr(traces, "raster", lambda x, y, size, cells, palette: seen.append(cells) or "")
    figure = plot_positions(torch.tensor([[1.0, -1.0], [-1.0, -1.0], [-1.0, -1.0]]))
    still(figure)
    figure.layout.yaxis.autorange = None
    still(figure)
    assert [np.argwhere(cells == 15).tolist() for cells in seen] == [[[0, 0]], [[2, 0]]]


def test_the_numbers_in_the_cells_can_be_read(course_bert: Bert) -> None:
    picture = still(plot_heads(describe_heads(course_bert.run("the dog ran.")))).picture
    inks = re.findall(r'style="fill:(#\w{6})">([\d.]+)</text>', picture)
    assert len(inks) == 24
    assert all((ink == "#ffffff") == (float(value) > 0.5) for ink, value in inks if not 0.4 < float(value) < 0.6)


def test_colours_between_two_of_a_scale_are_mixed() -> None:
    steps = ((0, "#000000"), (0.5, "#808080"), (1, "#ffffff"))
    assert [colour_at(steps, share) for share in (0, 0.25, 0.5, 1)] == ["#000000", "#404040", "#808080", "#ffffff"]


# Bad input

@pytest.mark.parametrize("code", ["en", "zh"])
def test_what_cannot_be_drawn_is_refused(code: str) -> None:
    plots = [plot_positions, lambda table: plot_curves(table, [0]), plot_offsets, plot_similarity, plot_path]
    assert refusal(lambda: plot_path(torch.ones(10_001, 3)), code).key == "positions.too_many_cells"
    for plot in plots:
        for table in (None, [[1.0]], torch.ones(3), torch.tensor([[float("inf"), 1]]), torch.ones(0, 3)):
            assert refusal(lambda plot=plot, table=table: plot(table), code).key == "positions.no_rows"
        if plot is not plot_path:
            assert refusal(lambda plot=plot: plot(torch.ones(201, 100)), code).key == "positions.too_many_cells"
    assert refusal(lambda: plot_similarity(torch.ones(150, 2)), code).key == "positions.too_many_cells"
    for plot, small in ((plots[1], torch.ones(1, 4)), (plot_offsets, torch.ones(1, 4)), (plot_path, torch.ones(2, 4)),
                        (plot_path, torch.ones(5, 1))):
        assert refusal(lambda plot=plot, small=small: plot(small), code).key == "positions.too_small"
    for columns in ([], [16], [-1], [0.5], "01", 3, None, range(9)):
        assert refusal(lambda columns=columns: plot_curves(TABLE, columns), code).key == "positions.lines"
    assert refusal(lambda: plot_offsets(TABLE, [40]), code).key == "positions.lines"
    for bits in (0, 8, -1, 2.0, "3", None, True):
        assert refusal(lambda bits=bits: plot_counter(bits), code).key == "positions.bits"


def test_a_path_is_drawn_of_a_table_of_any_width() -> None:
    wide = torch.randn(32, 768, generator=torch.Generator().manual_seed(0))
    (line,) = plot_path(wide).data
    assert len(line.x) == 32


def test_tables_of_one_value_are_drawn() -> None:
    for plot in (plot_positions, plot_similarity, plot_offsets, plot_path, lambda table: plot_curves(table, [0])):
        for value in (0.0, 3.0):
            assert plot(torch.full((5, 4), value))._repr_mimebundle_()["text/plain"]

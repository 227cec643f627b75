"""Single places, colours and words of pictures and controls that nothing larger notices."""

import re
from types import SimpleNamespace

import pytest
import torch
from translation_records import beams
from translation_records import record as translation

from helpers.controls import explore_heads, explore_training
from helpers.controls.sprites import sprites
from helpers.interventions.comparison import MaskChange
from helpers.learning import LiveTraining
from helpers.models import AttentionRecord, load_training
from helpers.models.translation.records import Step
from helpers.text import STRINGS, language, say
from helpers.views import svg, view_beams, view_birth, view_heads, view_map, view_scaling, view_training
from helpers.views.bertviz.frame import BertvizView
from helpers.views.change.guesses import TOKEN, Panel
from helpers.views.heads.columns import Columns
from helpers.views.heads.shown import KEY, QUERY, select
from helpers.views.model.drawing import Layout as BoardLayout
from helpers.views.model.shown import select as select_board
from helpers.views.neurons.drawing import BAR, _bars, _sums
from helpers.views.neurons.drawing import Layout as NeuronLayout
from helpers.views.positions import view_positions
from helpers.views.theme import head_class
from helpers.views.training import drawing as training_drawing
from helpers.views.translation import beams as beams_drawing
from helpers.views.translation.drawing import Flow
from helpers.views.translation.shown import select as select_step

NUMBER = r"(-?[\d.]+)"


@pytest.fixture(scope="module")
def four() -> AttentionRecord:
    """Three layers, four heads, four tokens: random, rather sharp weights."""
    scores = torch.randn(3, 4, 4, 4, generator=torch.Generator().manual_seed(1), dtype=torch.float64)
    return AttentionRecord(("the", "dog", "ran", "off"), (0,) * 4, None, (2 * scores).softmax(-1), "course")


# Tokens

@pytest.mark.parametrize(("token", "shown"), [
    (" ", "␣"), ("\u3000", "␣"), ("\u3164", "␣"), ("\u2800", "␣"), ("a\x07", "a\ufffd"), ("\u200b", "\ufffd"),
    ("\u00ad", "\ufffd"), ("\ufeff", "\ufffd"), ("\u200d\u200b", "\ufffd"), ("\u0301", "◌\u0301"),
    ("\ufe0f", "◌\ufe0f"), ("e\u0301", "e\u0301"), ("👨\u200d👩", "👨\u200d👩"), ("茶", "茶")])
def test_what_cannot_be_seen_gets_a_sign(token, shown):
    assert svg.visible(token) == shown and svg.cells(shown) > 0


def test_every_row_of_a_picture_has_a_name(course_bert):
    record = course_bert.run("a\u200bb")
    drawn = view_heads(record).svg
    assert "\u200b" in record.tokens and "\u200b" not in drawn and drawn.count(">\ufffd</text>") == 2


# Heads

def test_the_chips_name_the_heads_that_are_shown(four):
    drawn = view_heads(four, heads=[1, 3]).svg
    assert re.findall(r'rx="2"/><text [^>]*class="small">(\d+)</text>', drawn) == ["1", "3"]


def test_the_squares_beside_a_key_have_the_colours_of_the_heads_that_are_shown(four):
    drawn = view_heads(four, heads=[1, 3]).svg
    assert set(re.findall(r'class="c ([^"]*) w\d+"', drawn)) == {head_class(1), head_class(3)}


def test_a_weight_at_the_threshold_is_drawn(four):
    level = AttentionRecord(four.tokens, four.segment_ids, None, torch.full((1, 1, 4, 4), 0.25))
    assert len(view_heads(level, heads=0, threshold=0.25).data["links"]) == 16
    assert view_heads(level, heads=0, threshold=0.2501).data["links"] == []


def test_nothing_is_never_drawn_even_without_a_threshold():
    causal = AttentionRecord(("a", "b"), (0, 0), None, torch.tensor([[[[1.0, 0.0], [0.5, 0.5]]]]))
    assert [link[:2] for link in view_heads(causal, heads=0, threshold=0).data["links"]] == [[0, 0], [1, 0], [1, 1]]


def test_the_numbers_of_a_query_stand_beside_its_keys(four):
    layout = Columns(select(four, 0, 0, "all", 0.01, 1))
    still = view_heads(four, heads=0, query=1, threshold=0.01).svg.rpartition('<g class="still fades">')[2]
    places = re.findall(rf'<text x="{NUMBER}" y="{NUMBER}">0\.\d\d</text>', still)
    assert {x for x, _ in places} == {svg.number(layout.values[KEY])}
    assert [y for _, y in places] == [svg.number(layout.places[KEY][key] + 4) for key in range(len(places))]
    assert layout.values[QUERY] < layout.left < layout.values[KEY]


@pytest.mark.parametrize("code", ["en", "zh"])
def test_queries_stand_on_the_left_and_keys_on_the_right(four, code):
    language(code)
    drawn = view_heads(four).svg
    places = [float(re.search(rf'<text x="{NUMBER}"[^>]*>{re.escape(say(name))}</text>', drawn)[1])
              for name in ("views.asks", "views.answers")]
    assert places[0] < places[1]
    assert "查询" in STRINGS["views.asks"]["zh"] and "键" in STRINGS["views.answers"]["zh"]


def test_a_button_of_the_board_shows_the_map_of_its_own_layer(four):
    grid = select_board(four, "all", None, None)
    found = re.findall(r"\.sav-layer-(\d)\{background-position:0 (-?\d+)px\}", sprites(grid, "scope"))
    assert [(int(layer), int(down)) for layer, down in found] == [
        (layer, -layer * BoardLayout(grid).down) for layer in range(3)]


# Neurons

def test_the_columns_of_a_neuron_view_follow_the_computation(course_bert):
    from helpers.views.neurons.shown import select as cell_of
    layout = NeuronLayout(cell_of(course_bert.run("I like tea."), 2, 0, 0, None))
    assert list(layout.columns) == ["keys", "products", "dot_products", "scores", "bars", "weights", "values",
                                    "weighted_values"]
    assert list(layout.columns.values()) == sorted(layout.columns.values())
    assert layout.strip("query")[0] == layout.columns["keys"] == layout.left


def test_a_bar_is_as_long_as_its_weight(course_bert):
    from helpers.views.neurons.shown import select as cell_of
    layout = NeuronLayout(cell_of(course_bert.run("I like tea."), 2, 0, 0, None))
    lengths = [float(length) for length in re.findall(r"h([\d.]+)v", _bars(layout))]
    weights = [weight for weight in layout.shown.numbers["weights"].tolist() if weight >= 0.005]
    assert len(weights) > 1 and lengths == [float(svg.number(BAR * weight)) for weight in weights]


def test_the_row_of_sums_adds_the_weights_up():
    cell = SimpleNamespace(steps=SimpleNamespace(weights=torch.tensor([0.25, 0.5])))
    layout = SimpleNamespace(shown=cell, sum_top=10, left=20, right=90, columns={"weights": 50})
    assert ">0.75</text>" in _sums(layout)


# Translation

def test_the_lines_of_a_step_reach_the_words_it_looks_at():
    from helpers.views import view_translation
    record = translation()
    choice = select_step(record, 2, 0, 2, 0.01)
    source = Flow(record.source_tokens, 78)
    ends = re.findall(rf'<path class="l {head_class(2)} w\d+" d="M\S+ \S+C\S+ \S+ {NUMBER} \S+ {NUMBER} \S+"/>',
                      view_translation(record, step=2, layer=0, head=2, threshold=0.01).svg.rpartition("fades")[2])
    keys = [key for key, _ in sorted(choice.links(2), key=lambda link: link[1])]
    assert [end for _, end in ends] == [svg.number(source.middle(key)) for key in keys] and len(keys) > 2


def test_the_average_of_the_heads_has_no_heads_colour():
    from helpers.views import view_translation
    drawn = view_translation(translation(), layer=0, head="mean", threshold=0.01).svg
    lines = re.findall(r'<path class="(l[^"]*)"', drawn)
    assert lines and all(re.fullmatch(r"l w\d+", classes) for classes in lines)


def test_the_step_that_is_shown_is_framed_and_the_token_that_was_taken_is_bold():
    from helpers.views import view_translation
    steps = tuple(Step(token, 0.2, (("它", 0.7), (token, 0.2))) for token in translation().target_tokens)
    record = translation(steps=steps)
    drawn = view_translation(record, step=2).svg.rpartition("fades")[2]
    (frame,) = re.findall(rf'<rect class="chip now" x="{NUMBER}"', drawn)
    chips = re.findall(rf'<rect class="chip[^"]*" x="{NUMBER}"', drawn)
    assert chips[len(record.source_tokens) + 2] == frame
    assert re.findall(r'<rect class="bar( won)?"', drawn) == ["", " won"]
    assert re.findall(r'class="end bold">([^<]+)<', drawn) == [record.target_tokens[2]]


def test_a_path_of_the_beam_tree_goes_on_from_its_parent():
    record = translation(beams=beams())
    grid = beams_drawing.Grid(len(record.beams), max(map(len, record.beams)))
    starts = re.findall(rf'<path class="go[^"]*" d="M{NUMBER} {NUMBER}c', view_beams(record).svg)
    expected = []
    for step, paths in enumerate(record.beams):
        for path in paths:
            if path.parent is not None:
                left, top = grid.place(step - 1, path.parent)
                expected.append((svg.number(left + beams_drawing.BOX_WIDTH),
                                 svg.number(top + beams_drawing.BOX_HEIGHT / 2)))
    assert starts == expected and len({y for _, y in starts}) > 1


# A change

def test_a_line_joins_the_same_token_on_both_sides():
    before, after = (("tea", 0.6), ("milk", 0.3)), (("milk", 0.5), ("tea", 0.4))
    both = {"tea": (0.6, 0.4), "milk": (0.3, 0.5)}
    panel = Panel(MaskChange(1, before, after, both, 0.1), ("a", "[MASK]"), 0, 0.6)
    rows = [{guess.token: svg.number(panel.middle(guess)) for guess in side} for side in panel.sides]
    found = re.findall(rf'd="M\S+ {NUMBER}C\S+ \S+ \S+ \S+ \S+ {NUMBER}H\S+"', panel._links())
    assert found == [(rows[0][token], rows[1][token]) for token in ("tea", "milk")]
    assert TOKEN[0] < TOKEN[1]


# Positions, training, scaling, the map

def test_each_marked_position_has_its_row_and_its_colour():
    drawn = view_positions(10, 8, pair=(2, 7)).svg
    marks = re.findall(rf'<g class="(h\d)"><path class="mark" d="M\S+ {NUMBER}h10M', drawn)
    assert marks == [(head_class(0), "122.5"), (head_class(1), "227.5")]       # 70 + 2.5 and 7.5 of ten rows in 210
    assert re.findall(r'<path class="mark (h\d)" d="M\d+ 56h16"/>', drawn) == [head_class(0), head_class(1)]


def test_a_growing_share_climbs_and_the_dot_stands_at_its_step():
    training = load_training("bert")
    step = training.steps[6]
    drawn = view_birth(training, layer=0, head=0, step=step).svg
    dots = re.findall(rf'<circle class="dot" cx="{NUMBER}" cy="{NUMBER}"', drawn)
    lines = [re.findall(rf"{NUMBER} {NUMBER}", path) for path in re.findall(r'<path class="line" d="M([^"]+)"', drawn)]
    assert len(dots) == len(lines) and [line[6] for line in lines] == dots
    data = view_birth(training, layer=0, head=0, step=step).data
    for line, name in zip(lines, [name for name in data if name not in ("step", "layer", "head", "steps")],
                          strict=True):
        rows = data[name]
        values = rows[0]
        high, low = max(range(len(values)), key=values.__getitem__), min(range(len(values)), key=values.__getitem__)
        assert float(line[high][1]) <= float(line[low][1]), name


def test_the_picture_of_live_training_is_the_right_way_up():
    record = LiveTraining(word="abcdefghij").train(steps=40)
    drawn = view_training(record).svg
    loss = [float(y) for _, y in re.findall(rf"{NUMBER} {NUMBER}",
                                            re.search(r'<path class="line" d="M([^"]+)"', drawn)[1])]
    losses = [moment.loss for moment in record.moments]
    assert (losses[0] > losses[-1]) == (loss[0] < loss[-1]) and losses[0] != losses[-1]
    left = svg.number(training_drawing.MAP_LEFT - 16)
    wanted = re.findall(rf'<text x="{left}" y="\S+" class="letter mid">(.)</text>', drawn)
    assert "".join(wanted) == "jihgfedcba"


def test_the_map_of_live_training_has_a_row_a_letter_to_be_written(monkeypatch):
    drawn = []
    monkeypatch.setattr(training_drawing, "raster", lambda x, y, size, cells, palette: drawn.append(cells) or "")
    record = LiveTraining(word="abcdefghij").train(steps=1)
    view_training(record, layer=0, head=1)
    expected = (record.last.weights[0, 1].numpy().round(4) * training_drawing.STEPS).round()
    assert (drawn[0] == expected).all() and (expected != expected.T).any()


def test_the_higher_the_weight_the_taller_the_bar_and_the_bare_products_stand_first():
    view = view_scaling(64)
    heights = [float(height) for height in re.findall(rf'<rect class="bar h\d"[^>]*height="{NUMBER}"', view.svg)]
    expected = [*view.data["raw"], *view.data["scaled"]]
    assert heights == pytest.approx([90 * weight for weight in expected], abs=0.06)
    tops = [float(re.search(rf'y="{NUMBER}"[^>]*>{re.escape(svg.escape(say(f"scaling.{name}")))}<', view.svg)[1])
            for name in ("raw", "scaled")]
    assert tops[0] < tops[1] and max(heights[:8]) > max(heights[8:])


def test_cross_attention_belongs_to_the_fifth_chapter():
    assert say("map.cross") in view_map("05").text and say("map.cross") not in view_map("04").text


# Safety

def test_a_page_in_a_frame_reads_as_it_was_written():
    html = BertvizView("words", "title", (10, 10), '<p title="a">&lt;b&gt; &amp; "c"</p>').html
    (source,) = re.findall(r'srcdoc="([^"]*)"', html)
    assert source == "<p title=&quot;a&quot;>&amp;lt;b&amp;gt; &amp;amp; &quot;c&quot;</p>"


def test_a_title_cannot_end_its_element():
    from helpers.views.bertviz.page import offline
    page = offline("<p>content</p>", "</title><script>alert(1)</script>", "<b>hint</b>", 300)
    assert "<script>alert(1)" not in page and "&lt;/title&gt;" in page and "&lt;b&gt;hint" in page


# Controls

def test_each_control_of_the_heads_is_followed(four):
    explorer = explore_heads(four)
    for name, value in (("threshold", 0.4), ("query", 2), ("layer", 1), ("head", 3)):
        getattr(explorer, name).value = value
        assert explorer.view.data["heads" if name == "head" else name] == ([value] if name == "head" else value)


def test_the_names_of_the_heads_count_from_0(four):
    assert [option for option in explore_heads(four).head.options if option[1] != "all"] == [
        ("0", 0), ("1", 1), ("2", 2), ("3", 3)]


def test_what_is_held_stays_held_until_the_last_one_lets_go(four):
    explorer = explore_heads(four)
    with explorer._hold():
        with explorer._hold():
            pass
        assert explorer._held
        explorer.layer.value = 2
        assert explorer.view.data["layer"] == 0
    assert not explorer._held


def test_rate_and_positions_decide_what_is_trained():
    explorer = explore_training()
    explorer.rate.value = next(value for _, value in explorer.rate.options if value != explorer.rate.value)
    assert explorer.record.settings.learning_rate == explorer.rate.value
    explorer.positions.value = False
    assert explorer.record.settings.positions is False

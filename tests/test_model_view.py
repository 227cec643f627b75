"""The model view and its explorer: every thumbnail shows its head's weights, and each can be reached and chosen."""

import base64
import re
import struct
import xml.etree.ElementTree as ElementTree
import zlib

import numpy as np
import pytest
import torch
from conftest import refusal

from helpers.controls import explore_model, texts
from helpers.heads import describe_heads
from helpers.models import AttentionRecord
from helpers.text import CourseError, language
from helpers.views import FILTERS, view_heads, view_model
from helpers.views.model.drawing import Layout
from helpers.views.model.shown import select
from helpers.views.raster import png, shades
from helpers.views.theme import HEAD_COLOURS

SVG = "{http://www.w3.org/2000/svg}"
WIDGET = "application/vnd.jupyter.widget-view+json"
TOKENS = ["[CLS]", "燕", "子", "the", "dog", "##s", ".", "[SEP]", "好", "🙂", "שלום", "[SEP]"]
STRANGE = ["</script><img onerror=alert(1)>", '"><b>', "'&amp;", "\x07\x00", "\ud800", "", " ", "👩‍🚀", "e\u0301",
           "מילה", "]]>", "<!--", "x" * 300, "${a}{0}%20#"]


def record(tokens=TOKENS, *, n_layers=4, n_heads=6, b_start=8, sharp=3.0):
    scores = torch.randn(n_layers, n_heads, len(tokens), len(tokens), generator=torch.Generator().manual_seed(1))
    segments = tuple(int(b_start is not None and place >= b_start) for place in range(len(tokens)))
    return AttentionRecord(tuple(tokens), segments, b_start, (sharp * scores.double()).softmax(-1), "course")


PAIR = record()


def tree(drawn):
    return ElementTree.fromstring(drawn)


def with_class(root, name):
    return [element for element in root.iter() if name in element.get("class", "").split()]


def decoded(data):
    """Return a PNG of ours as (cells, palette with opacity), read as the PNG specification says."""
    assert data[:8] == b"\x89PNG\r\n\x1a\n"
    chunks, place = {}, 8
    while place < len(data):
        length, name = struct.unpack(">I4s", data[place:place + 8])
        body = data[place + 8:place + 8 + length]
        assert struct.unpack(">I", data[place + 8 + length:place + 12 + length])[0] == zlib.crc32(name + body)
        chunks[name], place = body, place + 12 + length
    width, height, depth, kind, *rest = struct.unpack(">2I5B", chunks[b"IHDR"])
    assert (depth, kind, rest) == (4, 3, [0, 0, 0]) and list(chunks)[-1] == b"IEND"
    rows = np.frombuffer(zlib.decompress(chunks[b"IDAT"]), np.uint8).reshape(height, 1 + -(-width // 2))
    above, cells = np.zeros(rows.shape[1] - 1, np.uint8), []
    for kind, *row in rows:
        assert kind in (0, 2)
        above = np.array(row, np.uint8) + (above if kind == 2 else np.uint8(0))
        cells.append(np.stack([above >> 4, above & 15], -1).reshape(-1)[:width])
    colours = np.frombuffer(chunks[b"PLTE"], np.uint8).reshape(-1, 3)
    return np.stack(cells), [(*map(int, colour), alpha) for colour, alpha in zip(colours, chunks[b"tRNS"], strict=True)]


def images(drawn):
    """Return the pictures in an SVG: (element, cells, palette)."""
    found = [element for element in tree(drawn).iter(f"{SVG}image")]
    return [(element, *decoded(base64.b64decode(element.get("href").split(",")[1]))) for element in found]


def expected_levels(weights):
    return np.rint(10 * np.sqrt(np.round(np.asarray(weights), 4))).astype(int)


# pictures of cells

@pytest.mark.parametrize("shape", [(1, 1), (3, 4), (5, 7), (64, 33), (2, 500)])
def test_a_png_holds_its_cells_and_colours(shape):
    cells = np.random.default_rng(0).integers(0, 11, shape)
    palette = shades("#0858e4", 10)
    read, colours = decoded(png(cells, palette))
    np.testing.assert_array_equal(read, cells)
    assert colours == [(0, 0, 0, 0), *palette] and palette[-1] == (8, 88, 228, 255)


def test_repeated_rows_cost_next_to_nothing():
    row = np.random.default_rng(0).integers(0, 16, (1, 64))
    once, often = (len(png(row.repeat(times, 0), shades("#000000", 15))) for times in (1, 40))
    assert often - once < 80


# numbers

@pytest.mark.parametrize("shown", [PAIR, record(n_layers=12, n_heads=12), record(n_layers=24, n_heads=16),
                                   record(n_layers=1, n_heads=1), record(["[CLS]"], b_start=None),
                                   record(TOKENS * 4)], ids=str)
def test_every_cell_of_every_thumbnail_is_drawn_from_its_weight(shown):
    view, n = view_model(shown), shown.n_tokens
    drawn = images(view.picture)
    assert len(drawn) == shown.n_heads
    for head, (element, cells, palette) in enumerate(drawn):
        side = float(element.get("width")) / n
        assert side == int(side) >= 1 and float(element.get("height")) == side * len(cells)
        assert palette[-1][:3] == tuple(bytes.fromhex(HEAD_COLOURS[head % 16][1:]))
        pitch = (len(cells) - n) // max(shown.n_layers - 1, 1)
        for layer in range(shown.n_layers):
            rows = cells[layer * pitch:layer * pitch + n]
            np.testing.assert_array_equal(rows, expected_levels(shown.weights[layer, head]))
    np.testing.assert_allclose(view.data["weights"], shown.weights, atol=5.1e-5)


def test_frames_and_groups_lie_on_the_thumbnails():
    view = view_model(PAIR)
    element, cells, _ = images(view.svg)[2]
    side = float(element.get("width")) / 12
    pitch = (len(cells) - 12) // 3
    frames = [group.find(f"{SVG}path").get("d") for group in with_class(tree(view.svg), "t")]
    x, y = map(float, re.match(r"M([\d.]+) ([\d.]+)h", frames[3 * 6 + 2]).groups())
    assert x == pytest.approx(float(element.get("x")) - 1)
    assert y == pytest.approx(float(element.get("y")) + 3 * pitch * side - 1)
    assert with_class(tree(view.picture), "frame")[0].get("d") == "".join(frames)


@pytest.mark.parametrize("name", FILTERS)
def test_filters_cut_and_do_not_rescale(name):
    sides = {"a": range(8), "b": range(8, 12)}
    queries, keys = (range(12), range(12)) if name == "all" else (sides[name[0]], sides[name[2]])
    view = view_model(PAIR, filter=name)
    cut = PAIR.weights[:, :, list(queries)][..., list(keys)]
    np.testing.assert_allclose(view.data["weights"], cut, atol=5.1e-5)
    _, cells, _ = images(view.picture)[5]
    np.testing.assert_array_equal(cells[:len(queries)], expected_levels(cut[0, 5]))
    assert ("not rescaled" in view.text) == (name != "all")


@pytest.mark.parametrize("n", [64, 65, 130, 300])
def test_a_long_text_is_drawn_in_blocks_of_their_largest_weight(n):
    shown = record(["a"] * n, b_start=None, n_layers=2, n_heads=2, sharp=5)
    view = view_model(shown)
    block = -(-n // 64)
    assert view.data["block"] == block
    assert (f"{block} × {block}" in view.picture) == (block > 1)
    for query, key in ((0, 0), (5, 17), (-1, -1)):
        rows, columns = (range(n)[place * block:][:block] if place >= 0 else range(n)[-(n % block or block):]
                         for place in (query, key))
        largest = shown.weights[1, 0][list(rows)][:, list(columns)].max()
        assert view.data["weights"][1][0][query][key] == pytest.approx(float(largest), abs=5.1e-5)


def test_each_heads_strongest_link_and_spread():
    data = view_model(PAIR).data
    assert [link[:2] for link in data["strongest"]] == [[layer, head] for layer in range(4) for head in range(6)]
    for layer, head, query, key, weight in data["strongest"]:
        row = PAIR.weights[layer, head]
        assert weight == round(float(row.max()), 4) == round(float(row[query, key]), 4)
        entropy = -(row * row.log()).sum(-1)
        assert data["spreads"][layer][head] == pytest.approx(float(entropy.exp().mean()), abs=0.006)


def test_the_sentence_names_the_sharpest_and_the_broadest_head():
    even, sharp = torch.full((12, 12), 1 / 12, dtype=torch.double), torch.eye(12, dtype=torch.double)
    weights = PAIR.weights.clone()
    weights[1, 2], weights[3, 0] = sharp, even
    text = view_model(AttentionRecord(PAIR.tokens, PAIR.segment_ids, 8, weights, "course")).text
    assert re.search(r"sharpest is layer 1, head 2.* 1\.0 of 12.*broadest is layer 3, head 0.* 12\.0 of 12", text)


# captions and the chosen head

def test_captions_stand_below_their_heads():
    captions = [[f"kind {layer}{head}" for head in range(6)] for layer in range(4)]
    listed, called = view_model(PAIR, captions=captions), view_model(PAIR, captions=lambda *place: captions[place[0]][
        place[1]])
    assert listed.picture == called.picture and listed.data["captions"] == captions
    words = " ".join(text.text for text in with_class(tree(listed.picture), "cap"))
    assert all(caption in words for row in captions for caption in row)
    assert "(kind 23)" in with_class(tree(listed.svg), "t")[2 * 6 + 3].get("aria-label")


def test_the_detectors_captions_fit(course_bert):
    for code, *texts_shown in (("en", "I drink tea every morning.", "It is hot."),
                               ("zh", "我每天早上喝茶。", "茶很热。")):
        language(code)
        shown = course_bert.run(*texts_shown)
        view = view_model(shown, captions=describe_heads(shown).caption)
        assert with_class(tree(view.picture), "cap") and "…" not in view.picture


def test_the_chosen_head_is_marked():
    assert not with_class(tree(view_model(PAIR).picture), "mark")
    view = view_model(PAIR, chosen=(2, 4))
    (mark,) = with_class(tree(view.picture), "mark")
    assert mark.get("d") == with_class(tree(view.svg), "t")[2 * 6 + 4].find(f"{SVG}path").get("d")
    assert view.data["chosen"] == [2, 4]


@pytest.mark.parametrize("code", ["en", "zh"])
def test_columns_that_are_no_heads_are_called_by_their_names(code):
    language(code)
    shown = record(n_heads=2)
    view, heads = view_model(shown, columns=["mean", "rollout"]), view_model(shown)
    words = [element.text for element in tree(view.picture).iter(f"{SVG}text")]
    assert {"mean", "rollout"} <= set(words) and view.data["columns"] == ["mean", "rollout"]
    assert not any(word in view.svg for word in ("head 0", "2 heads", "one head", "头 0", "2 头", "一个头"))
    assert view.title.endswith(("mean, rollout", "mean、rollout")) and "columns" not in heads.data
    assert ("head 0" if code == "en" else "头 0") in heads.svg


@pytest.mark.parametrize("code", ["en", "zh"])
@pytest.mark.parametrize(("chosen", "part"), [
    ({"columns": ["mean"]}, "6"), ({"columns": "abcdef"}, "abcdef"),
    ({"filter": "c-a"}, "c-a"), ({"filter": None}, "None"), ({"chosen": (4, 0)}, "4"), ({"chosen": (0, 6)}, "6"),
    ({"chosen": 3}, "3"), ({"chosen": "23"}, "23"), ({"captions": [["a"]]}, "4"), ({"captions": "words"}, "words"),
    ({"captions": [["a"] * 6] * 3}, "4"), ({"captions": [1, 2, 3, 4]}, "4")])
def test_a_choice_that_is_not_there_gets_one_sentence(code, chosen, part):
    assert part in str(refusal(lambda: view_model(PAIR, **chosen), code))


@pytest.mark.parametrize("code", ["en", "zh"])
def test_a_filter_that_needs_a_second_sentence_says_so(code):
    assert "B" in str(refusal(lambda: view_model(record(b_start=None), filter="a-b"), code))


# any token, any page

@pytest.mark.parametrize("code", ["en", "zh"])
def test_no_text_reaches_the_page_as_markup(code):
    language(code)
    shown = AttentionRecord(tuple(STRANGE), (0,) * 14, None, record(STRANGE, b_start=None).weights, "<b>&\x07")
    view = view_model(shown, captions=lambda layer, head: STRANGE[(layer + head) % 14], chosen=(0, 0))
    for drawn in (view.svg, view.picture):
        names = {element.tag.removeprefix(SVG) for element in tree(drawn).iter()}
        assert names <= {"svg", "style", "g", "path", "text", "rect", "image", "title", "desc"}
        assert not re.search(r"<(?!/?(svg|style|g|path|text|rect|image|title|desc)\b)", drawn)
        drawn.encode("utf-8")
    assert view.image.count("<") == 1


@pytest.mark.parametrize("shown", [PAIR, record(n_layers=24, n_heads=16), record(["a"], b_start=None, n_heads=1),
                                   record(TOKENS * 10)], ids=str)
def test_everything_lies_within_the_picture(shown):
    view = view_model(shown, captions=lambda layer, head: "a rather long caption for one head")
    for text in tree(view.svg).iter(f"{SVG}text"):
        assert 0 <= float(text.get("x")) <= view.size[0] and 0 < float(text.get("y")) < view.size[1]
    for element, _, _ in images(view.svg):
        assert float(element.get("x")) + float(element.get("width")) <= view.size[0]
        assert float(element.get("y")) + float(element.get("height")) <= view.size[1]


@pytest.mark.parametrize("code", ["en", "zh"])
def test_every_head_is_reached_and_read_without_a_mouse(code):
    language(code)
    root = tree(view_model(PAIR).svg)
    groups = with_class(root, "t")
    assert len(groups) == 24 and root.get("role") == "group"
    for place, group in enumerate(groups):
        assert group.get("tabindex") == "0" and group.get("role") == "img"
        words = group.get("aria-label")
        weight = PAIR.weights[divmod(place, 6)].max()
        assert f"{float(weight):.2f}" in words and all(str(number) in words for number in divmod(place, 6))
        assert bool(re.search("[\u4e00-\u9fff]", words.replace("燕", "").replace("子", "").replace("好", ""))) == (
            code == "zh")
        assert group.find(f"{SVG}text").text in words or group.find(f"{SVG}text").text.endswith("…")


def test_the_still_picture_stands_alone_and_the_live_one_keeps_to_itself():
    view = view_model(PAIR)
    assert tree(view.picture).get("role") == "img" and tree(view.picture).find(f"{SVG}desc").text == view.text
    assert not re.search("tabindex|hover|focus|var\\(|<script|url\\(|@import", view.picture)
    assert not re.search(r"<script|\son\w+=|url\(|@import|\sid=", view.svg)
    assert all(link.startswith("data:image/png;base64,") for link in re.findall('href="([^"]*)', view.svg))
    css = "".join(style.text for style in tree(view.svg).iter(f"{SVG}style"))
    plain = re.sub(r"@media[^{]+\{([^{}]+\{[^{}]*\})\}", r"\1", css)
    selectors = [part for rule in re.findall(r"([^{}]+)\{[^{}]*\}", plain) for part in re.split(r",(?![^(]*\))", rule)]
    assert selectors and all(selector.strip().startswith(".sav") for selector in selectors)


def test_the_same_record_gives_the_same_bytes_on_any_machine():
    shaken = AttentionRecord(PAIR.tokens, PAIR.segment_ids, 8, PAIR.weights * (1 + 1e-13), "course")
    first, second, third = view_model(PAIR), view_model(record()), view_model(shaken)
    assert first.svg == second.svg == third.svg and first.image == second.image == third.image
    assert first.data == second.data


def test_the_bundle_holds_the_image_and_the_sentence_alone():
    view = view_model(PAIR)
    assert view._repr_mimebundle_() == {"text/plain": view.text, "text/html": view.image}


@pytest.mark.parametrize(("n", "saved", "live"), [(16, 35_000, 100_000), (40, 110_000, 150_000)])
def test_twelve_layers_of_twelve_heads_weigh_little(n, saved, live):
    view = view_model(record(["tok"] * n, b_start=None, n_layers=12, n_heads=12))
    assert len(view.image) < saved and len(view.svg) < live


def test_a_real_model_in_tokens_and_in_words(bert):
    run = bert.run("你要开心,the dog ran.") if bert.name != "minilm" else bert.run("the dog ran.")
    for shown in (run, run.words()):
        np.testing.assert_allclose(view_model(shown).data["weights"], shown.weights, atol=5.1e-5)


# the explorer

class FakeBert:
    """A model whose attention is random; it counts its runs."""

    def __init__(self, name="course", **sizes):
        self.name, self.sizes, self.runs = name, sizes, []

    def run(self, sentence_a, sentence_b=None):
        self.runs.append((sentence_a, sentence_b))
        if not sentence_a.strip():
            raise CourseError("models.blank")
        tokens = [*sentence_a.split(), *(sentence_b or "").split()]
        made = record(tokens, b_start=len(sentence_a.split()) if sentence_b else None, **self.sizes)
        return AttentionRecord(made.tokens, made.segment_ids, made.sentence_b_start, made.weights, self.name)


@pytest.fixture
def fake():
    return FakeBert()


@pytest.fixture
def explorer(fake):
    return explore_model(fake, "you want to be", "happy then")


def chosen_buttons(explorer):
    return [place for place, button in explorer.board.buttons.items() if "sav-chosen" in button._dom_classes]


@pytest.mark.parametrize("code", ["en", "zh"])
def test_every_position_shows_its_head_without_running_the_model(code, fake):
    language(code)
    explorer, seen = explore_model(fake, "you want to be", "happy then"), set()
    shown = fake.run("you want to be", "happy then")
    for layer in range(explorer.layer.max + 1):
        for head in range(explorer.head.max + 1):
            for name in FILTERS:
                explorer.choose(layer=layer, head=head, filter=name)
                assert explorer.picture.value == view_heads(shown, layer=layer, heads=head, filter=name).svg
                assert chosen_buttons(explorer) == [(layer, head)] and not explorer.notice.value
                seen.add(explorer.picture.value)
    assert len(seen) == 4 * 6 * 5 and len(fake.runs) == 2
    captions = describe_heads(shown).caption
    assert explorer.view.svg == view_model(shown, filter="b-b", captions=captions, chosen=(3, 5)).svg


def test_pressing_a_map_opens_its_head_view(explorer):
    for place, button in explorer.board.buttons.items():
        button.click()
        assert (explorer.layer.value, explorer.head.value) == place
        assert (explorer.head_view.data["layer"], explorer.head_view.data["heads"]) == (place[0], [place[1]])


def test_the_buttons_show_the_maps_of_the_view_and_say_what_the_view_says(explorer):
    explorer.filter.value = "a-b"
    style, groups = explorer.board.paint.value, with_class(tree(explorer.view.svg), "t")
    for head, (element, cells, _) in enumerate(images(explorer.view.svg)):
        face = re.search(rf"\.sav-head-{head}\{{background-image:url\(([^)]+)\);background-size:(\d+)px (\d+)px", style)
        assert face[1] == element.get("href") and face[2] == element.get("width")
        assert float(face[3]) == float(element.get("height")) and cells.shape[1] == 2
    for group, button in zip(groups, explorer.board.buttons.values(), strict=True):
        caption, spoken = button.tooltip.split("\n")
        assert spoken == group.get("aria-label") and caption == " ".join(button.description.split())
    assert {button.description.replace("\n", " ") for button in explorer.board.buttons.values()} != {""}


def test_maps_are_painted_anew_only_where_they_change(explorer):
    painted = []
    explorer.board.paint.observe(painted.append, "value")
    explorer.choose(layer=2, head=3)
    assert not painted
    explorer.filter.value = "b-a"
    explorer.text_a.value = "another text"
    assert len(painted) == 2


def test_a_style_reaches_no_other_board(fake):
    first, second = (explore_model(fake, "a b c") for _ in range(2))
    scopes = [re.findall(r"\.(sav-board-\w+)", one.board.paint.value) for one in (first, second)]
    assert len(set(scopes[0])) == len(set(scopes[1])) == 1 and scopes[0][0] != scopes[1][0]
    assert scopes[0][0] in first.board._dom_classes


@pytest.mark.parametrize("n_layers, n_heads", [(4, 6), (12, 12), (6, 16)])
def test_a_board_fits_beside_the_head_that_is_opened(n_layers, n_heads):
    weights = torch.rand(n_layers, n_heads, 9, 9).softmax(-1)
    explorer = explore_model(AttentionRecord(tuple("abcdefghi"), (0,) * 9, None, weights))
    shown = select(AttentionRecord(tuple("abcdefghi"), (0,) * 9, None, weights), "all", None, None)
    full = 60 + n_heads * Layout(shown).across
    assert explorer.board.layout.max_width == f"{full:g}px" and "1 1 440px" in explorer.board.layout.flex
    rules = re.findall(r"@container \(max-width:([\d.]+)px\){\.[\w-]+ \.widget-gridbox{zoom:([\d.]+)}(.*?)}",
                       explorer.board.paint.value)
    for room in range(int(0.35 * full) + 1, int(full) + 1):
        zoom = [float(zoom) for most, zoom, _ in rules if room <= float(most)] or [1.0]
        assert full * zoom[-1] <= room + 1 or zoom[-1] == 0.3
        assert zoom[-1] > 0.85 * room / full - 0.1
    assert [zoom for _, zoom, bare in rules if "font-size:0" in bare] == ["0.7"]


def test_another_model_has_another_board(explorer, monkeypatch):
    big = FakeBert("big", n_layers=12, n_heads=12)
    monkeypatch.setattr(texts, "load_bert", lambda name: big)
    explorer.choose(layer=3, head=5)
    explorer.choose(model="other", name="big")
    assert len(explorer.board.buttons) == 144 and (explorer.layer.max, explorer.head.max) == (11, 11)
    assert chosen_buttons(explorer) == [(3, 5)] and explorer.view.data["model"] == "big"
    explorer.choose(layer=11, head=11)
    explorer.model.value = "course"
    assert len(explorer.board.buttons) == 24 and chosen_buttons(explorer) == [(3, 5)]


@pytest.mark.parametrize("code", ["en", "zh"])
def test_a_text_that_fails_is_one_sentence_and_leaves_the_picture(code, fake):
    language(code)
    explorer = explore_model(fake, "you want")
    before = explorer.picture.value, explorer.board.paint.value
    explorer.text_a.value = "  "
    assert 'role="alert"' in explorer.notice.value and bool(re.search("[\u4e00-\u9fff]", explorer.notice.value)) == (
        code == "zh")
    assert (explorer.picture.value, explorer.board.paint.value) == before


def test_without_a_second_sentence_the_filters_go(explorer):
    explorer.filter.value = "a-b"
    explorer.text_b.value = ""
    assert [value for _, value in explorer.filter.options] == ["all"] and explorer.view.data["filter"] == "all"


@pytest.mark.parametrize("code", ["en", "zh"])
@pytest.mark.parametrize(("given", "part"), [((7,), "explore_model"), ((PAIR, "text"), "explore_model")])
def test_what_cannot_be_explored_is_said(code, given, part):
    assert part in str(refusal(lambda: explore_model(*given), code))


def test_the_live_widget_is_displayed_with_both_saved_pictures(explorer):
    explorer.choose(layer=1, head=2)
    bundle = explorer._repr_mimebundle_()
    assert set(bundle) == {"text/plain", "text/html", WIDGET}
    assert bundle["text/html"] == f"{explorer.view.image}\n{explorer.head_view.image}"
    assert bundle["text/plain"] == f"{explorer.view.text}\n{explorer.head_view.text}"


@pytest.mark.parametrize("typed", ["", "\u200b", "?!?!", "🙂👩‍🚀", "שלום", "</script><img onerror=alert(1)>",
                                   "龍飛鳳舞", "好" * 5000])
def test_a_real_model_survives_whatever_is_typed(tiny_bert, typed):
    explorer = explore_model(tiny_bert, "你要开心")
    explorer.text_a.value = typed
    explorer.choose(layer=1, head=3, words=True)
    assert "Traceback" not in explorer.notice.value and explorer.head_view.data["heads"] == [3]
    explorer.text_a.value = "你要幸福"
    assert "福" in "".join(explorer.view.data["tokens"]) and "alert" not in explorer.notice.value


def test_layouts_keep_their_cells_whole():
    for n in (1, 7, 16, 40, 64, 65):
        layout = Layout(select(record(["a"] * n, b_start=None), "all", None, None))
        assert layout.down % layout.cell == 0 and layout.across >= layout.thumbnail[0]

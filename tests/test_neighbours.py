"""The picture of a token's neighbours: the tokens whose cosines are largest, in their order, wherever they stay."""

import re
from xml.etree import ElementTree

import pytest
import torch
from conftest import refusal

from helpers.probes import TokenVectors, token_vectors
from helpers.text import language
from helpers.views import view_neighbours

SVG = "{http://www.w3.org/2000/svg}"
TEXTS = ["The light is on.", "This bag is very light.", "她送我一朵花。", "我花了很多钱。"]


@pytest.fixture(scope="module")
def found(course_bert):
    return token_vectors(course_bert, TEXTS)


def made(vectors, tokens=None):
    """Return these vectors, (layer, token, d_model), as those of one text a token."""
    n = vectors.shape[1]
    names = tuple(tokens or (f"t{place}" for place in range(n)))
    return TokenVectors(names, tuple(range(n)), (1,) * n, vectors, vectors[0], tuple(f"{one}." for one in names))


def boxes(view):
    """Return what stands in the boxes: for each (left, top), the texts."""
    parts = [(part.find(f"{SVG}rect"), part) for part in ElementTree.fromstring(view.picture).iter(f"{SVG}g")]
    return {(float(rect.get("x")), float(rect.get("y"))): [text.text for text in part.iter(f"{SVG}text")]
            for rect, part in parts if rect is not None}


@pytest.mark.parametrize("top", [1, 3, 8])
def test_each_column_holds_the_largest_cosines(found, top):
    index = found.at("light")[1]
    view, drawn = view_neighbours(found, index, top), {}
    for layer, vectors in enumerate(found.vectors):
        unit = vectors / vectors.norm(dim=-1, keepdim=True)
        cosines = unit @ unit[index]
        cosines[index] = -2
        best = cosines.topk(top)
        assert [row[0] for row in view.data["layers"][layer]] == best.indices.tolist()
        assert [row[3] for row in view.data["layers"][layer]] == pytest.approx(best.values.tolist(), abs=1e-4)
        drawn[layer] = [[found.tokens[at], f"{cosine:.2f}", f"sentence {found.texts[at]}"]
                        for at, cosine in zip(best.indices.tolist(), best.values.tolist(), strict=True)]
    columns = {}
    for (left, _), texts in sorted(boxes(view).items()):
        columns.setdefault(left, []).append(texts)
    assert list(columns.values()) == list(drawn.values())


def test_lines_follow_a_neighbour_and_a_thick_edge_marks_the_same_token():
    turned = torch.tensor([[[1.0, 0], [1, 0.1], [1, 0.5]], [[1, 0], [1, 0.5], [1, 0.1]], [[1, 0], [0, 1], [1, 0.1]],
                           [[1, 0], [1, 0.2], [0, 1]]])
    view = view_neighbours(made(turned, ["a", "a", "b"]), 0, top=1)
    assert [[row[0] for row in layer] for layer in view.data["layers"]] == [[1], [2], [2], [1]]
    root = ElementTree.fromstring(view.picture)
    (line,) = [part.get("d") for part in root.iter() if part.get("class") == "stays"]
    lefts = sorted(left for left, _ in boxes(view))
    start, end = re.fullmatch(r"M(\S+) \S+L(\S+) \S+", line).groups()
    assert lefts[1] < float(start) < lefts[2] and float(end) == lefts[2]
    same = [float(part.find(f"{SVG}rect").get("x")) for part in root.iter() if part.get("class") == "same"]
    assert same == [lefts[0], lefts[3]]


def test_pointing_tells_a_neighbours_cosine_in_each_layer(found):
    index = found.at("花")[0]
    view = view_neighbours(found, index)
    said = {part.get("aria-label") for part in ElementTree.fromstring(view.svg).iter() if part.get("tabindex") == "0"}
    listed = {row[0] for layer in view.data["layers"] for row in layer}
    assert len(said) == len(listed)
    for at in listed:
        cosines = torch.cosine_similarity(found.vectors[:, at], found.vectors[:, index], dim=-1).tolist()
        numbers = ", ".join(f"layer {layer} {cosine:.2f}" for layer, cosine in enumerate(cosines))
        assert f"“{found.tokens[at]}” of sentence {found.texts[at]}, cosine: {numbers}." in said


@pytest.mark.parametrize("code", ["en", "zh"])
def test_the_sentence_names_the_nearest_of_each_layer_and_the_texts_are_listed(found, code):
    language(code)
    view = view_neighbours(found, found.at("花")[1], top=2)
    for layer in view.data["layers"]:
        assert all(str(one) in view.text for one in (layer[0][1], layer[0][2], f"{layer[0][3]:.2f}"))
    assert bool(re.search("第 0 层", view.text)) == (code == "zh")
    written = "".join(ElementTree.fromstring(view.picture).itertext())
    assert all(TEXTS[row[2]] in written for layer in view.data["layers"] for row in layer)
    assert TEXTS[3] in written


def test_many_layers_and_hostile_tokens_stay_within_the_picture():
    vectors = torch.randn(13, 6, 4, generator=torch.Generator().manual_seed(0))
    view = view_neighbours(made(vectors, ["<b>", "x" * 80, "", "شمس", "&", "\x07"]), 0, top=5)
    root = ElementTree.fromstring(view.svg)
    assert "<b>" not in view.svg and len(boxes(view)) == 65
    assert all(0 <= left <= view.size[0] - 70 and top < view.size[1] for left, top in boxes(view))
    assert all(float(text.get("y")) < view.size[1] for text in root.iter(f"{SVG}text"))


@pytest.mark.parametrize("code", ["en", "zh"])
def test_what_cannot_be_shown_is_one_sentence(found, code):
    for act, key in ((lambda: view_neighbours(found.vectors, 0), "neighbours.not_vectors"),
                     (lambda: view_neighbours(found, 0, 9), "neighbours.top"),
                     (lambda: view_neighbours(found, 0, True), "neighbours.top"),
                     (lambda: view_neighbours(found, len(found.tokens)), "probes.nearest"),
                     (lambda: view_neighbours(made(torch.eye(3)[None]), 0, 3), "probes.nearest")):
        assert refusal(act, code).key == key

"""Probes: the same matrix as torch's LBFGS finds, controls that are lots a word, and neighbours by cosine."""

import pytest
import torch
from torch.nn.functional import cross_entropy

from helpers.models import load_model
from helpers.probes import control_labels, fit_reader, nearest, probe, token_vectors, word_classes
from helpers.probes.probe import interval
from helpers.text import CourseError


def draws(n, d, n_classes, seed=0):
    luck = torch.Generator().manual_seed(seed)
    inputs = torch.randn(n, d, generator=luck, dtype=torch.float64)
    labels = (inputs @ torch.randn(d, n_classes, generator=luck, dtype=torch.float64)).argmax(-1)
    return inputs, labels


@pytest.mark.parametrize("n, d, n_classes, strength", [(60, 5, 3, 1.0), (40, 30, 4, 0.1), (30, 60, 2, 1.0)])
def test_the_matrix_is_the_one_torch_finds(n, d, n_classes, strength):
    inputs, labels = draws(n, d, n_classes)
    theirs = torch.zeros(d, n_classes, dtype=torch.float64, requires_grad=True)
    search = torch.optim.LBFGS([theirs], max_iter=2000, tolerance_grad=1e-11, tolerance_change=1e-14,
                               line_search_fn="strong_wolfe")

    def cost():
        search.zero_grad()
        total = cross_entropy(inputs @ theirs, labels, reduction="sum") + strength / 2 * theirs.square().sum()
        total.backward()
        return total

    search.step(cost)
    ours = fit_reader(inputs, labels, n_classes, strength)
    assert (ours - theirs.detach()).abs().max() < 1e-6


def test_a_probe_reads_what_is_there_and_nothing_else():
    inputs, labels = draws(400, 8, 3)
    groups = [place // 4 for place in range(400)]
    read = probe(inputs, labels.tolist(), groups)
    assert read.accuracy > 0.9 and read.low < read.accuracy < read.high
    assert read.n_judged == 160 and read.n_learnt == 240
    noise = torch.randint(3, (400,), generator=torch.Generator().manual_seed(5)).tolist()
    assert abs(probe(inputs, noise, groups).accuracy - 1 / 3) < 0.12


def test_a_group_is_never_on_both_sides():
    """A number that names the group reads its label well where groups are split, and at chance where they are not."""
    luck = torch.Generator().manual_seed(1)
    groups = [place // 5 for place in range(300)]
    names = torch.randn(60, 80, generator=luck, dtype=torch.float64)[groups] * 3
    label_of_group = torch.randint(2, (60,), generator=luck)
    labels = label_of_group[groups].tolist()
    split = probe(names, labels, list(range(300))).accuracy
    assert split > 0.75 > probe(names, labels, groups).accuracy + 0.05


def test_control_labels_are_one_lot_a_type():
    types, labels = ["a", "b", "a", "c", "b"], [0, 1, 0, 2, 1]
    lots = control_labels(types, labels, seed=3)
    assert lots[0] == lots[2] and lots[1] == lots[4] and set(lots) <= set(labels)
    assert lots == control_labels(types, labels, seed=3)
    assert len({tuple(control_labels(types, labels, seed)) for seed in range(20)}) > 3


def test_the_interval_is_wilsons():
    assert interval(0, 10)[0] == pytest.approx(0) and interval(10, 10)[1] == pytest.approx(1)
    low, high = interval(50, 100)
    assert low == pytest.approx(0.4038, abs=1e-4) and high == pytest.approx(0.5962, abs=1e-4)


def test_neighbours_are_those_with_the_largest_cosine():
    vectors = torch.tensor([[1.0, 0], [5, 1], [0, 1], [-1, 0]])
    assert [place for place, _ in nearest(vectors, 0, top=3)] == [1, 2, 3]
    assert nearest(vectors, 0, top=1)[0][1] == pytest.approx(5 / 26 ** 0.5)


def test_vectors_are_those_of_the_record_without_the_added_tokens():
    bert = load_model("course")
    found = token_vectors(bert, ["I can swim.", "他打我。"])
    record = bert.run("他打我。")
    inside = [place for place, text in enumerate(found.texts) if text == 1]
    assert found.tokens[inside[0]] == "他" and [found.places[place] for place in inside] == [1, 2, 3, 4]
    assert torch.equal(found.vectors[:, inside], record.hidden_states[:, 1:-1])
    assert torch.equal(found.words[inside], record.word_embeddings[1:-1])
    assert found.at("打") == [inside[1]]


def test_each_character_has_a_class():
    assert word_classes("我是老师") == [2, 1, 0, 0]


@pytest.mark.parametrize("call", [
    lambda: nearest(torch.eye(3), 3), lambda: nearest(torch.eye(3), 0, top=3),
    lambda: probe(torch.eye(3), [0, 1], [0, 1, 2]), lambda: probe(torch.eye(3), [0, 1, 0], [0, 0, 0]),
    lambda: probe(torch.eye(3), [0, 1, 0], [0, 1, 2], held_out=0), lambda: probe(
        torch.eye(3), [0, 1, 0], [0, 1, 2], strength=-1)])
def test_what_cannot_be_meant_is_refused(call):
    with pytest.raises(CourseError):
        call()

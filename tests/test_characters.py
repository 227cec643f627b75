"""The model of characters that a learner trains: what it computes, that it learns, its picture and its controls."""

import math
import re
from xml.etree import ElementTree

import pytest
import torch
from conftest import refusal
from torch.nn.functional import cross_entropy

from helpers.attention import causal_mask
from helpers.controls import explore_characters
from helpers.learning import CharacterTraining, LiveTraining
from helpers.learning.characters import CONTEXT, HELD_OUT
from helpers.text import language
from helpers.views import view_characters

TEXT = "the dog ran home.\nthe cat sat down.\nwe drink tea.\n" * 12


@pytest.fixture(scope="module")
def learnt():
    training = CharacterTraining(TEXT)
    training.train(steps=120)
    return training


def test_it_learns_and_writes_what_it_has_read(learnt):
    first, last = learnt.record.moments[0], learnt.record.last
    assert last.bits < 0.5 < math.log2(len(set(TEXT))) < first.bits             # from worse than an even guess on
    assert last.held_out_bits < 1 and last.accuracy > 0.8
    words = re.findall("[a-z]+", last.written)
    assert sum(word in TEXT.split() or word + "." in TEXT.split() for word in words) > len(words) / 2
    assert [moment.step for moment in learnt.record.moments] == list(range(0, 121, 20))


def test_a_text_by_heart_is_another_text_badly():
    mixed = "".join(chr(97 + place) for place in torch.randint(26, (600,), generator=torch.Generator().manual_seed(3)))
    training = CharacterTraining(mixed)
    training.train(steps=160)
    assert training.record.last.bits < 2 < 6 < training.record.last.held_out_bits
    assert training.record.best.step < 160


def test_no_character_sees_a_later_one(learnt):
    ids = torch.randint(10, (1, 12), generator=torch.Generator().manual_seed(1))
    other = ids.clone()
    other[0, -1] = (other[0, -1] + 1) % 10
    with torch.no_grad():
        one, two = learnt._logits(ids), learnt._logits(other)
    assert one[:, :-1].equal(two[:, :-1]) and not one[:, -1].equal(two[:, -1])


def test_bits_are_those_of_the_held_out_text_computed_plainly(learnt):
    numbers = {character: place for place, character in enumerate(learnt.record.characters)}
    ids, nats = torch.tensor([numbers[character] for character in TEXT]), []
    held_out = ids[len(ids) - len(ids) // HELD_OUT:]
    with torch.no_grad():
        for start in range(0, len(held_out) - CONTEXT, CONTEXT):
            piece = held_out[start:start + CONTEXT + 1]
            states = learnt.model.encode(piece[None, :-1], causal_mask(CONTEXT)).states
            nats.append(cross_entropy(learnt.model.logits(states)[0], piece[1:]).item())
    assert learnt.record.last.held_out_bits == pytest.approx(sum(nats) / len(nats) / math.log(2))


def test_a_run_does_not_depend_on_how_often_it_was_stopped():
    once, twice = CharacterTraining(TEXT), CharacterTraining(TEXT)
    once.train(steps=40)
    twice.train(steps=15)
    twice.train(steps=25)
    assert once.record.moments == twice.record.moments
    assert CharacterTraining(TEXT, seed=1).record.moments != once.record.moments[:1]


def test_samples_follow_their_seed(learnt):
    assert learnt.written() == learnt.written() == learnt.record.last.written
    assert len({learnt.written(seed=seed) for seed in range(5)}) > 1 and len(learnt.written(10)) == 10


@pytest.mark.parametrize("code", ["en", "zh"])
@pytest.mark.parametrize("text", ["too short", "x" * 479, "y" * 100_001, None, 5])
def test_a_text_that_cannot_be_learnt_from_is_one_sentence(code, text):
    assert refusal(lambda: CharacterTraining(text), code).key == "characters.text"


@pytest.mark.parametrize("text", ["春眠不觉晓，处处闻啼鸟。" * 60, "a" * 480, "👩‍🚀\x00\ud800 <b>&" * 80])
def test_any_characters_can_be_learnt_and_drawn(text):
    training = CharacterTraining(text)
    training.train(steps=2)
    view = view_characters(training.record)
    ElementTree.fromstring(view.picture.encode("utf-8", "replace"))
    assert "<b>" not in view.svg


# the picture

def test_the_picture_draws_every_moment(learnt):
    view = view_characters(learnt.record)
    assert view.data["steps"] == [[moment.step, pytest.approx(moment.bits, abs=1e-3),
                                   pytest.approx(moment.held_out_bits, abs=1e-3)] for moment in learnt.record.moments]
    written = {moment.step: moment.written for moment in learnt.record.moments}
    assert all(written[step] == sample for step, sample in view.data["written"])
    assert [view.data["written"][0][0], view.data["written"][-1][0]] == [0, 120]
    curves = [part.get("d") for part in ElementTree.fromstring(view.picture).iter()
              if part.get("class") in ("read", "held") and "L" in part.get("d")]
    assert [curve.count("L") for curve in curves] == [len(learnt.record.moments) - 1] * 2
    assert f"{learnt.record.last.bits:.2f}" in view.text


@pytest.mark.parametrize("code", ["en", "zh"])
def test_another_record_is_refused(code):
    assert refusal(lambda: view_characters(LiveTraining().record), code).key == "characters.not_a_record"


# the controls

@pytest.fixture
def explorer():
    return explore_characters(TEXT)


def test_training_redraws(explorer, learnt):
    record = explorer.train(steps=40)
    assert record.moments == learnt.record.moments[:3]
    assert explorer.picture.value == explorer.view.svg == view_characters(record).svg
    assert not explorer.train_on.disabled and explorer.stop.disabled and explorer.progress.value == 1


def test_starting_again_forgets(explorer):
    explorer.train(steps=20)
    explorer.again.click()
    assert explorer.record.last.step == 0 and explorer.view.svg == view_characters(explorer.record).svg


def test_another_text_is_another_run_and_a_bad_one_leaves_the_run(explorer):
    explorer.train(steps=20)
    explorer.text.value = "short"
    assert 'role="alert"' in explorer.notice.value and explorer.record.last.step == 20
    explorer.text.value = TEXT.replace("dog", "fox")
    assert not explorer.notice.value and explorer.record.last.step == 0 and "x" in explorer.record.characters


@pytest.mark.parametrize("code", ["en", "zh"])
def test_labels_speak_the_language(code):
    language(code)
    explorer = explore_characters(TEXT)
    labels = [explorer.text.description, explorer.train_on.description, explorer.stop.description]
    assert all(bool(re.search("[\u4e00-\u9fff]", label)) == (code == "zh") for label in labels)


def test_the_button_trains_where_nothing_can_be_sent_between_messages(explorer, monkeypatch):
    from helpers.controls import watching
    monkeypatch.setattr(watching, "SECONDS", 0.3)
    explorer.train_on.click()
    assert explorer._training.step > 0 and not explorer.notice.value

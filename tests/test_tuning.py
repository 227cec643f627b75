"""Training that goes on: what is hidden and how, that copies leave the original alone, that a run repeats itself."""

import pytest
import torch

from helpers.models import load_model
from helpers.text import CourseError, language
from helpers.tuning import (
    CLASSES,
    LabelledTexts,
    Recipe,
    fine_tune,
    hide_tokens,
    load_sentences,
    masking,
    practise,
    what_it_says,
)
from helpers.tuning.batches import to_batch


@pytest.fixture(scope="module")
def bert():
    return load_model("course")


def luck(seed=0):
    return torch.Generator().manual_seed(seed)


@pytest.mark.parametrize("code", ["en", "zh"])
def test_the_sentences_are_sixty_a_class_and_none_twice(code):
    sentences = load_sentences(code)
    assert [sentences.labels.count(label) for label in range(3)] == [60, 60, 60]
    assert len(set(sentences.texts)) == 180 and sentences.classes == CLASSES
    assert not [text for text in sentences.texts if text[-1] in ".?!。？！"]


def test_the_sentences_follow_the_language():
    language("zh")
    assert load_sentences() == load_sentences("zh")


def test_a_split_keeps_texts_and_labels_together_and_apart():
    sentences = load_sentences("en")
    learn, held_out = sentences.split(20, seed=4)
    assert len(learn) == 120 and [held_out.labels.count(label) for label in range(3)] == [20, 20, 20]
    assert not set(learn.texts) & set(held_out.texts)
    true = dict(zip(sentences.texts, sentences.labels, strict=True))
    for part in (learn, held_out):
        assert [true[text] for text in part.texts] == list(part.labels)
    assert sorted(learn.first(12).labels) == [0] * 4 + [1] * 4 + [2] * 4


def test_tokens_are_hidden_as_often_as_the_recipe_says(bert):
    ids = torch.tensor(bert.encode("The small cat is sleeping under the table.").token_ids).repeat(3000, 1)
    hidden = hide_tokens(bert, ids, generator=luck())
    assert hidden.chosen[:, 1:-1].double().mean().item() == pytest.approx(0.2, abs=0.01)
    assert not hidden.chosen[:, [0, -1]].any()
    n = hidden.chosen.sum()
    for fate, share in ((1, 0.8), (2, 0.1), (3, 0.1)):
        assert ((hidden.fate == fate).sum() / n).item() == pytest.approx(share, abs=0.02)
    assert (hidden.seen_ids[hidden.fate == 1] == bert.tokenizer.mask_token_id).all()
    assert (hidden.seen_ids == ids)[(hidden.fate == 0) | (hidden.fate == 3)].all()
    another = hidden.seen_ids[hidden.fate == 2]
    assert not torch.isin(another, torch.tensor(bert.tokenizer.all_special_ids)).any()
    assert (another != ids[hidden.fate == 2]).double().mean() > 0.99


def weights_of(bert):
    return torch.cat([one.detach().flatten().clone() for one in bert.model.parameters()])


def test_practice_repeats_itself_and_leaves_the_original_alone(bert):
    before, texts = weights_of(bert), load_sentences("en").texts[:32]
    first, again = (practise(bert, texts, steps=2, seed=1) for _ in range(2))
    assert torch.equal(weights_of(first), weights_of(again))
    words = first.model.get_input_embeddings().weight
    assert torch.equal(words, bert.model.get_input_embeddings().weight) and not words.requires_grad
    assert torch.equal(weights_of(bert), before) and not torch.equal(weights_of(first), before)


def test_practice_on_kept_tokens_teaches_copying(bert):
    texts = load_sentences("en").texts[:48]
    copier = practise(bert, texts, Recipe(0.0, 0.0), steps=6)
    before, after = what_it_says(bert, texts), what_it_says(copier, texts)
    assert after["kept"] > before["kept"] + 0.1


def test_texts_picked_from_a_batch_are_the_batch_of_these_texts(bert):
    texts = load_sentences("en").texts[:30]
    places = [7, 3, 11]
    picked, made = to_batch(bert, texts).pick(places), to_batch(bert, [texts[place] for place in places])
    assert all(torch.equal(one, other) for one, other in zip(picked.inputs().values(), made.inputs().values(),
                                                             strict=True))


def test_the_chosen_tokens_are_read_as_the_whole_model_reads_them(bert):
    batch, places = to_batch(bert, load_sentences("zh").texts[:12]), list(range(12))
    hidden = hide_tokens(bert, batch.token_ids, generator=luck())
    with torch.no_grad():
        whole = bert.model(**batch.inputs() | {"input_ids": hidden.seen_ids})[0][hidden.chosen]
        assert (masking._logits(bert, batch, places, hidden) - whole).abs().max() < 1e-10


def test_frozen_tuning_moves_the_reader_alone(bert):
    learn, held_out = load_sentences("en").split(20)
    record = fine_tune(bert, learn.first(36), held_out, frozen=True, steps=40)
    assert torch.equal(weights_of(record.classifier.bert), weights_of(bert))
    assert record.n_learnt == 3 * bert.d_model + 3
    assert record.accuracies[0] == pytest.approx(1 / 3) and record.losses[0] == pytest.approx(1.0986, abs=1e-4)
    assert record.accuracies[-1] > 0.7 and record.losses[-1] < record.losses[0]


def test_tuning_moves_the_layers_and_repeats_itself(bert):
    before, (learn, held_out) = weights_of(bert), load_sentences("en").split(20)
    first, again = (fine_tune(bert, learn.first(24), held_out, steps=4) for _ in range(2))
    assert first.losses == again.losses and first.accuracies == again.accuracies
    assert torch.equal(weights_of(bert), before)
    assert not torch.equal(weights_of(first.classifier.bert), before)
    words = first.classifier.bert.model.get_input_embeddings().weight
    assert torch.equal(words, bert.model.get_input_embeddings().weight)
    assert first.classifier.bert.run("Sit down").n_tokens == 4


def test_probabilities_sum_to_one_whatever_the_filling(bert):
    learn, _ = load_sentences("en").split(20)
    classifier = fine_tune(bert, learn.first(24), frozen=True, steps=10).classifier
    texts = ["Sit down", "Where is the key of the house by the river"]
    together = classifier.probabilities(texts)
    assert together.sum(-1).tolist() == pytest.approx([1, 1])
    assert (together[0] - classifier.probabilities(texts[:1])[0]).abs().max() < 1e-10
    assert classifier.classify(texts)[1] == classifier.classes[together[1].argmax()]


@pytest.mark.parametrize("code", ["en", "zh"])
@pytest.mark.parametrize("call", [
    lambda bert: Recipe(0.9, 0.2), lambda bert: Recipe(-0.1, 0.2), lambda bert: load_sentences("fr"),
    lambda bert: load_sentences("en").split(60), lambda bert: hide_tokens(bert, torch.tensor([1]), share=2),
    lambda bert: practise(bert, ["a b"], steps=0), lambda bert: fine_tune(bert, load_sentences("en"), steps=0),
    lambda bert: fine_tune(bert, LabelledTexts(("a", "b"), (0, 0)))])
def test_what_cannot_be_meant_is_refused(bert, call, code):
    language(code)
    with pytest.raises(CourseError):
        call(bert)

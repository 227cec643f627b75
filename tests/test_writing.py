"""A decoder writes: its choices are those of transformers, its cache changes nothing, its lens ends at its logits."""

import random

import pytest
import torch
from conftest import refusal
from test_foreign_records import FAMILIES, saved
from transformers import TemperatureLogitsWarper, TopKLogitsWarper, TopPLogitsWarper

from helpers.heads import induction_scores, measure_induction, repeated_sequences
from helpers.models import Sampling, load_bert, load_model, logit_lens
from helpers.models.sampling import draw
from training import gpt_measures

TEXTS = ["I want to", "The cat is on the", "我昨天", "Ken and Mary went to Boston. Ken and"]


@pytest.fixture(scope="module")
def gpt():
    return load_model("course-gpt")


@pytest.fixture(scope="module", params=["gpt2", "llama"])
def small(request, tmp_path_factory):
    """A random decoder of each family that can write."""
    kind = request.param
    return load_model(saved(tmp_path_factory.mktemp(kind), kind, "AutoModelForCausalLM", **FAMILIES[kind]))


# one token

@pytest.mark.parametrize("temperature", [0.3, 1.0, 2.5])
@pytest.mark.parametrize("top_k", [None, 1, 5, 40, 400])
@pytest.mark.parametrize("top_p", [None, 0.05, 0.5, 0.9, 1.0])
def test_probabilities_are_those_of_the_processors_of_transformers(temperature, top_k, top_p):
    logits = 4 * torch.randn(3, 120, generator=torch.Generator().manual_seed(1), dtype=torch.float64)
    theirs = TemperatureLogitsWarper(temperature)(None, logits)
    theirs = theirs if top_k is None else TopKLogitsWarper(top_k)(None, theirs)
    theirs = theirs if top_p in (None, 1.0) else TopPLogitsWarper(top_p)(None, theirs)
    ours = Sampling(temperature, top_k, top_p)
    torch.testing.assert_close(ours.probabilities(logits), theirs.softmax(-1), atol=1e-12, rtol=0)
    assert ours.kept(logits).equal(theirs > -torch.inf)


def test_tokens_level_with_the_last_one_kept_are_kept():
    logits = torch.tensor([1.0, 2.0, 1.0, 0.0])
    assert Sampling(top_k=2).kept(logits).tolist() == [True, True, True, False]
    assert TopKLogitsWarper(2)(None, logits[None])[0].isfinite().tolist() == [True, True, True, False]


def test_lots_fall_on_tokens_as_often_as_they_are_likely():
    probabilities = torch.tensor([0.2, 0.0, 0.5, 0.3, 0.0])
    drawn = [draw(probabilities, (place + 0.5) / 1000) for place in range(1000)]
    assert [drawn.count(token) for token in range(5)] == [200, 0, 500, 300, 0]
    assert draw(probabilities, 0.0) == 0 and draw(probabilities, 1 - 1e-17) == 3


def test_next_tokens_are_the_softmax_of_the_logits(gpt):
    ids = torch.tensor([gpt.encode(TEXTS[1]).token_ids])
    with torch.no_grad():
        best = gpt.model(ids).logits[0, -1].softmax(-1).topk(3)
    guesses = gpt.next_tokens(TEXTS[1], top=3)
    assert [gpt.tokenizer.convert_tokens_to_ids(token) for token, _ in guesses] == best.indices.tolist()
    assert [share for _, share in guesses] == pytest.approx(best.values.tolist())


# writing

@pytest.mark.parametrize("text", TEXTS)
def test_greedy_is_what_transformers_generates(gpt, text):
    ids = torch.tensor([gpt.encode(text).token_ids])
    theirs = gpt.model.generate(ids, attention_mask=torch.ones_like(ids), do_sample=False, max_new_tokens=25)
    written = gpt.generate(text, 25)
    assert list(written.token_ids) == theirs[0].tolist() and written.n_given == ids.shape[1]
    assert written.text == gpt.tokenizer.decode(theirs[0], skip_special_tokens=True)


@pytest.mark.parametrize("chosen", [{}, {"seed": 3}, {"seed": 1, "temperature": 0.7, "top_k": 20, "top_p": 0.9}])
@pytest.mark.parametrize("text", TEXTS[:3])
def test_the_cache_changes_nothing(gpt, text, chosen):
    cached, whole = (gpt.generate(text, 20, use_cache=use, **chosen) for use in (True, False))
    assert cached.token_ids == whole.token_ids and cached.text == whole.text
    assert cached.probabilities == pytest.approx(whole.probabilities, abs=1e-6)


def test_random_decoders_write_with_and_without_the_cache(small):
    cached, whole = (small.generate("the dogs like tea", 12, seed=5, use_cache=use) for use in (True, False))
    assert cached.token_ids == whole.token_ids and len(cached.tokens) == len(cached.token_ids)
    assert len(cached.probabilities) == 12 or cached.ended


def test_each_draw_is_as_likely_as_the_record_says(gpt):
    chosen = Sampling(temperature=0.8, top_p=0.9)
    written, lots = gpt.generate("I want to", 12, seed=7, temperature=0.8, top_p=0.9), random.Random(7)
    for place, share in enumerate(written.probabilities, written.n_given):
        logits, _ = gpt.read_on(written.token_ids[:place])
        probabilities = chosen.probabilities(logits[-1])
        assert draw(probabilities, lots.random()) == written.token_ids[place]
        assert probabilities[written.token_ids[place]].item() == pytest.approx(share, abs=1e-6)


def test_the_same_seed_writes_the_same_and_others_do_not(gpt):
    texts = [gpt.generate("I want to", 15, seed=seed).text for seed in (0, 0, 1, 2, 3)]
    assert texts[0] == texts[1] and len(set(texts)) > 2
    assert gpt.generate("I want to", 15, seed=0, top_k=1).text == gpt.generate("I want to", 15).text


def test_it_stops_at_its_end_or_where_it_is_told_or_full(gpt):
    ended = gpt.generate("My father is")
    assert ended.ended and ended.token_ids[-1] == gpt.tokenizer.eos_token_id
    assert len(gpt.generate("My father is", 3).token_ids) == ended.n_given + 3
    full = gpt.generate("the " * 127, 5)
    assert len(full.token_ids) == gpt.max_tokens and not full.probabilities


def test_reading_on_gives_the_logits_of_reading_at_once(gpt):
    record = gpt.run(TEXTS[1])
    logits, cache = gpt.read_on(record.token_ids[:3])
    for token_id in record.token_ids[3:]:
        new, cache = gpt.read_on([token_id], cache)
        logits = torch.cat([logits, new])
    torch.testing.assert_close(logits, record.logits, atol=1e-5, rtol=0)
    assert cache.get_seq_length() == record.n_tokens and cache.layers[0].keys.shape[1] == 2      # shared by six heads


def test_a_step_that_is_told_position_0_goes_wrong(gpt):
    record = gpt.run(TEXTS[1])
    _, cache = gpt.read_on(record.token_ids[:-1])
    wrong, _ = gpt.read_on(record.token_ids[-1:], cache, first_position=0)
    assert (wrong[-1] - record.logits[-1]).abs().max() > 0.1


def test_no_token_notices_a_later_one(gpt):
    one, other = gpt.run("The cat is on the table."), gpt.run("The cat is on the wall.")
    torch.testing.assert_close(one.logits[:6], other.logits[:6], atol=0, rtol=0)
    assert (one.logits[6] - other.logits[6]).abs().max() > 0.1


# heads off

def test_heads_off_are_off_while_it_writes_and_back_afterwards(gpt):
    before, places = gpt.generate(TEXTS[3], 5).text, [(layer, head) for layer in range(4) for head in range(6)]
    assert gpt.generate(TEXTS[3], 5, heads_off=places).text != before
    assert gpt.generate(TEXTS[3], 5, heads_off=[(3, 0), (3, 1), (3, 2)]).text != before
    assert gpt.generate(TEXTS[3], 5).text == before


# copying

def test_induction_is_measured_as_the_card_was(gpt):
    ours, theirs = measure_induction(gpt), gpt_measures.induction(gpt.model, gpt.tokenizer)
    torch.testing.assert_close(ours.scores, theirs.scores, atol=1e-6, rtol=0)
    assert (ours.first_loss, ours.second_loss) == pytest.approx((theirs.first_loss, theirs.second_loss), abs=1e-4)
    assert ours.best == (3, 1) and len(ours.losses) == 50
    assert repeated_sequences(gpt).equal(gpt_measures.repeated_sequences(gpt.tokenizer))


def test_an_induction_score_by_hand():
    perfect = torch.zeros(7, 7)
    perfect[range(4, 7), range(2, 5)] = 1.0
    assert induction_scores(torch.stack([perfect, torch.ones(7, 7) / 7])).tolist() == pytest.approx([1, 1 / 7])


def test_one_copying_head_can_be_spared_and_all_three_cannot(gpt):
    spared, none = (measure_induction(gpt, n_sequences=10, heads_off=off).second_loss
                    for off in ([(3, 1)], [(3, 0), (3, 1), (3, 2)]))
    assert spared < 1 and none > 9


# the lens

@pytest.mark.parametrize("text", TEXTS)
def test_the_lens_ends_at_the_logits_and_begins_at_the_embeddings(gpt, text):
    record = gpt.run(text)
    lens, model = logit_lens(record), gpt.model
    assert lens.shape == (5, record.n_tokens, 7999)
    torch.testing.assert_close(lens[-1], record.logits, atol=1e-10, rtol=0)
    with torch.no_grad():
        ids = torch.tensor([record.token_ids])
        states = model(ids, output_hidden_states=True).hidden_states[2]
        theirs = model.lm_head(model.model.norm(states))[0]
        first = model.lm_head(model.model.norm(model.model.embed_tokens(ids)))[0]
    torch.testing.assert_close(lens[2], theirs, atol=1e-5, rtol=0)
    torch.testing.assert_close(lens[0], first, atol=1e-5, rtol=0)


def test_the_lens_of_other_decoders_ends_at_their_logits(small):
    record = small.run("the dogs like tea")
    torch.testing.assert_close(logit_lens(record)[-1], record.logits, atol=1e-5, rtol=0)


# what cannot be

@pytest.mark.parametrize("code", ["en", "zh"])
@pytest.mark.parametrize(("asked", "key"), [
    ({"temperature": 0}, "temperature"), ({"temperature": "hot"}, "temperature"), ({"temperature": -1}, "temperature"),
    ({"top_k": 0}, "top_k"), ({"top_k": 2.5}, "top_k"), ({"top_p": 0}, "top_p"), ({"top_p": 1.5}, "top_p"),
    ({"top_p": float("nan")}, "top_p"), ({"seed": -1}, "seed"), ({"seed": "x"}, "seed"), ({"beam": 4}, "unknown"),
    ({"max_tokens": 0}, "max_tokens"), ({"max_tokens": None}, "max_tokens")])
def test_what_cannot_be_chosen_is_one_sentence(gpt, code, asked, key):
    assert refusal(lambda: gpt.generate("I want to", **asked), code).key == f"writing.{key}"


@pytest.mark.parametrize("code", ["en", "zh"])
def test_other_models_are_refused(gpt, course_bert, code, tmp_path):
    body = load_model(saved(tmp_path, "gpt2", "AutoModel", **FAMILIES["gpt2"]))
    for act in (lambda: body.generate("tea"), lambda: body.next_tokens("tea"), lambda: body.read_on([5])):
        assert refusal(act, code).key == "writing.cannot_write"
    for record in (course_bert.run("I [MASK] tea."), body.run("the dogs like tea"), 42):
        assert refusal(lambda record=record: logit_lens(record), code).key == "lens.needs_decoder"
    assert refusal(lambda: measure_induction(course_bert), code).key == "induction.not_a_decoder"
    assert refusal(lambda: measure_induction(gpt, 64), code).key == "induction.size"
    assert refusal(lambda: measure_induction(gpt, n_sequences=0), code).key == "induction.size"
    assert refusal(lambda: measure_induction(gpt, heads_off=[(4, 0)]), code).key == "interventions.layer"
    assert refusal(lambda: gpt.generate("  "), code).key == "models.blank"
    assert refusal(lambda: load_bert("course-gpt"), code).key.startswith("models.")

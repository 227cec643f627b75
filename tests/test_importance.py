"""Importance by seven measures, against plain transformers and numpy; rank correlations against values by hand."""

import itertools
import math

import numpy as np
import pytest
import torch
from conftest import refusal

from helpers.heads import MEASURES, kendall, measure_importance, median_interval, ranks, roll_out, spearman
from helpers.models import load_model
from helpers.tuning import load_pairs

TEXT = "I drink a cup of [MASK] every morning."


@pytest.fixture(scope="module")
def gpt():
    return load_model("course-gpt")


@pytest.fixture(scope="module")
def found(course_bert):
    return measure_importance(course_bert, TEXT, "tea")


def plain(bert, **changed):
    """Run the bare transformers model on TEXT, with autograd on."""
    encoded = bert.encode(TEXT)
    inputs = {"input_ids": torch.tensor([encoded.token_ids]),
              "token_type_ids": torch.tensor([encoded.segment_ids]), "output_attentions": True,
              "output_hidden_states": True} | changed
    return bert.model(**{name: value for name, value in inputs.items() if value is not None})


def bits(out, row, query):
    return torch.log_softmax(out[0][0, query], -1)[row] / math.log(2)


# the measures

def test_everything_but_the_added_tokens_and_the_place_is_scored(found):
    assert found.tokens == ("I", "drink", "a", "cup", "of", "every", "morning", ".")
    assert found.record.tokens[found.query] == "[MASK]" and found.answer == "tea"
    assert found.probability == pytest.approx(found.record.logits.softmax(-1)[0, found.record.vocabulary.index("tea")])
    assert tuple(found.scores()) == MEASURES and all(len(one) == 8 for one in found.scores().values())


def test_weights_are_those_of_transformers(course_bert, found):
    attentions = torch.stack(plain(course_bert)["attentions"])[:, 0, :, found.query].detach().numpy()  # (l, h, key)
    places = list(found.places)
    assert found.scores()["weight"].numpy() == pytest.approx(attentions.mean((0, 1))[places])
    assert found.scores(2)["weight"].numpy() == pytest.approx(attentions[2].mean(0)[places])
    assert found.scores(3, 1)["weight"].numpy() == pytest.approx(attentions[3, 1][places])
    assert found.scores(head=4)["weight"].numpy() == pytest.approx(attentions[:, 4].mean(0)[places])


def test_value_norms_are_computed_as_the_paper_writes_them(course_bert, found):
    """‖α f(x)‖ with f(x) = (x W_V + b_V) W_O, in numpy, from the states that transformers gives."""
    out, width = plain(course_bert), course_bert.d_model // course_bert.n_heads
    lengths = np.zeros((4, 6, len(found.tokens)))
    together = np.zeros((4, len(found.tokens)))
    for number, layer in enumerate(course_bert.encoder.encoder.layer):
        x = out["hidden_states"][number][0].detach().numpy()
        v = x @ layer.attention.self.value.weight.detach().numpy().T + layer.attention.self.value.bias.detach().numpy()
        w_o = layer.attention.output.dense.weight.detach().numpy()                     # (d_model, d_model)
        for at, token in enumerate(found.places):
            parts = [out["attentions"][number][0, head, found.query, token].item()
                     * (w_o[:, head * width:(head + 1) * width] @ v[token, head * width:(head + 1) * width])
                     for head in range(6)]
            lengths[number, :, at] = [np.linalg.norm(part) for part in parts]
            together[number, at] = np.linalg.norm(sum(parts))
    assert found.scores(1, 3)["value"].numpy() == pytest.approx(lengths[1, 3])
    assert found.scores(2)["value"].numpy() == pytest.approx(together[2])
    assert found.scores()["value"].numpy() == pytest.approx(together.mean(0))


def test_rollout_is_that_of_its_own_room(found):
    flow = roll_out(found.record).weights[:, 0, found.query][:, list(found.places)]
    assert torch.equal(found.scores()["rollout"], flow[-1]) and torch.equal(found.scores(1)["rollout"], flow[1])


def test_gradient_times_input_is_what_a_small_step_does(course_bert, found):
    """No autograd: each token's embedding is made a little longer, and the bits are read off."""
    table, row = course_bert.anatomy.word_embeddings, found.record.vocabulary.index("tea")
    inputs, small = table(torch.tensor([found.record.token_ids])).detach(), 1e-5
    for score, place in zip(found.scores()["gradient"], found.places, strict=True):
        sides = []
        for way in (1 + small, 1 - small):
            changed = inputs.clone()
            changed[0, place] *= way
            sides.append(bits(plain(course_bert, input_ids=None, inputs_embeds=changed), row, found.query).item())
        assert score.item() == pytest.approx((sides[0] - sides[1]) / (2 * small), abs=1e-6)


def test_integrated_gradients_add_up_to_the_whole_way(course_bert, found):
    """Their sum is what the prediction gains from all [MASK] to the text (completeness), up to the size of a step."""
    row, ids = found.record.vocabulary.index("tea"), torch.tensor([found.record.token_ids])
    blank = ids.clone()
    blank[0, list(found.places)] = course_bert.tokenizer.mask_token_id
    gained = bits(plain(course_bert), row, found.query) - bits(plain(course_bert, input_ids=blank), row, found.query)
    assert found.scores()["integrated"].sum().item() == pytest.approx(gained.item(), abs=0.1)
    assert abs(gained) > 1


@pytest.mark.parametrize("text", [TEXT, "我每天早上喝[MASK]。", "A [MASK] and a [MASK] are here."])
def test_ablation_is_the_intervention_of_the_course(course_bert, text):
    found = measure_importance(course_bert, text)
    row, at = found.record.vocabulary.index(found.answer), found.record.logit_places.index(found.query)
    for score, place in zip(found.scores()["ablation"], found.places, strict=True):
        after = course_bert.run(text, hidden_tokens={place})
        lost = (found.record.logits[at].log_softmax(-1) - after.logits[at].log_softmax(-1))[row] / math.log(2)
        assert score.item() == pytest.approx(lost.item(), abs=1e-9)


def test_replaced_is_the_text_with_a_mask_more(course_bert, found):
    row = found.record.vocabulary.index("tea")
    after = course_bert.run(TEXT.replace("cup", "[MASK]"))
    lost = (found.record.logits[0].log_softmax(-1) - after.logits[1].log_softmax(-1))[row] / math.log(2)
    assert found.scores()["replaced"][3].item() == pytest.approx(lost.item(), abs=1e-9)


def test_a_decoder_is_asked_for_the_next_token(gpt):
    found = measure_importance(gpt, "The cat is on the")
    assert found.tokens == ("the", "cat", "is", "on")
    assert found.answer == gpt.next_tokens("The cat is on the", top=1)[0][0]
    assert tuple(found.scores()) == ("weight", "value", "rollout", "gradient", "ablation")
    row = found.record.vocabulary.index(found.answer)
    for score, place in zip(found.scores()["ablation"], found.places, strict=True):
        after = gpt.run("The cat is on the", hidden_tokens={place})
        lost = (found.record.logits[-1].log_softmax(-1) - after.logits[-1].log_softmax(-1))[row] / math.log(2)
        assert score.item() == pytest.approx(lost.item(), abs=1e-9)


def test_what_the_heads_bring_is_what_the_layer_puts_out(gpt, course_bert):
    """Over all keys and heads the parts, and the bias, make the output of the attention: LLaMA's form and BERT's."""
    for model, text in ((gpt, "The cat is on the"), (course_bert, TEXT)):
        from helpers.heads.importance import _brought

        record = model.run(text)
        parts = _brought(model, record, 4).sum((1, 2))                                 # (layer, d_model)
        for layer, part in zip(model.anatomy.layers, parts, strict=True):
            bias = layer.w_output.bias
            parts_and_bias = part if bias is None else part + bias.detach()
            number = model.anatomy.layers.index(layer)
            assert (parts_and_bias - record.attention_output(number)[4]).abs().max() < 1e-9


def test_many_rows_are_asked_a_few_at_a_time(course_bert, found, monkeypatch):
    monkeypatch.setattr("helpers.heads.importance.MOST_LOGITS", 1)
    again = measure_importance(course_bert, TEXT, "tea")
    assert torch.allclose(again.scores()["ablation"], found.scores()["ablation"], atol=1e-10)


@pytest.mark.parametrize("code", ["en", "zh"])
def test_what_cannot_be_explained_is_one_sentence(course_bert, minilm, found, code):
    for act, key in ((lambda: measure_importance(course_bert, "I drink tea."), "no_mask"),
                     (lambda: measure_importance(course_bert, TEXT, mask=1), "no_mask"),
                     (lambda: measure_importance(course_bert, "[MASK]"), "nothing_beside"),
                     (lambda: measure_importance(course_bert, TEXT, "green tea"), "no_token"),
                     (lambda: measure_importance(minilm, "I see you."), "no_prediction"),
                     (lambda: found.scores(4), "no_layer"), (lambda: found.scores(True), "no_layer"),
                     (lambda: found.scores(0, 6), "no_head"), (lambda: found.scores(0, "all"), "no_head"),
                     (lambda: spearman([1], [2]), "lengths"), (lambda: kendall([1, 2], [1, 2, 3]), "lengths"),
                     (lambda: median_interval([]), "no_numbers"),
                     (lambda: median_interval([1.0], times=1), "no_numbers")):
        assert refusal(act, code).key == f"importance.{key}"


# orders

def test_ranks_and_correlations_by_hand():
    assert ranks([3.0, 1.0, 3.0, 2.0, 3.0]).tolist() == [4, 1, 4, 2, 4]
    assert spearman([1, 2, 3, 4, 5], [5, 6, 7, 8, 7]) == pytest.approx(0.8207826817)      # ties: 8/√(10·9.5)
    assert kendall([1, 2, 3, 4, 5], [5, 6, 7, 8, 7]) == pytest.approx(7 / math.sqrt(10 * 9))
    assert spearman([1, 2, 3], [30, 20, 10]) == kendall([1, 2, 3], [30, 20, 10]) == -1
    assert math.isnan(spearman([1, 1, 1], [1, 2, 3])) and math.isnan(kendall([1, 2, 3], [0, 0, 0]))


def test_correlations_are_those_of_the_definitions():
    """Without ties: 1 - 6 Σd² / n(n² - 1), and pairs in order minus pairs out of order."""
    luck = np.random.default_rng(0)
    for n in (2, 5, 9):
        one, other = luck.permutation(n), luck.permutation(n)
        assert spearman(one, other) == pytest.approx(1 - 6 * ((one - other) ** 2).sum() / (n * (n * n - 1)))
        signs = [np.sign((one[i] - one[j]) * (other[i] - other[j])) for i, j in itertools.combinations(range(n), 2)]
        assert kendall(one, other) == pytest.approx(np.mean(signs))
    tied = luck.integers(0, 4, (2, 40))
    by_numpy = [np.array([np.mean([place + 1 for place, value in enumerate(sorted(side)) if value == one])
                          for one in side]) for side in tied]
    assert spearman(*tied) == pytest.approx(np.corrcoef(*by_numpy)[0, 1])


def test_a_median_and_its_interval():
    luck = np.random.default_rng(1)
    numbers = luck.normal(0.3, 1, 200)
    median, low, high = median_interval(numbers, seed=3)
    assert median == pytest.approx(np.median(numbers)) and low < median < high
    expected = 1.96 * math.sqrt(math.pi / 2) / math.sqrt(200)                             # of a normal sample's median
    assert (high - low) / 2 == pytest.approx(expected, rel=0.35)
    assert median_interval(numbers, seed=3) == (median, low, high) != median_interval(numbers, seed=4)
    assert median_interval([0.5, math.nan]) == (0.5, 0.5, 0.5)


# the pairs

def test_each_pair_says_its_word_once_and_each_model_reads_it_as_one_token(course_bert):
    pairs = load_pairs()
    assert len(pairs) == len({pair.en for pair in pairs}) == len({pair.zh for pair in pairs}) == 25
    for pair in pairs:
        assert course_bert.encode(pair.en).tokens.count(pair.word) == 1
        assert course_bert.encode(pair.zh).tokens.count(pair.character) == 1
        for side, word in (("en", pair.word), ("zh", pair.character)):
            text, answer = pair.cloze(side)
            assert answer == word and course_bert.encode(text).tokens.count("[MASK]") == 1
            assert text.replace("[MASK]", word) == getattr(pair, side)


@pytest.mark.parametrize("code", ["en", "zh"])
def test_a_pair_has_two_sides(code):
    assert refusal(lambda: load_pairs()[0].cloze("fr"), code).key == "tuning.no_side"

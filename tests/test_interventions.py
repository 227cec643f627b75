"""Interventions change what they name and nothing else, as the model itself would; afterwards it is as before."""

import copy
import dataclasses
import math
import string
from collections.abc import Iterator

import numpy as np
import pytest
import torch
from conftest import refusal, save_tiny_bert
from torch import Tensor

from helpers.interventions import Comparison, Intervention, compare
from helpers.models import Bert, BertRecord, load_bert
from helpers.text import CourseError, language
from helpers.text.interventions import STRINGS

PAIR = ("你要开心, i love you.", "好不好? the dog ran!")
MASKED = ("i [MASK] you", "今天[MASK]气")


@pytest.fixture(autouse=True)
def _one_thread() -> Iterator[None]:
    """Float32 sums differ in the seventh digit with the number of threads; a run of ours uses one."""
    before = torch.get_num_threads()
    torch.set_num_threads(1)
    yield
    torch.set_num_threads(before)


def tensors(record: BertRecord) -> dict[str, Tensor]:
    return {name: value for name, value in vars(record).items() if isinstance(value, Tensor)}


def tolerance(bert: Bert) -> float:
    return 1e-12 if bert.model.dtype == torch.float64 else 1e-5


def assert_same_run(bert: Bert, one: BertRecord, other: BertRecord) -> None:
    """In float32 bit for bit, in float64 to 1e-12."""
    for name, tensor in tensors(one).items():
        if bert.model.dtype == torch.float32:
            assert tensor.equal(getattr(other, name)), name
        else:
            torch.testing.assert_close(tensor, getattr(other, name), rtol=0, atol=1e-12, msg=name)


def state(bert: Bert) -> list:
    """Return all that an intervention touches: hooks, factors, and the weights themselves."""
    hooks = [(len(module._forward_hooks), len(module._forward_pre_hooks)) for module in bert.model.modules()]
    factors = [layer.attention.self.scaling for layer in bert.encoder.encoder.layer]
    return [hooks, factors, [parameter.sum().item() for parameter in bert.model.parameters()]]


def hidden_states_of(bert: Bert, model: torch.nn.Module, **inputs: Tensor) -> Tensor:
    """Run a model as transformers' own documentation does, without our code."""
    encoded = bert.tokenizer(*PAIR, return_tensors="pt") | inputs
    with torch.no_grad():
        return torch.cat(model.base_model(**encoded, output_hidden_states=True).hidden_states)


def own_rows(record: BertRecord) -> dict:
    """Return each row that the model itself gave, to be put in its own place."""
    places = np.ndindex(*record.weights.shape[:3])
    return {place: record.weights[place] for place in places}


# nothing changed

NOTHING = {
    "no heads": lambda record: {"heads_off": ()},
    "temperature 1": lambda record: {"temperature": 1.0},
    "own positions": lambda record: {"positions": list(range(record.n_tokens))},
    "own rows": lambda record: {"weights_edited": own_rows(record)},
    "all at once": lambda record: {
        "heads_off": set(), "weights_edited": own_rows(record), "hidden_tokens": [], "seed": 3, "scale": None,
        "positions": range(record.n_tokens), "temperature": 1},
}


@pytest.mark.parametrize("name", NOTHING)
def test_an_unmodified_run_through_the_same_path_is_the_plain_run(bert: Bert, name: str) -> None:
    plain = bert.run(*PAIR)
    again = bert.run(*PAIR, **NOTHING[name](plain))
    assert_same_run(bert, plain, again)
    assert again.tokens == plain.tokens


@pytest.mark.parametrize("name", NOTHING)
def test_unmodified_guesses_are_the_plain_guesses(tiny_bert: Bert, name: str) -> None:
    changes = NOTHING[name](tiny_bert.run(*MASKED))
    assert tiny_bert.fill_mask(*MASKED, **changes) == tiny_bert.fill_mask(*MASKED)


def test_the_models_own_factor_given_as_scale_changes_nothing_beyond_rounding(bert: Bert) -> None:
    plain = bert.run(*PAIR)
    again = bert.run(*PAIR, scale=plain.d_head ** -0.5)
    torch.testing.assert_close(again.hidden_states, plain.hidden_states, rtol=0, atol=10 * tolerance(bert))


# heads off

def test_a_head_that_is_off_has_no_context_and_its_weights_stay(bert: Bert) -> None:
    plain, off = bert.run(*PAIR), bert.run(*PAIR, heads_off={(1, 2)})
    assert not off.context[1, 2].any() and plain.context[1, 2].any()
    others = [head for head in range(bert.n_heads) if head != 2]
    assert off.context[1, others].equal(plain.context[1, others]) and off.context[0].equal(plain.context[0])
    assert off.weights[:2].equal(plain.weights[:2]) and off.hidden_states[:2].equal(plain.hidden_states[:2])
    assert not off.hidden_states[2].allclose(plain.hidden_states[2])


def test_a_head_off_is_a_head_whose_part_of_w_output_is_zero(bert: Bert) -> None:
    pruned = copy.deepcopy(bert.model)
    d_head = bert.d_model // bert.n_heads
    with torch.no_grad():
        for layer, head in ((0, 1), (0, 3), (2, 0)):
            dense = pruned.base_model.encoder.layer[layer].attention.output.dense
            dense.weight[:, head * d_head:(head + 1) * d_head] = 0
    record = bert.run(*PAIR, heads_off=[(0, 3), (0, 1), (2, 0), (2, 0)])
    torch.testing.assert_close(record.hidden_states, hidden_states_of(bert, pruned), rtol=0, atol=tolerance(bert))


def test_with_all_heads_off_tokens_no_longer_mix(tiny_bert: Bert) -> None:
    everything = {(layer, head) for layer in range(3) for head in range(4)}
    one, other = (tiny_bert.run(text, heads_off=everything) for text in ("the dog ran", "the animal ran"))
    kept = [0, 1, 3, 4]
    assert one.hidden_states[:, kept].allclose(other.hidden_states[:, kept], atol=1e-6)
    assert not one.hidden_states[:, 2].allclose(other.hidden_states[:, 2], atol=1e-2)


# rows edited

def test_an_edited_row_stands_in_the_weights_and_averages_the_values(bert: Bert) -> None:
    plain = bert.run(*PAIR)
    row = torch.zeros(plain.n_tokens).double()
    row[[0, 4]] = 0.5
    edited = bert.run(*PAIR, weights_edited={(1, 2, 3): row})
    assert edited.weights[1, 2, 3].double().equal(row)
    torch.testing.assert_close(edited.context[1, 2, 3], (plain.values[1, 2, 0] + plain.values[1, 2, 4]) / 2,
                               rtol=0, atol=tolerance(bert))
    untouched = torch.ones(plain.n_tokens, dtype=torch.bool)
    untouched[3] = False
    assert edited.weights[1, 2, untouched].equal(plain.weights[1, 2, untouched])
    assert edited.hidden_states[2, untouched].allclose(plain.hidden_states[2, untouched], atol=tolerance(bert))
    assert not edited.hidden_states[2, 3].allclose(plain.hidden_states[2, 3], atol=1e-4)
    assert edited.scores[:2].equal(plain.scores[:2]) and edited.hidden_states[:2].equal(plain.hidden_states[:2])


def test_two_rows_can_be_swapped_and_given_as_lists(tiny_bert: Bert) -> None:
    plain = tiny_bert.run(*PAIR)
    swapped = tiny_bert.run(*PAIR, weights_edited={
        (0, 1, 2): plain.weights[0, 1, 5].tolist(), (0, 1, 5): tuple(plain.weights[0, 1, 2].numpy())})
    assert swapped.weights[0, 1, [2, 5]].equal(plain.weights[0, 1, [5, 2]])
    torch.testing.assert_close(swapped.context[0, 1, [2, 5]], plain.context[0, 1, [5, 2]], rtol=0, atol=1e-6)


def test_an_edited_row_wins_over_a_hidden_token_and_off_over_an_edited_row(tiny_bert: Bert) -> None:
    row = [0.0, 1.0] + [0.0] * 3
    record = tiny_bert.run("the dog ran", weights_edited={(0, 0, 2): row}, hidden_tokens={1}, heads_off={(0, 0)})
    assert record.weights[0, 0, 2].tolist() == row and not record.weights[0, 0, 3, 1]
    assert not record.context[0, 0].any()


# tokens hidden

def test_a_hidden_token_is_one_that_the_models_own_mask_hides(bert: Bert) -> None:
    record = bert.run(*PAIR, hidden_tokens={2, 5})
    allowed = torch.ones(1, record.n_tokens, dtype=torch.long)
    allowed[0, [2, 5]] = 0
    expected = hidden_states_of(bert, bert.model, attention_mask=allowed)
    torch.testing.assert_close(record.hidden_states, expected, rtol=0, atol=tolerance(bert))
    assert not record.weights[..., [2, 5]].any()
    assert record.weights.sum(-1).allclose(torch.ones((), dtype=record.weights.dtype))
    assert record.scores.softmax(-1).allclose(record.weights, atol=1e-5) and record.scores.isfinite().all()


def test_what_is_hidden_no_longer_matters_to_the_others(tiny_bert: Bert) -> None:
    one, other = (tiny_bert.run(f"the {animal} ran", hidden_tokens=[2]) for animal in ("dog", "animal"))
    kept = [0, 1, 3, 4]
    assert one.hidden_states[:, kept].allclose(other.hidden_states[:, kept], atol=1e-6)


@pytest.mark.parametrize("hidden, places", [
    ({"[SEP]"}, [10, 19]), ({"[CLS]", "[SEP]"}, [0, 10, 19]), ("[CLS]", [0]), (3, [3]),
    ([3, "the", np.int64(5)], [3, 5, 15]), ((torch.tensor(4),), [4]), (["好"], [11, 13])])
def test_tokens_are_named_by_place_or_by_string(tiny_bert: Bert, hidden: object, places: list[int]) -> None:
    record = tiny_bert.run(*PAIR, hidden_tokens=hidden)
    assert [place for place in range(record.n_tokens) if not record.weights[..., place].any()] == places


def test_the_mask_of_a_decoder_still_holds(tmp_path) -> None:
    decoder = load_bert(save_tiny_bert(tmp_path, is_decoder=True))
    record = decoder.run("the dog ran", hidden_tokens={1})
    assert not record.weights.triu(1).any() and not record.weights[..., 1].any()
    before = state(decoder)
    for code in ("en", "zh"):
        error = refusal(lambda: decoder.run("the dog ran", hidden_tokens={0}), code)
        assert error.key == "interventions.nothing_left" and "[CLS]" in str(error)
    assert state(decoder) == before


# positions

def test_given_positions_are_the_models_own_position_ids(bert: Bert) -> None:
    n_tokens = bert.run(*PAIR).n_tokens
    positions = [(3 * place + 7) % 40 for place in range(n_tokens)]
    record = bert.run(*PAIR, positions=positions)
    expected = hidden_states_of(bert, bert.model, position_ids=torch.tensor([positions]))
    torch.testing.assert_close(record.hidden_states, expected, rtol=0, atol=tolerance(bert))
    assert record.position_embeddings.equal(bert.encoder.embeddings.position_embeddings.weight[positions])
    for alike in (tuple(positions), np.array(positions), torch.tensor(positions)):
        assert bert.run(*PAIR, positions=alike).position_embeddings.equal(record.position_embeddings)


def test_without_positions_the_table_counts_for_nothing(bert: Bert) -> None:
    flat = copy.deepcopy(bert.model)
    with torch.no_grad():
        flat.base_model.embeddings.position_embeddings.weight.zero_()
    record = bert.run(*PAIR, positions="none")
    assert not record.position_embeddings.any()
    torch.testing.assert_close(record.hidden_states, hidden_states_of(bert, flat), rtol=0, atol=tolerance(bert))


def test_without_positions_shuffled_words_give_shuffled_states(course_bert: Bert) -> None:
    order = [0, 4, 2, 1, 3, 5]
    plain, mixed = (course_bert.run(text, positions="none") for text in ("我爱你吗", "吗爱我你"))
    assert [plain.tokens[place] for place in order] == list(mixed.tokens)
    torch.testing.assert_close(mixed.hidden_states, plain.hidden_states[:, order], rtol=0, atol=1e-12)


def test_a_shuffle_is_another_order_and_the_same_for_the_same_seed(bert: Bert) -> None:
    table = bert.encoder.embeddings.position_embeddings.weight
    records = [bert.run(*PAIR, positions="shuffled", seed=seed) for seed in (0, 0, 1)]
    orders = [[int((table == vector).all(-1).nonzero()[0]) for vector in record.position_embeddings]
              for record in records]
    assert orders[0] == orders[1] != orders[2]
    for order in orders:
        assert order != sorted(order) == list(range(records[0].n_tokens))
    assert records[0].hidden_states.equal(records[1].hidden_states)
    assert records[0].word_embeddings.equal(bert.run(*PAIR).word_embeddings)


@pytest.mark.parametrize("seed", range(12))
def test_even_a_text_of_one_token_is_shuffled(tiny_bert: Bert, seed: int) -> None:
    plain = tiny_bert.run("dog").position_embeddings
    assert not tiny_bert.run("dog", positions="shuffled", seed=seed).position_embeddings.equal(plain)


# scale and temperature

@pytest.mark.parametrize("changes, factor", [
    ({"scale": 1.0}, lambda d_head: 1), ({"temperature": 4}, lambda d_head: 1 / 4 / math.sqrt(d_head)),
    ({"scale": 0.5, "temperature": 0.25}, lambda d_head: 2), ({"scale": 0}, lambda d_head: 0)])
def test_scores_are_multiplied_as_asked(bert: Bert, changes: dict, factor) -> None:
    record = bert.run(*PAIR, **changes)
    scores = record.queries @ record.keys.transpose(-1, -2) * factor(record.d_head)
    torch.testing.assert_close(record.scores, scores, rtol=1e-5, atol=1e-4)
    torch.testing.assert_close(record.weights, scores.softmax(-1), rtol=0, atol=100 * tolerance(bert))
    torch.testing.assert_close(record.weights @ record.values, record.context, rtol=0, atol=1e-4)


def test_another_scale_is_a_model_with_larger_queries(bert: Bert) -> None:
    larger = copy.deepcopy(bert.model)
    with torch.no_grad():
        for layer in larger.base_model.encoder.layer:
            for parameter in layer.attention.self.query.parameters():
                parameter *= 2
    record = bert.run(*PAIR, temperature=0.5)
    torch.testing.assert_close(record.hidden_states, hidden_states_of(bert, larger), rtol=0, atol=tolerance(bert))


@pytest.mark.parametrize("changes", [{"scale": 0}, {"scale": 1000}, {"temperature": 0.001}, {"temperature": 1000},
                                     {"scale": 1000, "temperature": 0.001}])
def test_the_ends_of_the_ranges_run(bert: Bert, changes: dict) -> None:
    record = bert.run(*PAIR, **changes)
    assert record.weights.isfinite().all() and record.hidden_states.isfinite().all()
    assert record.weights.sum(-1).allclose(torch.ones((), dtype=record.weights.dtype))
    if changes == {"scale": 0}:
        assert record.weights.allclose(torch.tensor(1 / record.n_tokens, dtype=record.weights.dtype))


# several changes, notices

def test_changes_go_together_and_a_pair_works(bert: Bert) -> None:
    plain = bert.run(*PAIR)
    record = bert.run(*PAIR, heads_off={(0, 1)}, weights_edited={(1, 0, 4): plain.weights[0, 0, 3]},
                      hidden_tokens={"[CLS]"}, positions="none", scale=0.3, temperature=2)
    assert not record.context[0, 1].any() and not record.position_embeddings.any()
    assert record.weights[1, 0, 4].equal(plain.weights[0, 0, 3]) and not record.weights[0, ..., 0].any()


@pytest.mark.parametrize("code, notice", [
    ("en", "Changed in this run: switched off in layer 0: head 1, head 2; switched off in layer 2: head 0; "
           "rows of weights edited: 1; hidden from all: [CLS] dog; positions shuffled; q·k times 1 in place of 1/√d; "
           "temperature 0.5."),
    ("zh", "这次运行做了改动：第 0 层关掉了头 1、头 2；第 2 层关掉了头 0；改写了 1 行注意力权重；"
           "谁也看不到：[CLS] dog；位置打乱；q·k 乘以 1，不再乘以 1/√d；温度 0.5。")])
def test_a_changed_record_says_so(tiny_bert: Bert, code: str, notice: str) -> None:
    language(code)
    record = tiny_bert.run("the dog ran", heads_off={(2, 0), (0, 2), (0, 1)}, hidden_tokens={2, 0},
                           weights_edited={(0, 0, 0): [1, 0, 0, 0, 0]}, positions="shuffled", scale=1, temperature=0.5)
    assert record.notices == (notice,) == record.words().notices
    assert tiny_bert.run("the dog ran", heads_off=()).notices == ()
    assert len(tiny_bert.run("the 龘", positions=[0, 0, 0, 1]).notices) == 2


def test_the_keywords_are_those_of_the_dataclass(tiny_bert: Bert) -> None:
    asked = Intervention(heads_off={(0, 1)}, temperature=2)
    with pytest.raises(dataclasses.FrozenInstanceError):
        asked.temperature = 1
    record = tiny_bert.run("the dog", **vars(asked))
    assert record.weights.equal(tiny_bert.run("the dog", heads_off={(0, 1)}, temperature=2).weights)


# afterwards

@pytest.mark.parametrize("changes", [
    {"heads_off": {(0, 1)}}, {"weights_edited": {(0, 0, 1): [0.25] * 4}}, {"hidden_tokens": {1}}, {"positions": "none"},
    {"positions": "shuffled"}, {"scale": 1.0}, {"temperature": 3}])
def test_the_model_is_as_before_after_a_run(tiny_bert: Bert, changes: dict) -> None:
    plain = tiny_bert.run("the [MASK]")
    before = state(tiny_bert)
    tiny_bert.run("the [MASK]", **changes)
    tiny_bert.fill_mask("the [MASK]", **changes)
    assert state(tiny_bert) == before
    assert_same_run(tiny_bert, plain, tiny_bert.run("the [MASK]"))


class Stop(Exception):
    """What stands for any failure, or an interrupted kernel, inside the model."""


@pytest.mark.parametrize("where", ["run", "fill_mask"])
def test_the_model_is_as_before_after_a_failure_inside_it(tiny_bert: Bert, where: str) -> None:
    def fail(*_: object) -> None:
        raise Stop

    plain = tiny_bert.run("the [MASK]")
    before = state(tiny_bert)
    handle = tiny_bert.encoder.encoder.layer[1].attention.self.register_forward_hook(fail)
    with pytest.raises(Stop):
        getattr(tiny_bert, where)("the [MASK]", heads_off={(0, 1)}, weights_edited={(1, 1, 1): [0, 1, 0, 0]},
                                  hidden_tokens={0}, positions="shuffled", scale=1.0)
    handle.remove()
    assert state(tiny_bert) == before
    assert_same_run(tiny_bert, plain, tiny_bert.run("the [MASK]"))


def test_the_model_is_as_before_after_a_refusal(bert: Bert) -> None:
    plain = bert.run(*PAIR)
    before = state(bert)
    for code in ("en", "zh"):
        assert refusal(lambda: bert.run(*PAIR, hidden_tokens=range(plain.n_tokens)), code).key \
            == "interventions.nothing_left"
    assert state(bert) == before
    assert_same_run(bert, plain, bert.run(*PAIR))


# bad input

ROW = [0.2] * 5
BAD = [
    ({"head_off": {(0, 1)}}, "unknown"), ({"hidden": {1}}, "unknown"),
    ({"heads_off": (0, 1)}, "heads_form"), ({"heads_off": {(0, 1, 2)}}, "heads_form"), ({"heads_off": 3}, "heads_form"),
    ({"heads_off": "0.1"}, "heads_form"), ({"heads_off": None}, "heads_form"), ({"heads_off": {0: 1}}, "heads_form"),
    ({"heads_off": {(3, 0)}}, "layer"), ({"heads_off": {(-1, 0)}}, "layer"), ({"heads_off": {("0", 0)}}, "layer"),
    ({"heads_off": {(0, 4)}}, "head"), ({"heads_off": {(0, 1.0)}}, "head"), ({"heads_off": {(0, True)}}, "head"),
    ({"weights_edited": ROW}, "rows_form"), ({"weights_edited": {(0, 1): ROW}}, "rows_form"),
    ({"weights_edited": {(3, 0, 0): ROW}}, "layer"), ({"weights_edited": {(0, 4, 0): ROW}}, "head"),
    ({"weights_edited": {(0, 0, 5): ROW}}, "query"), ({"weights_edited": {(0, 0, -1): ROW}}, "query"),
    ({"weights_edited": {(0, 0, 0): ROW[1:]}}, "row_shape"), ({"weights_edited": {(0, 0, 0): [ROW]}}, "row_shape"),
    ({"weights_edited": {(0, 0, 0): 1.0}}, "row_shape"), ({"weights_edited": {(0, 0, 0): "abcde"}}, "row_numbers"),
    ({"weights_edited": {(0, 0, 0): None}}, "row_numbers"), ({"weights_edited": {(0, 0, 0): ["a"] * 5}}, "row_numbers"),
    ({"weights_edited": {(0, 0, 0): [1.2, -0.2, 0, 0, 0]}}, "row_negative"),
    ({"weights_edited": {(0, 0, 0): [math.nan, 1, 0, 0, 0]}}, "row_negative"),
    ({"weights_edited": {(0, 0, 0): [math.inf, 1, 0, 0, 0]}}, "row_negative"),
    ({"weights_edited": {(0, 0, 0): [1, 1, 0, 0, 0]}}, "row_sum"),
    ({"weights_edited": {(0, 0, 0): [0] * 5}}, "row_sum"), ({"weights_edited": {(0, 0, 0): [0.199] * 5}}, "row_sum"),
    ({"hidden_tokens": {5}}, "token"), ({"hidden_tokens": -1}, "token"), ({"hidden_tokens": [1.5]}, "token"),
    ({"hidden_tokens": "cat"}, "token_absent"), ({"hidden_tokens": {"[PAD]"}}, "token_absent"),
    ({"hidden_tokens": "{dog} <b>"}, "token_absent"), ({"hidden_tokens": 1.5}, "tokens_form"),
    ({"hidden_tokens": None}, "tokens_form"), ({"hidden_tokens": range(5)}, "nothing_left"),
    ({"positions": "Shuffled"}, "positions_word"), ({"positions": ""}, "positions_word"),
    ({"positions": [0, 1, 2]}, "positions_length"), ({"positions": []}, "positions_length"),
    ({"positions": 3}, "positions_length"), ({"positions": {0, 1, 2, 3, 4}}, "positions_length"),
    ({"positions": [0, 1, 2, 3, 64]}, "position"), ({"positions": [0, 1, 2, 3, -1]}, "position"),
    ({"positions": [0, 1, 2, 3, "4"]}, "position"), ({"positions": "shuffled", "seed": -1}, "seed"),
    ({"seed": "0"}, "seed"), ({"seed": None}, "seed"), ({"seed": 1.0}, "seed"),
    ({"scale": -1}, "scale"), ({"scale": 1001}, "scale"), ({"scale": "1"}, "scale"), ({"scale": math.nan}, "scale"),
    ({"scale": True}, "scale"), ({"temperature": 0}, "temperature"), ({"temperature": -1}, "temperature"),
    ({"temperature": math.inf}, "temperature"), ({"temperature": None}, "temperature"),
    ({"temperature": math.nan}, "temperature"), ({"temperature": "hot"}, "temperature"),
]


@pytest.mark.parametrize("code", ["en", "zh"])
@pytest.mark.parametrize("changes, key", BAD, ids=[f"{key}-{index}" for index, (_, key) in enumerate(BAD)])
def test_what_cannot_be_changed_is_refused(tiny_bert: Bert, changes: dict, key: str, code: str) -> None:
    language(code)
    for action in (tiny_bert.run, tiny_bert.fill_mask):
        with pytest.raises(CourseError) as caught:
            action("the [MASK] ran", **changes)
        error = str(caught.value)
        assert caught.value.key == f"interventions.{key}" and caught.value._render_traceback_() == [error]
        assert "\n" not in error and len(error) < 420
        assert any("一" <= character <= "鿿" for character in error) == (code == "zh")


def test_refusals_say_what_came(tiny_bert: Bert) -> None:
    def sentence(**changes: object) -> str:
        return str(refusal(lambda: tiny_bert.run("the dog ran", **changes)))

    assert sentence(heads_off={(7, 0)}).startswith("There is no layer 7:") and "2" in sentence(heads_off={(7, 0)})
    assert "(3,)" in sentence(weights_edited={(0, 0, 0): [1, 0, 0]})
    assert "sums to 1.5" in sentence(weights_edited={(0, 0, 0): [0.5, 0.5, 0.5, 0, 0]})
    assert "-0.25" in sentence(weights_edited={(0, 0, 0): [1.25, -0.25, 0, 0, 0]})
    assert "“[CLS] the dog ran [SEP]”" in sentence(hidden_tokens="tea")
    assert "got 3" in sentence(positions=[0, 1, 2]) and "heads_off, weights_edited" in sentence(off=1)


# what becomes of the prediction

def test_a_comparison_holds_the_guesses_of_both_runs_and_the_bits(tiny_bert: Bert) -> None:
    changes = {"heads_off": {(0, 1), (2, 3)}, "hidden_tokens": {1}}
    compared = compare(tiny_bert, *MASKED, top=3, **changes)
    before, after = tiny_bert.fill_mask(*MASKED, top=3), tiny_bert.fill_mask(*MASKED, top=3, **changes)
    everything = tiny_bert.fill_mask(*MASKED, top=len(tiny_bert.tokenizer), **changes)
    assert [mask.position for mask in compared.masks] == [2, 7]
    for mask, old, new, every in zip(compared.masks, before, after, everything, strict=True):
        assert (list(mask.before), list(mask.after)) == (old, new)
        assert mask.bits == pytest.approx(math.log2(dict(every)[old[0][0]] / old[0][1]))
    assert compared.before.notices == () and compared.after.notices


def test_nothing_changed_is_nothing_moved(bert: Bert) -> None:
    compared = compare(bert, *PAIR, heads_off=())
    assert compared.masks == () and compared.moved.abs().max() < 1e-6
    assert compared.text.startswith("Changed: nothing. ")
    assert compare(bert, *PAIR).text.startswith("Changed: nothing. ")


def test_the_change_of_hidden_states_is_shown_where_no_head_was_trained(minilm: Bert) -> None:
    compared = compare(minilm, "I [MASK] you.", hidden_tokens={2})
    assert compared.masks == ()
    before, after = compared.before.hidden_states, compared.after.hidden_states
    expected = 1 - (before * after).sum(-1) / before.norm(dim=-1) / after.norm(dim=-1)
    assert compared.moved.shape == (7, compared.before.n_tokens)
    torch.testing.assert_close(compared.moved, expected, rtol=0, atol=1e-5)
    assert not compared.moved[0].gt(1e-6).any() and compared.moved[1:].max() > 1e-3
    place, distance = compared.most_moved[0]
    assert distance == compared.moved[-1].max().item() and len(compared.most_moved) == 5
    assert f"(position {place}) turned most: cosine distance {distance:.3f}" in compared.text
    assert compared._repr_html_().count("<tr>") == 6


@pytest.mark.parametrize("code, words", [("en", ("Changed: temperature 3. [MASK] at position 2:", "bits", "before")),
                                         ("zh", ("改动：温度 3。位置 2 的 [MASK]：", "比特", "改动前"))])
def test_a_comparison_shows_itself_in_both_languages(tiny_bert: Bert, code: str, words: tuple) -> None:
    language(code)
    compared = compare(tiny_bert, "i [MASK] you", temperature=3)
    page = compared._repr_html_()
    assert compared.text.startswith(words[0]) and words[1] in compared.text and repr(compared) == compared.text
    assert words[2] in page and page.count("<tr>") == 6
    assert page == compare(tiny_bert, "i [MASK] you", temperature=3)._repr_html_()


def test_a_probability_stands_beside_its_bar(course_bert: Bert) -> None:
    compared = compare(course_bert, "I drink a cup of [MASK].", "我喝一杯茶。", heads_off=[(1, 3)])
    page, shares = compared._repr_html_(), [p for _, p in (*compared.masks[0].before, *compared.masks[0].after)]
    assert max(shares) > 0.3 and all(f"<td>{p:.3f} {'━' * round(12 * p):─<12}</td>" in page for p in shares)


def test_markup_in_tokens_stays_text(tiny_bert: Bert) -> None:
    compared = compare(tiny_bert, "< [MASK] >", hidden_tokens="<")
    assert "<p>Changed: hidden from all: &lt;." in compared._repr_html_()
    assert "&lt;" in compare(tiny_bert, "< < < <", temperature=9)._repr_html_()


def test_a_comparison_is_frozen_and_refuses_what_a_run_refuses(tiny_bert: Bert) -> None:
    compared = compare(tiny_bert, "the dog", scale=1)
    assert isinstance(compared, Comparison)
    with pytest.raises(dataclasses.FrozenInstanceError):
        compared.masks = ()
    for code in ("en", "zh"):
        assert refusal(lambda: compare(tiny_bert, "", scale=1), code).key == "models.blank"
        assert refusal(lambda: compare(tiny_bert, "[MASK]", top=0), code).key == "models.bad_top"
        assert refusal(lambda: compare(tiny_bert, "[MASK]", scale=-1), code).key == "interventions.scale"


def test_both_languages_have_the_same_gaps() -> None:
    for key, (english, chinese) in ((key, said.values()) for key, said in STRINGS.items()):
        gaps = [{gap for _, gap, _, _ in string.Formatter().parse(text) if gap} for text in (english, chinese)]
        assert gaps[0] == gaps[1], key

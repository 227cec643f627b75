"""What each head does: constructed heads with known answers, invariants on real models, names, table, bad input."""

import dataclasses
import math
import string

import pytest
import torch
from conftest import refusal
from torch import Tensor

from helpers.heads import KINDS, HeadSummary, describe_heads
from helpers.models import AttentionRecord, Bert
from helpers.text import language
from helpers.text.heads import STRINGS

TOKENS = ("[CLS]", "a", ",", "a", "[SEP]", "b", "##b", "。", "[SEP]")
SEGMENTS = (0, 0, 0, 0, 0, 1, 1, 1, 1)
N = len(TOKENS)
WORDS = [1, 2, 3, 5, 6, 7]
PAIRS = [("I love you.", "我爱你。"), ("今天天气很好,很好!", "the dog ran."), ("the dog", None)]


def pointing_at(*keys_of_query: list[int]) -> Tensor:
    """Return weights (query, key): each query gives the same weight to the keys listed for it."""
    weights = torch.zeros(N, N, dtype=torch.float64)
    for query, keys in enumerate(keys_of_query):
        weights[query, keys] = 1 / len(keys)
    return weights


def record_of(*heads: Tensor, tokens: tuple = TOKENS, segments: tuple = SEGMENTS) -> AttentionRecord:
    """Return a record with one layer of these heads."""
    return AttentionRecord(tokens, segments, segments.index(1) if 1 in segments else None, torch.stack(heads)[None])


HEADS = {
    "previous": pointing_at(*[[max(query - 1, 0)] for query in range(N)]),
    "next": pointing_at(*[[min(query + 1, N - 1)] for query in range(N)]),
    "same": pointing_at(*[[query] for query in range(N)]),
    "repeat": pointing_at([0], [3], [0], [1], [0], [0], [0], [0], [0]),
    "special": pointing_at(*[[0, 4]] * N),
    "punctuation": pointing_at(*[[2, 7]] * N),
    "other": pointing_at(*[[5, 6, 7]] * 5, *[[1, 2, 3]] * 4),
    "broad": pointing_at(*[list(range(N))] * N),
}
CHANCE = {"previous": 1 / N, "next": 1 / N, "same": 1 / N, "repeat": 1 / N, "special": 3 / N, "punctuation": 2 / N,
          "other": 3 / N, "broad": 1}


@pytest.fixture(scope="module")
def constructed() -> HeadSummary:
    return describe_heads(record_of(*HEADS.values()))


# constructed heads

@pytest.mark.parametrize("kind", KINDS)
def test_a_head_made_for_a_kind_has_all_its_attention_there(constructed: HeadSummary, kind: str) -> None:
    place = list(HEADS).index(kind)
    assert constructed.shares[kind][0, place].item() == pytest.approx(1, abs=1e-12)
    assert constructed.kind(0, place) == kind
    assert constructed.rank(kind)[0] == (0, place)


def test_equal_weights_give_what_chance_gives(constructed: HeadSummary) -> None:
    uniform = list(HEADS).index("broad")
    assert constructed.chance == pytest.approx(CHANCE)
    assert {kind: constructed.shares[kind][0, uniform].item() for kind in KINDS} == pytest.approx(CHANCE)
    assert constructed.asked == dict.fromkeys(KINDS, 6) | {"repeat": 2}


def test_shares_of_one_kind_in_the_heads_of_another(constructed: HeadSummary) -> None:
    shares = {kind: constructed.shares[kind][0].tolist() for kind in KINDS}
    at = {kind: place for place, kind in enumerate(HEADS)}
    assert shares["special"][at["previous"]] == pytest.approx(2 / 6)        # before the first a, and before b
    assert shares["special"][at["next"]] == pytest.approx(2 / 6)            # after the second a, and after 。
    assert shares["punctuation"][at["same"]] == pytest.approx(2 / 6)        # the marks themselves
    assert shares["punctuation"][at["other"]] == pytest.approx(1 / 3)
    assert shares["other"][at["punctuation"]] == pytest.approx(1 / 2)
    assert shares["broad"][at["special"]] == pytest.approx(1 / math.log2(N))
    assert shares["same"][at["previous"]] == shares["repeat"][at["same"]] == 0


def test_entropy_in_bits_and_distance_in_tokens(constructed: HeadSummary) -> None:
    entropy, distance = (dict(zip(HEADS, part[0].tolist(), strict=True))
                         for part in (constructed.entropy, constructed.distance))
    assert [entropy[kind] for kind in ("previous", "next", "same", "repeat")] == [0, 0, 0, 0]
    assert (entropy["special"], entropy["punctuation"]) == (1, 1)
    assert entropy["other"] == pytest.approx(math.log2(3)) and entropy["broad"] == pytest.approx(math.log2(N))
    assert (distance["previous"], distance["next"], distance["same"]) == (1, 1, 0)
    assert distance["special"] == pytest.approx(sum((abs(i - 0) + abs(i - 4)) / 2 for i in WORDS) / 6)
    assert distance["broad"] == pytest.approx(sum(abs(i - j) for i in WORDS for j in range(N)) / N / 6)


def test_cls_and_sep_do_not_ask() -> None:
    head = HEADS["previous"].clone()
    head[[0, 4, 8]] = 1 / N
    assert describe_heads(record_of(head)).shares["previous"].item() == 1


def test_any_head_is_measured_as_a_plain_loop_measures_it() -> None:
    torch.manual_seed(0)
    weights = torch.randn(2, 3, N, N, dtype=torch.float64).softmax(-1)
    summary = describe_heads(AttentionRecord(TOKENS, SEGMENTS, 5, weights))

    def counts(kind: str, query: int, key: int) -> bool:
        return {"previous": key == query - 1, "next": key == query + 1, "same": key == query,
                "repeat": key != query and TOKENS[key] == TOKENS[query], "special": key in (0, 4, 8),
                "punctuation": key in (2, 7),
                "other": key not in (0, 4, 8) and SEGMENTS[key] != SEGMENTS[query]}[kind]

    for kind in KINDS[:-1]:
        asking = [query for query in WORDS if any(counts(kind, query, key) for key in range(N))]
        for layer in range(2):
            for head in range(3):
                given = [sum(weights[layer, head, query, key].item() for key in range(N) if counts(kind, query, key))
                         for query in asking]
                assert summary.shares[kind][layer, head].item() == pytest.approx(sum(given) / len(asking), abs=1e-12)


def test_which_tokens_are_punctuation() -> None:
    tokens = ("[CLS]", ".", "##!", "，", "“", "$", "……", "a.b", "好", "👍", "[MASK]", "[UNK]", "[SEP]")
    weights = torch.eye(len(tokens), dtype=torch.float64)
    summary = describe_heads(record_of(weights, tokens=tokens, segments=(0,) * len(tokens)))
    assert summary.shares["punctuation"].item() == pytest.approx(6 / 11)
    assert summary.chance["punctuation"] == pytest.approx(6 / 13)


def test_what_no_token_can_do_is_zero_and_said_so() -> None:
    alone = describe_heads(record_of(torch.eye(4).double(), tokens=("[CLS]", "a", "b", "[SEP]"), segments=(0,) * 4))
    for kind in ("repeat", "punctuation", "other"):
        assert alone.asked[kind] == 0 and alone.shares[kind].item() == 0 and alone.chance[kind] == 0
    assert [row[0] for row in alone.table()[1:]] == ["previous token", "next token", "itself", "[CLS] and [SEP]",
                                                     "broad"]
    nobody = describe_heads(record_of(torch.eye(2).double(), tokens=("[CLS]", "[SEP]"), segments=(0, 0)))
    assert set(nobody.asked.values()) == {0} and nobody.kind(0, 0) == "mixed"


# several texts

def test_all_queries_of_several_texts_count_alike(tiny_bert: Bert) -> None:
    records = [tiny_bert.run(*pair) for pair in PAIRS]
    together, alone = describe_heads(records), [describe_heads(record) for record in records]
    assert together.n_texts == 3 and together.model_name == "tiny-bert"
    for kind in KINDS:
        asked = [one.asked[kind] for one in alone]
        assert together.asked[kind] == sum(asked)
        expected = sum(one.shares[kind] * n for one, n in zip(alone, asked, strict=True)) / max(sum(asked), 1)
        torch.testing.assert_close(together.shares[kind], expected, rtol=0, atol=1e-12)
    assert describe_heads(iter(records)).entropy.equal(together.entropy)
    assert describe_heads(records[0]).n_texts == 1


# models

def test_what_the_sums_must_be(bert: Bert) -> None:
    record = bert.run(*PAIRS[0])
    summary = describe_heads(record)
    for part in (*summary.shares.values(), summary.entropy, summary.distance):
        assert part.shape == (bert.n_layers, bert.n_heads) and part.dtype == torch.float64
    for share in summary.shares.values():
        assert 0 <= share.min() and share.max() <= 1 + 1e-6
    own = ["previous", "next", "same"]
    assert sum(summary.shares[kind] for kind in own).max() <= 1 + 1e-6
    assert sum(summary.shares[kind] for kind in ("same", "special", "other")).max() <= 1 + 1e-6
    longest = math.log2(record.n_tokens)
    torch.testing.assert_close(summary.shares["broad"] * longest, summary.entropy, rtol=0, atol=1e-12)
    assert 0 <= summary.entropy.min() and summary.entropy.max() <= longest + 1e-6
    assert 0 <= summary.distance.min() and summary.distance.max() <= record.n_tokens - 1


def test_within_across_and_special_make_up_all_attention(bert: Bert) -> None:
    record = bert.run(*PAIRS[0])
    words = torch.tensor([token not in ("[CLS]", "[SEP]") for token in record.tokens])
    segments = torch.tensor(record.segment_ids)
    within = (segments == segments[:, None]) & words
    inside = (record.weights.double() * within).sum(-1)[..., words].mean(-1)
    summary = describe_heads(record)
    total = inside + summary.shares["special"] + summary.shares["other"]
    torch.testing.assert_close(total, torch.ones_like(total), rtol=0, atol=1e-6)


def test_every_head_has_a_kind_a_caption_and_a_rank(bert: Bert) -> None:
    summary = describe_heads([bert.run(*pair) for pair in PAIRS])
    places = [(layer, head) for layer in range(bert.n_layers) for head in range(bert.n_heads)]
    for code in ("en", "zh"):
        language(code)
        for place in places:
            assert summary.kind(*place) in (*KINDS, "mixed")
            assert 0 < len(summary.caption(*place)) <= 40
    for kind in KINDS:
        order = summary.rank(kind)
        assert sorted(order) == places
        shares = [summary.shares[kind][place].item() for place in order]
        assert shares == sorted(shares, reverse=True)


def test_words_are_measured_as_tokens_are(tiny_bert: Bert) -> None:
    summary = describe_heads(tiny_bert.run("the umbrellas ran", "好不好?").words())
    assert summary.asked["previous"] == summary.asked["special"] == 5  # the umbrellas ran 好不好 ?


# how it shows itself

def test_names_and_captions(constructed: HeadSummary) -> None:
    assert [constructed.caption(0, head) for head in range(8)] == [
        "previous token 100%", "next token 100%", "itself 100%", "same token elsewhere 100%", "[CLS] and [SEP] 100%",
        "punctuation 100%", "other sentence 100%", "broad, 3.2 bits"]
    language("zh")
    assert constructed.caption(0, 0) == "前一个词元 100%" and constructed.caption(0, 7) == "分散，3.2 比特"


def test_a_head_that_does_two_things_is_mixed() -> None:
    both = describe_heads(record_of((HEADS["previous"] + HEADS["next"] + HEADS["same"]) / 3))
    assert both.kind(0, 0) == "mixed" and both.caption(0, 0) == "mixed, previous token 33%"
    mostly = describe_heads(record_of(0.5 * HEADS["previous"] + 0.5 * HEADS["broad"]))
    assert mostly.kind(0, 0) == "previous"


def test_equals_are_ranked_by_layer_and_head() -> None:
    weights = HEADS["previous"].expand(2, 2, N, N)
    summary = describe_heads(AttentionRecord(TOKENS, SEGMENTS, 5, weights))
    assert summary.rank("previous") == [(0, 0), (0, 1), (1, 0), (1, 1)]


@pytest.mark.parametrize("code, first, text", [
    ("en", ("attention goes to", "by chance", "best head", "share", "then"),
     "Where the 8 heads of this model put their attention (texts measured: 1): previous token 1, next token 1,"),
    ("zh", ("注意力给了", "随机水平", "最突出的头", "占比", "其次"),
     "8 个头主要看哪里（这个模型，共 1 段文字）：前一个词元 1 个，")])
def test_the_table_and_the_sentence(constructed: HeadSummary, code: str, first: tuple, text: str) -> None:
    language(code)
    table = constructed.table()
    assert table[0] == first and len(table) == 9
    assert table[1][1:4] == ("11%", "0.0", "100%")
    assert constructed.text.startswith(text) and repr(constructed) == constructed.text
    page = constructed._repr_html_()
    assert page.count("<tr>") == 9 and all(cell in page for row in table for cell in row if cell)
    assert page == describe_heads(record_of(*HEADS.values()))._repr_html_()


def test_markup_in_a_models_name_stays_text() -> None:
    record = dataclasses.replace(record_of(HEADS["same"]), model_name="</script><img onerror=i>")
    assert "<img" not in describe_heads(record)._repr_html_()


def test_a_summary_is_frozen(constructed: HeadSummary) -> None:
    with pytest.raises(dataclasses.FrozenInstanceError):
        constructed.n_texts = 2


# bad input

@pytest.mark.parametrize("code", ["en", "zh"])
def test_what_is_not_a_record_is_refused(tiny_bert: Bert, course_bert: Bert, code: str) -> None:
    assert refusal(lambda: describe_heads([]), code).key == "heads.no_records"
    for value in (None, 3, "the dog", torch.zeros(2), [tiny_bert.run("the dog"), "ran"]):
        assert refusal(lambda value=value: describe_heads(value), code).key == "records.not_a_record"
    error = refusal(lambda: describe_heads([tiny_bert.run("the dog"), course_bert.run("the dog")]), code)
    assert error.key == "heads.unlike" and "(3, 4)" in str(error) and "(4, 6)" in str(error)


@pytest.mark.parametrize("code", ["en", "zh"])
@pytest.mark.parametrize("place", [(1, 0), (-1, 0), (0, 8), (0, -1), (None, 0), (0, "1"), (True, 0), (0.5, 0)])
def test_a_head_that_is_not_there_is_refused(constructed: HeadSummary, place: tuple, code: str) -> None:
    for ask in (constructed.kind, constructed.caption):
        assert refusal(lambda ask=ask: ask(*place), code).key == "heads.no_head"


@pytest.mark.parametrize("code", ["en", "zh"])
def test_a_kind_that_is_none_is_refused(constructed: HeadSummary, code: str) -> None:
    for kind in ("mixed", "entropy", "", None, 3, ["same"]):
        assert refusal(lambda kind=kind: constructed.rank(kind), code).key == "heads.no_kind"
    alone = describe_heads(record_of(torch.eye(3).double(), tokens=("[CLS]", "a", "[SEP]"), segments=(0,) * 3))
    assert refusal(lambda: alone.rank("other"), code).key == "heads.no_one_asks"


def test_both_languages_have_the_same_gaps() -> None:
    for key, (english, chinese) in ((key, said.values()) for key, said in STRINGS.items()):
        gaps = [{gap for _, gap, _, _ in string.Formatter().parse(text) if gap} for text in (english, chinese)]
        assert gaps[0] == gaps[1], key
    assert set(KINDS) < set(STRINGS)

"""Words from tokens, and attention folded: sum over keys, mean over queries."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
import torch
from conftest import SEED_A, SEED_B

from helpers.models import AttentionRecord, Bert, BertRecord
from helpers.models.words import _pieces, fold_weights, is_chinese, word_groups, word_text

ROOT = Path(__file__).parents[1]


def record_of(tokens: list[str], spans: list[tuple[int, int]], *sentences: str, weights: torch.Tensor | None = None,
              b_start: int | None = None) -> BertRecord:
    """Build a record by hand; what words do not need stays empty."""
    n, empty = len(tokens), torch.zeros(0)
    segments = tuple(int(b_start is not None and i >= b_start) for i in range(n))
    return BertRecord(
        tuple(tokens), segments, b_start, torch.full((1, 1, n, n), 1 / n) if weights is None else weights, "by hand",
        ("a notice",), token_ids=(0,) * n, sentences=sentences, spans=tuple(spans), word_embeddings=empty,
        position_embeddings=empty, segment_embeddings=empty, hidden_states=empty, queries=empty, keys=empty,
        values=empty, scores=empty, context=empty, attention_outputs=empty, attended_states=empty)


def test_a_constructed_example_folds_as_by_hand() -> None:
    weights = torch.tensor([[[[0.10, 0.20, 0.30, 0.25, 0.15],
                              [0.40, 0.10, 0.10, 0.20, 0.20],
                              [0.00, 0.30, 0.50, 0.10, 0.10],
                              [0.25, 0.25, 0.00, 0.50, 0.00],
                              [0.20, 0.20, 0.20, 0.20, 0.20]]]])
    record = record_of(["[CLS]", "开", "心", "。", "[SEP]"], [(0, 0), (0, 1), (1, 2), (2, 3), (0, 0)], "开心。",
                       weights=weights)
    words = record.words()
    assert words.tokens == ("[CLS]", "开心", "。", "[SEP]")
    by_hand = torch.tensor([[0.10, 0.50, 0.25, 0.15],    # what 开心 receives: 0.20 + 0.30
                            [0.20, 0.50, 0.15, 0.15],    # what 开心 gives: the mean of its two rows
                            [0.25, 0.25, 0.50, 0.00],
                            [0.20, 0.40, 0.20, 0.20]])
    torch.testing.assert_close(words.weights, by_hand[None, None])
    assert type(words) is AttentionRecord
    assert (words.model_name, words.notices, words.sentence_b_start) == ("by hand", ("a notice",), None)


def test_the_seed_pair_in_words(tiny_bert: Bert) -> None:
    words = tiny_bert.run(SEED_A, SEED_B).words()
    assert words.tokens[:8] == ("[CLS]", "好不好", "?", "燕子", ",", "你", "要", "开心")
    assert words.tokens[words.sentence_b_start:][:4] == ("开心", "啊", ",", "幸福")
    assert words.segment_ids == tuple(int(i >= words.sentence_b_start) for i in range(words.n_tokens))
    assert "没关系" in words.tokens and words.tokens.count("幸福") == 3


def test_rows_of_words_sum_to_one(bert: Bert) -> None:
    record = bert.run("The animal didn't cross the street, 3.14 umbrellas!", "你要开心, i [MASK] you. 天气½ 👍")
    words = record.words()
    ones = torch.ones((), dtype=record.weights.dtype)
    torch.testing.assert_close(words.weights.sum(-1), ones.expand(words.weights.shape[:-1]), rtol=0, atol=1e-5)
    assert words.weights.dtype == record.weights.dtype and words.weights.shape[:2] == record.weights.shape[:2]
    assert sum(len(group) for group in word_groups(
        record.tokens, record.segment_ids, record.spans, record.sentences)) == record.n_tokens


def test_english_words_are_whole_and_marks_alone(tiny_bert: Bert) -> None:
    words = tiny_bert.run("The dog didn't cross umbrellas (3.14), red-red [MASK]!").words()
    assert words.tokens == ("[CLS]", "the", "dog", "didn't", "cross", "umbrellas", "(", "3.14", ")", ",", "red", "-",
                            "red", "[MASK]", "!", "[SEP]")


def test_special_tokens_in_the_text_stand_alone(tiny_bert: Bert) -> None:
    words = tiny_bert.run("开[MASK]心[SEP]幸福[MASK][MASK]ran").words()
    assert words.tokens == ("[CLS]", "开", "[MASK]", "心", "[SEP]", "幸福", "[MASK]", "[MASK]", "ran", "[SEP]")


def test_quotes_around_a_word_are_not_part_of_it(tiny_bert: Bert) -> None:
    assert tiny_bert.run("'dog' the dog.").words().tokens[1:-1] == ("'", "dog", "'", "the", "dog", ".")


def test_a_token_that_normalisation_lengthened_stays_one_word() -> None:
    record = record_of(["[CLS]", "1", "⁄", "2", "kg", "!", "!", "[SEP]"],
                       [(0, 0), (0, 1), (0, 1), (0, 1), (2, 3), (3, 4), (3, 4), (0, 0)], "½ ㎏‼")
    assert record.words().tokens == ("[CLS]", "1⁄2", "kg", "!!", "[SEP]")


def test_word_pieces_stay_together_where_the_text_would_part_them() -> None:
    record = record_of(["[CLS]", "25", "##℃", "[SEP]"], [(0, 0), (0, 2), (2, 3), (0, 0)], "25℃")
    assert record.words().tokens == ("[CLS]", "25℃", "[SEP]")


def test_the_same_word_number_in_both_sentences_is_two_words() -> None:
    record = record_of(["dog", "dog"], [(0, 3), (0, 3)], "dog", "dog", b_start=1)
    assert record.words().tokens == ("dog", "dog") and record.words().sentence_b_start == 1


@pytest.mark.parametrize("text", [
    "", "好不好?燕子", "〇々〻𠮷野家龘", "a'b ’c' 1,2,3. ", "हिन्दी भाषा", "日本語です",
    "👩‍👩‍👧 é\u0301", "\x00\u200b\ufeff",
    "南京市长江大桥GPT4好用吗"])
def test_pieces_joined_again_are_the_text(text: str) -> None:
    assert "".join(_pieces(text)) == text


def test_other_scripts_are_cut_at_spaces_alone() -> None:
    assert list(_pieces("हिन्दी भाषा")) == ["हिन्दी", " ", "भाषा"]
    assert list(_pieces("שלום, עולם")) == ["שלום", ",", " ", "עולם"]


def test_chinese_characters_are_told_from_others() -> None:
    assert all(map(is_chinese, "好〇々𠮷龘"))
    assert not any(map(is_chinese, "aあア한。，？ "))


def test_folding_by_single_tokens_changes_nothing() -> None:
    weights = torch.rand(2, 3, 5, 5).softmax(-1)
    torch.testing.assert_close(fold_weights(weights, [[i] for i in range(5)]), weights)


def test_joined_pieces() -> None:
    assert word_text(["un", "##bel", "##iev", "##ably"]) == "unbelievably" and word_text(["#", "#"]) == "##"


def test_jieba_is_silent_and_leaves_no_file(tmp_path: Path) -> None:
    """In a fresh interpreter with an empty temporary folder of its own."""
    code = ("import sys; from helpers.models.words import _pieces; assert 'jieba' not in sys.modules;"
            "print(ascii(list(_pieces('没关系'))))")
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, encoding="utf-8",
                          env=os.environ | {name: str(tmp_path) for name in ("TMPDIR", "TEMP", "TMP")})
    assert done.returncode == 0 and done.stderr == ""
    assert done.stdout.strip() == ascii(["没关系"])
    assert not list(tmp_path.iterdir())

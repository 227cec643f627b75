"""Records hold what the model itself computes; texts of every kind are read or refused with one sentence."""

import dataclasses
import doctest
import re
import string
import sys
import warnings
from collections.abc import Iterator
from types import SimpleNamespace

import pytest
import torch
from conftest import SEED_A, SEED_B, refusal, save_tiny_bert
from torch import Tensor, nn

import helpers.models.config
import helpers.models.loading
import helpers.models.words
from helpers.models import Bert, BertRecord, load_bert, load_model, read_as, tokens
from helpers.models.sources import COURSE_FOLDER
from helpers.text import language
from helpers.text.models import STRINGS

PAIR = ("你要开心, i love you.", "好不好? the dog ran!")


@pytest.fixture(autouse=True)
def _one_thread() -> Iterator[None]:
    """Float32 sums differ in the seventh digit with the number of threads; a run of ours uses one."""
    before = torch.get_num_threads()
    torch.set_num_threads(1)
    yield
    torch.set_num_threads(before)


def tolerance(bert: Bert) -> float:
    return 1e-10 if bert.model.dtype == torch.float64 else 1e-6


def plain_run(bert: Bert, *sentences: str):
    """Run the model as transformers' own documentation does, without our code."""
    with torch.no_grad():
        inputs = bert.tokenizer(*sentences, return_tensors="pt", truncation=False)
        return bert.model.base_model(**inputs, output_attentions=True, output_hidden_states=True)


def n_hooks(bert: Bert) -> int:
    return sum(len(module._forward_hooks) + len(module._forward_pre_hooks) for module in bert.model.modules())


def tensors(record: BertRecord) -> dict[str, Tensor]:
    return {name: value for name, value in vars(record).items() if isinstance(value, Tensor)}


# the record

def test_weights_and_hidden_states_are_those_of_a_plain_run(bert: Bert) -> None:
    record, plain = bert.run(*PAIR), plain_run(bert, *PAIR)
    torch.testing.assert_close(record.weights, torch.cat(plain.attentions), rtol=0, atol=tolerance(bert))
    torch.testing.assert_close(record.hidden_states, torch.cat(plain.hidden_states), rtol=0, atol=tolerance(bert))


def test_scores_give_the_weights_by_softmax(bert: Bert) -> None:
    record = bert.run(*PAIR)
    torch.testing.assert_close(record.scores.softmax(-1), record.weights, rtol=0, atol=tolerance(bert))
    by_hand = torch.einsum("lhqd,lhkd->lhqk", record.queries, record.keys) / record.d_head ** 0.5
    torch.testing.assert_close(record.scores, by_hand, rtol=1e-5, atol=1e-5)


def test_context_is_the_weighted_sum_of_values(bert: Bert) -> None:
    record = bert.run(*PAIR)
    torch.testing.assert_close(record.weights @ record.values, record.context, rtol=0, atol=10 * tolerance(bert))


def test_projections_are_those_of_each_layer_split_into_heads(bert: Bert) -> None:
    record = bert.run(*PAIR)
    for layer in range(bert.n_layers):
        attention = bert.encoder.encoder.layer[layer].attention.self
        for name, linear in (("queries", attention.query), ("keys", attention.key), ("values", attention.value)):
            merged = nn.functional.linear(record.hidden_states[layer], linear.weight, linear.bias)
            heads = torch.stack(merged.split(record.d_head, dim=-1))
            torch.testing.assert_close(getattr(record, name)[layer], heads, rtol=1e-5, atol=10 * tolerance(bert))


def test_attention_output_residual_and_norm_lead_to_the_next_hidden_state(bert: Bert) -> None:
    record = bert.run(*PAIR)
    for layer, module in enumerate(bert.encoder.encoder.layer):
        merged = record.context[layer].transpose(0, 1).flatten(1)
        dense = module.attention.output.dense
        output = nn.functional.linear(merged, dense.weight, dense.bias)
        torch.testing.assert_close(record.attention_output(layer), output, rtol=1e-5, atol=10 * tolerance(bert))
        normed = module.attention.output.LayerNorm(record.attention_output(layer) + record.hidden_states[layer])
        after = module.output.LayerNorm(module.output.dense(module.intermediate(normed)) + normed)
        torch.testing.assert_close(record.hidden_states[layer + 1], after, rtol=1e-4, atol=10 * tolerance(bert))


def test_embeddings_are_the_three_parts_of_the_first_hidden_state(bert: Bert) -> None:
    record, embeddings = bert.run(*PAIR), bert.encoder.embeddings
    total = record.word_embeddings + record.position_embeddings + record.segment_embeddings
    torch.testing.assert_close(embeddings.LayerNorm(total), record.hidden_states[0], rtol=0, atol=tolerance(bert))
    assert record.word_embeddings.equal(embeddings.word_embeddings.weight[list(record.token_ids)])
    assert record.position_embeddings.equal(embeddings.position_embeddings.weight[:record.n_tokens])
    assert record.segment_embeddings.equal(embeddings.token_type_embeddings.weight[list(record.segment_ids)])


def test_shapes(bert: Bert) -> None:
    record = bert.run(*PAIR)
    layers, heads, n, width = bert.n_layers, bert.n_heads, record.n_tokens, bert.d_model
    assert (record.n_layers, record.n_heads, record.d_model, record.d_head) == (layers, heads, width, width // heads)
    for part in ("weights", "scores"):
        assert getattr(record, part).shape == (layers, heads, n, n)
    for part in ("queries", "keys", "values", "context"):
        assert getattr(record, part).shape == (layers, heads, n, width // heads)
    for part in ("word_embeddings", "position_embeddings", "segment_embeddings"):
        assert getattr(record, part).shape == (n, width)
    assert record.hidden_states.shape == (layers + 1, n, width)
    assert record.attention_outputs.shape == (layers, n, width)
    assert len(record.token_ids) == len(record.segment_ids) == len(record.spans) == n


def test_a_record_is_frozen_detached_and_holds_no_more_than_it_shows(bert: Bert) -> None:
    record = bert.run(*PAIR)
    with pytest.raises(dataclasses.FrozenInstanceError):
        record.tokens = ()
    for name, tensor in tensors(record).items():
        assert not tensor.requires_grad and not tensor.is_inference(), name
        assert tensor.untyped_storage().nbytes() == tensor.numel() * tensor.element_size(), name
        assert tensor.dtype == bert.model.dtype, name


def test_a_record_introduces_itself_in_a_line_and_equals_itself_alone(tiny_bert: Bert) -> None:
    record = tiny_bert.run("the dog")
    assert repr(record) == "<BertRecord tiny-bert: 4 tokens, 3 layers x 4 heads>"
    assert repr(record.words()) == "<AttentionRecord tiny-bert: 4 tokens, 3 layers x 4 heads>"
    assert record == record and record != tiny_bert.run("the dog") and {record: 1}[record] == 1


@pytest.mark.parametrize("code", ["en", "zh"])
@pytest.mark.parametrize("layer", [3, -1, None, "1"])
def test_a_layer_that_is_not_there_is_refused(tiny_bert: Bert, layer: object, code: str) -> None:
    record = tiny_bert.run("the dog")
    assert refusal(lambda: record.attention_output(layer), code).key == "models.no_such_layer"


def test_the_same_text_gives_the_same_numbers_even_after_train_mode(bert: Bert) -> None:
    first = bert.run(*PAIR)
    bert.model.train()
    again = bert.run(*PAIR)
    assert all(tensor.equal(getattr(again, name)) for name, tensor in tensors(first).items())


def test_hooks_are_gone_after_a_run_and_after_an_interrupted_one(tiny_bert: Bert, monkeypatch) -> None:
    first, before = tiny_bert.run(*PAIR), n_hooks(tiny_bert)

    def interrupted(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch, pytest.raises(KeyboardInterrupt):
        patch.setattr(tiny_bert.encoder.encoder.layer[1].attention.output, "forward", interrupted)
        tiny_bert.run(*PAIR)
    assert n_hooks(tiny_bert) == before
    assert tiny_bert.run(*PAIR).weights.equal(first.weights)
    assert n_hooks(tiny_bert) == before


def test_a_run_leaves_the_number_of_threads_as_it_was(tiny_bert: Bert) -> None:
    torch.set_num_threads(2)
    seen = []
    handle = tiny_bert.encoder.register_forward_hook(lambda *_: seen.append(torch.get_num_threads()))
    try:
        tiny_bert.run("the dog")
        assert torch.get_num_threads() == 2 and seen == [1]
    finally:
        handle.remove()


def test_scores_are_masked_as_the_model_masks(tmp_path) -> None:
    decoder = load_bert(save_tiny_bert(tmp_path, is_decoder=True))
    record = decoder.run("the dog ran")
    assert record.weights.triu(1).abs().max() == 0
    assert (record.scores.triu(1).flatten(2).min(-1).values < -1e30).all()


def test_a_model_whose_weights_are_not_the_softmax_of_its_scores_is_found_out(tiny_bert: Bert) -> None:
    def doubled(module: nn.Module, inputs: tuple, output: Tensor) -> Tensor:
        return output.masked_fill(torch.ones_like(output, dtype=torch.bool), float("nan"))

    handle = tiny_bert.encoder.encoder.layer[2].attention.self.key.register_forward_hook(doubled)
    try:
        assert refusal(lambda: tiny_bert.run("the dog")).key == "models.scores_differ"
    finally:
        handle.remove()


def test_a_model_that_hides_its_attention_is_found_out(tiny_bert_folder) -> None:
    bert = load_bert(tiny_bert_folder)
    bert.model.set_attn_implementation("sdpa")
    for code in ("en", "zh"):
        assert refusal(lambda: bert.run("the dog"), code).key == "models.no_attentions"


# the seed pair and the course model

def test_the_seed_pair_has_53_tokens_with_sentence_b_at_23(tiny_bert: Bert, course_bert: Bert) -> None:
    for bert in (tiny_bert, course_bert):
        record = bert.run(SEED_A, SEED_B)
        assert (record.n_tokens, record.sentence_b_start) == (53, 23)
        assert record.segment_ids == (0,) * 23 + (1,) * 30
        assert record.tokens[:5] == ("[CLS]", "好", "不", "好", "?") and record.tokens[23] == "开"
        assert record.notices == () and record.sentences == (SEED_A, SEED_B)


def test_plain_transformers_reads_the_course_folder_alike(course_bert: Bert) -> None:
    from transformers import AutoTokenizer
    plain = AutoTokenizer.from_pretrained(str(COURSE_FOLDER))(SEED_A, SEED_B)
    record = course_bert.run(SEED_A, SEED_B)
    assert tuple(plain["input_ids"]) == record.token_ids
    assert tuple(plain["token_type_ids"]) == record.segment_ids


def test_the_course_model_runs_in_float64_and_guesses(course_bert: Bert) -> None:
    assert course_bert.model.dtype == torch.float64 and course_bert.name == "course"
    assert course_bert.can_fill_mask and course_bert.simplified_only
    guesses, = course_bert.fill_mask("你今天[MASK]什么?")
    assert all(token in course_bert.tokenizer.get_vocab() for token, _ in guesses)


def test_traditional_characters_are_converted_with_a_notice(course_bert: Bert) -> None:
    record = course_bert.run("今天天氣很好", "臺灣")
    assert record.sentences == ("今天天气很好", "台湾")
    assert record.notices == ("Traditional characters were converted to simplified ones, the only ones this model "
                              "knows: 氣 臺 灣",)
    language("zh")
    assert course_bert.run("今天天氣很好").notices == ("这个模型只认识简体字，已把下列繁体字转换为简体：氣",)


def test_other_models_read_traditional_characters_as_they_are(tiny_bert: Bert) -> None:
    record = tiny_bert.run("天氣")
    assert record.sentences == ("天氣",) and record.tokens == ("[CLS]", "天", "[UNK]", "[SEP]")


def test_without_opencc_the_text_stays_and_a_notice_says_why(tiny_bert_folder, monkeypatch) -> None:
    bert = load_bert(tiny_bert_folder)
    bert.simplified_only = True
    monkeypatch.setitem(sys.modules, "opencc", None)
    tokens._converter.cache_clear()
    try:
        unknown, advice = bert.run("天氣").notices
        assert "氣" in unknown and "pip install opencc" in advice
        assert bert.run("好不好").notices == ()
    finally:
        tokens._converter.cache_clear()


# texts

@pytest.mark.parametrize("text", ["", "   \n\t", "\u200b\u200d"])
@pytest.mark.parametrize("code", ["en", "zh"])
def test_blank_text_is_refused(tiny_bert: Bert, text: str, code: str) -> None:
    assert refusal(lambda: tiny_bert.run(text), code).key == "models.blank"
    assert refusal(lambda: tiny_bert.fill_mask(text), code).key == "models.blank"


@pytest.mark.parametrize("text", ["", "  "])
def test_a_blank_second_sentence_is_none(tiny_bert: Bert, text: str) -> None:
    record = tiny_bert.run("the dog", text)
    assert record.tokens == ("[CLS]", "the", "dog", "[SEP]") and record.sentence_b_start is None


@pytest.mark.parametrize("code", ["en", "zh"])
@pytest.mark.parametrize("text", ["好" * 5000, "dog " * 1250, "好不好?" * 16])
def test_a_long_text_is_refused_with_its_length(tiny_bert: Bert, text: str, code: str) -> None:
    error = refusal(lambda: tiny_bert.run(text), code)
    n_tokens = 2 + len(re.findall("[好不?]|dog", text))
    assert error.key == "models.too_long" and f" {n_tokens} " in str(error) and " 64 " in str(error)


@pytest.mark.parametrize("code", ["en", "zh"])
def test_a_book_is_refused_before_it_is_read(tiny_bert: Bert, code: str) -> None:
    error = refusal(lambda: tiny_bert.run("dog", "好" * 3_000_000), code)
    assert error.key == "models.far_too_long" and "3000003" in str(error)


def test_as_many_tokens_as_fit_are_read(tiny_bert: Bert) -> None:
    assert tiny_bert.run("好" * 62).n_tokens == tiny_bert.max_tokens == 64
    assert refusal(lambda: tiny_bert.run("好" * 63)).key == "models.too_long"


def test_nothing_is_cut_where_the_tokenizer_was_saved_to_cut(minilm: Bert) -> None:
    assert minilm.tokenizer("dog " * 300, truncation=True)["input_ids"][-1] == minilm.tokenizer.sep_token_id
    assert minilm.run("dog " * 300).n_tokens == 302


@pytest.mark.parametrize("code", ["en", "zh"])
@pytest.mark.parametrize("value", [None, 7, b"dog", ["a", "b"], ("a", "b"), float("nan")])
def test_what_is_not_a_text_is_refused(tiny_bert: Bert, value: object, code: str) -> None:
    error = refusal(lambda: tiny_bert.run(value), code)
    assert error.key == "models.not_text" and type(value).__name__ in str(error)
    if value is not None:
        assert refusal(lambda: tiny_bert.run("dog", value), code).key == "models.not_text"


def test_nothing_behind_a_nul_is_lost_where_the_converter_stops_at_one(monkeypatch):
    whole = tokens._converter()
    monkeypatch.setattr(tokens, "_converter", lambda: SimpleNamespace(
        convert=lambda text: whole.convert(text.split("\0")[0])))
    assert tokens.simplified("龍\0飛") == "龙\0飞"


@pytest.mark.parametrize("text", [
    "?!。,", "👍👍🏽", "👩‍👩‍👧", "שלום עולם", "مرحبا", "\ud800 dog", "\x00dog", "<2zh>", "½ ㎏ ﬁ İ", "a\u0301\u0302",
    "</script><img onerror=alert(1)>", "[CLS] the [SEP] dog [PAD]", "{0} %s \\n", "龘", "𠮷野家", "\ufeffdog"])
def test_any_other_text_simply_works(bert: Bert, text: str) -> None:
    record = bert.run(text, text)
    assert record.weights.sum(-1).allclose(torch.ones((), dtype=record.weights.dtype))
    named = [notice for notice in record.notices if "another form" not in notice]
    assert record.tokens.count(bert.tokenizer.unk_token) == 0 or len(named) == 1
    assert record.words().weights.shape[-1] == len(record.words().tokens)


def test_markup_passes_as_text(tiny_bert: Bert) -> None:
    text = "</script><img onerror=i>"
    record = tiny_bert.run(text)
    assert record.sentences == (text,)
    assert record.tokens[1:4] == ("<", "/", "[UNK]") and "script" in record.notices[0]


@pytest.mark.parametrize("code, words", [("en", "Not in this model's vocabulary"), ("zh", "不在这个模型的词表里")])
def test_unknown_characters_are_named(tiny_bert: Bert, code: str, words: str) -> None:
    language(code)
    notice, = tiny_bert.run("龘龘 i love 👍 [UNK]", "龘很dolphin").notices
    assert notice.startswith(words) or words in notice
    assert notice.endswith("龘 👍 dolphin")


def test_a_long_list_of_unknown_characters_is_cut_and_invisible_ones_are_spelt(tiny_bert: Bert) -> None:
    assert tiny_bert.run("龘靐齉爩鱻麤龗灪龖厵滟爨").notices[0].endswith("龖 厵 …")
    assert tokens.visible("\u200d") == "U+200D" and tokens.visible("x" * 50) == "x" * 20 + "…"


def test_special_tokens_typed_by_the_learner_are_tokens_and_move_nothing(tiny_bert: Bert) -> None:
    record = tiny_bert.run("i [MASK] you [SEP] dog", "the dog")
    assert record.tokens == ("[CLS]", "i", "[MASK]", "you", "[SEP]", "dog", "[SEP]", "the", "dog", "[SEP]")
    assert record.sentence_b_start == 7 and record.segment_ids == (0,) * 7 + (1,) * 3


def test_spans_lead_back_to_the_text(bert: Bert) -> None:
    record = bert.run("The dog ran, 好不好?", "i love you")
    for token, segment, (start, end) in zip(record.tokens, record.segment_ids, record.spans, strict=True):
        source = record.sentences[segment][start:end].lower()
        assert token in ("[CLS]", "[SEP]", "[UNK]") or source == token.lower().removeprefix("##")


def test_a_pair_is_refused_by_a_model_for_single_sentences(tmp_path) -> None:
    single = load_bert(save_tiny_bert(tmp_path, type_vocab_size=1))
    assert single.run("the dog").segment_ids == (0,) * 4
    for code in ("en", "zh"):
        assert refusal(lambda: single.run("the dog", "ran"), code).key == "models.one_sentence_only"


# hidden words

def test_fill_mask_gives_the_models_own_probabilities(tiny_bert: Bert) -> None:
    guesses = tiny_bert.fill_mask("i [MASK] you", "今天[MASK]气", top=3)
    with torch.no_grad():
        inputs = tiny_bert.tokenizer("i [MASK] you", "今天[MASK]气", return_tensors="pt")
        logits = tiny_bert.model(**inputs).prediction_logits[0]
    for guess, place in zip(guesses, (2, 7), strict=True):
        best = logits[place].softmax(-1).topk(3)
        assert [token for token, _ in guess] == tiny_bert.tokenizer.convert_ids_to_tokens(best.indices.tolist())
        assert [probability for _, probability in guess] == pytest.approx(best.values.tolist())


def test_all_candidates_together_are_certain(tiny_bert: Bert) -> None:
    guess, = tiny_bert.fill_mask("[MASK]", top=len(tiny_bert.tokenizer))
    assert sum(probability for _, probability in guess) == pytest.approx(1)
    assert len({token for token, _ in guess}) == len(tiny_bert.tokenizer)


@pytest.mark.parametrize("code", ["en", "zh"])
@pytest.mark.parametrize("text, key", [
    ("i love you", "no_mask"), ("[mask] you", "mask_misspelt"), ("今天天气很【MASK】。", "mask_misspelt"),
    ("［MASK］", "mask_misspelt"), ("<mask>", "mask_misspelt"), ("[ MASK ]", "mask_misspelt"), ("mask", "no_mask")])
def test_fill_mask_says_how_a_mask_is_written(tiny_bert: Bert, text: str, key: str, code: str) -> None:
    error = refusal(lambda: tiny_bert.fill_mask(text), code)
    assert error.key == f"models.{key}" and "[MASK]" in str(error)


@pytest.mark.parametrize("code", ["en", "zh"])
@pytest.mark.parametrize("top", [0, -1, 10_000, 2.5, "3", None, True])
def test_fill_mask_refuses_a_senseless_number_of_candidates(tiny_bert: Bert, top: object, code: str) -> None:
    assert refusal(lambda: tiny_bert.fill_mask("[MASK]", top=top), code).key == "models.bad_top"


@pytest.mark.parametrize("code", ["en", "zh"])
def test_minilm_does_not_guess_with_a_random_head(minilm: Bert, code: str) -> None:
    assert not minilm.can_fill_mask
    assert refusal(lambda: minilm.fill_mask("I [MASK] you."), code).key == "models.no_mask_head"


# the house

def test_both_languages_have_the_same_gaps() -> None:
    for key, (english, chinese) in ((key, said.values()) for key, said in STRINGS.items()):
        gaps = [{gap for _, gap, _, _ in string.Formatter().parse(text) if gap} for text in (english, chinese)]
        assert gaps[0] == gaps[1], key


@pytest.mark.parametrize("module", [helpers.models.config, helpers.models.loading, helpers.models.words, read_as])
def test_the_examples_in_the_docstrings_hold(module) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        result = doctest.testmod(module)
    assert result.attempted and not result.failed


# Notices name what is true

@pytest.mark.parametrize("text, named", [
    ("乾隆喝乾了这杯", "乾"), ("他瞭解瞭望台", "瞭"), ("徵求宮商角徵羽", "徵 宮"), ("今天天氣很好", "氣")])
def test_converted_characters_are_named_even_where_they_stay_elsewhere(course_bert, text, named):
    assert course_bert.run(text).notices[0].endswith(f": {named}")


@pytest.mark.parametrize("text, named", [("cafe\u0301", "café"), ("n\u0303", "ñ"), ("\u1100\u1161\u11a8", "각")])
def test_an_unknown_letter_keeps_its_accents(course_bert, text, named):
    assert course_bert.run(text).notices[-1].endswith(f": {named}")


@pytest.mark.parametrize("text, named", [("hello \U000fe4fa cat", "U+FE4FA"), ("the\u200bcat", "U+200B"),
                                         ("the\u00adcat", "U+00AD")])
def test_characters_that_the_tokenizer_drops_are_named(minilm, text, named):
    (notice,) = minilm.run(text).notices
    assert notice.endswith(f": {named}")


@pytest.mark.parametrize("text, named", [("the\x00cat", "U+0000"), ("the\ufffdcat", "\ufffd")])
def test_so_are_a_nul_and_the_sign_for_what_was_lost(minilm, text, named):
    (notice,) = minilm.run(text).notices
    assert "takes them out" in notice and notice.endswith(f": {named}")


def test_accents_that_a_model_does_without_need_no_notice(minilm):
    assert minilm.run("cafe\u0301").notices == ()


READ_AS = [("№ 5", "№ → No"), ("ﬁne ﬁt ﬂow", "ﬁ → fi, ﬂ → fl"), ("①②", "① → 1, ② → 2"), ("㈱ 好", "㈱ → (株)"),
           ("Ａ１", "Ａ → A, １ → 1"), ("x²", "² → 2"), ("½ cup", "½ → 1⁄2"), ("\ud800 hi", "U+D800 → ?")]


@pytest.mark.parametrize("text, pairs", READ_AS)
def test_characters_that_are_read_as_others_are_named_once(course_bert, text, pairs):
    found = [notice for notice in course_bert.run(text, text).notices if "another form" in notice]
    assert found == [f"Some characters reach the model in another form: {pairs}"]
    language("zh")
    assert f"有些字符会换成别的写法再交给模型：{pairs.replace(', ', '，')}" in course_bert.run(text).notices


def test_so_does_the_decoder_that_writes():
    assert "№ → No" in load_model("course-gpt").run("№ 5 \ud800").notices[0]


def test_a_model_that_keeps_such_characters_is_not_said_to_replace_them(minilm):
    assert not any("ﬁ" in notice for notice in minilm.run("ﬁne").notices[:-1])
    assert minilm.run("a \udfff").notices == ("Some characters reach the model in another form: U+DFFF → ?",)


def test_only_ten_of_many_are_named(course_bert):
    (notice,) = course_bert.run("①②③④⑤⑥⑦⑧⑨⒈⒉").notices
    assert notice.endswith("⑨ → 9, ⒈ → 1., …")


@pytest.mark.parametrize("text", ["The Cat sat. IBM", "“半角”，标点。也行！（好）～￥", "I don’t… \u3000 go"])
def test_what_everyone_types_needs_no_such_notice(course_bert, text):
    assert not any("another form" in notice for notice in course_bert.run(text).notices)

"""A translation holds what the model itself computes; changes do what they say; every text is translated or refused."""

import copy
import dataclasses
import doctest
import itertools
import math

import pytest
import torch
from conftest import refusal
from tiny_translators import PAIRS

import helpers.models.translation.sentences
from helpers.models import Translator, load_translator, tokens
from helpers.models.translation.sentences import sentence
from helpers.text import CourseError, language
from helpers.text.translation import STRINGS
from helpers.transformer import Vocabulary, greedy_search, length_penalty

TEXT = "The red dog loves books."
LANGUAGES = pytest.mark.parametrize("code", ["en", "zh"])


@pytest.fixture(scope="session")
def tiny(tiny_translator_folder):
    """A translator of the course's kind."""
    return load_translator(tiny_translator_folder)


@pytest.fixture(scope="session")
def marian(tiny_marian_folder):
    """A Marian model, English to Chinese."""
    return load_translator(tiny_marian_folder)


@pytest.fixture(scope="session", params=["tiny", "marian"])
def either(request):
    """Both kinds in turn."""
    return request.getfixturevalue(request.param)


@pytest.fixture(autouse=True)
def _one_thread():
    before = torch.get_num_threads()
    torch.set_num_threads(1)
    yield
    torch.set_num_threads(before)


def tolerance(translator: Translator) -> float:
    return 1e-12 if next(translator.model.parameters()).dtype == torch.float64 else 1e-5


def vocabulary(tiny, target: str) -> Vocabulary:
    return Vocabulary(tiny.start, tiny.end, tiny.pieces[target])


def plain_logits(translator: Translator, source_ids, target_ids):
    """Return the logits after each token the decoder reads, (target, vocab), by one plain run without cache."""
    source, target = torch.tensor([source_ids]), torch.tensor([[translator.start, *target_ids]])
    with torch.no_grad():
        if hasattr(translator, "pieces"):
            return translator.model(source, target)[0]
        return translator.model(input_ids=source, decoder_input_ids=target).logits[0]


def plain_ways(translator: Translator, record):
    """Return the log probabilities of the allowed tokens at each step, (target, vocab)."""
    logits = plain_logits(translator, record.source_ids, record.target_ids[:-1])
    allowed = translator.pieces[record.target] if hasattr(translator, "pieces") else \
        torch.tensor([i for i in range(logits.shape[-1]) if i not in translator.banned])
    ways = torch.full_like(logits, -math.inf)
    ways[:, allowed] = logits[:, allowed].log_softmax(-1)
    return ways


def same(one, other) -> bool:
    """Whether two records agree in everything, to the last bit."""
    pairs = [(getattr(one, field.name), getattr(other, field.name)) for field in dataclasses.fields(one)]
    return all(torch.equal(a, b) if isinstance(a, torch.Tensor) else a == b for a, b in pairs)


# what is written

@pytest.mark.parametrize(("english", "chinese"), PAIRS)
def test_both_directions_are_found_and_shown_as_one_prints_them(tiny, english, chinese):
    full_width = chinese.replace(",", "，").replace("?", "？").replace("!", "！")
    assert (tiny.translate(english).text, tiny.translate(english).target) == (full_width, "zh")
    assert (tiny.translate(chinese).text, tiny.translate(chinese).target) == (english, "en")


@pytest.mark.parametrize("text", [TEXT, "你的狗要去哪里?", *(en for en, _ in PAIRS[:2])])
def test_greedy_is_greedy_search(tiny, text):
    record = tiny.translate(text)
    found = greedy_search(tiny.model, torch.tensor([record.source_ids]), None, vocabulary(tiny, record.target), 60)
    assert list(record.target_ids) == found[0]


def test_without_the_cache_the_same_is_written(either):
    record, written = either.translate(TEXT), []
    while len(written) < len(record.target_ids):
        logits = plain_logits(either, record.source_ids, written)[-1]
        allowed = either.pieces["zh"].tolist() if hasattr(either, "pieces") else \
            [i for i in range(len(logits)) if i not in either.banned]
        written.append(max(allowed, key=lambda i, logits=logits: logits[i].item()))
    assert tuple(written) == record.target_ids


def test_steps_carry_the_probabilities_of_a_plain_run(either):
    record = either.translate(TEXT)
    ways = plain_ways(either, record)
    assert len(record.steps) == len(record.target_tokens)
    for place, step in enumerate(record.steps):
        best = ways[place].exp().sort(descending=True)
        names = either._tokens(best.indices[:10].tolist())
        assert step.token == record.target_tokens[place] == step.candidates[0][0] == names[0] and not step.forced
        assert sorted(token for token, _ in step.candidates) == sorted(names)
        found = best.values.new_tensor([probability for _, probability in step.candidates])
        torch.testing.assert_close(found, best.values[:10], atol=tolerance(either), rtol=0)
        assert step.probability == step.candidates[0][1]
    total = ways[range(len(record.target_ids)), record.target_ids].sum().item()
    assert record.log_probability == pytest.approx(total, abs=100 * tolerance(either))


def test_tokens_and_ids(tiny):
    record = tiny.translate("We love tea.")
    assert record.source_tokens == ("<2zh>", "we", "love", "tea", ".", "[SEP]")
    assert record.source_ids == tuple(tiny.tokenizer.convert_tokens_to_ids(list(record.source_tokens)))
    assert record.target_tokens == tuple(tiny.tokenizer.convert_ids_to_tokens(list(record.target_ids)))
    assert record.decoder_tokens == ("[CLS]", *record.target_tokens[:-1])
    assert record.source_text == "We love tea." and record.notices == ()
    assert (record.model_name, record.taught_head) == ("tiny-translator", (1, 0))
    assert repr(record) == f"<TranslationRecord tiny-translator: We love tea. -> {record.text}>"


def test_tokens_of_a_marian_model(marian):
    record = marian.translate("We love tea.")
    assert record.source_ids == tuple(marian.tokenizer("We love tea.").input_ids)
    assert record.source_tokens[-1] == "</s>" and "".join(record.source_tokens[:-1]) == "▁We▁love▁tea."
    assert record.decoder_tokens == ("<pad>", *record.target_tokens[:-1])
    assert record.taught_head is None and record.target == "zh"


def test_what_a_loaded_translator_tells(tiny, marian):
    assert repr(tiny) == "<CourseTranslator tiny-translator: 2 + 2 layers x 4 heads, d_model 32>"
    assert repr(marian) == "<MarianTranslator tiny-marian: 2 + 2 layers x 3 heads, d_model 24>"
    assert {parameter.dtype for parameter in tiny.model.parameters()} == {torch.float64}
    assert tiny.model.positions.dtype == torch.float64
    assert {parameter.dtype for parameter in marian.model.parameters()} == {torch.float32}


# attention

def test_weights_are_those_of_a_plain_run(tiny):
    record = tiny.translate(TEXT)
    with torch.no_grad():
        encoded = tiny.model.encode(torch.tensor([record.source_ids]))
        decoded = tiny.model.decode(torch.tensor([[tiny.start, *record.target_ids[:-1]]]), encoded.states)
    for weights, layers in ((record.encoder_weights, encoded.weights), (record.decoder_weights, decoded.weights),
                            (record.cross_weights, decoded.cross_weights)):
        torch.testing.assert_close(weights, torch.cat(layers), atol=1e-14, rtol=0)


def test_marian_weights_are_its_own(marian):
    record = marian.translate(TEXT)
    with torch.no_grad():
        plain = marian.model(
            **marian.tokenizer(TEXT, return_tensors="pt"), output_attentions=True,
            decoder_input_ids=torch.tensor([[marian.model.config.decoder_start_token_id, *record.target_ids[:-1]]]))
    torch.testing.assert_close(record.cross_weights, torch.cat(plain.cross_attentions), atol=1e-6, rtol=0)
    torch.testing.assert_close(record.encoder_weights, torch.cat(plain.encoder_attentions), atol=1e-6, rtol=0)
    torch.testing.assert_close(record.decoder_weights, torch.cat(plain.decoder_attentions), atol=1e-6, rtol=0)


@pytest.mark.parametrize("changes", [{}, {"beam": 3}, {"hidden_tokens": [1]}, {"heads_off": {(0, 1)}}])
def test_rows_sum_to_one_and_no_one_sees_what_comes_later(either, changes):
    record = either.translate(TEXT, **changes)
    n_source, n_target, sizes = len(record.source_ids), len(record.target_ids), (either.n_layers, either.n_heads)
    for weights, shape in ((record.encoder_weights, (n_source, n_source)), (record.cross_weights, (n_target, n_source)),
                           (record.decoder_weights, (n_target, n_target))):
        assert weights.shape == (*sizes, *shape)
        torch.testing.assert_close(weights.sum(-1), torch.ones(weights.shape[:-1]).to(weights), atol=1e-6, rtol=0)
    assert not record.decoder_weights.triu(1).any()


def test_the_three_attentions_are_records_of_their_own(either):
    record = either.translate(TEXT)
    assert record.encoder.tokens == record.source_tokens and record.encoder.weights is record.encoder_weights
    assert record.decoder.tokens == record.decoder_tokens and record.decoder.weights is record.decoder_weights
    assert record.cross.sides == (record.target_tokens, record.source_tokens)
    assert record.cross.weights is record.cross_weights
    assert (record.n_layers, record.n_heads) == (record.cross.n_layers, record.cross.n_heads) == (2, either.n_heads)


# beam search

@pytest.mark.parametrize("text", [TEXT, "She loves 25 dogs.", "Where is Tom?"])
@pytest.mark.parametrize("beam", [2, 4])
def test_the_tree_of_a_beam_search_is_consistent(either, text, beam):
    record = either.translate(text, beam=beam)
    assert all(path.parent is None for path in record.beams[0])
    for before, after in itertools.pairwise(record.beams):
        for path in after:
            assert before[path.parent].fate == "kept" and before[path.parent].tokens == path.tokens[:-1]
            assert before[path.parent].log_probability >= path.log_probability
    for step in record.beams:
        assert sum(path.fate == "kept" for path in step) <= beam < len(step) <= 2 * beam
        assert [path.score for path in step] == sorted((path.score for path in step), reverse=True)
        assert all((path.token_ids[-1] == either.end) == (path.fate == "finished") or path.fate == "dropped"
                   for path in step)
    finished = [path for step in record.beams for path in step if path.fate == "finished"]
    best = max(finished, key=lambda path: path.score)
    assert (best.tokens, best.token_ids) == (record.target_tokens, record.target_ids)
    assert best.log_probability == pytest.approx(record.log_probability, abs=1000 * tolerance(either))


def test_scores_are_divided_by_the_length_penalty_of_the_model(tiny, marian):
    path = tiny.translate(TEXT, beam=3).beams[2][1]
    assert path.score == pytest.approx(path.log_probability / length_penalty(3, tiny.alpha))
    path = marian.translate(TEXT, beam=3).beams[2][1]
    assert path.score == pytest.approx(path.log_probability / 3)


def test_greedy_has_no_tree(either):
    assert either.translate(TEXT).beams == () == either.translate(TEXT, beam=1).beams


@pytest.mark.parametrize("text", [TEXT, "She loves 25 dogs.", "Where is Tom?", PAIRS[3][0]])
@pytest.mark.parametrize("beam", [1, 2, 4])
def test_marian_writes_what_generate_writes(marian, text, beam):
    record = marian.translate(text, beam=beam)
    inputs = marian.tokenizer(text, return_tensors="pt")
    written = marian.model.generate(**inputs, num_beams=beam, max_new_tokens=2 * len(record.source_ids) + 10)[0]
    assert list(record.target_ids) == written[1:].tolist()
    assert record.text == marian.tokenizer.decode(written, skip_special_tokens=True)


# changes

NOTHING = {"heads_off": (), "hidden_tokens": (), "prefix": " ", "temperature": 1.0, "seed": None}


@pytest.mark.parametrize("changes", [NOTHING, *({name: value} for name, value in NOTHING.items())])
@pytest.mark.parametrize("beam", [1, 3])
def test_no_change_changes_no_bit(either, changes, beam):
    assert same(either.translate(TEXT, beam=beam, **changes), either.translate(TEXT, beam=beam))


def without_head(translator: Translator, layer: int, head: int) -> Translator:
    """Return a copy in which nothing that this head brings passes the projection that joins the heads."""
    other = copy.copy(translator)
    other.model = copy.deepcopy(translator.model)
    width = translator.d_model // translator.n_heads
    other._cross_outputs()[layer].weight.data[:, head * width:(head + 1) * width] = 0
    return other


@pytest.mark.parametrize(("layer", "head"), [(0, 0), (1, 2)])
@pytest.mark.parametrize("beam", [1, 3])
def test_a_head_that_is_off_adds_nothing(either, layer, head, beam):
    record = either.translate(TEXT, beam=beam, heads_off={(layer, head)})
    expected = without_head(either, layer, head).translate(TEXT, beam=beam)
    assert record.target_ids == expected.target_ids
    torch.testing.assert_close(record.cross_weights, expected.cross_weights, atol=tolerance(either), rtol=0)
    assert record.log_probability == pytest.approx(expected.log_probability, abs=100 * tolerance(either))
    plain = either.translate(TEXT)
    n = min(len(record.target_ids), len(plain.target_ids))
    if record.target_ids[:n] == plain.target_ids[:n]:
        torch.testing.assert_close(record.cross_weights[layer], plain.cross_weights[layer])
    assert record.steps[0].probability != plain.steps[0].probability


def test_heads_are_on_again_afterwards(either):
    before = either.translate(TEXT)
    either.translate(TEXT, heads_off=[(layer, head) for layer in range(2) for head in range(either.n_heads)])
    assert same(either.translate(TEXT), before)
    assert not any(output._forward_pre_hooks for output in either._cross_outputs())


def test_with_all_heads_off_the_source_does_not_matter(either):
    off = [(layer, head) for layer in range(either.n_layers) for head in range(either.n_heads)]
    one, other = (either.translate(text, heads_off=off) for text in ("We love tea.", "The dog ran across books!"))
    n = min(len(one.target_ids), len(other.target_ids))
    assert one.target_ids[:n] == other.target_ids[:n]


@pytest.mark.parametrize("hidden", [2, [2, 3], {0}, (1, 4)])
@pytest.mark.parametrize("beam", [1, 3])
def test_hidden_tokens_get_no_attention_at_all(either, hidden, beam):
    record = either.translate(TEXT, beam=beam, hidden_tokens=hidden)
    places = [hidden] if isinstance(hidden, int) else list(hidden)
    assert (record.encoder_weights[..., places] == 0).all() and (record.cross_weights[..., places] == 0).all()
    others = [place for place in range(len(record.source_ids)) if place not in places]
    assert (record.cross_weights[..., others] > 0).all()


def test_a_hidden_token_might_as_well_be_another(tiny):
    changed = tiny.translate("We love tea.", hidden_tokens="tea")
    assert changed.target_ids == tiny.translate("We love books.", hidden_tokens="books").target_ids
    assert changed.steps[0] == tiny.translate("We love tea.", hidden_tokens=[3]).steps[0]
    assert changed.steps[0] != tiny.translate("We love tea.").steps[0]


@pytest.mark.parametrize("beam", [1, 3])
@pytest.mark.parametrize("prefix", ["我", "她昨天", "汤姆有25只红狗!"])
def test_the_prefix_is_obeyed(either, prefix, beam):
    record = either.translate(TEXT, prefix=prefix, beam=beam)
    written = record.text.replace("！", "!").replace(" ", "")
    assert written.startswith(prefix)
    n = sum(step.forced for step in record.steps)
    assert [step.forced for step in record.steps] == [True] * n + [False] * (len(record.steps) - n) and n > 0
    ways = plain_ways(either, record).exp()
    for place, (step, token_id) in enumerate(zip(record.steps, record.target_ids, strict=True)):
        assert step.probability == pytest.approx(ways[place, token_id].item(), abs=tolerance(either))
    if beam > 1:
        assert all(path.token_ids[:n] == record.target_ids[:n] for step in record.beams for path in step)
        assert all(len(path.token_ids) == n + 1 and path.parent is None for path in record.beams[0])


def test_what_greedy_writes_as_prefix_changes_nothing_but_its_freedom(tiny):
    plain = tiny.translate("We love tea.")
    forced = tiny.translate("We love tea.", prefix=plain.text[:2])
    assert forced.target_ids == plain.target_ids and torch.equal(forced.cross_weights, plain.cross_weights)


def test_a_prefix_is_simplified_and_may_be_typed_in_full_width(tiny):
    assert tiny.translate(TEXT, prefix="我們愛喝茶，").target_tokens[:6] == ("我", "们", "爱", "喝", "茶", ",")


@pytest.mark.parametrize("temperature", [0.5, 4.0])
def test_temperature_divides_the_logits(either, temperature):
    record = either.translate(TEXT, temperature=temperature)
    assert record.target_ids == either.translate(TEXT).target_ids
    ways = (plain_ways(either, record) / temperature).log_softmax(-1).exp()
    for place, step in enumerate(record.steps):
        expected = ways[place].sort(descending=True).values[:10]
        found = expected.new_tensor([probability for _, probability in step.candidates])
        torch.testing.assert_close(found, expected, atol=tolerance(either), rtol=0)


def test_the_beams_of_a_temperature_are_those_of_its_probabilities(either):
    record = either.translate(TEXT, beam=3, temperature=3.0)
    best = next(path for step in record.beams for path in step if path.token_ids == record.target_ids)
    assert best.log_probability == pytest.approx(record.log_probability, abs=1000 * tolerance(either))


def test_a_seed_draws_by_lot_and_draws_the_same_again(either):
    draws = [either.translate(TEXT, temperature=3.0, seed=seed) for seed in (1, 1, 2, 3)]
    assert same(draws[0], draws[1]) and len({draw.target_ids for draw in draws}) > 1
    assert draws[0].log_probability < either.translate(TEXT, temperature=3.0).log_probability


def test_drawing_leaves_the_learners_own_chance_alone(either):
    torch.manual_seed(7)
    expected = torch.rand(3)
    torch.manual_seed(7)
    either.translate(TEXT, seed=1)
    assert torch.equal(torch.rand(3), expected)


@LANGUAGES
def test_what_was_changed_is_said(either, code):
    language(code)
    assert either.translate("The dog ran.").notices == ()
    changes = {"heads_off": [(0, 1), (1, 0)], "hidden_tokens": [1], "prefix": "我", "temperature": 2, "seed": 3}
    notice = either.translate(TEXT, **changes).notices[0]
    for shown in ("“我”", "2", "3", either.translate(TEXT).source_tokens[1]):
        assert shown in notice
    assert ("switched off" if code == "en" else "关掉") in notice


# texts

@pytest.mark.parametrize(("text", "target"), [
    ("Hello", "zh"), ("你好", "en"), ("I say 你好 to you", "en"), ("123", "zh"), ("?!", "zh"), ("Привет", "zh"),
    ("こんにちは", "zh"), ("日本", "en")])
def test_the_direction_is_found_from_the_script(tiny, text, target):
    assert tiny.translate(text).target == target
    assert tiny.translate(text).source_tokens[0] == f"<2{target}>"


def test_the_direction_can_be_asked_for_and_nonsense_is_named(tiny):
    assert tiny.translate("25", target="en").notices == ()
    assert "looks Chinese" in tiny.translate("狗", target="zh").notices[0]
    assert "does not look Chinese" in tiny.translate("dog", target="en").notices[0]
    assert tiny.translate("dog", target="zh").notices == ()


@pytest.mark.parametrize("text", [
    "?!.,", "…", "🙂", "👍🏽 dog", "</script><img onerror=x>", "مرحبا بالعالم", "dog\ndog\r\n\tdog", "１２３ ｄｏｇ",
    "a" * 45, "\ud83d", "dog\x00\x07", "[SEP]", "[MASK] <2en> [PAD]", "</s> <pad>", ">>fra<< dog", "e\u0301" * 5, "x"])
def test_odd_texts_simply_work(either, text):
    record = either.translate(text)
    n_source, n_target = len(record.source_ids), len(record.target_ids)
    assert record.cross_weights.shape == (either.n_layers, either.n_heads, n_target, n_source)
    assert len(record.source_tokens) == n_source and record.log_probability <= 0
    assert all(isinstance(token, str) for token in (*record.source_tokens, *record.target_tokens))
    assert record.cross_weights.isfinite().all()


def test_traditional_characters_are_converted_and_named(tiny):
    record = tiny.translate("我們愛喝茶,你們愛看書。")
    assert record.source_text == "我们爱喝茶,你们爱看书。"
    assert record.text == "We love tea, and you love books."
    assert record.notices == ("Traditional characters were converted to simplified ones, the only ones this model "
                              "knows: 們 愛 書",)


def test_without_opencc_the_notice_says_what_would_help(tiny, monkeypatch):
    monkeypatch.setattr(tokens, "_converter", lambda: None)
    assert any("pip install opencc" in notice for notice in tiny.translate("我們").notices)


@LANGUAGES
def test_unknown_characters_are_named(either, code):
    language(code)
    notices = either.translate("The dog 🙂 Ω").notices
    assert len(notices) == 1 and "🙂" in notices[0] and "Ω" in notices[0]


@LANGUAGES
def test_characters_that_are_read_as_others_are_named(either, code):
    language(code)
    (notice, *_) = either.translate("Tom has ② \udc00 dogs").notices
    assert "② → 2" in notice and "U+DC00 → ?" in notice
    assert not any("→" in said for said in either.translate("The Dog，ran!").notices)


def test_marian_says_what_it_takes_out(marian):
    assert any(notice.endswith(": U+200B") for notice in marian.translate("The\u200b dog").notices)


def test_an_invisible_character_is_named_by_its_number(tiny):
    assert "U+200B" in tiny.translate("\u200b").notices[0]


def test_a_translation_without_end_is_cut_with_a_notice(tiny, monkeypatch):
    barred = {target: ids[ids != tiny.end] for target, ids in tiny.pieces.items()}
    monkeypatch.setattr(tiny, "pieces", barred | {"zh": torch.cat([barred["zh"][:20], barred["zh"].new_tensor([0])])})
    record = tiny.translate("The dog ran.")
    assert len(record.target_ids) == 2 * len(record.source_ids) + 10
    assert record.notices == (f"The translation was cut after {len(record.target_ids)} tokens: the model had not come "
                              "to an end.",)


# refusals

@LANGUAGES
@pytest.mark.parametrize(("text", "key"), [
    (None, "translation.not_text"), (7, "translation.not_text"), (["a"], "translation.not_text"),
    (b"a", "translation.not_text"), ("", "models.blank"), (" \n\t", "models.blank"),
    ("dog " * 500, "translation.too_long"), ("狗" * 2000, "translation.too_long"),
    ("x" * 100_001, "models.far_too_long")])
def test_what_is_no_text_to_translate(tiny, text, key, code):
    error = refusal(lambda: tiny.translate(text), code)
    assert error.key == key
    assert "64" in str(error) or "long" not in key


@LANGUAGES
@pytest.mark.parametrize(("text", "key"), [
    (None, "translation.not_text"), ("", "models.blank"), ("dog " * 500, "translation.too_long")])
def test_what_is_no_text_for_a_marian_model(marian, text, key, code):
    assert refusal(lambda: marian.translate(text), code).key == key


def test_as_much_as_fits_is_translated_and_one_token_more_is_not(tiny):
    record = tiny.translate("dog " * 62)
    assert len(record.source_ids) == 64 and len(record.target_ids) <= 64
    assert "65" in str(refusal(lambda: tiny.translate("dog " * 63)))


@LANGUAGES
@pytest.mark.parametrize(("asked", "key"), [
    ({"target": "fr"}, "translation.target"), ({"target": ["zh"]}, "translation.target"),
    ({"beam": 0}, "translation.beam"), ({"beam": 17}, "translation.beam"), ({"beam": 2.0}, "translation.beam"),
    ({"beam": True}, "translation.beam"), ({"beam": None}, "translation.beam"),
    ({"beam": 2, "seed": 1}, "translation.seed_and_beam"),
    ({"seed": -1}, "translation.seed"), ({"seed": "x"}, "translation.seed"), ({"seed": True}, "translation.seed"),
    ({"temperature": 0}, "interventions.temperature"), ({"temperature": "hot"}, "interventions.temperature"),
    ({"prefix": 5}, "translation.prefix_not_text"), ({"prefix": "🙂"}, "translation.prefix_foreign"),
    ({"prefix": "我" * 64}, "translation.prefix_long"),
    ({"heads_off": [(2, 0)]}, "interventions.layer"),
    ({"heads_off": [(0, 9)]}, "interventions.head"), ({"hidden_tokens": "umbrella"}, "interventions.token_absent"),
    ({"hidden_tokens": 99}, "interventions.token"),
    ({"hidden_tokens": range(8)}, "translation.all_hidden"), ({"positions": "none"}, "translation.unknown")])
def test_what_cannot_be_done_is_refused_with_one_sentence(either, asked, key, code):
    text = "We love tea." if hasattr(either, "pieces") else TEXT
    if key == "translation.all_hidden":
        asked = {"hidden_tokens": range(len(either.translate(text).source_ids))}
    assert refusal(lambda: either.translate(text, **asked), code).key == key


@pytest.mark.parametrize(("asked", "key"), [
    ({"heads_off": 3}, "interventions.heads_form"), ({"hidden_tokens": 1.5}, "interventions.tokens_form")])
def test_what_is_no_collection_is_refused(either, asked, key):
    with pytest.raises(CourseError) as caught:
        either.translate(TEXT, **asked)
    assert caught.value.key == key


@LANGUAGES
def test_a_prefix_in_another_language_names_what_is_foreign(tiny, code):
    error = refusal(lambda: tiny.translate(TEXT, prefix="我 umbrella"), code)
    assert error.key == "translation.prefix_foreign" and "“umbrella”" in str(error)
    assert refusal(lambda: tiny.translate(TEXT, prefix="[SEP]"), code).key == "translation.prefix_foreign"


@LANGUAGES
def test_a_marian_model_knows_one_direction(marian, code):
    assert marian.translate("dog", target="zh").target == "zh"
    error = refusal(lambda: marian.translate("狗", target="en"), code)
    assert error.key == "translation.one_direction" and "“en”" in str(error)
    language("en")
    assert "looks Chinese" in marian.translate("学生").notices[-1]


@LANGUAGES
def test_a_model_that_hides_its_attention_is_refused(marian, code):
    other = copy.copy(marian)
    other.model = copy.deepcopy(marian.model)
    other.model.set_attn_implementation("sdpa")
    assert refusal(lambda: other.translate(TEXT), code).key == "translation.no_attentions"


def test_after_a_refusal_the_translator_works_as_before(either):
    before = either.translate(TEXT)
    refusal(lambda: either.translate(TEXT, heads_off=[(0, 0)], hidden_tokens=99))
    assert same(either.translate(TEXT), before)


# sentences

@pytest.mark.parametrize(("written", "expected"), [
    ("I ' m", "I ' m"), ("I'm fine , thank you .", "I'm fine, thank you."), ("um ##brella ##s", "Umbrellas"),
    ("it is 7 : 3 0 .", "It is 7:30."), ("1 , 0 0 0 dollars", "1,000 dollars"), ("May 7 , 1 9 4 1", "May 7, 1941"),
    ("2 . 5 %", "2.5%"), ("$ 5", "$5"), ("the 2 nd of 3", "The 2nd of 3"), ("the 1 9 9 0 s", "The 1990s"),
    ('he said , " we go . "', 'He said, "We go."'), ('" no ! " she cried .', '"No!" she cried.'),
    ("a well - known T - shirt", "A well-known T-shirt"), ("at 5 p . m . in May", "At 5 p.m. in May"),
    ("is it ? yes . it is !", "Is it? Yes. It is!"), ("the boys ' room", "The boys' room"),
    ("( a book ) here", "(A book) here"), ("[UNK] is here", "[UNK] is here"), ("", "")])
def test_english_is_put_together_as_one_writes_it(written, expected):
    assert sentence(written.split(), "en") == expected


@pytest.mark.parametrize(("written", "expected"), [
    ("你 好 , 汤 姆 !", "你好，汤姆！"), ("我 不 知 道 . . .", "我不知道……"), ("他 3 . 5 元 .", "他3.5元。"),
    ("7 : 3 0 见 ; 好 ?", "7:30见；好？"), ('他 说 : " 走 ! "', "他说：“走！”"), ("Tom Smith 和 我", "Tom Smith和我"),
    ("um ##brella 是 伞 ( 雨 伞 ) 。", "Umbrella是伞（雨伞）。"), ("2 0 2 4 年", "2024年"),
    ("《 书 》 、 茶", "《书》、茶"), ("tom 在 。", "Tom在。"), ("[UNK] 好", "[UNK]好"), ("", "")])
def test_chinese_is_put_together_with_full_width_marks_and_no_spaces(written, expected):
    assert sentence(written.split(), "zh") == expected


def test_the_examples_in_the_documentation_hold():
    assert doctest.testmod(helpers.models.translation.sentences).failed == 0


def test_every_sentence_of_the_table_is_used():
    from pathlib import Path
    root = Path(helpers.models.__file__).parent / "translation"
    code = "".join(file.read_text(encoding="utf-8") for file in root.glob("*.py"))
    assert [key for key in STRINGS if f"translation.{key}" not in code] == []

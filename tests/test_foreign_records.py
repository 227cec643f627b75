"""Attention of models that are not the course's own: every door takes it, or says in a sentence why not."""

import numpy as np
import pytest
import torch
from conftest import refusal

from helpers.controls import explore_heads, explore_model
from helpers.heads import describe_heads, roll_out
from helpers.interventions import compare
from helpers.models import AttentionRecord, load_model
from helpers.plots import plot_heads
from helpers.text import CourseError
from helpers.views import view_heads, view_model, view_neurons
from helpers.views.bertviz import bertviz_heads, bertviz_model

SMALL = {"vocab_size": 40, "hidden_size": 24, "num_hidden_layers": 2, "num_attention_heads": 4, "intermediate_size": 32,
         "max_position_embeddings": 64}
GROUPED = SMALL | {"num_key_value_heads": 2}
WORDS = ["<s>", "▁I", "Ġlike", "▁tea", "Ċ", "</s>"]
IDS = torch.tensor([[1, 5, 6, 7, 8, 2]])
FAMILIES = {"gpt2": {"vocab_size": 40, "n_embd": 24, "n_layer": 2, "n_head": 4, "n_positions": 64}, "llama": GROUPED,
            "distilbert": {"vocab_size": 40, "dim": 24, "n_layers": 2, "n_heads": 4, "hidden_dim": 32},
            "albert": SMALL | {"embedding_size": 16}, "electra": SMALL | {"embedding_size": 16},
            "roberta": SMALL | {"pad_token_id": 0}}


def made(kind, auto="AutoModel", **settings):
    """Return a random model of a kind, in eager attention."""
    import transformers
    torch.manual_seed(0)
    config = transformers.AutoConfig.for_model(kind, **settings)
    return getattr(transformers, auto).from_config(config, attn_implementation="eager").eval()


def attention_of(kind):
    with torch.no_grad():
        if kind == "vit":
            model = made("vit", **{name: SMALL[name] for name in list(SMALL)[1:5]}, image_size=32, patch_size=16)
            return model(torch.randn(1, 3, 32, 32), output_attentions=True).attentions
        return made(kind, **FAMILIES[kind])(IDS, output_attentions=True).attentions


@pytest.fixture(scope="module")
def t5():
    model = made("t5", vocab_size=40, d_model=24, d_kv=6, num_layers=2, num_heads=4, d_ff=32)
    with torch.no_grad():
        return model(input_ids=IDS, decoder_input_ids=IDS[:, :4], output_attentions=True)


# every door takes it

@pytest.mark.parametrize("kind", [*FAMILIES, "vit", "t5 encoder", "t5 decoder"])
def test_any_models_attention_goes_through_every_door(kind, t5):
    attentions = t5[f"{kind[3:]}_attentions"] if kind.startswith("t5") else attention_of(kind)
    tokens = WORDS[:attentions[0].shape[-1]]
    record = AttentionRecord.of(attentions, tokens)
    assert record.weights.equal(torch.cat(attentions)) and record.weights.shape[:2] == (2, 4)
    assert record.tokens == ("<s>", "I", "like", "tea", "⏎", "</s>")[:len(tokens)]
    assert view_heads(attentions, tokens).svg == view_heads(record).svg
    assert view_model(attentions, tokens).svg == view_model(record).svg
    assert explore_heads(attentions, tokens).view.svg == view_heads(record).svg
    assert explore_model(attentions, tokens).head_view.data["tokens"] == list(record.tokens)
    assert describe_heads(attentions, tokens).shares["special"].equal(describe_heads(record).shares["special"])
    assert roll_out(attentions, tokens).weights.equal(roll_out(record).weights)
    assert plot_heads(attentions, "next", tokens=tokens).layout == plot_heads(describe_heads(record), "next").layout
    for view in (bertviz_heads, bertviz_model):
        assert view(attentions, tokens).text == view(record).text


def test_special_tokens_are_known_by_how_they_are_written_or_named():
    weights = torch.zeros(1, 1, 6, 6)
    weights[..., 0] = 1
    assert AttentionRecord.of(weights, WORDS).special_places == ((0, 5), (0, 5))
    assert describe_heads(weights, WORDS).shares["special"].item() == 1
    assert "special tokens 1" in describe_heads(weights, WORDS).text
    named = AttentionRecord.of(weights, WORDS, special=[0, "tea"])
    assert named.special_places == ((0, 3), (0, 3)) and named.added_places == (0, 3)
    assert AttentionRecord.of(weights, ["a", "[MASK]", *"bcde"]).added_places == ()


@pytest.mark.parametrize("given", [
    lambda w: w, lambda w: list(w[:, None]), lambda w: tuple(w), lambda w: w[:, None], lambda w: w.numpy(),
    lambda w: w.half(), lambda w: w.bfloat16(), lambda w: w.clone().requires_grad_(), lambda w: [x.numpy() for x in w],
    lambda w: w.double(), lambda w: w.tolist()])
def test_every_form_is_taken(given):
    weights = torch.randn(3, 2, 6, 6, generator=torch.Generator().manual_seed(0)).softmax(-1)
    record = AttentionRecord.of(given(weights), WORDS)
    torch.testing.assert_close(record.weights.float(), weights, rtol=0, atol=4e-3)
    assert not record.weights.requires_grad and record.weights.dtype in (torch.float32, torch.float64)
    view_heads(record)


def test_one_layer_rows_of_padding_and_two_sentences_are_taken():
    weights = torch.eye(6).expand(2, 6, 6).clone()
    weights[:, 4:] = 0
    record = AttentionRecord.of(weights, WORDS, sentence_b_start=3, name="mine")
    assert (record.n_layers, record.n_heads, record.segment_ids) == (1, 2, (0, 0, 0, 1, 1, 1))
    assert view_heads(record, filter="a-b").data["keys"] == [3, 4, 5]


# cross-attention is the same record

@pytest.mark.parametrize("code", ["en", "zh"])
@pytest.mark.parametrize("n_targets", [4, 6])
def test_cross_attention_is_shown_and_what_makes_no_sense_is_refused(code, n_targets):
    weights = torch.full((2, 4, n_targets, 6), 1 / 6)
    record = AttentionRecord.of(weights, list("abcdef")[:n_targets], key_tokens=WORDS)
    assert record.is_cross and record.sides[1] == ("<s>", "I", "like", "tea", "⏎", "</s>")
    assert view_heads(record).data["key_tokens"] == list(record.key_tokens)
    assert record.special_places == ((), (0, 5))
    for action in (describe_heads, roll_out, explore_model, plot_heads):
        assert refusal(lambda action=action: action(record), code).key == "records.cross"
    for action in (view_heads, view_model):
        assert refusal(lambda action=action: action(record, filter="a-b"), code).key == "views.no_b"


def test_t5_cross_attention(t5):
    record = AttentionRecord.of(t5.cross_attentions, list("abcd"), key_tokens=WORDS)
    assert record.weights.shape == (2, 4, 4, 6) and view_heads(record).data["keys"] == list(range(6))


# wrong inputs

GOOD = torch.full((2, 4, 6, 6), 1 / 6)
WRONG = {
    "no attention": (lambda: view_heads(None, WORDS), "none"),
    "sdpa": (lambda: view_heads((None, None), WORDS), "none"),
    "empty": (lambda: view_heads((), WORDS), "none"),
    "tokens of another text": (lambda: view_heads(GOOD, WORDS[:5]), "tokens_count"),
    "keys of another text": (lambda: AttentionRecord.of(GOOD, WORDS, key_tokens=["a"]), "tokens_count"),
    "three times": (lambda: view_heads(GOOD * 3, WORDS), "sums"),
    "scores": (lambda: view_heads(GOOD - 1, WORDS), "negative"),
    "not finite": (lambda: view_heads(GOOD / 0, WORDS), "not_finite"),
    "a batch": (lambda: view_heads([GOOD, GOOD], WORDS), "batch"),
    "one matrix": (lambda: view_heads(GOOD[0, 0], WORDS), "rank"),
    "cross without keys": (lambda: view_heads(GOOD[:, :, :4], WORDS[:4]), "not_square"),
    "layers of two sizes": (lambda: view_heads([GOOD[0], GOOD[0, :2]], WORDS), "uneven"),
    "steps of generate": (lambda: view_heads(((GOOD[:1],), (GOOD[:1],)), WORDS), "steps"),
    "words": (lambda: view_heads("tea", WORDS), "no_numbers"),
    "one text": (lambda: view_heads(GOOD, "I like"), "tokens_form"),
    "ids": (lambda: view_heads(GOOD, [1, 2, 3, 4, 5, 6]), "token_ids"),
    "record and tokens": (lambda: view_heads(AttentionRecord.of(GOOD, WORDS), WORDS), "record_and_tokens"),
    "no tokens": (lambda: view_model(GOOD), "not_a_record"),
    "b at 0": (lambda: AttentionRecord.of(GOOD, WORDS, sentence_b_start=0), "b_start"),
    "b in cross": (lambda: AttentionRecord.of(GOOD, WORDS, key_tokens=WORDS, sentence_b_start=2), "b_in_cross"),
    "no such token": (lambda: AttentionRecord.of(GOOD, WORDS, special=["[CLS]"]), "special"),
}


@pytest.mark.parametrize("code", ["en", "zh"])
@pytest.mark.parametrize("name", WRONG)
def test_wrong_input_gets_a_sentence(name, code):
    action, key = WRONG[name]
    assert refusal(action, code).key == f"records.{key}"


def test_the_whole_output_of_a_model_is_refused(t5):
    output = made("gpt2", **FAMILIES["gpt2"])(IDS, output_attentions=True)
    assert refusal(lambda: view_heads(output, WORDS)).key == "records.whole_output"


# load_model

def saved(folder, kind, auto, **settings):
    """Save a random model with a tokenizer of whole words, as a course model would be saved."""
    from tokenizers import Tokenizer, models, pre_tokenizers, processors
    from transformers import PreTrainedTokenizerFast
    names = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", *"the dog ran i like tea".split(), "##s"]
    tokenizer = Tokenizer(models.WordPiece({name: row for row, name in enumerate(names)}, unk_token="[UNK]"))
    tokenizer.pre_tokenizer = pre_tokenizers.Whitespace()
    marks = {"unk_token": "[UNK]", "pad_token": "[PAD]"}
    if "Masked" in auto:
        tokenizer.post_processor = processors.TemplateProcessing(
            "[CLS] $A [SEP]", "[CLS] $A [SEP] $B:1 [SEP]:1", [("[CLS]", 2), ("[SEP]", 3)])
        marks |= {"cls_token": "[CLS]", "sep_token": "[SEP]", "mask_token": "[MASK]"}
    model = made(kind, auto, **settings)
    if "Masked" in auto:
        torch.nn.init.normal_(model.get_output_embeddings().bias)
    model.save_pretrained(folder)
    PreTrainedTokenizerFast(tokenizer_object=tokenizer, **marks).save_pretrained(folder)
    return folder


ENCODERS = ("roberta", "electra")
DECODERS = {"gpt2": ("gpt2", FAMILIES["gpt2"]), "llama": ("llama", GROUPED),
            "llama, tied": ("llama", GROUPED | {"tie_word_embeddings": True}),
            "mistral": ("mistral", GROUPED)}


@pytest.mark.parametrize("kind", DECODERS)
def test_a_decoder_runs_and_its_record_is_proven(kind, tmp_path):
    family, settings = DECODERS[kind]
    decoder = load_model(saved(tmp_path, family, "AutoModelForCausalLM", **settings))
    record = decoder.run("the dogs like tea")
    assert record.tokens == ("the", "dog", "##s", "like", "tea") and not record.weights.triu(1).any()
    inputs = torch.tensor([record.token_ids])
    with torch.no_grad():
        plain = decoder.model(inputs, output_attentions=True)
    torch.testing.assert_close(record.weights, torch.cat(plain.attentions), rtol=0, atol=1e-6)
    torch.testing.assert_close(record.logits, plain.logits[0], rtol=0, atol=1e-5)
    torch.testing.assert_close(record.scores.softmax(-1), record.weights, rtol=0, atol=1e-5)
    torch.testing.assert_close(record.weights @ record.values, record.context, rtol=0, atol=1e-5)
    by_hand = record.queries @ record.keys.transpose(-1, -2) / record.d_head ** 0.5
    torch.testing.assert_close(by_hand.tril(), record.scores.tril(), rtol=0, atol=1e-5)
    assert record.keys.shape == record.queries.shape == (2, 4, 5, 6)
    assert record.guesses(1)[-1][0][0] == decoder.vocabulary[int(plain.logits[0, -1].argmax())]
    assert record.words().tokens == ("the", "dogs", "like", "tea")
    assert refusal(lambda: view_neurons(record, 1)).key == "neurons.not_a_run"


@pytest.mark.parametrize("kind", DECODERS)
def test_heads_off_and_edited_rows_change_a_decoder(kind, tmp_path):
    family, settings = DECODERS[kind]
    decoder = load_model(saved(tmp_path, family, "AutoModelForCausalLM", **settings))
    off = decoder.run("the dog ran", heads_off={(1, 2)})
    assert not off.context[1, 2].any() and off.context[1, 1].any()
    edited = decoder.run("the dog ran", weights_edited={(0, 3, 2): [1, 0, 0]})
    assert edited.weights[0, 3, 2].tolist() == [1, 0, 0]
    torch.testing.assert_close(edited.context[0, 3, 2], edited.values[0, 3, 0], rtol=0, atol=1e-6)
    assert compare(decoder, "the dog ran", heads_off={(1, 2)}).moved[-1].max() > 0
    if family == "gpt2":
        assert not decoder.run("the dog", positions="none").position_embeddings.any()
    else:
        assert refusal(lambda: decoder.run("the dog", positions="none")).key == "interventions.rotary"


@pytest.mark.parametrize("kind", ENCODERS)
def test_models_built_like_bert_run_guess_and_are_traced(kind, tmp_path):
    bert = load_model(saved(tmp_path, kind, "AutoModelForMaskedLM", **FAMILIES[kind]))
    record = bert.run("the [MASK] ran")
    with torch.no_grad():
        plain = bert.model(torch.tensor([record.token_ids])).logits[0, [2]]
    torch.testing.assert_close(record.logits, plain, rtol=0, atol=1e-5)
    assert len(bert.fill_mask("the [MASK] ran", top=np.int64(3))[0]) == 3
    assert view_neurons(record, 1).data and bert.max_tokens == (63 if kind == "roberta" else 64)
    told = bert.run("the [MASK] ran", positions=list(range(record.n_tokens)))
    torch.testing.assert_close(told.hidden_states, record.hidden_states, rtol=0, atol=1e-6)


def test_rows_without_a_token_are_named_by_number_and_counted(tmp_path):
    bert = load_model(saved(tmp_path, "bert", "AutoModelForMaskedLM", **SMALL))
    with torch.no_grad():
        bert.model.get_output_embeddings().bias[-1] = 50
    assert bert.fill_mask("the [MASK]", top=1)[0][0][0] == "#39"
    mask = compare(bert, "the [MASK]", heads_off={(0, 1)}).masks[0]
    assert mask.before[0][0] == "#39" and mask.divergence >= 0


def test_a_decoder_is_no_bert(tmp_path):
    from helpers.models import load_bert
    folder = saved(tmp_path, "gpt2", "AutoModelForCausalLM", **FAMILIES["gpt2"])
    with pytest.raises(CourseError) as caught:
        load_bert(folder)
    assert caught.value.key == "models.decoder" and "load_model" in str(caught.value)

"""Where translators come from: the course, folders sound and unsound, the hub's cache, a hub, no network."""

import json
import shutil
from pathlib import Path

import pytest
import test_loading
import torch
from conftest import refusal
from safetensors.torch import load_file
from test_loading import (
    LANGUAGES,
    configured,
    put_into_cache,
    run_without_network,
    truncated,
    weighted,
    without,
    written,
)
from tiny_translators import PAIRS, save_tiny_marian

from helpers.models import load_translator
from helpers.models.translation import loading

hub, hub_cache = test_loading.hub, test_loading.hub_cache
(ENGLISH, CHINESE), *_ = PAIRS


@pytest.fixture
def course(tiny_translator_folder, tmp_path) -> Path:
    """A copy of the tiny translator that a test may damage."""
    return Path(shutil.copytree(tiny_translator_folder, tmp_path / "model"))


@pytest.fixture
def marian(tiny_marian_folder, tmp_path) -> Path:
    """A copy of the tiny Marian model that a test may damage."""
    return Path(shutil.copytree(tiny_marian_folder, tmp_path / "marian"))


# sound folders

@pytest.mark.parametrize("kind", ["tiny_translator_folder", "tiny_marian_folder"])
@pytest.mark.parametrize("name", ["with spaces in it", "看见 注意力"])
def test_a_folder_is_loaded_whatever_it_is_called(request, tmp_path, kind, name):
    folder = Path(shutil.copytree(request.getfixturevalue(kind), tmp_path / name))
    for source in (folder, str(folder)):
        translator = load_translator(source)
        assert translator.name == name and translator.translate(ENGLISH).text == CHINESE


def test_the_name_course_is_the_course_translator(course, monkeypatch):
    monkeypatch.setattr(loading, "TRANSLATOR_FOLDER", course)
    assert load_translator().name == load_translator("course").name == "course"


def test_half_precision_weights_are_run_in_double(course):
    translator = load_translator(course)
    stored = load_file(course / "model.safetensors")
    assert stored["embedding.weight"].dtype == torch.float16
    assert torch.equal(translator.model.embedding.weight, stored["embedding.weight"].double())


def test_the_length_penalty_is_that_of_the_config(course):
    assert load_translator(course).alpha == 1.0
    configured(length_penalty=0.6)(course)
    assert load_translator(course).alpha == 0.6


def test_loading_draws_nothing_from_the_learners_chance(course, marian):
    torch.manual_seed(3)
    expected = torch.rand(2)
    for folder in (course, marian):
        torch.manual_seed(3)
        load_translator(folder)
        assert torch.equal(torch.rand(2), expected)


def test_loading_leaves_transformers_as_talkative_as_it_was_and_says_nothing(marian, capfd, recwarn):
    from transformers.utils import logging
    before = logging.get_verbosity()
    load_translator(marian).translate(ENGLISH, beam=2)
    assert logging.get_verbosity() == before and capfd.readouterr() == ("", "") and not recwarn.list


def test_a_marian_model_in_a_bin_file_is_read_as_numbers(marian):
    expected = load_translator(marian).translate(ENGLISH)
    torch.save(load_file(marian / "model.safetensors"), marian / "pytorch_model.bin")
    without("model.safetensors")(marian)
    assert load_translator(marian).translate(ENGLISH).target_ids == expected.target_ids


def test_a_marian_model_that_says_nothing_of_its_languages(tmp_path):
    translator = load_translator(save_tiny_marian(tmp_path / "silent", languages=None))
    assert translator.translate(ENGLISH).target == "zh"
    assert translator.translate(ENGLISH, target="en").target == "en"


def test_a_model_of_several_kinds_of_chinese_is_asked_for_the_simplified_one(marian):
    path = marian / "vocab.json"
    vocabulary = json.loads(path.read_text(encoding="utf-8"))
    replaced = next(piece for piece in vocabulary if piece.startswith("▁") and len(piece) > 3)
    path.write_text(json.dumps({">>cmn_Hans<<" if piece == replaced else piece: index
                                for piece, index in vocabulary.items()}), encoding="utf-8")
    translator = load_translator(marian)
    assert translator.read("dog").source_tokens[0] == ">>cmn_Hans<<"
    assert translator.read(">>cmn_Hans<< dog").source_tokens.count(">>cmn_Hans<<") == 1


# unsound folders

def tokenizer_of_another_vocabulary(folder: Path) -> None:
    """As many tokens, but each Chinese character changes places with an English piece."""
    path = folder / "tokenizer.json"
    settings = json.loads(path.read_text(encoding="utf-8"))
    vocabulary = settings["model"]["vocab"]
    special = {token["content"] for token in settings["added_tokens"]}
    names, places = zip(*((name, place) for name, place in vocabulary.items() if name not in special), strict=True)
    vocabulary.update(zip(names, reversed(places), strict=True))
    path.write_text(json.dumps(settings), encoding="utf-8")


def tokenizer_without_tags(folder: Path) -> None:
    path = folder / "tokenizer.json"
    path.write_text(path.read_text(encoding="utf-8").replace("<2zh>", "<3zh>"), encoding="utf-8")


def larger_marian_vocabulary(folder: Path) -> None:
    path = folder / "vocab.json"
    vocabulary = json.loads(path.read_text(encoding="utf-8"))
    path.write_text(json.dumps(vocabulary | {"more": len(vocabulary)}), encoding="utf-8")


def other_marian_vocabulary(folder: Path) -> None:
    path = folder / "vocab.json"
    vocabulary = json.loads(path.read_text(encoding="utf-8"))
    path.write_text(json.dumps({name if name[0] == "<" else f"x{name}": place for name, place in vocabulary.items()}),
                    encoding="utf-8")


def with_no_number(weights: dict) -> dict:
    weights["embedding.weight"][3, 3] = torch.nan
    return weights


def lacking(part: str):
    return weighted(lambda weights: {key: tensor for key, tensor in weights.items() if part not in key})


COURSE_DAMAGE = [
    (without("config.json"), "models.no_config"),
    (written("config.json", b"{"), "models.config_broken"),
    (configured(model_type="bert"), "translation.other_architecture"),
    (configured(model_type="t5"), "translation.other_architecture"),
    (configured(n_heads=5), "models.config_broken"),
    (configured(n_layers="two"), "models.config_broken"),
    (configured(activation="swish"), "models.config_broken"),
    (configured(taught_head=[7, 0]), "models.config_broken"),
    (configured(taught_head=None), "models.config_broken"),
    (configured(length_penalty="long"), "models.config_broken"),
    (without("model.safetensors"), "models.no_weights"),
    (truncated, "models.weights_broken"),
    (written("model.safetensors", b"x"), "models.weights_broken"),
    (configured(n_layers=3), "translation.weights_mismatch"),
    (configured(n_layers=1, taught_head=[0, 0]), "translation.weights_mismatch"),
    (configured(d_ff=64), "translation.weights_mismatch"),
    (configured(vocab_size=500), "translation.weights_mismatch"),
    (lacking("cross_attention.w_key"), "translation.weights_mismatch"),
    (lacking("pieces.en"), "translation.weights_mismatch"),
    (weighted(with_no_number), "translation.weights_not_numbers"),
    (without("tokenizer.json"), "models.no_tokenizer"),
    (written("tokenizer.json", b"{"), "models.tokenizer_broken"),
    (tokenizer_of_another_vocabulary, "translation.tokenizer_other"),
    (tokenizer_without_tags, "translation.tokenizer_other")]


@LANGUAGES
@pytest.mark.parametrize(("damage", "key"), COURSE_DAMAGE)
def test_an_unsound_folder_of_the_courses_kind_is_refused_with_one_sentence(course, damage, key, code):
    damage(course)
    error = refusal(lambda: load_translator(course), code)
    assert error.key == key
    assert str(course) in str(error) or key == "translation.other_architecture"


@LANGUAGES
def test_the_tokenizer_of_a_larger_model_is_refused(course, code):
    from transformers import PreTrainedTokenizerFast
    tokenizer = PreTrainedTokenizerFast.from_pretrained(course)
    tokenizer.add_tokens(["more"])
    tokenizer.save_pretrained(course)
    assert refusal(lambda: load_translator(course), code).key == "models.tokenizer_foreign"


@LANGUAGES
@pytest.mark.parametrize(("damage", "key"), [
    (written("config.json", b"[]"), "models.config_broken"),
    (configured(encoder_attention_heads=5), "models.config_broken"),
    (configured(d_model="wide"), "models.config_broken"),
    (without("model.safetensors"), "models.no_weights"),
    (truncated, "models.weights_broken"),
    (configured(decoder_layers=3), "translation.weights_mismatch"),
    (configured(decoder_layers=1), "translation.weights_mismatch"),
    (configured(decoder_ffn_dim=64), "translation.weights_mismatch"),
    (lacking("encoder_attn.k_proj"), "translation.weights_mismatch"),
    (without("source.spm"), "translation.no_sentencepiece"),
    (without("source.spm", "target.spm", "vocab.json"), "translation.no_sentencepiece"),
    (written("source.spm", b"x"), "models.tokenizer_broken"),
    (written("vocab.json", b"{"), "models.tokenizer_broken"),
    (larger_marian_vocabulary, "models.tokenizer_foreign"),
    (other_marian_vocabulary, "translation.tokenizer_other"),
    (configured(eos_token_id=5), "translation.tokenizer_other")])
def test_an_unsound_marian_folder_is_refused_with_one_sentence(marian, damage, key, code):
    damage(marian)
    error = refusal(lambda: load_translator(marian), code)
    assert error.key == key and str(marian) in str(error)


@LANGUAGES
@pytest.mark.parametrize(("source", "key"), [
    ("/no/such/folder", "models.folder_missing"), (r"C:\models\marian", "models.folder_missing"),
    ("看见注意力", "models.bad_name"), ("", "translation.not_a_model"), (None, "translation.not_a_model"),
    (7, "translation.not_a_model")])
def test_what_cannot_be_a_translator(source, key, code):
    error = refusal(lambda: load_translator(source), code)
    assert error.key == key and "bert" not in str(error)


@LANGUAGES
def test_a_file_and_a_bert_are_no_translators(course, tiny_bert_folder, code):
    error = refusal(lambda: load_translator(course / "config.json"), code)
    assert error.key == "models.not_a_folder" and "load_translator" in str(error)
    error = refusal(lambda: load_translator(tiny_bert_folder), code)
    assert error.key == "translation.other_architecture" and "load_bert" in str(error)


@LANGUAGES
def test_a_course_without_its_translator_says_so(tmp_path, monkeypatch, code):
    monkeypatch.setattr(loading, "TRANSLATOR_FOLDER", tmp_path)
    assert refusal(load_translator, code).key == "models.course_missing"


# the hub

def test_no_network_gives_one_sentence_in_both_languages(tmp_path):
    english, chinese = run_without_network("""
from helpers.models import load_translator
for code in ("en", "zh"):
    language(code)
    try:
        load_translator("Helsinki-NLP/opus-mt-en-zh")
    except CourseError as error:
        print(error.key, error)
""", tmp_path).splitlines()
    assert english.startswith("models.no_network “Helsinki-NLP/opus-mt-en-zh” is neither") and "course" in english
    assert chinese.startswith("models.no_network 这里没有名为“Helsinki-NLP/opus-mt-en-zh”的文件夹")


def test_folders_and_cached_models_work_without_network_and_in_silence(tmp_path, tiny_marian_folder,
                                                                       tiny_translator_folder):
    put_into_cache(tmp_path / "hub", "someone/tiny", tiny_marian_folder)
    printed = run_without_network(f"""
from helpers.models import load_translator
for source in ("someone/tiny", {str(tiny_translator_folder)!r}):
    print(load_translator(source).translate({ENGLISH!r}, beam=2).text)
""", tmp_path)
    assert printed == f"{CHINESE}\n" * 2


@LANGUAGES
@pytest.mark.parametrize("missing", ["config.json", "model.safetensors", "source.spm"])
def test_offline_mode_is_named_also_when_the_cache_is_incomplete(hub_cache, marian, monkeypatch, missing, code):
    monkeypatch.setenv("HF_HUB_OFFLINE", "1")
    without(missing)(put_into_cache(hub_cache, "tiny-marian", marian))
    assert refusal(lambda: load_translator("tiny-marian"), code).key == "models.offline"


def test_a_model_is_fetched_from_the_hub_once_and_kept(hub, tiny_marian_folder):
    shutil.copytree(tiny_marian_folder, hub / "someone" / "tiny")
    assert load_translator("someone/tiny").translate(ENGLISH).text == CHINESE
    shutil.rmtree(hub)
    assert load_translator("someone/tiny").translate(ENGLISH).text == CHINESE


@LANGUAGES
def test_a_hub_that_lacks_the_model_or_a_file_of_it(hub, tiny_marian_folder, code):
    assert refusal(lambda: load_translator("no-such-model"), code).key == "models.hub_unknown"
    for file in ("config.json", "model.safetensors", "target.spm"):
        without(file)(Path(shutil.copytree(tiny_marian_folder, hub / f"no-{file}")))
        assert refusal(lambda name=f"no-{file}": load_translator(name), code).key == "models.hub_incomplete"


@LANGUAGES
def test_another_architecture_is_refused_before_its_weights_are_fetched(hub, hub_cache, marian, code):
    configured(model_type="m2m_100")(marian)
    shutil.copytree(marian, hub / "m2m")
    assert refusal(lambda: load_translator("m2m"), code).key == "translation.other_architecture"
    assert not list(hub_cache.rglob("*.safetensors"))

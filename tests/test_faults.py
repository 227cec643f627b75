"""Faults round a model: caches and tokens that cannot be read, parts of weights, other libraries' files, damage."""

import json
import shutil
from pathlib import Path

import pytest
import torch
from conftest import refusal, save_tiny_bert
from safetensors.torch import load_file, save_file
from test_loading import folder, hub, hub_cache, put_into_cache, without  # noqa: F401

from helpers.models import load_bert, load_model, load_training, load_translator
from helpers.models.birth import WEIGHTS
from helpers.models.checksums import sha256_of, write_checksums
from helpers.text import language
from helpers.views import view_change, view_translation

LANGUAGES = pytest.mark.parametrize("code", ["en", "zh"])


# The hub's cache

@LANGUAGES
@pytest.mark.parametrize("where", ["cache", "token"])
def test_a_cache_or_token_that_cannot_be_used_is_named(
        hub, tiny_bert_folder, tmp_path, monkeypatch, where, code):  # noqa: F811
    from huggingface_hub import constants
    file = tmp_path / "file"
    file.touch()
    if where == "cache":
        monkeypatch.setattr(constants, "HF_HUB_CACHE", str(file / "hub"))
    else:
        (tmp_path / "token").mkdir()
        monkeypatch.setattr(constants, "HF_TOKEN_PATH", str(tmp_path / "token"))
    shutil.copytree(tiny_bert_folder, hub / "tiny")
    error = refusal(lambda: load_bert("tiny"), code)
    assert error.key == "models.cache_unreadable" and "HF_HOME" in str(error)


@LANGUAGES
@pytest.mark.parametrize("variable", ["HF_HUB_OFFLINE", "TRANSFORMERS_OFFLINE"])
def test_the_variable_that_forbids_the_hub_is_the_one_that_is_set(hub_cache, monkeypatch, variable, code):  # noqa: F811
    from huggingface_hub import constants
    monkeypatch.delenv("TRANSFORMERS_OFFLINE", raising=False)
    monkeypatch.setenv(variable, "1")
    monkeypatch.setattr(constants, "HF_HUB_OFFLINE", True)
    error = refusal(lambda: load_bert("bert-base-chinese"), code)
    other = {"HF_HUB_OFFLINE", "TRANSFORMERS_OFFLINE"} - {variable}
    assert error.key == "models.offline" and str(error).count(variable) == 2 and other.pop() not in str(error)


def cut_into_parts(folder: Path) -> None:  # noqa: F811
    """Save the weights of a folder in two files and an index, as large models are."""
    weights = load_file(folder / "model.safetensors")
    names = sorted(weights)
    parts = {"model-00001-of-00002.safetensors": names[::2], "model-00002-of-00002.safetensors": names[1::2]}
    for file, held in parts.items():
        save_file({name: weights[name].clone() for name in held}, folder / file, metadata={"format": "pt"})
    index = {"metadata": {}, "weight_map": {name: file for file, held in parts.items() for name in held}}
    (folder / "model.safetensors.index.json").write_text(json.dumps(index), encoding="utf-8")
    (folder / "model.safetensors").unlink()


def test_a_model_in_parts_is_found_in_the_cache_without_a_network(
        hub_cache, folder, tiny_bert, monkeypatch):  # noqa: F811
    monkeypatch.setenv("HF_HUB_OFFLINE", "1")
    cut_into_parts(folder)
    kept = put_into_cache(hub_cache, "someone/parts", folder)
    assert load_bert("someone/parts").run("the dog").weights.equal(tiny_bert.run("the dog").weights)
    (kept / "model-00002-of-00002.safetensors").unlink()
    assert refusal(lambda: load_bert("someone/parts")).key == "models.offline"


def test_a_model_in_parts_is_fetched(hub, folder, tiny_bert):  # noqa: F811
    cut_into_parts(folder)
    shutil.copytree(folder, hub / "parts")
    assert load_bert("parts").run("the dog").weights.equal(tiny_bert.run("the dog").weights)


def test_an_index_of_parts_that_cannot_be_read_is_named(hub_cache, folder, monkeypatch):  # noqa: F811
    monkeypatch.setenv("HF_HUB_OFFLINE", "1")
    cut_into_parts(folder)
    (folder / "model.safetensors.index.json").write_text('{"weight_map": [1]}', encoding="utf-8")
    put_into_cache(hub_cache, "someone/parts", folder)
    assert refusal(lambda: load_bert("someone/parts")).key == "models.weights_broken"


@LANGUAGES
@pytest.mark.parametrize("file", ["tf_model.h5", "flax_model.msgpack", "bert_model.ckpt.index"])
def test_weights_of_another_library_are_named(folder, file, code):  # noqa: F811
    (folder / "model.safetensors").rename(folder / file)
    error = refusal(lambda: load_bert(folder), code)
    assert error.key == "models.other_weights" and file in str(error)


@LANGUAGES
def test_the_first_releases_config_is_named_and_the_advice_holds(folder, tiny_bert, code):  # noqa: F811
    config = folder / "config.json"
    settings = json.loads(config.read_text(encoding="utf-8"))
    config.rename(folder / "bert_config.json")
    error = refusal(lambda: load_bert(folder), code)
    assert error.key == "models.config_misnamed" and "bert_config.json" in str(error)
    old = {name: value for name, value in settings.items() if name not in ("architectures", "transformers_version")}
    config.write_text(json.dumps(old | {"model_type": "bert"}), encoding="utf-8")
    torch.save(load_file(folder / "model.safetensors"), folder / "pytorch_model.bin")
    without("model.safetensors")(folder)
    assert load_bert(folder).run("the dog").weights.allclose(tiny_bert.run("the dog").weights)


# More rows than names

def test_rows_of_a_bert_without_a_token_are_named_by_number_everywhere(tmp_path):
    bert = load_bert(save_tiny_bert(tmp_path / "more rows", vocab_size=160))
    n_named, guesses = len(bert.tokenizer), bert.fill_mask("the [MASK] ran", top=160)[0]
    assert bert.vocabulary[n_named:] == tuple(f"#{row}" for row in range(n_named, 160))
    assert len({name for name, _ in guesses}) == 160 and abs(sum(chance for _, chance in guesses) - 1) < 1e-5
    from helpers.interventions import compare
    found = compare(bert, "the [MASK] ran", top=160, heads_off=[(0, 1)])
    p, q = (dict(record.guesses(160)[0]) for record in (found.before, found.after))
    assert found.masks[0].divergence == pytest.approx(sum(p[name] * torch.tensor(p[name] / q[name]).log2().item()
                                                          for name in p), abs=1e-4)
    assert view_change(found).svg


def test_rows_of_a_marian_without_a_token_are_named_by_number(tiny_marian_folder, tmp_path):
    folder = Path(shutil.copytree(tiny_marian_folder, tmp_path / "marian"))  # noqa: F811
    weights = load_file(folder / "model.safetensors")
    for name, tensor in weights.items():
        if "embed_tokens" in name or name in ("model.shared.weight", "lm_head.weight"):
            weights[name] = torch.cat([tensor, 5 * tensor[:3]])
        if name == "final_logits_bias":
            weights[name] = torch.cat([tensor, torch.full((1, 3), 9.0)], 1)
    save_file({name: tensor.contiguous() for name, tensor in weights.items()}, folder / "model.safetensors",
              metadata={"format": "pt"})
    config = json.loads((folder / "config.json").read_text(encoding="utf-8"))
    rows = config["vocab_size"]
    config |= {"vocab_size": rows + 3, "decoder_vocab_size": rows + 3}
    (folder / "config.json").write_text(json.dumps(config), encoding="utf-8")
    record = load_translator(folder).translate("I am a student.")
    named = {token for step in record.steps for token, _ in step.candidates}
    numbered = {name for name in named if name.startswith("#")}
    assert numbered and numbered <= {f"#{row}" for row in range(rows, rows + 3)} and "<unk>" not in record.target_tokens
    assert any(name in record.text for name in numbered) == any(name in record.target_tokens for name in numbered)
    assert view_translation(record).svg


# What is read otherwise than typed

@pytest.mark.parametrize(("typed", "read"), [
    ("他站著。", "他站着。"), ("看着名著", "看着名著"), ("他笑著說", "他笑着说"), ("顯著的進步", "显著的进步"),
    ("显著", "显著"),    ("這是一本著作", "这是一本著作"), ("穿著衣服", "穿着衣服"), ("土著與名著", "土著与名著")])
def test_zhu_becomes_zhe_where_it_is_one(course_bert, typed, read):
    encoded = course_bert.encode(typed)
    assert encoded.sentences == (read,) and (encoded.notices == ()) == (typed == read)


def test_taiwans_spelling_is_guessed_as_the_mainlands(course_bert):
    assert course_bert.fill_mask("他站著[MASK]。") == course_bert.fill_mask("他站着[MASK]。")


@pytest.mark.parametrize("sign", ["👨\u200d👩\u200d👧", "👍🏽", "❤\ufe0f"])
def test_a_sign_of_several_characters_is_named_whole(course_bert, sign):
    (notice,) = course_bert.encode(f"a {sign} b").notices
    assert notice.endswith(f": {sign}")


@pytest.mark.parametrize(("code", "chosen"), [("zh_CN", "zh"), ("zh-Hans", "zh"), ("en_GB.UTF-8", "en"), ("ZH", "zh")])
def test_a_language_may_be_written_as_systems_write_it(code, chosen):
    assert language(code) == chosen == language()


@pytest.mark.parametrize("code", ["", "C", "xx", "_zh", 3, True, ["zh"]])
def test_what_is_no_language_is_refused(code):
    with pytest.raises(ValueError, match="expected one of en, zh"):
        language(code)
    assert language() == "en"


# Weights that are not what they were

def flipped(path: Path) -> None:
    """Turn one bit in the middle of a file round."""
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)


def cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-1])


@pytest.fixture
def course(tmp_path, monkeypatch) -> Path:
    """A copy of the course's weights, which all loaders take for the course's."""
    from helpers.models import birth, sources
    from helpers.models.translation import loading
    copy = Path(shutil.copytree(birth.WEIGHTS, tmp_path / "weights here"))
    monkeypatch.setattr(birth, "WEIGHTS", copy)
    monkeypatch.setattr(sources, "COURSE_FOLDER", copy / "course-bert")
    monkeypatch.setattr(sources, "GPT_FOLDER", copy / "course-gpt")
    monkeypatch.setattr(loading, "TRANSLATOR_FOLDER", copy / "course-translator")
    return copy


LOADED = {"course-bert": lambda: load_bert("course"), "course-gpt": lambda: load_model("course-gpt"),
          "course-translator": lambda: load_translator("course")}


def test_each_weights_file_stands_in_the_table_beside_it():
    files = sorted(WEIGHTS.rglob("*.safetensors"))
    assert len(files) == 6
    for file in files:
        assert json.loads(file.with_name("sha256.json").read_text(encoding="utf-8"))[file.name] == sha256_of(file)


@LANGUAGES
@pytest.mark.parametrize("name", LOADED)
@pytest.mark.parametrize("damage", [flipped, cut])
def test_damaged_weights_of_the_course_are_named(course, name, damage, code):
    damage(course / name / "model.safetensors")
    error = refusal(LOADED[name], code)
    assert error.key == "models.weights_altered" and f"{name}/model.safetensors" in str(error).replace("\\", "/")


@LANGUAGES
@pytest.mark.parametrize("damage", [flipped, cut])
def test_a_damaged_record_of_the_training_is_named(course, damage, code):
    damage(course / "course-bert" / "birth.safetensors")
    assert refusal(lambda: load_training("bert"), code).key == "models.weights_altered"


def test_missing_weights_are_missing_not_damaged(course):
    for name, load in LOADED.items():
        (course / name / "model.safetensors").unlink()
        assert refusal(load).key == "models.no_weights"
    (course / "course-gpt" / "birth.safetensors").unlink()
    assert refusal(lambda: load_training("gpt")).key == "birth.missing"


def test_a_table_that_cannot_be_read_vouches_for_nothing(course):
    (course / "course-bert" / "sha256.json").write_text("[]", encoding="utf-8")
    assert refusal(LOADED["course-bert"]).key == "models.weights_altered"


def test_a_folder_of_ones_own_is_not_asked_for_a_table(course):
    folder = course / "course-bert"  # noqa: F811
    weights = load_file(folder / "model.safetensors")
    weights["cls.predictions.bias"] += 1
    save_file(weights, folder / "model.safetensors", metadata={"format": "pt"})
    assert refusal(LOADED["course-bert"]).key == "models.weights_altered"
    assert load_bert(folder).run("tea").n_tokens == 3
    write_checksums(folder)
    assert load_bert("course").run("tea").n_tokens == 3

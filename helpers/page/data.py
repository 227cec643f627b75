"""What the page needs beside its scripts and weights: tokenizer, simplified characters, sentences, sizes; as JSON."""

import json
import re
import subprocess
import sys
import tempfile
from functools import cache
from pathlib import Path

import opencc

from ..models.tokens import ZHU
from ..models.tokens import simplified as to_simplified
from ..text import LANGUAGES, STRINGS, sentence

PAGE = Path(__file__).parent
WEIGHTS = PAGE.parent / "weights"
CHARACTERS = (*range(0x2E80, 0xA000), *range(0xF900, 0xFB00), *range(0x20000, 0x32000))


def page_data() -> dict:
    """Return all that `helpers/page/model.mjs` is given beside the weights; `json.dumps` takes it.

    Returns:
        {"tokenizer": tokenizer.json of BERT and translator, "gptTokenizer": that of the GPT, "simplified": see
        `simplified`, "strings": see `strings`, "bert", "translator" and "gpt": their config.json}.
    """
    def read(model: str, file: str) -> dict:
        return json.loads((WEIGHTS / model / file).read_text(encoding="utf-8"))

    return {"tokenizer": read("course-bert", "tokenizer.json"), "simplified": simplified(), "strings": strings(),
            "bert": read("course-bert", "config.json"), "translator": read("course-translator", "config.json"),
            "gpt": read("course-gpt", "config.json"), "gptTokenizer": read("course-gpt", "tokenizer.json")}


def strings(*folders: Path) -> dict[str, dict[str, str]]:
    """Return, by language, the sentences whose keys the scripts of this folder, and of others, name; gaps are open."""
    scripts = "".join(path.read_text(encoding="utf-8") for folder in (PAGE, *folders)
                      for path in sorted(folder.rglob("*.mjs")))
    keys = [key for key in dict.fromkeys(re.findall(r"""["'`]([a-z_]+\.[a-z_]+)["'`]""", scripts)) if key in STRINGS]
    return {code: {key: sentence(key, code) for key in keys} for code in LANGUAGES}


@cache
def simplified() -> dict:
    """Return the tables of the installed OpenCC from traditional to simplified characters.

    Returns:
        {"from" and "to": characters that change and what they become, one for one; "phrases": {phrase: what it
        becomes}, which go before the characters, the longest first}.
    """
    changed = {chr(point): to_simplified(chr(point)) for point in CHARACTERS}
    changed = {before: after for before, after in changed.items() if before != after}
    return {"from": "".join(changed), "to": "".join(changed.values()),
            "phrases": {phrase: to_simplified(phrase) for phrase in dict.fromkeys((*_phrases(), *_with_zhu()))}}


def _with_zhu() -> list[str]:
    """Return the words in which 著 stays, in simplified and in traditional characters."""
    traditional = opencc.OpenCC("s2t")
    return [spelt for word in ZHU for spelt in (word, traditional.convert(word))]


def _phrases() -> list[str]:
    """Return the phrases OpenCC converts as a whole, read by its own tool."""
    share = Path(opencc.__file__).parent / "clib"
    tool = share / "bin" / ("opencc_dict.exe" if sys.platform == "win32" else "opencc_dict")
    with tempfile.TemporaryDirectory() as folder:
        text = Path(folder) / "phrases.txt"
        subprocess.run([tool, "-i", share / "share" / "opencc" / "TSPhrases.ocd2", "-o", text, "-f", "ocd2",
                        "-t", "text"], check=True, capture_output=True)
        return [line.partition("\t")[0] for line in text.read_text(encoding="utf-8").splitlines()]

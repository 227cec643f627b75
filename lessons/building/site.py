"""What the pages without a kernel share: looks, words, the model, and the files beside them on a server.

The same pages come in two forms. For a disk (`--html`) each page that computes carries its model inside, as text, and
needs no file beside it. For a server (`--site`) each model is one file beside the pages, fetched once for all of them,
and a service worker keeps what was visited for days without a network.
"""

import base64
import gzip
import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from math import prod
from pathlib import Path

from jinja2 import Environment, FileSystemLoader
from markupsafe import Markup

from helpers.page.data import page_data, strings
from helpers.page.modules import in_script
from helpers.page.views import page_theme, page_words
from helpers.text import STRINGS, sentence
from helpers.views import theme
from lessons.building.scripts import ROOT, script_tags

SITE = ROOT / "lessons" / "site"
MODELS = {"bert": ROOT / "helpers" / "weights" / "course-bert" / "model.safetensors",
          "translator": ROOT / "helpers" / "weights" / "course-translator" / "model.safetensors",
          "gpt": ROOT / "helpers" / "weights" / "course-gpt" / "model.safetensors"}
DATA = {"bert": ("tokenizer", "simplified", "bert"), "translator": ("tokenizer", "simplified", "translator"),
        "gpt": ("gptTokenizer", "gpt")}
"""What of `page_data` each model needs."""
WEIGHTS, WORKER = "course-{model}.bin", "worker.js"
FRONT = {"en": "index.html", "zh": "zh.html"}
TRANSLATE = {"en": "translate.html", "zh": "zh-translate.html"}
LANGUAGE_TAGS = {"zh": "zh-CN"}
TEMPLATES = Environment(loader=FileSystemLoader(SITE), autoescape=True, trim_blocks=True, lstrip_blocks=True)


@dataclass(frozen=True)
class Form:
    """One of the two forms of the pages.

    Attributes:
        folder: where they go.
        carries: whether each page that computes carries the model (for a disk); else it lies beside them (a server).
    """

    folder: Path
    carries: bool

    def front(self, code: str) -> Path:
        """Return where the front page of a language goes; the English one serves a language that has none."""
        return self.folder / FRONT.get(code, FRONT["en"])

    def page(self, stem: str, code: str) -> Path:
        """Return where the page of a chapter goes; its notebook lies beside it."""
        return self.folder / code / f"{stem}.html"

    def write_shared(self) -> None:
        """Write what lies beside the pages: the models, and a service worker named after what is there to be kept."""
        if self.carries:
            return
        self.folder.mkdir(parents=True, exist_ok=True)
        for model in MODELS:
            (self.folder / WEIGHTS.format(model=model)).write_bytes(packed_weights(model))
        pages = sorted(path for path in self.folder.rglob("*") if path.suffix in (".html", ".bin"))
        name = hashlib.sha256(b"".join(path.read_bytes() for path in pages)).hexdigest()[:12]
        first = ["./", *(path.name for path in pages if path.parent == self.folder and path.suffix == ".html"),
                 WEIGHTS.format(model="bert")]
        worker = (SITE / WORKER).read_text(encoding="utf-8").replace("{{ name }}", f"seeing-attention-{name}")
        worker = worker.replace("{{ first }}", json.dumps(first))
        (self.folder / WORKER).write_text(worker, encoding="utf-8", newline="\n")


@cache
def packed_weights(model: str) -> bytes:
    """Return the weights of one of `MODELS`, gzipped; the same bytes every time."""
    return gzip.compress(MODELS[model].read_bytes(), mtime=0)


def scripts(entry: str, code: str, form: Form, further: dict[str, object], up: str = "",
            kinds: Sequence[str] = ()) -> str:
    """Return all that a page runs: its data, the model where the page carries it, and its modules.

    Args:
        entry: the name of a module of `lessons/site`.
        code: the language of the page.
        form: for a disk or a server.
        further: what else the module reads from the page's data; with `model_data` in it the page can run the model.
        up: the way from the page to the folder of the site, "" or "../".
        kinds: the explorers that the page has, modules of `lessons/site/kinds`.
    """
    model = next((name for name in MODELS if name in further), "")
    data = {"language": code, "strings": {code: strings(SITE)[code]}, "words": page_words(code), "theme": page_theme(),
            "weights": up + WEIGHTS.format(model=model), "worker": "" if form.carries else up + WORKER, **further}
    carried = base64.b64encode(packed_weights(model)).decode() if form.carries and model else ""
    return "\n".join([f'<script type="application/json" id="page-data">{in_script(data)}</script>',
                      script_tags(SITE / entry, *(SITE / "kinds" / f"{kind}.mjs" for kind in kinds)),
                      *([f'<script type="text/plain" id="weights">{carried}</script>'] if carried else [])])


def model_data(model: str) -> dict[str, object]:
    """Return what a page needs beside the weights to run one of `MODELS`."""
    return {name: value for name, value in page_data().items() if name in DATA[model]}


def n_parameters(model: str) -> int:
    """Return how many numbers a model has learnt, as its file says."""
    with MODELS[model].open("rb") as file:
        entries = json.loads(file.read(int.from_bytes(file.read(8), "little")))
    return sum(prod(entry["shape"]) for entry in entries.values() if entry.get("dtype", "").startswith("F"))


def render(template: str, code: str, pages: dict[str, str], **given: object) -> str:
    """Return a page of the site that is no chapter.

    Args:
        template: its name in `lessons/site`.
        code: the language.
        pages: the file of this page in each language.
        given: what else the template takes.
    """
    others = [(pages[other], LANGUAGE_TAGS.get(other, other), sentence("notebook.name", other))
              for other in pages if other != code]
    return TEMPLATES.get_template(template).render(
        said=words(code), language=LANGUAGE_TAGS.get(code, code), others=others, translate=TRANSLATE[code],
        front=FRONT[code], styles=Markup(styles("site.css", "explorer.css", "front.css")), **given)


@cache
def styles(*names: str) -> str:
    """Return style sheets of `lessons/site` as one, the colours and fonts of the views before them."""
    colours = {"font": theme.FONT, "mono": theme.MONO, "before": theme.BEFORE, "after": theme.AFTER,
               "accent": theme.HEAD_COLOURS[0], "ink": theme.INK, "paper": theme.PAPER, "edge": theme.EDGE}
    chosen = ";".join(f"--{name}:{value}" for name, value in colours.items())
    return "\n".join([f":root{{{chosen}}}", *((SITE / name).read_text(encoding="utf-8") for name in names)])


def words(code: str) -> dict[str, str]:
    """Return the sentences of the table `site` in a language, for a template."""
    return {key.removeprefix("site."): sentence(key, code) for key in STRINGS if key.startswith("site.")}

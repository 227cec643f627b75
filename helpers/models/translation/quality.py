"""How good translations are: BLEU and chrF of sacrebleu, one reference a sentence, and fresh sentences to try.

What was written and the references are treated alike: both are brought into the form of the training text first
(NFKC, half-width marks, straight quotes).
"""

import re
import tomllib
import unicodedata
from collections.abc import Callable
from pathlib import Path

from sacrebleu.metrics import BLEU, CHRF

TOKENIZER = {"zh": "zh", "en": "13a"}        # sacrebleu's, by target language
FRESH = tomllib.loads((Path(__file__).parent / "fresh.toml").read_text(encoding="utf-8"))
Figures = dict[str, float]


def normalise(text: str, to_simplified: Callable[[str], str]) -> str:
    """Return text in NFKC, simplified characters, straight apostrophes and single spaces."""
    text = unicodedata.normalize("NFKC", text).replace("’", "'").replace("“", '"').replace("”", '"')
    return re.sub(r"\s+", " ", to_simplified(text)).strip()


def quality(written: list[str], references: list[str], language: str) -> Figures:
    """Return {"bleu", "chrf", "brevity", "n"}; brevity is the length written over the length of the references.

    Args:
        written: what a translator wrote.
        references: what people wrote, one for each.
        language: the one they are in, "zh" or "en".
    """
    written, references = ([normalise(text, str) for text in texts] for texts in (written, references))
    bleu = BLEU(tokenize=TOKENIZER[language]).corpus_score(written, [references])
    return {"bleu": bleu.score, "chrf": CHRF().corpus_score(written, [references]).score,
            "brevity": bleu.sys_len / bleu.ref_len, "n": len(written)}

"""Characters that a tokenizer reads as others: ﬁ as fi, № as No. What everyone would take for the same is not said."""

import unicodedata
from typing import TYPE_CHECKING

from ..text import say

if TYPE_CHECKING:
    from tokenizers import Encoding
    from transformers import PreTrainedTokenizerBase

MOST_NAMED = 10
JOINER = "\u200d"


def visible(piece: str) -> str:
    """Shorten a long piece, and give the code points of one that cannot be seen."""
    if not (piece.replace(JOINER, "") or piece).isprintable():
        piece = " ".join(f"U+{ord(character):04X}" for character in piece)
    return piece if len(piece) <= 20 else piece[:20] + "…"


def halves(*typed: str | None) -> dict[str, str]:
    """Return the halves of surrogate pairs in what was typed, and what they are read as.

    >>> halves("a\\ud800b", None)
    {'\\ud800': '?'}
    """
    return {character: "?" for text in typed for character in text or "" if "\ud800" <= character <= "\udfff"}


def plain_form(character: str) -> str | None:
    """Return what Unicode takes a character to stand for, NFKC; None where nothing needs to be said.

    Nothing needs to be said of case, of accents written apart, and of the full-width marks, dots and blanks that
    everyone types.

    >>> [plain_form(character) for character in "ﬁ№㈱Ａ，…é"]
    ['fi', 'No', '(株)', 'A', None, None, None]
    """
    form, kind = unicodedata.normalize("NFKC", character), unicodedata.category(character)[0]
    is_mark = kind in "PZ" or kind == "S" and "\uff00" <= character <= "\uffef"
    return None if is_mark or _bare(form) == _bare(character) else form


def changed(tokenizer: "PreTrainedTokenizerBase", encoding: "Encoding", sentences: tuple[str, ...]) -> dict[str, str]:
    """Return the characters that the tokenizer replaces by their plain forms, and the forms.

    Those that are read as unknown altogether are left to the notice that names them.
    """
    normalizer = tokenizer.backend_tokenizer.normalizer
    if normalizer is None:
        return {}
    known = "".join(sentences[belongs][start:end] for token, belongs, (start, end) in
                    zip(encoding.tokens, encoding.sequence_ids, encoding.offsets, strict=True)
                    if belongs is not None and token != tokenizer.unk_token)
    return {character: form for character in dict.fromkeys(known) if (form := plain_form(character))
            and _bare(normalizer.normalize_str(character)) == _bare(form)}


def read_as_notices(pairs: dict[str, str]) -> list[str]:
    """Say which characters are read as others: one sentence, or none."""
    shown = [f"{visible(character)} → {visible(form)}" for character, form in pairs.items()]
    named = shown[:MOST_NAMED] + ["…"] * (len(shown) > MOST_NAMED)
    return [say("models.read_as", pairs=say("models.read_as_joined").join(named))] if pairs else []


def _bare(text: str) -> str:
    """Return a text without accents, capitals and blanks."""
    apart = unicodedata.normalize("NFD", text)
    return "".join(c for c in apart if unicodedata.category(c) != "Mn" and not c.isspace()).lower()

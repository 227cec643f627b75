"""From a learner's text to the tokens a BERT reads, with a notice for all that does not reach it as typed."""

import functools
import re
import unicodedata
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import TYPE_CHECKING

from ..text import CourseError, say
from .given import shown_token
from .read_as import JOINER, changed, halves, read_as_notices, visible
from .words import is_chinese

if TYPE_CHECKING:
    from opencc import OpenCC
    from tokenizers import Encoding
    from transformers import PreTrainedTokenizerBase

MOST_CHARACTERS = 100_000
MOST_PIECES_NAMED = 10
JOINED = re.compile(f"[{JOINER}\ufe0f\U0001f3fb-\U0001f3ff]")    # what makes one sign of several: 👨‍👩‍👧, 👍🏽
ZHU = ("著名", "著作", "著称", "著者", "著述", "著书", "著录", "名著", "原著", "巨著", "专著", "论著", "译著", "遗著",
       "编著", "合著", "所著", "显著", "卓著", "昭著", "土著")
"""The words in which 著 stays; elsewhere Taiwan and Hong Kong write 著 for 着, and OpenCC leaves it."""


@dataclass(frozen=True)
class EncodedText:
    """One text or pair as tokens; the attributes are those of `BertRecord`."""

    tokens: tuple[str, ...]
    token_ids: tuple[int, ...]
    segment_ids: tuple[int, ...]
    sentence_b_start: int | None
    spans: tuple[tuple[int, int], ...]
    sentences: tuple[str, ...]
    notices: tuple[str, ...]
    special: tuple[int, ...]


def clean_sentences(sentence_a: str, sentence_b: str | None, name: str, limit: int) -> tuple[str, ...]:
    """Return the one or two sentences that there are; a blank second one counts as none.

    Args:
        sentence_a: a text; must not be blank.
        sentence_b: a second text, or None.
        name: what the learner calls the model.
        limit: how many tokens the model can hold.

    Raises:
        CourseError: for what is not a text, a blank first sentence, or a text of more than 100,000 characters.
    """
    sentences = [sentence_a] if sentence_b is None else [sentence_a, sentence_b]
    for sentence in sentences:
        if not isinstance(sentence, str):
            raise CourseError("models.not_text", got=f"{type(sentence).__name__} {sentence!r:.60}")
    if not sentence_a.strip():
        raise CourseError("models.blank")
    n_characters = sum(map(len, sentences))
    if n_characters > MOST_CHARACTERS:
        raise CourseError("models.far_too_long", name=name, n_characters=n_characters, limit=limit)
    # half of a surrogate pair is no character; tokenizers refuses it
    return tuple(sentence.encode("utf-8", "replace").decode("utf-8") for sentence in sentences if sentence.strip())


def encode(tokenizer: "PreTrainedTokenizerBase", sentences: tuple[str, ...], simplified_only: bool,
           typed: tuple[str | None, ...] = ()) -> EncodedText:
    """Cut one or two sentences into tokens: of a BERT [CLS] A [SEP] or [CLS] A [SEP] B [SEP]. Nothing is cut off.

    Args:
        tokenizer: a fast tokenizer.
        sentences: what `clean_sentences` returned.
        simplified_only: convert traditional characters to simplified ones first.
        typed: the sentences as they were before `clean_sentences`.

    Raises:
        CourseError: if a sentence holds nothing that the tokenizer sees (invisible characters alone).
    """
    notices: list[str] = []
    if simplified_only:
        sentences, notices = simplify(sentences)
    encoding = tokenizer(*sentences, truncation=False, padding=False, verbose=False)[0]
    belongs = encoding.sequence_ids
    if {*belongs} - {None} != {*range(len(sentences))}:
        raise CourseError("models.blank")
    b_start = belongs.index(1) if 1 in belongs else None
    segment_ids = tuple(int(b_start is not None and i >= b_start) for i in range(len(belongs)))
    special = {*tokenizer.all_special_ids}
    return EncodedText(
        tuple(map(shown_token, encoding.tokens)), tuple(encoding.ids), segment_ids, b_start,
        _spans(encoding, sentences), sentences,
        (*notices, *read_as_notices(halves(*typed) | changed(tokenizer, encoding, sentences)),
         *dropped_notices(tokenizer, encoding, sentences),
         *unknown_notices(encoding, sentences, tokenizer.unk_token, simplified_only)),
        tuple(place for place, token_id in enumerate(encoding.ids) if token_id in special))


def _spans(encoding: "Encoding", sentences: tuple[str, ...]) -> tuple[tuple[int, int], ...]:
    """Return where each token stands in its sentence, without the blanks that some tokenizers count to it."""
    spans = []
    for belongs, (start, end) in zip(encoding.sequence_ids, encoding.offsets, strict=True):
        piece = sentences[belongs][start:end] if belongs is not None else ""
        spans.append((start + len(piece) - len(piece.lstrip()), end) if piece.strip() else (start, end))
    return tuple(spans)


def ids_of(tokenizer: "PreTrainedTokenizerBase", tokens: list[str]) -> list[int]:
    """Return the number of each token in the vocabulary; what it does not hold has that of the unknown token."""
    found = tokenizer.convert_tokens_to_ids(tokens)
    return [found] if isinstance(found, int) else found


def text_of(tokenizer: "PreTrainedTokenizerBase", token_ids: list[int], *, skip_special_tokens: bool = False) -> str:
    """Return the text that tokens stand for."""
    found = tokenizer.decode(token_ids, skip_special_tokens=skip_special_tokens)
    return found if isinstance(found, str) else "".join(found)


def unknown_notices(encoding: "Encoding", sentences: tuple[str, ...], unknown: str, simplified_only: bool
                    ) -> list[str]:
    """Name what the vocabulary does not hold, in the learner's own characters: one sentence or two, or none."""
    pieces = _unknown_pieces(encoding, sentences, unknown)
    notices = name_unknown(pieces, unknown)
    if notices and simplified_only and _converter() is None and any(map(is_chinese, "".join(pieces))):
        notices.append(say("models.opencc_missing"))
    return notices


def _unknown_pieces(encoding: "Encoding", sentences: tuple[str, ...], unknown: str) -> list[str]:
    """Return what is read as `unknown`, as it was typed."""
    starts = {(belongs, start) for belongs, (start, _) in zip(encoding.sequence_ids, encoding.offsets, strict=True)}
    found: list[tuple[int, int, int]] = []                                     # (sentence, start, end)
    for token, belongs, (start, end) in zip(encoding.tokens, encoding.sequence_ids, encoding.offsets, strict=True):
        if token == unknown and belongs is not None:
            if found and found[-1][::2] == (belongs, start) and _is_one_sign(sentences[belongs], start):
                start = found.pop()[1]
            found.append((belongs, start, end))
    return [_whole_characters(sentences[belongs], start, end, {at for text, at in starts if text == belongs})
            for belongs, start, end in found]


def _is_one_sign(sentence: str, at: int) -> bool:
    """Whether what stands before and behind a place is one sign: a family, a hand with a colour of skin."""
    return sentence[at - 1] == JOINER or JOINED.match(sentence, at) is not None


def dropped_notices(tokenizer: "PreTrainedTokenizerBase", encoding: "Encoding", sentences: tuple[str, ...]
                    ) -> list[str]:
    """Name the characters that the tokenizer takes out without a word, such as invisible ones: one sentence or none.

    Those inside a piece that is named as unknown are named with it.
    """
    named = "".join(_unknown_pieces(encoding, sentences, tokenizer.unk_token))
    normalizer = tokenizer.backend_tokenizer.normalizer
    if normalizer is None:
        return []
    lost = [character for character in dict.fromkeys("".join(sentences))
            if not character.isspace() and character not in named
            and unicodedata.category(character) != "Mn"              # accents belong to their letter
            and not normalizer.normalize_str(character)]
    return name_dropped(lost)


def name_dropped(lost: list[str]) -> list[str]:
    """Say which characters never reach the model, in one sentence; none where there are none."""
    shown = [visible(character) for character in lost[:MOST_PIECES_NAMED]] + ["…"] * (len(lost) > MOST_PIECES_NAMED)
    return [say("models.dropped", characters=" ".join(shown))] if lost else []


def _whole_characters(sentence: str, start: int, end: int, starts: set[int]) -> str:
    """Return a piece of a sentence with the marks that belong to its last letter and to no other token, composed."""
    while end < len(sentence) and end not in starts and (
            unicodedata.category(sentence[end]) in ("Mn", "Mc") or "\u1160" <= sentence[end] <= "\u11ff"):
        end += 1                                         # accents, and the later parts of a Korean syllable
    return unicodedata.normalize("NFC", sentence[start:end])


def name_unknown(pieces: list[str], unknown: str) -> list[str]:
    """Say which pieces of a text are read as `unknown`, in one sentence; none where there is nothing to say."""
    pieces = [piece for piece in dict.fromkeys(pieces) if piece != unknown]
    if not pieces:
        return []
    named = [visible(piece) for piece in pieces[:MOST_PIECES_NAMED]] + ["…"] * (len(pieces) > MOST_PIECES_NAMED)
    return [say("models.unknown", unknown=unknown, pieces=" ".join(named))]


def simplify(sentences: tuple[str, ...]) -> tuple[tuple[str, ...], list[str]]:
    """Convert traditional to simplified characters, and say which; without opencc leave the text as it is."""
    converter = _converter()
    if converter is None:
        return sentences, []
    converted = tuple(map(simplified, sentences))
    if converted == sentences:
        return sentences, []
    changed = dict.fromkeys(character for before, after in zip(sentences, converted, strict=True)
                            for character in _replaced(before, after))
    return converted, [say("models.converted", characters=" ".join(changed))]


def simplified(text: str) -> str:
    """Return a text in simplified characters; as it is where opencc is not installed.

    >>> simplified("他站著，看名著")
    '他站着，看名著'
    """
    converter = _converter()
    if converter is None:
        return text
    converted = "\0".join(map(converter.convert, text.split("\0")))          # before 1.2, opencc stopped at a NUL
    return _zhu().sub(lambda found: "着" if found[0] == "著" else found[0], converted)


@functools.cache
def _zhu() -> re.Pattern[str]:
    """Return what finds each 著, with its word where it stays."""
    return re.compile("|".join((*ZHU, "著")))


def _replaced(before: str, after: str) -> str:
    """Return the characters of `before` that stand otherwise in `after`, in order."""
    if len(before) == len(after):
        return "".join(old for old, new in zip(before, after, strict=True) if old != new)
    steps = SequenceMatcher(None, before, after, autojunk=False).get_opcodes()
    return "".join(before[start:end] for kind, start, end, *_ in steps if kind != "equal")


@functools.cache
def _converter() -> "OpenCC | None":
    """Return the converter from traditional to simplified characters; None where opencc is not installed."""
    try:
        from opencc import OpenCC
    except ImportError:
        return None
    return OpenCC("t2s")

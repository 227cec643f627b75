"""The tokenizer both course models share, made from the training text.

    python -m training.tokenizer WORK

reads WORK/data.json and writes WORK/tokenizer/: every Chinese character alone, English words with ## continuations,
digits alone, and the first word of a sentence in the case it has elsewhere ("The" -> "the", "Tom" stays).
All of this lives inside tokenizer.json, so plain transformers gives the same tokens.
"""

import argparse
import json
import re
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

from tokenizers import Regex, Tokenizer, decoders, models, normalizers, pre_tokenizers, processors, trainers
from transformers import PreTrainedTokenizerFast

SPECIAL = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", "<2zh>", "<2en>"]
WORD = r"(?:(?!\p{Han})\p{L})+(?:'\p{L}+)*"
UNITS = rf"\p{{Han}}|\p{{N}}|{WORD}|[^\s]"
SENTENCE_START = r"""(?:(?<=^)|(?<=[.!?]\s)|(?<=[.!?]"\s)|(?<=^")|(?<=\s"))"""
VOCABULARY = 8_000


def names(sentences: Iterable[str]) -> set[str]:
    """Return the words that keep their capital inside sentences: Tom, Japan, I, Monday..."""
    seen = Counter(word for s in sentences for word in re.findall(r"(?<=[a-z,] )[A-Za-z]+", s))
    lower: Counter[str] = Counter()
    for word, count in seen.items():
        lower[word.lower()] += count
    return {w for w, count in seen.items() if w[0].isupper() and count > 0.5 * lower[w.lower()]}


def truecasing(proper: set[str]) -> list[normalizers.Normalizer]:
    """Return one rule a letter: a capital at the start of a sentence becomes small, unless a name begins there.

    Words in capitals (TV) stay. Rules of this kind are kept by tokenizer.json.
    """
    rules: list[normalizers.Normalizer] = []
    for letter in "ABCDEFGHIJKLMNOPQRSTUVWXYZ":
        rests = "|".join(sorted((n[1:] for n in proper if n[0] == letter), key=lambda r: (-len(r), r)))
        keep = rf"(?!(?:{rests})(?!\p{{L}}))" if any(n[0] == letter for n in proper) else ""
        rules.append(normalizers.Replace(Regex(rf"{SENTENCE_START}{letter}(?!\p{{Lu}}){keep}"), letter.lower()))
    return rules


def blank_tokenizer(proper: set[str]) -> Tokenizer:
    """Return a WordPiece tokenizer without vocabulary that normalises and cuts text as the course does."""
    tokenizer = Tokenizer(models.WordPiece(vocab={"[UNK]": 0}, unk_token="[UNK]", max_input_chars_per_word=40))
    tokenizer.normalizer = normalizers.Sequence(
        [normalizers.NFKC(), normalizers.Replace(Regex("[’‘]"), "'"), normalizers.Replace(Regex("[“”]"), '"'),
         normalizers.Strip(), *truecasing(proper)])
    tokenizer.pre_tokenizer = pre_tokenizers.Sequence(
        [pre_tokenizers.WhitespaceSplit(), pre_tokenizers.Split(Regex(UNITS), "isolated")])
    tokenizer.decoder = decoders.WordPiece(prefix="##")
    return tokenizer


def units(tokenizer: Tokenizer, sentences: Iterable[str]) -> Counter:
    """Count the units that WordPiece will see: characters, words, digits, marks."""
    return Counter(unit for s in sentences
                   for unit, _ in tokenizer.pre_tokenizer.pre_tokenize_str(tokenizer.normalizer.normalize_str(s)))


def english_pieces(words: Counter, size: int) -> list[str]:
    """Return `size` word pieces trained on the counted words, whole alphabet included."""
    learner = Tokenizer(models.WordPiece(unk_token="[UNK]"))
    learner.pre_tokenizer = pre_tokenizers.WhitespaceSplit()
    trainer = trainers.WordPieceTrainer(vocab_size=size, continuing_subword_prefix="##", show_progress=False)
    learner.train_from_iterator((" ".join([word] * count) for word, count in sorted(words.items())), trainer)
    pieces = learner.get_vocab()
    return sorted(pieces, key=lambda piece: pieces[piece])


def build_tokenizer(english: list[str], chinese: list[str], size: int = VOCABULARY) -> PreTrainedTokenizerFast:
    """Return the shared tokenizer for these training sentences.

    Args:
        english: sentences that truecasing and word pieces are learnt from.
        chinese: sentences whose every character seen twice becomes a token.
        size: entries in the vocabulary, special tokens included.
    """
    tokenizer = blank_tokenizer(names(english))
    counted = units(tokenizer, english) + units(tokenizer, chinese)
    words = Counter({u: n for u, n in counted.items() if re.fullmatch(r"[A-Za-z][A-Za-z']*", u)})
    rest = sorted((u for u, n in counted.items() if u not in words and len(u) == 1 and n > 1),
                  key=lambda u: (-counted[u], u))
    pieces = english_pieces(words, size - len(SPECIAL) - len(rest))
    vocabulary = list(dict.fromkeys([*SPECIAL, *rest, *pieces]))[:size]
    tokenizer.model = models.WordPiece(vocab={t: i for i, t in enumerate(vocabulary)}, unk_token="[UNK]",
                                       max_input_chars_per_word=40)
    tokenizer.add_special_tokens(SPECIAL)
    tokenizer.post_processor = processors.TemplateProcessing(
        single="[CLS] $A [SEP]", pair="[CLS] $A [SEP] $B:1 [SEP]:1",
        special_tokens=[(t, tokenizer.token_to_id(t)) for t in ("[CLS]", "[SEP]")])
    return PreTrainedTokenizerFast(
        tokenizer_object=tokenizer, pad_token="[PAD]", unk_token="[UNK]", cls_token="[CLS]", sep_token="[SEP]",
        mask_token="[MASK]", model_max_length=128,
        model_input_names=["input_ids", "token_type_ids", "attention_mask"])


def main(arguments: list[str] | None = None) -> None:
    """Run the command line above."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("work", type=Path)
    options = parser.parse_args(arguments)
    data = json.loads((options.work / "data.json").read_text(encoding="utf-8"))
    english = [en for en, _ in data["train"]]
    tokenizer = build_tokenizer(english, [zh for _, zh in data["train"]] + data["chinese"])
    tokenizer.save_pretrained(options.work / "tokenizer")
    pieces = sum(len(tokenizer.tokenize(s)) for s in english[:2000])
    words = sum(len(re.findall(r"[A-Za-z']+|\d|[^\w\s]", s)) for s in english[:2000])
    print(f"{len(tokenizer):,} entries, {pieces / words:.3f} pieces an English unit")


if __name__ == "__main__":
    main()

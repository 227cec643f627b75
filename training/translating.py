"""The translator's folder put to work on many sentences at once, for the evaluation."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import torch
from torch import Tensor
from transformers import PreTrainedTokenizerBase

from helpers.models import load_translator
from helpers.models.translation.course import CourseTranslator
from helpers.models.translation.sentences import sentence
from helpers.transformer import Hypothesis, Transformer, Vocabulary, beam_search, greedy_search, length_penalty

from .translator_data import DIRECTIONS

BATCH = 64
BEAM = 4


@dataclass(frozen=True, eq=False)
class BatchTranslator:
    """A trained translator as it lies in its folder.

    Attributes:
        model, tokenizer: the Transformer and the shared tokenizer.
        pieces: for each target language, "zh" and "en", the ids it is written with.
        taught_head: (layer, head) of the cross-attention that was taught to align.
    """

    model: Transformer
    tokenizer: PreTrainedTokenizerBase
    pieces: dict[str, Tensor]
    taught_head: tuple[int, int]

    def source_ids(self, text: str, language: str) -> list[int]:
        """Return what the encoder reads: the tag of the target language, the text, the end."""
        tag, end = self.tokenizer.convert_tokens_to_ids(DIRECTIONS[language]), self.tokenizer.sep_token_id
        return [tag, *self.plain_ids(text), end]

    def plain_ids(self, text: str) -> list[int]:
        """Return the ids of a text, without tag or end."""
        return self.tokenizer(text, add_special_tokens=False, truncation=True, max_length=120).input_ids

    def vocabulary(self, language: str) -> Vocabulary:
        """Return what a search needs to write `language`."""
        return Vocabulary(self.tokenizer.cls_token_id, self.tokenizer.sep_token_id, self.pieces[language])

    def greedy(self, sentences: list[str], language: str) -> list[str]:
        """Translate sentences into `language` greedily, in batches of like length."""
        sources = [self.source_ids(text, language) for text in sentences]
        order = sorted(range(len(sources)), key=lambda i: len(sources[i]))
        written: dict[int, list[int]] = {}
        for at in range(0, len(order), BATCH):
            chosen = order[at:at + BATCH]
            ids, mask = padded([sources[i] for i in chosen], self.tokenizer.pad_token_id)
            rows = greedy_search(self.model, ids, mask, self.vocabulary(language), self.most(ids.shape[1]))
            written |= {i: row[:self.most(len(sources[i]))] for i, row in zip(chosen, rows, strict=True)}
        return [self.text(written[i], language) for i in range(len(sentences))]

    def candidates(self, text: str, language: str, beam: int = BEAM) -> list[Hypothesis]:
        """Return the paths that a beam search finished, or those it was cut on; `best` chooses among them.

        The length penalty plays no part in the search itself, since all paths of a step are of one length; so one
        search is enough to try every alpha.
        """
        ids = torch.tensor([self.source_ids(text, language)])
        _, steps = beam_search(self.model, ids, self.vocabulary(language), self.most(ids.shape[1]), beam=beam)
        finished = [path for step in steps for path in step if path.fate == "finished"]
        return finished or [path for path in steps[-1] if path.fate == "kept"]

    def best(self, candidates: list[Hypothesis], language: str, alpha: float) -> str:
        """Return the text of the candidate that ranks first with this length penalty."""
        best = max(candidates, key=lambda path: path.log_probability / length_penalty(len(path.token_ids), alpha))
        return self.text(best.token_ids, language)

    def most(self, n_source: int) -> int:
        """Return how many tokens a translation may have: twice the source and ten, as far as the model reaches."""
        return min(2 * n_source + 10, self.model.config.max_tokens)

    def text(self, token_ids: Iterable[int], language: str) -> str:
        """Return written ids as one would print them, the end left out."""
        tokens = self.tokenizer.convert_ids_to_tokens([i for i in token_ids if i != self.tokenizer.sep_token_id])
        return sentence(tokens, language)


def load(folder: Path) -> BatchTranslator:
    """Load the folder that `training.translator.export` wrote, in float64, as the course does."""
    course = load_translator(folder)
    if not isinstance(course, CourseTranslator):
        raise TypeError(f"{folder} holds another translator than the course's")
    return BatchTranslator(course.model, course.tokenizer, course.pieces, course.taught_head)


def padded(rows: list[list[int]], pad_id: int) -> tuple[Tensor, Tensor]:
    """Return rows of ids as one batch (row, token) and its mask (row, 1, 1, token), True where there is a token."""
    width = max(map(len, rows))
    ids = torch.tensor([row + [pad_id] * (width - len(row)) for row in rows])
    return ids, (ids != pad_id)[:, None, None]


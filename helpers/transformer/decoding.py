"""Writing a target: greedy search, and beam search with every path it kept and dropped."""

from dataclasses import dataclass

import torch
from torch import Tensor

from helpers.transformer.cache import Cache
from helpers.transformer.model import Transformer


@dataclass(frozen=True)
class Vocabulary:
    """The ids a search needs.

    Attributes:
        start, end: the token a target begins after, and the one it ends with.
        pieces: (piece,), the ids that may be written, the end among them.
    """

    start: int
    end: int
    pieces: Tensor

    def log_probabilities(self, logits: Tensor) -> Tensor:
        """Return (..., piece): the log-softmax over the pieces alone, in their order."""
        return logits[..., self.pieces].log_softmax(-1)


@torch.no_grad()
def greedy_search(model: Transformer, source_ids: Tensor, source_mask: Tensor | None, vocabulary: Vocabulary,
                  max_tokens: int) -> list[list[int]]:
    """Write each target by taking the likeliest token, again and again.

    Args:
        model: the Transformer.
        source_ids, source_mask: as in `Transformer.encode`.
        vocabulary: start, end and the pieces that may be written.
        max_tokens: where a target without end is cut.

    Returns:
        One list of ids a source, with the end token where it was reached.
    """
    memory = model.encode(source_ids, source_mask).states
    cache, new = Cache(len(model.decoder)), torch.full((len(source_ids), 1), vocabulary.start)
    written: list[Tensor] = []
    done = torch.zeros(len(source_ids), dtype=torch.bool)
    while len(written) < max_tokens and not done.all():
        logits = model.logits(model.decode(new, memory, source_mask, cache).states[:, -1])
        new = vocabulary.pieces[vocabulary.log_probabilities(logits).argmax(-1, keepdim=True)]   # (batch, 1)
        written.append(new)
        done |= new[:, 0] == vocabulary.end
    rows = torch.cat(written, dim=1).tolist()
    return [row[:row.index(vocabulary.end) + 1] if vocabulary.end in row else row for row in rows]


@dataclass(frozen=True)
class Path:
    """One target in a beam search, finished or on its way.

    Attributes:
        token_ids: what was written so far, the end token last if it is finished.
        log_probability: the sum over its tokens.
        score: the log probability divided by the length penalty; paths are ranked by it.
        parent: the place in the step before of the path that this one goes on from.
        fate: "kept", "finished" or "dropped".
    """

    token_ids: tuple[int, ...]
    log_probability: float
    score: float
    parent: int
    fate: str


def length_penalty(n_tokens: int, alpha: float) -> float:
    """Return what a log probability is divided by: 1 for one token, more for longer targets if alpha > 0.

    Source: Wu et al. 2016, equation 14.
    """
    return ((5 + n_tokens) / 6) ** alpha


@torch.no_grad()
def beam_search(model: Transformer, source_ids: Tensor, vocabulary: Vocabulary, max_tokens: int, *, beam: int = 4,
                alpha: float = 1.0) -> tuple[Path, list[list[Path]]]:
    """Write one target, following the `beam` best paths at a time.

    Args:
        model: the Transformer.
        source_ids: (1, source token).
        vocabulary: start, end and the pieces that may be written.
        max_tokens: where a target without end is cut.
        beam: how many paths are kept at each step, 1 or more; 1 is greedy search.
        alpha: of the length penalty; 0 ranks by probability alone, and so prefers short targets.

    Returns:
        The best path, and for each step the paths that were looked at, best first.
    """
    memory = model.encode(source_ids).states
    cache, steps = Cache(len(model.decoder)), []
    paths, finished = [Path((), 0.0, 0.0, 0, "kept")], []
    while paths and len(steps) < max_tokens and len(finished) < beam:
        new = torch.tensor([[path.token_ids[-1] if path.token_ids else vocabulary.start] for path in paths])
        states = model.decode(new, memory.expand(len(paths), -1, -1), None, cache).states[:, -1]
        steps.append(_grown(paths, vocabulary.log_probabilities(model.logits(states)), vocabulary, beam, alpha))
        kept = [path for path in steps[-1] if path.fate == "kept"]
        finished += [path for path in steps[-1] if path.fate == "finished"]
        cache.select([path.parent for path in kept])
        paths = kept
    return max(finished or paths, key=lambda path: path.score), steps


def _grown(paths: list[Path], log_probabilities: Tensor, vocabulary: Vocabulary, beam: int,
           alpha: float) -> list[Path]:
    """Return the 2 * beam best ways to go on, with their fates.

    A path that ends among the first `beam` is finished; of the others the first `beam` are kept.
    """
    totals = log_probabilities + torch.tensor([[path.log_probability] for path in paths])        # (path, piece)
    best = totals.flatten().topk(min(2 * beam, totals.numel()))
    penalty, grown, n_kept = length_penalty(len(paths[0].token_ids) + 1, alpha), [], 0
    for rank, (total, cell) in enumerate(zip(best.values.tolist(), best.indices.tolist(), strict=True)):
        parent, piece = divmod(cell, totals.shape[1])
        token_id = int(vocabulary.pieces[piece])
        ends = token_id == vocabulary.end
        fate = ("finished" if rank < beam else "dropped") if ends else "kept" if n_kept < beam else "dropped"
        n_kept += fate == "kept"
        grown.append(Path((*paths[parent].token_ids, token_id), total, total / penalty, parent, fate))
    return grown

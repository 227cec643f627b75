"""Writing a target: greedy search, sampling, and beam search with every path it kept and dropped."""

import random
from collections.abc import Callable
from dataclasses import dataclass, replace

import torch
from torch import Tensor

from .. import wanted
from .cache import Cache
from .model import Encoded, Transformer

MOST_BEAMS = 1000


@dataclass(frozen=True)
class Vocabulary:
    """What a search may write, and how it must begin.

    Attributes:
        start, end: the token a target begins after, and the one it ends with.
        pieces: (piece,), the ids that may be written, the end among them.
        prefix: pieces that every target has to begin with; () for none.
        temperature: what the logits are divided by: below 1 sharpens the probabilities, above 1 flattens them.

    Raises:
        CourseError: for pieces, tokens or a temperature that are none.
    """

    start: int
    end: int
    pieces: Tensor
    prefix: tuple[int, ...] = ()
    temperature: float = 1.0

    def __post_init__(self) -> None:
        pieces = self.pieces
        if not isinstance(pieces, Tensor) or pieces.ndim != 1 or pieces.is_floating_point() or not len(pieces):
            raise wanted.wrong("Vocabulary", "pieces", pieces, "ids")
        for name in ("start", "end"):
            wanted.whole("Vocabulary", name, getattr(self, name), -1, wanted.MOST_ENTRIES)
        wanted.wholes("Vocabulary", "prefix", self.prefix)
        wanted.above("Vocabulary", "temperature", self.temperature)

    def log_probabilities(self, logits: Tensor) -> Tensor:
        """Return (..., piece): the log-softmax over the pieces alone, in their order."""
        return (logits[..., self.pieces] / self.temperature).log_softmax(-1)


def greedy_search(model: Transformer, source_ids: Tensor, source_mask: Tensor | None, vocabulary: Vocabulary,
                  max_tokens: int) -> list[list[int]]:
    """Write each target by taking the likeliest token, again and again.

    Args:
        model: the Transformer.
        source_ids, source_mask: as in `Transformer.encode`.
        vocabulary: start, end and the pieces that may be written.
        max_tokens: where a target without end is cut.

    Returns:
        One list of ids a source, the prefix first, with the end token where it was reached.

    Raises:
        CourseError: for another kind of argument.
    """
    _refuse_unfit("greedy_search", model, source_ids, vocabulary, max_tokens)
    return _write(model, source_ids, source_mask, vocabulary, max_tokens, lambda ways: ways.argmax(-1, keepdim=True))


def sample(model: Transformer, source_ids: Tensor, source_mask: Tensor | None, vocabulary: Vocabulary,
           max_tokens: int, seed: int) -> list[list[int]]:
    """Write each target by drawing every token by lot, as likely as the model holds it at this temperature.

    Args:
        model, source_ids, source_mask, vocabulary, max_tokens: as in `greedy_search`.
        seed: the same seed draws the same tokens.

    Returns:
        As `greedy_search`.

    Raises:
        CourseError: for another kind of argument.
    """
    _refuse_unfit("sample", model, source_ids, vocabulary, max_tokens)
    chance = random.Random(wanted.seed("sample", seed))

    def draw(ways: Tensor) -> Tensor:
        lots = ways.new_tensor([[chance.random()] for _ in ways])                          # (batch, 1) in [0, 1)
        return torch.searchsorted(ways.exp().cumsum(-1), lots, right=True).clamp(max=ways.shape[1] - 1)

    return _write(model, source_ids, source_mask, vocabulary, max_tokens, draw)


@torch.no_grad()
def _write(model: Transformer, source_ids: Tensor, source_mask: Tensor | None, vocabulary: Vocabulary,
           max_tokens: int, choose: Callable[[Tensor], Tensor]) -> list[list[int]]:
    """Write token after token; `choose` takes log probabilities (batch, piece) to places among them (batch, 1)."""
    memory = model.encode(source_ids, source_mask).states
    cache, new = Cache(len(model.decoder)), torch.tensor([[vocabulary.start, *vocabulary.prefix]] * len(source_ids))
    rows, done = new[:, 1:], torch.zeros(len(source_ids), dtype=torch.bool)
    while rows.shape[1] < max_tokens and not done.all():
        logits = model.logits(model.decode(new, memory, source_mask, cache).states[:, -1])
        new = vocabulary.pieces[choose(vocabulary.log_probabilities(logits))]              # (batch, 1)
        rows = torch.cat([rows, new], dim=1)
        done |= new[:, 0] == vocabulary.end
    return [row[:row.index(vocabulary.end) + 1] if vocabulary.end in row else row for row in rows.tolist()]


@dataclass(frozen=True)
class Hypothesis:
    """One target in a beam search, finished or on its way.

    Attributes:
        token_ids: what was written so far, the end token last if it is finished.
        log_probability: the sum over its tokens.
        score: the log probability divided by the length penalty; paths are ranked by it.
        parent: which of the paths kept in the step before this one goes on from, counted from 0.
        fate: "kept", "finished" or "dropped".
    """

    token_ids: tuple[int, ...]
    log_probability: float
    score: float
    parent: int
    fate: str


def _refuse_unfit(function: str, model: object, source: object, vocabulary: object, max_tokens: object) -> None:
    """Refuse what no search can start from."""
    if not all(hasattr(model, step) for step in ("encode", "decode", "logits")):
        raise wanted.wrong(function, "model", model, "transformer")
    if isinstance(model, Transformer) and not isinstance(source, Encoded):
        wanted.ids(function, "source", source, model.config.vocab_size)
    wanted.instance(function, "vocabulary", vocabulary, Vocabulary, "vocabulary")
    wanted.whole(function, "max_tokens", max_tokens, 1, wanted.MOST_WIDTH)


def length_penalty(n_tokens: int, alpha: float) -> float:
    """Return what a log probability is divided by: 1 for one token, more for longer targets if alpha > 0.

    Raises:
        CourseError: for a number of tokens or an alpha that is none.

    Source: Wu et al. 2016, equation 14.
    """
    tokens = wanted.whole("length_penalty", "n_tokens", n_tokens, 0, wanted.MOST_WIDTH)
    return ((5 + tokens) / 6) ** wanted.number("length_penalty", "alpha", alpha, -10, 10)


@torch.no_grad()
def beam_search(model: Transformer, source: Tensor | Encoded, vocabulary: Vocabulary, max_tokens: int, *,
                beam: int = 4, alpha: float = 1.0) -> tuple[Hypothesis, list[list[Hypothesis]]]:
    """Write one target, following the `beam` best paths at a time.

    Args:
        model: the Transformer.
        source: ids (1, source token), or what the encoder made of them, with its mask.
        vocabulary: start, end, the pieces that may be written, the prefix.
        max_tokens: where a target without end is cut.
        beam: how many paths are kept at each step, 1 or more; 1 is greedy search.
        alpha: of the length penalty; 0 ranks by probability alone, and so prefers short targets.

    Returns:
        The best path, and for each step behind the prefix the paths that were looked at, best first.

    Raises:
        CourseError: for another kind of argument.
    """
    _refuse_unfit("beam_search", model, source, vocabulary, max_tokens)
    wanted.whole("beam_search", "beam", beam, 1, MOST_BEAMS)
    if isinstance(source, Tensor) and len(source) != 1:
        raise wanted.wrong("beam_search", "source", source, "id_row", last=model.config.vocab_size - 1)
    wanted.number("beam_search", "alpha", alpha, -10, 10)
    encoded = source if isinstance(source, Encoded) else model.encode(source)
    cache, finished = Cache(len(model.decoder)), list[Hypothesis]()
    steps: list[list[Hypothesis]] = []
    paths, new = [Hypothesis(vocabulary.prefix, 0.0, 0.0, 0, "kept")], [[vocabulary.start, *vocabulary.prefix]]
    while paths and len(paths[0].token_ids) < max_tokens and len(finished) < beam:
        memory = encoded.states.expand(len(paths), -1, -1)
        states = model.decode(torch.tensor(new), memory, encoded.mask, cache).states     # (path, new token, d_model)
        ways = vocabulary.log_probabilities(model.logits(states))                        # (path, new token, piece)
        if not steps:
            paths = [replace(paths[0], log_probability=_log_probability(ways[0], vocabulary))]
        penalty = length_penalty(len(paths[0].token_ids) + 1, alpha)
        steps.append(grow(paths, ways[:, -1], vocabulary, beam, penalty))
        paths = [path for path in steps[-1] if path.fate == "kept"]
        finished += [path for path in steps[-1] if path.fate == "finished"]
        new = [[path.token_ids[-1]] for path in paths]
        cache.select([path.parent for path in paths])
    return max(finished or paths, key=lambda path: path.score), steps


def _log_probability(ways: Tensor, vocabulary: Vocabulary) -> float:
    """Return the log probability of the whole prefix, from those of all pieces at each place, (token, piece)."""
    places = [vocabulary.pieces.tolist().index(token_id) for token_id in vocabulary.prefix]
    return ways[range(len(places)), places].sum().item()


def grow(paths: list[Hypothesis], log_probabilities: Tensor, vocabulary: Vocabulary, beam: int,
         penalty: float) -> list[Hypothesis]:
    """Return the 2 * beam best ways to go on, best first, with their fates.

    A path that ends among the first `beam` is finished; of the others the first `beam` are kept.

    Args:
        paths: the beginnings that were kept, equally long.
        log_probabilities: (path, piece), of the next token.
        vocabulary: the pieces in their order, and the end.
        beam: how many paths are kept.
        penalty: what the log probabilities of paths one token longer are divided by.
    """
    totals = log_probabilities + log_probabilities.new_tensor([[path.log_probability] for path in paths])
    best, grown, n_kept = totals.flatten().topk(min(2 * beam, totals.numel())), [], 0
    for rank, (total, cell) in enumerate(zip(best.values.tolist(), best.indices.tolist(), strict=True)):
        parent, piece = divmod(cell, totals.shape[1])
        token_id = int(vocabulary.pieces[piece])
        ends = token_id == vocabulary.end
        fate = ("finished" if rank < beam else "dropped") if ends else "kept" if n_kept < beam else "dropped"
        n_kept += fate == "kept"
        grown.append(Hypothesis((*paths[parent].token_ids, token_id), total, total / penalty, parent, fate))
    return grown

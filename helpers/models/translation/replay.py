"""What a beam search of transformers looked at: it keeps the winner alone, so each step is taken down and replayed."""

from dataclasses import replace

from torch import Tensor, stack

from ...transformer import Hypothesis, Vocabulary, grow


class Listener:
    """Stands last in the row of processors that `generate` sends its scores through.

    Args:
        temperature: what it divides the scores by; 1 changes nothing.

    Attributes:
        heard: for each step, the log probabilities of all tokens behind each sequence so far, start token included.
        vocab: how many tokens there are.
    """

    def __init__(self, temperature: float):
        self.temperature = temperature
        self.heard: list[dict[tuple[int, ...], Tensor]] = []
        self.vocab = 0

    def __call__(self, input_ids: Tensor, scores: Tensor) -> Tensor:
        """Take down and return the scores, (sequence, vocab)."""
        if self.temperature != 1:
            scores = (scores / self.temperature).log_softmax(-1)
        self.vocab = scores.shape[-1]
        self.heard.append(dict(zip(map(tuple, input_ids.tolist()), scores, strict=True)))
        return scores


def replayed(listener: Listener, vocabulary: Vocabulary, beam: int, length_penalty: float) -> list[list[Hypothesis]]:
    """Return for each step of a finished beam search the paths it looked at, best first.

    Args:
        listener: what heard the search.
        vocabulary: start, end, all ids and the prefix.
        beam: how many paths were kept.
        length_penalty: the exponent of the length that scores are divided by, as transformers defines it.
    """
    paths, steps = [Hypothesis(vocabulary.prefix, 0.0, 0.0, 0, "kept")], []
    for n, heard in enumerate(listener.heard, start=1):
        ways = [heard[vocabulary.start, *path.token_ids] for path in paths]
        grown = grow(paths, stack(ways), vocabulary, beam, n ** length_penalty)
        steps.append(_as_heard(grown, vocabulary, *listener.heard[n:n + 1]))
        paths = [path for path in steps[-1] if path.fate == "kept"]
    return steps


def _as_heard(grown: list[Hypothesis], vocabulary: Vocabulary, following: dict | None = None) -> list[Hypothesis]:
    """Return the paths with the fates that the search itself gave them: of two that tie, either may have gone on."""
    if following is None:
        return grown
    return [path if path.fate == "finished" else
            replace(path, fate="kept" if (vocabulary.start, *path.token_ids) in following else "dropped")
            for path in grown]

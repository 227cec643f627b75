"""Chapter 00: where the second sentence begins, what a row adds up to, who gets the most."""

from torch.nn.functional import softmax

from ..models.records import AttentionRecord
from .exercise import Mistake
from .functions import FunctionExercise, wave
from .values import ValueExercise


def first_of_b(record: AttentionRecord, steps: int = 0) -> set[tuple[int]]:
    """Return the index of the first token of sentence B, moved by some steps; empty where there is one sentence."""
    return set() if record.sentence_b_start is None else {(record.sentence_b_start + steps,)}


def facts(value: tuple[int], record: AttentionRecord) -> dict[str, object]:
    """Return what the messages say about an index: the token that stands there, and the last index."""
    inside = 0 <= value[0] < record.n_tokens
    return {"index": value[0], "token": record.tokens[value[0]] if inside else "", "last": record.n_tokens - 1}


FIRST = ValueExercise(
    key="00.first",
    right=first_of_b,
    mistakes=(
        Mistake("from_one", lambda record: first_of_b(record, 1)),
        Mistake("separator", lambda record: first_of_b(record, -1)),
        Mistake("specials_left_out", lambda record: first_of_b(record, -2)),
        Mistake("characters", lambda record: {(len(text),) for text in getattr(record, "sentences", ())[:1]}),
        Mistake("all_tokens", lambda record: {(record.n_tokens,), (record.n_tokens - 1,)}),
    ),
    places=lambda record: {(index,) for index in range(record.n_tokens)},
    facts=facts,
)

ROWS = FunctionExercise(
    key="00.rows",
    name="row_sums",
    right=lambda weights: weights.sum(-1),
    cases=tuple({"weights": wave(*shape)} for shape in ((2, 3, 4, 4), (3, 2, 5, 5), (2, 3, 4, 5))),
    mistakes=(
        Mistake("over_queries", lambda weights: weights.sum(-2)),
        Mistake("over_heads", lambda weights: weights.sum(1)),
        Mistake("over_layers", lambda weights: weights.sum(0)),
        Mistake("everything", lambda weights: weights.sum()),
        Mistake("mean", lambda weights: weights.mean(-1)),
    ),
)

STRONGEST = FunctionExercise(
    key="00.strongest",
    name="strongest",
    right=lambda weights, query: weights[query].argmax(),
    cases=tuple({"weights": softmax(wave(n, n, start=n), dim=-1), "query": query}
                for n, query in ((3, 1), (4, 3), (6, 2), (5, 0), (6, 4))),
    mistakes=(
        Mistake("column", lambda weights, query: weights[:, query].argmax()),
        Mistake("whole_table", lambda weights, query: weights.argmax()),
        Mistake("weight", lambda weights, query: weights[query].max()),
        Mistake("from_one", lambda weights, query: weights[query].argmax() + 1),
        Mistake("weakest", lambda weights, query: weights[query].argmin()),
    ),
)

EXERCISES = (FIRST, ROWS, STRONGEST)

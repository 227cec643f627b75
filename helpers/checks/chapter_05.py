"""Chapter 05: an encoder layer counted, both masks, cross-attention, a path's score, the cache."""

import torch
from torch import Tensor
from torch.nn.functional import softmax

from ..attention import attention_scores, attention_weights, causal_mask, scaled_dot_product_attention
from ..transformer import length_penalty
from .exercise import Mistake
from .functions import FunctionExercise, Inputs, wave

START, END = 2, 3


def encoder_layer(d_model: int, d_ff: int, *, projections: int = 4, biases: bool = True, norms: int = 2) -> int:
    """Return the parameters of an encoder layer, parts of which can be left out."""
    attention = projections * (d_model ** 2 + biases * d_model)
    return attention + 2 * d_model * d_ff + biases * (d_ff + d_model) + norms * 2 * d_model


def hidden(scores: Tensor, n_real: int, filler: float = -torch.inf) -> Tensor:
    """Return scores (query, key) with a filler in the place of padded keys."""
    real = torch.arange(scores.shape[-1]) < n_real                     # (key,)
    return scores.masked_fill(~real, filler)


def zeroed_after(scores: Tensor, n_real: int) -> Tensor:
    """Return weights set to 0 after softmax, rows no longer summing to 1."""
    return hidden(softmax(scores, -1), n_real, 0.0)


def rows_hidden(scores: Tensor, n_real: int) -> Tensor:
    """Return weights in which padded queries, in place of keys, were hidden; the whole row is 0."""
    weights = softmax(scores, -1)
    weights[n_real:] = 0
    return weights


def crossed(queries: Tensor, keys: Tensor, values: Tensor) -> Tensor:
    """Return the context of one head."""
    return scaled_dot_product_attention(queries, keys, values)[0]


def cross_case(n_target: int, n_source: int, d_model: int, d_head: int) -> Inputs:
    """Return states of both sides and three matrices."""
    matrices = {f"w_{name}": wave(d_model, d_head, start=start) / d_model ** 0.5
                for start, name in enumerate(("query", "key", "value"), start=3)}
    return {"target_states": wave(n_target, d_model), "source_states": wave(n_source, d_model, start=1.3), **matrices}


def over_queries(target: Tensor, source: Tensor, w_query: Tensor, w_key: Tensor, w_value: Tensor) -> Tensor:
    """Return cross-attention whose softmax ran over the queries."""
    return softmax(attention_scores(target @ w_query, source @ w_key), dim=-2) @ (source @ w_value)


def unscaled(target: Tensor, source: Tensor, w_query: Tensor, w_key: Tensor, w_value: Tensor) -> Tensor:
    """Return cross-attention without division by the root of d_head."""
    return attention_weights(attention_scores(target @ w_query, source @ w_key, scale=1.0)) @ (source @ w_value)


def grown(keys: Tensor, values: Tensor, query: Tensor, key: Tensor, value: Tensor) -> Tensor:
    """Return the context of a new token over the old ones and itself."""
    return crossed(query[None], torch.vstack([keys, key]), torch.vstack([values, value]))[0]


def cache_case(n_tokens: int, d_head: int) -> Inputs:
    """Return keys and values so far, and the query, key and value of a new token."""
    new = {name: wave(d_head, start=start) for start, name in enumerate(("query", "key", "value"), start=5)}
    return {"keys": wave(n_tokens, d_head), "values": wave(n_tokens, d_head, start=2.1), **new}


PARAMETERS = FunctionExercise(
    key="05.parameters",
    name="n_parameters",
    right=encoder_layer,
    cases=tuple({"d_model": d_model, "d_ff": d_ff} for d_model, d_ff in ((4, 8), (512, 2048), (192, 768))),
    mistakes=(
        Mistake("no_norms", lambda d_model, d_ff: encoder_layer(d_model, d_ff, norms=0)),
        Mistake("one_norm", lambda d_model, d_ff: encoder_layer(d_model, d_ff, norms=1)),
        Mistake("no_biases", lambda d_model, d_ff: encoder_layer(d_model, d_ff, biases=False)),
        Mistake("no_biases", lambda d_model, d_ff: encoder_layer(d_model, d_ff, biases=False, norms=0)),
        Mistake("no_output", lambda d_model, d_ff: encoder_layer(d_model, d_ff, projections=3)),
        Mistake("one_matrix", lambda d_model, d_ff: encoder_layer(d_model, d_ff) - d_model * d_ff - d_model),
        Mistake("cross_too", lambda d_model, d_ff: encoder_layer(d_model, d_ff, projections=8, norms=3)),
    ),
)

PADDING = FunctionExercise(
    key="05.padding",
    name="weights_without_padding",
    right=lambda scores, n_real: softmax(hidden(scores, n_real), -1),
    cases=tuple({"scores": wave(*shape), "n_real": n_real} for shape, n_real in
                (((4, 4), 3), ((5, 5), 2), ((3, 6), 4), ((6, 5), 3))),
    mistakes=(
        Mistake("attended", lambda scores, n_real: softmax(scores, -1)),
        Mistake("after_softmax", zeroed_after),
        Mistake("zero_scores", lambda scores, n_real: softmax(hidden(scores, n_real, 0.0), -1)),
        Mistake("queries_hidden", rows_hidden),
        Mistake("inverted", lambda scores, n_real: softmax(hidden(scores.flip(-1), scores.shape[-1] - n_real)
                                                           .flip(-1), -1)),
        Mistake("one_too_many", lambda scores, n_real: softmax(hidden(scores, n_real + 1), -1)),
        Mistake("one_too_few", lambda scores, n_real: softmax(hidden(scores, n_real - 1), -1)),
        Mistake("over_queries", lambda scores, n_real: hidden(softmax(scores, -2), n_real, 0.0)),
        Mistake("cut_off", lambda scores, n_real: softmax(scores[:, :n_real], -1)),
    ),
)

CROSS = FunctionExercise(
    key="05.cross",
    name="cross_attention",
    right=lambda target, source, w_query, w_key, w_value: crossed(target @ w_query, source @ w_key, source @ w_value),
    cases=tuple(cross_case(*sizes) for sizes in ((4, 4, 4, 4), (3, 3, 6, 2), (2, 5, 6, 3))),
    mistakes=(
        Mistake("target_answers", lambda target, source, q, k, v: crossed(target @ q, target @ k, target @ v)),
        Mistake("sides_swapped", lambda target, source, q, k, v: crossed(source @ q, target @ k, target @ v)),
        Mistake("values_from_target", lambda target, source, q, k, v: crossed(target @ q, source @ k, target @ v)),
        Mistake("keys_from_target", lambda target, source, q, k, v: crossed(target @ q, target @ k, source @ v)),
        Mistake("source_asks", lambda target, source, q, k, v: crossed(source @ q, source @ k, source @ v)),
        Mistake("over_queries", over_queries),
        Mistake("no_scale", unscaled),
        Mistake("causal", lambda target, source, q, k, v: scaled_dot_product_attention(
            target @ q, source @ k, source @ v, causal_mask(len(source))[-len(target):])[0]),
    ),
)

CAUSAL = FunctionExercise(
    key="05.causal",
    name="looking_back",
    right=lambda n_tokens: causal_mask(n_tokens).double(),
    cases=tuple({"n_tokens": n} for n in (4, 3, 6)),
    extreme_cases=({"n_tokens": 1},),
    mistakes=(
        Mistake("transposed", lambda n_tokens: causal_mask(n_tokens).T.double()),
        Mistake("not_itself", lambda n_tokens: torch.ones(n_tokens, n_tokens).tril(-1)),
        Mistake("one_ahead", lambda n_tokens: torch.ones(n_tokens, n_tokens).tril(1)),
        Mistake("inverted", lambda n_tokens: (~causal_mask(n_tokens)).double()),
        Mistake("everything", lambda n_tokens: torch.ones(n_tokens, n_tokens)),
        Mistake("itself_alone", lambda n_tokens: torch.eye(n_tokens)),
        Mistake("already_scores", lambda n_tokens: torch.zeros(n_tokens, n_tokens).masked_fill(
            ~causal_mask(n_tokens), -torch.inf)),
    ),
)

SCORE = FunctionExercise(
    key="05.score",
    name="path_score",
    right=lambda probabilities, alpha: probabilities.log().sum() / length_penalty(len(probabilities), alpha),
    cases=tuple({"probabilities": softmax(wave(n), -1), "alpha": alpha} for n, alpha in ((3, 1), (5, 1), (4, 2))),
    mistakes=(
        Mistake("no_penalty", lambda probabilities, alpha: probabilities.log().sum()),
        Mistake("mean", lambda probabilities, alpha: probabilities.log().mean()),
        Mistake("multiplied", lambda probabilities, alpha: probabilities.log().sum()
                * length_penalty(len(probabilities), alpha)),
        Mistake("no_logarithm", lambda probabilities, alpha: probabilities.prod()
                / length_penalty(len(probabilities), alpha)),
        Mistake("probabilities_added", lambda probabilities, alpha: probabilities.sum()
                / length_penalty(len(probabilities), alpha)),
        Mistake("alpha_times", lambda probabilities, alpha: probabilities.log().sum()
                / (alpha * (5 + len(probabilities)) / 6)),
        Mistake("another_base", lambda probabilities, alpha: probabilities.log2().sum()
                / length_penalty(len(probabilities), alpha)),
    ),
)

SHIFT = FunctionExercise(
    key="05.shift",
    name="shifted",
    right=lambda target_ids, start: torch.cat([torch.tensor([start]), target_ids[:-1]]),
    cases=tuple({"target_ids": torch.tensor([*ids, END]), "start": START}
                for ids in ((7, 8, 9), (11, 5), (6, 4, 9, 8))),
    mistakes=(
        Mistake("not_shifted", lambda target_ids, start: target_ids),
        Mistake("shifted_left", lambda target_ids, start: torch.cat([target_ids[1:], torch.tensor([start])])),
        Mistake("end_kept", lambda target_ids, start: torch.cat([torch.tensor([start]), target_ids])),
        Mistake("no_start", lambda target_ids, start: target_ids[:-1]),
        Mistake("rolled", lambda target_ids, start: target_ids.roll(1)),
        Mistake("first_overwritten", lambda target_ids, start: torch.cat([torch.tensor([start]), target_ids[1:]])),
    ),
)

CACHED = FunctionExercise(
    key="05.cached",
    name="cached_step",
    right=grown,
    cases=tuple(cache_case(*sizes) for sizes in ((3, 3), (4, 2), (1, 4))),
    mistakes=(
        Mistake("without_itself", lambda keys, values, query, key, value: crossed(query[None], keys, values)[0]),
        Mistake("only_itself", lambda keys, values, query, key, value: value),
        Mistake("last_overwritten", lambda keys, values, query, key, value: grown(
            keys[:-1], values[:-1], query, key, value)),
        Mistake("key_asks", lambda keys, values, query, key, value: grown(keys, values, key, query, value)),
        Mistake("key_asks", lambda keys, values, query, key, value: grown(keys, values, key, key, value)),
        Mistake("values_of_keys", lambda keys, values, query, key, value: grown(keys, keys, query, key, key)),
        Mistake("no_scale", lambda keys, values, query, key, value: grown(
            keys, values, query * len(query) ** 0.5, key, value)),
        Mistake("no_softmax", lambda keys, values, query, key, value: attention_scores(
            query[None], torch.vstack([keys, key]))[0] @ torch.vstack([values, value])),
    ),
)

EXERCISES = (PARAMETERS, PADDING, CROSS, CAUSAL, SCORE, SHIFT, CACHED)

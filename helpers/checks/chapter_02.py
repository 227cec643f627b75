"""Chapter 02: split, merge, multi-head attention, its parameters, what heads do, one head switched off."""

from collections.abc import Callable

import torch
from torch import Tensor
from torch.nn.functional import softmax

from ..attention import attention_scores, attention_weights, merge_heads, split_heads
from .exercise import Mistake
from .functions import FunctionExercise, Inputs, wave
from .heads import best_heads, facts_about, leaning_to, places
from .values import ValueExercise

Step = Callable[..., Tensor]


def reshaped(inputs: Tensor, n_heads: int) -> Tensor:
    """Return what a reshape alone makes of (token, d_model): the shape (head, token, d_head), tokens mixed."""
    return inputs.reshape(n_heads, len(inputs), -1)


def by_token(inputs: Tensor, n_heads: int) -> Tensor:
    """Return (token, head, d_head): cut, but with the tokens still in front of the heads."""
    return inputs.unflatten(-1, (n_heads, -1))


def run_together(heads: Tensor) -> Tensor:
    """Return what a reshape alone makes of (head, token, d_head): the shape (token, d_model), tokens mixed."""
    return heads.reshape(heads.shape[1], -1)


def attended(queries: Tensor, keys: Tensor, values: Tensor, power: float = 0.5, dim: int = -1) -> Tensor:
    """Return the context of each head: scores divided by d_head ** power, softmax along dim; 0.5 and -1 are right."""
    return softmax(queries @ keys.transpose(-2, -1) / keys.shape[-1] ** power, dim) @ values


def layer(inputs: Tensor, *others: Tensor | int, split: Step = split_heads, attend: Step = attended,
          merge: Step = merge_heads) -> Tensor:
    """Return multi-head attention, (token, d_model), where a step can be exchanged for a wrong one.

    `others` are w_query, w_key, w_value, w_output and n_heads.
    """
    *matrices, w_output, n_heads = others
    queries, keys, values = (split(inputs @ matrix, n_heads) for matrix in matrices)
    return merge(attend(queries, keys, values)) @ w_output


def scaled_by_d_model(queries: Tensor, keys: Tensor, values: Tensor) -> Tensor:
    """Return the context of each head, with the scores divided by the root of n_heads * d_head."""
    return attention_weights(attention_scores(queries, keys, scale=(len(keys) * keys.shape[-1]) ** -0.5)) @ values


def layer_case(n_tokens: int, d_model: int, n_heads: int) -> Inputs:
    """Return inputs, four matrices and a number of heads, with scores of about the size of 1."""
    names = ("w_query", "w_key", "w_value", "w_output")
    matrices = {name: wave(d_model, d_model, start=start) / d_model ** 0.5 for start, name in enumerate(names)}
    return {"inputs": wave(n_tokens, d_model, start=5), **matrices, "n_heads": n_heads}


def silenced(context: Tensor, place: int | tuple) -> Tensor:
    """Return a copy of the context (head, token, d_head) with zeros at a place."""
    context = context.clone()
    context[place] = 0
    return context


def output_silenced(context: Tensor, head: int, w_output: Tensor) -> Tensor:
    """Return the output with the columns set to zero that a head has before w_output, not after it."""
    output, d_head = merge_heads(context) @ w_output, context.shape[-1]
    output[:, head * d_head:(head + 1) * d_head] = 0
    return output


SPLIT = FunctionExercise(
    key="02.split",
    name="split",
    right=split_heads,
    cases=tuple({"inputs": torch.arange(1.0, n * d + 1).reshape(n, d), "n_heads": n_heads}
                for n, d, n_heads in ((4, 6, 2), (3, 8, 2), (5, 6, 3), (2, 8, 4))),
    mistakes=(
        Mistake("reshape_alone", reshaped),
        Mistake("not_transposed", by_token),
        Mistake("interleaved", lambda inputs, n_heads: inputs.unflatten(-1, (-1, n_heads)).movedim(-1, 0)),
        Mistake("sizes_swapped", lambda inputs, n_heads: inputs.unflatten(-1, (-1, n_heads)).transpose(0, 1)),
        Mistake("tokens_cut", lambda inputs, n_heads: inputs.unflatten(0, (n_heads, -1))),
        Mistake("keys_already", lambda inputs, n_heads: split_heads(inputs, n_heads).mT),
    ),
)

MERGE = FunctionExercise(
    key="02.merge",
    name="merge",
    right=merge_heads,
    cases=tuple({"heads": torch.arange(1.0, h * n * d + 1).reshape(h, n, d)}
                for h, n, d in ((2, 2, 2), (2, 4, 3), (3, 2, 4), (4, 5, 2))),
    mistakes=(
        Mistake("reshape_alone", run_together),
        Mistake("heads_below", lambda heads: heads.flatten(0, 1)),
        Mistake("tokens_joined", lambda heads: heads.flatten(1)),
        Mistake("not_flattened", lambda heads: heads.transpose(0, 1)),
        Mistake("interleaved", lambda heads: heads.permute(1, 2, 0).flatten(1)),
        Mistake("mean", lambda heads: heads.mean(0)),
        Mistake("summed", lambda heads: heads.sum(0)),
    ),
)

MULTI_HEAD = FunctionExercise(
    key="02.multi_head",
    name="multi_head",
    right=layer,
    cases=tuple(layer_case(*sizes) for sizes in ((4, 4, 2), (3, 8, 2), (5, 6, 3))),
    mistakes=(
        Mistake("no_output", lambda *given: layer(*given[:4], torch.eye(len(given[4])).to(given[4]), given[5])),
        Mistake("root_of_d_model", lambda *given: layer(*given, attend=scaled_by_d_model)),
        Mistake("no_scale", lambda *given: layer(*given, attend=lambda *heads: attended(*heads, power=0))),
        Mistake("over_queries", lambda *given: layer(*given, attend=lambda *heads: attended(*heads, dim=-2))),
        Mistake("one_head", lambda *given: layer(*given[:5], 1)),
        Mistake("over_heads", lambda *given: layer(*given, split=by_token, merge=lambda mixed: mixed.flatten(1))),
        Mistake("reshape_alone", lambda *given: layer(*given, split=reshaped, merge=run_together)),
        Mistake("reshape_alone", lambda *given: layer(*given, split=reshaped)),
        Mistake("merged_by_reshape", lambda *given: layer(*given, merge=run_together)),
        Mistake("matrices_turned", lambda *given: layer(given[0], *(matrix.T for matrix in given[1:5]), given[5])),
        Mistake("no_softmax", lambda *given: layer(*given, attend=lambda q, k, v: attention_scores(q, k) @ v)),
    ),
)

PARAMETERS = FunctionExercise(
    key="02.parameters",
    name="n_parameters",
    right=lambda d_model, n_heads: 4 * (d_model ** 2 + d_model),
    cases=tuple({"d_model": d, "n_heads": n_heads} for d, n_heads in ((4, 2), (512, 8), (768, 12), (192, 6))),
    mistakes=(
        Mistake("no_biases", lambda d, n_heads: 4 * d ** 2),
        Mistake("one_bias", lambda d, n_heads: 4 * d ** 2 + d),
        Mistake("no_output", lambda d, n_heads: 3 * (d ** 2 + d)),
        Mistake("no_output_no_biases", lambda d, n_heads: 3 * d ** 2),
        Mistake("times_heads", lambda d, n_heads: n_heads * 4 * (d ** 2 + d)),
        Mistake("times_heads", lambda d, n_heads: n_heads * 4 * d ** 2),
        Mistake("times_heads", lambda d, n_heads: n_heads * 3 * (d ** 2 + d) + d ** 2 + d),
        Mistake("one_head", lambda d, n_heads: 4 * (d ** 2 + d) / n_heads),
        Mistake("one_matrix", lambda d, n_heads: d ** 2 + d),
        Mistake("layer_norm", lambda d, n_heads: 4 * (d ** 2 + d) + 2 * d),
    ),
)

DETECTOR = FunctionExercise(
    key="02.detector",
    name="next_token_share",
    right=lambda weights: weights.diagonal(1, -2, -1).mean(-1),
    cases=tuple({"weights": softmax(wave(*shape), dim=-1)} for shape in ((2, 2, 4, 4), (2, 3, 5, 5), (3, 2, 6, 6))),
    mistakes=(
        Mistake("previous", lambda weights: weights.diagonal(-1, -2, -1).mean(-1)),
        Mistake("itself", lambda weights: weights.diagonal(0, -2, -1).mean(-1)),
        Mistake("summed", lambda weights: weights.diagonal(1, -2, -1).sum(-1)),
        Mistake("divided_by_all", lambda weights: weights.diagonal(1, -2, -1).sum(-1) / weights.shape[-1]),
        Mistake("not_averaged", lambda weights: weights.diagonal(1, -2, -1)),
        Mistake("over_heads", lambda weights: weights.diagonal(1, -2, -1).mean(1)),
        Mistake("whole_map", lambda weights: weights.mean((-2, -1))),
        Mistake("largest", lambda weights: weights.diagonal(1, -2, -1).amax(-1)),
    ),
)

HEAD = ValueExercise(
    key="02.head",
    right=lambda record: best_heads("other", record),
    mistakes=(
        Mistake("not_the_most", lambda record: leaning_to("other", record)),
        Mistake("swapped", lambda record: {(head, layer) for layer, head in best_heads("other", record)}),
        Mistake("from_one", lambda record: {(layer + 1, head + 1) for layer, head in best_heads("other", record)}),
        Mistake("neighbour", lambda record: leaning_to("previous", record) | leaning_to("next", record)),
        Mistake("special_tokens", lambda record: leaning_to("special", record)),
    ),
    places=places,
    facts=facts_about("other"),
)

SILENCED = FunctionExercise(
    key="02.silenced",
    name="without_head",
    right=lambda context, head, w_output: merge_heads(silenced(context, head)) @ w_output,
    cases=tuple({"context": wave(h, n, d), "head": head, "w_output": wave(h * d, h * d, start=2)}
                for h, n, d, head in ((2, 2, 2, 1), (2, 4, 3, 0), (3, 4, 4, 2))),
    mistakes=(
        Mistake("nothing_off", lambda context, head, w_output: merge_heads(context) @ w_output),
        Mistake("only_that_head", lambda context, head, w_output: merge_heads(
            context - silenced(context, head)) @ w_output),
        Mistake("token_off", lambda context, head, w_output: merge_heads(
            silenced(context, (slice(None), head))) @ w_output),
        Mistake("number_off", lambda context, head, w_output: merge_heads(silenced(context, (..., head))) @ w_output),
        Mistake("after_output", output_silenced),
        Mistake("no_output", lambda context, head, w_output: merge_heads(silenced(context, head))),
        Mistake("made_up_for", lambda context, head, w_output: merge_heads(
            silenced(context, head)) @ w_output * len(context) / (len(context) - 1)),
        Mistake("reshape_alone", lambda context, head, w_output: run_together(silenced(context, head)) @ w_output),
    ),
)

EXERCISES = (SPLIT, MERGE, MULTI_HEAD, PARAMETERS, DETECTOR, HEAD, SILENCED)

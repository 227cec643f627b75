"""The checks of chapter 05: its answers, right and wrong, written afresh, with loops, numpy or torch's own modules."""

import math
from functools import partial

import numpy as np
import pytest
import torch
from checking import np_softmax
from torch import nn
from torch.nn import functional

from helpers.attention import causal_mask
from helpers.checks import EXERCISES, check
from helpers.checks.exercises.e05_training_step import N_TIMES, descent, small_model
from helpers.transformer import EncoderLayer, FeedForward


def attended(queries, keys, values, power=0.5, axis=-1):
    queries, keys, values = (np.atleast_2d(np.asarray(part, float)) for part in (queries, keys, values))
    return np_softmax(queries @ keys.T / keys.shape[1] ** power, axis) @ values


def torch_count(d_model, d_ff):
    return sum(p.numel() for p in torch.nn.TransformerEncoderLayer(d_model, 2, d_ff).parameters())


def sliced(scores, n_real):
    whole = np.zeros(scores.shape)
    whole[:, :n_real] = np_softmax(np.asarray(scores)[:, :n_real])
    return whole


def crossing(target, source, w_query, w_key, w_value):
    return functional.scaled_dot_product_attention((target @ w_query)[None], (source @ w_key)[None],
                                                   (source @ w_value)[None])[0]


def stepped(keys, values, query, key, value):
    return attended(query, [*np.asarray(keys), np.asarray(key)], [*np.asarray(values), np.asarray(value)])[0]


def network(activation, x, w, b, v, c):
    x, w, b, v, c = (part.double() for part in (x, w, b, v, c))
    return functional.linear(activation(functional.linear(x, w.T, b)), v.T, c)


def by_loops(x, w, b, v, c):
    rows = []
    for row in x.tolist():
        wide = [sum(n * m for n, m in zip(row, column, strict=True)) + bias
                for column, bias in zip(w.T.tolist(), b.tolist(), strict=True)]
        wide = [0.5 * n * (1 + math.erf(n / math.sqrt(2))) for n in wide]
        rows.append([sum(n * m for n, m in zip(wide, column, strict=True)) + bias
                     for column, bias in zip(v.T.tolist(), c.tolist(), strict=True)])
    return rows


def layer_of(steps, norm_first=True, add=True):
    """An encoder layer as a loop over its (place of the norm, place of the part)."""
    def layer(x, attention, feed, norms):
        for norm, part in steps:
            norm, part = norms[norm], (attention, feed)[part]
            found = part(norm(x)) if norm_first else part(x)
            x = x + found if add else found
            x = x if norm_first else norm(x)
        return x
    return layer


def encoded_on_the_stream(x, attention, feed, norms):
    for norm, part in zip(norms, (attention, feed), strict=True):
        x = norm(x)
        x = x + part(x)
    return x


def decoded(mask=None, order="bca", add=True, norm_first=True, across=None):
    """A decoder layer as a loop over its parts: b back, c across, a alone."""
    def layer(x, memory, back, cross, feed, norms):
        n, norm_of = len(x), dict(zip(order if len(order) == 3 else "bca", norms, strict=True))
        shown = torch.tensor([[k <= q for k in range(n)] for q in range(n)]) if mask is None else mask(n)
        parts = {"b": lambda y: back(y, shown) if shown is not None else back(y),
                 "c": lambda y: across(cross, y, memory, norm_of["c"]) if across else cross(y, memory), "a": feed}
        for name in order:
            found = parts[name](norm_of[name](x) if norm_first else x)
            x = x + found if add else found
            x = x if norm_first else norm_of[name](x)
        return x
    return layer


def unmasked(n):
    return None


def trained(batch_of=lambda s, d, t, i: (s, d, t, i), acts=("clear", "backward", "step"), sign=1, prepare=lambda x: x):
    """A training step written out with log_softmax, on a batch of which something may be changed."""
    def step(model, optimiser, *batch):
        source, read, asked, inside = batch_of(*batch)
        logs = prepare(model(source, read)).log_softmax(-1)
        each = -logs.gather(-1, asked[..., None])[..., 0]
        loss = sign * (each * inside).sum() / inside.sum()
        for act in acts:
            {"clear": optimiser.zero_grad, "backward": loss.backward, "step": optimiser.step}[act]()
        return loss.item()
    return step


def by_hand(model, optimiser, source, read, asked, inside):
    """A training step without the optimiser: the gradients are asked for, and taken off."""
    loss = functional.cross_entropy(model(source, read).transpose(1, 2), asked.where(inside, -100))
    rate = optimiser.param_groups[0]["lr"]
    parameters = list(model.parameters())
    with torch.no_grad():
        for parameter, gradient in zip(parameters, torch.autograd.grad(loss, parameters), strict=True):
            parameter -= rate * gradient
    return loss


def candidates(sums, logs, n):
    found = [(-(total + log), path, token) for path, total in enumerate(sums.tolist())
             for token, log in enumerate(logs[path].tolist())]
    return [(path, token) for _, path, token in sorted(found)[:n]]


def unravelled(sums, logs, n):
    totals = np.asarray(sums)[:, None] + np.asarray(logs)
    return np.stack(np.unravel_index(np.argsort(-totals, axis=None)[:n], totals.shape), axis=1)


def by_numpy(x, w, b, v, c):
    x, w, b, v, c = (np.array(part, dtype=float) for part in (x, w, b, v, c))
    wide = x @ w + b
    return wide * (1 + np.vectorize(math.erf)(wide / math.sqrt(2))) / 2 @ v + c


def in_two_names(x, attention, feed, norms):
    heard = x + attention(norms[0](x))
    return heard + feed(norms[1](heard))


def in_place(x, attention, feed, norms):
    for norm, part in zip(norms, (attention, feed), strict=True):
        x += part(norm(x))
    return x


def decoded_in_three_names(x, memory, back, cross, feed, norms):
    looked_back = x + back(norms[0](x), causal_mask(len(x)))
    looked_across = looked_back + cross(norms[1](looked_back), memory)
    return looked_across + feed(norms[2](looked_across))


def decoded_by_torch_mask(x, memory, back, cross, feed, norms):
    x = torch.add(x, back(norms[0](x), torch.ones(len(x), len(x)).tril() > 0))
    x = torch.add(x, cross(norms[1](x), memory))
    return torch.add(x, feed(norms[2](x)))


RIGHT = {
    "05.feed_forward": [partial(network, functional.gelu), by_loops, by_numpy],
    "05.encoder_layer": [layer_of([(0, 0), (1, 1)]), in_two_names, in_place],
    "05.decoder_layer": [decoded(), decoded_in_three_names, decoded_by_torch_mask],
    "05.training_step": [trained(), by_hand, trained(acts=("backward", "step", "clear"))],
    "05.beam": [candidates, unravelled, lambda sums, logs, n: [
        divmod(place, logs.shape[1]) for place in (sums[:, None] + logs).flatten().topk(n).indices.tolist()]],
    "05.parameters": [torch_count, lambda d, f: 4 * d * d + 2 * d * f + 9 * d + f,
                      lambda d, f: 4 * (d * d + d) + (d * f + f) + (f * d + d) + 2 * (d + d)],
    "05.padding": [sliced,
                   lambda scores, n: torch.softmax(
                       scores + torch.where(torch.arange(scores.shape[1]) < n, 0.0, -torch.inf), -1),
                   lambda scores, n: functional.pad(scores[:, :n].softmax(-1), (0, scores.shape[1] - n))],
    "05.cross": [crossing, lambda t, s, q, k, v: attended(t @ q, s @ k, s @ v),
                 lambda t, s, q, k, v: [attended(token @ q, s @ k, s @ v)[0] for token in t]],
    "05.causal": [lambda n: torch.ones(n, n).tril().bool(), lambda n: np.tri(n, dtype=bool),
                  lambda n: [[k <= q for k in range(n)] for q in range(n)]],
    "05.score": [lambda p, alpha: sum(math.log(x) for x in p) / ((5 + len(p)) / 6) ** alpha,
                 lambda p, alpha: torch.log(p).sum() * (6 / (5 + len(p))) ** alpha,
                 lambda p, alpha: math.log(math.prod(p.tolist())) / math.exp(alpha * math.log((5 + len(p)) / 6))],
    "05.shift": [lambda ids, start: [start, *ids.tolist()[:-1]], lambda ids, start: np.insert(ids, 0, start)[:-1],
                 lambda ids, start: torch.cat([torch.tensor([start]), ids[:-1]])],
    "05.cached": [stepped,
                  lambda K, V, q, k, v: functional.scaled_dot_product_attention(
                      q[None], torch.vstack([K, k]), torch.vstack([V, v]))[0],
                  lambda K, V, q, k, v: (torch.vstack([K, k]) @ q / len(q) ** 0.5).softmax(-1) @ torch.vstack([V, v])],
}

WRONG = {
    "05.feed_forward": {
        "no_activation": partial(network, lambda wide: wide),
        "relu": partial(network, lambda wide: wide.clamp(min=0)),
        "activated_twice": lambda *parts: functional.gelu(network(functional.gelu, *parts)),
        "activated_last": lambda *parts: functional.gelu(network(lambda wide: wide, *parts)),
        "no_biases": lambda x, w, b, v, c: network(functional.gelu, x, w, 0 * b, v, 0 * c),
        "bias_after": lambda x, w, b, v, c: network(lambda wide: functional.gelu(wide) + b.double(), x, w, 0 * b, v, c),
        "residual_too": lambda x, *parts: x + network(functional.gelu, x, *parts),
    },
    "05.encoder_layer": {
        "no_residual": layer_of([(0, 0), (1, 1)], add=False),
        "one_residual": lambda x, attention, feed, norms: feed(norms[1](layer_of([(0, 0)])(x, attention, feed, norms))),
        "norm_after": layer_of([(0, 0), (1, 1)], norm_first=False),
        "norm_on_stream": encoded_on_the_stream,
        "no_norm": lambda x, attention, feed, norms: layer_of([(0, 0), (1, 1)])(x, attention, feed, [lambda y: y] * 2),
        "parallel": lambda x, attention, feed, norms: sum((x, attention(norms[0](x)), feed(norms[1](x)))),
        "norms_swapped": layer_of([(1, 0), (0, 1)]),
        "feed_forward_first": layer_of([(0, 1), (1, 0)]),
        "one_norm": lambda x, attention, feed, norms: layer_of([(0, 0), (1, 1)])(
            x, attention, feed, (norms[0], lambda y: y)),
    },
    "05.decoder_layer": {
        "no_mask": decoded(mask=unmasked),
        "mask_transposed": decoded(mask=lambda n: causal_mask(n).T),
        "one_ahead": decoded(mask=lambda n: torch.tensor([[k <= q + 1 for k in range(n)] for q in range(n)])),
        "source_asks": decoded(across=lambda cross, y, memory, norm: cross(memory, y)),
        "no_source": decoded(across=lambda cross, y, memory, norm: cross(y, y)),
        "no_cross": decoded(order="ba"),
        "cross_first": decoded(order="cba"),
        "no_residual": decoded(add=False),
        "norm_after": decoded(norm_first=False),
        "memory_normed": decoded(across=lambda cross, y, memory, norm: cross(y, norm(memory))),
    },
    "05.training_step": {
        "not_cleared": trained(acts=("backward", "step")),
        "weights_unchanged": trained(acts=("backward",)),
        "over_padding": trained(lambda s, d, t, i: (s, d, t, torch.ones_like(i))),
        "reads_the_answer": trained(lambda s, d, t, i: (s, t, t, i)),
        "asked_what_it_reads": trained(lambda s, d, t, i: (s, d, d, i)),
        "softmax_twice": trained(prepare=lambda logits: logits.exp() / logits.exp().sum(-1, keepdim=True)),
        "uphill": trained(sign=-1),
    },
    "05.beam": {
        "never_drops": lambda sums, logs, n: [pair for _, pair in sorted(
            (-(sums[path] + logs[path].max()).item(), (path, logs[path].argmax().item()))
             for path in range(len(sums)))][:n],
        "past_forgotten": lambda sums, logs, n: candidates(torch.zeros(len(sums)), logs, n),
        "multiplied": lambda sums, logs, n: candidates(torch.zeros(len(sums)), -sums[:, None] * logs, n),
        "worst": lambda sums, logs, n: candidates(-sums, -logs, n),
        "token_first": lambda sums, logs, n: [pair[::-1] for pair in candidates(sums, logs, n)],
        "best_path_alone": lambda sums, logs, n: [(sums.argmax().item(), token) for token in
                                                  logs[sums.argmax()].argsort(descending=True)[:n].tolist()],
    },
    "05.parameters": {
        "no_norms": lambda d, f: torch_count(d, f) - 4 * d,
        "one_norm": lambda d, f: torch_count(d, f) - 2 * d,
        "no_biases": lambda d, f: 4 * d * d + 2 * d * f + 4 * d,
        "no_output": lambda d, f: torch_count(d, f) - d * d - d,
        "one_matrix": lambda d, f: torch_count(d, f) - f * d - d,
        "cross_too": lambda d, f: sum(p.numel() for p in torch.nn.TransformerDecoderLayer(d, 2, f).parameters()),
    },
    "05.padding": {
        "attended": lambda scores, n: np_softmax(scores.numpy()),
        "after_softmax": lambda scores, n: scores.softmax(-1) * (torch.arange(scores.shape[1]) < n),
        "zero_scores": lambda scores, n: (scores * (torch.arange(scores.shape[1]) < n)).softmax(-1),
        "queries_hidden": lambda scores, n: scores.softmax(-1) * (torch.arange(scores.shape[0]) < n)[:, None],
        "inverted": lambda scores, n: torch.where(torch.arange(scores.shape[1]) < n, -torch.inf, scores).softmax(-1),
        "one_too_many": lambda scores, n: sliced(scores, n + 1),
        "one_too_few": lambda scores, n: sliced(scores, n - 1),
        "over_queries": lambda scores, n: np_softmax(scores.numpy(), 0) * (np.arange(scores.shape[1]) < n),
        "cut_off": lambda scores, n: np_softmax(scores.numpy()[:, :n]),
    },
    "05.cross": {
        "target_answers": lambda t, s, q, k, v: attended(t @ q, t @ k, t @ v),
        "sides_swapped": lambda t, s, q, k, v: attended(s @ q, t @ k, t @ v),
        "values_from_target": lambda t, s, q, k, v: attended(t @ q, s @ k, t @ v),
        "keys_from_target": lambda t, s, q, k, v: attended(t @ q, t @ k, s @ v),
        "source_asks": lambda t, s, q, k, v: attended(s @ q, s @ k, s @ v),
        "over_queries": lambda t, s, q, k, v: attended(t @ q, s @ k, s @ v, axis=0),
        "no_scale": lambda t, s, q, k, v: attended(t @ q, s @ k, s @ v, power=0),
        "causal": lambda t, s, q, k, v: functional.scaled_dot_product_attention(
            t @ q, s @ k, s @ v, torch.ones(len(s), len(s)).tril().bool()[-len(t):]),
    },
    "05.causal": {
        "transposed": lambda n: torch.ones(n, n).triu().bool(),
        "not_itself": lambda n: np.tri(n, k=-1, dtype=bool),
        "one_ahead": lambda n: np.tri(n, k=1, dtype=bool),
        "inverted": lambda n: torch.ones(n, n).triu(1).bool(),
        "everything": lambda n: [[True] * n] * n,
        "itself_alone": lambda n: np.eye(n, dtype=bool),
        "already_scores": lambda n: torch.nn.Transformer.generate_square_subsequent_mask(n),
    },
    "05.score": {
        "no_penalty": lambda p, alpha: np.log(p).sum(),
        "mean": lambda p, alpha: np.log(p).mean(),
        "multiplied": lambda p, alpha: np.log(p).sum() * ((5 + len(p)) / 6) ** alpha,
        "no_logarithm": lambda p, alpha: math.prod(p) / ((5 + len(p)) / 6) ** alpha,
        "probabilities_added": lambda p, alpha: sum(p) / ((5 + len(p)) / 6) ** alpha,
        "alpha_times": lambda p, alpha: np.log(p).sum() / (alpha * (5 + len(p)) / 6),
        "another_base": lambda p, alpha: np.log2(p).sum() / ((5 + len(p)) / 6) ** alpha,
    },
    "05.shift": {
        "not_shifted": lambda ids, start: ids,
        "shifted_left": lambda ids, start: [*ids.tolist()[1:], start],
        "end_kept": lambda ids, start: [start, *ids.tolist()],
        "no_start": lambda ids, start: ids[:-1],
        "rolled": lambda ids, start: np.roll(ids, 1),
        "first_overwritten": lambda ids, start: [start, *ids.tolist()[1:]],
    },
    "05.cached": {
        "without_itself": lambda K, V, q, k, v: attended(q, K, V)[0],
        "only_itself": lambda K, V, q, k, v: attended(q, [k.numpy()], [v.numpy()])[0],
        "last_overwritten": lambda K, V, q, k, v: stepped(K[:-1], V[:-1], q, k, v),
        "key_asks": lambda K, V, q, k, v: stepped(K, V, k, k, v),
        "values_of_keys": lambda K, V, q, k, v: stepped(K, K, q, k, k),
        "no_scale": lambda K, V, q, k, v: attended(q, np.vstack([K, k]), np.vstack([V, v]), power=0)[0],
        "no_softmax": lambda K, V, q, k, v: (torch.vstack([K, k]) @ q / len(q) ** 0.5) @ torch.vstack([V, v]),
    },
}


def test_the_network_is_the_one_of_the_courses_own_layer():
    torch.manual_seed(0)
    ours = FeedForward(6, 10, "gelu").double()
    states = torch.randn(3, 6, dtype=torch.float64)
    given = states, ours.w_in.weight.T, ours.w_in.bias, ours.w_out.weight.T, ours.w_out.bias
    torch.testing.assert_close(EXERCISES["05.feed_forward"].right(*given), ours(states), atol=1e-12, rtol=0)


@pytest.mark.parametrize("key", ["encoder_layer", "decoder_layer"])
def test_the_layers_asked_for_are_torchs_own_with_the_norm_first(key):
    torch.manual_seed(0)
    kind = nn.TransformerEncoderLayer if key == "encoder_layer" else nn.TransformerDecoderLayer
    torchs = kind(8, 2, 16, 0.0, "gelu", batch_first=True, norm_first=True).double()
    for parameter in torchs.parameters():
        nn.init.normal_(parameter, std=0.3)
    states, memory = torch.randn(2, 5, 8, dtype=torch.float64), torch.randn(2, 3, 8, dtype=torch.float64)

    def attention(x, mask=None):
        return torchs.self_attn(x, x, x, attn_mask=None if mask is None else ~mask)[0]

    def across(x, memory):
        return torchs.multihead_attn(x, memory, memory)[0]

    def alone(x):
        return torchs.linear2(functional.gelu(torchs.linear1(x)))

    right = EXERCISES[f"05.{key}"].right
    if key == "encoder_layer":
        expected, got = torchs(states), right(states, attention, alone, (torchs.norm1, torchs.norm2))
    else:
        expected = torchs(states, memory, tgt_mask=~causal_mask(5))
        got = right(states, memory, attention, across, alone, (torchs.norm1, torchs.norm2, torchs.norm3))
    torch.testing.assert_close(got, expected, atol=1e-10, rtol=0)


def test_a_training_step_is_tried_on_a_fresh_model_each_time():
    seen = []

    def step(model, optimiser, *batch):
        seen.append(torch.cat([parameter.detach().flatten().clone() for parameter in model.parameters()]))
        return by_hand(model, optimiser, *batch)

    assert check("05.training_step", step).passed and check("05.training_step", step).passed
    first = torch.cat([parameter.detach().flatten() for parameter in small_model().parameters()])
    assert all(weights.equal(first) == (place % N_TIMES == 0) for place, weights in enumerate(seen))
    assert isinstance(descent(EncoderLayer(4, 1, 4)), torch.optim.SGD)

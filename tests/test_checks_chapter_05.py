"""The checks of chapter 05: its answers, right and wrong, written afresh, with loops, numpy or torch's own modules."""

import math

import numpy as np
import torch
from checking import np_softmax
from torch.nn import functional


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


RIGHT = {
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

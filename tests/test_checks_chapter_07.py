"""The checks of chapter 07: its answers, right and wrong, with loops, numpy or transformers."""

import math

import numpy as np
import torch
from transformers import TopPLogitsWarper

from helpers.positions import rotate


def softmax(scores):
    powers = np.exp(scores - np.max(scores))
    return powers / powers.sum()


def by_walking(probabilities, lot):
    for token, share in enumerate(probabilities):
        lot -= share
        if lot < 0:
            return token
    return len(probabilities) - 1


def k_best(logits, temperature, k, filler=-np.inf, ranks=None):
    scores = np.array(logits, float) / temperature
    kept = np.argsort(scores)[::-1][:k] if ranks is None else ranks(np.argsort(scores))
    return softmax(np.array([score if place in kept else filler for place, score in enumerate(scores)]))


def nucleus_by_loop(probabilities, p, *, crossing=True, order=None):
    kept, total = np.zeros(len(probabilities)), 0.0
    for token in np.argsort(-np.asarray(probabilities)) if order is None else order:
        if total + (0 if crossing else probabilities[token]) >= p + (0 if crossing else 1e-12):
            break
        kept[token] = probabilities[token]
        total += float(probabilities[token])
    return kept / kept.sum()


def nucleus_by_transformers(probabilities, p):
    return TopPLogitsWarper(p)(None, torch.log(torch.as_tensor(probabilities))[None])[0].softmax(-1) if p < 1 else \
        probabilities


def scored(keys, query, key, *, q_at=None, k_at=None, power=0.5):
    n = len(keys)
    new = rotate(torch.as_tensor(key), n if k_at is None else k_at)
    asking = rotate(torch.as_tensor(query), n if q_at is None else q_at)
    return [float(asking @ one) / len(query) ** power for one in [*keys, new]]


def copied(weights, length, *, first=None, last=None, back=None):
    queries = range(length + 1 if first is None else first, (2 * length if last is None else last))
    return np.mean([float(weights[q][q - (length - 1 if back is None else back)]) for q in queries])


RIGHT = {
    "07.draw": [by_walking, lambda p, lot: np.searchsorted(np.cumsum(p), lot, side="right"),
                lambda p, lot: next(i for i, end in enumerate(p.cumsum(0).tolist()) if end > lot)],
    "07.sharpen": [k_best, lambda z, t, k: torch.zeros_like(z).scatter(0, z.topk(k).indices,
                                                                       (z.topk(k).values / t).softmax(-1)),
                   lambda z, t, k: torch.where(z >= z.sort().values[-k], z / t, -torch.inf).softmax(-1)],
    "07.nucleus": [nucleus_by_loop, nucleus_by_transformers, lambda p, m: nucleus_by_loop(p.tolist(), m).tolist()],
    "07.perplexity": [lambda p: math.prod(p.tolist()) ** (-1 / len(p)), lambda p: 2 ** np.mean(-np.log2(p)),
                      lambda p: torch.exp(-torch.log(p).sum() / len(p))],
    "07.bits": [lambda p, n: sum(-math.log2(x) for x in p) / n, lambda p, n: -torch.log(p).sum() / math.log(2) / n,
                lambda p, n: -math.log2(math.prod(p.tolist())) / n],
    "07.cache": [lambda t, n, h, k, d, b: sum(b * d for _ in range(t) for _ in range(n) for _ in range(2 * k)),
                 lambda t, n, h, k, d, b: 2 * torch.zeros(t, n, k, d).numel() * b,
                 lambda t, n, h, k, d, b: t * math.prod((2, n, k, d, b))],
    "07.offset": [scored, lambda K, q, k: torch.vstack([K, rotate(torch.vstack([*[k] * len(K), k]))[-1]])
                  @ rotate(q, len(K)) / len(q) ** 0.5,
                  lambda K, q, k: [*scored(K, q, k)[:-1], float(q @ k) / len(q) ** 0.5]],
    "07.induction": [copied, lambda w, n: torch.diagonal(w, -(n - 1))[2:n + 1].mean(),
                     lambda w, n: sum(float(w[n + place][place + 1]) for place in range(1, n)) / (n - 1)],
}

WRONG = {
    "07.draw": {
        "greedy": lambda p, lot: int(np.argmax(p)),
        "not_added_up": lambda p, lot: next((i for i, x in enumerate(p) if x > lot), 0),
        "nearest": lambda p, lot: min(range(len(p)), key=lambda i: abs(p[i] - lot)),
        "one_early": lambda p, lot: max(by_walking(p, lot) - 1, 0),
        "one_late": lambda p, lot: by_walking(p, lot) + 1,
        "a_rank": lambda p, lot: by_walking(sorted(p.tolist(), reverse=True), lot),
    },
    "07.sharpen": {
        "multiplied": lambda z, t, k: k_best(z, 1 / t, k),
        "no_temperature": lambda z, t, k: k_best(z, 1, k),
        "after_softmax": lambda z, t, k: k_best(softmax(np.array(z)), t, k),
        "zero_logits": lambda z, t, k: k_best(z, t, k, 0.0),
        "not_normalised": lambda z, t, k: np.where(k_best(z, t, k) > 0, softmax(np.array(z) / t), 0),
        "smallest": lambda z, t, k: k_best(z, t, k, ranks=lambda order: order[:k]),
        "one_too_few": lambda z, t, k: k_best(z, t, k - 1),
        "no_cut": lambda z, t, k: softmax(np.array(z) / t),
    },
    "07.nucleus": {
        "one_too_few": lambda p, m: nucleus_by_loop(p, m, crossing=False),
        "not_normalised": lambda p, m: np.where(nucleus_by_loop(p, m) > 0, np.array(p), 0),
        "vocabulary_order": lambda p, m: nucleus_by_loop(p, m, order=range(len(p))),
        "by_size": lambda p, m: np.where(np.array(p) >= 1 - m, np.array(p), 0) / p[p >= 1 - m].sum().item(),
        "sorted": lambda p, m: np.sort(nucleus_by_loop(p, m))[::-1].copy(),
        "softmax_again": lambda p, m: softmax(np.where(nucleus_by_loop(p, m) > 0, np.array(p), -np.inf)),
        "least_likely": lambda p, m: nucleus_by_loop(p, m, order=np.argsort(np.array(p))),
    },
    "07.perplexity": {
        "no_exp": lambda p: np.mean([-math.log(x) for x in p]),
        "sum": lambda p: 1 / math.prod(p.tolist()),
        "sign": lambda p: math.prod(p.tolist()) ** (1 / len(p)),
        "one_over_mean": lambda p: len(p) / sum(p),
        "mean_of_inverses": lambda p: sum(1 / x for x in p) / len(p),
        "mixed_bases": lambda p: math.exp(np.mean([-math.log2(x) for x in p])),
    },
    "07.bits": {
        "nats": lambda p, n: sum(-math.log(x) for x in p) / n,
        "per_token": lambda p, n: np.mean(-np.log2(p.numpy())),
        "twice_divided": lambda p, n: np.mean(-np.log2(p.numpy())) / n,
        "sign": lambda p, n: sum(math.log2(x) for x in p) / n,
        "decimal": lambda p, n: -math.log10(math.prod(p.tolist())) / n,
        "not_divided": lambda p, n: -math.log2(math.prod(p.tolist())),
    },
    "07.cache": {
        "all_heads": lambda t, n, h, k, d, b: b * torch.zeros(2, t, n, h, d).numel(),
        "keys_alone": lambda t, n, h, k, d, b: b * torch.zeros(t, n, k, d).numel(),
        "queries_too": lambda t, n, h, k, d, b: b * t * n * d * (h + k + k),
        "one_layer": lambda t, n, h, k, d, b: b * torch.zeros(2, t, k, d).numel(),
        "numbers": lambda t, n, h, k, d, b: torch.zeros(2, t, n, k, d).numel(),
        "squared": lambda t, n, h, k, d, b: b * 2 * t ** 2 * n * k * d,
        "bits": lambda t, n, h, k, d, b: 8 * b * torch.zeros(2, t, n, k, d).numel(),
    },
    "07.offset": {
        "position_zero": lambda K, q, k: torch.vstack([K, rotate(k[None])]) @ rotate(q[None])[0] / len(q) ** 0.5,
        "key_at_zero": lambda K, q, k: scored(K, q, k, k_at=0),
        "query_at_zero": lambda K, q, k: scored(K, q, k, q_at=0),
        "one_too_far": lambda K, q, k: scored(K, q, k, q_at=len(K) + 1, k_at=len(K) + 1),
        "one_too_near": lambda K, q, k: scored(K, q, k, q_at=len(K) - 1, k_at=len(K) - 1),
        "turned_twice": lambda K, q, k: scored(rotate(K), q, k),
        "itself_missing": lambda K, q, k: scored(K, q, k)[:-1],
        "no_scale": lambda K, q, k: scored(K, q, k, power=0),
    },
    "07.induction": {
        "same_token": lambda w, n: copied(w, n, back=n),
        "before_it": lambda w, n: copied(w, n, back=n + 1),
        "last_too": lambda w, n: copied(w, n, last=2 * n + 1),
        "previous_token": lambda w, n: copied(w, n, back=1),
        "sum": lambda w, n: copied(w, n) * (n - 1),
        "swapped": lambda w, n: copied(np.array(w).T, n),
        "no_start": lambda w, n: copied(w, n, first=n, last=2 * n - 1),
    },
}

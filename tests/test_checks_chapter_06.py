"""The checks of chapter 06: its answers, right and wrong, written afresh, most of them in numpy."""

import math

import numpy as np
import torch
from checking import arrays, np_softmax
from torch.nn import functional


def chosen_probabilities(logits, ids, chosen):
    return np.array([np_softmax(row)[token] for row, token, asked in zip(logits, ids, chosen, strict=True) if asked])


def share(one, other):
    return float(np.mean(np.array(one) == np.array(other)))


RIGHT = {
    "06.loss": [arrays(lambda logits, ids, chosen: -np.log(chosen_probabilities(logits, ids, chosen)).mean()),
                lambda logits, ids, chosen: functional.cross_entropy(logits, torch.where(chosen, ids, -100)),
                lambda logits, ids, chosen: sum(
                    float(logits[i].logsumexp(0) - logits[i, ids[i]]) for i in range(len(ids)) if chosen[i])
                / int(chosen.sum())],
    "06.step": [lambda weight, gradient, rate: weight.sub(gradient, alpha=float(rate)),
                arrays(lambda weight, gradient, rate: weight + (-rate) * gradient),
                lambda weight, gradient, rate: [row - rate * slope for row, slope in
                                                zip(weight, gradient, strict=True)]],
    "06.cosine": [arrays(lambda one, other: np.dot(one, other) / np.linalg.norm(one) / np.linalg.norm(other)),
                  lambda one, other: functional.normalize(one, dim=0) @ functional.normalize(other, dim=0),
                  lambda one, other: math.fsum(float(a * b) for a, b in zip(one, other, strict=True))
                  / math.sqrt(float(one @ one) * float(other @ other))],
    "06.selectivity": [lambda said, true, said_control, lot: share(said, true) - share(said_control, lot),
                       lambda said, true, said_control, lot:
                       ((said == true).float() - (said_control == lot).float()).mean(),
                       lambda said, true, said_control, lot:
                       (int((said == true).sum()) - int((said_control == lot).sum())) / len(said)],
    "06.reader": [arrays(lambda states, weight, bias: np_softmax(weight @ states[0] + bias)),
                  lambda states, weight, bias: functional.softmax(functional.linear(states, weight, bias), -1)[0],
                  lambda states, weight, bias: (states[:1] @ weight.T + bias).softmax(-1)[0]],
    "06.shuffled": [lambda labels, order: [int(labels[place]) for place in order],
                    lambda labels, order: labels.gather(0, order),
                    arrays(lambda labels, order: np.take(labels, order))],
}

WRONG = {
    "06.loss": {
        "all_tokens": arrays(lambda logits, ids, chosen: -np.log(
            chosen_probabilities(logits, ids, np.ones_like(chosen))).mean()),
        "summed": arrays(lambda logits, ids, chosen: -np.log(chosen_probabilities(logits, ids, chosen)).sum()),
        "probability": arrays(lambda logits, ids, chosen: chosen_probabilities(logits, ids, chosen).mean()),
        "sign": arrays(lambda logits, ids, chosen: np.log(chosen_probabilities(logits, ids, chosen)).mean()),
        "no_softmax": lambda logits, ids, chosen: -logits.gather(1, ids[:, None])[chosen].mean(),
        "log_of_mean": arrays(lambda logits, ids, chosen: -np.log(
            chosen_probabilities(logits, ids, chosen).mean())),
    },
    "06.step": {
        "uphill": arrays(lambda weight, gradient, rate: weight + rate * gradient),
        "no_rate": arrays(lambda weight, gradient, rate: weight - gradient),
        "change_alone": arrays(lambda weight, gradient, rate: 0 - rate * gradient),
        "weight_scaled": arrays(lambda weight, gradient, rate: rate * weight - rate * gradient),
    },
    "06.cosine": {
        "dot": lambda one, other: sum(one * other),
        "one_length": arrays(lambda one, other: np.dot(one, other) / np.linalg.norm(one)),
        "squared": lambda one, other: sum(one * other) / (sum(one ** 2) * sum(other ** 2)),
        "distance": arrays(lambda one, other: np.linalg.norm(other - one)),
        "turned": arrays(lambda one, other: 1 - np.dot(one, other) / np.linalg.norm(one) / np.linalg.norm(other)),
    },
    "06.selectivity": {
        "accuracy": lambda said, true, said_control, lot: share(said, true),
        "turned": lambda said, true, said_control, lot: share(said_control, lot) - share(said, true),
        "same_labels": lambda said, true, said_control, lot: share(said, true) - share(said_control, true),
        "counts": lambda said, true, said_control, lot: len(said) * (share(said, true) - share(said_control, lot)),
        "ratio": lambda said, true, said_control, lot: share(said, true) / share(said_control, lot),
    },
    "06.reader": {
        "last_token": arrays(lambda states, weight, bias: np_softmax(weight @ states[len(states) - 1] + bias)),
        "mean": arrays(lambda states, weight, bias: np_softmax(weight @ states.mean(axis=0) + bias)),
        "logits": lambda states, weight, bias: functional.linear(states[0], weight, bias),
        "no_bias": arrays(lambda states, weight, bias: np_softmax(weight @ states[0])),
        "all_tokens": arrays(lambda states, weight, bias: np_softmax(states @ weight.T + bias)),
    },
    "06.shuffled": {
        "unshuffled": lambda labels, order: labels.tolist(),
        "inverse": arrays(lambda labels, order: np.array([labels[list(order).index(i)] for i in range(len(order))])),
        "sorted": lambda labels, order: sorted(labels.tolist()),
        "order_alone": lambda labels, order: order.tolist(),
    },
}

OTHER_WAYS = [
    ("06.cosine", "one_length", lambda one, other: one @ other / (other @ other) ** 0.5),
]

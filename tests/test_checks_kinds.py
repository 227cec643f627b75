"""The exercises of three further kinds in chapters 01 to 04: find the bug, design an experiment, transfer.

`test_checks_all.py` tries the answers of both tables. They are written afresh, in numpy or in loops, most of
them as a learner would mend the broken code of the lesson: one fault at a time.
"""

import math

import numpy as np
import torch
from checking import np_softmax

from helpers.checks import EXERCISES, check
from helpers.positions import frequencies, rotate

KEYS = [key for key in EXERCISES if key < "05" and key.endswith((".bug", ".design", ".transfer"))]


def mixed(queries, keys, values, *, under=None, axis=-1):
    """Return attention in numpy, with whatever stands under the root."""
    q, k, v = (np.asarray(part, dtype=float) for part in (queries, keys, values))
    return np_softmax(q @ k.T / math.sqrt(k.shape[1] if under is None else under), axis) @ v


def evened(queries, keys, values):
    weights = np_softmax(np.array(queries) @ np.array(keys).T / keys.shape[1] ** 0.5, axis=0)
    return weights / weights.sum(1, keepdims=True) @ np.array(values)


def seeing(sees, *, root=True, late=False):
    """Return weights, head by head, row by row: a key is seen where sees(query, key) says so."""
    def weights(queries, keys):
        heads = []
        for q, k in zip(np.array(queries, float), np.array(keys, float), strict=True):
            scores = q @ k.T / (k.shape[1] ** 0.5 if root else 1)
            seen = np.array([[sees(row, column) for column in range(len(k))] for row in range(len(q))])
            heads.append(np_softmax(scores) * seen if late else np_softmax(np.where(seen, scores, -1e30)) * seen)
        return np.stack(heads)
    return weights


def by_lines(array, n_heads):
    return np.array(array).reshape(n_heads, len(array), -1)


def by_columns(array, n_heads):
    return np.stack(np.split(np.array(array), n_heads, axis=1))


def heads_layer(cut=by_columns, join=np.hstack, root=None, out=True):
    """Return multi-head attention in numpy, cut and joined in a given way."""
    def layer(inputs, w_query, w_key, w_value, w_output, n_heads):
        q, k, v = (cut(np.array(inputs) @ np.array(w), n_heads) for w in (w_query, w_key, w_value))
        context = np_softmax(q @ k.transpose(0, 2, 1) / math.sqrt(root or k.shape[-1])) @ v
        joined = join(list(context))
        return joined @ np.array(w_output) if out else joined
    return layer


def torch_layer(inputs, w_query, w_key, w_value, w_output, n_heads):
    module = torch.nn.MultiheadAttention(inputs.shape[1], n_heads, bias=False, dtype=inputs.dtype)
    module.load_state_dict({"in_proj_weight": torch.cat([w_query.T, w_key.T, w_value.T]),
                            "out_proj.weight": w_output.T})
    return module(inputs, inputs, inputs)[0]


def counted(bits, layer, head, *, own=False, counts=lambda other, mine: other <= mine, whole_model=True):
    """Return the share of heads, in loops, that cost as much."""
    found = [counts(float(bits[row, column]), float(bits[layer, head]))
             for row in range(bits.shape[0]) for column in range(bits.shape[1])
             if (own or (row, column) != (layer, head)) and (whole_model or row == layer)]
    return sum(found) / len(found)


def head_of(hides="before", hands="values"):
    """Return one head, in loops over the rows."""
    def head(inputs, mask, w_query, w_key, w_value):
        x, seen, q, k, v = (np.array(part) for part in (inputs, mask, w_query, w_key, w_value))
        handed = {"values": x @ v.T, "keys": x @ k.T, "inputs": x}[hands]
        rows = []
        for place, token in enumerate(x):
            scores = (x @ k.T) @ (q @ token) / len(k) ** 0.5
            before = {"before": np.where(seen[place], scores, -1e30), "zero": scores * seen[place]}.get(hides, scores)
            rows.append(np_softmax(before) * (seen[place] if hides == "after" else 1) @ handed)
        return np.stack(rows)
    return head


def first_of(weights, lengths, *, since=1, by=lambda row, lengths: row * lengths):
    """Return the share of the first key, row by row."""
    rows = [by(np.array(row), np.array(lengths)) for row in weights][since:]
    return np.mean([row[0] / row.sum() for row in rows])


def complexly(vectors, places):
    """Turn vectors pair by pair, as complex numbers."""
    pairs = np.array(vectors, float).reshape(len(vectors), -1, 2)
    omega = 10000.0 ** (-2 * np.arange(pairs.shape[1]) / (2 * pairs.shape[1]))
    turned = (pairs[..., 0] + 1j * pairs[..., 1]) * np.exp(1j * np.array(places)[:, None] * omega)
    return np.stack([turned.real, turned.imag], -1).reshape(len(vectors), -1)


def meeting(key_place, root=True):
    """Return scores where query p is turned by p, its key by key_place(p)."""
    def scores(queries, keys):
        places = range(len(queries))
        found = complexly(queries, [*places]) @ complexly(keys, [key_place(p) for p in places]).T
        return found / keys.shape[1] ** 0.5 if root else found
    return scores


def halves(vector, position, *, factor=2, sign=1):
    """Turn a vector whose number k has its partner half the width further on, number by number."""
    half, turned = len(vector) // 2, [0.0] * len(vector)
    for k in range(half):
        angle = sign * position * 10000 ** (-factor * k / len(vector))
        a, b = float(vector[k]), float(vector[k + half])
        turned[k] = a * math.cos(angle) - b * math.sin(angle)
        turned[k + half] = a * math.sin(angle) + b * math.cos(angle)
    return turned


def by_llama(vector, position):
    """As transformers turns its queries and keys."""
    from transformers.models.llama.modeling_llama import rotate_half
    angles = torch.cat([frequencies(len(vector)) * position] * 2).to(vector)
    return vector * angles.cos() + rotate_half(vector) * angles.sin()


RIGHT = {
    "01.bug": [mixed, lambda q, k, v: torch.nn.functional.scaled_dot_product_attention(q[None], k[None], v[None])[0],
               lambda q, k, v: (q @ k.mT / k.shape[-1] ** 0.5).softmax(1) @ v],
    "01.transfer": [seeing(lambda query, key: key <= query),
                    lambda q, k: torch.nn.functional.scaled_dot_product_attention(
                        q, k, torch.eye(k.shape[1]).to(k).expand(len(k), -1, -1), is_causal=True),
                    lambda q, k: (q @ k.mT / q.shape[-1] ** 0.5
                                  + torch.full((len(k[0]),) * 2, -torch.inf).triu(1)).softmax(-1)],
    "02.bug": [heads_layer(), torch_layer,
               lambda x, q, k, v, o, h: heads_layer()(x, q, k, v, o, h).tolist()],
    "02.design": [counted, lambda bits, layer, head: ((bits <= bits[layer, head]).sum() - 1) / (bits.numel() - 1),
                  lambda bits, layer, head: np.mean(np.delete(np.array(bits).ravel(), layer * bits.shape[1] + head)
                                                    <= float(bits[layer, head]))],
    "02.transfer": [lambda n: np.mean([1 / (q + 1) for q in range(1, n)]),
                    lambda n: (1 / torch.arange(2, n + 1)).mean(),
                    lambda n: (torch.ones(n, n).tril() / torch.arange(1, n + 1)[:, None]).diagonal(-1).mean()],
    "03.bug": [head_of(), lambda x, mask, q, k, v: torch.nn.functional.scaled_dot_product_attention(
                   x @ q.T, x @ k.T, x @ v.T, mask),
               lambda x, mask, q, k, v: ((x @ q.T) @ (x @ k.T).T / len(k) ** 0.5
                                         ).masked_fill(mask.logical_not(), -1e9).softmax(-1) @ (x @ v.T)],
    "03.transfer": [first_of, lambda w, lengths: ((w * lengths)[1:, 0] / (w * lengths)[1:].sum(1)).mean(),
                    lambda w, lengths: (w[1:, 0] * lengths[0] / (w[1:] @ lengths)).mean()],
    "04.bug": [meeting(lambda p: p), lambda q, k: rotate(q) @ rotate(k).T / len(q[0]) ** 0.5,
               lambda q, k: rotate(q, torch.arange(len(q)) + 7) @ rotate(k, torch.arange(len(q)) + 7).mT
               / q.shape[1] ** 0.5],
    "04.design": [lambda n: [[p + 5 for p in range(n)], [2 * p for p in range(n)], [n - 1 - p for p in range(n)]],
                  lambda n: np.stack([np.arange(n) + 5, np.arange(n) * 2, np.arange(n)[::-1]]),
                  lambda n: torch.stack([torch.arange(5, n + 5), torch.arange(0, 2 * n, 2),
                                         torch.arange(n).flip(0)])],
    "04.transfer": [halves, by_llama, lambda vector, position: rotate(
        vector.view(2, -1).T.flatten(), position).view(-1, 2).T.flatten()],
}
WRONG = {
    "01.bug": {
        "both_left": lambda q, k, v: mixed(q, k, v, under=len(k), axis=0),
        "axis_left": lambda q, k, v: mixed(q, k, v, axis=0),
        "root_left": lambda q, k, v: mixed(q, k, v, under=len(k)),
        "root_gone": lambda q, k, v: mixed(q, k, v, under=1),
        "values_width": lambda q, k, v: mixed(q, k, v, under=len(v[0])),
        "rescaled": evened,
    },
    "01.transfer": {
        "no_mask": seeing(lambda query, key: True),
        "not_itself": seeing(lambda query, key: key < query),
        "backwards": seeing(lambda query, key: key >= query),
        "late": seeing(lambda query, key: key <= query, late=True),
        "one_ahead": seeing(lambda query, key: key <= query + 1),
        "no_root": seeing(lambda query, key: key <= query, root=False),
    },
    "02.bug": {
        "both_left": heads_layer(by_lines, lambda heads: np.stack(heads).reshape(len(heads[0]), -1)),
        "merge_left": heads_layer(join=lambda heads: np.stack(heads).reshape(len(heads[0]), -1)),
        "split_left": heads_layer(by_lines),
        "wide_root": lambda x, *others: heads_layer(root=x.shape[1])(x, *others),
        "transposed": heads_layer(join=lambda heads: np.stack(heads, axis=-1).reshape(len(heads[0]), -1)),
        "no_output": heads_layer(out=False),
    },
    "02.design": {
        "itself": lambda bits, layer, head: counted(bits, layer, head, own=True),
        "wrong_way": lambda bits, layer, head: counted(bits, layer, head, counts=lambda other, mine: other >= mine),
        "strictly": lambda bits, layer, head: counted(bits, layer, head, counts=lambda other, mine: other < mine),
        "one_layer": lambda bits, layer, head: counted(bits, layer, head, whole_model=False),
        "count": lambda bits, layer, head: counted(bits, layer, head) * (bits.numel() - 1),
        "sizes": lambda bits, layer, head: counted(
            bits, layer, head, counts=lambda other, mine: abs(other) >= abs(mine)),
    },
    "02.transfer": {
        "all_keys": lambda n: 1.0 / n,
        "first_asks": lambda n: np.mean([1 / seen for seen in range(1, n + 1)]),
        "zero": lambda n: sum(1 / seen for seen in range(2, n + 1)) / n,
        "not_itself": lambda n: np.mean([1 / q for q in range(1, n)]),
        "one_over_mean": lambda n: 1 / np.mean(range(2, n + 1)),
    },
    "03.bug": {
        "both_left": head_of("zero", "keys"),
        "leak_left": head_of("zero"),
        "keys_left": head_of(hands="keys"),
        "late": head_of("after"),
        "no_mask": head_of("nothing"),
        "inputs": head_of(hands="inputs"),
    },
    "03.transfer": {
        "weights_alone": lambda w, lengths: first_of(w, lengths, by=lambda row, _: row),
        "first_asks": lambda w, lengths: first_of(w, lengths, since=0),
        "not_divided": lambda w, lengths: np.mean([float(row[0] * lengths[0]) for row in w[1:]]),
        "of_sums": lambda w, lengths: sum(row[0] * lengths[0] for row in w[1:]) / sum(row @ lengths for row in w[1:]),
        "lengths_alone": lambda w, lengths: lengths.tolist()[0] / sum(lengths.tolist()),
    },
    "04.bug": {
        "both_left": meeting(lambda p: -(p + 1)),
        "backwards_left": meeting(lambda p: -p),
        "ahead_left": meeting(lambda p: p + 1),
        "keys_still": meeting(lambda p: 0),
        "nothing_turned": lambda q, k: np.array(q) @ np.array(k).T / k.shape[1] ** 0.5,
        "no_root": meeting(lambda p: p, root=False),
    },
    "04.design": {
        "mirrored_and_moved": lambda n: [[p + 5 for p in range(n)], [2 * p for p in range(n)], [*range(n, 0, -1)]],
        "stretched_and_moved": lambda n: [[*range(5, n + 5)], [2 * p + 1 for p in range(n)],
                                          [*range(n - 1, -1, -1)]],
        "stretched_from_moved": lambda n: [[*range(5, n + 5)], [2 * (p + 5) for p in range(n)],
                                           [*range(n - 1, -1, -1)]],
        "other_shift": lambda n: np.stack([np.arange(n) + 1, np.arange(n) * 2, np.arange(n)[::-1]]),
        "other_order": lambda n: np.stack([np.arange(n)[::-1], np.arange(n) * 2, np.arange(n) + 5]),
        "as_they_are": lambda n: np.stack([np.arange(n), np.arange(n) * 2, np.arange(n)[::-1]]),
        "columns": lambda n: [[p + 5, 2 * p, n - 1 - p] for p in range(n)],
    },
    "04.transfer": {
        "neighbours": lambda vector, position: rotate(vector, position),
        "backwards": lambda vector, position: halves(vector, position, sign=-1),
        "interleaved": lambda vector, position: np.array(halves(vector, position)).reshape(2, -1).T.ravel(),
        "half_frequencies": lambda vector, position: halves(vector, position, factor=1),
        "first_half": lambda vector, position: [*halves(vector, position)[:len(vector) // 2],
                                                *vector.tolist()[len(vector) // 2:]],
        "unchanged": lambda vector, position: vector.tolist(),
    },
}


def test_each_kind_stands_in_each_chapter():
    assert sorted(KEYS) == sorted(RIGHT)
    for kind in (".bug", ".transfer"):
        assert [key for key in KEYS if key.endswith(kind)] == [f"0{chapter}{kind}" for chapter in (1, 2, 3, 4)]


def test_a_first_row_without_any_key_is_named_where_it_is_not_a_number():
    assert check("01.transfer", lambda q, k: (q @ k.mT / q.shape[-1] ** 0.5
                                              + torch.full((len(k[0]),) * 2, -torch.inf).triu(0)).softmax(-1)
                 ).mistake == "not_itself"

"""What the controls of a page take from the Python package when it is built: the run that an explorer opens with."""

import base64
import gzip
from collections.abc import Sequence
from typing import Any

import numpy as np
import torch
from torch import Tensor

from ...heads import Importance, roll_out
from ...models.birth import TrainingRecord
from ...models.records import AttentionRecord, DecoderRecord, ModelRecord
from ...models.sampling import Sampling
from ...models.translation import TranslationRecord
from ...models.words import own_first
from ...text import say
from ...views.next_tokens import select as select_next
from ...views.scaling import random_scores

STEPS = 10_000
"""Weights are handed over as whole ten-thousandths: every picture rounds them to four places."""


def packed_record(record: ModelRecord) -> dict[str, object]:
    """Return a BERT's record as `unpacked` of records.mjs reads it, so that a page draws before it has a model.

    Args:
        record: of one sentence or a pair; its weights (layer, head, query, key) are rounded to four places.
    """
    return {**packed_heads(record), "dHead": record.d_head, "spans": [list(span) for span in record.spans],
            "sentences": list(record.sentences), "notices": list(record.notices)}


def packed_heads(record: AttentionRecord) -> dict[str, object]:
    """Return what a head view needs of a record, as `unpacked` of records.mjs reads it.

    Args:
        record: of any model; its weights (layer, head, query, key) are rounded to four places.
    """
    weights = np.rint(record.weights.detach().numpy() * STEPS).astype("<u2")
    keys = {} if record.key_tokens is None else {"keyTokens": list(record.key_tokens)}
    return {"tokens": list(record.tokens), "segmentIds": list(record.segment_ids), **keys,
            "sentenceBStart": record.sentence_b_start, "modelName": record.model_name or say("views.model"),
            "weights": {"shape": list(weights.shape), "steps": base64.b64encode(weights.tobytes()).decode()}}


def packed_next(record: DecoderRecord, top: int = 12) -> dict[str, object]:
    """Return what the page's view of the next token needs: the logits behind the last token, as float32.

    Args:
        record: of a decoder that can write.
        top: how many of the likeliest tokens get a bar.
    """
    shown = select_next(record, top, Sampling())
    logits = shown.logits.numpy().astype("<f4")
    return {"text": shown.text, "tokens": list(shown.tokens), "logits": base64.b64encode(logits.tobytes()).decode()}


def packed_importance(importance: Importance) -> dict[str, object]:
    """Return what `Importance` of importance.mjs looks scores up in, for every layer and head; numbers in full.

    Args:
        importance: what `measure_importance` returned of an encoder.
    """
    record, places = importance.record, list(importance.places)
    together = importance.brought.sum(1, keepdim=True)                           # (layer, 1, token, d_model)
    return {"tokens": list(importance.tokens), "answer": importance.answer, "probability": importance.probability,
            "notices": list(record.notices), "weights": record.weights[:, :, importance.query][..., places].tolist(),
            "lengths": torch.cat([importance.brought, together], dim=1).norm(dim=-1).tolist(),
            "flow": roll_out(record).weights[:, 0, importance.query][:, places].tolist(),
            "measured": {name: score.tolist() for name, score in importance.measured.items()}}


def packed_scores(sizes: Sequence[int]) -> dict[str, list[float]]:
    """Return the random scores that the page's view of the factor 1/sqrt(d) is drawn from, by d; numbers in full.

    Args:
        sizes: the values of d.
    """
    return {str(d): random_scores(d).tolist() for d in sizes}


def packed_translation(record: TranslationRecord) -> dict[str, object]:
    """Return what the page's view of a translation needs of a record; numbers in full, for averages of heads.

    Args:
        record: of the course translator.
    """
    steps = [{"token": step.token, "probability": step.probability, "forced": step.forced,
              "candidates": [list(candidate) for candidate in step.candidates]} for step in record.steps]
    return {"text": record.text, "sourceText": record.source_text, "target": record.target, "steps": steps,
            "sourceTokens": list(record.source_tokens), "targetTokens": list(record.target_tokens),
            "notices": list(record.notices), "taughtHead": record.taught_head, "modelName": record.model_name,
            "crossWeights": _numbers(record.cross_weights)}


def packed_training(training: TrainingRecord) -> dict[str, Any]:
    """Return what was kept of a training as `unpackedTraining` of records.mjs reads it, with nothing rounded.

    `order` says how its texts and gaps are offered: those in the chosen language first.

    Args:
        training: what `load_training` returned.
    """
    stored = b"".join(kept.contiguous().numpy().tobytes() for kept in training.stored.values())
    texts = [{"text": text.text, "said": list(text.said), "parts": text.parts} for text in training.texts]
    cloze = [{"sentence": line.sentence, "guesses": [list(guesses) for guesses in line.guesses]}
             for line in training.cloze]
    order = {"text": [place for _, place in own_first([text.text for text in training.texts])],
             "cloze": [place for _, place in own_first([line.sentence for line in training.cloze])]}
    heads = {kind: shares.mul(1000).round().int().flatten().tolist() for kind, shares in training.heads.items()}
    figures = {name: list(line) for name, line in training.figures.items()}
    return {"name": training.name, "steps": list(training.steps), "isCourseModel": training.is_course_model,
            "texts": texts, "cloze": cloze, "order": order, "figures": figures, "heads": heads,
            "shape": list(next(iter(training.heads.values())).shape),
            "shapes": {name: list(kept.shape) for name, kept in training.stored.items()},
            "bytes": base64.b64encode(gzip.compress(stored, mtime=0)).decode()}


def _numbers(tensor: Tensor) -> dict[str, object]:
    return {"shape": list(tensor.shape), "data": tensor.flatten().tolist()}

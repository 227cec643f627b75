"""What the controls of a page take from the Python package when it is built: the run that an explorer opens with."""

import base64

import numpy as np

from ...models.records import ModelRecord

STEPS = 10_000
"""Weights are handed over as whole ten-thousandths: every picture rounds them to four places."""


def packed_record(record: ModelRecord) -> dict[str, object]:
    """Return a BERT's record as `unpacked` of records.mjs reads it, so that a page draws before it has a model.

    Args:
        record: of one sentence or a pair; its weights (layer, head, query, key) are rounded to four places.
    """
    weights = np.rint(record.weights.detach().numpy() * STEPS).astype("<u2")
    return {"tokens": list(record.tokens), "segmentIds": list(record.segment_ids),
            "sentenceBStart": record.sentence_b_start, "spans": [list(span) for span in record.spans],
            "sentences": list(record.sentences), "notices": list(record.notices), "modelName": record.model_name,
            "weights": {"shape": list(weights.shape), "steps": base64.b64encode(weights.tobytes()).decode()}}

"""A translation record without a model, for tests of what draws one."""

import torch

from helpers.models.translation.records import BeamPath, Step, TranslationRecord

SOURCE = ("<2zh>", "I", "have", "a", "red", "umbrella", ".", "[SEP]")
TARGET = ("我", "有", "红", "伞", "。", "[SEP]")


def beams():
    """Return a tree of two paths at a time over the target above."""
    first = (BeamPath(("我",), (1,), -0.1, -0.1, None, "kept"), BeamPath(("这",), (9,), -3.0, -3.0, None, "kept"),
             BeamPath(("把",), (8,), -4.0, -4.0, None, "dropped"))
    second = (BeamPath(("我", "有"), (1, 2), -0.3, -0.26, 0, "kept"),
              BeamPath(("我", "[SEP]"), (1, 6), -3.4, -2.9, 0, "finished"),
              BeamPath(("这", "有"), (9, 2), -3.9, -3.3, 1, "kept"))
    rest, steps = [first, second], (3, 4, 5, 6)
    for n in steps:
        fate = "finished" if n == 6 else "kept"
        rest.append((BeamPath(TARGET[:n], tuple(range(1, n + 1)), -0.2 * n, -0.2, 0, fate),))
    return tuple(rest)


def record(source=SOURCE, target=TARGET, n_layers=2, n_heads=3, **others):
    """Return a record with random weights whose rows sum to 1; the same for the same sizes."""
    torch.manual_seed(0)
    n, m = len(source), len(target)
    mask = torch.ones(m, m, dtype=torch.bool).tril()
    decoder = torch.randn(n_layers, n_heads, m, m, dtype=torch.float64).masked_fill(~mask, -torch.inf)
    steps = tuple(Step(token, 0.7, ((token, 0.7), ("它", 0.2), ("</script>", 0.1))) for token in target)
    whole = {"text": "我有红伞。", "source_text": "I have a red umbrella.", "target": "zh", "source_tokens": source,
             "source_ids": tuple(range(n)), "target_tokens": target, "target_ids": tuple(range(1, m + 1)),
             "decoder_tokens": ("[CLS]", *target[:-1]),
             "encoder_weights": torch.randn(n_layers, n_heads, n, n, dtype=torch.float64).softmax(-1),
             "decoder_weights": decoder.softmax(-1),
             "cross_weights": (3 * torch.randn(n_layers, n_heads, m, n, dtype=torch.float64)).softmax(-1),
             "steps": steps, "log_probability": -2.0, "taught_head": (1, 0), "model_name": "course"}
    return TranslationRecord(**whole | others)

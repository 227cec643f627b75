"""The trace of an attention cell beside three real shapes of BERT: every head of every layer, step by step."""

import pytest
import torch
from conftest import save_tiny_bert

from helpers.models import Bert, load_bert
from helpers.models.trace import BOUNDS, bound, differences, own_steps, trace

STEPS = ("query", "keys", "values", "scores", "weights", "context", "attention_output", "attended")
TEXTS = ("the dog ran, it was tired.", "你要开心,好不好?")


@pytest.fixture(scope="module")
def base_shaped(tmp_path_factory: pytest.TempPathFactory) -> Bert:
    """Two layers as wide as those of bert-base-chinese, 12 heads of 64, with weights as a training would begin."""
    folder = tmp_path_factory.mktemp("models") / "base"
    return load_bert(save_tiny_bert(folder, hidden_size=768, num_attention_heads=12, num_hidden_layers=2,
                                    intermediate_size=3072, max_position_embeddings=512, initializer_range=0.02))


@pytest.fixture(scope="module", params=["course_bert", "minilm", "base_shaped"])
def model(request: pytest.FixtureRequest) -> Bert:
    """Each of the three models in turn."""
    return request.getfixturevalue(request.param)


def largest_differences(bert: Bert) -> dict[str, float]:
    """Return the largest difference of each step, over all layers and heads and every third token of a pair."""
    record, worst = bert.run(*TEXTS), dict.fromkeys(STEPS, 0.0)
    places = [(token, layer, head) for layer in range(record.n_layers) for head in range(record.n_heads)
              for token in range(0, record.n_tokens, 3)]
    for place in places:
        own = own_steps(record, *place)
        assert bound(own) == BOUNDS[record.weights.dtype]
        found = differences(trace(record, *place), own)
        worst = {name: max(worst[name], found[name]) for name in STEPS}
    return worst


def test_every_step_of_every_head_is_the_models_own(model: Bert) -> None:
    limit = {torch.float64: 1e-12, torch.float32: 1e-4}[model.model.dtype]
    assert {name: gap for name, gap in largest_differences(model).items() if not gap < limit} == {}


def test_a_trace_of_other_numbers_is_found_out(base_shaped: Bert) -> None:
    query = base_shaped.encoder.encoder.layer[1].attention.self.query
    record = base_shaped.run(*TEXTS)
    with torch.no_grad():
        query.bias[5] += 0.01
        gaps = differences(trace(record, 3, 1, 0), own_steps(record, 3, 1, 0))
        query.bias[5] -= 0.01
    assert gaps["query"] > 1e-3 and gaps["scores"] > 1e-5 and gaps["keys"] < 1e-4


def test_a_null_intervention_in_a_model_of_this_shape_is_the_plain_run_bit_for_bit(base_shaped: Bert) -> None:
    plain = base_shaped.run(*TEXTS)
    rows = {(layer, head, query): plain.weights[layer, head, query] for layer in range(2) for head in range(12)
            for query in range(plain.n_tokens)}
    for changes in ({"heads_off": ()}, {"weights_edited": rows, "positions": range(plain.n_tokens), "temperature": 1}):
        again = base_shaped.run(*TEXTS, **changes)
        for name, tensor in vars(plain).items():
            if isinstance(tensor, torch.Tensor):
                assert tensor.equal(getattr(again, name)), name

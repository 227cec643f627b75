"""Single lines of the trainers that no figure of a short run would show."""

from types import SimpleNamespace

import pytest
import torch
from test_training import tokenizer, work  # noqa: F401
from torch import nn
from torch.nn import functional
from transformers import BertConfig, BertForPreTraining

from training import translator as translator_training
from training.bert import BertTrainer, loss_of
from training.bert_data import Batch
from training.trainer import MATRIX_DECAY, Schedule, Trainer
from training.translator import GUIDANCE, GUIDED, TranslatorTrainer, translation_loss


class Line(Trainer[nn.Module, torch.Tensor]):
    """Fits one matrix; its loss can be made as steep as one likes."""

    def __init__(self, folder, steepness: float = 1.0):
        torch.manual_seed(0)
        super().__init__(folder, nn.Sequential(nn.Linear(2, 2), nn.Dropout(0.5)), Schedule(4, 1, 0.1, 1))
        self.steepness, self.modes = steepness, []

    def batches(self):
        return [torch.ones(1, 2)] * 4

    def losses(self, batch):
        self.modes.append(self.model.training)
        loss = self.steepness * self.model[0](batch).sum()
        return loss, {"loss": loss}

    def measure(self):
        self.model.eval()
        return {}


def gradient(trainer: Line) -> torch.Tensor:
    return torch.cat([parameter.grad.flatten() for parameter in trainer.model.parameters()])


def test_a_steep_gradient_is_cut_to_length_1(tmp_path):
    trainer = Line(tmp_path, steepness=1000.0)
    trainer.update(torch.ones(1, 2))
    assert gradient(trainer).norm().item() == pytest.approx(1, abs=1e-3)


def test_each_step_forgets_the_gradient_of_the_one_before(tmp_path):
    trainer, once = Line(tmp_path, steepness=0.01), []
    for _ in range(3):
        trainer.update(torch.ones(1, 2))
        once.append(gradient(trainer).clone())
    assert once[0].allclose(once[2])


def test_only_matrices_decay(tmp_path):
    groups = Line(tmp_path).optimiser.param_groups
    assert {group["weight_decay"] for group in groups for one in group["params"] if one.ndim > 1} == {MATRIX_DECAY}
    assert {group["weight_decay"] for group in groups for one in group["params"] if one.ndim == 1} == {0.0}


def test_training_goes_on_in_training_mode_after_it_was_measured(tmp_path, capsys):
    trainer = Line(tmp_path)
    trainer.run_epoch(every=1)
    assert trainer.modes == [True] * 4 and capsys.readouterr().out.count("\n") == 4


# The BERT

@pytest.fixture
def asked() -> tuple[BertForPreTraining, Batch]:
    """A tiny BERT, and two texts with two hidden places in all."""
    torch.manual_seed(0)
    model = BertForPreTraining(BertConfig(vocab_size=11, hidden_size=8, num_hidden_layers=1, num_attention_heads=2,
                                          intermediate_size=8, max_position_embeddings=8)).eval()
    ids = torch.tensor([[1, 5, 6, 2], [1, 7, 8, 2]])
    targets = torch.tensor([[-100, 9, -100, -100], [-100, -100, 3, -100]])
    return model, Batch(ids, torch.ones_like(ids), torch.zeros_like(ids), targets, torch.tensor([1, -100]))


def test_the_loss_is_transformers_own_and_asks_at_hidden_places_alone(asked):
    model, batch = asked
    rows = []
    model.cls.predictions.register_forward_pre_hook(lambda module, given: rows.append(len(given[0])))
    masked, pair = loss_of(model, batch)
    assert rows == [2]
    out = model(batch.ids, attention_mask=batch.attention, token_type_ids=batch.segments)
    assert masked.item() == pytest.approx(functional.cross_entropy(
        out.prediction_logits.flatten(0, 1), batch.targets.flatten()).item(), abs=1e-5)
    assert pair.item() == pytest.approx(functional.cross_entropy(
        out.seq_relationship_logits, batch.pair_labels).item(), abs=1e-5)


def test_the_pair_counts_half(asked):
    model, batch = asked
    total, parts = BertTrainer.losses(SimpleNamespace(model=model), batch)
    assert total.item() == pytest.approx(parts["masked"].item() + 0.5 * parts["pair"].item())


def test_another_seed_gives_other_first_weights(work, tmp_path):  # noqa: F811
    def first(seed: int) -> torch.Tensor:
        trainer = BertTrainer(work, Schedule(1, 1, 1e-3, 1), seed=seed)
        return next(trainer.model.parameters()).detach().clone()

    assert first(1).equal(first(1)) and not first(1).equal(first(2))


# The translator

class Decoder:
    """Stands in for a Transformer: attends evenly, but for one head that looks at the first source token."""

    def __init__(self, n_layers: int = 2, n_heads: int = 3):
        torch.manual_seed(0)
        self.embedding = nn.Embedding(9, 4)
        weights = [torch.full((1, n_heads, 3, 2), 0.5) for _ in range(n_layers)]
        weights[GUIDED[0]][:, GUIDED[1]] = torch.tensor([0.9, 0.1])
        self.decoded = SimpleNamespace(states=torch.randn(1, 3, 4), cross_weights=weights)

    def encode(self, source, mask):
        return SimpleNamespace(states=source)

    def decode(self, shifted, memory, mask):
        return self.decoded


def test_the_taught_head_is_guided_and_the_target_is_smoothed():
    model, pieces = Decoder(), torch.tensor([2, 3, 4, 5])
    batch = SimpleNamespace(source=None, source_mask=None, shifted=None, target=torch.tensor([[2, 4, -100]]),
                            language="zh", links=torch.tensor([[0, 0, 0], [0, 1, 0]]))
    total, parts = TranslatorTrainer.losses(SimpleNamespace(model=model, pieces={"zh": pieces}), batch)
    assert parts["guidance"].item() == pytest.approx(-torch.tensor(0.9).log().item())
    assert total.item() == pytest.approx(parts["zh"].item() + GUIDANCE * parts["guidance"].item())
    logits = model.decoded.states[0, :2] @ model.embedding.weight[pieces].T
    expected = functional.cross_entropy(logits, torch.tensor([0, 2]), label_smoothing=translator_training.SMOOTHING)
    assert parts["zh"].item() == pytest.approx(expected.item(), abs=1e-6)
    plain = translation_loss(model, model.decoded.states, batch, pieces, 0.0)
    assert plain.item() == pytest.approx(functional.cross_entropy(logits, torch.tensor([0, 2])).item(), abs=1e-6)
    assert abs(plain.item() - expected.item()) > 1e-4

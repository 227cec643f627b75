"""Single numbers of the maths that nothing larger notices: each test holds one line of code."""

import math
from types import SimpleNamespace

import pytest
import torch

from helpers.attention import attention_weights
from helpers.heads.summary import KINDS, HeadSummary
from helpers.learning import LiveSettings, LiveTraining
from helpers.learning.model import new_model, new_writer
from helpers.models.translation.source import Source
from helpers.models.translation.translator import Translator
from helpers.models.words import _pieces
from helpers.transformer import (
    Transformer,
    TransformerConfig,
    Vocabulary,
    greedy_search,
    length_penalty,
    sample,
)
from helpers.transformer.cache import LayerCache
from helpers.transformer.layers import AddAndNorm

SMALL = TransformerConfig(vocab_size=11, n_layers=1, d_model=16, n_heads=2, d_ff=8, dropout=0.5, max_tokens=9)


def test_a_hidden_key_gets_nothing_however_low_the_other_scores_are():
    weights = attention_weights(torch.tensor([[-3e4, 0.0]]), torch.tensor([[True, False]]))
    assert weights.tolist() == [[1.0, 0.0]]


# What a head is called

def summary(chance: float = 0.0, **shares: float) -> HeadSummary:
    """Return the summary of a model with one head."""
    one = {kind: torch.tensor([[shares.get(kind, 0.0)]]) for kind in KINDS}
    return HeadSummary(one, torch.ones(1, 1), torch.ones(1, 1), {kind: chance for kind in KINDS},
                       dict.fromkeys(KINDS, 1), 1)


@pytest.mark.parametrize(("share", "kind"), [(0.7, "mixed"), (0.76, "broad"), (0.85, "broad")])
def test_a_head_is_broad_from_three_quarters_on(share, kind):
    assert summary(broad=share).kind(0, 0) == kind


@pytest.mark.parametrize(("share", "kind"), [(0.5, "mixed"), (0.6, "previous")])
def test_a_kind_leads_by_what_lies_between_chance_and_all(share, kind):
    assert summary(chance=0.25, previous=share).kind(0, 0) == kind      # 0.5: a third of the way; 0.6: nearly half


# The Transformer

def test_a_sublayers_output_is_dropped_while_training_and_the_residual_is_not():
    layer, inputs = AddAndNorm(400, norm_first=True, dropout=0.5).train(), torch.full((1, 400), 3.0)
    found = layer.after(inputs, torch.ones(1, 400)) - inputs
    assert set(found.flatten().tolist()) == {0.0, 2.0}
    assert (layer.eval().after(inputs, torch.ones(1, 400)) - inputs).unique().tolist() == [1.0]


def test_embeddings_are_made_longer_get_their_positions_and_are_dropped_while_training():
    model, ids = Transformer(SMALL).eval(), torch.tensor([[3, 5, 5]])
    expected = 4 * model.embedding.weight[ids[0]] + model.positions[2:5]              # 4 is the root of 16
    assert torch.allclose(model.embed(ids, first=2)[0], expected)
    dropped = model.train().embed(ids.expand(1, 3))[0]
    assert (dropped == 0).any() and not (dropped == 0).all()


def test_keys_and_values_of_the_source_are_computed_once():
    asked, cache = [], LayerCache()
    attention = SimpleNamespace(keys_and_values=lambda memory: asked.append(memory) or (memory, memory))
    first = cache.of_memory(attention, torch.zeros(1))
    assert cache.of_memory(attention, torch.ones(1)) is first and len(asked) == 1


def test_the_length_penalty_is_a_power():
    assert length_penalty(1, 0.6) == 1 and length_penalty(7, 0.6) == pytest.approx(2 ** 0.6)
    assert length_penalty(7, 0.0) == 1


class Scripted:
    """A model that writes what it is told: ids a step, one a row."""

    def __init__(self, *steps: list[int]):
        self.steps, self.asked, self.decoder = steps, 0, [None]

    def encode(self, source_ids, mask):
        return SimpleNamespace(states=source_ids)

    def decode(self, new, memory, mask, cache):
        self.asked += 1
        return SimpleNamespace(states=torch.zeros(len(memory), 1, 1))

    def logits(self, states):
        return 9.0 * torch.nn.functional.one_hot(torch.tensor(self.steps[self.asked - 1]), 5)


def test_a_batch_is_done_as_soon_as_each_row_has_ended_once():
    model = Scripted([4, 1], [2, 4], [2, 2], [2, 2])
    vocabulary = Vocabulary(0, 4, torch.arange(5))
    assert greedy_search(model, torch.zeros(2, 1), None, vocabulary, 4) == [[4], [1, 4]]
    assert model.asked == 2


def test_two_seeds_draw_two_texts():
    torch.manual_seed(0)
    model, vocabulary = Transformer(SMALL).eval(), Vocabulary(0, 10, torch.arange(1, 11), temperature=50.0)
    texts = [sample(model, torch.ones(1, 3, dtype=torch.long), None, vocabulary, 8, seed)[0] for seed in (0, 1, 2)]
    assert len({*map(tuple, texts)}) == 3


def test_a_translation_without_end_is_cut_where_the_model_ends():
    translator = Translator()
    translator.max_tokens = 64
    plan = SimpleNamespace(prefix_ids=(1, 2))
    assert translator._most(Source("", "zh", (), (0,) * 10, ()), plan) == 32
    assert translator._most(Source("", "zh", (), (0,) * 40, ()), plan) == 64


def test_a_dot_joins_digits_alone():
    assert list(_pieces("a.b 3.5 x,y 1,000")) == ["a", ".", "b", " ", "3.5", " ", "x", ",", "y", " ", "1,000"]


# Live training

def parameters(model) -> torch.Tensor:
    return torch.cat([parameter.detach().flatten() for parameter in model.parameters()])


def test_another_seed_gives_other_first_weights_and_other_words():
    one, other = (LiveTraining(LiveSettings(d_model=8, seed=seed)) for seed in (1, 2))
    assert not parameters(new_model(LiveSettings(seed=1))).equal(parameters(new_model(LiveSettings(seed=2))))
    assert not parameters(new_writer(9, 8, 1)).equal(parameters(new_writer(9, 8, 2)))
    lots = [torch.randint(99, (20,), generator=training._words) for training in (one, other)]
    assert not lots[0].equal(lots[1])


@pytest.mark.parametrize(("steps", "share"), [(1, 1 / 50), (25, 1 / 2)])
def test_the_learning_rate_warms_up(steps, share):
    training = LiveTraining(LiveSettings(d_model=8, learning_rate=0.01))
    training.train(steps=steps)
    assert training._optimiser.param_groups[0]["lr"] == pytest.approx(0.01 * share)


def test_weights_are_rounded_after_each_step():
    training = LiveTraining(LiveSettings(d_model=8))
    training.train(steps=1)
    found = parameters(training.model)
    assert found.equal(found.round(decimals=5)) and not math.isclose(found.abs().sum().item(), 0)

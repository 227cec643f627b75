"""The Transformer against torch's own layers, and its two searches against plain computations."""

import itertools
from dataclasses import replace

import pytest
import torch
from torch import nn

from helpers.attention import causal_mask, padding_mask
from helpers.text import CourseError
from helpers.transformer import (
    Cache,
    DecoderLayer,
    EncoderLayer,
    FeedForward,
    Transformer,
    TransformerConfig,
    Vocabulary,
    beam_search,
    greedy_search,
    length_penalty,
    sample,
)

D_MODEL, N_HEADS, D_FF = 24, 4, 40
LOOKS = list(itertools.product([True, False], ["relu", "gelu"]))


@pytest.fixture(autouse=True)
def _double():
    torch.manual_seed(0)
    before = torch.get_default_dtype()
    torch.set_default_dtype(torch.float64)
    yield
    torch.set_default_dtype(before)


def copy_attention(ours, theirs):
    """Give our MultiHeadAttention the weights of torch's."""
    parts = zip((ours.w_query, ours.w_key, ours.w_value), theirs.in_proj_weight.chunk(3), theirs.in_proj_bias.chunk(3),
                strict=True)
    for linear, weight, bias in parts:
        linear.weight.data, linear.bias.data = weight.data.clone(), bias.data.clone()
    ours.w_output.load_state_dict(theirs.out_proj.state_dict())


def copy_layer(ours, theirs):
    """Give our layer random weights by way of torch's, biases and norms too."""
    for parameter in theirs.parameters():
        nn.init.normal_(parameter, std=0.3)
    copy_attention(ours.attention, theirs.self_attn)
    norms = [ours.add_attention, ours.add_feed_forward]
    if isinstance(ours, DecoderLayer):
        copy_attention(ours.cross_attention, theirs.multihead_attn)
        norms.insert(1, ours.add_cross_attention)
    for index, norm in enumerate(norms, start=1):
        norm.norm.load_state_dict(getattr(theirs, f"norm{index}").state_dict())
    ours.feed_forward.w_in.load_state_dict(theirs.linear1.state_dict())
    ours.feed_forward.w_out.load_state_dict(theirs.linear2.state_dict())


def torch_layer(kind, norm_first, activation):
    return kind(D_MODEL, N_HEADS, D_FF, dropout=0.0, activation=activation, batch_first=True,
                norm_first=norm_first).eval()


class TestLayers:
    @pytest.mark.parametrize(("norm_first", "activation"), LOOKS)
    def test_encoder_layer_equals_torch(self, norm_first, activation):
        ours = EncoderLayer(D_MODEL, N_HEADS, D_FF, norm_first=norm_first, activation=activation)
        theirs = torch_layer(nn.TransformerEncoderLayer, norm_first, activation)
        copy_layer(ours, theirs)
        inputs, mask = torch.randn(3, 5, D_MODEL), padding_mask([5, 2, 4], 5)
        expected = theirs(inputs, src_key_padding_mask=~mask[:, 0, 0])
        output, weights = ours(inputs, mask)
        assert weights.shape == (3, N_HEADS, 5, 5)
        real = mask[:, 0, 0]
        torch.testing.assert_close(output[real], expected[real], atol=1e-12, rtol=0)

    @pytest.mark.parametrize(("norm_first", "activation"), LOOKS)
    def test_decoder_layer_equals_torch(self, norm_first, activation):
        ours = DecoderLayer(D_MODEL, N_HEADS, D_FF, norm_first=norm_first, activation=activation)
        theirs = torch_layer(nn.TransformerDecoderLayer, norm_first, activation)
        copy_layer(ours, theirs)
        inputs, memory, mask = torch.randn(2, 4, D_MODEL), torch.randn(2, 6, D_MODEL), padding_mask([6, 3], 6)
        expected = theirs(inputs, memory, tgt_mask=~causal_mask(4), memory_key_padding_mask=~mask[:, 0, 0])
        output, weights, cross_weights = ours(inputs, memory, causal_mask(4), mask)
        assert weights.shape == (2, N_HEADS, 4, 4) and cross_weights.shape == (2, N_HEADS, 4, 6)
        torch.testing.assert_close(output, expected, atol=1e-12, rtol=0)

    def test_unknown_activation_is_refused(self):
        with pytest.raises(CourseError, match="swish"):
            FeedForward(4, 8, "swish")


@pytest.fixture
def model():
    config = TransformerConfig(vocab_size=30, n_layers=2, d_model=D_MODEL, n_heads=N_HEADS, d_ff=D_FF, norm_first=True,
                               activation="gelu", dropout=0.0, max_tokens=40)
    return Transformer(config).eval()


class TestModel:
    @pytest.mark.parametrize("activation", ["relu", "gelu"])
    def test_the_whole_equals_torch_transformer(self, activation):
        config = TransformerConfig(30, n_layers=2, d_model=D_MODEL, n_heads=N_HEADS, d_ff=D_FF, norm_first=True,
                                   activation=activation, dropout=0.0)
        ours = Transformer(config).eval()
        theirs = nn.Transformer(D_MODEL, N_HEADS, 2, 2, D_FF, 0.0, activation, batch_first=True, norm_first=True).eval()
        for mine, other in zip([*ours.encoder, *ours.decoder], [*theirs.encoder.layers, *theirs.decoder.layers],
                               strict=True):
            copy_layer(mine, other)
        source, target, mask = torch.randint(30, (2, 6)), torch.randint(30, (2, 5)), padding_mask([6, 4], 6)
        padded = ~mask[:, 0, 0]
        expected = theirs(ours.embed(source), ours.embed(target), tgt_mask=~causal_mask(5),
                          src_key_padding_mask=padded, memory_key_padding_mask=padded)
        torch.testing.assert_close(ours(source, target, mask), ours.logits(expected), atol=1e-12, rtol=0)

    def test_padding_changes_nothing(self, model):
        source, target = torch.randint(30, (1, 5)), torch.randint(30, (1, 4))
        padded = torch.cat([source, torch.randint(30, (1, 3))], dim=1)
        with_padding = model(padded, target, padding_mask([5], 8))
        torch.testing.assert_close(with_padding, model(source, target), atol=1e-12, rtol=0)

    def test_a_target_token_does_not_see_what_follows(self, model):
        source, target = torch.randint(30, (1, 5)), torch.randint(30, (1, 6))
        other = target.clone()
        other[0, 4:] = (other[0, 4:] + 1) % 30
        assert torch.equal(model(source, target)[:, :4], model(source, other)[:, :4])

    def test_cache_gives_what_the_whole_gives(self, model):
        source, target = torch.randint(30, (2, 5)), torch.randint(30, (2, 7))
        memory, cache = model.encode(source).states, Cache(2)
        parts = [model.decode(target[:, i:j], memory, cache=cache) for i, j in ((0, 1), (1, 4), (4, 7))]
        whole = model.decode(target, memory)
        assert cache.n_tokens == 7
        torch.testing.assert_close(torch.cat([p.states for p in parts], 1), whole.states, atol=1e-12, rtol=0)
        torch.testing.assert_close(parts[-1].weights[1], whole.weights[1][:, :, 4:], atol=1e-12, rtol=0)
        torch.testing.assert_close(parts[-1].cross_weights[0], whole.cross_weights[0][:, :, 4:], atol=1e-12, rtol=0)


VOCABULARY = Vocabulary(start=2, end=3, pieces=torch.tensor([3, 7, 8, 9, 20, 21]))


def plain_score(model, source, ids, vocabulary):
    """Return the log probability of a whole target, by one run without cache."""
    logits = model(source, torch.tensor([[vocabulary.start, *ids[:-1]]]))[0][:, vocabulary.pieces]
    places = [vocabulary.pieces.tolist().index(i) for i in ids]
    return logits.log_softmax(-1)[range(len(ids)), places].sum().item()


class TestSearch:
    def test_greedy_takes_the_likeliest_allowed_token_each_time(self, model):
        source = torch.randint(30, (4, 5))
        for row, ids in enumerate(greedy_search(model, source, None, VOCABULARY, 9)):
            target = [VOCABULARY.start]
            while len(target) < 10 and target[-1] != VOCABULARY.end:
                logits = model(source[row:row + 1], torch.tensor([target]))[0, -1]
                target.append(max(VOCABULARY.pieces.tolist(), key=lambda i, logits=logits: logits[i].item()))
            assert ids == target[1:]

    def test_a_beam_of_one_is_greedy(self, model):
        for source in torch.randint(30, (5, 1, 4)):
            best, _ = beam_search(model, source, VOCABULARY, 9, beam=1)
            assert list(best.token_ids) == greedy_search(model, source, None, VOCABULARY, 9)[0]

    def test_a_beam_as_wide_as_everything_finds_the_best_of_all(self, model):
        source, pieces = torch.randint(30, (1, 4)), VOCABULARY.pieces.tolist()[1:]
        targets = [(*words, 3) for n in range(3) for words in itertools.product(pieces, repeat=n)]
        best = max(targets, key=lambda ids: plain_score(model, source, ids, VOCABULARY) / length_penalty(len(ids), 0.7))
        found, _ = beam_search(model, source, VOCABULARY, 3, beam=200, alpha=0.7)
        assert found.token_ids == best

    def test_paths_carry_their_own_probability(self, model):
        source = torch.randint(30, (1, 6))
        best, steps = beam_search(model, source, VOCABULARY, 8, beam=3, alpha=0.6)
        for path in [best, *steps[2], *steps[-1]]:
            expected = plain_score(model, source, path.token_ids, VOCABULARY)
            assert path.log_probability == pytest.approx(expected, abs=1e-9)
            assert path.score == pytest.approx(expected / length_penalty(len(path.token_ids), 0.6), abs=1e-9)

    def test_every_step_continues_paths_kept_by_the_one_before(self, model):
        _, steps = beam_search(model, torch.randint(30, (1, 6)), VOCABULARY, 8, beam=3)
        for before, after in itertools.pairwise(steps):
            kept = [path for path in before if path.fate == "kept"]
            assert len(kept) == 3
            assert all(path.token_ids[:-1] == kept[path.parent].token_ids for path in after)
        assert all(path.token_ids[-1] == VOCABULARY.end for step in steps for path in step if path.fate == "finished")

    def test_paths_keep_the_precision_of_the_model(self, model):
        torch.set_default_dtype(torch.float32)
        source = torch.randint(30, (1, 6))
        best, _ = beam_search(model, source, VOCABULARY, 8, beam=3)
        assert best.log_probability == pytest.approx(plain_score(model, source, best.token_ids, VOCABULARY), abs=1e-12)

    def test_a_masked_source_token_is_as_good_as_padding(self, model):
        source, padded = torch.randint(30, (1, 4)), torch.randint(30, (1, 7))
        padded[:, :4] = source
        encoded = model.encode(padded, padding_mask([4], 7))
        found, expected = beam_search(model, encoded, VOCABULARY, 8), beam_search(model, source, VOCABULARY, 8)
        assert found[0].token_ids == expected[0].token_ids
        assert found[0].score == pytest.approx(expected[0].score, abs=1e-12)


PREFIXED = replace(VOCABULARY, prefix=(20, 7, 7))


class TestPrefix:
    def test_greedy_goes_on_from_the_prefix(self, model):
        source = torch.randint(30, (2, 5))
        for row, ids in enumerate(greedy_search(model, source, None, PREFIXED, 9)):
            logits = model(source[row:row + 1], torch.tensor([[VOCABULARY.start, *PREFIXED.prefix]]))[0, -1]
            assert ids[:3] == [20, 7, 7] and len(ids) <= 9
            assert ids[3] == max(VOCABULARY.pieces.tolist(), key=lambda i, logits=logits: logits[i].item())

    def test_beam_paths_begin_with_the_prefix_and_count_it(self, model):
        source = torch.randint(30, (1, 6))
        best, steps = beam_search(model, source, PREFIXED, 8, beam=3, alpha=0.6)
        for path in [best, *steps[0], *steps[-1]]:
            assert path.token_ids[:3] == (20, 7, 7)
            assert path.log_probability == pytest.approx(plain_score(model, source, path.token_ids, PREFIXED), abs=1e-9)
        assert len(steps[0][0].token_ids) == 4 and len(steps[-1][0].token_ids) <= 8

    def test_a_beam_of_one_is_greedy_with_a_prefix_too(self, model):
        source = torch.randint(30, (1, 6))
        best, _ = beam_search(model, source, PREFIXED, 9, beam=1)
        assert list(best.token_ids) == greedy_search(model, source, None, PREFIXED, 9)[0]


class TestTemperature:
    def test_it_divides_the_logits(self):
        logits = torch.randn(2, 30)
        expected = (logits[:, VOCABULARY.pieces] / 0.5).log_softmax(-1)
        assert torch.equal(replace(VOCABULARY, temperature=0.5).log_probabilities(logits), expected)

    def test_one_changes_nothing(self):
        logits = torch.randn(2, 30)
        assert torch.equal(replace(VOCABULARY, temperature=1.0).log_probabilities(logits),
                           logits[:, VOCABULARY.pieces].log_softmax(-1))

    @pytest.mark.parametrize("temperature", [1.0, 3.0])
    def test_samples_come_as_often_as_they_are_likely(self, model, temperature):
        vocabulary, source = replace(VOCABULARY, temperature=temperature), torch.randint(30, (1, 5)).expand(4000, -1)
        drawn = [ids[0] for ids in sample(model, source, None, vocabulary, 1, seed=1)]
        logits = model(source[:1], torch.tensor([[VOCABULARY.start]]))[0, -1]
        likely = vocabulary.log_probabilities(logits).exp().tolist()
        for piece, probability in zip(VOCABULARY.pieces.tolist(), likely, strict=True):
            assert drawn.count(piece) / 4000 == pytest.approx(probability, abs=0.03)

    def test_a_seed_gives_the_same_targets_again_and_another_gives_others(self, model):
        source = torch.randint(30, (6, 5))
        once, again, other = (sample(model, source, None, VOCABULARY, 9, seed) for seed in (1, 1, 2))
        assert once == again != other

    def test_a_cold_sample_is_greedy(self, model):
        source = torch.randint(30, (3, 5))
        cold = replace(PREFIXED, temperature=1e-9)
        assert sample(model, source, None, cold, 9, seed=0) == greedy_search(model, source, None, PREFIXED, 9)

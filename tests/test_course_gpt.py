"""The course GPT as it landed, and the measures its card rests on."""

import random

import pytest
import torch
from transformers import AutoModelForCausalLM, AutoTokenizer

from helpers.models import load_model, load_training
from helpers.models.birth import WEIGHTS
from training.gpt_measures import induction, induction_scores
from training.ngrams import KneserNey

FOLDER = WEIGHTS / "course-gpt"


@pytest.fixture(scope="module")
def tokenizer():
    return AutoTokenizer.from_pretrained(FOLDER)


@pytest.fixture(scope="module")
def model():
    return AutoModelForCausalLM.from_pretrained(FOLDER, attn_implementation="eager", dtype=torch.float32).eval()


def test_plain_transformers_loads_it_and_it_is_small(model):
    assert sum(part.stat().st_size for part in FOLDER.glob("model*.safetensors")) < 12e6
    assert type(model).__name__ == "LlamaForCausalLM"
    assert model.config.num_key_value_heads < model.config.num_attention_heads
    assert model.get_output_embeddings().weight is model.get_input_embeddings().weight


@pytest.mark.parametrize("text", ["The cat is on the table.", "我喜欢听音乐。", "Don't forget your umbrella!",
                                  "你好吗？"])
def test_a_text_comes_back_from_its_tokens(tokenizer, text):
    ids = tokenizer(text).input_ids
    assert tokenizer.unk_token_id not in ids and ids[0] == tokenizer.bos_token_id
    back = tokenizer.decode(ids, skip_special_tokens=True)
    assert back.translate(str.maketrans("，。！？", ",.!?")) == text.translate(str.maketrans("，。！？", ",.!?"))


def test_the_course_opens_it_and_computes_what_transformers_does(model, tokenizer):
    record = load_model(FOLDER).run("The cat is on the table.")
    inputs = tokenizer("The cat is on the table.", return_tensors="pt")
    with torch.no_grad():
        theirs = model(**inputs, output_attentions=True)
    torch.testing.assert_close(record.weights.float(), torch.cat(theirs.attentions), atol=1e-5, rtol=0)
    torch.testing.assert_close(record.logits.float(), theirs.logits[0], atol=1e-3, rtol=0)
    assert not record.weights.triu(1).any()                     # no token looks ahead


def test_it_has_heads_that_copy_and_an_untrained_one_has_none(model, tokenizer):
    found = induction(model, tokenizer)
    assert found.scores.max() > 0.9 and found.second_loss < 1 < found.first_loss
    torch.manual_seed(0)
    blank = type(model)(model.config).eval()
    assert induction(blank, tokenizer).scores.max() < 0.1


def test_the_induction_score_of_attention_made_by_hand():
    perfect, even = torch.zeros(7, 7), torch.ones(7, 7) / 7     # <s>, three tokens, the same three again
    for query in range(4, 7):
        perfect[query, query - 2] = 1.0
    assert induction_scores(torch.stack([perfect, even])).tolist() == pytest.approx([1.0, 1 / 7])


def test_its_training_is_seen_from_birth():
    training = load_training("gpt")
    assert len(training.steps) >= 20 and training.steps[0] == 0
    last = training.record(training.steps[-1], part="decoder")
    assert (last.n_layers, last.n_heads) == (4, 6) and not last.weights.triu(1).any()


def test_the_probabilities_of_the_n_gram_model_sum_to_one():
    draw = random.Random(0)
    documents = [[0, *(draw.randrange(2, 9) for _ in range(12)), 1] for _ in range(40)]
    for order in (1, 2, 5):
        model = KneserNey(documents, 10, order)
        for before in ([0], [0, 3], documents[0][:6], [9, 9, 9]):
            assert sum(model.probability(token, before) for token in range(10)) == pytest.approx(1.0)

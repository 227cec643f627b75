"""The training scripts, on a few hundred sentences made here: no training text is in the repository."""

import itertools
import json
import random

import pytest
import torch
from transformers import AutoTokenizer, BertForPreTraining

from training import bert, bert_data, data, evaluate_bert
from training.bert import BertTrainer, export
from training.card import CLOZE, card
from training.tokenizer import build_tokenizer
from training.trainer import Schedule, birth_steps

PEOPLE = (("Tom", "汤姆"), ("Mary", "玛丽"), ("She", "她"), ("My father", "我爸爸"), ("The boy", "男孩"), ("I", "我"))
ACTIONS = (("bought", "买了"), ("saw", "看见了"), ("lost", "丢了"), ("painted", "画了"), ("found", "找到了"))
THINGS = (("a red umbrella", "一把红伞"), ("an old book", "一本旧书"), ("two cups of tea", "两杯茶"),
          ("the key", "钥匙"), ("a small dog", "一只小狗"), ("some bread", "一些面包"), ("the sea", "大海"))
PLACES = (("yesterday", "昨天"), ("at school", "在学校"), ("in Beijing", "在北京"))


def made_pairs():
    return [(f"{p} {a} {t} {w}.", f"{p2}{w2}{a2}{t2}。")
            for (p, p2), (a, a2), (t, t2), (w, w2) in itertools.product(PEOPLE, ACTIONS, THINGS, PLACES)]


@pytest.fixture(scope="module")
def work(tmp_path_factory):
    """A prepared working folder: data.json and tokenizer/."""
    folder = tmp_path_factory.mktemp("work 训练")
    pairs = made_pairs()
    prepared = {"train": pairs[:500], "dev": pairs[500:550], "test": pairs[550:600], "chinese": [zh for _, zh in pairs]}
    (folder / "data.json").write_text(json.dumps(prepared, ensure_ascii=False), encoding="utf-8")
    named = ["we saw Tom", "and then I saw Mary", "as I said"]
    tokenizer = build_tokenizer([en for en, _ in pairs] + named, [zh for _, zh in pairs], size=400)
    tokenizer.save_pretrained(folder / "tokenizer")
    return folder


@pytest.fixture(scope="module")
def tokenizer(work):
    return AutoTokenizer.from_pretrained(work / "tokenizer")


class TestData:
    def test_missing_file_says_where_it_comes_from(self, tmp_path):
        with pytest.raises(FileNotFoundError, match="manythings"):
            data.read_source(tmp_path, data.SOURCES[0])

    def test_changed_file_is_refused_unless_asked_for(self, tmp_path):
        source = {**data.SOURCES[0], "file": "a.txt"}
        (tmp_path / "a.txt").write_bytes("Hi.\t嗨。\r\n".encode())
        with pytest.raises(ValueError, match="sha256"):
            data.read_source(tmp_path, source)
        assert data.read_source(tmp_path, source, any_version=True) == ["Hi.\t嗨。"]

    def test_normalise_simplifies_and_folds_widths(self):
        from opencc import OpenCC
        assert data.normalise(" 湯姆，你好！　ＡＢ ", OpenCC("t2s").convert) == "汤姆,你好! AB"

    def test_pairs_that_share_a_side_stay_together(self):
        pairs = [("Hi.", "嗨。"), ("hi", "你好。"), ("Hello.", "你好！"), ("Run!", "跑！")]
        assert sorted(map(len, data.group_pairs(pairs))) == [1, 3]

    def test_no_side_is_in_two_splits(self):
        splits = data.split_groups(data.group_pairs(made_pairs()[::3]))
        assert splits["dev"] and splits["test"] and len(splits["train"]) > len(splits["test"])
        for one, other in itertools.combinations(splits.values(), 2):
            for side in (0, 1):
                assert not {data.key(p[side]) for p in one} & {data.key(p[side]) for p in other}

    def test_near_doubles_are_dropped(self):
        kept = data.drop_near_doubles(["我昨天在学校看见了他", "我们去吃饭"], ["我昨天在学校看见了她"])
        assert kept == ["我们去吃饭"]

    @pytest.mark.parametrize("text", ["我爱你", "I love you"])
    def test_nearest_is_itself(self, text):
        assert data.Neighbours(["别的句子", "another one", text]).nearest(text) == (1.0, 2)

    def test_prepare_from_files(self, tmp_path, monkeypatch):
        lines = [f"{en}\t{zh}\tCC-BY" for en, zh in made_pairs()]
        sources = [{"file": "p.txt", "kind": "pairs", "what": "", "where": "", "sha256": ""},
                   {"file": "c.tsv", "kind": "chinese", "what": "", "where": "", "sha256": ""}]
        (tmp_path / "p.txt").write_text("\n".join(lines), encoding="utf-8")
        (tmp_path / "c.tsv").write_text("1\tcmn\t今天天氣很好。\n2\tcmn\tno Chinese here", encoding="utf-8")
        monkeypatch.setattr(data, "SOURCES", sources)
        prepared = data.prepare(tmp_path, any_version=True)
        assert prepared["chinese"] == ["今天天气很好。"]
        held = data.Neighbours([zh for _, zh in prepared["dev"] + prepared["test"]])
        assert max((held.nearest(zh)[0] for _, zh in prepared["train"]), default=0) < data.NEAR_DOUBLE


class TestTokenizer:
    def test_units(self, tokenizer):
        unknown = "[UNK]"
        assert tokenizer.tokenize("Tom bought 25 红伞,好。") == ["Tom", "bought", unknown, unknown, "红", "伞", unknown,
                                                             unknown, "。"]

    @pytest.mark.parametrize("text, first", [("The key", "the"), ("Tom saw", "Tom"), ("I saw", "I"), ("An old", "an"),
                                             ("THE key", "[UNK]")])
    def test_first_word_of_a_sentence_has_its_usual_case(self, tokenizer, text, first):
        assert tokenizer.tokenize(text)[0] == first

    def test_pairs_carry_segments_and_saving_keeps_everything(self, tokenizer, tmp_path):
        tokenizer.save_pretrained(tmp_path)
        again = AutoTokenizer.from_pretrained(tmp_path)
        for en, zh in made_pairs()[:1000]:
            assert dict(again(en, zh)) == dict(tokenizer(en, zh))
        assert again("我", "我").token_type_ids == [0, 0, 0, 1, 1]


class TestExamples:
    def test_batches_hold_every_example_once_within_budget(self, work, tokenizer):
        rng = random.Random(1)
        corpus = bert_data.Corpus(json.loads((work / "data.json").read_text(encoding="utf-8")), tokenizer)
        examples = corpus.epoch(rng)
        grouped = list(bert_data.batches(examples, 300, rng))
        assert sorted(map(id, itertools.chain(*grouped))) == sorted(map(id, examples))
        assert max(len(g) * max(len(e.ids) for e in g) for g in grouped) <= 300

    def test_labels_tell_true_pairs_from_false(self, work, tokenizer):
        prepared = json.loads((work / "data.json").read_text(encoding="utf-8"))
        true = {tuple(sorted(map(tuple, map(_bare(tokenizer), pair)))) for pair in prepared["train"]}
        han, labels = evaluate_bert.token_sets(tokenizer)["han"], []
        for example in bert_data.Corpus(prepared, tokenizer).epoch(random.Random(0)):
            a, b = example.ids[1:example.length_a - 1], example.ids[example.length_a:-1]
            mixed = any(i in han for i in a) != any(i in han for i in b)
            if example.label != bert_data.UNASKED and mixed:
                assert (tuple(sorted((tuple(a), tuple(b)))) in true) == (example.label == bert_data.SAME)
                labels.append(example.label)
        assert 0.1 < labels.count(bert_data.OTHER) / len(labels) < 0.3

    def test_a_fifth_is_hidden_and_never_a_special_token(self, tokenizer):
        ids = tokenizer(" ".join(["bought"] * 100)).input_ids
        batch = bert_data.pad([bert_data.Example(ids, len(ids), 0)] * 40, 0)
        masked = bert_data.mask_tokens(batch, tokenizer, torch.Generator().manual_seed(0))
        chosen = masked.targets != -100
        assert 0.17 < chosen.float().mean() < 0.23
        assert not chosen[:, [0, -1]].any()
        assert torch.equal(masked.targets[chosen], batch.ids[chosen])
        assert torch.equal(masked.ids[~chosen], batch.ids[~chosen])
        assert 0.75 < (masked.ids[chosen] == tokenizer.mask_token_id).float().mean() < 0.85


def short(steps):
    """Return the schedule of a run of a few steps."""
    return Schedule(steps, decay=5, peak=1e-3, warm_up=10)


class TestTraining:
    def test_learning_rate_rises_stays_and_falls(self):
        schedule = Schedule(steps=10_000, decay=2_000, peak=1e-3, warm_up=1_000)
        rates = [schedule.rate(step) for step in (0, 999, 5_000, 8_000, 9_000, 10_000)]
        assert rates == pytest.approx([1e-6, 1e-3, 1e-3, 1e-3, 5e-4, 0])

    def test_it_learns_resumes_exports_and_is_measured(self, work, tokenizer, monkeypatch):
        monkeypatch.setattr(bert, "MAX_TOKENS", 250)
        trainer = BertTrainer(work, short(20))
        trainer.run(every=10)
        log = [json.loads(line) for line in (work / "bert" / "log.jsonl").read_text(encoding="utf-8").splitlines()]
        assert [row["step"] for row in log] == [10, 20] and log[1]["masked"] < log[0]["masked"]

        resumed = BertTrainer(work, short(30))
        resumed.load("plateau.pt")
        assert resumed.step == 15
        resumed.run(every=10)
        assert resumed.step == 30
        kept = sorted(int(file.stem) for file in (work / "bert" / "birth").iterdir())
        assert kept == sorted({*birth_steps(20), *birth_steps(30)})
        export(resumed.model, tokenizer, work / "bert" / "model")

        model = BertForPreTraining.from_pretrained(work / "bert" / "model", dtype=torch.float32,
                                                   attn_implementation="eager")
        assert {p.dtype for p in model.parameters()} == {torch.float32}
        pairs = made_pairs()[550:600]
        assert evaluate_bert.scores(model, tokenizer, pairs) == evaluate_bert.scores(model, tokenizer, pairs)
        text = card(work, work / "bert" / "model")
        assert "nearest training sentence" in text
        assert all(f"| {layer}, {head} | " in text for layer in range(4) for head in range(6))
        assert "30 steps" in text and "inside translation pairs" in text and "{" not in text

    def test_export_is_half_precision_and_small(self, work, tokenizer, tmp_path):
        export(BertTrainer(work, short(1)).model, tokenizer, tmp_path)
        model = BertForPreTraining.from_pretrained(tmp_path)
        assert model.dtype == torch.float16

    def test_measuring_hides_every_seventh_allowed_token(self):
        ids = list(range(100))
        assert evaluate_bert.hidden_places(ids, set(range(10, 100)), 3) == list(range(13, 100, 7))

    def test_cloze_list_is_forty_sentences_with_one_mask_each(self):
        assert [len(CLOZE["zh"]), len(CLOZE["en"])] == [20, 20]
        assert all(sentence.count("[MASK]") == 1 for sentence, _ in CLOZE["zh"] + CLOZE["en"])


def _bare(tokenizer):
    return lambda text: tokenizer(text, add_special_tokens=False).input_ids


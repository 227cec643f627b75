"""The translator's evaluation, its card, the training seen from birth, and the whole pipeline on made-up sentences."""

import dataclasses
import json
import random
import re
import shutil
from pathlib import Path
from types import SimpleNamespace
from xml.etree import ElementTree

import pytest
import torch
from conftest import refusal
from test_training import made_pairs
from transformers import AutoModel, AutoTokenizer, BertForPreTraining

from helpers.models import birth as births
from helpers.models import load_bert, load_training, load_translator
from helpers.models.sources import COURSE_FOLDER
from helpers.models.translation.quality import FRESH, quality
from helpers.transformer import Decoded, Encoded, beam_search
from helpers.views import view_heads, view_model
from training import birth, curves, data, quick
from training import evaluate_translator as evaluation
from training.alignment import SilverLinks, bert_alignment, bert_hits, cross_attention_hits
from training.birth_looks import TranslatorLook
from training.evaluate_translator import Translated
from training.translating import load

LANGUAGES = pytest.mark.parametrize("code", ["en", "zh"])
PAIRS = random.Random(0).sample(made_pairs(), 64)


@pytest.fixture(scope="module")
def made(tmp_path_factory) -> SimpleNamespace:
    """Everything that the pipeline makes of 64 pairs in three steps of each trainer."""
    folder, work = tmp_path_factory.mktemp("texts"), tmp_path_factory.mktemp("work 训练")
    for number, source in enumerate(data.SOURCES):
        lines = ([f"{en}\t{zh}\tCC-BY" for en, zh in PAIRS[number::2]] if source["kind"] == "pairs"
                 else [f"{at}\tcmn\t{zh}" for at, (_, zh) in enumerate(PAIRS)])
        (folder / source["file"]).write_text("\n".join(lines), encoding="utf-8", newline="\n")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(evaluation, "TIMED", 1)
        bert, translator = quick.run(folder, work, steps=3)
    return SimpleNamespace(work=work, bert=bert, translator=translator,
                           data=json.loads((work / "data.json").read_text(encoding="utf-8")))


@pytest.fixture(scope="module")
def batch(made):
    return load(made.translator)


@pytest.fixture(scope="module")
def silver(made):
    return SilverLinks(made_pairs()[:300], AutoTokenizer.from_pretrained(made.bert))


class TestPipeline:
    def test_both_models_can_be_loaded(self, made):
        assert load_bert(made.bert).run("Tom saw the sea.").n_layers == 4
        result = load_translator(made.translator).translate("Tom saw the sea.")
        assert result.target == "zh" and result.taught_head == (1, 0)

    def test_the_chosen_length_penalty_is_in_the_settings(self, made):
        config = json.loads((made.translator / "config.json").read_text(encoding="utf-8"))
        assert config["length_penalty"] in evaluation.ALPHAS
        assert load_translator(made.translator).alpha == config["length_penalty"]

    def test_the_card_tells_all(self, made):
        card = (made.translator / "README.md").read_text(encoding="utf-8")
        assert "{" not in card and "nrefs:1|case:mixed|eff:no|tok:zh" in card and "tok:13a" in card
        assert all(source in card for source, _ in FRESH["en_zh"] + FRESH["zh_en"])
        assert "3 steps" in card and "the taught head, 1, 0" in card and "ms beam 4" in card
        assert "birth.safetensors" in card
        for picture in re.findall(r"\]\((.*?\.svg)\)", card):
            ElementTree.parse(made.translator / picture)

    def test_the_berts_card_names_the_head_that_aligns(self, made):
        card = (made.bert / "README.md").read_text(encoding="utf-8")
        assert "{" not in card and "its English word" in card and "when\nthe character itself is masked" in card
        assert (made.bert / "held-out.svg").is_file()


class TestTranslating:
    def test_in_batches_as_one_by_one(self, made, batch):
        course = load_translator(made.translator)
        sentences = [en for en, _ in made.data["dev"]] + ["Tom."]
        assert batch.greedy(sentences, "zh") == [course.translate(text, "zh").text for text in sentences]

    @pytest.mark.parametrize("alpha", [0.0, 1.0, 2.0])
    def test_one_beam_search_serves_every_length_penalty(self, batch, alpha):
        source = torch.tensor([batch.source_ids("我看见了大海。", "en")])
        best, _ = beam_search(batch.model, source, batch.vocabulary("en"), batch.most(source.shape[1]), beam=4,
                              alpha=alpha)
        assert batch.best(batch.candidates("我看见了大海。", "en"), "en", alpha) == batch.text(best.token_ids, "en")

    def test_two_evaluations_give_the_same_figures_to_the_last_digit(self, made):
        def figures() -> tuple:
            translator, pairs = load(made.translator), made.data["test"][:2]
            silver = SilverLinks(made.data["train"], translator.tokenizer)
            measured = [evaluation.by_distance(Translated(translator, pairs, language), 1.0, made.data["train"])
                        for language in ("zh", "en")]
            return measured, evaluation.alignment(translator, silver, made.data)
        assert figures() == figures()


class TestFigures:
    def test_what_is_right_scores_100_whatever_the_width_of_its_marks(self):
        assert quality(["我喜欢茶，你呢？"], ["我喜欢茶,你呢?"], "zh")["bleu"] == pytest.approx(100)
        assert quality(["I don’t know."], ["I don't know."], "en") == pytest.approx(
            {"bleu": 100, "chrf": 100, "brevity": 1, "n": 1})

    def test_what_is_short_shows_in_the_brevity(self):
        assert quality(["我们去吃"], ["我们去吃饭吧好吗"], "zh")["brevity"] == 0.5

    def test_the_length_penalty_is_the_one_with_the_best_bleu(self):
        references = ["one two three four five six"]
        made_up = SimpleNamespace(references=references, language="en", beam=lambda alpha: [
            references[0] if alpha == 1.4 else "one two three four nine ten"])
        assert evaluation.choose_alpha([made_up, made_up]) == 1.4

    def test_distances_share_out_the_sentences_and_a_known_one_is_copied_rightly(self, batch):
        known = [("Tom saw the sea at school.", "汤姆在学校看见了大海。"), ("She lost the key.", "她丢了钥匙。")]
        test = Translated(batch, [known[0], ("A whale sleeps.", "鲸鱼在睡觉。")], "zh")
        rows = evaluation.by_distance(test, 1.0, known)
        assert {name: row["greedy"]["n"] for name, row in rows.items()} == {
            "below 0.25": 1, "0.4 and above": 1, "all": 2}
        assert rows["0.4 and above"]["copied"]["bleu"] == pytest.approx(100)
        assert rows["below 0.25"]["copied"]["bleu"] == 0

    def test_the_fresh_list_is_forty_different_sentences_each_way(self):
        assert [len(rows) for rows in FRESH.values()] == [40, 40]
        for key, english in (("en_zh", 0), ("zh_en", 1)):
            assert len({row[0] for row in FRESH[key]}) == 40
            assert all(data.HAN.search(row[1 - english]) and not data.HAN.search(row[english]) for row in FRESH[key])


class PointsAt:
    """A stand-in for a Transformer: its first head looks where the links lead, its second at the first token."""

    def __init__(self, places: dict[tuple[int, int], int]):
        self.places = places

    def encode(self, source, mask):
        self.width = source.shape[1]
        return Encoded(source[..., None].double(), ())

    def decode(self, shifted, memory, mask):
        weights = torch.zeros(len(shifted), 2, shifted.shape[1], self.width)
        weights[:, 1, :, 0] = 1
        for (row, query), key in self.places.items():
            weights[row, 0, query, key] = 1
        return Decoded(memory, (), (weights,))


class TestAlignment:
    def test_links_join_words_that_mean_the_same_and_no_marks(self, silver):
        english, chinese, links = silver.of(("Tom bought a red umbrella yesterday.", "汤姆昨天买了一把红伞。"))
        tokens = silver.tokenizer.convert_ids_to_tokens
        found = {(tokens(english[i]), tokens(chinese[j])) for i, j in links}
        assert {("red", "红"), ("yesterday", "昨"), ("Tom", "汤")} & found
        assert all(data.HAN.fullmatch(character) for _, character in found)

    @pytest.mark.parametrize("language", ["zh", "en"])
    def test_a_head_that_follows_every_link_finds_all_of_them(self, silver, batch, language):
        pair = ("Tom bought a red umbrella yesterday.", "汤姆昨天买了一把红伞。")
        links = [(i, j) if language == "zh" else (j, i) for i, j in silver.of(pair)[2]]
        model = PointsAt({(0, target): source + 1 for source, target in links})
        stand_in = dataclasses.replace(batch, model=model, tokenizer=silver.tokenizer)
        hits, n_links = cross_attention_hits(stand_in, silver, [pair], language)
        assert n_links == len(links) > 2 and hits.tolist() == [[n_links, 0]]

    @pytest.mark.parametrize("masked", [False, True])
    def test_a_bert_is_asked_at_the_character_about_the_english_alone(self, silver, masked):
        pair = ("Tom bought a red umbrella yesterday.", "汤姆昨天买了一把红伞。")
        english, _, links = silver.of(pair)
        seen = []

        def attend(ids, **_):
            seen.extend(ids.tolist())
            weights = torch.zeros(len(ids), 2, *[ids.shape[1]] * 2)
            for row, (i, j) in enumerate(links):
                weights[row, :, len(english) + 2 + j, i + 1] = torch.tensor([0.4, 0.1])
                weights[row, 1, len(english) + 2 + j, (i + 1) % len(english) + 1] = 0.2
                weights[row, :, len(english) + 2 + j, [0, len(english) + 1]] = 0.5     # [CLS], [SEP]: not counted
            return SimpleNamespace(attentions=(weights,))

        model = SimpleNamespace(bert=attend, eval=lambda: None)
        hits, n_links = bert_hits(model, silver, [pair], masked=masked)
        assert n_links == len(links) and hits.tolist() == [[n_links, 0]]
        assert all((silver.tokenizer.mask_token_id in row) == masked for row in seen)

    def test_the_best_head_is_the_one_that_dev_chooses(self, made, silver):
        model = BertForPreTraining.from_pretrained(made.bert, attn_implementation="eager", dtype=torch.float32)
        found = bert_alignment(model, silver, made.data)
        layer, head = map(int, found["best"].split(", "))
        hits, n_links = bert_hits(model, silver, made.data["test"])
        assert found["n_links"] == n_links
        assert found["plain"]["test"] == found["shares"][layer, head].item() == (hits[layer, head] / n_links).item()


class TestBirth:
    @pytest.fixture
    def weights(self, made, tmp_path, monkeypatch) -> Path:
        """A folder that stands for helpers/weights, and holds what the pipeline made."""
        for name, folder in (("course-bert", made.bert), ("course-translator", made.translator)):
            shutil.copytree(folder, tmp_path / name)
        monkeypatch.setattr(births, "WEIGHTS", tmp_path)
        return tmp_path

    @pytest.mark.parametrize("rows", [
        torch.rand(50, 7, generator=torch.Generator().manual_seed(0)).softmax(-1), torch.eye(5),
        torch.tensor([[1 / 3, 1 / 3, 1 / 3, 0]]), torch.full((1, 300), 1 / 300), torch.tensor([[1.0]])])
    def test_rows_in_255ths_sum_to_1_and_stay_near(self, rows):
        stored = birth.quantised(rows)
        assert stored.dtype == torch.uint8 and (stored.int().sum(-1) == 255).all()
        assert (stored / 255 - rows).abs().max() < 1 / 255
        assert (stored[rows == 0] == 0).all()

    @pytest.mark.parametrize("name, parts", [("bert", ["encoder"]), ("translator", ["encoder", "decoder", "cross"])])
    def test_every_step_can_be_read_and_drawn(self, weights, name, parts):
        training = load_training(name)
        assert training.steps == (0, 1, 2, 3) and len(training.texts) == 3
        assert all(len(values) == 4 for values in training.figures.values())
        assert all(len(shares) == 4 and 0 <= shares.min() and shares.max() <= 1 for shares in training.heads.values())
        for part in parts:
            for text in range(3):
                record = training.record(2, text, part)
                assert record.weights.sum(-1) == pytest.approx(torch.ones(record.weights.shape[:-1]), abs=1e-12)
                assert record.weights.shape[2] == record.n_tokens
                for view in (view_heads(record), view_model(record)):
                    ElementTree.fromstring(view.picture)

    def test_the_last_step_is_the_finished_translator(self, weights, made):
        training, course = load_training("translator"), load_translator(made.translator)
        for at, text in enumerate(training.texts):
            result = course.translate(text.text)
            assert text.said[-1] == result.text
            kept, now = training.weights(3, at), result.encoder_weights
            assert (kept - now).abs().max() < 1 / 255 and training.record(3, at).tokens == result.source_tokens
            assert training.record(3, at, "cross").key_tokens == result.source_tokens

    def test_the_last_step_is_the_finished_bert(self, weights, made):
        training, course = load_training("bert"), load_bert(made.bert)
        assert training.is_course_model
        record = course.run(*training.texts[0].text.split("\n"))
        kept = training.record(3)
        assert (kept.tokens, kept.segment_ids, kept.sentence_b_start) == \
            (record.tokens, record.segment_ids, record.sentence_b_start)
        assert (kept.weights - record.weights).abs().max() < 1 / 255
        line = training.cloze[0]
        assert list(line.guesses[-1]) == [token for token, _ in course.fill_mask(line.sentence, top=3)[0]]

    def test_the_same_states_give_the_same_bytes(self, made, tmp_path):
        run = tmp_path / "translator"
        (run / "birth").mkdir(parents=True)
        shutil.copy(made.work / "translator" / "birth" / "000002.safetensors", run / "birth")
        shutil.copy(made.work / "data.json", tmp_path)
        written = []
        for _ in range(2):
            look = TranslatorLook(tmp_path, made.translator)
            written.append(birth.write(*birth.packed(look, run), tmp_path).read_bytes())
        assert written[0] == written[1]
        assert not births.read_training(tmp_path / births.FILE).is_course_model       # it ends before the finished one

    @LANGUAGES
    def test_what_was_not_kept_is_refused(self, weights, code):
        training = load_training("translator")
        for action, key in ((lambda: load_training("vit"), "unknown"), (lambda: training.weights(7), "no_step"),
                            (lambda: training.weights(3, 5), "no_text"), (lambda: training.record(3, True), "no_text"),
                            (lambda: training.weights(3, 0, "heads"), "no_part")):
            assert refusal(action, code).key == f"birth.{key}"

    @LANGUAGES
    def test_a_missing_or_damaged_file_is_told(self, weights, code):
        path = weights / "course-bert" / births.FILE
        path.write_bytes(path.read_bytes()[:-100])
        assert refusal(lambda: load_training("bert"), code).key == "models.weights_altered"
        path.with_name("sha256.json").unlink()                               # where nothing says what it must be
        assert refusal(lambda: load_training("bert"), code).key == "birth.broken"
        path.write_bytes(b"x")
        assert refusal(lambda: load_training("bert"), code).key == "birth.broken"
        path.unlink()
        assert refusal(lambda: load_training("bert"), code).key == "birth.missing"

    def test_a_run_without_states_says_so(self, tmp_path):
        with pytest.raises(FileNotFoundError, match="holds no states"):
            list(birth.kept_states(tmp_path))


class TestCurves:
    def test_a_run_that_went_back_keeps_what_came_last(self, tmp_path):
        rows = [{"step": 10, "a": 3}, {"step": 20, "a": 2}, {"step": 15, "a": 1}]
        (tmp_path / "log.jsonl").write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
        assert curves.read_log(tmp_path) == [rows[0], rows[2]]

    def test_a_line_the_log_does_not_hold_is_left_out(self, tmp_path):
        run = tmp_path / "translator"
        run.mkdir()
        rows = [{"step": step, "zh": 1.0, "dev_zh": 4 - step / 10, "dev_en": 3.0} for step in (10, 20)]
        (run / "log.jsonl").write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
        view = curves.view_curves(run)
        assert view.text == ("Loss while training, up to step 20: held out, to Chinese from 3.00 to 2.00; "
                             "held out, to English from 3.00 to 3.00.")
        assert ElementTree.fromstring(view.picture).tag.endswith("svg") and view.picture.count('class="line"') == 2


class TestCourseBert:
    """Plain transformers, no code of ours, reads the folder of the course's BERT as the course does."""

    PLACES = ("在公园里", "昨天晚上", "明天", "每天早上", "2024年")
    DEEDS = ("我们去看一场电影", "他买了三本书", "妈妈做了一碗面条", "孩子们在唱歌", "谁也没有说话", "你要不要喝茶")
    SAID = ("Tom's brother doesn't like it.", "We saw 12 birds, 3 dogs and a cat!", "“Really?” she asked; I nodded.",
            "THE TV is on.", "Unbelievable: the photographer overslept...")
    ENDS = ("。", "，好不好？", "!", "", "……")

    def sentences(self) -> list[str]:
        chinese = [place + deed + end for place in self.PLACES for deed in self.DEEDS for end in self.ENDS]
        mixed = [f"{deed}，{said}{place}" for place in self.PLACES for deed in self.DEEDS for said in self.SAID]
        english = [f"{said} {first} {second} {n}" for said in self.SAID for n in range(35)
                   for first, second in (("Mary", "runs"), ("the", "sleepy cats"), ("An", "e-mail"), ("it's", "OK"))]
        return chinese + mixed + english

    def test_tokens_of_a_thousand_sentences(self, course_bert):
        plain, sentences = AutoTokenizer.from_pretrained(COURSE_FOLDER), self.sentences()
        assert len(set(sentences)) >= 1000
        for sentence in sentences:
            encoded, ours = plain(sentence), course_bert.encode(sentence)
            assert encoded.input_ids == list(ours.token_ids)
            assert encoded.tokens() == list(ours.tokens)

    def test_attention_in_float64(self, course_bert):
        model = AutoModel.from_pretrained(COURSE_FOLDER, dtype=torch.float64, attn_implementation="eager").eval()
        plain, sentences = AutoTokenizer.from_pretrained(COURSE_FOLDER), self.sentences()[::41]
        for pair in [(one,) for one in sentences] + list(zip(sentences, sentences[1:6], strict=False)):
            with torch.no_grad():
                expected = torch.cat(model(**plain(*pair, return_tensors="pt"), output_attentions=True).attentions)
            assert (course_bert.run(*pair).weights - expected).abs().max() < 1e-12


def test_the_weights_stay_small():
    folders = [folder for folder in COURSE_FOLDER.parent.iterdir() if folder.is_dir()]
    for folder in folders:
        assert sum(file.stat().st_size for file in folder.iterdir() if file.name != births.FILE) <= 12_000_000
    assert sum(file.stat().st_size for folder in folders for file in folder.glob(births.FILE)) <= 750_000 * len(folders)

"""Predictions, quizzes and the journal: what they take, what they say, what is kept and where."""

import json
import re
from pathlib import Path

import pytest
from conftest import refusal

from helpers import journal
from helpers.checks import check
from helpers.questions import PREDICTIONS, QUIZZES, explain, predict, progress, quiz
from helpers.questions.question import Choice, Essay, Number, Question
from helpers.text import language

ROOT = Path(__file__).parents[1]
LESSONS = {path.stem[:2]: path.read_text(encoding="utf-8") for path in sorted((ROOT / "lessons").glob("[0-9]*.py"))}
ALL: dict[str, Question] = {**PREDICTIONS, **{f"{key}.{place}": question for key, questions in QUIZZES.items()
                                              for place, question in enumerate(questions)}}


@pytest.fixture
def kept(tmp_path, monkeypatch) -> Path:
    """A journal of its own in an empty folder."""
    monkeypatch.setenv("SEEING_ATTENTION_JOURNAL", str(tmp_path / "deep" / "journal.json"))
    journal.forget()
    yield tmp_path / "deep" / "journal.json"
    journal.forget()


def words_of(question: Question) -> list[dict[str, str]]:
    """Return all words of a question, each by language."""
    if isinstance(question, Choice):
        return [words for option in question.options.values() for words in (option.words, option.why)]
    return [question.why]


# The tables

def test_every_question_speaks_both_languages():
    silent = [key for key, question in ALL.items()
              for words in [*words_of(question), *([question.ask] if question.ask else [])]
              if not (words["en"].strip() and re.search("[\u4e00-\u9fff0-9A-Za-z]", words["zh"]))]
    assert silent == []


def test_the_lessons_ask_every_question_there_is_and_no_other():
    asked = {(name, key) for text in LESSONS.values()
             for name, key in re.findall(r'^(predict|explain|quiz)\("([\w.]+)"', text, re.MULTILINE)}
    assert {key for name, key in asked if name != "quiz"} == set(PREDICTIONS)
    assert {key for name, key in asked if name == "quiz"} == set(QUIZZES)


def test_every_prompt_to_predict_has_its_question_close_by():
    lonely = [(chapter, prompt.strip()[:60]) for chapter, text in LESSONS.items()
              for prompt, after in re.findall(r"(\*\*Predict\b[^\n]*)\n((?:.*\n){0,40})", text)
              if "\npredict(" not in after]
    assert lonely == []


def test_the_right_answer_of_a_quiz_has_no_favourite_place():
    places = [list(question.options).index(question.right) for questions in QUIZZES.values() for question in questions]
    assert max(map(places.count, (0, 1, 2))) < 0.5 * len(places)


# Answers

@pytest.mark.parametrize("code", ["en", "zh"])
def test_a_choice_is_answered_with_what_it_shows(kept, code):
    language(code)
    for name, option in PREDICTIONS["01.mixture"].options.items():
        guess = predict("01.mixture")
        reply = guess.answer(name)
        assert (reply.right, reply.why) == (name == "thing", option.why[code])
        assert option.why[code] in guess.said.value and option.words[code] in guess.said.value
        assert guess.field.disabled and guess.button.disabled


def test_the_page_may_know_the_right_answer_better(kept):
    assert predict("01.mixture", right="grammar").answer("grammar").right is True
    assert predict("01.mixture", right="grammar").answer("thing").right is False


def test_nothing_chosen_is_asked_for_and_not_noted(kept):
    guess = predict("01.mixture")
    guess.hand_in()
    assert guess.reply is None and "Choose" in guess.said.value and not guess.field.disabled and not kept.exists()


def test_the_curtain_falls_with_the_guess(kept):
    guess, skipped = predict("01.mixture"), predict("01.root")
    assert "sav-curtain-01-mixture" in guess.curtain.value and "display:none" in guess.curtain.value
    guess.answer("thing")
    skipped.skip.click()
    assert guess.curtain.value == skipped.curtain.value == ""
    assert predict("00.tea", hide=False).curtain.value == explain("00.line").curtain.value == ""


def test_an_essay_wants_words_before_it_shows_an_answer(kept):
    wanted = PREDICTIONS["01.full_stop"]
    essay = explain("01.full_stop")
    essay.answer("too short")
    assert essay.reply is None and wanted.why["en"] not in essay.said.value
    essay.answer("It says how much of the value of the full stop is mixed in, not what that does.")
    assert essay.reply.right is None and essay.reply.why == wanted.why["en"]


@pytest.mark.parametrize("given, right", [("20", True), ("20,4", True), ("−3", False), (21, False)])
def test_a_number_is_right_within_its_bound(given, right):
    question = Number(right=20, within=0.5, why={"en": "so"})
    assert question.reply(float(str(given).replace(",", ".").replace("−", "-"))).right is right


def test_a_choice_without_its_right_answer_is_refused():
    with pytest.raises(ValueError, match="'c' is none of a"):
        Choice(right="c", options={"a": PREDICTIONS["01.mixture"].options["thing"]})


@pytest.mark.parametrize("code", ["en", "zh"])
@pytest.mark.parametrize("ask", [predict, explain, quiz])
def test_an_unknown_question_is_refused(ask, code):
    assert refusal(lambda: ask("09.nothing"), code).key == "questions.unknown_key"


def test_a_script_in_an_answer_stays_text(kept):
    essay = explain("01.full_stop")
    essay.answer("<script>alert(1)</script> and quite a few more words to come")
    assert "<script>" not in essay.said.value


# What stands in a saved notebook

@pytest.mark.parametrize("ask, key", [(predict, "01.mixture"), (quiz, "01.end"), (explain, "01.full_stop")])
def test_saved_questions_open_without_a_script(ask, key):
    bundle = ask(key)._repr_mimebundle_()
    assert bundle["text/html"].count("<details>") == bundle["text/html"].count("</details>") > 0
    assert "<script" not in bundle["text/html"] and "✓" not in bundle["text/plain"]


def test_a_saved_essay_asks_for_words_not_for_a_guess():
    assert explain("01.full_stop")._repr_mimebundle_()["text/plain"] == "In your own words"


# The journal

def test_what_was_done_is_written_down_and_read_again(kept):
    predict("01.mixture").answer("grammar")
    score = quiz("01.start")
    for item in score.items:
        item.answer(item.question.right)
    written = json.loads(kept.read_text(encoding="utf-8"))
    assert written["predictions"]["01.mixture"]["right"] is False
    assert written["quizzes"]["01.start"] == {"answered": 4, "right": 4, "total": 4}
    journal.forget()                                            # another kernel
    chapter = {one.number: one for one in progress().chapters}["01"]
    assert (chapter.made, chapter.right, chapter.answered) == (1, 0, 4)
    assert "4 of 4" in score.score.value


def test_exercises_tried_are_noted_and_untouched_ones_are_not(kept):
    check("01.softmax")
    check("01.softmax", lambda scores: scores.exp())
    check("00.rows", lambda weights: weights.sum(-1))
    assert {key: entry["passed"] for key, entry in journal.entries()["checks"].items()} == {
        "01.softmax": False, "00.rows": True}
    check("00.rows", lambda weights: weights.sum(0))             # tried again, wrongly: passed stays passed
    assert {one.number: one.passed for one in progress().chapters}["00"] == 1


def test_a_skipped_prediction_is_none_made(kept):
    predict("01.root").skip.click()
    assert {one.number: one.made for one in progress().chapters}["01"] == 0


@pytest.mark.parametrize("content", ["", "[]", "{", '{"predictions": 3}'])
def test_a_broken_journal_is_begun_anew(kept, content):
    kept.parent.mkdir(parents=True)
    kept.write_text(content, encoding="utf-8")
    predict("01.mixture").answer("thing")
    assert json.loads(kept.read_text(encoding="utf-8"))["predictions"]["01.mixture"]["right"] is True


def test_where_nothing_can_be_written_it_is_remembered(tmp_path, monkeypatch):
    (tmp_path / "file").write_text("", encoding="utf-8")
    monkeypatch.setenv("SEEING_ATTENTION_JOURNAL", str(tmp_path / "file" / "journal.json"))
    journal.forget()
    predict("01.mixture").answer("thing")
    assert {one.number: one.made for one in progress().chapters}["01"] == 1
    assert "until the kernel ends" in progress().text
    journal.forget()


def test_progress_shows_a_line_a_chapter_in_either_language(kept):
    for code in ("en", "zh"):
        language(code)
        html = progress()._repr_html_()
        assert html.count("<tr>") == 1 + len(LESSONS) and progress().text in html.replace("&quot;", '"')


def test_an_essay_is_never_judged():
    assert Essay(why={"en": "so"}).reply("anything").right is None

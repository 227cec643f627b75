"""The inventory: two parallel forms, nothing given away before the course, both kept, compared and handed in."""

import json
import re
from collections import Counter
from html import unescape
from pathlib import Path

import pytest
import torch
from conftest import refusal

from helpers import journal
from helpers.questions import hand_in, inventory, progress
from helpers.questions.handing_in import read_hand_in
from helpers.questions.ideas import IDEAS
from helpers.questions.inventory import FORMS, compared
from helpers.questions.question import Choice, Idea, Option
from helpers.text import LANGUAGES, language, say
from lessons.badges import chapters

ITEMS = {(form, key): idea.form(form) for key, idea in IDEAS.items() for form in FORMS}
KEYS = list(IDEAS)


@pytest.fixture
def kept(tmp_path, monkeypatch) -> Path:
    """A journal of its own in an empty folder."""
    monkeypatch.setenv("SEEING_ATTENTION_JOURNAL", str(tmp_path / "my" / "journal.json"))
    journal.forget()
    yield tmp_path / "my" / "journal.json"
    journal.forget()


def filled(form: str, right: int, wrong: int = 0):
    """Return a form with so many right answers, so many wrong ones, the rest left out; not yet handed in."""
    asked = inventory(form)
    for place, key in enumerate(KEYS[:right + wrong]):
        question = IDEAS[key].form(form)
        asked.answer(key, question.right if place < right else next(name for name in question.options
                                                                    if name != question.right))
    return asked


# The items

def test_both_forms_have_twenty_items_of_four_options_over_all_chapters():
    assert len(IDEAS) == 20 and {key[:2] for key in IDEAS} == {stem[:2] for stem in chapters()}
    for question in ITEMS.values():
        assert len(question.options) == 4 and question.right in question.options
        for code in LANGUAGES[:2]:
            assert len({option.words[code] for option in question.options.values()}) == 4
            assert len({option.why[code] for option in question.options.values()}) == 4


def test_every_item_speaks_both_languages():
    said = [words for question in ITEMS.values() for words in
            (question.ask, *(one for option in question.options.values() for one in (option.words, option.why)))]
    said += [idea.name for idea in IDEAS.values()]
    assert [words for words in said if not (words["en"].strip() and words["zh"].strip())] == []
    prose = [words["zh"] for question in ITEMS.values()
             for words in (question.ask, *(option.why for option in question.options.values()))]
    assert [text for text in prose if not re.search("[\u4e00-\u9fff]", text)] == []
    assert [words["en"] for words in said if re.search("[\u4e00-\u9fff]", words["en"])] == []


def test_the_two_forms_of_an_idea_offer_the_same_misconceptions():
    option = Option({"en": "x", "zh": "x"}, {"en": "y", "zh": "y"})
    one, other = (Choice(right="a", options=dict.fromkeys(names, option)) for names in ("abcd", "abce"))
    with pytest.raises(ValueError, match="different answers"):
        Idea(name={"en": "n", "zh": "n"}, before=one, after=other)
    assert all(idea.before.ask["en"] != idea.after.ask["en"] for idea in IDEAS.values())


@pytest.mark.parametrize("form", FORMS)
def test_the_right_answer_has_no_favourite_place_and_no_favourite_length(form):
    questions = [idea.form(form) for idea in IDEAS.values()]
    places = Counter(list(question.options).index(question.right) for question in questions)
    assert set(places.values()) == {5}
    for code in LANGUAGES[:2]:
        lengths = [({name: len(option.words[code]) for name, option in question.options.items()}, question.right)
                   for question in questions]
        longest = [right for found, right in lengths
                   if found[right] > max(length for name, length in found.items() if name != right)]
        assert len(longest) <= 8, longest


def test_an_item_stands_at_another_place_in_the_other_form():
    assert [key for key, idea in IDEAS.items() if list(idea.before.options).index(idea.before.right)
            == list(idea.after.options).index(idea.after.right)] == []


def test_the_numbers_of_the_items_are_right():
    sharper = (torch.tensor([0.5, 0.3, 0.2]).log() / 0.5).softmax(-1)
    assert IDEAS["07.temperature"].after.options["sharper"].words["en"] == ", ".join(f"{p:.2f}" for p in sharper)
    assert 0.3 * 4 > 0.6 * 0.5 and 8 * 64 == 512
    scores = torch.tensor([[1.0, -0.5, 0.2], [0.0, 3.0, -1.0], [2.0, 0.1, 0.4]])
    sums = scores.softmax(dim=-1).sum(-1), scores.softmax(dim=0).sum(0)
    assert all(torch.allclose(one, torch.ones(3)) for one in sums)
    assert (scores / scores.sum(dim=-1, keepdim=True)).min() < 0


# The form before the course

@pytest.mark.parametrize("code", LANGUAGES[:2])
def test_before_the_course_nothing_but_a_count_is_given_away(kept, code):
    language(code)
    asked = filled("before", right=7, wrong=5)
    assert say("questions.answered_so_far", answered=12, total=20) in asked.result.value
    asked.hand_in()
    assert say("questions.before_done", right=7, total=20) in asked.result.value
    assert all(said.value == "" for said in asked.said.values()) and "<table>" not in asked.result.value
    assert asked.button.disabled and all(one.disabled for one in asked.fields.values())
    whys = [option.why[code] for idea in IDEAS.values() for option in idea.before.options.values()]
    shown = "".join(asked._repr_mimebundle_()[kind] for kind in ("text/html", "text/plain"))
    assert [why for why in whys if why in unescape(shown) or why in asked.result.value] == []
    assert "✓" not in shown and all(idea.before.asked in unescape(shown) for idea in IDEAS.values())


def test_an_answer_can_be_changed_until_the_form_is_handed_in(kept):
    asked = inventory("before")
    for name in ("importance", "share"):
        asked.answer("00.line", name)
    assert "right" not in json.loads(kept.read_text(encoding="utf-8"))["inventory"]["before"]
    asked.hand_in()
    written = json.loads(kept.read_text(encoding="utf-8"))["inventory"]["before"]
    assert written == {"chosen": {"00.line": "share"}, "done": True, "right": 1, "total": 20}


def test_a_form_is_taken_up_again_in_another_kernel(kept):
    filled("before", right=3)
    journal.forget()
    again = inventory("before")
    assert [again.fields[key].value for key in KEYS[:4]] == [*(IDEAS[key].before.right for key in KEYS[:3]), None]
    assert not again.button.disabled
    again.hand_in()
    journal.forget()
    assert inventory("before").button.disabled and "3 of 20" in inventory("before").result.value
    assert not inventory("before", again=True).button.disabled


# The form after the course

@pytest.mark.parametrize("code", LANGUAGES[:2])
def test_after_the_course_each_wrong_option_is_answered_with_why(kept, code):
    language(code)
    for place in range(4):
        asked = inventory("after", again=True)
        for key, idea in IDEAS.items():
            asked.answer(key, list(idea.after.options)[place])
        assert all(said.value == "" for said in asked.said.values())
        asked.hand_in()
        for key, idea in IDEAS.items():
            name, right = list(idea.after.options)[place], idea.after.options[idea.after.right]
            shown = unescape(asked.said[key].value)
            assert idea.after.options[name].why[code] in shown and right.why[code] in shown
            assert (say("questions.miss").strip() in shown) == (name != idea.after.right)


def test_what_was_left_out_is_answered_too(kept):
    asked = filled("after", right=19)
    asked.hand_in()
    right = IDEAS[KEYS[-1]].after.options[IDEAS[KEYS[-1]].after.right]
    assert say("questions.left_out").strip() in asked.said[KEYS[-1]].value
    assert right.words["en"] in unescape(asked.said[KEYS[-1]].value)


def test_both_forms_are_compared_idea_by_idea(kept):
    filled("before", right=5, wrong=10).hand_in()
    after = filled("after", right=18, wrong=1)
    after.hand_in()
    assert "5 of 20 right before the course, 18 after it" in after.result.value
    rows = re.findall("<tr><td>(.*?)</td><td>(.*?)</td><td>(.*?)</td></tr>", after.result.value)
    assert [name[:2] for name, _, _ in rows] == [key[:2] for key in KEYS]
    marks = [("✓" in before, "✓" in later) for _, before, later in rows]
    assert marks == [(place < 5, place < 18) for place in range(20)]
    assert rows[19][1:] == (say("questions.mark_open"),) * 2 and rows[5][1].startswith("✗ ")
    assert progress().inventory.text in progress().text and progress().inventory.score("after") == 18


def test_one_form_alone_is_said_as_one(kept):
    assert progress().inventory.text == "" and progress().inventory.table() == ""
    filled("before", right=4).hand_in()
    assert "4 of 20 right before the course" in progress().text and progress().inventory.table() == ""
    filled("after", right=6)                                         # not handed in
    assert progress().inventory.score("after") is None


@pytest.mark.parametrize("code", LANGUAGES[:2])
def test_a_saved_form_after_the_course_opens_without_a_script(kept, code):
    language(code)
    bundle = inventory("after")._repr_mimebundle_()
    assert bundle["text/html"].count("<details") == bundle["text/html"].count("</details>") == 1 + 20 * 4
    assert "<script" not in bundle["text/html"] and "✓" not in bundle["text/plain"]


# What is handed in

def test_the_scores_stand_in_the_table_of_a_class_and_on_the_page(kept):
    assert {hand_in("Li").row()[f"inventory {form}"] for form in FORMS} == {""}
    filled("before", right=5, wrong=3).hand_in()
    early = hand_in("Li")
    assert (early.row()["inventory before"], early.row()["inventory after"]) == ("5", "")
    assert early.inventory.text in early.page() and "<table>" not in early.page()
    filled("after", right=16).hand_in()
    work = read_hand_in(hand_in("Li").files[0])
    assert (work.row()["inventory before"], work.row()["inventory after"]) == ("5", "16") and work.sealed
    assert work.inventory.text in work.page() and work.page().count("<tr>") == 21


def test_a_file_of_before_the_inventory_is_still_read(kept):
    file = hand_in("Li").files[0]
    content = json.loads(file.read_text(encoding="utf-8"))
    del content["inventory"]
    file.write_text(json.dumps(content), encoding="utf-8")
    assert read_hand_in(file).inventory.text == ""


@pytest.mark.parametrize("entry", [3, {}, {"chosen": 3, "done": True}, {"chosen": {"00.line": 3, "x": "y"}, "done": 1}])
def test_answers_that_are_none_count_as_left_out(kept, entry):
    found = compared({"inventory": {"before": entry}})
    assert found.right("before") == () and found.score("before") in (None, 0)
    kept.parent.mkdir(parents=True)
    kept.write_text(json.dumps({"inventory": {"before": entry}}), encoding="utf-8")
    assert all(one.value is None for one in inventory("before").fields.values())


@pytest.mark.parametrize("form", ["", "middle", None, 3, ["before"]])
@pytest.mark.parametrize("code", LANGUAGES[:2])
def test_a_form_there_is_not_is_refused(form, code):
    assert refusal(lambda: inventory(form), code).key == "questions.no_form"

"""The translation explorer, with the course translator: every control over its range, and what is typed into it."""

import pytest

from helpers.controls import explore_translation
from helpers.models import load_translator
from helpers.text import CourseError, language

TEXT = "I have a red umbrella."


@pytest.fixture(scope="module")
def translator():
    return load_translator("course")


@pytest.fixture
def explorer(translator):
    return explore_translation(translator, TEXT)


class TestPictures:
    def test_it_begins_with_the_first_step_and_the_taught_head(self, explorer, translator):
        assert (explorer.step.value, explorer.layer.value, explorer.head.value) == (0, *translator.taught_head)
        assert explorer.view.kind == "translation"
        assert translator.translate(TEXT).text in explorer.result.value

    def test_every_step_layer_and_head_is_drawn(self, explorer, translator):
        record = translator.translate(TEXT)
        for step in range(explorer.step.max + 1):
            assert explorer.choose(step=step).data["token"] == record.target_tokens[step]
        for layer in range(explorer.layer.max + 1):
            for _, head in explorer.head.options:
                data = explorer.choose(layer=layer, head=head).data
                rows = record.cross_weights[layer]
                expected = rows.mean(0) if head == "mean" else rows[head]
                assert data["weights"] == pytest.approx(expected[-1].tolist(), abs=5e-5)

    def test_the_slider_ends_where_the_translation_ends(self, explorer):
        for text in ("Hello.", "My father has gone to the sea with two friends."):
            explorer.choose(text=text)
            assert explorer.step.max == len(explorer.view.data["target_tokens"]) - 1

    @pytest.mark.parametrize("shown", ["cross", "decoder", "encoder"])
    def test_each_attention_has_its_head_view(self, explorer, translator, shown):
        view = explorer.choose(shown=shown, head="mean")
        assert view.kind == "heads"
        assert view.data["tokens"] == list(getattr(translator.translate(TEXT), shown).tokens)

    def test_a_step_may_belong_to_the_text_chosen_with_it(self, explorer):
        assert explorer.choose(step=7, text="My father has gone to the sea with two friends.").data["step"] == 7
        with pytest.raises(CourseError, match="step"):
            explorer.choose(text="Hello.", step=99)
        assert explorer.step.value == explorer.view.data["step"] == 7

    def test_the_tree_needs_a_beam(self, explorer):
        assert explorer.choose(shown="beams").kind == "translation"
        assert f"under {explorer.beam.description}, above" in explorer.notice.value
        assert "beam=" not in explorer.notice.value and 'role="alert"' not in explorer.notice.value
        assert explorer.choose(beam=3).kind == "beams"
        assert explorer.step.disabled and explorer.layer.disabled
        assert not explorer.notice.value

    def test_without_its_beam_the_tree_gives_way_to_the_steps(self, explorer):
        assert explorer.choose(beam=2, shown="beams").kind == "beams"
        explorer.beam.value = 1
        assert explorer.view.kind == "translation" and "no tree" in explorer.notice.value
        assert not (explorer.step.disabled or explorer.layer.disabled or explorer.head.disabled)
        explorer.text.value = "Where is my bag?"
        assert explorer.view.data["source_tokens"][1] == "where" and explorer.choose(beam=2).kind == "beams"

    def test_a_wide_search_uses_the_width_before_it_grows_tall(self, explorer):
        view = explorer.choose(text="我想喝一杯热茶。", beam=8, shown="beams")
        assert len(view.data["steps"]) == 11
        assert view.size[0] < 1100 and view.size[1] < 800

    def test_direction_follows_the_text_unless_it_is_chosen(self, explorer):
        assert explorer.choose(text="我喜欢吃苹果。").data["source_tokens"][0] == "<2en>"
        assert explorer.choose(text=TEXT).data["source_tokens"][0] == "<2zh>"
        assert explorer.choose(target="en").data["source_tokens"][0] == "<2en>"


class TestChanges:
    def test_a_prefix_is_obeyed_and_the_plain_translation_stays_in_sight(self, explorer, translator):
        explorer.prefix.value = "她"
        assert explorer.view.data["target_tokens"][0] == "她"
        assert f"without your changes: {translator.translate(TEXT).text}" in explorer.result.value
        explorer.prefix.value = ""
        assert "without your changes" not in explorer.result.value

    def test_a_hidden_source_token_gets_no_attention(self, explorer):
        place = explorer.view.data["source_tokens"].index("umbrella")
        for step in range(explorer.choose(hidden=(place,)) and explorer.step.max + 1):
            assert explorer.choose(step=step).data["weights"][place] == 0
        explorer.choose(text="He came yesterday.")
        assert explorer.hidden.value == ()

    def test_heads_off_are_those_ticked(self, explorer, translator):
        everything = [(layer, head) for layer in range(3) for head in range(6)]
        explorer.choose(heads_off=everything)
        expected = translator.translate(TEXT, heads_off=set(everything)).text
        assert expected in explorer.result.value
        assert list(explorer.heads_off.boxes) == everything

    def test_a_change_without_effect_is_said_to_have_none(self, explorer, translator):
        first = translator.translate(TEXT).target_tokens[0]
        explorer.prefix.value = first
        assert "your changes do not change the translation" in explorer.result.value


class TestBehindAClosedBox:
    def test_the_button_says_how_many_changes_hold(self, explorer):
        plain = explorer.what_if.description
        assert explorer.reset.layout.display == "none"
        explorer.choose(hidden=(2, 5), heads_off=[(0, 1)], what_if=False)
        assert explorer.what_if.description == f"{plain} · in force: 3"
        assert explorer.what_if.style.font_weight == "bold"
        assert explorer.reset.layout.display is None

    def test_a_change_that_fails_can_be_taken_back_unseen(self, explorer, translator):
        plain = explorer.what_if.description
        explorer.what_if.value = True
        explorer.prefix.value = "😀"
        explorer.what_if.value = False
        assert 'role="alert"' in explorer.notice.value
        assert explorer.what_if.description == f"{plain} · in force: 1"
        explorer.reset.click()
        assert explorer.prefix.value == "" and explorer.what_if.description == plain
        assert not explorer.notice.value and translator.translate(TEXT).text in explorer.result.value
        assert explorer.reset.layout.display == "none" and "without your changes" not in explorer.result.value


class TestBadInput:
    @pytest.mark.parametrize("text", ["", "  \t", "！？。", "😀😀", "</script><img onerror=alert(1)>", "你好 " * 400])
    def test_any_text_gives_a_picture_or_a_sentence(self, explorer, text):
        explorer.choose(text=text)
        assert explorer.notice.value or explorer.view.data["source_tokens"][1:-1]
        assert "<img" not in explorer.result.value + explorer.picture.value + explorer.notice.value

    def test_a_text_that_fails_leaves_the_last_picture(self, explorer):
        before = explorer.picture.value
        explorer.choose(text="")
        assert 'role="alert"' in explorer.notice.value and explorer.picture.value == before
        explorer.choose(text=TEXT)
        assert 'role="alert"' not in explorer.notice.value

    def test_a_model_that_cannot_be_had_is_said_in_one_sentence(self, explorer):
        before = explorer.picture.value
        explorer.choose(model="other", name="no/such/folder")
        assert "no/such/folder" in explorer.notice.value and explorer.picture.value == before

    def test_a_folder_that_is_typed_joins_the_drop_down(self, explorer, translator, monkeypatch):
        monkeypatch.setattr("helpers.controls.translation.load_translator", lambda name: translator)
        explorer.choose(model="other", name="./mine")
        assert explorer.model.value == "./mine" and ("./mine", "./mine") in explorer.model.options
        assert explorer.name.layout.display == "none" and not explorer.notice.value

    @pytest.mark.parametrize("choice", [{"target": "fr"}, {"beam": 0}, {"beam": 99}])
    def test_choices_that_do_not_exist_are_refused(self, translator, choice):
        with pytest.raises(CourseError, match="target is None"):
            explore_translation(translator, TEXT, **choice)

    def test_another_object_is_refused(self):
        with pytest.raises(CourseError, match="load_translator"):
            explore_translation(3.14)


def test_chinese(translator):
    language("zh")
    try:
        explorer = explore_translation(translator)
        assert "第 0 步" in explorer.view.text and explorer.view.data["source_tokens"][0] == "<2en>"
        explorer.prefix.value = "she"
        assert "不做改动时：" in explorer.result.value
    finally:
        language("en")


def test_saved_output_has_picture_and_sentence(explorer):
    bundle = explorer._repr_mimebundle_()
    assert "<img" in bundle["text/html"] and bundle["text/plain"] == explorer.view.text

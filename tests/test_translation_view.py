"""The translation view and the beam tree: their numbers are the record's, their pictures are sound."""

import xml.etree.ElementTree as ElementTree
from dataclasses import replace

import pytest

from helpers.models.translation.records import BeamPath, Step
from helpers.text import CourseError, language
from helpers.views import view_beams, view_translation
from tests.translation_records import SOURCE, TARGET, beams, record

SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture
def chinese():
    language("zh")
    yield
    language("en")


def elements(view, tag, kind):
    """Return the elements of the live picture with this tag whose classes hold `kind`."""
    return [one for one in ElementTree.fromstring(view.svg).iter(SVG + tag) if kind in one.get("class", "").split()]


class TestTranslation:
    def test_it_shows_the_last_step_and_the_taught_head_unless_asked(self):
        data = view_translation(record()).data
        assert (data["step"], data["layer"], data["head"]) == (len(TARGET) - 1, 1, 0)
        assert view_translation(record(taught_head=None)).data["head"] is None
        assert view_translation(record(), layer=0).data["head"] is None

    @pytest.mark.parametrize("step", range(len(TARGET)))
    def test_numbers_are_the_records(self, step):
        one = record()
        for layer in range(2):
            rows = one.cross_weights[layer]
            for head in (*range(3), "mean"):
                view = view_translation(one, step=step, layer=layer, head=head)
                expected = rows.mean(0) if head == "mean" else rows[head]
                assert view.data["weights"] == pytest.approx(expected[step].tolist(), abs=5e-5)
                assert view.data["token"] == TARGET[step]
                ElementTree.fromstring(view.svg), ElementTree.fromstring(view.picture)

    def test_a_line_for_each_weight_that_reaches_the_threshold(self):
        view = view_translation(record(), step=2, threshold=0.1)
        still = view.still
        assert still.count('class="l ') == sum(weight >= 0.1 for weight in view.data["weights"])
        assert view_translation(record(), step=2, threshold=1).still.count('class="l ') == 0

    def test_every_target_token_answers_the_keyboard_with_its_own_step(self):
        groups = elements(view_translation(record()), "g", "s")
        assert [one.get("tabindex") for one in groups] == ["0"] * len(TARGET)
        for step, one in enumerate(groups):
            assert f"step {step} writes {TARGET[step]} (0.70)" in one.get("aria-label")

    def test_the_candidates_are_drawn_and_the_one_taken_is_marked(self):
        view = view_translation(record(), step=0)
        bars = elements(view, "rect", "bar")
        assert ["won" in bar.get("class").split() for bar in bars] == [True, False, False]
        assert float(bars[0].get("width")) == pytest.approx(7 * float(bars[2].get("width")), rel=0.01)

    def test_a_token_outside_the_candidates_is_named_with_its_probability(self):
        one = record()
        forced = Step("把", 0.001, (("我", 0.9), ("它", 0.05)), forced=True)
        view = view_translation(replace(one, steps=(forced, *one.steps[1:])), step=0)
        assert "your prefix forces 把 (0.00" in view.text and "forced by your prefix" in view.svg
        assert "把 0.001: not among the first 2" in view.svg

    def test_the_sentence_says_step_candidates_and_where_it_looks(self):
        view = view_translation(record(), step=1)
        strongest = max(range(len(SOURCE)), key=lambda i: view.data["weights"][i])
        assert view.text.startswith("course, step 1 (0 to 5): after 我 it writes 有 (0.70; next best 它 0.20")
        assert f"looks at {SOURCE[strongest]} " in view.text and "this one was taught" in view.text

    def test_chinese(self, chinese):
        assert view_translation(record(), step=0).text.startswith("course，第 0 步（0 到 5）")
        assert "教出来的" in view_translation(record()).title

    def test_long_and_hostile_texts_stay_inside_the_picture(self):
        source = ("<2zh>", *["</script><img onerror=x>", "😀", "antidisestablishmentarianism", " "] * 10, "[SEP]")
        view = view_translation(record(source=source), step=0)
        assert "<img" not in view.svg and "<script" not in view.svg
        width = view.size[0]
        boxes = elements(view, "rect", "chip")
        assert len(boxes) == len(source) + len(TARGET)
        assert all(float(box.get("x")) + float(box.get("width")) <= width for box in boxes)
        assert len({box.get("y") for box in boxes}) > 3

    @pytest.mark.parametrize(("choice", "words"), [
        ({"step": 6}, "no step 6.* 0 to 5"), ({"step": -1}, "no step -1"), ({"layer": 2}, "layers are 0 to 1"),
        ({"head": 3}, "no head 3.* 0 to 2"), ({"head": "all"}, "no head 'all'"), ({"threshold": 2}, "0 to 1")])
    def test_choices_out_of_range_are_refused(self, choice, words):
        with pytest.raises(CourseError, match=words):
            view_translation(record(), **choice)

    def test_another_object_is_refused(self):
        for view in (view_translation, view_beams):
            with pytest.raises(CourseError, match="str"):
                view("I have a red umbrella.")


class TestBeams:
    def test_nodes_and_edges_are_the_paths(self):
        view = view_beams(record(beams=beams()))
        paths = [path for step in beams() for path in step]
        assert len(elements(view, "g", "node")) == len(paths)
        assert len(elements(view, "path", "go")) == len(paths) - len(beams()[0])
        for fate in ("kept", "finished", "dropped"):
            assert len(elements(view, "g", fate)) == sum(path.fate == fate for path in paths)
        assert [path["tokens"] for path in view.data["steps"][1]] == [list(path.tokens) for path in beams()[1]]

    def test_the_winner_is_marked_from_beginning_to_end(self):
        view = view_beams(record(beams=beams()))
        assert len(elements(view, "g", "won")) == len(TARGET)
        assert "2 paths" in view.text and "2 finished" in view.text
        assert "second is 我 [SEP] with -2.90" in view.text

    def test_each_path_is_read_out(self):
        labels = [one.get("aria-label") for one in elements(view_beams(record(beams=beams())), "g", "node")]
        assert "这 有: score -3.30, kept" in labels

    @pytest.mark.parametrize(("n_steps", "bands", "again"), [(13, 1, 0), (14, 2, 1), (25, 2, 1), (26, 3, 2)])
    def test_a_long_search_is_broken_like_a_text(self, n_steps, bands, again):
        steps = [(BeamPath(("我",) * n, tuple(range(1, n + 1)), -n, -n, None if n == 1 else 0, "kept"),)
                 for n in range(1, n_steps + 1)]
        view = view_beams(record(beams=tuple(steps)))
        boxes = [box for node in elements(view, "g", "node") for box in node.iter(SVG + "rect")]
        assert len(boxes) == n_steps and len({(box.get("x"), box.get("y")) for box in boxes}) == n_steps
        assert len({box.get("y") for box in boxes}) == bands
        assert len(elements(view, "g", "again")) == again
        assert max(float(box.get("x")) for box in boxes) < view.size[0] <= 1054
        assert max(float(box.get("y")) for box in boxes) < view.size[1]

    def test_greedy_has_no_tree(self, chinese):
        with pytest.raises(CourseError, match="beam=4"):
            view_beams(record())

"""Live training: the tasks, the loop that can be stopped anywhere, its picture, and its controls."""

import asyncio
import signal
import sys
import threading
import xml.etree.ElementTree as ElementTree
from dataclasses import replace

import pytest
import torch
from conftest import refusal
from torch.nn.functional import cross_entropy

from helpers.controls import explore_training
from helpers.controls import watching as controls
from helpers.learning import EXAMPLE, TASKS, LiveSettings, LiveTraining, TrainingStopped
from helpers.learning.tasks import LETTERS, START, draw, of_word, right_places
from helpers.text import CourseError, language, say
from helpers.views import view_training

SMALL = LiveSettings(d_model=8)
WIDGET = "application/vnd.jupyter.widget-view+json"
ANSWERS = {"reverse": lambda word: word[::-1], "copy": lambda word: word, "sort": lambda word: "".join(sorted(word))}


def letters(ids):
    return "".join(LETTERS[place] for place in ids.tolist())


def weights_of(training):
    return torch.cat([parameter.detach().flatten() for parameter in training.model.parameters()])


@pytest.fixture(scope="module")
def learnt():
    """The record of a run that has learnt most of the reversal."""
    return LiveTraining().train(steps=300)


# Tasks

@pytest.mark.parametrize("task", TASKS)
def test_the_target_of_every_word_is_what_python_makes_of_it(task):
    batch = draw(task, 50, torch.Generator().manual_seed(1))
    seen = set()
    for source, target, inside in zip(batch.source_ids, batch.target_ids, batch.inside, strict=True):
        word = letters(source[inside])
        assert letters(target[inside]) == ANSWERS[task](word)
        seen.add(len(word))
    assert seen == {8, 9, 10, 11, 12}


def test_the_decoder_reads_the_target_one_place_later():
    batch = of_word("reverse", "transformer")
    assert batch.decoder_ids[0, 0] == START and letters(batch.decoder_ids[0, 1:]) == "remrofsnar"


@pytest.mark.parametrize("task", TASKS)
def test_the_right_places_hold_the_letters_to_be_written(task):
    batch = draw(task, 20, torch.Generator().manual_seed(2))
    for row, right in enumerate(right_places(task, batch)):
        inside = batch.inside[row]
        n_letters = int(inside.sum())
        assert not right[n_letters:].any() and not right[:, n_letters:].any()
        for place, found in enumerate(right[:n_letters]):
            same = batch.source_ids[row, :n_letters] == batch.target_ids[row, place]
            if task == "sort":
                assert found[:n_letters].equal(same)
            else:
                assert found.nonzero().flatten().tolist() == [place if task == "copy" else n_letters - 1 - place]


# What is measured

@pytest.mark.parametrize("task", TASKS)
def test_loss_and_accuracy_are_those_of_each_word_alone(task):
    training = LiveTraining(replace(SMALL, task=task))
    training.train(steps=20)
    test, losses, right = training._test, [], []
    for source, target, inside in zip(test.source_ids, test.target_ids, test.inside, strict=True):
        source, target = source[inside][None], target[inside]
        written = [START]
        with torch.no_grad():
            given = torch.cat([torch.tensor([START]), target[:-1]])[None]
            losses += cross_entropy(training.model(source, given)[0], target, reduction="none").tolist()
            while len(written) <= len(target):
                logits = training.model(source, torch.tensor([written]))[0, -1, :len(LETTERS)]
                written.append(int(logits.argmax()))
        right += (torch.tensor(written[1:]) == target).tolist()
    now = training.record.last
    assert now.loss == pytest.approx(sum(losses) / len(losses), abs=1e-9)
    assert now.accuracy == pytest.approx(sum(right) / len(right), abs=1e-9)


def test_it_learns_and_its_attention_grows_into_the_anti_diagonal(learnt):
    first, last = learnt.moments[0], learnt.last
    assert first.accuracy < 0.1 and last.accuracy > 0.85 and last.loss < 0.3
    shares = [learnt.share_right(moment, 0, 0) for moment in (first, last)]
    by_hand = last.weights[0, 0].flip(-1).diagonal().mean().item()
    assert shares[0] < 0.2 and shares[1] > 0.6 and shares[1] == pytest.approx(by_hand)
    assert [moment.step for moment in learnt.moments] == list(range(0, 301, 20))


def test_without_positions_equal_letters_get_equal_weights_wherever_they_stand():
    places = [place for place, letter in enumerate(EXAMPLE) if letter == "r"]
    for positions in (True, False):
        weights = LiveTraining(LiveSettings(positions=positions)).train(steps=20).last.weights[..., places]
        spread = (weights.amax(-1) - weights.amin(-1)).max().item()
        assert spread < 1e-12 if not positions else spread > 1e-3


# Parts switched off

def test_a_part_that_is_off_is_off_and_what_stays_begins_with_the_same_weights():
    torch.manual_seed(0)
    states = torch.randn(2, 5, 8, dtype=torch.float64)
    whole = LiveTraining(SMALL).model.encoder[0]

    def made(**switches):
        return LiveTraining(replace(SMALL, **switches)).model.encoder[0]

    with torch.no_grad():
        norm, think = whole.add_attention.norm, whole.feed_forward
        expected = {
            "residual": think(norm(whole.attention(norm(states))[0])),
            "feed_forward": states + whole.attention(norm(states))[0],
            "before": whole(states)[0]}
        after = norm(states + whole.attention(states)[0])
        expected["after"] = norm(after + think(after))
        bare = states + whole.attention(states)[0]
        expected["none"] = bare + think(bare)
        got = {"residual": made(residual=False), "feed_forward": made(feed_forward=False),
               **{place: made(norm=place) for place in ("before", "after", "none")}}
        for name, layer in got.items():
            torch.testing.assert_close(layer(states)[0], expected[name], atol=1e-12, rtol=0)
    assert not expected["before"].allclose(expected["after"])


def test_all_switches_together_leave_attention_alone():
    training = LiveTraining(replace(SMALL, residual=False, feed_forward=False, norm="none"))
    layer, states = training.model.encoder[0], torch.ones(1, 3, 8, dtype=torch.float64)
    assert layer(states)[0].equal(layer.attention(states)[0])
    names = {name.split(".")[2] for name, _ in training.model.encoder.named_parameters(prefix="encoder")}
    assert names == {"attention"}
    training.train(steps=3)


@pytest.mark.parametrize("code, words", [("en", ("no residual", "no layer norm", "no feed-forward network")),
                                         ("zh", ("没有残差连接", "没有层归一化", "没有前馈网络"))])
def test_the_picture_says_which_parts_are_off_and_all_of_it_stays_inside(code, words):
    language(code)
    settings = replace(SMALL, residual=False, feed_forward=False, norm="none", positions=False)
    view = view_training(LiveTraining(settings).record)
    assert all(word in view.text and word in view.svg for word in words)
    svg = ElementTree.fromstring(view.svg)
    height = float(svg.get("viewBox").split()[3])
    assert max(float(part.get("y")) for part in svg.iter() if part.get("y")) < height
    assert not any(word in view_training(LiveTraining(SMALL).record).text for word in words)


# Layers of the learner's own

def own_encoder_layer(states, attention, feed_forward, norms):
    states = states + attention(norms[0](states))
    return states + feed_forward(norms[1](states))


def own_decoder_layer(states, memory, attention, cross_attention, feed_forward, norms):
    mask = torch.tril(torch.ones(states.shape[-2], states.shape[-2])).bool()
    states = states + attention(norms[0](states), mask)
    states = states + cross_attention(norms[1](states), memory)
    return states + feed_forward(norms[2](states))


OWN = {"encoder_layer": own_encoder_layer, "decoder_layer": own_decoder_layer}


def test_the_learners_layers_are_trained_and_give_what_the_courses_give():
    course, own = LiveTraining(replace(SMALL, n_layers=2)), LiveTraining(replace(SMALL, n_layers=2), **OWN)
    course.train(steps=20)
    own.train(steps=20)
    assert weights_of(own).equal(weights_of(course)) and own.record.last.accuracy == course.record.last.accuracy
    assert own.record.last.weights.equal(course.record.last.weights)
    assert own.record.own == ("encoder_layer", "decoder_layer") and not own.record.stood_in
    assert "encoder_layer, decoder_layer" in view_training(own.record).text


def test_another_wiring_gives_another_run_and_a_forgotten_mask_shows():
    def without_mask(states, memory, attention, cross_attention, feed_forward, norms):
        states = states + attention(norms[0](states))
        states = states + cross_attention(norms[1](states), memory)
        return states + feed_forward(norms[2](states))

    runs = [LiveTraining(replace(SMALL, d_model=32, learning_rate=0.02), decoder_layer=layer).train(steps=120)
            for layer in (own_decoder_layer, without_mask)]
    honest, peeping = (run.last for run in runs)
    assert peeping.loss < honest.loss / 2
    assert peeping.accuracy < 0.5


def test_for_a_layer_that_is_not_written_yet_the_courses_stands_in_and_is_named():
    def unwritten(*given):
        ...

    def refusing(*given):
        raise NotImplementedError

    for layer in (unwritten, refusing, lambda *given: ...):
        record = LiveTraining(SMALL, encoder_layer=layer, decoder_layer=own_decoder_layer).record
        assert record.stood_in == ("encoder_layer",) and record.own == ("decoder_layer",)
    record = LiveTraining(SMALL, encoder_layer=unwritten, decoder_layer=unwritten).record
    assert set(record.stood_in) == {"encoder_layer", "decoder_layer"} and not record.own
    assert record.last.loss == LiveTraining(SMALL).record.last.loss
    assert "stands in" in view_training(record).text
    assert LiveTraining(SMALL, encoder_layer=...).record.stood_in == ()


@pytest.mark.parametrize("code", ["en", "zh"])
@pytest.mark.parametrize("layer, word", [
    (3, "int"), (torch.nn.Linear, "type"), (lambda states, *parts: states.detach(), "detach"),
    (lambda states, *parts: states.sum(-1), "(1, 11)"), (lambda states, *parts: states.tolist(), "list"),
    (lambda states, *parts: 1 / 0, "ZeroDivisionError"), (lambda: 0, "TypeError"),
    (lambda states, *parts: states[:, :2], "(1, 2, 8)")])
def test_a_layer_that_cannot_be_trained_is_one_sentence(layer, word, code):
    for name in OWN:
        assert word in str(refusal(lambda name=name: LiveTraining(SMALL, **{name: layer}), code))


@pytest.mark.parametrize("code", ["en", "zh"])
def test_what_makes_no_sense_with_layers_of_ones_own_is_one_sentence(code):
    blind = lambda states, memory, *parts: states + 1                                            # noqa: E731
    assert "cross_attention" in str(refusal(lambda: LiveTraining(SMALL, decoder_layer=blind), code))
    for switch in ({"residual": False}, {"norm": "after"}, {"feed_forward": False}):
        refusal(lambda switch=switch: LiveTraining(replace(SMALL, **switch), **OWN), code)
    LiveTraining(replace(SMALL, positions=False), **OWN)


def test_the_widget_trains_the_learners_layers_until_a_part_is_switched_off():
    explorer = explore_training(d_model=8, **OWN)
    assert explorer.record.own == ("encoder_layer", "decoder_layer")
    explorer.choose(residual=False)
    assert explorer.record.own == () and "no residual" in explorer.view.text
    explorer.train(steps=1)
    explorer.choose(residual=True, norm="after")
    assert explorer.record.settings.norm == "after" and "norm after" in explorer.view.text
    explorer.choose(norm="before", feed_forward=False)
    assert explorer.record.own == () and not explorer.notice.value
    explorer.choose(feed_forward=True)
    explorer.again.click()
    assert explorer.record.own == ("encoder_layer", "decoder_layer")
    with pytest.raises(CourseError, match="its result is cut off"):
        explore_training(encoder_layer=lambda states, *parts: states.detach())


# The loop

def test_a_run_is_the_same_however_often_it_was_stopped():
    whole, parts = LiveTraining(SMALL), LiveTraining(SMALL)
    whole.train(steps=50)
    for steps in (1, 19, 7, 23):
        parts.train(steps=steps)
    assert weights_of(whole).equal(weights_of(parts)) and whole.step == parts.step == 50
    kept = [[(one.step, one.loss) for one in training.record.moments] for training in (whole, parts)]
    assert kept[0] == kept[1] and len(kept[0]) == 3
    assert not weights_of(whole).equal(weights_of(LiveTraining(replace(SMALL, seed=1))))


def test_what_processors_compute_differently_does_not_grow():
    plain, noisy = LiveTraining(SMALL), LiveTraining(SMALL)
    for parameter in noisy.model.parameters():
        parameter.register_hook(lambda gradient: gradient * (1 + 1e-13 * torch.rand_like(gradient)))
    for training in (plain, noisy):
        training.train(steps=60)
    assert weights_of(plain).equal(weights_of(noisy))


def test_it_leaves_the_learners_own_torch_alone():
    torch.manual_seed(5)
    expected = torch.rand(3)
    torch.manual_seed(5)
    threads, kind = torch.get_num_threads(), torch.get_default_dtype()
    LiveTraining(SMALL).train(steps=3)
    assert torch.rand(3).equal(expected)
    assert (torch.get_num_threads(), torch.get_default_dtype()) == (threads, kind)


def test_an_interrupt_in_the_middle_of_a_step_tears_nothing():
    training, whole = LiveTraining(SMALL), LiveTraining(SMALL)
    whole.train(steps=30)
    before = signal.getsignal(signal.SIGINT)
    hook = training.model.decoder[0].register_forward_hook(lambda *_: signal.raise_signal(signal.SIGINT))
    with pytest.raises(TrainingStopped, match="step 1") as stopped:
        training.train(steps=30)
    hook.remove()
    assert isinstance(stopped.value, KeyboardInterrupt)
    assert stopped.value._render_traceback_() == [say("training.stopped", step=1)]
    assert training.step == 1 and signal.getsignal(signal.SIGINT) is before
    training.train(steps=29)
    assert weights_of(training).equal(weights_of(whole))


def test_it_trains_in_a_thread_where_no_signal_can_be_caught():
    training = LiveTraining(SMALL)
    thread = threading.Thread(target=training.train, kwargs={"steps": 20})
    thread.start()
    thread.join()
    assert training.record.last.step == 20


def test_whoever_begins_to_train_ends_what_another_began():
    training = LiveTraining(SMALL)
    first = training.turns(steps=10_000)
    next(first)
    step = training.step
    second = training.turns(steps=2)
    assert list(second)[-1] == 1.0 and training.step == step + 2
    assert list(first) == [] and training.step == step + 2


def test_it_stops_when_told_and_at_a_goal():
    training, shares = LiveTraining(SMALL), []
    training.train(seconds=600, follow=lambda done: (shares.append(done), training.stop()))
    assert len(shares) == 1 and 0 < shares[0] < 1 and training.step > 0
    record = LiveTraining(LiveSettings("copy")).train(steps=400, goal=0.15)
    assert record.last.accuracy >= 0.15 and record.last.step < 400
    assert all(moment.accuracy < 0.15 for moment in record.moments[:-1])


def test_the_clock_ends_a_run_as_well():
    shares = []
    LiveTraining(SMALL).train(seconds=0.01, follow=shares.append)
    assert shares == [1.0]


def test_a_loss_that_runs_away_ends_the_run_with_a_sentence():
    training = LiveTraining(replace(SMALL, learning_rate=1e6))
    record = training.train(steps=200)
    assert record.failed and training.step < 200 and "too large" in view_training(record).text
    for code, word in (("en", "too large"), ("zh", "太大")):
        error = refusal(lambda: training.train(steps=1), code)
        assert word in str(error) and "1e+06" in str(error)


def test_another_word_is_looked_at_from_the_step_the_run_has_come_to():
    training = LiveTraining(SMALL)
    training.train(steps=25)
    moments = training.look_at(" Attention ").moments
    assert [moment.step for moment in moments] == [0, 20, 25]
    assert ["".join(moment.source_tokens) for moment in moments] == [EXAMPLE, EXAMPLE, "attention"]
    assert "".join(training.record.target_tokens) == "noitnetta" and len(training.record.last.written) == 9
    assert len(training.look_at("encoders").moments) == 3
    assert training.train(steps=15).last.weights.shape == (1, 2, 8, 8)


# Bad input

@pytest.mark.parametrize("settings", [
    {"task": "multiply"}, {"task": None}, {"n_heads": 0}, {"n_heads": 5}, {"n_heads": 2.0}, {"n_layers": 0},
    {"n_layers": 5}, {"n_layers": True}, {"d_model": 1024}, {"d_model": 47, "n_heads": 1}, {"learning_rate": 0},
    {"learning_rate": -1.0}, {"learning_rate": float("nan")}, {"learning_rate": float("inf")},
    {"learning_rate": "fast"}, {"positions": "no"}, {"residual": 1}, {"feed_forward": None}, {"norm": "middle"},
    {"norm": None}, {"seed": -1}, {"seed": 0.5}], ids=str)
@pytest.mark.parametrize("code", ["en", "zh"])
def test_settings_out_of_range_are_one_sentence(settings, code):
    refusal(lambda: LiveSettings(**settings), code)


@pytest.mark.parametrize("word", ["", "short", "far too long a word", "transform3r", "注意力机制真有意思", None,
                                  12345678, "</script>", "transformer" * 900])
@pytest.mark.parametrize("code", ["en", "zh"])
def test_a_word_that_cannot_be_read_is_one_sentence(word, code):
    refusal(lambda: LiveTraining(SMALL, word), code)


@pytest.mark.parametrize("asked", [
    {"seconds": 0}, {"seconds": 601}, {"seconds": float("nan")}, {"seconds": None}, {"steps": 0}, {"steps": 1.5},
    {"steps": 10 ** 9}, {"goal": 0}, {"goal": 99}, {"goal": "all"}], ids=str)
@pytest.mark.parametrize("code", ["en", "zh"])
def test_a_time_or_goal_out_of_range_is_one_sentence(asked, code):
    training = LiveTraining(SMALL)
    refusal(lambda: training.train(**asked), code)
    assert training.step == 0


@pytest.mark.parametrize("code", ["en", "zh"])
def test_a_view_that_the_record_does_not_have_is_one_sentence(learnt, code):
    for asked in ({"step": 7}, {"step": 10_000}, {"step": "last"}, {"layer": 1}, {"layer": -1}, {"head": 2},
                  {"head": "best"}):
        refusal(lambda asked=asked: view_training(learnt, **asked), code)
    refusal(lambda: view_training(learnt.last), code)


# The picture

@pytest.mark.parametrize("code, words", [("en", ("backwards", "training steps")), ("zh", ("倒着写", "训练步数"))])
def test_the_picture_is_well_formed_and_speaks_the_language(learnt, code, words):
    language(code)
    view = view_training(learnt)
    for svg in (view.svg, view.picture):
        ElementTree.fromstring(svg)
        assert all(word in svg for word in words)
    assert f"{learnt.last.accuracy:.1%}" in view.text and "".join(learnt.last.written) in view.text
    assert view_training(learnt).image == view.image


def test_the_numbers_drawn_are_those_of_the_record(learnt):
    for moment in learnt.moments[::5]:
        for head in (0, 1):
            data = view_training(learnt, step=moment.step, layer=0, head=head).data
            assert data["weights"] == pytest.approx(moment.weights[0, head].numpy(), abs=6e-5)
            assert data["right"] == pytest.approx(learnt.share_right(moment, 0, head), abs=6e-5)
            assert (data["step"], data["head"]) == (moment.step, head)
    assert [loss for _, loss in data["loss"]] == pytest.approx([one.loss for one in learnt.moments], abs=6e-5)
    assert [share for _, share in data["accuracy"]] == pytest.approx([one.accuracy for one in learnt.moments], abs=6e-5)


def test_unasked_it_shows_the_last_step_and_the_head_that_looks_best(learnt):
    data = view_training(learnt).data
    assert data["step"] == 300
    assert data["right"] == max(view_training(learnt, head=head).data["right"] for head in (0, 1))


def test_frames_mark_the_right_places_and_crosses_the_wrong_letters():
    record = LiveTraining(LiveSettings("sort"), "attention").record
    svg = ElementTree.fromstring(view_training(record).svg)
    (frames,) = [part for part in svg.iter() if part.get("class") == "right"]
    assert frames.get("d").count("M") == int(record.last.right.sum()) == 1 + 9 + 1 + 1 + 4 + 1
    wrong = [part.text for part in svg.iter() if "wrong" in (part.get("class") or "")]
    pairs = zip(record.last.written, record.last.target_tokens, strict=True)
    assert wrong == [f"{written} ✗" for written, wanted in pairs if written != wanted] and wrong


def test_without_positions_the_picture_says_why_it_fails():
    record = LiveTraining(LiveSettings(positions=False)).record
    assert "equal letters get equal weights" in view_training(record).text
    assert "equal letters" not in view_training(LiveTraining().record).text


# The controls

@pytest.fixture
def explorer():
    return explore_training()


def test_every_choice_draws_what_the_view_draws(explorer):
    explorer.train(steps=20)
    record, seen = explorer.record, set()
    for moment in (0, 1):
        for head in ("best", 0, 1):
            view = explorer.choose(moment=moment, head=head)
            expected = view_training(record, step=20 * moment, layer=0, head=None if head == "best" else head)
            assert explorer.picture.value == view.svg == expected.svg and view.text == expected.text
            seen.add(view.svg)
    assert len(seen) == 4 and not explorer.notice.value


def test_each_choice_has_a_run_of_its_own_and_finds_it_as_it_was(explorer):
    explorer.train(steps=20)
    trained = explorer.picture.value
    for choice in ({"task": "sort"}, {"task": "copy", "layers": 2, "heads": 4}, {"rate": 0.01}, {"positions": False}):
        explorer.choose(**choice)
        settings = explorer.record.settings
        assert explorer.record.last.step == 0 == explorer.moment.value
        assert explorer.layer.max == settings.n_layers - 1 == explorer.layer.value
        assert (explorer.layer.layout.display == "none") == (settings.n_layers == 1)
        assert [value for _, value in explorer.head.options] == ["best", *range(settings.n_heads)]
    explorer.choose(task="reverse", layers=1, heads=2, rate=0.005, positions=True)
    assert explorer.picture.value == trained and explorer.record.last.step == 20


@pytest.mark.parametrize("name", ["layers", "heads", "rate", "task"])
def test_every_option_can_be_chosen_and_trained(explorer, name):
    control = getattr(explorer, name)
    for _, value in [(None, option) if not isinstance(option, tuple) else option for option in control.options]:
        explorer.choose(**{name: value})
        explorer.train(steps=1)
        assert not explorer.notice.value and explorer.record.settings.d_model == 48


def test_the_slider_follows_the_training_unless_it_looks_back(explorer):
    explorer.train(steps=40)
    assert (explorer.moment.value, explorer.moment.max, explorer.view.data["step"]) == (2, 2, 40)
    explorer.choose(moment=1)
    explorer.train(steps=20)
    assert (explorer.moment.value, explorer.moment.max, explorer.view.data["step"]) == (1, 3, 20)
    explorer.choose(moment=3)
    explorer.train(steps=20)
    assert explorer.view.data["step"] == 80


def test_the_picture_is_redrawn_while_it_trains(explorer):
    seen = []
    explorer.picture.observe(lambda change: seen.append(change.new), "value")
    explorer.progress.observe(lambda change: seen.append(change.new), "value")
    explorer.train(steps=60)
    assert len({one for one in seen if isinstance(one, str)}) >= 1 and seen[-1] == explorer.picture.value
    assert [one for one in seen if isinstance(one, float)][-1] == 1.0
    assert explorer.progress.layout.visibility == "hidden" and explorer.stop.disabled


@pytest.mark.parametrize("code, word", [("en", "8 to 12 letters"), ("zh", "8 到 12 个字母")])
def test_a_bad_word_is_a_sentence_and_the_picture_stays(code, word):
    language(code)
    explorer = explore_training()
    before = explorer.picture.value
    explorer.word.value = "<b>"
    assert word in explorer.notice.value and "<b>" not in explorer.notice.value and explorer.picture.value == before
    explorer.word.value = "Attention"
    assert not explorer.notice.value and "".join(explorer.view.data["source"]) == "attention"


def test_a_run_that_failed_says_so_and_can_begin_again():
    explorer = explore_training(learning_rate=1e6)
    explorer.train(steps=100)
    assert "run away" in explorer.notice.value and 'role="alert"' in explorer.notice.value
    with pytest.raises(CourseError, match="run away"):
        explorer.train(steps=1)
    explorer.again.click()
    assert explorer.record.last.step == 0 and not explorer.notice.value
    explorer.choose(rate=0.005)
    explorer.train(steps=1)


def test_start_again_forgets_only_the_run_that_is_shown(explorer):
    explorer.train(steps=20)
    explorer.choose(task="copy")
    explorer.train(steps=20)
    explorer.again.click()
    assert (explorer.record.last.step, explorer.moment.value) == (0, 0)
    explorer.choose(task="reverse")
    assert explorer.record.last.step == 20


def trained_by_button(explorer, action=lambda: None):
    """Click "Train on" in a running loop, as a kernel has one; act after the first turn, and wait for the end."""
    async def session():
        explorer.train_on.click()
        step = explorer._training.step
        assert explorer.progress.value == 0
        while not explorer.progress.value:
            await asyncio.sleep(0.01)
        busy = explorer.train_on.disabled, explorer.stop.disabled
        action()
        await asyncio.wait_for(explorer._task, 60)
        return step, busy

    at_click, busy = asyncio.run(session())
    assert busy == (True, False) and (explorer.train_on.disabled, explorer.stop.disabled) == (False, True)
    return at_click


def test_the_button_trains_between_messages_until_stop_is_clicked(explorer):
    assert trained_by_button(explorer, explorer.stop.click) == 0
    step = explorer._training.step
    assert step > 0 and explorer.progress.value < 0.5
    assert trained_by_button(explorer, explorer.stop.click) == step < explorer._training.step


def test_a_stop_before_the_first_step_is_heard(explorer):
    async def session():
        explorer.train_on.click()
        explorer.stop.click()
        await asyncio.wait_for(explorer._task, 60)

    asyncio.run(session())
    assert explorer._training.step == 0 and not explorer.train_on.disabled


def test_the_button_of_a_run_that_failed_says_why():
    explorer = explore_training(learning_rate=1e6)
    explorer.train(steps=100)
    explorer.notice.value = ""

    async def session():
        explorer.train_on.click()

    asyncio.run(session())
    assert "run away" in explorer.notice.value and not explorer.train_on.disabled


def test_the_button_trains_no_longer_than_it_says(explorer, monkeypatch):
    monkeypatch.setattr(controls, "SECONDS", 0.5)
    trained_by_button(explorer)
    assert explorer.progress.value == 1.0


def test_an_interrupt_stops_the_button_too(explorer):
    before = signal.getsignal(signal.SIGINT)
    trained_by_button(explorer, lambda: signal.raise_signal(signal.SIGINT))
    assert explorer.progress.value < 0.5 and signal.getsignal(signal.SIGINT) is before


def test_another_choice_ends_the_training_that_is_under_way(explorer):
    trained_by_button(explorer, lambda: explorer.choose(task="copy"))
    assert explorer.record.settings.task == "copy" and explorer._training.step == 0


def test_a_cell_that_trains_takes_over_from_the_button(explorer):
    trained_by_button(explorer, lambda: explorer.train(steps=20))
    assert explorer.record.last.step >= 20 and explorer.progress.value == 1.0


@pytest.mark.parametrize("where", ["no loop", "colab"])
def test_where_the_kernel_cannot_train_between_messages_the_click_trains(explorer, monkeypatch, where):
    monkeypatch.setattr(controls, "SECONDS", 0.3)
    notices = []
    explorer.notice.observe(lambda change: notices.append(change.new), "value")
    if where == "colab":
        monkeypatch.setitem(sys.modules, controls.COLAB, None)

        async def click():
            explorer.train_on.click()

        asyncio.run(click())
    else:
        explorer.train_on.click()
    assert explorer._training.step > 0 and "interrupt the kernel" in notices[0] and not explorer.notice.value


def test_a_notebook_gets_the_widget_and_a_still_picture(explorer):
    bundle = explorer._repr_mimebundle_()
    assert bundle[WIDGET]["model_id"] == explorer.model_id
    assert bundle["text/plain"] == explorer.view.text and bundle["text/html"] == explorer.view.image


@pytest.mark.parametrize("asked", [{"task": "multiply"}, {"n_heads": 0}, {"n_heads": 7}, {"n_layers": 9},
                                   {"learning_rate": -1}, {"positions": None}, {"word": "no"}], ids=str)
@pytest.mark.parametrize("code", ["en", "zh"])
def test_an_explorer_that_cannot_be_made_is_one_sentence(asked, code):
    refusal(lambda: explore_training(**asked), code)

"""The explorers of the chapters in their pages: alive without a kernel, as the Python package draws."""

import re

import pytest
from built_pages import Visitor, build_chapter
from playwright.sync_api import Locator, Page, expect

from helpers.controls import BirthExplorer, explore_birth
from helpers.controls.scaling import SIZES, TEMPERATURES
from helpers.controls.texts import telling_word
from helpers.heads import describe_heads, measure_importance
from helpers.interventions import compare
from helpers.models import load_model
from helpers.text import CourseError, language, say
from helpers.views import (
    view_change,
    view_edited_query,
    view_heads,
    view_importance,
    view_model,
    view_neurons,
    view_next,
    view_positions,
    view_scaling,
)
from helpers.views.theme import BEFORE
from lessons.building.site import Form

from .accessibility import grave_in

CHAPTERS = {"01": ("en", "01_self_attention"), "02": ("en", "02_multi_head_attention"),
            "03": ("zh", "03_query_key_value"), "04": ("en", "04_positional_encoding"), "05": ("zh", "05_translation"),
            "07": ("zh", "07_gpt"), "08": ("zh", "08_your_own_claim")}
OWN = {"en": "The cat drinks cold milk.", "zh": "他明天坐火车去北京。"}
LIVES = "() => globalThis.explorers"
PATIENCE = 30_000                             # milliseconds: the first own sentence waits until the model has been read


@pytest.fixture(scope="module")
def visitor(browser, tmp_path_factory):
    """Someone who opens the chapters from a disk, every request refused."""
    form = Form(tmp_path_factory.mktemp("pages 页面"), True)
    for code, stem in CHAPTERS.values():
        build_chapter(form, code, stem)
    visitor = Visitor(browser, form.folder.as_uri() + "/", viewport={"width": 1400, "height": 900})
    yield visitor
    visitor.context.close()
    assert visitor.refused == visitor.problems == visitor.asked == []


@pytest.fixture
def open_chapter(visitor):
    """A function that opens a chapter, in whose language Python speaks as well; `at` is the fragment."""
    pages = []

    def open_one(number: str, at: str = "") -> Page:
        code, stem = CHAPTERS[number]
        language(code)
        pages.append(visitor.open(f"{code}/{stem}.html{at}"))
        pages[-1].wait_for_function(LIVES)
        return pages[-1]

    yield open_one
    for page in pages:
        page.close()


def explorer_in(page: Page, cell: str) -> Locator:
    return page.locator(f"[id='cell-id={cell}'] .explorer")


def shows(page: Page, cell: str, view) -> None:
    """Wait until an explorer shows Python's picture, to the last character."""
    expect(explorer_in(page, cell).locator("svg.sav").last).to_have_attribute("aria-label", view.text, timeout=PATIENCE)
    assert page.evaluate(f"explorers['{cell}'].picture.view?.svg") in (view.svg, None)


def texts_of(explorer: Locator) -> tuple[str, str]:
    first, second = explorer.get_by_role("textbox").all()
    return first.input_value(), second.input_value()


def slider(explorer: Locator, key: str) -> Locator:
    return explorer.get_by_role("slider", name=say(f"controls.{key}"), exact=True)


def board_shows(page: Page, record, filter: str, chosen: tuple[int, int]) -> None:
    """Compare the board with Python's model view: its sentence, its maps, its captions, the marked one."""
    view = view_model(record, filter=filter, captions=describe_heads(record).caption, chosen=chosen)
    board = explorer_in(page, "explore-model").locator(".sav-model")
    expect(board).to_have_attribute("aria-label", view.text, timeout=PATIENCE)
    found = board.locator("> .still").evaluate("one => one.outerHTML")
    wanted = page.evaluate("""svg => {
        const place = document.createElement('div');
        place.innerHTML = svg;
        return place.querySelector('svg > .still').outerHTML;
    }""", view.svg)
    assert found == wanted


def test_the_board_and_the_head_beside_it(open_chapter, course_bert):
    page = open_chapter("02")
    explorer = explorer_in(page, "explore-model")
    texts = texts_of(explorer)
    record = course_bert.run(*texts)
    board_shows(page, record, "all", (0, 0))
    explorer.locator(".sav-model .t").nth(8).click()
    board_shows(page, record, "all", (1, 2))
    shows(page, "explore-model", view_heads(record, layer=1, heads=2))
    board, head = (explorer.locator(f".sav-{kind}").bounding_box() for kind in ("model", "heads"))
    assert head["x"] >= board["x"] + board["width"] - 1 and abs(head["y"] - board["y"]) < 60
    for key in ("ArrowDown", "ArrowRight", "Enter"):
        page.keyboard.press(key)
    board_shows(page, record, "all", (2, 3))
    explorer.get_by_role("combobox", name=say("controls.filter")).select_option("a-b")
    board_shows(page, record, "a-b", (2, 3))
    shows(page, "explore-model", view_heads(record, layer=2, heads=3, filter="a-b"))
    explorer.get_by_role("textbox").first.fill(OWN["en"])
    shows(page, "explore-model", view_heads(course_bert.run(OWN["en"], texts[1]), layer=2, heads=3, filter="a-b"))
    board_shows(page, course_bert.run(OWN["en"], texts[1]), "a-b", (2, 3))


def test_heads_off_words_hidden(open_chapter, course_bert):
    page, cell = open_chapter("02"), "explore-interventions"
    explorer = explorer_in(page, cell)
    texts, off = texts_of(explorer), {(1, 3), (2, 4), (3, 0)}
    shows(page, cell, view_change(compare(course_bert, *texts, heads_off=off)))
    bar = explorer.locator(".sav-change .old .bar").first
    assert bar.evaluate("one => getComputedStyle(one).fill") == page.evaluate(
        "colour => { const one = new Option(); one.style.color = colour; return one.style.color; }", BEFORE)
    explorer.get_by_role("button", name=say("site.head_name", layer=2, head=4), exact=True).click()
    shows(page, cell, view_change(compare(course_bert, *texts, heads_off=off - {(2, 4)})))
    explorer.locator(".token").nth(3).click()
    shows(page, cell, view_change(compare(course_bert, *texts, heads_off=off - {(2, 4)}, hidden_tokens=[3])))
    explorer.get_by_role("button", name=say("controls.reset")).click()
    shows(page, cell, view_change(compare(course_bert, *texts)))
    explorer.get_by_role("button", name=say("controls.hide_special")).click()
    shows(page, cell, view_change(compare(course_bert, *texts, hidden_tokens=["[CLS]", "[SEP]"])))


def test_the_factor_at_every_size_and_temperature(open_chapter):
    page, cell = open_chapter("01"), "explore-scaling"
    explorer = explorer_in(page, cell)
    shows(page, cell, view_scaling(4))
    slider(explorer, "d").press("End")
    slider(explorer, "temperature").press("Home")
    shows(page, cell, view_scaling(1024, temperature=0.25))
    again = open_chapter("01", page.evaluate("location.hash"))
    shows(again, cell, view_scaling(1024, temperature=0.25))
    choices = [{"d": d, "temperature": temperature} for d in SIZES for temperature in TEMPERATURES]
    drawn = page.evaluate("""([cell, choices]) => choices.map((choice) => {
        explorers[cell].set(choice);
        explorers[cell].draw();
        return explorers[cell].picture.view.svg;
    })""", [cell, choices])
    assert drawn == [view_scaling(choice["d"], temperature=choice["temperature"]).svg for choice in choices]


def test_positions_scale_and_a_text_without_a_mask(open_chapter, course_bert):
    page, cell = open_chapter("04"), "explore-own"
    explorer = explorer_in(page, cell)
    texts = texts_of(explorer)
    shows(page, cell, view_change(compare(course_bert, *texts)))
    explorer.get_by_role("combobox", name=say("controls.positions")).select_option("shuffled")
    explorer.get_by_role("checkbox").check()
    slider(explorer, "temperature").press("End")
    changes = {"positions": "shuffled", "scale": 1.0, "temperature": 10}
    shows(page, cell, view_change(compare(course_bert, *texts, **changes)))
    explorer.get_by_role("textbox").first.fill(OWN["en"])
    shows(page, cell, view_change(compare(course_bert, OWN["en"], texts[1], **changes)))
    expect(explorer.locator(".notice")).to_contain_text(say("controls.no_mask"))
    for place in explorer.locator(".token").all():
        place.click()
    expect(explorer.get_by_role("alert")).to_be_visible()


def test_neurons_and_an_edited_query(open_chapter, course_bert):
    page = open_chapter("03")
    explorer, record = explorer_in(page, "explore-neurons"), course_bert.run("The dog is on the [MASK].", "狗在床上。")
    assert texts_of(explorer) == record.sentences
    shows(page, "explore-neurons", view_neurons(record, 11, 3, 0))
    slider(explorer, "layer").press("Home")
    slider(explorer, "head").press("End")
    shows(page, "explore-neurons", view_neurons(record, 11, 0, 5))
    explorer.get_by_role("combobox", name=say("controls.key")).select_option("2")
    shows(page, "explore-neurons", view_neurons(record, 11, 0, 5, key=2))
    explorer.get_by_role("textbox").first.fill(OWN["zh"])
    shows(page, "explore-neurons", view_neurons(course_bert.run(OWN["zh"], record.sentences[1]), 11, 0, 5, key=2))
    explorer.get_by_role("textbox").first.fill("the dog ran")
    shorter = course_bert.run("the dog ran", record.sentences[1])
    assert shorter.n_tokens == 11 and telling_word(shorter, 0, 5) > 0
    shows(page, "explore-neurons", view_neurons(shorter, telling_word(shorter, 0, 5), 0, 5, key=2))
    explorer = explorer_in(page, "explore-query")
    shows(page, "explore-query", view_edited_query(record, 6, 3, 0, neuron=28, change=10.0))
    slider(explorer, "change").press("ArrowLeft")
    shows(page, "explore-query", view_edited_query(record, 6, 3, 0, neuron=28, change=9.5))
    slider(explorer, "neuron").press("End")
    shows(page, "explore-query", view_edited_query(record, 6, 3, 0, neuron=31, change=9.5))


def test_positions(open_chapter):
    page, cell = open_chapter("04"), "explore"
    explorer = explorer_in(page, cell)
    shows(page, cell, view_positions())
    slider(explorer, "length").press("Home")
    shows(page, cell, view_positions(2, pair=(1, 1)))
    slider(explorer, "length").press("End")
    slider(explorer, "d_model").press("End")
    slider(explorer, "base").press("Home")
    slider(explorer, "second").press("End")
    shows(page, cell, view_positions(128, 256, base=10, pair=(1, 127)))
    assert slider(explorer, "second").get_attribute("aria-valuetext") == "127"


def test_the_address_holds_every_explorer_of_a_page(open_chapter, course_bert):
    page = open_chapter("02")
    explorer = explorer_in(page, "explore-model")
    explorer.get_by_role("textbox").first.fill("我喜欢喝茶，你呢？")
    slider(explorer, "layer").press("End")
    other = explorer_in(page, "explore-interventions")
    other.get_by_role("button", name=say("site.head_name", layer=0, head=0), exact=True).click()
    other.locator(".token").nth(2).click()
    texts = texts_of(other)
    changed = view_change(compare(course_bert, *texts, heads_off=[(0, 0), (1, 3), (2, 4), (3, 0)], hidden_tokens=[2]))
    shows(page, "explore-interventions", changed)
    expect(page).to_have_url(re.compile("hidden=2&.*off=0.0,1.3,2.4,3.0"))
    at = "#" + page.url.split("#")[1]
    assert at.startswith("#cell-id=explore-interventions&explore-model.a=")
    again = open_chapter("02", at)
    shows(again, "explore-interventions", changed)
    own = course_bert.run("我喜欢喝茶，你呢？", texts_of(explorer)[1])
    shows(again, "explore-model", view_heads(own, layer=3, heads=0))
    expect(explorer_in(again, "explore-interventions")).to_be_in_viewport()
    twin = again.locator("a[data-twin]").first
    twin.evaluate("link => { link.addEventListener('click', event => event.preventDefault()); link.click(); }")
    held = twin.evaluate("link => link.hash")
    assert held.startswith("#cell-id=") and "explore-interventions.off=0.0,1.3,2.4,3.0" in held
    again.evaluate("location.hash = '#cell-id=explore-model'")
    shows(again, "explore-interventions", view_change(compare(course_bert, *texts, heads_off=[(1, 3), (2, 4), (3, 0)])))


@pytest.mark.parametrize("at", [
    "#cell-id=explore-model&explore-model.layer=x&explore-model.head=99",
    "#cell-id=explore-model&explore-model.filter=z&explore-interventions.off=9.9,a&no.such=1"])
def test_an_address_that_asks_for_what_is_not_there(open_chapter, at):
    page = open_chapter("02", at)
    expect(explorer_in(page, "explore-model").locator(".sav-heads")).to_be_visible()
    assert page.evaluate("explorers['explore-model'].choice.layer >= 0 && explorers['explore-model'].choice.head < 6")
    assert page.evaluate("explorers['explore-interventions'].choice.off.every(one => one.length === 2)")


def test_play_steps_and_space_stops(open_chapter):
    page = open_chapter("04")
    second = slider(explorer_in(page, "explore"), "second")
    second.press(" ")
    expect(second).to_have_attribute("aria-valuetext", "12")
    pressed = explorer_in(page, "explore").get_by_role("button", name=say("site.pause"))
    expect(pressed).to_have_attribute("aria-pressed", "true")
    second.press(" ")
    stopped = second.get_attribute("aria-valuetext")
    expect(explorer_in(page, "explore").get_by_role("button", name=say("site.play"))).to_be_visible()
    page.wait_for_timeout(1200)
    assert second.get_attribute("aria-valuetext") == stopped
    second.press("End")
    explorer_in(page, "explore").get_by_role("button", name=say("site.play")).click()
    expect(second).to_have_attribute("aria-valuetext", "1")


@pytest.mark.parametrize("motion", ["no-preference", "reduce"])
def test_what_changes_moves_unless_it_must_not(visitor, open_chapter, motion):
    page = open_chapter("04")
    page.emulate_media(reduced_motion=motion)
    ways = page.evaluate("""async () => {
        const explorer = explorers.explore, seen = new Set();
        explorer.set({ first: 20 });
        explorer.draw();
        for (let frame = 0; frame < 30; frame++) {
            seen.add(explorer.picture.element.querySelector('g.h0 .mark').getAttribute('d'));
            await new Promise(requestAnimationFrame);
        }
        return [seen.size, explorer.picture.element.innerHTML.length > 0];
    }""")
    assert (ways[0] > 1) == (motion == "no-preference")
    shows(page, "explore", view_positions(pair=(20, 10)))
    page.wait_for_timeout(400)
    path = explorer_in(page, "explore").locator(".line").get_attribute("d")
    assert path in view_positions(pair=(20, 10)).svg


def film_shows(page: Page, film: BirthExplorer) -> None:
    """Compare all that stands under the controls with the notebook's, pictures to the last character."""
    explorer = explorer_in(page, "explore-birth")
    shown = "['growth', 'picture'].map(name => explorers['explore-birth'][name].view?.svg)"
    page.wait_for_function(f"wanted => {shown}.every((svg, place) => svg === wanted[place])",
                           arg=[film.growth.value, film.view.svg], timeout=PATIENCE)
    pictures = explorer.locator("svg.sav").evaluate_all("all => all.map(one => one.getAttribute('aria-label'))")
    assert pictures == [film._growth.text, film.view.text]
    expect(explorer.locator(".result")).to_have_text(film._words())
    assert explorer.locator(".notice p").all_text_contents() == film._notices()


@pytest.mark.parametrize("number, name", [("02", "bert"), ("05", "translator"), ("07", "gpt")])
def test_the_film_of_a_training(open_chapter, number, name):
    page = open_chapter(number)
    film, explorer = explore_birth(name), explorer_in(page, "explore-birth")
    film_shows(page, film)
    choosers = [one for one in (film.text, film.part, film.cloze) if len(one.options) > 1]
    boxes = explorer.get_by_role("combobox")
    assert [box.evaluate("box => [...box.options].map(one => one.text)") for box in boxes.all()] == [
        [label for label, _ in one.options] for one in choosers]
    step = slider(explorer, "training_step")
    step.press("End")
    film.choose(step=film.step.options[-1][1])
    film_shows(page, film)
    step.press("Home")
    step.press("ArrowRight")
    for box, one in zip(boxes.all(), choosers, strict=True):
        one.index = len(one.options) - 1
        box.select_option(index=one.index)
    film.choose(step=film.step.options[1][1])
    film_shows(page, film)
    slider(explorer, "head").press("Home")
    slider(explorer, "layer").press("Home")
    film.choose(head="all", layer=0)
    film_shows(page, film)
    film_shows(open_chapter(number, page.evaluate("location.hash")), film)
    page.bring_to_front()
    explorer.get_by_role("button", name=say("site.play")).click()
    film.choose(step=film.step.options[2][1])
    film_shows(page, film)
    explorer.get_by_role("button", name=say("site.pause")).click()


@pytest.mark.parametrize("number, name", [("02", "bert"), ("05", "translator"), ("07", "gpt")])
def test_nearly_even_attention_is_told_at_the_same_steps(open_chapter, number, name):
    page, film = open_chapter(number), explore_birth(name)
    page.wait_for_function("explorers['explore-birth'].training.stored")
    asked = [{"step": step, "text": text, "head": head} for _, step in film.step.options
             for _, text in film.text.options for head in ("all", 0)]
    told = page.evaluate("""asked => asked.map(choice => {
        const explorer = explorers['explore-birth'];
        explorer.set(choice);
        explorer.draw();
        return [...explorer.notice.element.children].map(one => one.textContent);
    })""", asked)
    wanted = []
    for choice in asked:
        film.choose(**choice)
        wanted.append(film._notices())
    assert told == wanted and len({len(notices) for notices in wanted}) == 2


CONTRASTS = """() => {
    const canvas = new OffscreenCanvas(1, 1).getContext('2d', { willReadFrequently: true });
    const read = colour => {
        canvas.clearRect(0, 0, 1, 1);
        canvas.fillStyle = colour;
        canvas.fillRect(0, 0, 1, 1);
        return [...canvas.getImageData(0, 0, 1, 1).data];
    };
    const light = ([...parts]) => parts.slice(0, 3).map(part => part / 255)
        .map(part => part <= 0.03928 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4)
        .reduce((sum, part, place) => sum + part * [0.2126, 0.7152, 0.0722][place], 0);
    const ground = element => {
        const colour = read(getComputedStyle(element).backgroundColor);
        return colour[3] === 255 || !element.parentElement ? colour : ground(element.parentElement);
    };
    const found = {};
    for (const one of document.querySelectorAll('.highlight span')) {
        const [low, high] = [light(read(getComputedStyle(one).color)), light(ground(one))].sort((a, b) => a - b);
        found[one.className] = Math.min(found[one.className] ?? 99, (high + 0.05) / (low + 0.05));
    }
    return found;
}"""


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_colours_of_code_can_be_read(open_chapter, scheme):
    page = open_chapter("04")
    page.emulate_media(color_scheme=scheme)
    found = page.evaluate(CONTRASTS)
    assert len(found) > 8
    assert {name: contrast for name, contrast in found.items() if contrast < 4.5} == {}


def test_the_next_token_of_the_given_text(open_chapter):
    page, cell = open_chapter("07"), "explore-next"
    explorer, record = explorer_in(page, cell), load_model("course-gpt").run("The cat is on the")
    assert explorer.get_by_role("textbox").input_value() == record.sentences[0]
    shows(page, cell, view_next(record))
    slider(explorer, "temperature").press("End")
    shows(page, cell, view_next(record, temperature=5.0))
    slider(explorer, "top_k").press("ArrowRight")
    shows(page, cell, view_next(record, temperature=5.0, top_k=1))
    slider(explorer, "top_k").press("Home")
    slider(explorer, "top_p").press("ArrowLeft")
    shows(page, cell, view_next(record, temperature=5.0, top_p=0.95))
    assert not page.evaluate(f"Boolean(explorers['{cell}'].loaded)"), "a move of a slider needs no model"
    address = page.evaluate("location.hash")
    again = open_chapter("07", address)
    shows(again, cell, view_next(record, temperature=5.0, top_p=0.95))


def test_the_next_token_of_an_own_text(open_chapter):
    page, cell, gpt = open_chapter("07"), "explore-next", load_model("course-gpt")
    explorer = explorer_in(page, cell)
    box = explorer.get_by_role("textbox", name=say("controls.next_text"), exact=True)
    notice = explorer.locator(".notice")
    for text in (*OWN.values(), "以前我們去圖書館", "I like 😀 tea </s> and <2zh>", "word " * 40):
        box.fill(text)
        record = gpt.run(text)
        shows(page, cell, view_next(record))
        expect(notice.locator("p")).to_have_text(list(record.notices))
    slider(explorer, "temperature").press("Home")
    slider(explorer, "top_k").press("End")
    slider(explorer, "top_p").press("ArrowLeft")
    shows(page, cell, view_next(record, temperature=0.1, top_k=50, top_p=0.95))
    box.fill(OWN["zh"])
    shows(page, cell, view_next(gpt.run(OWN["zh"]), temperature=0.1, top_k=50, top_p=0.95))
    again = open_chapter("07", page.evaluate("location.hash"))
    shows(again, cell, view_next(gpt.run(OWN["zh"]), temperature=0.1, top_k=50, top_p=0.95))
    assert explorer_in(again, cell).get_by_role("textbox").input_value() == OWN["zh"]
    for text in (" ", "好" * 200):
        box.fill(text)
        with pytest.raises(CourseError) as refused:
            gpt.run(text)
        expect(explorer.get_by_role("alert")).to_have_text(str(refused.value))
    box.fill(OWN["en"])
    shows(page, cell, view_next(gpt.run(OWN["en"]), temperature=0.1, top_k=50, top_p=0.95))
    expect(explorer.get_by_role("alert")).to_have_count(0)


def test_the_heads_of_a_model_that_reads_one_text(open_chapter):
    page, cell, gpt = open_chapter("07"), "explore-copying", load_model("course-gpt")
    explorer = explorer_in(page, cell)
    box = explorer.get_by_role("textbox")
    record = gpt.run(box.input_value())
    shows(page, cell, view_heads(record, layer=3, heads=1))
    slider(explorer, "layer").press("ArrowLeft")
    shows(page, cell, view_heads(record, layer=2, heads=1))
    assert not page.evaluate(f"Boolean(explorers['{cell}'].loaded)"), "a move of a slider needs no model"
    box.fill(OWN["zh"])
    shows(page, cell, view_heads(gpt.run(OWN["zh"]), layer=2, heads=1))
    again = open_chapter("07", page.evaluate("location.hash"))
    shows(again, cell, view_heads(gpt.run(OWN["zh"]), layer=2, heads=1))
    assert explorer_in(again, cell).get_by_role("textbox").input_value() == OWN["zh"]


def test_what_matters_for_a_prediction(open_chapter, course_bert):
    page, cell = open_chapter("08"), "explore-importance"
    explorer = explorer_in(page, cell)
    given = measure_importance(course_bert, "She can speak [MASK] very well.")
    assert explorer.get_by_role("textbox").first.input_value() == given.record.sentences[0]
    shows(page, cell, view_importance(given))
    slider(explorer, "layer").press("End")
    shows(page, cell, view_importance(given, 3))
    slider(explorer, "head").press("ArrowRight")
    shows(page, cell, view_importance(given, 3, 0))
    explorer.get_by_role("button", name=say("site.play")).click()
    shows(page, cell, view_importance(given, 3, 1))
    explorer.get_by_role("button", name=say("site.pause")).click()
    slider(explorer, "head").press("Home")
    slider(explorer, "layer").press("Home")
    shows(page, cell, view_importance(given))
    assert slider(explorer, "head").get_attribute("aria-valuetext") == say("controls.all_heads")
    assert not page.evaluate(f"Boolean(explorers['{cell}'].loaded)"), "a move of a slider needs no model"
    assert grave_in(page) == []


def test_what_matters_for_an_own_text_and_answer(open_chapter, course_bert):
    page, cell = open_chapter("08"), "explore-importance"
    explorer = explorer_in(page, cell)
    text, answer = (explorer.get_by_role("textbox", name=say(f"controls.{key}")) for key in ("next_text", "answer"))
    text.fill("以後我[MASK]茶 😀")
    own = measure_importance(course_bert, "以後我[MASK]茶 😀")
    shows(page, cell, view_importance(own))
    expect(explorer.locator(".notice p")).to_have_text(list(own.record.notices))
    answer.fill(" 3 ")
    slider(explorer, "layer").press("ArrowRight")
    asked = measure_importance(course_bert, own.record.sentences[0], "3")
    shows(page, cell, view_importance(asked, 0))
    again = open_chapter("08", page.evaluate("location.hash"))
    shows(again, cell, view_importance(asked, 0))
    for typed, key in (("", "models.blank"), ("好" * 200 + "[MASK]", "models.too_long"), ("茶", "importance.no_mask"),
                       ("[MASK]", "importance.nothing_beside"), ("好" * 41 + "[MASK]", "importance.too_many")):
        text.fill(typed)
        with pytest.raises(CourseError) as refused:
            view_importance(measure_importance(course_bert, typed, "3"))
        expect(explorer.get_by_role("alert")).to_have_text(str(refused.value).replace("'", '"'))
        assert refused.value.key == key
    text.fill("我[MASK]你。")
    answer.fill("")
    shows(page, cell, view_importance(measure_importance(course_bert, "我[MASK]你。"), 0))
    expect(explorer.get_by_role("alert")).to_have_count(0)
    ended = page.evaluate("""cell => Promise.all(["我", "你"].map(who => {
        const explorer = explorers[cell];
        explorer.boxes.value = [`${who}[MASK]每天早上喝一杯热茶。`, ""];
        return explorer.run().then(() => "measured", ({ message }) => message);
    }))""", cell)
    assert ended == ["something else is asked for", "measured"]
    expect(explorer).not_to_have_attribute("aria-busy", "true")


@pytest.mark.parametrize("number", ["02", "04", "05", "07"])
def test_a_tool_for_accessibility_finds_nothing_grave_in_a_page(open_chapter, number):
    page = open_chapter(number)
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        assert grave_in(page) == []
    formula = page.locator("math[display=block]").first
    formula.evaluate("one => { one.removeAttribute('tabindex'); one.style.width = '20px'; }")
    assert [found["id"] for found in grave_in(page)] == ["scrollable-region-focusable"]

"""The pages without a kernel: from a disk with every request refused, and from a server, they say what Python says."""

import re

import pytest
from built_pages import Loopback, Visitor, build_site
from playwright.sync_api import Page, expect

from helpers.models import load_translator
from helpers.text import language, say
from helpers.views import view_beams, view_heads, view_translation
from lessons.building.front import OPENING
from lessons.building.site import FRONT, TRANSLATE

STEMS = ("00_start_here", "01_self_attention", "05_translation")
OWN = {"en": "The cat drinks cold milk.", "zh": "他明天坐火车去北京。"}
BARS = """side => [...document.querySelectorAll(`#guesses .${side} .bars`)].map(list => [...list.children].map(
    row => [row.querySelector('.token').textContent, Number(row.style.getPropertyValue('--share'))]))"""
PICTURE = "front.heads.view.svg"


@pytest.fixture(scope="module", params=["disk", "server"])
def visitor(request, browser, tmp_path_factory):
    """Someone who opens the pages from a disk, or from a server."""
    form = build_site(tmp_path_factory.mktemp("pages 页面"), request.param == "disk", STEMS)
    server = Loopback(form.folder)
    visitor = Visitor(browser, server.address if request.param == "server" else form.folder.as_uri() + "/")
    visitor.form, visitor.server = form, server
    yield visitor
    visitor.context.close()
    server.shutdown()
    server.server_close()


@pytest.fixture(params=FRONT)
def code(request) -> str:
    """Each language; what Python says is in the same one."""
    language(request.param)
    return request.param


@pytest.fixture
def front(visitor, code):
    """The front page in each language."""
    page = visitor.front(FRONT[code])
    yield page
    page.close()
    assert visitor.problems == [] and visitor.refused == []


def python_view(bert, a, b=None, *, changes=None, **choice):
    """Return the picture that Python draws."""
    return view_heads(bert.run(a, b, **(changes or {})), **{"layer": 2, "heads": 4} | choice)


def shows(page: Page, view) -> None:
    """Wait until the page's picture is one of Python's, to the last character."""
    expect(page.locator("#heads svg.sav")).to_have_attribute("aria-label", view.text)
    assert page.evaluate(PICTURE) == view.svg


def close_to(guesses):
    """Return guesses as the page's must be."""
    return [[[token, pytest.approx(chance, abs=1e-3)] for token, chance in one] for one in guesses]


def slider(page: Page, key: str):
    return page.get_by_role("slider", name=say(f"controls.{key}"))


def type_into(page: Page, side: str, text: str) -> None:
    page.get_by_role("textbox", name=say(f"controls.text_{side}")).fill(text)


def test_it_opens_on_a_head_that_translates(front, course_bert):
    view = python_view(course_bert, OPENING["a"], OPENING["b"])
    shows(front, view)
    assert "茶 → tea" in view.text


def test_the_picture_stands_before_any_script_runs(visitor, code, browser, course_bert):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(visitor.home + FRONT[code])
    view = python_view(course_bert, OPENING["a"], OPENING["b"])
    expect(page.locator("#heads svg.sav")).to_have_attribute("aria-label", view.text)
    assert say("site.no_script") in page.content()
    context.close()


def test_sliders_and_filter(front, course_bert):
    slider(front, "layer").press("ArrowLeft")
    shows(front, python_view(course_bert, OPENING["a"], OPENING["b"], layer=1))
    slider(front, "head").press("Home")
    shows(front, python_view(course_bert, OPENING["a"], OPENING["b"], layer=1, heads=None))
    front.get_by_role("combobox", name=say("controls.filter")).select_option("b-a")
    shows(front, python_view(course_bert, OPENING["a"], OPENING["b"], layer=1, heads=None, filter="b-a"))
    assert slider(front, "head").get_attribute("aria-valuetext") == say("controls.all_heads")
    assert slider(front, "layer").get_attribute("aria-valuetext") == say("views.layer_name", layer=1)


@pytest.mark.parametrize("text", OWN.values())
def test_a_sentence_of_ones_own(front, course_bert, text):
    type_into(front, "b", "")
    type_into(front, "a", text)
    shows(front, python_view(course_bert, text))


def test_a_hidden_word_is_guessed_and_heads_off_change_the_guess(front, course_bert):
    pair = OPENING["a"].replace("tea", "[MASK]"), OPENING["b"]
    front.get_by_role("button", name="tea", exact=True).click()
    shows(front, python_view(course_bert, *pair))
    unchanged = close_to(course_bert.fill_mask(*pair))
    assert front.evaluate(BARS, "before") == unchanged and front.evaluate(BARS, "after") == []
    off = {(2, 4), (3, 0)}
    for layer, head in sorted(off):
        front.get_by_role("button", name=say("site.head_name", layer=layer, head=head), exact=True).click()
    shows(front, python_view(course_bert, *pair, changes={"heads_off": off}))
    assert front.evaluate(BARS, "before") == unchanged
    assert front.evaluate(BARS, "after") == close_to(course_bert.fill_mask(*pair, heads_off=off))
    assert course_bert.fill_mask(*pair)[0][0][0] != course_bert.fill_mask(*pair, heads_off=off)[0][0][0]
    front.get_by_role("button", name="tea", exact=True).click()
    expect(front.locator("#guesses")).to_have_text(say("site.no_guess"))


def test_a_word_of_several_pieces_is_hidden_whole(front, course_bert):
    type_into(front, "b", "")
    type_into(front, "a", "Grandfather's unbelievable umbrellas!")
    words = front.locator("#words button")
    expect(words.last).to_have_text("!")
    name = words.nth(words.count() - 2).text_content()
    assert name == "umbrellas" and any("##" in token for token in course_bert.run("umbrellas").tokens)
    words.nth(words.count() - 2).click()
    shows(front, python_view(course_bert, "Grandfather's unbelievable [MASK]!"))


def test_the_address_restores_what_was_shown(front, visitor, code, course_bert):
    type_into(front, "b", "")
    type_into(front, "a", "我喜欢喝热茶。")
    front.get_by_role("button", name="茶", exact=True).click()
    front.get_by_role("button", name=say("site.head_name", layer=3, head=0), exact=True).click()
    slider(front, "layer").press("End")
    slider(front, "head").press("Home")
    view = python_view(course_bert, "我喜欢喝热[MASK]。", changes={"heads_off": {(3, 0)}}, layer=3, heads=None)
    shows(front, view)
    expect(front).to_have_url(re.compile("layer=3.*head=all.*hide=6.*off=3.0"))
    again = visitor.front(FRONT[code] + "#" + front.url.split("#")[1])
    shows(again, view)
    assert again.evaluate(BARS, "after") == front.evaluate(BARS, "after") != []
    again.evaluate("location.hash = ''")
    shows(again, python_view(course_bert, OPENING["a"], OPENING["b"]))
    again.close()


def test_what_to_try_leads_where_it_says(front, course_bert):
    for link in front.locator(".tries a").all():
        link.click()
        expect(front.locator("#guesses .bars").first).to_be_visible()
    assert len(front.evaluate(BARS, "after")) == 1


@pytest.mark.parametrize("text, key", [("   ", "models.blank"), ("tea " * 200, "models.too_long")])
def test_a_refusal_is_the_sentence_and_the_picture_stays(front, text, key):
    before = front.evaluate(PICTURE)
    type_into(front, "b", "")
    type_into(front, "a", text)
    said = say(key, name="course", n_tokens=202, limit=128)
    expect(front.get_by_role("alert")).to_have_text(said)
    assert front.evaluate(PICTURE) != before or text.isspace()
    type_into(front, "a", "tea")
    expect(front.get_by_role("alert")).to_have_count(0)


def test_what_is_typed_is_text(front, course_bert):
    text = "</script><img src=x onerror=front.broken=1> <b>茶</b>"
    type_into(front, "b", "")
    type_into(front, "a", text)
    shows(front, python_view(course_bert, text))
    assert front.locator("#words button").first.text_content() == "[UNK]" and front.locator("#words b").count() == 0
    assert front.evaluate("front.broken") is None and front.locator("img").count() == 0


def test_the_keyboard_does_all(front, course_bert):
    front.get_by_role("button", name="I", exact=True).focus()
    for key in ("ArrowRight", "ArrowRight", "Enter"):
        front.keyboard.press(key)
    shows(front, python_view(course_bert, OPENING["a"].replace("tea", "[MASK]"), OPENING["b"]))
    assert front.evaluate("document.activeElement.textContent") == "tea"
    front.get_by_role("button", name=say("site.head_name", layer=0, head=0), exact=True).focus()
    for key in ("ArrowDown", "ArrowRight", " "):
        front.keyboard.press(key)
    shows(front, python_view(course_bert, OPENING["a"].replace("tea", "[MASK]"), OPENING["b"],
                             changes={"heads_off": {(1, 1)}}))


@pytest.mark.parametrize("place", [*FRONT.values(), *TRANSLATE.values(), f"en/{STEMS[0]}.html", f"zh/{STEMS[1]}.html"])
def test_a_phone_has_no_horizontal_scroll(visitor, place):
    page = visitor.open(place)
    page.set_viewport_size({"width": 390, "height": 844})
    page.wait_for_selector("input[type=range]")
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    page.close()


def test_the_model_is_asked_for_at_most_once_a_page_and_nothing_else_is(visitor):
    visitor.asked.clear()
    page = visitor.front("index.html")
    page.close()
    assert visitor.asked == ([] if visitor.form.carries else [visitor.home + "course-bert.bin"])
    page = visitor.open("en/00_start_here.html")
    page.wait_for_selector("input[type=range]")
    page.close()
    assert len(visitor.asked) == (0 if visitor.form.carries else 1), "a chapter reads the model when it is needed"


def test_the_chapters_there_are_are_listed(front, code):
    found = front.locator(".chapters h3 a").evaluate_all("links => links.map(link => link.getAttribute('href'))")
    assert found == [f"{code}/{stem}.html" for stem in STEMS]


@pytest.mark.parametrize("stem", STEMS[:2])
def test_a_chapters_explorer_lives(visitor, code, stem, course_bert):
    page = visitor.open(f"{code}/{stem}.html")
    explorer = page.locator("[data-explorer='heads']")
    picture = explorer.locator("svg.sav")
    texts = [box.input_value() for box in explorer.get_by_role("textbox").all()]
    record = course_bert.run(texts[0], texts[1])
    opening = {"00": {"layer": 2, "heads": 4}}.get(stem[:2], {"layer": 0})
    expect(picture).to_have_attribute("aria-label", view_heads(record, **opening).text)
    explorer.get_by_role("slider", name=say("controls.layer")).press("End")
    explorer.get_by_role("slider", name=say("controls.head")).press("End")
    expect(picture).to_have_attribute("aria-label", view_heads(record, layer=3, heads=5).text)
    explorer.get_by_role("combobox", name=say("controls.query")).select_option("3")
    expect(picture).to_have_attribute("aria-label", view_heads(record, layer=3, heads=5, query=3).text)
    explorer.get_by_role("combobox", name=say("controls.query")).select_option("all")
    explorer.get_by_role("textbox").first.fill(OWN[code])
    expect(picture).to_have_attribute(
        "aria-label", view_heads(course_bert.run(OWN[code], texts[1]), layer=3, heads=5).text)
    page.close()
    assert visitor.problems == visitor.refused == []


def test_the_other_language_opens_at_the_same_cell(visitor):
    page = visitor.open("en/00_start_here.html")
    page.wait_for_selector("input[type=range]")
    page.locator("[id='cell-id=exercise-rows']").scroll_into_view_if_needed()
    page.evaluate("document.getElementById('cell-id=exercise-rows').scrollIntoView()")
    page.locator("a[data-twin]").click()
    page.wait_for_url("**/zh/00_start_here.html#*")
    cell = page.url.split("#")[1]
    assert page.locator(f"[id='{cell}']").count() == 1 and cell.startswith("cell-id=")
    assert page.evaluate("scrollY") > 1000
    page.close()


def test_hints_and_foreseen_answers_are_folded(visitor, code):
    page = visitor.open(f"{code}/01_self_attention.html")
    hints, answers = page.locator("details.hint"), page.locator("details.answer")
    assert hints.count() >= 10 and answers.count() >= 1
    for folded in (hints.first, answers.first):
        assert not folded.locator("> :not(summary)").first.is_visible()
        folded.locator("> summary").click()
        expect(folded.locator("> :not(summary)").first).to_be_visible()
    page.close()


def test_a_visit_works_offline_afterwards(browser, tmp_path):
    form = build_site(tmp_path, False, STEMS[:1])
    server = Loopback(form.folder)
    visitor = browser.new_context()
    page = visitor.new_page()
    page.goto(server.address + "en/00_start_here.html")
    page.evaluate("navigator.serviceWorker.ready.then(() => 0)")
    page.wait_for_function("""async () => {
        for (const name of await caches.keys()) {
            const kept = (await (await caches.open(name)).keys()).map(({ url }) => new URL(url).pathname);
            const wanted = ["/", "/zh.html", "/course-bert.bin", "/en/00_start_here.html"];
            if (wanted.every(one => kept.includes(one))) return true;
        }
    }""")
    server.shutdown()
    server.server_close()
    for place in ("en/00_start_here.html", "zh.html", ""):
        page.goto(server.address + place)
        expect(page.locator("svg.sav").first).to_be_visible()
    page.wait_for_function("() => globalThis.front?.bert")
    visitor.close()


def shows_translation(page: Page, record, **choice) -> None:
    """Wait until the page of the translator shows a record as Python does, to the last character."""
    view = view_translation(record, **choice)
    expect(page.locator("#translation svg.sav")).to_have_attribute("aria-label", view.text)
    assert page.evaluate("explorer.drawn.svg") == view.svg
    expect(page.locator(".result")).to_have_text(f"{record.source_text} → {record.text}")


def test_the_translator_translates(visitor, code):
    translator = load_translator("course")
    page = visitor.open(TRANSLATE[code])
    record = translator.translate(say("controls.example_translation"))
    shows_translation(page, record, step=0)
    slider(page, "step").press("ArrowRight")
    shows_translation(page, record, step=1)
    slider(page, "head").press("Home")
    shows_translation(page, record, step=1, head="mean")
    for text in OWN.values():
        page.get_by_role("textbox", name=say("controls.text"), exact=True).fill(text)
        shows_translation(page, translator.translate(text), step=0)
    page.get_by_role("combobox", name=say("controls.beam")).select_option("4")
    best = translator.translate(text, beam=4)
    shows_translation(page, best, step=0)
    page.get_by_role("combobox", name=say("controls.shown")).select_option("beams")
    expect(page.locator("#translation svg.sav")).to_have_attribute("aria-label", view_beams(best).text)
    assert page.evaluate("explorer.drawn.svg") == view_beams(best).svg
    page.get_by_role("combobox", name=say("controls.shown")).select_option("steps")
    slider(page, "step").press("End")
    shows_translation(page, best)
    again = visitor.open(TRANSLATE[code] + "#" + page.url.split("#")[1])
    shows_translation(again, best)
    page.get_by_role("textbox", name=say("controls.text"), exact=True).fill(" ")
    expect(page.get_by_role("alert")).to_have_text(say("models.blank"))
    page.close()
    again.close()
    assert visitor.problems == visitor.refused == []


def test_the_translators_chapter_lives(visitor, code):
    translator, page = load_translator("course"), visitor.open(f"{code}/{STEMS[2]}.html")
    explorer = page.locator("[data-explorer='translation']")
    record = translator.translate(explorer.get_by_role("textbox").input_value())
    explorer.get_by_role("slider", name=say("controls.step")).press("End")
    expect(explorer.locator("svg.sav")).to_have_attribute("aria-label", view_translation(record).text)
    explorer.get_by_role("textbox").fill(OWN[code])
    record = translator.translate(OWN[code])
    expect(explorer.locator("svg.sav")).to_have_attribute("aria-label", view_translation(record, step=0).text)
    page.close()
    assert visitor.problems == visitor.refused == []

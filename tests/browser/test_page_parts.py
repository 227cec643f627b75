"""The page's scripts part by part, without a model: arithmetic, chance, numbers, addresses, the player."""

import json
import math
import random
from collections.abc import Iterator
from pathlib import Path

import pytest
import torch
from playwright.sync_api import Browser, Page, Route

from helpers.attention import attention_scores, attention_weights
from helpers.models.tokens import simplified
from helpers.page.data import simplified as tables
from helpers.page.data import strings
from helpers.page.views import page_theme, page_words
from helpers.transformer.decoding import length_penalty

ROOT, SITE = Path(__file__).parents[2], "http://parts.test/"


@pytest.fixture(scope="module")
def page(browser: Browser) -> Iterator[Page]:
    """A page that can import any script of the course; nothing else is reachable."""
    def answer(route: Route) -> None:
        file = ROOT / route.request.url.removeprefix(SITE)
        if file.suffix == ".mjs" and file.is_file():
            route.fulfill(body=file.read_text(encoding="utf-8"), content_type="text/javascript")
        else:
            route.fulfill(body="<!doctype html><meta charset=utf-8><body></body>", content_type="text/html")

    page = browser.new_page(service_workers="block")
    page.route("**/*", answer)
    page.goto(SITE)
    page.evaluate("""async ([sentences, words, theme]) => {
        (await import("/helpers/page/text.mjs")).speak(sentences, "en");
        (await import("/helpers/page/views/words.mjs")).speak(words);
        (await import("/helpers/page/views/theme.mjs")).dress(theme);
    }""", [strings(ROOT / "lessons/site"), page_words("en"), page_theme()])
    yield page
    page.close()


def asked(page: Page, module: str, body: str, given: object = None):
    """Return what `body` makes of the module, `m`, and of what is given, `it`."""
    return page.evaluate(f"async ([it]) => {{ const m = await import('/{module}'); {body} }}", [given])


def test_attention_is_the_packages_own(page):
    torch.manual_seed(1)
    queries, keys, values = (torch.randn(2, n, 3, dtype=torch.double) for n in (4, 5, 5))
    scores, weights, context = asked(page, "helpers/page/tensors.mjs", """
        const [q, k, v] = it.map(([shape, data]) => new m.Tensor(Float64Array.from(data), shape));
        const scores = m.attentionScores(q, k), weights = m.attentionWeights(scores);
        const context = m.attentionContext(weights, v);
        return [scores, weights, context].map((one) => [...one.data]);
    """, [[list(one.shape), one.flatten().tolist()] for one in (queries, keys, values)])
    wanted = attention_scores(queries, keys)
    assert scores == pytest.approx(wanted.flatten().tolist(), abs=1e-12)
    assert weights == pytest.approx(attention_weights(wanted).flatten().tolist(), abs=1e-12)
    assert context == pytest.approx((attention_weights(wanted) @ values).flatten().tolist(), abs=1e-12)


def test_a_hidden_score_has_no_weight_and_a_large_one_does_no_harm(page):
    row = "Float64Array.from([1000, -Infinity, 1000])"
    found = asked(page, "helpers/page/tensors.mjs", f"return [...m.softmax({row})];")
    assert found == [0.5, 0, 0.5]


def test_linear_norm_and_heads_are_torchs(page):
    torch.manual_seed(2)
    inputs, linear, norm = torch.randn(7, 6).double(), torch.nn.Linear(6, 5).double(), torch.nn.LayerNorm(6).double()
    torch.nn.init.normal_(norm.weight)
    torch.nn.init.normal_(norm.bias)
    given = [[list(one.shape), one.flatten().tolist()]
             for one in (inputs, linear.weight, linear.bias, norm.weight, norm.bias)]
    out, normed, gelu, split, merged = asked(page, "helpers/page/tensors.mjs", """
        const [x, w, b, nw, nb] = it.map(([shape, data]) => new m.Tensor(Float64Array.from(data), shape));
        const split = m.splitHeads(x, 3);
        return [new m.Linear({ weight: w, bias: b }).apply(x), new m.LayerNorm({ weight: nw, bias: nb }, 1e-5).apply(x),
                m.gelu(x), split, m.mergeHeads(split)].map((one) => [...one.data]);
    """, given)
    for found, wanted in ((out, linear(inputs)), (normed, norm(inputs)), (gelu, torch.nn.functional.gelu(inputs)),
                          (split, inputs.unflatten(-1, (3, 2)).transpose(0, 1)), (merged, inputs)):
        assert found == pytest.approx(wanted.flatten().tolist(), abs=1e-10)


def test_of_equal_numbers_the_first_is_the_largest(page):
    assert asked(page, "helpers/page/tensors.mjs", "return m.largest([1, 3, 2, 3, 0, 2], 4);") == [1, 3, 2, 5]


@pytest.mark.parametrize("seed", [0, 1, 7, 2 ** 32 - 1, 2 ** 32, 2 ** 53 - 1])
def test_chance_is_pythons(page, seed):
    ours = random.Random(seed)
    found = asked(page, "helpers/page/chance.mjs",
                  "const r = new m.Random(it); return Array.from({ length: 700 }, () => r.random());", seed)
    assert found == [ours.random() for _ in range(700)]


def test_numbers_are_written_as_python_writes_them(page):
    values = [0.125, 0.375, 2.5, 3.5, 1.115, -0.125, 0.0, 1e-5, 123456.5, 0.1 + 0.2, 1e16, 7]
    fixed, general, nearest = asked(page, "helpers/page/views/numbers.mjs", """
        return [it.map((x) => m.fixed(x, 2)), it.map((x) => m.general(x)), it.map((x) => m.nearest(x))];""", values)
    assert fixed == [f"{value:.2f}" for value in values] and general == [f"{value:g}" for value in values]
    assert nearest == [round(value) for value in values]


def test_the_length_penalty_is_the_packages(page):
    found = asked(page, "helpers/page/search.mjs", "return it.map(([n, alpha]) => m.lengthPenalty(n, alpha));",
                  [[1, 0.6], [7, 1], [20, 0], [20, 0.6]])
    assert found == pytest.approx([length_penalty(n, alpha) for n, alpha in ((1, 0.6), (7, 1), (20, 0), (20, 0.6))])


def test_log_probabilities_are_divided_by_the_temperature(page):
    found = asked(page, "helpers/page/search.mjs", """
        const unembed = { apply: (states) => states }, { Tensor } = await import("/helpers/page/tensors.mjs");
        const ways = new m.Vocabulary([4, 5, 6], unembed, { temperature: 2 });
        return [...ways.logProbabilities(new Tensor(Float64Array.from([1, 2, 4, 0, 0, -9]), [2, 3])).data];""")
    wanted = (torch.tensor([[1, 2, 4], [0, 0, -9]]).double() / 2).log_softmax(-1)
    assert found == pytest.approx(wanted.flatten().tolist())


def test_a_beam_search_keeps_what_scores_best_and_lets_the_end_compete(page):
    chances = [[0.5, 0.4, 0.1], [0.1, 0.2, 0.7], [0.6, 0.3, 0.1]]      # after start or a, after b, after the end
    best, fates, longer = asked(page, "helpers/page/search.mjs", """
        const { Tensor } = await import("/helpers/page/tensors.mjs"), row = { 9: 0, 1: 0, 2: 1 };
        const model = { decoder: [], decode: (read) => ({ states: read.map((ids) => row[ids.at(-1)]) }) };
        const vocabulary = { start: 9, end: 3, prefixIds: [], pieces: [1, 2, 3], logProbabilities: (states) =>
            new Tensor(Float64Array.from(states.flatMap((one) => it[one].map(Math.log))), [states.length, 3]) };
        const { best, steps } = m.beamSearch(model, null, vocabulary, 5, { beam: 2, alpha: 0.6 });
        const other = m.beamSearch(model, null, vocabulary, 5, { beam: 2, alpha: 5 });
        return [[best.tokenIds, best.logProbability, best.score], steps.map((step) => step.map(({ fate }) => fate)),
                other.best.tokenIds];
    """, chances)
    assert best[0] == [2, 3] and best[1] == pytest.approx(math.log(0.4 * 0.7))
    assert best[2] == pytest.approx(best[1] / (7 / 6) ** 0.6)
    assert fates[0] == ["kept", "kept", "dropped"] and longer == [1, 2, 3]
    assert fates[1] == ["finished", "kept", "kept", "dropped"]


@pytest.mark.parametrize("top_k, top_p, kept", [(None, None, 4), (3, None, 3), (None, 0.7, 2), (None, 0.79, 2),
                                                (None, 0.81, 3), (2, 0.6, 1), (1, None, 1)])
def test_top_k_and_top_p_keep_the_likeliest(page, top_k, top_p, kept):
    logits = [math.log(chance) for chance in (0.3, 0.5, 0.05, 0.15)]
    text = asked(page, "helpers/page/views/next.mjs", """
        const [logits, topK, topP] = it, next = { text: "x", tokens: ["b", "a", "d", "c"], logits };
        return m.viewNext(next, { temperature: 1, topK, topP }).svg;""", [logits, top_k, top_p])
    assert f"{kept} of 4" in text


def test_the_cut_is_made_under_the_temperature(page):
    kept = asked(page, "helpers/page/views/next.mjs", """
        const next = { text: "x", tokens: ["a"], logits: [0.5, 0.3, 0.15, 0.05].map(Math.log) };
        return [0.5, 1, 2].map((temperature) => m.viewNext(next, { temperature, topK: null, topP: 0.68 }).svg);""")
    assert [f"{n} of 4" in svg for n, svg in zip((1, 2, 3), kept, strict=True)] == [True] * 3


def test_simplified_characters_are_the_packages(page):
    texts = ["乾隆喝乾了這杯", "皇后在後面", "他站著，看名著", "豈有此理", "以後"]
    found = asked(page, "helpers/page/tokenizer.mjs",
                  "const s = new m.Simplifier(it[0]); return it[1].map((text) => s.convert(text));", [tables(), texts])
    assert found == [simplified(text) for text in texts]


OPENING = {"a": "A", "b": "", "layer": 1, "head": 2, "filter": "all", "hide": [], "off": []}


@pytest.mark.parametrize("view", [{}, {"layer": 3}, {"head": "all"}, {"a": "x & y=z#", "b": "é 好"}, {"a": "x"},
                                  {"hide": [3, 14], "off": [[2, 4], [3, 0]]}, {"filter": "b-a", "layer": 0}])
def test_an_address_reads_back_as_the_view(page, view):
    hash, read = asked(page, "lessons/site/address.mjs", """
        const [view, opening] = it, hash = m.writeView(view, opening); return [hash, m.readView(hash, opening)];
    """, [OPENING | view, OPENING])
    assert read == OPENING | view and (hash == "") == (not view) and ("%2C" not in hash)


def test_an_own_first_text_without_a_second_is_alone(page):
    found = asked(page, "lessons/site/address.mjs", """
        const at = (hash) => { const { a, b } = m.readView(hash, it); return [a, b]; };
        return [at("#a=x"), at("#a=x&b=y"), at("#layer=0")];""", OPENING | {"b": "B"})
    assert found == [["x", ""], ["x", "y"], ["A", "B"]]


def test_an_address_that_makes_no_sense_is_as_the_page_opens(page):
    read, views = asked(page, "lessons/site/address.mjs", """
        return [m.readView("#layer=x&head=-1&hide=a,1.2.3,5&off=2,1.3", it),
                ["#top", "", "#", "#layer=2"].map(m.isView)];""", OPENING)
    assert read == OPENING | {"hide": [5], "off": [[1, 3]]} and views == [False, True, True, True]


def test_explorers_read_back_from_their_address(page):
    opening = {"layer": 1, "text": "7", "answer": "", "words": False, "lines": True, "off": [], "step": -1.5}
    view = {"layer": 4, "text": "12", "answer": "3", "words": True, "lines": False, "off": [[1, 2], [3, 4]],
            "step": -2.5}
    hash, cell, choice, same = asked(page, "lessons/site/chapter_address.mjs", """
        const [view, opening] = it, hash = m.writeExplorers("c-1", [["e", view, opening], ["f", opening, opening]]);
        const { cell, asked } = m.readExplorers(`#${hash}`);
        return [hash, cell, m.readChoice(asked.e, opening), [Object.keys(asked), m.readChoice({}, opening)]];
    """, [view, opening])
    assert hash.startswith("cell-id=c-1&e.") and cell == "c-1" and choice == view and same == [["e"], opening]


PLAYER = """
    const { Slider } = await import("/helpers/page/controls/elements.mjs"), seen = [];
    const [fast, slow] = [1, 2].map((most) => new Slider("s", { most, follow() {} }));
    const player = new m.Player([fast, slow], () => seen.push([fast.value, slow.value]));
"""


def test_a_player_turns_the_first_slider_fastest_and_stops_at_the_end(page):
    seen, ends = asked(page, "helpers/page/controls/play.mjs", f"""{PLAYER}
        const ends = []; for (let i = 0; i < 7; i++) ends.push(player.step()); return [seen, ends];""")
    assert seen == [[1, 0], [0, 1], [1, 1], [0, 2], [1, 2]] and ends == [True] * 5 + [False] * 2


def test_a_player_moves_a_slider_over_a_list_by_its_places(page):
    seen = asked(page, "helpers/page/controls/play.mjs", """
        const { Slider } = await import("/helpers/page/controls/elements.mjs");
        const slider = new Slider("s", { values: ["all", 0, 5], value: "all", follow() {} }), seen = [];
        const player = new m.Player([slider], () => seen.push(slider.value));
        while (player.step());
        player.play();
        player.stop();
        return seen;""")
    assert seen == [0, 5, "all"]


def test_space_plays_and_stops_and_the_end_begins_anew(page):
    pressed, kept, begun = asked(page, "helpers/page/controls/play.mjs", f"""{PLAYER}
        document.body.append(player.element, fast.element, slow.element);
        const state = () => player.element.getAttribute("aria-pressed"), press = (key) => {{
            const event = new KeyboardEvent("keydown", {{ key, cancelable: true }}); fast.handle.dispatchEvent(event);
            return event.defaultPrevented; }};
        const pressed = [[press("ArrowRight"), state()], [press(" "), state()], [press(" "), state()]];
        const kept = [...seen];
        while (player.step());
        player.play(); const begun = [fast.value, slow.value]; player.stop();
        fast.handle.dispatchEvent(new Event("pointerdown"));
        return [pressed, kept, begun];""")
    assert pressed == [[False, "false"], [True, "true"], [True, "false"]] and kept == [[1, 0]] and begun == [0, 0]


FOLLOWED = """
    const root = document.createElement("div");
    root.innerHTML = `<div class="sav-page"><div class="sav-page-source"><script type="x">{"n": 1}<\\/script></div>
        <div class="sav-page-told"><script type="x">{"names": ["layer"], "options": {}}<\\/script></div>
        <input type="checkbox" checked></div><div class="sav-is-layer"><select><option>0<option>1</select></div>
        <div class="sav-picture"><div class="widget-html-content"><b>kernel</b></div></div>`;
    document.body.append(root);
    globalThis.root = root;
    const view = { kind: "heads", title: "t", text: "said", width: 9, height: 9, svg: "<svg class='mine'></svg>" };
"""
CHOOSE_ONE = """() => {
    const list = root.querySelector("select");
    list.selectedIndex = 1;
    list.dispatchEvent(new Event("change", { bubbles: true }));
}"""


def test_what_cannot_be_drawn_goes_back_to_the_kernel(page):
    asked(page, "helpers/page/notebook/follow.mjs", f"""{FOLLOWED}
        m.follower(() => {{ throw new Error("not foreseen"); }})(root, it);
    """, {"words": page_words("en"), "theme": page_theme()})
    page.wait_for_function("() => !root.querySelector('input').checked")
    assert page.evaluate("() => root.querySelector('.widget-html-content').innerHTML") == "<b>kernel</b>"


def test_what_was_drawn_before_gives_way_to_the_kernel(page):
    asked(page, "helpers/page/notebook/follow.mjs", f"""{FOLLOWED}
        m.follower((source, {{ layer }}) => {{ if (layer) throw new Error("not foreseen"); return view; }})(root, it);
    """, {"words": page_words("en"), "theme": page_theme()})
    page.wait_for_function("() => root.querySelector('.widget-html-content svg.mine')")
    page.evaluate(CHOOSE_ONE)
    page.wait_for_function("() => !root.querySelector('input').checked")
    assert page.evaluate("() => root.querySelector('.widget-html-content').innerHTML") == "<b>kernel</b>"


def test_the_page_draws_what_it_can_and_gives_the_place_back(page):
    asked(page, "helpers/page/notebook/follow.mjs", f"""{FOLLOWED}
        globalThis.choices = [];
        m.follower((source, choice) => {{ choices.push([source.n, choice.layer]); return choice.layer ? null : view; }})
            (root, it);
    """, {"words": page_words("en"), "theme": page_theme()})
    page.wait_for_function("() => root.querySelector('.widget-html-content svg.mine')")
    page.evaluate(CHOOSE_ONE)
    page.wait_for_function("() => root.querySelector('.widget-html-content').innerHTML === '<b>kernel</b>'")
    assert json.loads(json.dumps(page.evaluate("() => choices")))[-1] == [1, 1]
    assert page.evaluate("() => root.querySelector('input').checked")

"""How a page is put together: modules joined, explorers found, the model packed, the worker named."""

import base64
import gzip
import json
import re
from urllib.parse import unquote

import nbformat
import pytest

from helpers.controls import explore_birth
from helpers.heads import measure_importance
from helpers.interventions import compare
from helpers.models import load_bert, load_model, load_training
from helpers.page.controls import packed_importance, packed_record, packed_training
from helpers.page.strip import stripped
from helpers.text import LANGUAGES, language, sentence
from helpers.views import view_change, view_edited_query, view_heads, view_importance, view_neurons, view_next
from lessons.building import explorers
from lessons.building.explorers import enliven
from lessons.building.scripts import ROOT, script_tags
from lessons.building.site import MODELS, SITE, Form, model_data, packed_weights

STILL = '<img alt="a picture" src="data:image/svg+xml,x">'
ASSIGNED = 'sentence_a = "I drink tea."\nsentence_b = "我喝茶。"\nmodel = "course"'


def notebook_of(*sources: str) -> nbformat.NotebookNode:
    """A notebook whose cells all show a still picture."""
    output = nbformat.v4.new_output("execute_result", {"text/html": STILL, "text/plain": "a picture"})
    cells = [nbformat.v4.new_code_cell(source, outputs=[nbformat.from_dict(output)]) for source in sources]
    return nbformat.v4.new_notebook(cells=cells)


KINDS = {path.stem: path for path in (SITE / "kinds").glob("*.mjs")}
ENTRIES = [("front.mjs", ()), ("translate.mjs", ()), *(("chapter.mjs", (kind,)) for kind in sorted(KINDS))]
MOST_BYTES = 35_000


def modules_of(tags: str) -> dict[str, str]:
    """The sources of an import map."""
    addresses = json.loads(re.search('importmap">(.*?)</script>', tags)[1])["imports"]
    return {name: unquote(address.split(",", 1)[1]) for name, address in addresses.items()}


@pytest.mark.parametrize("entry, kinds", ENTRIES)
def test_a_joined_script_imports_nothing_from_beside_it(entry, kinds):
    tags = script_tags(SITE / entry, *(KINDS[kind] for kind in kinds))
    modules = modules_of(tags)
    assert len(modules) >= 12
    for source in [*modules.values(), tags.split('<script type="module" async>')[1]]:
        assert re.findall(r"""from ["'](\.[^"']*)""", source) == []
        assert set(re.findall(r"""^(?:import|\}).* from "([^"]+)";|^import "([^"]+)";""", source, re.MULTILINE)) \
            <= {(name, "") for name in modules} | {("", name) for name in modules}
    assert all((ROOT / name).is_file() for name in modules)
    assert len(gzip.compress(tags.encode(), mtime=0)) < MOST_BYTES


def test_a_module_is_carried_as_it_was_but_for_its_comments():
    tags, address = script_tags(SITE / "front.mjs"), re.compile(r"""((?:\bfrom|^import)\s*)"[^"]+";""", re.MULTILINE)
    for name, source in modules_of(tags).items():
        written = stripped((ROOT / name).read_text(encoding="utf-8"))
        assert address.sub(r"\1;", source) == address.sub(r"\1;", written), name
    assert "/**" not in tags and "<!--" not in tags


def test_a_page_has_the_modules_of_its_explorers_alone():
    bert, gpt, translators = (f"helpers/page/{name}.mjs" for name in ("bert", "gpt", "translator"))
    neurons = "helpers/page/views/neurons.mjs"
    carried = {kind: set(modules_of(script_tags(SITE / "chapter.mjs", KINDS[kind]))) for kind in KINDS}
    assert [kind for kind in sorted(KINDS) if translators in carried[kind]] == ["translation"]
    assert [kind for kind in sorted(KINDS) if gpt in carried[kind]] == ["gpt_heads", "next"]
    others = {"birth", "gpt_heads", "next", "positions", "scaling", "translation"}
    assert {kind for kind in KINDS if bert not in carried[kind]} == others
    assert [kind for kind in sorted(KINDS) if neurons in carried[kind]] == ["neurons", "query"]
    assert [kind for kind in sorted(KINDS) if "helpers/page/gradients.mjs" in carried[kind]] == ["importance"]
    assert not {bert, gpt, translators} & carried["positions"]


def test_every_explorer_of_the_build_has_its_module():
    assert sorted(KINDS) == sorted(explorers.KINDS)


@pytest.mark.parametrize("cells, models", [
    ((ASSIGNED, "bert = load_bert(model)\nexplore_heads(bert, sentence_a, sentence_b)"), ["bert"]),
    ((ASSIGNED, 'bert = load_bert("course")', 'explore_heads(bert, "tea")'), ["bert"]),
    ((ASSIGNED, 'bert = load_bert("course")', 'explore_heads(bert, "tea", layer=2, head=4)'), ["bert"]),
    ((ASSIGNED, 'bert = load_bert("course")', 'explore_heads(bert, "tea", layer=best)'), []),
    (('translator = load_translator("course")', 'explore_translation(translator, "tea")'), ["translator"]),
    ((ASSIGNED, 'gpt = load_model("course-gpt")\nexplore_next(gpt, sentence_a)'), ["gpt"]),
    (('gpt = load_model("gpt2")', 'explore_next(gpt, "tea")'), []),
    ((ASSIGNED.replace("course", "minilm"), "bert = load_bert(model)\nexplore_heads(bert, sentence_a)"), []),
    ((ASSIGNED, "explore_heads(load_bert(model), sentence_a.upper())"), []),
    ((ASSIGNED, "record = bert.run(sentence_a)\nexplore_heads(record)"), []),
    ((ASSIGNED, "record = load_bert(model).run(sentence_a)\nexplore_heads(record)"), ["bert"]),
    ((ASSIGNED, 'pair = ("tea",\n"茶")', "explore_heads(load_bert(model), *pair)"), ["bert"]),
    ((ASSIGNED, "bert = load_bert(model)\nexplore_model(bert, sentence_a)"), ["bert"]),
    ((ASSIGNED, 'pair = "tea", "茶"\nrecord = load_bert(model).run(*pair)\nexplore_heads(record)'), []),
    ((ASSIGNED, 'bert = load_bert(model)\nrecord = bert.run("tea", heads_off=[(0, 0)])\nexplore_model(record)'), []),
    ((ASSIGNED, 'explore_translation(load_translator("course"), sentence_a, beam=4)'), []),
])
def test_an_explorer_comes_alive_where_its_model_and_text_are_known(cells, models):
    notebook = notebook_of(*cells)
    assert enliven(notebook, "zh")[0] == models
    shown = notebook.cells[-1].outputs[0].data["text/html"]
    assert (STILL in shown) == (models == []) == ("data-explorer" not in shown)
    assert (" 层 · " in shown) == (bool(models) and models != ["gpt"])


OFF = [[0, 1], [0, 2], [3, 0]]
SAID = {"interventions": lambda record: view_change(compare(load_bert("course"), "茶", heads_off=OFF)),
        "neurons": lambda record: view_neurons(record, 1, 2, 3),
        "query": lambda record: view_edited_query(record, 1, 2, 3, neuron=4, change=-2.5)}
CHOICES = {"interventions": {"off": OFF}, "neurons": {"token": 1, "layer": 2, "head": 3},
           "query": {"token": 1, "layer": 2, "head": 3, "neuron": 4, "change": -2.5}}


@pytest.mark.parametrize("code", LANGUAGES)
@pytest.mark.parametrize("kind", SAID)
def test_where_the_controls_stand_is_read_from_the_sentence_of_the_picture(kind, code):
    language(code)
    said = SAID[kind](load_bert("course").run("茶")).text
    for text, found in ((said, CHOICES[kind]), (said.replace("3", "5"), None), ("another one", None)):
        notebook = notebook_of('bert = load_bert("course")', f'it = explore_{kind}(bert, "茶")\nit.choose(x=x)\nit')
        notebook.cells[1].outputs[0].data["text/plain"] = text
        assert enliven(notebook, code) == ((["bert"], [kind]) if found else ([], []))
        shown = notebook.cells[1].outputs[0].data["text/html"]
        data = re.search('json">(.*?)</script>', shown)
        assert (json.loads(data[1])["choice"] if data else None) == found


@pytest.mark.parametrize("code", LANGUAGES)
@pytest.mark.parametrize("name", ["bert", "translator", "gpt"])
@pytest.mark.parametrize("source", ["explore_birth({name!r})", "kept = load_training({name!r})\nexplore_birth(kept)"])
def test_the_film_of_a_training_opens_as_in_the_notebook(name, code, source):
    language(code)
    film = explore_birth(name)
    notebook = notebook_of(source.format(name=name))
    notebook.cells[0].outputs[0].data["text/plain"] = film._repr_mimebundle_()["text/plain"]
    assert enliven(notebook, code) == ([], ["birth"])
    shown = notebook.cells[0].outputs[0].data["text/html"]
    assert re.findall('(?s)<div class="picture">(.*?</svg>)</div>', shown) == [film.growth.value, film.view.svg]
    data = json.loads(re.search('json">(.*?)</script>', shown)[1])
    assert data["choice"] == {name: getattr(film, name).value for name in ("step", "layer", "head")}
    assert data["training"]["order"] == {name: [place for _, place in getattr(film, name).options]
                                         for name in ("text", "cloze")}
    assert len(shown) < 1_000_000


@pytest.mark.parametrize("source, step", [("it = explore_birth('gpt')\nit.choose(step=108)\nit", 108),
                                          ("explore_birth(mine)", 0), ("explore_birth('bert')", 0),
                                          ("explore_birth('llama')", 0), ("explore_birth('gpt', 1)", 0)])
def test_a_film_that_was_moved_or_is_not_known_keeps_its_picture(source, step):
    film = explore_birth("gpt")
    film.choose(step=step)
    notebook = notebook_of(source)
    notebook.cells[0].outputs[0].data["text/plain"] = film._repr_mimebundle_()["text/plain"]
    assert enliven(notebook, "en") == ([], [])
    assert notebook.cells[0].outputs[0].data["text/html"].startswith(f'{STILL}<p class="in-notebook">')


@pytest.mark.parametrize("name", ["bert", "translator", "gpt"])
def test_a_packed_training_holds_all_that_was_kept(name):
    training = load_training(name)
    packed = packed_training(training)
    kept, start = gzip.decompress(base64.b64decode(packed["bytes"])), 0
    for part, shape in packed["shapes"].items():
        stored = training.stored[part]
        assert shape == list(stored.shape)
        assert kept[start:start + stored.numel()] == stored.contiguous().numpy().tobytes()
        start += stored.numel()
    assert start == len(kept)
    for kind, shares in packed["heads"].items():
        assert [share / 1000 for share in shares] == training.heads[kind].flatten().tolist()
    assert json.dumps(packed)


def test_a_second_model_keeps_its_picture_and_positions_need_none():
    notebook = notebook_of('explore_heads(load_bert("course"), "tea")',
                           'explore_translation(load_translator("course"), "x")', "explore_positions()",
                           'explore_next(load_model("course-gpt"), "x")')
    assert enliven(notebook, "en") == (["bert"], ["heads", "positions"])
    assert [STILL in cell.outputs[0].data["text/html"] for cell in notebook.cells] == [False, True, False, True]


@pytest.mark.parametrize("code", LANGUAGES)
def test_a_picture_that_stays_still_says_so_and_one_that_never_moved_does_not(code):
    notebook = notebook_of("mine = explore_characters('tea')\nmine", "view_heads(record)", "explore_positions()")
    enliven(notebook, code)
    still, view, living = (cell.outputs[0].data["text/html"] for cell in notebook.cells)
    assert sentence("site.in_notebook", code) in still and STILL in still
    assert view == STILL and "in-notebook" not in living


def test_the_next_token_opens_with_what_the_notebook_read():
    notebook = notebook_of('gpt = load_model("course-gpt")', 'explore_next(gpt, "I like 😀")')
    assert enliven(notebook, "en") == (["gpt"], ["next"])
    shown, record = notebook.cells[1].outputs[0].data["text/html"], load_model("course-gpt").run("I like 😀")
    data = json.loads(re.search('json">(.*?)</script>', shown)[1])
    assert view_next(record).svg in shown
    assert (data["texts"], data["record"]["notices"]) == (["I like 😀"], list(record.notices)) and record.notices
    logits = memoryview(base64.b64decode(data["record"]["logits"])).cast("f")
    assert list(logits) == pytest.approx(record.logits[-1].tolist(), abs=1e-4)


def test_the_heads_of_a_gpt_open_where_the_notebook_shows_them():
    notebook = notebook_of('gpt = load_model("course-gpt")', 'explore_heads(gpt, "I like 😀", layer=3, head=1)')
    assert enliven(notebook, "en") == (["gpt"], ["gpt_heads"])
    shown, record = notebook.cells[1].outputs[0].data["text/html"], load_model("course-gpt").run("I like 😀")
    data = json.loads(re.search('json">(.*?)</script>', shown)[1])
    assert view_heads(record, layer=3, heads=1).svg in shown
    assert (data["choice"], data["record"]["notices"]) == ({"layer": 3, "head": 1}, list(record.notices))


@pytest.mark.parametrize("code", LANGUAGES)
@pytest.mark.parametrize("answer", [None, "茶"])
def test_importance_opens_with_what_the_notebook_measured(answer, code):
    language(code)
    measured = measure_importance(load_bert("course"), "我喝[MASK]。", answer)
    source = f'bert = load_bert("course")\nexplore_importance(bert, "我喝[MASK]。"{f", {answer!r}" if answer else ""})'
    for said, kinds in ((view_importance(measured).text, ["importance"]), (view_importance(measured, 2).text, [])):
        notebook = notebook_of(source)
        notebook.cells[0].outputs[0].data["text/plain"] = said
        assert enliven(notebook, code)[1] == kinds
        shown = notebook.cells[0].outputs[0].data["text/html"]
        assert (view_importance(measured).svg in shown) == bool(kinds) != (STILL in shown)
        data = json.loads(re.search('json">(.*?)</script>', shown)[1]) if kinds else {}
        assert data == ({"record": packed_importance(measured), "texts": ["我喝[MASK]。", answer or ""],
                         "choice": {"layer": "all", "head": "all"}} if kinds else {})
        assert len(shown) < 40_000


def test_a_page_is_given_what_its_model_needs_and_no_more():
    given = {model: set(model_data(model)) for model in MODELS}
    assert given == {"bert": {"tokenizer", "simplified", "bert"}, "gpt": {"gptTokenizer", "gpt"},
                     "translator": {"tokenizer", "simplified", "translator"}}


def test_a_packed_record_holds_the_weights_to_four_places():
    record = load_bert("course").run("</script>", "茶")
    packed = packed_record(record)
    steps = memoryview(base64.b64decode(packed["weights"]["steps"])).cast("H")
    assert packed["weights"]["shape"] == [4, 6, record.n_tokens, record.n_tokens]
    assert [step / 10_000 for step in steps] == pytest.approx(record.weights.flatten().tolist(), abs=5.1e-5)
    assert json.dumps(packed)


def test_the_model_lies_beside_the_pages_of_a_server_alone(tmp_path):
    for name, carries in (("disk", True), ("server", False)):
        form = Form(tmp_path / name, carries)
        form.page("00", "en").parent.mkdir(parents=True)
        form.page("00", "en").write_text(name, encoding="utf-8")
        form.write_shared()
    assert not (tmp_path / "disk" / "worker.js").exists()
    assert not list((tmp_path / "disk").glob("*.bin"))
    for model in ("bert", "translator", "gpt"):
        assert (tmp_path / "server" / f"course-{model}.bin").read_bytes() == packed_weights(model)
        assert gzip.decompress(packed_weights(model)) == MODELS[model].read_bytes()
    worker = (tmp_path / "server" / "worker.js").read_text(encoding="utf-8")
    assert "{{" not in worker and '"course-bert.bin"' in worker
    form.page("00", "en").write_text("other", encoding="utf-8")
    form.write_shared()
    assert (tmp_path / "server" / "worker.js").read_text(encoding="utf-8") != worker, "what is kept would never change"

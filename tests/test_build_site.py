"""How a page is put together: modules joined, explorers found, the model packed, the worker named."""

import base64
import json
import re

import nbformat
import pytest

from helpers.models import load_bert
from helpers.page.controls import packed_record
from lessons.building.explorers import enliven
from lessons.building.scripts import ROOT, script_tags
from lessons.building.site import SITE, Form, packed_weights

STILL = '<img alt="a picture" src="data:image/svg+xml,x">'
ASSIGNED = 'sentence_a = "I drink tea."\nsentence_b = "我喝茶。"\nmodel = "course"'


def notebook_of(*sources: str) -> nbformat.NotebookNode:
    """A notebook whose cells all show a still picture."""
    output = nbformat.v4.new_output("execute_result", {"text/html": STILL, "text/plain": "a picture"})
    cells = [nbformat.v4.new_code_cell(source, outputs=[nbformat.from_dict(output)]) for source in sources]
    return nbformat.v4.new_notebook(cells=cells)


@pytest.mark.parametrize("entry", ["front.mjs", "chapter.mjs"])
def test_a_joined_script_imports_nothing_from_beside_it(entry):
    tags = script_tags(SITE / entry)
    modules = json.loads(re.search('importmap">(.*?)</script>', tags)[1])["imports"]
    sources = [base64.b64decode(address.split(",")[1]).decode() for address in modules.values()] + [tags]
    assert len(modules) >= 15
    for source in sources:
        assert re.findall(r"""from ["'](\.[^"']*)""", source) == []
        assert set(re.findall(r"""^(?:import|\}).* from "([^"]+)";""", source, re.MULTILINE)) <= set(modules)
    assert all((ROOT / name).is_file() for name in modules)


@pytest.mark.parametrize("cells, models", [
    ((ASSIGNED, "bert = load_bert(model)\nexplore_heads(bert, sentence_a, sentence_b)"), ["bert"]),
    ((ASSIGNED, 'bert = load_bert("course")', 'explore_heads(bert, "tea")'), ["bert"]),
    ((ASSIGNED, 'bert = load_bert("course")', 'explore_heads(bert, "tea", layer=2, head=4)'), ["bert"]),
    ((ASSIGNED, 'bert = load_bert("course")', 'explore_heads(bert, "tea", layer=best)'), []),
    (('translator = load_translator("course")', 'explore_translation(translator, "tea")'), ["translator"]),
    ((ASSIGNED.replace("course", "minilm"), "bert = load_bert(model)\nexplore_heads(bert, sentence_a)"), []),
    ((ASSIGNED, "explore_heads(load_bert(model), sentence_a.upper())"), []),
    ((ASSIGNED, "record = bert.run(sentence_a)\nexplore_heads(record)"), []),
    ((ASSIGNED, "bert = load_bert(model)\nexplore_model(bert, sentence_a)"), []),
    ((ASSIGNED, 'explore_translation(load_translator("course"), sentence_a, beam=4)'), []),
])
def test_an_explorer_comes_alive_where_its_model_and_text_are_known(cells, models):
    notebook = notebook_of(*cells)
    assert enliven(notebook, "zh") == models
    shown = notebook.cells[-1].outputs[0].data["text/html"]
    assert (STILL in shown) == (models == []) and ("data-explorer" in shown and " 层 · " in shown) == bool(models)


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
    assert (tmp_path / "server" / "course-bert.bin").read_bytes() == packed_weights("bert")
    worker = (tmp_path / "server" / "worker.js").read_text(encoding="utf-8")
    assert "{{" not in worker and '"course-bert.bin"' in worker
    form.page("00", "en").write_text("other", encoding="utf-8")
    form.write_shared()
    assert (tmp_path / "server" / "worker.js").read_text(encoding="utf-8") != worker, "what is kept would never change"

"""What a widget leaves in a notebook: the live one and the still one, each an output of its own."""

import nbformat
import pytest

from helpers.controls import explore_scaling, saved
from helpers.questions import predict
from lessons.building.clean import clean

KINDS = {"text/plain", "text/html"}


@pytest.fixture
def displayed(monkeypatch):
    """The bundles that were displayed, in order."""
    bundles = []
    monkeypatch.setattr(saved, "display", lambda bundle, raw: bundles.append(bundle))
    return bundles


@pytest.mark.parametrize("make", [explore_scaling, lambda: predict("01.mixture")])
def test_live_and_still_are_two_outputs(displayed, make):
    widget = make()
    widget._ipython_display_()
    live, still = displayed
    assert set(live) == {saved.WIDGET} and live[saved.WIDGET]["model_id"] == widget.model_id
    assert saved.LIVE in widget._dom_classes
    assert set(still) == KINDS and widget.model_id not in still["text/html"] and "<script" not in still["text/html"]
    bundle = widget._repr_mimebundle_()
    assert bundle["text/html"] in still["text/html"] and set(bundle) == KINDS | {saved.WIDGET}
    make()._ipython_display_()
    assert displayed[3] == still


def test_a_built_notebook_keeps_the_still_one_alone(displayed):
    explore_scaling()._ipython_display_()
    outputs = [nbformat.v4.new_output("display_data", bundle) for bundle in displayed]
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell("explore_scaling()", outputs=outputs)])
    clean(notebook)
    assert [set(output.data) for output in notebook.cells[0].outputs] == [KINDS]

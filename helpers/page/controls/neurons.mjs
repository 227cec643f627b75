/** The trace of one attention cell under sliders, and a query with one of its numbers moved. */

import { say } from "../text.mjs";
import { cellOf, editQuery } from "../trace.mjs";
import { viewNeurons } from "../views/neurons.mjs";
import { fixed } from "../views/numbers.mjs";
import { viewEditedQuery } from "../views/query.mjs";
import { Slider } from "./elements.mjs";
import { RunExplorer, TokenChooser, headSlider, layerSlider } from "./explorer.mjs";
import { Player } from "./play.mjs";
import { tellingWord } from "./records.mjs";

const STRONGEST = "strongest", MOST_CHANGE = 10, STEP = 0.5;

/** What the explorers of one attention cell share. */
class CellExplorer extends RunExplorer {
  cellControls(follow) {
    return { layer: layerSlider(follow), head: headSlider(follow),
      token: new TokenChooser(say("controls.query"), follow) };
  }

  fit() {
    const [nLayers, nHeads] = this.record.weights.shape, { layer, head, token } = this.controls;
    layer.reach(nLayers - 1);
    head.reach(nHeads - 1);
    token.offerTokens(this.record.tokens, [], tellingWord(this.record, layer.value, head.value));
  }

  get cell() {
    const { layer, head, token } = this.choice;
    return cellOf(this.record, { layer, head, token, key: this.key });
  }
}

/** The neuron view, as `explore_neurons` of the Python package shows it. */
export class NeuronExplorer extends CellExplorer {
  makeControls(follow) {
    const controls = { ...this.cellControls(follow), key: new TokenChooser(say("controls.key"), follow) };
    this.player = new Player([controls.head, controls.layer], () => this.moved());
    return controls;
  }

  fit() {
    super.fit();
    this.controls.key.offerTokens(this.record.tokens, [[STRONGEST, say("controls.strongest")]]);
  }

  get key() { return this.choice.key === STRONGEST ? null : this.choice.key; }

  draw() { this.picture.show(viewNeurons(this.cell)); }
}

/** One number of a query under a slider, as `explore_query` of the Python package shows it. */
export class QueryExplorer extends CellExplorer {
  makeControls(follow) {
    const signed = (change) => (change < 0 ? "−" : "+") + fixed(Math.abs(change), 1);
    const controls = { ...this.cellControls(follow), neuron: new Slider(say("controls.neuron"), follow),
      change: new Slider(say("controls.change"),
        { least: -MOST_CHANGE, most: MOST_CHANGE, step: STEP, value: 0, called: signed, ...follow }) };
    this.player = new Player([controls.change], () => this.moved());
    return controls;
  }

  fit() {
    super.fit();
    this.controls.neuron.reach(this.record.dHead - 1);
  }

  draw() {
    const { neuron, change } = this.choice, { cell } = this;
    this.picture.show(viewEditedQuery(cell, editQuery(cell.steps, neuron, change)));
  }
}

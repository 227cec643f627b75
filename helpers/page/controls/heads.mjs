/** The head view under its controls, as `explore_heads` of the Python package shows it. */

import { say } from "../text.mjs";
import { viewHeadsEitherWay } from "../views/head_rows.mjs";
import { clip, visible } from "../views/svg.mjs";
import { Chooser, Slider, Tick, make } from "./elements.mjs";
import { TextExplorer, filterChooser, offerFilters } from "./explorer.mjs";
import { Picture } from "./picture.mjs";
import { Player } from "./play.mjs";

const ALL = "all", LONGEST = 16;

/** What an explorer opens with, as in the Python package. */
export const OPENING = { layer: 0, head: ALL, filter: ALL, query: ALL, threshold: 0.05, across: false };

/** Sliders for layer and head, drop-downs for filter and query, and the picture; a move is a look-up and a redraw. */
export class HeadExplorer {
  /**
   * @param {Object} record what is shown: of `bert.run`, or `unpacked`
   * @param {Object} choice where the controls stand at first, as in `OPENING`
   * @param {Object} how `names`: the controls to offer; `follow`: called with the choice after each move
   */
  constructor(record, choice = {}, { names = Object.keys(OPENING), follow = () => {} } = {}) {
    this.record = record;
    this.controls = makeControls(() => this.moved());
    this.follow = follow;
    this.bar = make("div", { class: "controls" }, ...names.map((name) => this.controls[name].element),
      new Player([this.controls.head, this.controls.layer], () => this.moved()).element);
    this.picture = new Picture();
    this.choose({ ...OPENING, ...choice });
  }

  /** Where the controls stand: layer and threshold numbers; head and query a number or "all". */
  get choice() {
    const { layer, head, filter, query, threshold, across } = this.controls;
    return { layer: layer.value, head: head.value < 0 ? ALL : head.value, filter: filter.value,
      query: query.value === ALL ? ALL : Number(query.value), threshold: threshold.value, across: across.value };
  }

  /** Set some controls, and redraw; what the record does not have is not chosen. */
  choose(choice) {
    this.fit();
    const { head, ...others } = choice;
    if (head !== undefined) this.controls.head.value = head === ALL ? -1 : head;
    for (const [name, value] of Object.entries(others)) {
      this.controls[name].value = value;
      this.fit();
    }
    this.draw();
  }

  /** Show another record; the choices stay where they can. */
  show(record, choice = {}) {
    this.record = record;
    this.choose(choice);
  }

  /** Give the controls the ranges of the record. */
  fit() {
    const { record, controls } = this, [nLayers, nHeads] = record.weights.shape;
    controls.layer.reach(nLayers - 1);
    controls.head.reach(nHeads - 1);
    offerFilters(controls.filter, record);
    const side = "ab".indexOf(controls.filter.value[0]), isAll = controls.filter.value === ALL;
    const queries = [...record.tokens.entries()].filter(([place]) => isAll || record.segmentIds[place] === side);
    controls.query.offer([[ALL, say("controls.all_queries")],
      ...queries.map(([place, token]) => [String(place), `${place} ${clip(visible(token), LONGEST)}`])]);
  }

  moved() {
    this.fit();
    if (!this.waiting) {                                     // all moves within one frame are drawn once
      this.waiting = requestAnimationFrame(() => {
        this.waiting = null;
        this.draw();
        this.follow(this.choice);
      });
    }
  }

  draw() {
    const { head, query, ...choice } = this.choice;
    const heads = head === ALL ? null : head;
    this.view = viewHeadsEitherWay(this.record, { ...choice, heads, query: query === ALL ? null : query });
    this.picture.show(this.view);
  }
}

/** The same on the learner's own sentences. */
export class HeadsOfText extends TextExplorer {
  makeControls() {
    this.heads = new HeadExplorer(this.record, {}, { follow: () => this.follow() });
    return this.heads.controls;
  }

  get choice() { return this.heads.choice; }

  makeBar() { return this.heads.bar; }

  get parts() { return [this.boxes.element, this.bar, this.notice.element, this.heads.picture.element]; }

  set(choice) { this.heads.choose(choice); }

  draw() { this.heads.show(this.record); }
}

/** The same of a model that reads one text. */
export class HeadsOfOneText extends HeadsOfText {
  get asked() { return { text: "controls.next_text" }; }
}

function makeControls(follow) {
  const layer = (number) => say("views.layer_name", { layer: number });
  const head = (number) => (number < 0 ? say("controls.all_heads") : say("views.one_head", { heads: number }));
  return {
    layer: new Slider(say("controls.layer"), { called: layer, shown: String, follow }),
    head: new Slider(say("controls.head"),
      { least: -1, called: head, shown: (number) => (number < 0 ? head(number) : String(number)), follow }),
    filter: filterChooser({ follow }),
    query: new Chooser(say("controls.query"), { follow }),
    threshold: new Slider(say("controls.threshold"),
      { least: 0.01, most: 0.5, step: 0.01, value: 0.05, called: (value) => value.toFixed(2), follow }),
    across: new Tick(say("controls.across"), { follow }),
  };
}

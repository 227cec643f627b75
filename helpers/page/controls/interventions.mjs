/** A model under changes: heads and tokens switched off, positions, scale, temperature, and what comes of them. */

import { compareWith } from "../comparison.mjs";
import { captionsOf } from "../heads.mjs";
import { say } from "../text.mjs";
import { ADDED } from "../tokenizer.mjs";
import { viewChange } from "../views/change.mjs";
import { general } from "../views/numbers.mjs";
import { Chooser, Slider, Tick, button, make } from "./elements.mjs";
import { RunExplorer } from "./explorer.mjs";
import { Switches, Tokens } from "./hiding.mjs";

const AS_IS = "as_is", TEMPERATURES = [0.1, 0.25, 0.5, 1, 2, 4, 10], MASK = "[MASK]";
const UNCHANGED = { positions: AS_IS, noRoot: false, temperature: 1, hidden: [], off: [] };

/** Each change runs the model once more, changed, as `explore_interventions` of the Python package does. */
export class InterventionExplorer extends RunExplorer {
  makeControls({ follow }) {
    this.changed = { hidden: [], off: [] };
    this.tokens = new Tokens((hidden) => this.change({ hidden }));
    this.switches = new Switches((off) => this.change({ off }));
    const positions = new Chooser(say("controls.positions"), { follow });
    positions.offer([[AS_IS, say("controls.positions_as_is")], ["shuffled", say("controls.positions_shuffled")],
      ["none", say("controls.positions_none")]]);
    return { positions, noRoot: new Tick(say("controls.no_root"), { follow }),
      temperature: new Slider(say("controls.temperature"), { values: TEMPERATURES, value: 1, called: general, follow }) };
  }

  get extras() {
    return [button(say("controls.hide_special"), () => this.toggleSpecial()),
      button(say("controls.reset"), () => { this.set(UNCHANGED); this.moved(); })];
  }

  get parts() {
    const legend = (key) => make("p", { class: "legend", "aria-hidden": "true" }, say(key));
    const beside = make("div", { class: "beside" },
      make("div", {}, legend("controls.heads_off"), this.switches.element), this.picture.element);
    return [this.boxes.element, this.bar, legend("controls.hidden"), this.tokens.element, this.notice.element, beside];
  }

  get choice() { return { ...super.choice, ...this.changed }; }

  /** Set controls and changes; a token or a head that there is not is left out. */
  set({ hidden = this.changed.hidden, off = this.changed.off, ...choice }) {
    super.set(choice);
    this.changed = { hidden: hidden.filter(Number.isInteger), off: off.filter(({ length }) => length === 2) };
    this.fit();
  }

  change(changed) {
    Object.assign(this.changed, changed);
    this.moved();
  }

  fit() {
    const { tokens, weights: { shape: [nLayers, nHeads] } } = this.record;
    const { hidden, off } = this.changed;
    this.changed = { hidden: hidden.filter((place) => place < tokens.length),
      off: off.filter(([layer, head]) => layer < nLayers && head < nHeads) };
    if (this.captioned !== this.record) Object.assign(this, { captioned: this.record, captions: captionsOf(this.record) });
    this.tokens.show(tokens, this.changed.hidden);
    this.switches.show(nLayers, nHeads, this.changed.off, {}, this.captions);
  }

  /** Hide [CLS] and [SEP], or show them again where all are hidden. */
  toggleSpecial() {
    const hidden = new Set(this.changed.hidden), { tokens } = this.record;
    const special = [...tokens.keys()].filter((place) => ADDED.test(tokens[place]));
    const all = special.every((place) => hidden.has(place));
    for (const place of special) if (all) hidden.delete(place); else hidden.add(place);
    this.change({ hidden: [...hidden].sort((one, other) => one - other) });
  }

  notices() {
    const { notices, tokens } = this.record;
    return tokens.includes(MASK) ? notices : [...notices, say("controls.no_mask")];
  }

  /** A token stays hidden where the same token stands at the same place. */
  run() {
    const { tokens } = this.record;
    super.run();
    this.changed.hidden = this.changed.hidden.filter((place) => tokens[place] === this.record.tokens[place]);
    this.fit();
  }

  draw() {
    const { positions, noRoot, temperature, hidden, off } = this.choice;
    this.picture.show(viewChange(compareWith(this.record, { headsOff: off, hiddenTokens: hidden,
      positions: positions === AS_IS ? null : positions, scale: noRoot ? 1 : null, temperature })));
  }
}

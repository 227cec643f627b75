/** The sinusoidal encoding under sliders, as `explore_positions` of the Python package shows it. */

import { say } from "../text.mjs";
import { range } from "../views/numbers.mjs";
import { viewPositions } from "../views/positions.mjs";
import { Slider } from "./elements.mjs";
import { Explorer } from "./explorer.mjs";
import { Player } from "./play.mjs";

const WIDTHS = range(1, 9).map((power) => 2 ** power), BASES = range(1, 7).map((power) => 10 ** power), MOST = 128;

/** Five sliders and the picture; no model is needed. */
export class PositionExplorer extends Explorer {
  constructor(place) {
    super();
    this.begin(place, { width: 64, length: 50, base: 10_000, first: 3, second: 10 });
    this.draw();
  }

  makeControls(follow) {
    const grouped = (base) => base.toLocaleString("en"), place = { most: MOST - 1, ...follow };
    const controls = {
      width: new Slider(say("controls.d_model"), { values: WIDTHS, value: 64, ...follow }),
      length: new Slider(say("controls.length"), { least: 2, most: MOST, value: 50, ...follow }),
      base: new Slider(say("controls.base"), { values: BASES, value: 10_000, called: grouped, ...follow }),
      first: new Slider(say("controls.first"), place), second: new Slider(say("controls.second"), place),
    };
    this.player = new Player([controls.second], () => this.moved());
    return controls;
  }

  get parts() { return [this.bar, this.picture.element]; }

  /** Keep both positions below the length. */
  fit() {
    const { length, first, second } = this.controls;
    for (const place of [first, second]) place.reach(length.value - 1);
  }

  draw() {
    const { width, length, base, first, second } = this.choice;
    this.picture.show(viewPositions({ length, dModel: width, base, pair: [first, second] }));
  }
}

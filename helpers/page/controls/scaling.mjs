/** The factor 1/sqrt(d) under sliders, as `explore_scaling` of the Python package shows it. */

import { say } from "../text.mjs";
import { general } from "../views/numbers.mjs";
import { viewScaling } from "../views/scaling.mjs";
import { Slider } from "./elements.mjs";
import { Explorer } from "./explorer.mjs";
import { Player } from "./play.mjs";

const TEMPERATURES = [0.25, 0.5, 1, 2, 4];

/** Two sliders and the picture; no model is needed. */
export class ScalingExplorer extends Explorer {
  /**
   * @param {Element} place
   * @param {Object} opening scores: of the keys, for each d; choice: where the sliders stand at first
   */
  constructor(place, { scores, choice }) {
    super();
    this.scores = scores;
    this.begin(place, choice);
    this.draw();
  }

  makeControls(follow) {
    const sizes = Object.keys(this.scores).map(Number);
    const controls = {
      d: new Slider(say("controls.d"), { values: sizes, ...follow }),
      temperature: new Slider(say("controls.temperature"),
        { values: TEMPERATURES, called: (one) => general(one), ...follow }),
    };
    this.player = new Player([controls.d], () => this.moved());
    return controls;
  }

  get parts() { return [this.bar, this.picture.element]; }

  draw() {
    this.picture.show(viewScaling(this.scores[this.choice.d], this.choice));
  }
}

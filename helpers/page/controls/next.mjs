/** The next token under sliders, as `explore_next` of the Python package shows it; the text is the one it was made for. */

import { say } from "../text.mjs";
import { viewNext } from "../views/next.mjs";
import { fixed, general } from "../views/numbers.mjs";
import { Notice, Slider } from "./elements.mjs";
import { Explorer } from "./explorer.mjs";
import { Player } from "./play.mjs";
import { unpackedNext } from "./records.mjs";

const TEMPERATURES = [0.1, 0.2, 0.3, 0.5, 0.7, 0.8, 1, 1.2, 1.5, 2, 3, 5], MOST_K = 50, LEAST_P = 0.05;

/** Three sliders and the picture; no model is needed for a text whose logits the page was given. */
export class NextExplorer extends Explorer {
  constructor(place, next) {
    super();
    this.next = unpackedNext(next);
    this.notice = new Notice();
    this.notice.tell([say("site.this_text")]);
    this.begin(place, { temperature: 1, k: 0, p: 1 });
    this.draw();
  }

  makeControls(follow) {
    const cut = (value) => (value ? String(value) : say("next_tokens.all"));
    const share = (value) => (value < 1 ? fixed(value, 2) : say("next_tokens.all"));
    const controls = {
      temperature: new Slider(say("controls.temperature"),
        { values: TEMPERATURES, value: 1, called: (one) => general(one), ...follow }),
      k: new Slider(say("controls.top_k"), { most: MOST_K, value: 0, called: cut, ...follow }),
      p: new Slider(say("controls.top_p"), { least: LEAST_P, most: 1, step: 0.05, value: 1, called: share, ...follow }),
    };
    this.player = new Player([controls.temperature], () => this.moved());
    return controls;
  }

  get parts() { return [this.bar, this.notice.element, this.picture.element]; }

  draw() {
    const { temperature, k, p } = this.choice;
    this.picture.show(viewNext(this.next, { temperature, topK: k || null, topP: p >= 1 ? null : Number(p.toFixed(2)) }));
  }
}

/** What matters for a prediction under sliders, as `explore_importance` of the Python package shows it. */

import { measureImportance } from "../importance.mjs";
import { say } from "../text.mjs";
import { viewImportance } from "../views/importance.mjs";
import { range } from "../views/numbers.mjs";
import { Slider } from "./elements.mjs";
import { TextExplorer } from "./explorer.mjs";
import { Player } from "./play.mjs";

const ALL = "all", PATIENCE = 50;            // milliseconds of measuring after which the page may do something else

/** Boxes for text and answer, sliders for layer and head; only another text or answer is measured. */
export class ImportanceExplorer extends TextExplorer {
  get asked() { return { text: "controls.next_text", answer: "controls.answer" }; }

  get hint() { return "controls.answer_hint"; }

  makeControls(follow) {
    const { weights } = this.record, slider = (name, all, count, called) => new Slider(name, { ...follow,
      values: [ALL, ...range(0, count)], value: ALL, called: (one) => (one === ALL ? all : called(one)),
      shown: (one) => (one === ALL ? all : String(one)) });
    const controls = {
      layer: slider(say("controls.layer"), say("controls.all_layers"), weights.length,
        (layer) => say("views.layer_name", { layer })),
      head: slider(say("controls.head"), say("controls.all_heads"), weights[0].length,
        (heads) => say("views.one_head", { heads })),
    };
    this.player = new Player([controls.head, controls.layer], () => this.moved());
    return controls;
  }

  /** Measure what the boxes hold, unless that is under way; until it is there the picture is faint. */
  async run() {
    const texts = this.boxes.value, asked = texts.join("\n");
    if (this.measuring?.asked !== asked) this.measuring = this.measure(asked, ...texts);
    const { measuring, place } = this;
    place.ariaBusy = "true";
    try {
      this.record = await measuring.found;
      this.ran = texts;
    } finally {
      if (this.measuring === measuring) place.ariaBusy = null;
    }
  }

  /** Begin to measure, with pauses in which the page lives on; where something else is asked for, it ends. */
  measure(asked, text, answer) {
    let since = performance.now();
    const measuring = { asked, found: measureImportance(this.loaded, text, answer.trim() || null, async () => {
      if (performance.now() - since < PATIENCE) return;
      await new Promise((goOn) => setTimeout(goOn));
      if (this.measuring !== measuring) throw new Error("something else is asked for");
      since = performance.now();
    }) };
    return measuring;
  }

  draw() {
    const { layer, head } = this.choice, one = (value) => (value === ALL ? null : value);
    this.picture.show(viewImportance(this.record, { layer: one(layer), head: one(head) }));
  }
}

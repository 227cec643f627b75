/** The next token under sliders, as `explore_next` of the Python package shows it, on the learner's own text. */

import { largest } from "../tensors.mjs";
import { say } from "../text.mjs";
import { viewNext } from "../views/next.mjs";
import { fixed, general } from "../views/numbers.mjs";
import { clip, visible } from "../views/svg.mjs";
import { Slider } from "./elements.mjs";
import { TextExplorer } from "./explorer.mjs";
import { Player } from "./play.mjs";

const TEMPERATURES = [0.1, 0.2, 0.3, 0.5, 0.7, 0.8, 1, 1.2, 1.5, 2, 3, 5], MOST_K = 50, LEAST_P = 0.05;
const BARS = 12, LAST = 8, ROOM = 44, AROUND = /^(?:<s>|<\/s>|\[PAD\])$/;

/** What is drawn of a GPT's record: the end of its text, the likeliest next tokens, the logits of the vocabulary. */
function nextOf({ tokens, logits, vocabulary, notices }) {
  const own = tokens.filter((token) => !AROUND.test(token)).map(visible);
  return { text: clip(own.slice(-LAST).join(" "), ROOM), logits: Array.from(logits), notices,
    tokens: largest(logits, BARS).map((id) => vocabulary[id]) };
}

/** A box for the text, three sliders and the picture; only another text runs the model. */
export class NextExplorer extends TextExplorer {
  get asked() { return { text: "controls.next_text" }; }

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

  run() {
    super.run();
    this.record = nextOf(this.record);
  }

  draw() {
    const { temperature, k, p } = this.choice;
    const topK = k || null, topP = p >= 1 ? null : Number(p.toFixed(2));
    this.picture.show(viewNext(this.record, { temperature, topK, topP }));
  }
}

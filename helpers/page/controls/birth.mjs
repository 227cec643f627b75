/** A course model's training under a slider, as `explore_birth` of the Python package shows it; nothing is run. */

import { say } from "../text.mjs";
import { viewBirth } from "../views/birth.mjs";
import { viewHeads } from "../views/heads.mjs";
import { fixed, range, thousands } from "../views/numbers.mjs";
import { Chooser, Notice, Slider, make } from "./elements.mjs";
import { Explorer, layerSlider } from "./explorer.mjs";
import { Picture } from "./picture.mjs";
import { Player } from "./play.mjs";
import { attentionAt, unpackedTraining } from "./records.mjs";

const ALL = "all";
const NEARLY_EVEN = 2;                                      // times an even share, as in the Python package
const THRESHOLD = 0.05;                                     // of `viewHeads`

/** What formed when, what the model said at one step, and its head view; a move is a look-up and a redraw. */
export class BirthExplorer extends Explorer {
  /**
   * @param {Element} place
   * @param {{training: Object, choice: Object}} opening as the Python package packed it, and where controls stand
   */
  constructor(place, { training, choice }) {
    super();
    this.training = training;
    this.growth = new Picture(place.querySelector("svg"));
    this.notice = new Notice();
    this.notes = training.isCourseModel ? [] : [say("controls.another_run")];
    this.notice.tell(this.notes);
    this.said = make("p", { class: "result" });
    this.begin(place, choice);
    this.tell();
    this.ready = unpackedTraining(training).then((whole) => { this.training = whole; this.draw(); });
  }

  makeControls(follow) {
    const { steps, texts, cloze, order, shape: [, nLayers, nHeads] } = this.training;
    const named = (head) => (head < 0 ? say("controls.all_heads") : say("views.one_head", { heads: head }));
    const controls = {
      step: new Slider(say("controls.training_step"), { values: steps, value: steps[0], called: thousands, ...follow }),
      text: new Chooser(say("controls.seen_text"), follow), part: new Chooser(say("controls.shown"), follow),
      layer: layerSlider({ most: nLayers - 1, ...follow }),
      head: new Slider(say("controls.head"), { least: -1, most: nHeads - 1, called: named,
        shown: (head) => (head < 0 ? named(head) : String(head)), ...follow }),
      cloze: new Chooser(say("controls.cloze"), follow),
    };
    const numbered = (lines, places) => places.map((place) => [String(place), lines[place]]);
    const parts = [["cross", say("controls.shown_cross")], ["decoder", say("controls.shown_decoder")],
      ["encoder", say("controls.shown_encoder")]].filter(([part]) => part in texts[0].parts);
    const offers = { text: numbered(texts.map(({ text }) => text.replaceAll("\n", " / ")), order.text), part: parts,
      cloze: numbered(cloze.map(({ sentence }) => sentence), order.cloze) };
    for (const [name, options] of Object.entries(offers)) {
      if (options.length > 1) controls[name].offer(options); else delete controls[name];
    }
    this.onlyPart = parts[0][0];
    this.player = new Player([controls.step], () => this.moved());
    return controls;
  }

  /** Play stands beside what it moves. */
  makeBar() {
    const [step, ...others] = Object.values(this.controls).map(({ element }) => element);
    return make("div", { class: "controls" }, step, this.player.element, ...others);
  }

  get parts() {
    return [this.bar, this.growth.element, this.said, this.notice.element, this.picture.element];
  }

  get choice() {
    const choice = super.choice;
    return { ...choice, head: choice.head < 0 ? ALL : choice.head };
  }

  set(choice) { super.set(choice.head === ALL ? { ...choice, head: -1 } : choice); }

  /** Say what the model made of the text at this step, or of the gap. */
  tell() {
    const { step, text, cloze } = this.choice, { steps, texts, cloze: lines } = this.training, at = steps.indexOf(step);
    const line = lines[cloze];
    this.said.textContent = line
      ? say("controls.guesses", { sentence: line.sentence, guesses: line.guesses[at].join(" · ") })
      : `${texts[text].text} → ${texts[text].said[at]}`;
  }

  draw() {
    this.tell();
    if (!this.training.stored) return;                        // the weights are still being unpacked
    const { step, text, part = this.onlyPart, layer, head } = this.choice;
    const record = attentionAt(this.training, step, Number(text), part);
    const heads = head === ALL ? null : head, times = timesEven(record, layer, heads);
    this.picture.show(viewHeads(record, { layer, heads, threshold: THRESHOLD }));
    this.growth.show(viewBirth(this.training, { layer, head: heads ?? 0, step }));
    this.notice.tell([...this.notes, ...(times < NEARLY_EVEN
      ? [say("controls.nearly_even", { times: fixed(times, 1), threshold: THRESHOLD })] : [])]);
  }
}

/**
 * How many times an even share the largest weight of a middling row is: few lines would read as no attention.
 *
 * @param {Object} record as `attentionAt` gives it
 * @param {number} layer
 * @param {?number} head null for all heads
 */
function timesEven({ keyTokens, weights: { data, shape: [, nHeads, nQueries, nKeys] } }, layer, head) {
  const weight = (row, key) => data[row * nKeys + key], rows = data.length / nKeys, first = layer * nHeads * nQueries;
  const sees = (row) => (row % nQueries) + 1;               // where each token sees those before it alone
  const isCausal = !keyTokens
    && range(0, rows).every((row) => range(sees(row), nKeys).every((key) => !weight(row, key)));
  const [from, to] = head === null ? [0, nHeads] : [head, head + 1];
  const times = range(first + from * nQueries, first + to * nQueries).map((row) =>
    Math.max(...range(0, nKeys).map((key) => weight(row, key))) * (isCausal ? sees(row) : nKeys));
  return times.sort((one, other) => one - other)[Math.floor((times.length - 1) / 2)];
}

/** A course model's training under a slider, as `explore_birth` of the Python package shows it; nothing is run. */

import { say } from "../text.mjs";
import { viewBirth } from "../views/birth.mjs";
import { viewHeads } from "../views/heads.mjs";
import { thousands } from "../views/numbers.mjs";
import { Chooser, Notice, Slider, make } from "./elements.mjs";
import { Explorer, layerSlider } from "./explorer.mjs";
import { Picture } from "./picture.mjs";
import { Player } from "./play.mjs";
import { attentionAt, unpackedTraining } from "./records.mjs";

const ALL = "all";

/** The head view of one step, what the model said then, and what formed when; a move is a look-up and a redraw. */
export class BirthExplorer extends Explorer {
  /**
   * @param {Element} place
   * @param {{training: Object, choice: Object}} opening as the Python package packed it, and where controls stand
   */
  constructor(place, { training, choice }) {
    super();
    this.training = training;
    this.growth = new Picture(place.querySelectorAll("svg")[1]);
    this.notice = new Notice();
    if (!training.isCourseModel) this.notice.tell([say("controls.another_run")]);
    this.said = make("p", { class: "result" });
    this.begin(place, choice);
    this.tell();
    this.ready = unpackedTraining(training).then((whole) => { this.training = whole; this.draw(); });
  }

  makeControls(follow) {
    const { steps, texts, cloze, shape: [, nLayers, nHeads] } = this.training;
    const named = (head) => (head < 0 ? say("controls.all_heads") : say("views.one_head", { heads: head }));
    const controls = {
      step: new Slider(say("controls.training_step"), { values: steps, value: steps.at(-1), called: thousands, ...follow }),
      text: new Chooser(say("controls.seen_text"), follow), part: new Chooser(say("controls.shown"), follow),
      layer: layerSlider({ most: nLayers - 1, ...follow }),
      head: new Slider(say("controls.head"), { least: -1, most: nHeads - 1, called: named,
        shown: (head) => (head < 0 ? named(head) : String(head)), ...follow }),
      cloze: new Chooser(say("controls.cloze"), follow),
    };
    const numbered = (lines) => lines.map((line, place) => [String(place), line]);
    const parts = [["cross", say("controls.shown_cross")], ["decoder", say("controls.shown_decoder")],
      ["encoder", say("controls.shown_encoder")]].filter(([part]) => part in texts[0].parts);
    const offers = { text: numbered(texts.map(({ text }) => text.replaceAll("\n", " / "))), part: parts,
      cloze: numbered(cloze.map(({ sentence }) => sentence)) };
    for (const [name, options] of Object.entries(offers)) {
      if (options.length > 1) controls[name].offer(options); else delete controls[name];
    }
    this.onlyPart = parts[0][0];
    this.player = new Player([controls.step], () => this.moved());
    return controls;
  }

  get parts() {
    return [this.bar, this.said, this.notice.element, this.picture.element, this.growth.element];
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
    this.picture.show(viewHeads(record, { layer, heads: head === ALL ? null : head }));
    this.growth.show(viewBirth(this.training, { layer, head: head === ALL ? 0 : head, step }));
  }
}

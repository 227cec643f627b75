/** The translation view under its controls, as `explore_translation` of the Python package shows it step by step. */

import { say } from "../text.mjs";
import { viewBeams } from "../views/beams.mjs";
import { visible } from "../views/svg.mjs";
import { viewTranslation } from "../views/translation.mjs";
import { Chooser, Notice, Slider, make } from "./elements.mjs";
import { Picture } from "./picture.mjs";
import { Player } from "./play.mjs";
import { Texts, reason } from "./texts.mjs";

const AUTO = "auto", MEAN = "mean", MOST_BEAM = 4, STEPS = "steps", BEAMS = "beams";

/** A box for a text, direction and beam, a slider over the steps, and the picture; only another text is translated. */
export class TranslationExplorer {
  /**
   * @param {Object} record what is shown first
   * @param {Object} view text, target ("auto", "zh", "en") and beam that belong to it; shown ("steps", "beams") and step
   * @param {function(): Promise<Translator>} model gives the model when it is first needed
   * @param {function(Object)} follow called with the view after each change
   */
  constructor(record, view, model, follow = () => {}) {
    Object.assign(this, { record, model, follow });
    this.text = new Texts([view.text], () => this.run(), ["controls.text"]);
    this.controls = this.makeControls();
    this.notice = new Notice();
    this.result = make("p", { class: "result", "aria-live": "polite" });
    this.picture = new Picture();
    const { target, beam, shown, step, layer, head } = this.controls;
    const bar = (...controls) => make("div", { class: "controls" }, ...controls.map((control) => control.element));
    const player = new Player([step], () => this.draw());
    this.parts = [this.text.element, bar(target, beam, shown), this.notice.element, this.result,
      bar(step, player, layer, head), this.picture.element];
    this.choose(view);
    this.show(record, view);
  }

  makeControls() {
    const asked = { follow: () => this.run() }, looked = { follow: () => this.draw() };
    const token = (step) => say("site.step_name", { step, token: visible(this.record.targetTokens[step] ?? "") });
    const head = (number) => (number < 0 ? say("controls.mean_head") : say("views.one_head", { heads: number }));
    const controls = {
      target: new Chooser(say("controls.target"), asked), beam: new Chooser(say("controls.beam"), asked),
      shown: new Chooser(say("controls.shown"), looked),
      step: new Slider(say("controls.step"), { called: token, ...looked }),
      layer: new Slider(say("controls.layer"),
        { called: (layer) => say("views.layer_name", { layer }), shown: String, ...looked }),
      head: new Slider(say("controls.head"),
        { least: -1, called: head, shown: (number) => (number < 0 ? head(number) : String(number)), ...looked }),
    };
    controls.target.offer([[AUTO, say("controls.target_auto")], ["zh", say("controls.target_zh")],
      ["en", say("controls.target_en")]]);
    controls.beam.offer([["1", say("controls.greedy")],
      ...Array.from({ length: MOST_BEAM - 1 }, (_, place) => [String(place + 2), String(place + 2)])]);
    return controls;
  }

  /** What is asked for and shown now. */
  get view() {
    const { target, beam, shown, step } = this.controls;
    return { text: this.text.value[0], target: target.value, beam: Number(beam.value), shown: shown.value,
      step: step.value };
  }

  /** Set what is asked for; what cannot be chosen is left. */
  choose({ text, target, beam }) {
    this.text.value = [text];
    if ([AUTO, "zh", "en"].includes(target)) this.controls.target.value = target;
    if (beam >= 1 && beam <= MOST_BEAM) this.controls.beam.value = String(beam);
  }

  /** Translate what stands in the box, and show it as asked: from the first step on if no step is given. */
  async run(asked = {}) {
    const { text, target, beam } = this.view, turn = this.turns = (this.turns ?? 0) + 1;
    try {
      this.notice.tell([say("site.reading")]);
      const translator = await this.model();
      if (turn !== this.turns) return;
      this.show(translator.translate(text, { target: target === AUTO ? null : target, beam }), asked);
    } catch (error) {
      this.notice.tell([error.name === "TypeError" ? say("site.unread") : reason(error)], true);
    }
  }

  /** Show a record from a step on, with the head that was taught to align; its beam tree, where it has one, if asked. */
  show(record, { step = 0, shown = this.controls.shown.value } = {}) {
    this.record = record;
    const { controls } = this, [nLayers, nHeads] = record.crossWeights.shape;
    const [layer, head] = record.taughtHead ?? [nLayers - 1, -1];
    controls.step.reach(record.steps.length - 1);
    controls.layer.reach(nLayers - 1);
    controls.head.reach(nHeads - 1);
    this.controls.shown.offer([[STEPS, say("controls.shown_steps")],
      ...(record.beams?.length ? [[BEAMS, say("controls.shown_beams")]] : [])]);
    Object.entries({ shown, step, layer, head }).forEach(([name, value]) => { controls[name].value = value; });
    this.result.textContent = `${record.sourceText} → ${record.text}`;
    this.notice.tell(record.notices);
    this.draw();
  }

  draw() {
    const { shown, step, layer, head } = this.controls, asked = head.value < 0 ? MEAN : head.value;
    for (const { handle } of [step, layer, head]) handle.disabled = shown.value === BEAMS;
    this.drawn = shown.value === BEAMS ? viewBeams(this.record) : viewTranslation(this.record, { step: step.value, layer: layer.value, head: asked });
    this.picture.show(this.drawn);
    this.follow(this.view);
  }
}

/** The same in a place of a chapter, like the explorers of a BERT. */
export class TranslationOfText {
  constructor(place, { record, text }, model) {
    this.follow = () => {};
    this.opening = { text, target: AUTO, beam: 1, shown: STEPS, step: 0 };
    this.shown = new TranslationExplorer(record, this.opening, model, () => this.follow());
    place.replaceChildren(...this.shown.parts);
  }

  get view() { return this.shown.view; }

  go(view) {
    this.shown.choose(view);
    return this.shown.run(view);
  }
}

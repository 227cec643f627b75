/** What the explorers of a text share: boxes for it, controls, a line that speaks, pictures; a move is a redraw. */

import { say } from "../text.mjs";
import { Chooser, Notice, Slider, make } from "./elements.mjs";
import { Picture } from "./picture.mjs";
import { Texts, reason } from "./texts.mjs";
import { clip, visible } from "../views/svg.mjs";

const LONGEST = 16, FILTERS = ["a-a", "a-b", "b-a", "b-b"];

/** Controls that are read and set together, and drawn from once a frame; a kind says which, and how to draw. */
export class Explorer {
  /**
   * @param {Element} place what it fills; the picture that stands there stays until there is another
   * @param {Object} choice where its controls stand at first
   */
  begin(place, choice) {
    this.place = place;
    this.picture = new Picture(place.querySelector("svg"));
    this.follow = () => {};
    this.controls = this.makeControls({ follow: () => this.moved() });
    this.fit();
    this.set(choice);
    this.bar = this.makeBar();
    place.replaceChildren(...this.parts);
    this.opening = this.view;
  }

  /** The controls side by side, and what stands behind them. */
  makeBar() {
    const controls = Object.values(this.controls).map(({ element }) => element);
    return make("div", { class: "controls" }, ...controls, ...this.extras);
  }

  get extras() { return this.player ? [this.player.element] : []; }

  /** Where the controls stand, as the address holds it. */
  get view() { return this.choice; }

  get choice() {
    return Object.fromEntries(Object.entries(this.controls).map(([name, control]) => [name, control.value]));
  }

  /** Set controls one after the other, each giving the next its range. */
  set(choice) {
    for (const name of Object.keys(this.controls).filter((one) => one in choice)) {
      this.controls[name].value = choice[name];
      this.fit();
    }
  }

  /** Show a view, as `view` gave it. */
  go(view) {
    this.set(view);
    return this.answer();
  }

  /** Give the controls their ranges; they keep their choices where they can. */
  fit() {}

  /** Answer all moves within one frame at once. */
  moved() {
    this.fit();
    if (this.waiting) return;
    this.waiting = true;
    requestAnimationFrame(() => { this.waiting = false; this.answer(); });
  }

  answer() {
    this.draw();
    this.follow();
  }
}

const PAIR = { a: "controls.text_a", b: "controls.text_b" };

/** An explorer of a model's run on the learner's own text. */
export class TextExplorer extends Explorer {
  /**
   * @param {Element} place
   * @param {Object} opening record: of the run that is shown first; texts: one for each box; choice: as `begin` takes it
   * @param {function(): Promise<Bert|Gpt>} model gives the model when it is first needed
   */
  constructor(place, { record, texts, choice }, model) {
    super();
    Object.assign(this, { record, model, ran: texts });
    this.boxes = new Texts(texts, () => this.answer(), Object.values(this.asked), this.hint);
    this.notice = new Notice();
    this.begin(place, choice);
    this.notice.tell(this.notices());
    const warm = () => { if (this.mustRun) model().catch(() => {}); };      // so that the first move finds the model there
    for (const coming of ["pointerenter", "focusin"]) place.addEventListener(coming, warm, { once: true });
  }

  /** The boxes: what the address calls each, and the key of the name that a learner reads. */
  get asked() { return PAIR; }

  get parts() { return [this.boxes.element, this.bar, this.notice.element, this.picture.element]; }

  get view() {
    const texts = this.boxes.value;
    return { ...Object.fromEntries(Object.keys(this.asked).map((name, side) => [name, texts[side]])), ...this.choice };
  }

  go(view) {
    this.boxes.value = Object.keys(this.asked).map((name) => view[name]);
    return this.answer(Object.fromEntries(Object.entries(view).filter(([name]) => !(name in this.asked))));
  }

  /** Whether what is asked for needs another run. */
  get mustRun() { return this.ran.join("\n") !== this.boxes.value.join("\n"); }

  /** Run the model if it must, and redraw; the last wish alone is answered. */
  async answer(choice = {}) {
    const turn = this.turns = (this.turns ?? 0) + 1;
    try {
      if (this.mustRun) {
        if (!this.loaded) this.notice.tell([say("site.reading")]);
        this.loaded = await this.model();
        if (turn !== this.turns) return;
        await this.run();
        if (turn !== this.turns) return;
      }
      this.set(choice);
      this.draw();
      this.notice.tell(this.notices());
    } catch (error) {
      if (turn !== this.turns) return;
      this.notice.tell([error.name === "TypeError" && !this.loaded ? say("site.unread") : reason(error)], true);
    }
    this.follow();
  }

  /** Make the record; may be a promise. */
  run() {
    const texts = this.boxes.value, [text, second] = texts;
    this.record = this.loaded.run(text, second || null);
    this.ran = texts;
    this.fit();
  }

  /** What the learner should know of the run. */
  notices() { return this.record.notices; }

  /** Draw the record; what comes after the controls are set needs the whole run where `mustRun` says so. */
  draw() {}
}

/** An explorer that needs queries, keys and hidden states, which the page is not given with the first picture. */
export class RunExplorer extends TextExplorer {
  get mustRun() { return super.mustRun || !this.record.hiddenStates; }
}

/* Controls that several explorers have. */

export const layerSlider = (follow) => new Slider(say("controls.layer"),
  { called: (layer) => say("views.layer_name", { layer }), shown: String, ...follow });

export const headSlider = (follow) => new Slider(say("controls.head"),
  { called: (heads) => say("views.one_head", { heads }), shown: String, ...follow });

/** A drop-down for which sentence asks and which answers. */
export const filterChooser = (follow) => new Chooser(say("controls.filter"), follow);

/** Give it the filters that a record has. */
export function offerFilters(chooser, { sentenceBStart }) {
  const named = FILTERS.map((one) => [one, one.toUpperCase().replace("-", " → ")]);
  chooser.offer([["all", say("controls.all_tokens")], ...(sentenceBStart === null ? [] : named)]);
}

/** A drop-down whose choice is a token's place. */
export class TokenChooser extends Chooser {
  get value() { return /^\d+$/.test(super.value) ? Number(super.value) : super.value; }

  set value(value) { super.value = value; }

  /**
   * @param {string[]} tokens
   * @param {[string, string][]} first what stands before them
   * @param {number} otherwise the place that is chosen where the one before is gone; none takes what comes first
   */
  offerTokens(tokens, first = [], otherwise) {
    const named = tokens.map((token, place) => [String(place), `${place} ${clip(visible(token), LONGEST)}`]);
    this.offer([...first, ...named], otherwise === undefined ? undefined : String(otherwise));
  }
}

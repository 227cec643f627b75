/** The learner's own sentences: two boxes, and an explorer of heads that runs the model on them. */

import { CourseError, say } from "../text.mjs";
import { Notice, make } from "./elements.mjs";
import { HeadExplorer } from "./heads.mjs";

const PAUSE = 250;                                           // milliseconds without a key, after which a text counts

/** Boxes for sentences. Enter and leaving a box answer at once, typing after a short pause. */
export class Texts {
  /**
   * @param {string[]} texts what the boxes hold at first: A and B, "" for none
   * @param {function(string[])} follow called with all when they have changed
   * @param {string[]} keys of their names
   */
  constructor(texts, follow, keys = ["controls.text_a", "controls.text_b"]) {
    this.follow = follow;
    this.boxes = keys.map((key, side) => make("input", { type: "text", value: texts[side], autocomplete: "off",
      spellcheck: "false", placeholder: side ? say("controls.text_b_hint") : "", "aria-label": say(key),
      oninput: (event) => { if (!event.isComposing) this.soon(); }, oncompositionend: () => this.soon(),
      onchange: () => this.now() }));
    this.element = make("div", { class: "texts" }, ...this.boxes.map((box, side) =>
      make("label", { class: "control text" }, make("span", { "aria-hidden": "true" }, say(keys[side])), box)));
    this.told = JSON.stringify(texts);
  }

  get value() { return this.boxes.map((box) => box.value); }

  set value(texts) {
    this.boxes.forEach((box, side) => { if (box.value !== texts[side]) box.value = texts[side]; });
    this.told = JSON.stringify(this.value);
  }

  soon() {
    clearTimeout(this.waiting);
    this.waiting = setTimeout(() => this.now(), PAUSE);
  }

  now() {
    clearTimeout(this.waiting);
    if (JSON.stringify(this.value) === this.told) return;
    this.told = JSON.stringify(this.value);
    this.follow(this.value);
  }
}

/** What went wrong, as a learner may read it. */
export function reason(error) {
  if (error instanceof CourseError) return error.message;
  return say("controls.unexpected", { kind: error.name, reason: error.message });
}

/**
 * Fill a place with the head explorer of a text, and run the learner's own.
 *
 * @param {Element} place
 * @param {Object} opening record: what is shown first; texts: [A, B]; choice: where the controls stand, as in `OPENING`
 * @param {function(): Promise<Bert>} model gives the model when it is first needed
 * @returns {HeadExplorer}
 */
export function exploreHeads(place, { record, texts, choice = {} }, model) {
  const explorer = new HeadExplorer(record, choice), notice = new Notice();
  const boxes = new Texts(texts, async ([a, b]) => {
    try {
      notice.tell([say("site.reading")]);
      const bert = await model();
      if (JSON.stringify(boxes.value) !== JSON.stringify([a, b])) return;
      explorer.show(bert.run(a, b || null));
      notice.tell(explorer.record.notices);
    } catch (error) {
      notice.tell([reason(error)], true);
    }
  });
  notice.tell(record.notices);
  place.replaceChildren(boxes.element, explorer.bar, notice.element, explorer.picture);
  return explorer;
}

/** The learner's own sentences: boxes for them, and what went wrong with one. */

import { CourseError, say } from "../text.mjs";
import { make } from "./elements.mjs";

const PAUSE = 250;                                           // milliseconds without a key, after which a text counts

/** Boxes for sentences. Enter and leaving a box answer at once, typing after a short pause. */
export class Texts {
  /**
   * @param {string[]} texts what the boxes hold at first: A and B, "" for none
   * @param {function(string[])} follow called with all when they have changed
   * @param {string[]} keys of their names
   * @param {string} hint the key of what stands in an empty second box
   */
  constructor(texts, follow, keys = ["controls.text_a", "controls.text_b"], hint = "controls.text_b_hint") {
    this.follow = follow;
    this.boxes = keys.map((key, side) => make("input", { type: "text", value: texts[side], autocomplete: "off",
      spellcheck: "false", placeholder: side ? say(hint) : "", "aria-label": say(key),
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

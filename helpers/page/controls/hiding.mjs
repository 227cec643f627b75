/** What is changed at a click: words hidden behind [MASK], heads switched off. */

import { say } from "../text.mjs";
import { visible } from "../views/svg.mjs";
import { headColour } from "../views/theme.mjs";
import { make, rove } from "./elements.mjs";
import { isMask, wordsOf } from "./records.mjs";

/** The words of a text side by side, a line a sentence; a click hides one or shows it again. */
export class Words {
  /** @param {function(number[])} follow called with the places of the words that are hidden */
  constructor(follow) {
    this.follow = follow;
    this.element = make("div", { class: "words", role: "group", "aria-label": say("site.hide") });
    this.settle = rove(this.element);
  }

  /** @param {Object} text as for `wordsOf` @param {number[]} hidden */
  show(text, hidden) {
    const focused = document.activeElement?.dataset?.place, inside = this.element.contains(document.activeElement);
    const words = wordsOf(text), lines = text.sentences.map((_, segment) =>
      make("div", { class: "line" }, ...words.filter((word) => word.segment === segment)
        .map((word) => this.button(word, hidden))));
    this.hidden = words.map(({ place }) => place).filter((place) => hidden.includes(place));
    this.element.replaceChildren(...lines);
    this.settle();
    if (inside) this.element.querySelector(`[data-place="${focused}"]`)?.focus();
  }

  button({ place, name }, hidden) {
    const isHidden = hidden.includes(place);
    return make("button", { type: "button", class: "word", "data-place": place, "aria-pressed": String(isHidden),
      disabled: isMask({ name }), tabindex: "-1", onclick: () => this.toggle(place) }, name);
  }

  toggle(place) {
    this.follow(this.hidden.includes(place) ? this.hidden.filter((one) => one !== place)
      : [...this.hidden, place].sort((one, other) => one - other));
  }
}

/** The tokens of a text side by side, special ones as well; a click hides one from all, or shows it again. */
export class Tokens {
  /** @param {function(number[])} follow called with the places that are hidden */
  constructor(follow) {
    this.follow = follow;
    this.element = make("div", { class: "words line", role: "group", "aria-label": say("controls.hidden") });
    this.settle = rove(this.element);
  }

  /** @param {string[]} tokens @param {number[]} hidden */
  show(tokens, hidden) {
    this.hidden = new Set(hidden);
    if (this.tokens !== tokens) this.build(tokens);
    for (const [place, one] of [...this.element.children].entries()) {
      one.setAttribute("aria-pressed", String(this.hidden.has(place)));
    }
  }

  build(tokens) {
    this.tokens = tokens;
    this.element.replaceChildren(...tokens.map((token, place) => make("button", { type: "button", class: "word token",
      "aria-label": `${place} ${visible(token)}`, tabindex: "-1", onclick: () => this.toggle(place) }, visible(token))));
    this.settle();
  }

  toggle(place) {
    if (!this.hidden.delete(place)) this.hidden.add(place);
    this.follow([...this.hidden].sort((one, other) => one - other));
  }
}

/** A button for each head, a row a layer, in the colour of the head; pressed is switched off. */
export class Switches {
  /** @param {function([number, number][])} follow called with the [layer, head] pairs that are off */
  constructor(follow) {
    this.follow = follow;
    this.element = make("div", { class: "switches", role: "group", "aria-label": say("site.heads_off") });
    this.settle = rove(this.element, () => this.nHeads);
  }

  /**
   * Say which heads are off ([layer, head] pairs), which `shown` (its layer and head) are pictured, and what each does.
   */
  show(nLayers, nHeads, off, shown = {}, captions = null) {
    if (this.nHeads !== nHeads || this.nLayers !== nLayers) this.build(nLayers, nHeads);
    this.off = new Set(off.map(([layer, head]) => `${layer}.${head}`));
    for (const button of this.element.querySelectorAll("button")) {
      const [layer, head] = button.textContent.split(".").map(Number);
      button.setAttribute("aria-pressed", String(this.off.has(button.textContent)));
      if (captions) button.title = captions[layer][head];
      button.classList.toggle("shown", layer === shown.layer && (shown.head === "all" || shown.head === head));
    }
  }

  build(nLayers, nHeads) {
    Object.assign(this, { nLayers, nHeads });
    const numbers = [...Array(nLayers * nHeads).keys()];
    const places = numbers.map((number) => [Math.floor(number / nHeads), number % nHeads]);
    this.element.style.setProperty("--columns", nHeads);
    this.element.replaceChildren(...places.map(([layer, head]) => make("button", { type: "button", class: "switch",
      "aria-label": say("site.head_name", { layer, head }), tabindex: "-1", style: `--colour:${headColour(head)}`,
      onclick: () => this.toggle(`${layer}.${head}`) }, `${layer}.${head}`)));
    this.settle();
  }

  toggle(name) {
    if (!this.off.delete(name)) this.off.add(name);
    this.follow([...this.off].map((one) => one.split(".").map(Number)).sort(([a, b], [c, d]) => a - c || b - d));
  }
}

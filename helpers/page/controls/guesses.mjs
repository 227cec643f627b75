/** What a model guesses for each [MASK], as bars; where something is changed, beside what it guesses unchanged. */

import { say } from "../text.mjs";
import { fixed } from "../views/numbers.mjs";
import { clip, isSpecial, visible } from "../views/svg.mjs";
import { make } from "./elements.mjs";

const MASK = "[MASK]", MOST = 6, NEIGHBOURS = 3, LONGEST = 12;

/**
 * The guesses of one record or of two.
 *
 * @param {BertRecord} before unchanged
 * @param {?BertRecord} after with heads switched off, or null
 * @param {[number, number][]} off the heads that are
 * @returns {Element[]} one for each [MASK], the first six
 */
export function guesses(before, after, off) {
  const places = [...before.tokens.keys()].filter((place) => before.tokens[place] === MASK).slice(0, MOST);
  const sides = [[say("site.unchanged"), before.guesses()]];
  const heads = off.map((pair) => pair.join(".")).join(say("interventions.comma"));
  if (after) sides.push([say("site.without", { heads }), after.guesses()]);
  return places.map((place, rank) => make("section", { class: "guess" }, make("h4", {}, context(before.tokens, place)),
    make("div", { class: "sides" }, ...sides.map(([name, lists], side) =>
      make("div", { class: side ? "after" : "before" }, make("h5", {}, name), bars(lists[rank], sides[0][1][rank]))))));
}

/** A [MASK] among its neighbours. */
function context(tokens, place) {
  const around = tokens.slice(Math.max(place - NEIGHBOURS, 0), place + NEIGHBOURS + 1);
  return around.filter((token) => token === MASK || !isSpecial(token))
    .map((token) => clip(visible(token), LONGEST)).join(" ");
}

/** A bar a guess; the first guess of the unchanged model keeps its colour on both sides. */
function bars(list, unchanged) {
  return make("ol", { class: "bars" }, ...list.map(([token, probability]) =>
    make("li", { class: token === unchanged[0][0] ? "old" : "", style: `--share:${probability.toFixed(4)}` },
      make("span", { class: "token" }, visible(token)), make("span", { class: "bar", "aria-hidden": "true" }),
      make("span", { class: "number" }, chance(probability)))));
}

/** A probability as the Python views write it: 0.820, <0.001. */
export function chance(probability) {
  const words = fixed(probability, 3);
  return probability > 0 && !Number(words) ? "<0.001" : words;
}

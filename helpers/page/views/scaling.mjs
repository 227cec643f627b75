/** What the factor 1/sqrt(d) does: the same scores through softmax, without the factor and with it. */

import { softmax } from "../tensors.mjs";
import { exactly, fixed, general } from "./numbers.mjs";
import { label, number, picture } from "./svg.mjs";
import { headClass } from "./theme.mjs";
import { say } from "./words.mjs";

const WIDTH = 560, HEIGHT = 104, TOP = 54, BAR = 46, GAP = 18, LEFT = 26, BELOW = 58;

/**
 * Draw the weights that a random query gives to random keys.
 *
 * @param {number[]} scores of the keys, not divided
 * @param {{d: number, temperature: number}} choice d: numbers in each query and key
 * @returns {Object} {kind, title, text, width, height, svg}
 */
export function viewScaling(scores, { d, temperature }) {
  const weights = (root) => softmax(scores.map((score) => score / root / temperature)).map((one) => exactly(one, 3));
  const rows = Object.entries({ raw: weights(1), scaled: weights(Math.sqrt(d)) });
  const facts = { n: scores.length, d, temperature: general(temperature) }, title = say("scaling.title", facts);
  const most = Object.fromEntries(rows.map(([name, row]) => [name, fixed(Math.max(...row), 2)]));
  const panels = rows.map(([name, row], at) => panel(TOP + at * (HEIGHT + BELOW), name, row));
  return picture({ kind: "scaling", title, text: say("scaling.text", { ...facts, ...most }), width: WIDTH,
    height: 2 * (HEIGHT + BELOW) + 34, touch: "", still: label(LEFT, 26, title, "title") + panels.join("") });
}

function panel(top, name, weights) {
  const base = top + 16 + HEIGHT, look = headClass(name === "raw" ? 1 : 0);
  const bars = weights.map((weight, key) => bar(LEFT + key * (BAR + GAP), base, key, weight, look));
  return `${label(LEFT, top, say(`scaling.${name}`))}${bars.join("")}<path class="base" d="M${LEFT} ${number(base)}h${
    weights.length * (BAR + GAP) - GAP}"/>`;
}

function bar(left, base, key, weight, look) {
  const height = weight * (HEIGHT - 14), middle = left + BAR / 2;
  return `<rect class="bar ${look}" x="${number(left)}" y="${number(base - height)}" width="${BAR}" height="${
    number(height)}"/>${label(middle, base - height - 4, fixed(weight, 2), "small mid")}${
    label(middle, base + 15, say("scaling.key", { key }), "small mid muted")}`;
}

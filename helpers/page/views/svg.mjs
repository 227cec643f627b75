/** Small tools for writing SVG: measured text, numbers, elements. */

import { exactly, fixed, nearest } from "./numbers.mjs";
import { LEVELS, isWide, style } from "./theme.mjs";

/** Width of one cell (half a Chinese character) in units of the font size. */
export const CELL = 0.54;

const MOST_TICKS = 9;

const CLOSING = "[，。；：、）！？」』》】”’…]*";                     // no line begins with one of these
const BREAKS = new RegExp(`[\\u2e80-\\uffef]${CLOSING}|[^\\s\\u2e80-\\uffef]+${CLOSING}\\s*|\\s+`, "gu");
const FORBIDDEN = /[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu;
const BLANKS = /^[^\S\ufeff]+|[^\S\ufeff]+$/gu;
const FILLERS = /^[\u115f\u1160\u2800\u3164\uffa0]+|[\u115f\u1160\u2800\u3164\uffa0]+$/gu;   // draw nothing
const SPECIAL = /^(?:\[[A-Z]+\]|<[^<>]*>)$/u;
const ENTITIES = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#x27;" };

/** How many cells a text fills: 2 for a wide character, 0 for a combining mark, else 1. */
export function cells(text) {
  return [...text].reduce((total, character) => total + cellsOf(character), 0);
}

function cellsOf(character) {
  const code = character.codePointAt(0);
  if (code < 0x300) return code === 0xad ? 0 : 1;
  return /[\p{Mn}\p{Me}\p{Cf}]/u.test(character) ? 0 : isWide(code) ? 2 : 1;
}

/** How many characters a text has. */
export const length = (text) => [...text].length;

/** A token as it can be shown: blanks, control characters and what has no width by itself become signs. */
export function visible(token) {
  const shown = token.replace(/[\p{Cc}\p{Cs}]/gu, "\ufffd").replace(BLANKS, "").replace(FILLERS, "");
  if (!shown || cells(shown)) return shown || "␣";
  return /^[\p{Mn}\p{Me}]/u.test(shown) ? `◌${shown}` : "\ufffd";
}

/** Whether a token is one of the model's own signs, as [CLS] or <2zh>. */
export const isSpecial = (name) => SPECIAL.test(name);

/** The text, cut with "…" where it fills more than `most` cells. */
export function clip(text, most) {
  if (cells(text) <= most) return text;
  let kept = "", filled = 0;
  for (const character of text) {
    filled += cellsOf(character);
    if (filled >= most) break;
    kept += character;
  }
  return `${kept}…`;
}

/** The text in lines of at most `most` cells, broken at spaces or between Chinese characters. */
export function wrap(text, most) {
  const lines = [""];
  let filled = 0;
  for (const piece of text.match(BREAKS) ?? []) {
    if (lines.at(-1) && filled + cells(piece.trimEnd()) > most) {
      lines.push("");
      filled = 0;
    }
    lines[lines.length - 1] += piece;
    filled += cells(piece);
  }
  return lines.map((line) => line.trim());
}

/** A coordinate with at most one decimal. */
export function number(value) {
  return Number.isInteger(value) && value ? String(value) : fixed(value, 1).replace(/\.0$/, "");
}

/** The smallest of 1, 2, 5, 10, … that gives a span at most nine ticks; fractions where it is short. */
export function niceStep(span) {
  const power = 10 ** Math.floor(Math.log10(span));
  const steps = [power / 10, power].flatMap((scale) => [1, 2, 5].map((digit) => scale * digit));
  return steps.find((step) => span / step <= MOST_TICKS);
}

/** Text that is safe inside SVG, between tags and inside attributes. */
export function escape(text) {
  return text.replace(FORBIDDEN, "\ufffd").replace(/[&<>"']/g, (character) => ENTITIES[character]);
}

/** A `<text>` element. */
export function label(x, y, content, classes = "") {
  const chosen = classes && ` class="${classes}"`;
  return `<text x="${number(x)}" y="${number(y)}"${chosen}>${escape(content)}</text>`;
}

/** The path of a rectangle. */
export const box = (x, y, width, height) =>
  `M${number(x)} ${number(y)}h${number(width)}v${number(height)}h-${number(width)}z`;

/** The step, 0 to 10, at which a weight in [0, 1] is drawn; 0 is too faint to draw. */
export const level = (weight) => nearest(weight * LEVELS);

/** A number as it is written: a true minus sign, and a sign for minus infinity. */
export function shown(value, digits = 2) {
  return value === -Infinity ? "−∞" : fixed(exactly(value, digits), digits).replace("-", "−");
}

/** Lines of text below one another. */
export function paragraph(lines, x, top, { line = 17, classes = "small muted" } = {}) {
  return lines.map((words, row) => label(x, top + line * row, words, classes)).join("");
}

/** Place what speaks where it is pointed at, or reached by Tab, into a group. */
export function spoken(kind, words, content) {
  return `<g class="${kind}" tabindex="0" role="img" aria-label="${escape(words)}">${content}</g>`;
}

/**
 * A whole picture.
 *
 * @param {Object} view
 * @param {string} view.kind names it; its rules start from the class `sav-<kind>`
 * @param {string} view.title a short heading
 * @param {string} view.text one sentence that says what the picture shows
 * @param {number} view.width
 * @param {number} view.height
 * @param {string} view.still the elements that are always drawn
 * @param {string} view.touch those that answer hover and focus; they lie beneath
 * @returns {Object} the view with its `svg`, the same string as Python's `view.svg`
 */
export function picture({ still, touch, ...view }) {
  const [width, height] = [view.width, view.height].map(number);
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" class="sav sav-${view.kind}" width="${width}" `
    + `height="${height}" viewBox="0 0 ${width} ${height}" role="group" aria-label="${escape(view.text)}">`
    + `${style(view.kind)}${touch}${still}</svg>`;
  return { ...view, svg };
}

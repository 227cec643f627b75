/** How much each token matters for a prediction: a row for each measure, a column for each token. */

import { fixed, largest } from "./numbers.mjs";
import { CELL, cells, clip, label, number, paragraph, picture, shown, visible, wrap } from "./svg.mjs";
import { SMALL } from "./theme.mjs";
import { say } from "./words.mjs";

const MARGIN = 24, TOP = 92, ROW = 34, SIDE = 176, ORDER = 64;
const LEAST = 46, MOST = 92, NARROWEST = 420, LONGEST = 10, LINE = 17;

/**
 * Draw what each measure says of each token: blue speaks for the prediction, orange against it.
 *
 * @param {Importance} importance of one prediction
 * @param {{layer: ?number, head: ?number}} choice null for the mean of all layers, for all heads together
 * @returns {Object} {kind, title, text, width, height, svg}
 */
export function viewImportance(importance, { layer, head }) {
  const scores = importance.scores(layer, head), names = Object.keys(scores), tokens = importance.tokens.map(visible);
  const longest = Math.max(...tokens.map((token) => cells(clip(token, LONGEST))));
  const column = Math.min(Math.max(LEAST, longest * 7.2 + 12), MOST);
  const table = { tokens, scores, column, end: SIDE + column * tokens.length }, bottom = TOP + ROW * names.length;
  const title = say("importance.title",
    { answer: visible(importance.answer), probability: fixed(importance.probability, 2) });
  const chosen = (layer === null ? say("importance.all_layers") : say("importance.layer", { layer }))
    + (head === null ? say("importance.all_heads") : say("importance.head", { head }));
  const width = Math.max(table.end + ORDER + MARGIN, NARROWEST);
  const note = wrap(say("importance.note"), Math.trunc((width - 2 * MARGIN) / (CELL * SMALL)));
  const still = label(MARGIN, 32, title, "title") + label(MARGIN, 54, chosen, "small muted") + heading(table)
    + names.map((name, at) => row(table, name, TOP + ROW * at)).join("") + paragraph(note, MARGIN, bottom + 24);
  const best = names.map((name) =>
    say("importance.best", { measure: say(`importance.${name}`), token: tokens[largest(scores[name])] }));
  const text = say("importance.text", { title, chosen, best: best.join(say("views.comma")) });
  return picture({ kind: "importance", title, text, width, height: bottom + 22 + LINE * note.length, touch: "", still });
}

/** The tokens above their columns. */
function heading({ tokens, column, end }) {
  return tokens.map((token, place) =>
    label(SIDE + column * place + column / 2, TOP - 10, clip(token, LONGEST), "mid")).join("")
    + label(end + ORDER / 2 + 6, TOP - 10, say("importance.order"), "small mid muted");
}

/** One measure: its name, a box a token, the largest framed, and how like its order is to the last row's. */
function row({ tokens, scores, column, end }, name, top) {
  const score = scores[name], most = Math.max(...score.map(Math.abs), 1e-12), middle = top + ROW / 2 + 4;
  const order = tokens.length < 2 || name === "ablation" ? NaN : spearman(score, scores.ablation);
  const box = (look, x, y, width, height, more) => `<rect class="${look}" x="${number(x)}" y="${number(y)}" width="${
    number(width)}" height="${height}"${more}/>`;
  const boxes = score.map((one, place) => {
    const x = SIDE + column * place, share = fixed(0.5 * (Math.abs(one) / most), 2);
    return box(one >= 0 ? "for" : "against", x, top, column, ROW, ` fill-opacity="${share}"`)
      + box("edge", x, top, column, ROW, "") + label(x + column / 2, middle, figure(one), "tiny mid");
  });
  const best = box("best", SIDE + column * largest(score) + 1, top + 1, column - 2, ROW - 2, ' rx="3"');
  return label(SIDE - 8, middle, say(`importance.${name}`), "small end") + boxes.join("") + best
    + label(end + ORDER / 2 + 6, middle, Number.isNaN(order) ? "" : figure(order), "small mid");
}

/** A score as short as a cell needs it. */
const figure = (score) => shown(score, Math.abs(score) >= 10 ? 1 : 2);

/** The correlation of the ranks of two lists of numbers, -1 to 1; NaN where one has no order (Spearman 1904). */
function spearman(...sides) {
  const [first, second] = sides.map((side) => ranks(side).map((rank) => rank - (side.length + 1) / 2));
  const product = (one, other) => one.reduce((sum, number, place) => sum + number * other[place], 0);
  return product(first, second) / Math.sqrt(product(first, first) * product(second, second));
}

/** The rank of each number, 1 the smallest; equal numbers share the mean of their ranks. */
const ranks = (numbers) => numbers.map((number) => numbers.filter((other) => other < number).length
  + (numbers.filter((other) => other === number).length + 1) / 2);

/**
 * The view of an edited query: one of its numbers moved, and what becomes of its row of weights.
 *
 *     viewEditedQuery(cell, editQuery(cell.steps, 4, -10)).svg             // of trace.mjs, as the cell
 */

import { diverging, heading, inFigures, palette, roundedSteps } from "./neurons.mjs";
import { largest, nearest } from "./numbers.mjs";
import { raster } from "./raster.mjs";
import { tokenName } from "./selection.mjs";
import { CELL, cells, clip, isSpecial, label, number, picture, shown as figures, visible } from "./svg.mjs";
import { TEXT, headClass } from "./theme.mjs";
import { say } from "./words.mjs";

const MARGIN = 20, THIN = 16, STRIP_TOP = 74, STRIP_STEP = 28, HEADER = 158, TOP = 182;
const NUMBER = 64, BAR = 220, GAP = 26, LONGEST_TOKEN = 16, MANY = 32, BOLD = 14.5, FAINT = 0.005;

/**
 * Draw what becomes of a row of weights when one number of its query is moved.
 *
 * @param {Object} cell as `cellOf` of trace.mjs returns it
 * @param {Object} now as `editQuery` of trace.mjs returns it
 * @returns {Object} {kind, title, text, width, height, svg}
 */
export function viewEditedQuery(cell, now) {
  const { neuron, change, query, scores, weights } = now;
  const layout = layoutOf({ ...cell, neuron, change, before: roundedSteps(cell.steps),
    after: roundedSteps({ query, scores, weights }) });
  const { edit } = layout, how = say("query.how", { neuron, d_head: cell.dHead, change: figures(change),
    root: figures(Math.sqrt(cell.dHead)) });
  const still = label(MARGIN, 33, heading(cell), "title") + strip(layout, "before", 0) + strip(layout, "after", 1)
    + moved(layout) + header(layout) + cell.tokens.map((_, key) => row(layout, key)).join("")
    + label(MARGIN, layout.bottom + 26, how, "small muted");
  return picture({ kind: "query", title: heading(cell), text: sentence(edit), width: layout.right + MARGIN,
    height: layout.bottom + 42, touch: "", still });
}

function layoutOf(edit) {
  const names = edit.tokens.map((token) => clip(visible(token), LONGEST_TOKEN));
  const [row, font] = names.length <= MANY ? [20, 13] : [15, 11];
  const widest = Math.max(...[say("query.before"), say("query.after"), ...names].map(cells));
  const left = nearest(MARGIN + widest * CELL * TEXT + 12), bars = left + 3 * NUMBER + GAP;
  const right = bars + BAR + 2 * NUMBER - 8;
  return { edit, names, row, font, left, bars, right, bottom: TOP + row * names.length, ends: { number: left + NUMBER - 10,
    scoreWas: left + 2 * NUMBER, scoreNow: left + 3 * NUMBER, weightWas: bars + BAR + NUMBER - 8, weightNow: right } };
}

/** The query as a strip of cells in two colours, and a frame around the number that moves. */
function strip({ edit, left, right }, when, order) {
  const top = STRIP_TOP + STRIP_STEP * order, width = right - left, numbers = edit[when].query;
  const cell = width / numbers.length, full = Math.max(...edit.before.query.map(Math.abs));
  return label(left - 8, top + 12, say(when === "before" ? "query.before" : "query.after"), "end")
    + raster(left, top, [width, THIN], [diverging(numbers, full)], palette()) + frame("edge", left, top, width, THIN)
    + frame("chosen", left + cell * edit.neuron, top - 2, cell, THIN + 4);
}

function frame(name, x, y, width, height) {
  const [across, down] = [width, height].map(number);
  return `<path class="${name}" d="M${number(x)} ${number(y)}h${across}v${down}h-${across}z"/>`;
}

/** Above its frame which number moves, and from where to where. */
function moved({ edit, left, right }) {
  const { neuron } = edit, [was, now] = [edit.before, edit.after].map(({ query }) => inFigures(query[neuron]));
  const words = say("query.moved", { neuron, was, now }), half = cells(words) * CELL * BOLD / 2;
  const middle = left + (right - left) * (neuron + 0.5) / edit.after.query.length;
  return label(Math.min(Math.max(middle, left + half), right - half), STRIP_TOP - 10, words, "mid head");
}

function header({ edit, ends, bars, bottom }) {
  const names = [label(ends.number, HEADER, say("query.number", { neuron: edit.neuron }), "head end"),
    label(bars + BAR / 2, HEADER, say("query.bars"), "small muted mid")];
  for (const step of ["score", "weight"]) {
    names.push(label(ends[`${step}Was`] + 14, HEADER - 16, say(`query.${step}`), "head mid"),
      label(ends[`${step}Was`], HEADER, say("query.was"), "small muted end"),
      label(ends[`${step}Now`], HEADER, say("query.now"), "small muted end"));
  }
  return `${names.join("")}<path class="edge" d="M${number(bars)} ${TOP}V${bottom}"/>`;
}

/** A key's numbers, and its weight as two bars, the old one in outline, the new one filled. */
function row({ edit, names, row: height, font, left, bars, ends }, key) {
  const { before, after } = edit, y = TOP + height * (key + 0.5), line = y + 0.36 * font, thick = height - 8;
  const numbers = { number: before.keys[key][edit.neuron], scoreWas: before.scores[key], scoreNow: after.scores[key],
    weightWas: before.weights[key], weightNow: after.weights[key] };
  const written = Object.entries(numbers).map(([column, value]) =>
    label(ends[column], line, inFigures(value), "num")).join("");
  const drawn = [[`now ${headClass(edit.head)}`, numbers.weightNow, thick], ["was", numbers.weightWas, thick + 4]]
    .map(([look, weight, down]) => (weight < FAINT ? "" : frame(look, bars, y - down / 2, BAR * weight, down))).join("");
  const special = isSpecial(names[key]) ? " special" : "";
  return `<g font-size="${font}">${label(left - 8, line, names[key], `end${special}`)}${written}</g>${drawn}`;
}

/** Which number moved, whose weight moved most, and who has most now. */
function sentence(edit) {
  const { neuron, tokens, before, after } = edit, best = largest(after.weights);
  const facts = { title: heading(edit), neuron, d_head: edit.dHead, value: inFigures(before.query[neuron]),
    best: tokenName(tokens, best), weight: inFigures(after.weights[best]) };
  if (!edit.change) return say("query.unchanged", facts);
  const most = largest(after.weights.map((weight, key) => Math.abs(weight - before.weights[key])));
  return say("query.changed", { ...facts, now: inFigures(after.query[neuron]), moved: tokenName(tokens, most),
    moved_was: inFigures(before.weights[most]), moved_now: inFigures(after.weights[most]) });
}

/**
 * The neuron view: all that one head computes for one token, from its vector through query, keys and values.
 *
 *     viewNeurons(cellOf(bert.run("I like tea."), { token: 1, layer: 3, head: 0 })).svg
 */

import { descending, fixed, largest, nearest, quantile, range, rounded } from "./numbers.mjs";
import { raster, shades } from "./raster.mjs";
import { tokenName } from "./selection.mjs";
import {
  CELL, cells, clip, isSpecial, label, length, number, paragraph, picture, spoken, visible, wrap,
} from "./svg.mjs";
import { SMALL, headClass, negativeColour, positiveColour, touchStyle } from "./theme.mjs";
import { say } from "./words.mjs";

const MARGIN = 20, GAP = 18, LINE = 17, STRIP = 160, THIN = 14, NUMBER = 56, BAR = 60, WEIGHT = 38, LONGEST_TOKEN = 16;
const A_LINE = 4, SMALL_LINE = 12, BLOCK = 36, INPUT_TOP = 66, QUERY_TOP = 94, HEADER = 136, TOP = 160;
const ROWS = [[16, 20, 13], [32, 17, 12], [64, 15, 11], [Infinity, 13, 10]], FAINT = 0.005;
const AFTER = ["share", "attentionOutput", "residualSum", "attended"];
const VECTORS = ["inputs", "query", "context", ...AFTER];
const TABLES = { keys: "key", products: "product", values: "value", weightedValues: "weighted" };
const SCALARS = ["dotProducts", "scores", "weights"];
const STEPS = 7, GROUND = 2 * STEPS + 1, FULL = 0.97, MOST_KEYS = 2, MOST_ENTRIES = 12, WIDTH = 6;
const CAPTIONS = { inputs: "neurons.input", query: "neurons.query", context: "neurons.context", share: "neurons.share",
  attentionOutput: "neurons.attention_output", residualSum: "neurons.residual_sum", attended: "neurons.attended" };

/**
 * Draw one attention cell.
 *
 * @param {Object} cell as `cellOf` of trace.mjs returns it
 * @returns {Object} {kind, title, text, width, height, svg}
 */
export function viewNeurons(cell) {
  const shown = { ...cell, numbers: roundedSteps(cell.steps) }, layout = layoutOf(shown);
  const chosen = `<path class="key" d="${ground(layout, cell.key)}"/>${panelOfKey(layout, cell.key)}`;
  const keys = range(0, cell.tokens.length);
  const still = header(layout) + columns(layout) + Object.keys(TABLES).map((step) => table(layout, step)).join("")
    + keys.map((key) => row(layout, key)).join("") + bars(layout) + VECTORS.map((step) => vector(layout, step)).join("")
    + sums(layout) + reading(layout);
  return picture({ kind: "neurons", title: heading(shown), text: sentence(shown), width: layout.width,
    height: layout.height, touch: touch(layout),
    still: `<g class="still fades">${chosen}</g><g class="still">${still}</g>` });
}

/** Each step to four digits: a list, or a list a key. */
export function roundedSteps(steps) {
  return Object.fromEntries(Object.entries(steps).map(([name, { data, shape }]) => {
    const numbers = Array.from(data, (one) => rounded(one));
    const rows = range(0, shape[0]).map((start) => numbers.slice(start * shape[1], (start + 1) * shape[1]));
    return [name, shape.length === 1 ? numbers : rows];
  }));
}

/** A number of a step as it is written: a true minus sign, and a sign for minus infinity. */
export function inFigures(value, digits = 2) {
  return value === -Infinity ? "−∞" : fixed(rounded(value, digits), digits).replace("-", "−");
}

/** The heading, as "Layer 1 · head 3 · query “dog”". */
export function heading({ tokens, layer, head, token }) {
  return say("neurons.title", { layer, head, token: tokenName(tokens, token) });
}

/** The colour of each number: 1 to 7 positive, 8 to 14 negative, the more the stronger; 15 about zero. */
export function diverging(numbers, full) {
  return numbers.map((one) => {
    const step = Math.min(nearest(STEPS * Math.abs(one) / (full || 1)), STEPS);
    return step === 0 ? GROUND : one < 0 ? step + STEPS : step;
  });
}

/** The colours that `diverging` counts. */
export const palette = () => [...shades(positiveColour(), STEPS), ...shades(negativeColour(), STEPS), [128, 128, 128, 26]];

/** The number from which a step has its full colour, so that a few large ones do not blanch all others. */
const fullOf = ({ numbers }, step) => rounded(quantile(numbers[step].flat().map(Math.abs), FULL), 2);

/* Where everything stands. */

function layoutOf(cell) {
  const n = cell.tokens.length, [, row, font] = ROWS.find(([most]) => n <= most);
  const names = cell.tokens.map((token) => clip(visible(token), LONGEST_TOKEN));
  const widest = Math.max(...[...names, say("neurons.sum_name")].map(cells));
  const left = nearest(MARGIN + Math.max(widest * CELL * font, 24) + 12), products = left + STRIP + GAP;
  const dots = products + STRIP + NUMBER, barsLeft = dots + NUMBER + 16, values = barsLeft + BAR + WEIGHT + GAP;
  const columns = { keys: left, products, dotProducts: dots, scores: dots + NUMBER, bars: barsLeft,
    weights: barsLeft + BAR + WEIGHT, values, weightedValues: values + STRIP + GAP };
  const right = columns.weightedValues + STRIP, width = right + MARGIN, sumTop = TOP + row * n + 8;
  const panel = sumTop + THIN + 32, lines = Math.max(Math.ceil(cell.dHead / A_LINE), 2);
  const first = panel + 8 + SMALL_LINE * lines + 30, bottom = first + BLOCK * (AFTER.length - 1) + THIN;
  const after = Object.fromEntries(AFTER.map((name, order) => [name, first + BLOCK * order]));
  const room = Math.trunc((width - 2 * MARGIN) / (CELL * SMALL));
  const words = [...wrap(check(cell), room), ...wrap(say("neurons.caption"), room)];
  return { cell, row, font, names, left, columns, right, width, sumTop, panel, after, bottom, words,
    height: bottom + 14 + LINE * words.length + 10, middle: (key) => TOP + row * (key + 0.5) };
}

/** Where the strip of a step lies: [left, top, width]. */
function strip({ left, right, columns, sumTop, after }, step) {
  if (step === "query") return [left, QUERY_TOP, STRIP];
  if (step === "context") return [columns.weightedValues, sumTop, STRIP];
  return [left, after[step] ?? INPUT_TOP, right - left];
}

/** Where a strip's caption stands: [x, y, alignment]. */
function captionPlace(layout, step) {
  const [left, top] = strip(layout, step);
  if (step === "query") return [layout.columns.products, top + 11, ""];
  if (step === "context") return [left - GAP + 4, top + 11, " end"];
  return [left, top - 5, ""];
}

/* The numbers of one row or vector. */

/** A key's row: its vectors to two digits, its dot product, score and weight to four. */
function panelOfKey(layout, key) {
  const { cell: { numbers, tokens }, columns, panel } = layout, y = panel + 8;
  const blocks = Object.keys(TABLES).map((step) => block(columns[step], y, numbers[step][key])).join("");
  const scalars = SCALARS.map((step) => label(columns[step], y, inFigures(numbers[step][key], 4), "n end")).join("");
  return panelHeading(layout, say("neurons.numbers_of", { token: tokenName(tokens, key) })) + blocks + scalars;
}

/** The query or the context; of a longer vector its largest numbers. */
function panelOfVector(layout, step) {
  const { cell, columns, panel, right } = layout, y = panel + 8;
  if (step === "query" || step === "context") {
    return panelHeading(layout, say(step === "query" ? "neurons.query_numbers" : "neurons.context_numbers"))
      + block(step === "query" ? columns.keys : columns.weightedValues, y, cell.numbers[step]);
  }
  return wrap(largestWords(cell, step), Math.trunc((right - MARGIN) / (CELL * SMALL)))
    .map((line, order) => label(MARGIN, y + 15 * order, line, "small")).join("");
}

const panelHeading = ({ panel }, words) => label(MARGIN, panel - 12, words, "small head");

/** A vector's numbers, four in a line. */
function block(x, y, numbers) {
  const words = numbers.map((one) => fixed(rounded(one, 2), 2).padStart(WIDTH));
  const lines = range(0, Math.ceil(words.length / A_LINE)).map((line) => {
    const written = words.slice(line * A_LINE, (line + 1) * A_LINE).join(" ");
    return `<text y="${SMALL_LINE * line}">${written.replaceAll(" ", "\u00a0").replaceAll("-", "−")}</text>`;
  });
  return `<g class="n" transform="translate(${number(x - 3)} ${number(y)})">${lines.join("")}</g>`;
}

/* What is drawn. */

/** One column of strips, a row a key, as one picture. */
function table({ cell, columns, row, middle }, step) {
  const rows = cell.numbers[step], full = fullOf(cell, step), nothing = Array(rows[0].length).fill(0);
  const spaced = rows.flatMap((numbers) => {
    const colours = diverging(numbers, full);
    return [nothing, ...Array(row - 2).fill(colours), nothing];
  });
  return raster(columns[step], middle(0) - row / 2, [STRIP, row * rows.length], spaced, palette());
}

/** One vector as a strip, with its caption and its scale. */
function vector(layout, step) {
  const { cell, right } = layout, [left, top, width] = strip(layout, step), [x, y, end] = captionPlace(layout, step);
  const full = fullOf(cell, step), across = number(width);
  const frame = `<path class="edge" d="M${number(left)} ${number(top)}h${across}v${THIN}h-${across}z"/>`;
  const scale = width > STRIP ? label(right, y, `±${fixed(full, 2)}`, "small muted end") : "";
  return raster(left, top, [width, THIN], [diverging(cell.numbers[step], full)], palette()) + frame + scale
    + label(x, y, caption(cell, step), `small${end}`);
}

function header(layout) {
  const { cell, left, width } = layout, title = heading(cell);
  const room = Math.trunc((width - 2 * MARGIN) / (7 * CELL * 2));
  const model = clip(cell.modelName, Math.max(room - length(title), 8));
  const names = [["inputs", "neurons.input_name"], ["query", "neurons.query_name"]].map(([step, name]) =>
    label(left - 8, strip(layout, step)[1] + 11, say(name), "end head")).join("");
  return label(MARGIN, 33, title, "title") + label(width - MARGIN, 33, model, "small muted end") + names;
}

/** The names of the columns, and below each its scale or how it is made. */
function columns({ cell, columns: at }) {
  const { dHead } = cell;
  const strips = Object.entries(TABLES).map(([step, name]) => label(at[step], HEADER, say(`neurons.${name}`), "head")
    + label(at[step] + STRIP, HEADER, `±${fixed(fullOf(cell, step), 2)}`, "small muted end"));
  const names = [say("neurons.dot"), say("neurons.scaled", { d_head: dHead }), say("neurons.weight")];
  const how = [say("neurons.dot_how"), `= ${fixed(Math.sqrt(dHead), 2)}`, say("neurons.weight_how")];
  const numbers = SCALARS.map((step, place) => label(at[step], HEADER, names[place], "head end")
    + label(at[step], HEADER + 15, how[place], "small muted end"));
  return [...strips, ...numbers].join("");
}

/** A key's name and its numbers. */
function row({ cell, columns: at, left, font, names, middle }, key) {
  const y = middle(key) + 0.36 * font, special = isSpecial(names[key]) ? " special" : "";
  const numbers = SCALARS.map((step) => label(at[step], y, inFigures(cell.numbers[step][key]), "num")).join("");
  return `<g font-size="${font}">${label(left - 8, y, names[key], `end${special}`)}${numbers}</g>`;
}

/** The weights as bars, 1 being the whole width, in the head's colour. */
function bars({ cell, columns: at, row, middle }) {
  const x = number(at.bars), height = row - 6, { weights } = cell.numbers, last = weights.length - 1;
  const drawn = weights.map((weight, key) => (weight < FAINT ? ""
    : `M${x} ${number(middle(key) - height / 2)}h${number(BAR * weight)}v${height}h-${number(BAR * weight)}z`)).join("");
  const axis = `M${x} ${number(middle(0) - row / 2)}V${number(middle(last) + row / 2)}`;
  return `<path class="bar ${headClass(cell.head)}" d="${drawn}"/><path class="edge" d="${axis}"/>`;
}

/** The row of sums: the weights are 1 together. */
function sums({ cell, columns: at, left, right, sumTop }) {
  const total = cell.steps.weights.data.reduce((sum, one) => sum + one, 0);
  return `<path class="edge" d="M${number(left)} ${number(sumTop - 4)}H${number(right)}"/>`
    + label(left - 8, sumTop + 11, say("neurons.sum_name"), "end head")
    + label(at.weights, sumTop + 11, fixed(total, 2), "num");
}

function reading({ bottom, words: [first, ...others] }) {
  return label(MARGIN, bottom + 26, first, "small") + paragraph(others, MARGIN, bottom + 26 + LINE, { line: LINE });
}

/** The ground behind a key's row. */
function ground({ right, row, middle }, key) {
  const width = number(right - MARGIN + 8);
  return `M${MARGIN - 4} ${number(middle(key) - row / 2)}h${width}v${row}h-${width}z`;
}

/** The ground behind a strip, and behind its caption where that stands above. */
function box(layout, step) {
  const [left, top, width] = strip(layout, step), rise = width > STRIP ? 16 : 3, across = number(width + 8);
  return `M${number(left - 4)} ${number(top - rise)}h${across}v${THIN + rise + 3}h-${across}z`;
}

/** What shows its numbers where it is pointed at, or reached by Tab, in the order of computation. */
function touch(layout) {
  const { cell, right, panel } = layout;
  const answer = (path, words, numbers) => spoken("r", words, `<path class="o" d="${path}"/>${numbers}`);
  const rows = cell.tokens.map((_, key) => answer(ground(layout, key), spokenRow(cell, key), panelOfKey(layout, key)));
  const [inputs, query, context, ...after] = VECTORS.map((step) =>
    answer(box(layout, step), spokenVector(cell, step), panelOfVector(layout, step)));
  const hint = label(right, panel - 12, say("neurons.hint"), "small muted end");
  return `${touchStyle("neurons")}<g class="touch">${[inputs, query, ...rows, context, ...after].join("")}</g>${hint}`;
}

/* What is said. */

/** The whole picture: which keys get most, by what numbers, and that the steps are the model's. */
function sentence(cell) {
  const order = descending(cell.numbers.weights).slice(0, MOST_KEYS);
  const keys = order.map((key) => say("neurons.most", facts(cell, key))).join(say("views.comma"));
  return say("neurons.sentence", { title: heading(cell), model: cell.modelName || say("views.model"),
    n: cell.tokens.length, keys, check: check(cell) });
}

/** That every step equals the model's own numbers, or where it does not. */
function check({ changed, bound }) {
  if (!changed.length) return say("neurons.equal", { bound: bound.toExponential(0) });
  return say("neurons.changed", { steps: changed.map((name) => say(`neurons.step_${name}`)).join(say("views.comma")) });
}

function facts({ tokens, numbers, dHead }, key) {
  const [dot, score, weight] = SCALARS.map((step) => inFigures(numbers[step][key]));
  return { key: tokenName(tokens, key), d_head: dHead, dot, score, weight };
}

/** The row of one key in words. */
function spokenRow(cell, key) {
  const products = cell.numbers.products[key], index = largest(products.map(Math.abs));
  return say("neurons.row", { ...facts(cell, key), product: inFigures(products[index]), index });
}

/** The largest numbers of a vector with their places, largest first. */
function largestWords({ numbers }, step) {
  const vector = numbers[step], entries = descending(vector.map(Math.abs)).slice(0, MOST_ENTRIES)
    .map((index) => say("neurons.entry", { index, value: inFigures(vector[index]) }));
  return say("neurons.largest", { n: vector.length, entries: entries.join(say("views.comma")) });
}

/** What one of the long vectors is, the query or the context. */
function caption({ tokens, token, layer, nHeads }, step) {
  const single = step === "attentionOutput" && nHeads === 1 ? "_one" : "";
  return say(CAPTIONS[step] + single, { token: tokenName(tokens, token), layer });
}

/** One of the long vectors, the query or the context in words. */
function spokenVector(cell, step) {
  return say("neurons.spoken", { name: caption(cell, step).replace(/[ →]+$/, ""), largest: largestWords(cell, step) });
}

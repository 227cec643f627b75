/**
 * The sinusoidal encoding: the whole table, two of its rows as clocks, and how alike positions are.
 *
 *     viewPositions({ length: 50, dModel: 64, base: 10_000, pair: [3, 10] }).svg
 */

import { fixed, general, nearest, range, thousands } from "./numbers.mjs";
import { raster, shades } from "./raster.mjs";
import { label, niceStep, number, picture } from "./svg.mjs";
import { headClass, negativeColour, positiveColour } from "./theme.mjs";
import { say } from "./words.mjs";

const WIDTH = 760, HEIGHT = 500, LEVELS = 7, MAP = [64, 70, 300, 210], CURVE = [64, 352, 672, 90];
const DIAL = 30, DIAL_LEFT = 448, DIAL_TOP = 112, ACROSS = 88, DOWN = 112, MOST_CLOCKS = 8, CLOCKS_A_ROW = 4;

/**
 * Draw the encoding of some size, with two of its positions marked.
 *
 * @param {{length: number, dModel: number, base: number, pair: [number, number]}} sizes
 * @returns {Object} {kind, title, text, width, height, svg}
 */
export function viewPositions(sizes) {
  const numbers = numbersOf(sizes), fields = { n_positions: sizes.length, d_model: sizes.dModel,
    base: thousands(general(sizes.base, 10)) };
  const title = say("positions.view_title", fields);
  const still = label(24, 32, title, "title") + map(numbers) + key(numbers)
    + numbers.clocks.map((one, place) => clock(numbers, place, one)).join("") + curve(numbers);
  return picture({ kind: "positions", title, text: sentence(numbers, fields), width: WIDTH, height: HEIGHT, touch: "",
    still });
}

/** What is drawn: `table` [position][number], the turns of each pair of numbers, the dot product for each offset. */
function numbersOf({ length, dModel, base, pair }) {
  const omega = range(0, dModel / 2).map((one) => base ** (-2 * one / dModel));
  const table = range(0, length).map((place) => omega.flatMap((turn) => [Math.sin(place * turn), Math.cos(place * turn)]));
  const products = table.map((row) => row.reduce((sum, one, place) => sum + one * table[0][place], 0));
  const last = dModel / 2 - 1, count = Math.min(dModel / 2, MOST_CLOCKS);
  return { length, dModel, pair, table, products, product: products[Math.abs(pair[0] - pair[1])],
    wavelengths: omega.map((turn) => 2 * Math.PI / turn),
    clocks: range(0, count).map((one) => nearest(one * last / Math.max(count - 1, 1))) };
}

/** The table: a row a position, 0 on top; the two marked rows have a line on either side. */
function map(numbers) {
  const [left, top, width, height] = MAP;
  const levels = numbers.table.map((row) => row.map((one) => nearest(one * LEVELS))
    .map((step) => (step >= 0 ? step : LEVELS - step)));
  const colours = [...shades(positiveColour(), LEVELS), ...shades(negativeColour(), LEVELS)];
  const frame = `<path class="axis" d="M${left} ${top}h${width}v${height}h-${width}z"/>`;
  return raster(left, top, [width, height], levels, colours) + frame + rowMark(numbers, 0) + rowMark(numbers, 1)
    + label(left + width / 2, top + height + 32, say("positions.dimension"), "small muted mid")
    + label(left, top + height + 16, "0", "small mid")
    + label(left + width, top + height + 16, String(numbers.dModel - 1), "small mid")
    + label(left, top - 10, say("positions.view_map"), "small muted");
}

/** A position on both sides of its row; its number gives way where the other's is too near. */
function rowMark({ pair, length }, which) {
  const [left, top, width, height] = MAP;
  const [own, other] = [which, 1 - which].map((one) => top + (pair[one] + 0.5) * height / length);
  const aside = own === other ? 0 : Math.max(0, 13 - Math.abs(own - other)) / 2 * (own > other ? 1 : -1);
  return `<g class="${headClass(which)}"><path class="mark" d="M${left - 12} ${number(own)}h10M${left + width + 2} ${
    number(own)}h10"/></g>${label(left - 18, own + aside + 4, String(pair[which]), "small end")}`;
}

/** Which colour stands for which marked position. */
function key({ pair }) {
  return pair.map((position, which) => {
    const x = DIAL_LEFT - DIAL + 110 * which;
    return `<path class="mark ${headClass(which)}" d="M${x} 56h16"/>`
      + label(x + 24, 60, say("positions.view_position", { position }), "small");
  }).join("");
}

/** One pair of numbers as a clock with a hand for each marked position. */
function clock({ table, pair, wavelengths }, place, one) {
  const x = DIAL_LEFT + place % CLOCKS_A_ROW * ACROSS, y = DIAL_TOP + Math.floor(place / CLOCKS_A_ROW) * DOWN;
  const hands = pair.map((position, which) => {
    const [sine, cosine] = table[position].slice(2 * one, 2 * one + 2), reach = DIAL - 4 - 6 * which;
    const [tipX, tipY] = [x + reach * sine, y - reach * cosine].map(number);
    return `<g class="${headClass(which)}"><path class="mark" d="M${x} ${y}L${tipX} ${tipY}"/>`
      + `<circle class="dot" cx="${tipX}" cy="${tipY}" r="3"/></g>`;
  }).join("");
  const turns = thousands(fixed(wavelengths[one], wavelengths[one] < 1000 ? 1 : 0));
  return `<circle class="axis" cx="${x}" cy="${y}" r="${DIAL}"/>${hands}`
    + label(x, y + DIAL + 16, say("positions.view_pair", { pair: one }), "small mid")
    + label(x, y + DIAL + 31, say("positions.view_turn", { turns }), "small muted mid");
}

/** The dot product against the offset, the offset of the two marked positions on it. */
function curve({ length, pair, products, product }) {
  const [left, top, width, height] = CURVE, low = Math.min(0, ...products), high = products[0];
  const offset = Math.abs(pair[0] - pair[1]), last = Math.max(length - 1, 1);
  const at = (place, value) => [left + width * place / last, top + height * (high - value) / (high - low)];
  const line = products.map((value, place) => at(place, value).map(number).join(" ")).join("L");
  const [x, y] = at(offset, product).map(number), [, zero] = at(0, 0);
  const said = say("positions.view_product", { first: pair[0], second: pair[1], offset, product: fixed(product, 2),
    own: general(high) });
  return label(left, top - 12, say("positions.view_curve"), "small muted") + label(left + width, top - 12, said, "small end")
    + `<path class="axis" d="M${left} ${top}V${top + height}M${left} ${number(zero)}h${width}"/>`
    + `<path class="axis" stroke-dasharray="3 3" d="M${x} ${y}V${top + height}"/>`
    + `<path class="line" d="M${line}"/><circle class="dot" cx="${x}" cy="${y}" r="4.5"/>`
    + label(left - 8, top + 4, general(high), "small end") + label(left - 8, zero + 4, "0", "small end") + offsets(last);
}

/** The offsets below the curve. */
function offsets(last) {
  const [left, top, width, height] = CURVE, step = Math.max(Math.trunc(niceStep(last)), 1);
  const ticks = range(0, Math.floor(last / step) + 1).map((tick) => tick * step).map((place) =>
    label(left + width * place / last, top + height + 18, String(place), "small mid")).join("");
  return ticks + label(left + width / 2, top + height + 36, say("positions.offset"), "small muted mid");
}

function sentence({ pair: [first, second], wavelengths, product, products }, fields) {
  const [fastest, slowest] = [wavelengths[0], wavelengths.at(-1)].map((turns) => thousands(fixed(turns, 1)));
  return say("positions.view_text", { ...fields, fastest, slowest, first, second, offset: Math.abs(first - second),
    product: fixed(product, 2), own: general(products[0]) });
}

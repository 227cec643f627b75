/**
 * The view of an intervention: the guesses for each [MASK] before and after, or how far the hidden states turned.
 *
 *     viewChange(compare(bert, "我[MASK]你。", null, { hiddenTokens: [1] })).svg
 */

import { exactly, fixed, gained, general, nearest, range } from "./numbers.mjs";
import { raster, shades } from "./raster.mjs";
import { CELL, cells, clip, isSpecial, label, number, picture, shown, spoken, visible, wrap } from "./svg.mjs";
import { LEVELS, SMALL, TEXT, TITLE, afterColour, touchStyle } from "./theme.mjs";
import { say } from "./words.mjs";

const WIDTH = 660, MARGIN = 20, LINE = 17;
const MOST_MASKS = 6, NEIGHBOURS = 3, LONGEST_GUESS = 12, ROW = 20, NAMES = 44, BEYOND = 10, ENDS = [112, 460], BAR = 130, BOLD = 1.15;
const LONGEST_TOKEN = 18, COLUMN = 56, NUMBER = 48, SCALE = 140, ROWS = [[16, 20, 13], [32, 17, 12], [64, 15, 11]];
const FULL = [Infinity, 13, 10];

/**
 * Draw what an intervention did.
 *
 * @param {Object} comparison as `compare` of comparison.mjs returns it
 * @returns {Object} {kind, title, text, width, height, svg}
 */
export function viewChange(comparison) {
  const title = say("change.title"), { modelName } = comparison.before;
  const room = Math.trunc((WIDTH - 2 * MARGIN - cells(title) * CELL * TITLE) / (CELL * SMALL)) - 2;
  const changed = paragraph(say("change.changed", { changes: comparison.words }), 58), top = changed.end + LINE - 8;
  const header = label(MARGIN, 33, title, "title")
    + label(WIDTH - MARGIN, 33, clip(modelName, Math.max(room, 8)), "small muted end") + changed.drawn;
  const { still, touch, end } = comparison.masks.length ? guesses(comparison, top) : states(comparison, top);
  return picture({ kind: "change", title, text: comparison.text, width: WIDTH, height: end,
    touch: touchStyle("change") + touch, still: `<g class="still">${header}${still}</g>` });
}

/* What both pictures share. */

/** A text in lines across the picture, and where the next thing may begin. */
function paragraph(text, top, classes = "small") {
  const lines = linesOf(text);
  return { drawn: lines.map((line, row) => label(MARGIN, top + LINE * row, line, classes)).join(""),
    end: top + LINE * lines.length };
}

const linesOf = (text) => wrap(text, Math.trunc((WIDTH - 2 * MARGIN) / (CELL * SMALL)));

/** What says `words`, written out at `top`, where it is pointed at or reached by Tab. */
const answer = (path, words, top) =>
  spoken("r", words, `<path class="o" d="${path}"/>${paragraph(words, top).drawn}`);

/** The parts that answer together with the hint that stands in the place of their words. */
const touchable = (parts, hint, top) =>
  `<g><g class="touch">${parts.join("")}</g>${label(MARGIN, top, hint, "small muted hint")}</g>`;

/** A probability as it is written; "<0.001" where it is too small for that. */
function chance(probability, digits = 3) {
  const words = fixed(probability, digits);
  return probability && !Number(words) ? `<${fixed(10 ** -digits, digits)}` : words;
}

/** A change in bits with its sign. */
function signed(bits) {
  return (exactly(bits, 2) > 0 ? "+" : "") + (bits === Infinity ? "∞" : shown(bits));
}

/* The guesses for each [MASK]. */

/** A panel for each [MASK], the first six, from `top` down. */
function guesses({ masks, before }, top) {
  const drawn = masks.slice(0, MOST_MASKS), listed = drawn.flatMap((mask) => [...mask.before, ...mask.after]);
  const most = Math.max(...listed.map(([, probability]) => probability));
  let still = "", touch = "", end = top;
  for (const mask of drawn) {
    const panel = panelOf(mask, end, most), rows = panel.sides.flatMap((listed, side) => listed.map((guess) => [side, guess]));
    still += panelHeading(panel, before.tokens) + links(panel) + rows.map((one) => guessRow(panel, ...one)).join("");
    touch += touchable(rows.map((one) => guessAnswer(panel, ...one)), say("change.hint"), panel.wordsTop);
    end = panel.wordsTop + 14;
  }
  if (masks.length > MOST_MASKS) {
    const more = paragraph(say("change.more", { n: masks.length, shown: MOST_MASKS }), end + LINE);
    [still, end] = [still + more.drawn, more.end];
  }
  const caption = paragraph(say("change.caption", { n: masks[0].before.length }), end + LINE, "small muted");
  return { still: still + caption.drawn, touch, end: caption.end };
}

/** The two lists of one [MASK]; each ends with the leader of the other one, rank null, where that is not in it. */
function panelOf(mask, top, most) {
  const leaders = [mask.after[0][0], mask.before[0][0]], beyond = mask.before.length * ROW + BEYOND;
  const middle = ({ rank }) => top + NAMES + ROW / 2 + (rank === null ? beyond : (rank - 1) * ROW);
  const sides = [mask.before, mask.after].map((listed, side) => {
    const rows = listed.map(([token, probability], place) => ({ token, probability, rank: place + 1 }));
    const known = listed.some(([token]) => token === leaders[side]);
    return known ? rows
      : [...rows, { token: leaders[side], probability: mask.both[leaders[side]][side], rank: null }];
  });
  return { mask, top, most, sides, middle, wordsTop: Math.max(...sides.flat().map(middle)) + ROW / 2 + 16 };
}

/** The class of a row: the leader of before, the leader of after, or neither. */
const kind = ({ mask }, { token }) =>
  (token === mask.before[0][0] ? "old" : token === mask.after[0][0] ? "new" : "");

function panelHeading({ mask, top }, tokens) {
  const names = ["change.before", "change.after"].map((name, side) =>
    label(ENDS[side] + 8, top + NAMES - 6, say(name), "small muted")).join("");
  const bits = say("change.divergence", { bits: signed(mask.divergence).replace(/^\+/, "") });
  const room = Math.trunc((WIDTH - 2 * MARGIN) / (CELL * TEXT * BOLD)) - cells(bits) - 2;
  return label(MARGIN, top + 14, asked(mask.position, tokens, room), "head")
    + label(WIDTH - MARGIN, top + 14, bits, "head end") + names;
}

/** Which [MASK] it is, with as many neighbours as fit into `room` cells. */
function asked(place, tokens, room) {
  const said = range(0, NEIGHBOURS + 1).map((fewer) => {
    const near = NEIGHBOURS - fewer, around = tokens.slice(Math.max(place - near, 0), place + near + 1);
    const context = around.map((token) => clip(visible(token), LONGEST_GUESS)).join(" ");
    return say("change.mask", { position: place, context });
  });
  return clip(said.find((one) => cells(one) <= room) ?? said.at(-1), room);
}

function guessRow(panel, side, guess) {
  const x = ENDS[side], y = panel.middle(guess), look = kind(panel, guess), width = number(BAR * guess.probability / panel.most);
  const rule = `<path class="beyond" d="M${x - 36} ${number(y - ROW / 2 - BEYOND / 2)}h${BAR + 86}"/>`;
  return `${guess.rank === null ? rule : ""}<g${look && ` class="${look}"`}>`
    + `<path class="bar" d="M${x + 8} ${number(y - 7)}h${width}v14h-${width}z"/></g>`
    + label(x, y + 4.5, clip(visible(guess.token), LONGEST_GUESS), "end")
    + label(x + BAR + 50, y + 4.5, chance(guess.probability), "num");
}

/** Join the rows of both sides that name the same token; the lines bend where no name stands. */
function links(panel) {
  const [before, after] = panel.sides, start = ENDS[0] + BAR + 58;
  const endOf = ({ token }) => ENDS[1] - cells(clip(visible(token), LONGEST_GUESS)) * CELL * TEXT - 16;
  const end = Math.min(...after.map(endOf)), bend = number((start + end) / 2);
  return before.map((old) => {
    const now = after.find(({ token }) => token === old.token);
    if (!now) return "";
    const [from, to] = [old, now].map((guess) => number(panel.middle(guess)));
    return `<path class="link ${kind(panel, old)}" d="M${number(start)} ${from}C${bend} ${from} ${bend} ${to} ${
      number(end)} ${to}H${number(endOf(now))}"/>`;
  }).join("");
}

function guessAnswer(panel, side, guess) {
  const { mask, middle } = panel, [before, after] = mask.both[guess.token], { rank } = guess;
  const place = rank === null ? say("change.place_beyond", { n: mask.before.length })
    : say(side ? "change.place_after" : "change.place_before", { rank });
  const words = say("change.spoken", { place, token: visible(guess.token), before: chance(before, 4),
    after: chance(after, 4), bits: signed(gained(before, after)) });
  const path = `M${ENDS[side] - 92} ${number(middle(guess) - ROW / 2)}h${BAR + 150}v${ROW}h-${BAR + 150}z`;
  return answer(path, words, panel.wordsTop);
}

/* How far each hidden state turned. */

/** A row for each token, a column for each layer, from `top` down. */
function states(comparison, top) {
  const map = mapOf(comparison, top), words = map.names.map((_, token) => spokenRow(map, token));
  const answers = map.bottom + 22, nLines = Math.max(...words.map((one) => linesOf(one).length));
  const parts = words.map((one, token) => answer(ground(map, token), one, answers));
  const caption = paragraph(say("change.moved_caption"), answers + LINE * nLines + 26, "small muted");
  const rows = map.names.map((_, token) => stateRow(map, token)).join("");
  return { still: mapHeading(map) + cellsOf(map) + rows + scale(map) + caption.drawn,
    touch: touchable(parts, say("change.moved_hint"), answers), end: caption.end };
}

/** `moved` [layer + 1][token], and where everything stands. */
function mapOf({ moved: { data, shape: [n, nTokens] }, after }, top) {
  const moved = range(0, n).map((state) => [...data.subarray(state * nTokens, (state + 1) * nTokens)]);
  const names = after.tokens.map((token) => clip(visible(token), LONGEST_TOKEN));
  const [, row, font] = [...ROWS, FULL].find(([most]) => nTokens <= most);
  const left = MARGIN + Math.max(...names.map(cells)) * CELL * font + 10, first = top + 54;
  const column = Math.min(COLUMN, (WIDTH - MARGIN - NUMBER - left) / n);
  return { moved, names, top, row, font, left, first, right: left + column * n, bottom: first + row * nTokens,
    middle: (token) => first + row * (token + 0.5) };
}

/** The distances, the colour growing with the root: small ones must be seen beside large ones. */
function cellsOf({ moved, names, left, right, first, bottom }) {
  const size = [right - left, bottom - first], [width, height] = size.map(number);
  const levels = names.map((_, token) =>
    moved.map((row) => nearest(LEVELS * Math.sqrt(Math.min(Math.max(row[token], 0), 1)))));
  return raster(left, first, size, levels, shades(afterColour(), LEVELS))
    + `<path class="edge" d="M${number(left)} ${number(first)}h${width}v${height}h-${width}z"/>`;
}

function mapHeading({ moved, top, left, first, right }) {
  return label(MARGIN, top + 14, say("change.moved"), "head")
    + label(left, first - 8, say("change.layers", { last: moved.length - 2 }), "small muted")
    + label(right + NUMBER, first - 8, say("change.last"), "small muted end");
}

function stateRow({ moved, names, left, right, font, middle }, token) {
  const y = middle(token) + 0.36 * font, name = names[token];
  return `<g font-size="${font}">${label(left - 8, y, name, isSpecial(name) ? "end special" : "end")}${
    label(right + NUMBER, y, fixed(moved.at(-1)[token], 3), "num")}</g>`;
}

/** The ten shades, with the distances they stand for. */
function scale({ top }) {
  const left = WIDTH - MARGIN - SCALE, side = SCALE / LEVELS, y = top + 4;
  const steps = range(0, LEVELS).map((step) => `<rect class="new step" x="${number(left + side * step)}" y="${number(y)}" `
    + `width="${number(side)}" height="10" fill-opacity="${general((step + 1) / LEVELS)}"/>`).join("");
  const ticks = [0.1, 0.5, 1].map((root) =>
    label(left + side * (LEVELS * root - 0.5), y + 23, general(root * root), "small muted mid")).join("");
  return steps + ticks + label(left - 8, y + 9, say("change.distance"), "small muted end");
}

/** One row in words. */
function spokenRow({ moved, names }, token) {
  const [first, ...others] = moved.map((row) => fixed(row[token], 3));
  const numbers = [first, ...others.map((distance, layer) => say("change.moved_layer", { layer, distance }))];
  return say("change.moved_spoken", { token: `${names[token]}(${token})`, numbers: numbers.join(say("views.comma")) });
}

/** The ground behind a token's row. */
function ground({ row, right, middle }, token) {
  const width = number(right + NUMBER + 6 - MARGIN + 6);
  return `M${MARGIN - 6} ${number(middle(token) - row / 2)}h${width}v${row}h-${width}z`;
}

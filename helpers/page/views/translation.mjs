/**
 * The translation view: one step of the decoder, where it looks in the source, and what it might write.
 *
 *     viewTranslation(translator.translate("I am a student."), { step: 2 }).svg
 */

import { fixed, general, range, rounded } from "./numbers.mjs";
import {
  CELL, cells, clip, isSpecial, label, level, number, paragraph, picture, spoken, visible, wrap,
} from "./svg.mjs";
import { SMALL, TEXT, headClass, touchStyle } from "./theme.mjs";
import { say } from "./words.mjs";

const WIDTH = 760, MARGIN = 20, CHIP = 28, GAP = 6, PAD = 9, ROW = 46, SPACE = 74;
const BAR = 22, BAR_LEFT = 150, BAR_WIDTH = 430, SHOWN = 6, LONGEST = 18, NOTE = 80;
const LONGEST_NAME = 24, MOST_SPOKEN = 4, OTHERS = 2, MEAN = "mean";

/**
 * Draw one step: source above, target below, cross-attention between, candidates at the foot.
 *
 * @param {Object} record what `translator.translate` returned
 * @param {Object} choice
 * @param {?number} choice.step which token is being written; null takes the last
 * @param {?number} choice.layer of the decoder; null takes the taught head's layer, or the last
 * @param {?(number|string)} choice.head or "mean" for the average of the layer's heads; null takes the taught head
 *   where it is in that layer, else the average
 * @param {number} choice.threshold weights below are not drawn
 * @returns {Object} {kind, title, text, width, height, svg}
 */
export function viewTranslation(record, choice = {}) {
  const chosen = choose(record, choice), source = flow(record.sourceTokens, 78);
  const target = flow(record.targetTokens, source.bottom + SPACE + 16);
  const [candidates, height] = candidatesOf(chosen, target.bottom + 52);
  const frame = header(chosen, source, target) + chips(chosen, source, target) + candidates;
  return picture({
    kind: "translation", title: heading(chosen), text: sentence(chosen), width: WIDTH, height,
    touch: touch(chosen, source, target),
    still: `<g class="still fades">${row(chosen, source, target, chosen.step)}</g><g class="still">${frame}</g>`,
  });
}

/** Cut what is shown out of the record: `weights` is [step][source token] of a head or a layer's average, rounded. */
function choose(record, { step = null, layer = null, head = null, threshold = 0.05 }) {
  const taught = record.taughtHead ?? [record.crossWeights.shape[0] - 1, null], inLayer = layer ?? taught[0];
  const asked = head ?? (inLayer === taught[0] ? taught[1] : null), one = asked === MEAN ? null : asked;
  return { record, step: step ?? record.steps.length - 1, layer: inLayer, head: one, threshold,
    weights: weightsOf(record, inLayer, one) };
}

function weightsOf({ crossWeights: { data, shape: [, nHeads, nSteps, nKeys] } }, layer, head) {
  const heads = head === null ? range(0, nHeads) : [head];
  const at = (one, step, key) => data[((layer * nHeads + one) * nSteps + step) * nKeys + key];
  return range(0, nSteps).map((step) => range(0, nKeys).map((key) =>
    rounded(heads.reduce((sum, one) => sum + at(one, step, key), 0) / heads.length)));
}

/** The [source position, weight] of a step that reach the threshold, in order. */
const linksOf = ({ weights, threshold }, step) =>
  [...weights[step].entries()].filter(([, weight]) => weight >= threshold && weight > 0);

/* Where everything stands. */

/** Tokens set as chips, in as many rows as they need: `boxes` are [left, top, width], `bottom` ends the last row. */
function flow(tokens, start) {
  let left = MARGIN, top = start;
  const boxes = tokens.map((token) => {
    const width = Math.max(cells(clip(visible(token), LONGEST)) * CELL * TEXT, 14) + 2 * PAD;
    if (left > MARGIN && left + width > WIDTH - MARGIN) [left, top] = [MARGIN, top + ROW];
    const box = [left, top, width];
    left += width + GAP;
    return box;
  });
  return { tokens, boxes, top: start, bottom: boxes.at(-1)[1] + CHIP };
}

const middle = ({ boxes }, position) => boxes[position][0] + boxes[position][2] / 2;

/** The ground or the frame of a chip. */
function rect({ boxes }, position, classes) {
  const [left, top, width] = boxes[position].map(number);
  return `<rect class="${classes}" x="${left}" y="${top}" width="${width}" height="${CHIP}" rx="6"/>`;
}

/** A chip with its token. */
function chip(place, position, classes = "chip") {
  const token = clip(visible(place.tokens[position]), LONGEST);
  return rect(place, position, classes)
    + label(middle(place, position), place.boxes[position][1] + 19, token, isSpecial(token) ? "mid special" : "mid");
}

/* What is drawn. */

/** One step's attention: lines up to the source, grounds and numbers on what they reach, the strongest last. */
function row(chosen, source, target, step) {
  const colour = chosen.head === null ? "" : ` ${headClass(chosen.head)}`;
  const x = middle(target, step), y = target.boxes[step][1];
  return linksOf(chosen, step).toSorted(([, one], [, other]) => one - other).map(([key, weight]) => {
    const end = middle(source, key), low = source.boxes[key][1] + CHIP, bend = (y - low) / 2;
    const look = `${colour} w${level(weight) || 1}`;
    return `<path class="l${look}" d="M${number(x)} ${number(y)}C${number(x)} ${number(y - bend)} ${number(end)} ${
      number(low + 16 + bend)} ${number(end)} ${number(low + 16)}"/>`
      + rect(source, key, `c${look}`) + label(end, low + 13, fixed(weight, 2), "n mid");
  }).join("");
}

/** Both texts; what is written after the current step is faint. */
function chips({ step }, source, target) {
  const above = source.tokens.map((_, position) => chip(source, position)).join("");
  const below = target.tokens.map((_, position) => chip(target, position, position === step ? "chip now" : "chip"));
  return `${above}${below.slice(0, step + 1).join("")}<g class="later">${below.slice(step + 1).join("")}</g>`;
}

function header(chosen, source, target) {
  return label(MARGIN, 33, heading(chosen), "title")
    + label(WIDTH - MARGIN, 33, clip(chosen.record.modelName, 24), "small muted end")
    + label(MARGIN, source.top - 12, say("translation_view.source"), "small muted")
    + label(MARGIN, target.bottom + 18, say("translation_view.target"), "small muted");
}

/** The candidates of the step as bars, and the caption; and where the picture ends. */
function candidatesOf(chosen, top) {
  const now = nowOf(chosen), shown = now.candidates.slice(0, SHOWN), end = top + 10 + BAR * shown.length;
  const bars = shown.map((one, rank) => bar(one, top + 10 + BAR * rank, one[0] === now.token)).join("");
  const caption = say("translation_view.caption", { threshold: general(chosen.threshold) });
  const lines = [...notes(now, shown).flatMap((note) => wrap(note, NOTE)),
    ...wrap(caption, Math.trunc((WIDTH - 2 * MARGIN) / (CELL * SMALL)))];
  return [label(MARGIN, top, say("translation_view.candidates"), "small muted") + bars
    + paragraph(lines, MARGIN, end + 18), end + 18 + 17 * lines.length];
}

function bar([token, probability], y, won) {
  return `<rect class="bar${won ? " won" : ""}" x="${BAR_LEFT}" y="${number(y)}" width="${
    number(Math.max(BAR_WIDTH * probability, 1))}" height="${BAR - 6}" rx="2"/>`
    + label(BAR_LEFT - 10, y + 13, nameOf(token), won ? "end bold" : "end")
    + label(BAR_LEFT + BAR_WIDTH * probability + 8, y + 13, fixed(probability, 3), "n");
}

/** What is to be said of the token written: that it was forced, that it is not among those shown. */
function notes(now, shown) {
  const said = now.forced ? [say("translation_view.forced_note")] : [];
  if (shown.some(([token]) => token === now.token)) return said;
  return [...said, say("translation_view.elsewhere",
    { token: nameOf(now.token), n: shown.length, probability: fixed(now.probability, 3) })];
}

/** What answers hover and focus: for each target token, where its own step looked. */
function touch(chosen, source, target) {
  const steps = target.tokens.map((_, step) =>
    spoken("s", spokenStep(chosen, step), rect(target, step, "o") + row(chosen, source, target, step))).join("");
  const hint = label(WIDTH - MARGIN, target.bottom + 18, say("translation_view.hint"), "small muted end");
  return `${touchStyle("translation")}<g class="touch">${steps}</g>${hint}`;
}

/* What is said. */

const nowOf = ({ record, step }) => record.steps[step];
/** A token as it is named in a sentence. */
export const nameOf = (token) => clip(visible(token), LONGEST_NAME);

/** The heading, as "Step 3 (0 to 7) · layer 1 · head 0 (taught)". */
function heading(chosen) {
  const { step, record } = chosen;
  return `${say("translation_view.step_name", { step, last: record.steps.length - 1 })} · ${attentionName(chosen)}`;
}

function attentionName({ record, layer, head }) {
  const isTaught = record.taughtHead && layer === record.taughtHead[0] && head === record.taughtHead[1];
  const name = head === null ? "mean" : isTaught ? "taught" : "head_name";
  return `${say("translation_view.layer_name", { layer })} · ${say(`translation_view.${name}`, { head })}`;
}

/** Where one step looks: its strongest source tokens with their weights, strongest first. */
function lookedAt(chosen, step) {
  const links = linksOf(chosen, step).toSorted(([, one], [, other]) => other - one).slice(0, MOST_SPOKEN);
  if (!links.length) return say("views.none", { threshold: general(chosen.threshold) });
  return links.map(([key, weight]) => `${nameOf(chosen.record.sourceTokens[key])} ${fixed(weight, 2)}`)
    .join(say("views.comma"));
}

/** One step in words, for who reaches its token with Tab. */
function spokenStep(chosen, step) {
  const { token, probability } = chosen.record.steps[step];
  return say("translation_view.spoken",
    { step, token: nameOf(token), probability: fixed(probability, 2), looked: lookedAt(chosen, step) });
}

/** The whole picture in one sentence: the step, what is written, what else might be, where it looks. */
function sentence(chosen) {
  const now = nowOf(chosen), { record, step } = chosen;
  const others = now.candidates.filter(([token]) => token !== now.token).slice(0, OTHERS)
    .map(([token, probability]) => `${nameOf(token)} ${fixed(probability, 2)}`);
  return say(now.forced ? "translation_view.forced" : "translation_view.sentence", {
    model: record.modelName || say("views.model"), step, last: record.steps.length - 1,
    before: record.targetTokens.slice(0, step).map(nameOf).join(" ") || say("translation_view.nothing"),
    token: nameOf(now.token), probability: fixed(now.probability, 2),
    others: others.join(say("views.comma")),
    attention: attentionName(chosen), looked: lookedAt(chosen, step),
  });
}

/** What a learner may ask to be changed in a running model: checked against one text, or refused with a sentence. */

import { Random } from "./chance.mjs";
import { CourseError, say } from "./text.mjs";

const MOST_SCALE = 1000, LEAST_TEMPERATURE = 0.001, MOST_TEMPERATURE = 1000, ROUNDING = 1e-5, SHOWN_TOKENS = 20;
const KNOWN = ["headsOff", "weightsEdited", "hiddenTokens", "positions", "seed", "scale", "temperature"];

/**
 * Make the changes of one run of a BERT ready.
 *
 * @param {Object} changes headsOff: [[layer, head], …]; weightsEdited: [[layer, head, query, row], …];
 *   hiddenTokens: places or token strings; positions: "shuffled", "none" or a list; seed; scale; temperature.
 *   They mean what `Intervention` of the Python package says under the same names.
 * @param {string[]} tokens
 * @param {{nLayers: number, nHeads: number, dHead: number, nPositions: number}} sizes
 * @throws {CourseError} for anything that cannot be done to this text in this model
 */
export function planFor(changes, tokens, { nLayers, nHeads, dHead, nPositions }) {
  refuseUnknown("interventions.unknown", changes, KNOWN);
  const { headsOff = [], weightsEdited = [], hiddenTokens = [], positions = null, seed = 0 } = changes;
  const scale = checkedScale(changes.scale ?? null), temperature = checkedTemperature(changes.temperature ?? 1);
  return {
    tokens, scale, temperature, headsOff: checkedHeads(headsOff, nLayers, nHeads),
    rows: checkedRows(weightsEdited, nLayers, nHeads, tokens.length), hidden: checkedTokens(hiddenTokens, tokens),
    positions: checkedPositions(positions, seed, tokens.length, nPositions), shuffled: positions === "shuffled",
    factor: (scale ?? 1 / Math.sqrt(dHead)) / temperature,
  };
}

/** What a plan changes, in the learner's language; "" where nothing does. */
export function planWords({ tokens, headsOff, rows, hidden, positions, shuffled, scale, temperature }) {
  const parts = headsOffWords("interventions.said_heads", headsOff);
  if (rows.length) parts.push(say("interventions.said_rows", { n: rows.length }));
  if (hidden.length) parts.push(hiddenWords(hidden, tokens));
  if (shuffled) parts.push(say("interventions.said_shuffled"));
  else if (positions) parts.push(say(positions.length ? "interventions.said_given" : "interventions.said_none"));
  if (scale !== null) parts.push(say("interventions.said_scale", { scale: general(scale) }));
  if (temperature !== 1) parts.push(temperatureWords(temperature));
  return parts.join(say("interventions.and"));
}

/** One phrase a layer: its heads that are off. */
export function headsOffWords(key, headsOff) {
  return [...new Set(headsOff.map(([layer]) => layer))].map((layer) => say(key, {
    layer, heads: headsOff.filter(([at]) => at === layer)
      .map(([, head]) => say("interventions.said_head", { head })).join(say("interventions.comma")) }));
}

/** Which tokens are hidden, each name once. */
export function hiddenWords(hidden, tokens) {
  return say("interventions.said_hidden", { tokens: [...new Set(hidden.map((place) => tokens[place]))].join(" ") });
}

export function temperatureWords(temperature) {
  return say("interventions.said_temperature", { temperature: general(temperature) });
}

/** Refuse a name under which nothing can be changed. */
export function refuseUnknown(key, changes, known) {
  const got = Object.keys(changes).find((name) => !known.includes(name));
  if (got !== undefined) throw new CourseError(key, { got, known: known.join(", ") });
}

/** The [layer, head] pairs in order, each once. */
export function checkedHeads(pairs, nLayers, nHeads) {
  if (!isListOfLists(pairs, 2)) throw new CourseError("interventions.heads_form", { got: short(pairs) });
  for (const [layer, head] of pairs) {
    checkedPlace("interventions.layer", layer, nLayers);
    checkedPlace("interventions.head", head, nHeads);
  }
  const numbers = new Set(pairs.map(([layer, head]) => layer * nHeads + head));
  return [...numbers].sort((a, b) => a - b).map((number) => [Math.floor(number / nHeads), number % nHeads]);
}

function checkedRows(rows, nLayers, nHeads, nTokens) {
  if (!isListOfLists(rows, 4)) throw new CourseError("interventions.rows_form", { got: short(rows) });
  return rows.map(([layer, head, query, row]) => {
    checkedPlace("interventions.layer", layer, nLayers);
    checkedPlace("interventions.head", head, nHeads);
    checkedPlace("interventions.query", query, nTokens);
    return { layer, head, query, row: checkedRow(row, nTokens) };
  });
}

function checkedRow(row, nTokens) {
  const numbers = ArrayBuffer.isView(row) || Array.isArray(row) ? [...row] : null;
  if (numbers === null || numbers.some((number) => typeof number !== "number")) {
    throw new CourseError("interventions.row_numbers", { got: short(row) });
  }
  if (numbers.length !== nTokens) {
    throw new CourseError("interventions.row_shape", { n_tokens: nTokens, got: `(${numbers.length},)` });
  }
  const wrong = numbers.find((number) => !(number >= 0 && number < Infinity));
  if (wrong !== undefined) throw new CourseError("interventions.row_negative", { got: general(wrong) });
  const sum = numbers.reduce((total, number) => total + number, 0);
  if (Math.abs(sum - 1) > ROUNDING) throw new CourseError("interventions.row_sum", { got: general(sum) });
  return numbers;
}

/** The places of the tokens to hide, in order; one place or one string need not be in a list. */
export function checkedTokens(hidden, tokens) {
  const asked = typeof hidden === "string" || Number.isInteger(hidden) ? [hidden] : hidden;
  if (!Array.isArray(asked)) throw new CourseError("interventions.tokens_form", { got: short(hidden) });
  const places = asked.flatMap((one) => {
    if (typeof one !== "string") return [checkedPlace("interventions.token", one, tokens.length)];
    const found = [...tokens.keys()].filter((place) => tokens[place] === one);
    const shown = tokens.slice(0, SHOWN_TOKENS).join(" ") + (tokens.length > SHOWN_TOKENS ? " …" : "");
    if (!found.length) throw new CourseError("interventions.token_absent", { got: one.slice(0, 30), tokens: shown });
    return found;
  });
  return [...new Set(places)].sort((a, b) => a - b);
}

/** The position each token is told; [] for none at all, null for no change. */
function checkedPositions(positions, seed, nTokens, nPositions) {
  if (!Number.isSafeInteger(seed) || seed < 0) throw new CourseError("interventions.seed", { got: short(seed) });
  if (positions === null || positions === "none") return positions && [];
  if (positions === "shuffled") return shuffled(nTokens, seed);
  if (typeof positions === "string") throw new CourseError("interventions.positions_word", { got: positions.slice(0, 30) });
  if (positions.length !== nTokens) {
    throw new CourseError("interventions.positions_length", { n_tokens: nTokens, got: positions.length ?? short(positions) });
  }
  return positions.map((position) => checkedPlace("interventions.position", position, nPositions));
}

/** 0 … nTokens - 1 in another order, the one that Python finds with this seed. */
function shuffled(nTokens, seed) {
  const chance = new Random(seed);
  let order = [...Array(nTokens).keys()];
  while (order.every((place, rank) => place === rank)) {
    const lots = order.map((place) => [chance.random(), place]);
    order = lots.sort(([one], [other]) => one - other).map(([, place]) => place);
  }
  return order;
}

function checkedScale(scale) {
  if (scale !== null && !within(scale, 0, MOST_SCALE)) throw new CourseError("interventions.scale", { got: short(scale) });
  return scale;
}

export function checkedTemperature(temperature) {
  if (within(temperature, LEAST_TEMPERATURE, MOST_TEMPERATURE)) return temperature;
  throw new CourseError("interventions.temperature", { got: short(temperature) });
}

function checkedPlace(key, value, count) {
  if (Number.isInteger(value) && value >= 0 && value < count) return value;
  throw new CourseError(key, { got: short(value), last: count - 1 });
}

function within(value, least, most) {
  return typeof value === "number" && value >= least && value <= most;
}

function isListOfLists(value, length) {
  return Array.isArray(value) && value.every((one) => Array.isArray(one) && one.length === length);
}

/** A number as Python's format "g" writes it: six digits at most. */
export function general(number) {
  return String(Number(number.toPrecision(6)));
}

/** A value as code would write it, cut to so many characters. */
export function short(value, most = 60) {
  return (JSON.stringify(value) ?? String(value)).slice(0, most);
}

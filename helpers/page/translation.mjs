/** What a learner may ask to be changed in a translation: checked against the source, or refused with a sentence. */

import {
  checkedHeads, checkedTemperature, checkedTokens, headsOffWords, hiddenWords, refuseUnknown, short, temperatureWords,
} from "./changes.mjs";
import { CourseError, say } from "./text.mjs";
import { strip, wholeCharacters } from "./tokenizer.mjs";

const MOST_BEAM = 16, MOST_SHOWN = 40;
const KNOWN = ["headsOff", "hiddenTokens", "prefix", "temperature", "seed"];

/**
 * Make ready what was asked for in one translation.
 *
 * @param {Object} changes headsOff: [[layer, head], …] of the cross-attention; hiddenTokens: places of the source, or
 *   token strings; prefix: how the translation must begin; temperature; seed. They mean what `TranslationChanges` of
 *   the Python package says under the same names.
 * @param {number} beam paths kept at each step, 1 to 16
 * @param {string[]} tokens of the source
 * @param {{nLayers: number, nHeads: number}} sizes of the cross-attention
 * @param {function(string): number[]} readPrefix turns the text of a prefix into token ids, or refuses it
 * @throws {CourseError} for anything that cannot be done to this text
 */
export function translationPlan(changes, beam, tokens, { nLayers, nHeads }, readPrefix) {
  refuseUnknown("translation.unknown", changes, KNOWN);
  const prefix = checkedPrefix(changes.prefix ?? ""), seed = checkedSeed(changes.seed ?? null);
  const hidden = checkedHidden(changes.hiddenTokens ?? [], tokens);
  return {
    tokens, prefix, seed, hidden, beam: checkedBeam(beam, seed),
    headsOff: checkedHeads(changes.headsOff ?? [], nLayers, nHeads), prefixIds: prefix ? readPrefix(prefix) : [],
    temperature: checkedTemperature(changes.temperature ?? 1),
  };
}

/** What a plan changes, in the learner's language; "" where nothing does. */
export function translationWords({ tokens, headsOff, hidden, prefix, prefixIds, temperature, seed }) {
  const parts = headsOffWords("translation.said_heads", headsOff);
  if (hidden.length) parts.push(hiddenWords(hidden, tokens));
  if (prefixIds.length) parts.push(say("translation.said_prefix", { prefix }));
  if (temperature !== 1) parts.push(temperatureWords(temperature));
  if (seed !== null) parts.push(say("translation.said_seed", { seed }));
  return parts.join(say("interventions.and"));
}

function checkedHidden(hidden, tokens) {
  const places = checkedTokens(hidden, tokens);
  if (places.length === tokens.length) throw new CourseError("translation.all_hidden");
  return places;
}

function checkedPrefix(prefix) {
  if (typeof prefix !== "string") throw new CourseError("translation.prefix_not_text", { got: short(prefix) });
  return strip(wholeCharacters(prefix));
}

function checkedSeed(seed) {
  if (seed === null || (Number.isSafeInteger(seed) && seed >= 0)) return seed;
  throw new CourseError("translation.seed", { got: short(seed, MOST_SHOWN) });
}

function checkedBeam(beam, seed) {
  if (!Number.isInteger(beam) || beam < 1 || beam > MOST_BEAM) {
    throw new CourseError("translation.beam", { got: short(beam, MOST_SHOWN), most: MOST_BEAM });
  }
  if (beam > 1 && seed !== null) throw new CourseError("translation.seed_and_beam");
  return beam;
}

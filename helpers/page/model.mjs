/**
 * The course models in plain script: they compute what the Python package computes, under its names in camelCase.
 *
 * No access to a page, so that they run in a worker as well: `load` them once, then `bert.run(…)`.
 */

import { Bert } from "./bert.mjs";
import { speak } from "./text.mjs";
import { Simplifier, Tokenizer } from "./tokenizer.mjs";
import { readSafetensors } from "./weights.mjs";

export { Bert, BertRecord } from "./bert.mjs";
export { CourseError, say, speak } from "./text.mjs";
export { fromBase64 } from "./weights.mjs";

/**
 * @param {Object} data what `page_data` of helpers/page/data.py returns
 * @param {ArrayBuffer} weights of course-bert
 * @param {string} language "en" or "zh"
 */
export function loadBert(data, weights, language = "en") {
  speak(data.strings, language);
  return new Bert(readSafetensors(weights), data.bert, new Tokenizer(data.tokenizer, new Simplifier(data.simplified)));
}

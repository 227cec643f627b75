/**
 * The course models in plain script: they compute what the Python package computes, under its names in camelCase.
 *
 * No access to a page, so that they run in a worker as well: `load` them once, then `bert.run(…)` or
 * `translator.translate(…)`.
 */

import { Bert } from "./bert.mjs";
import { speak } from "./text.mjs";
import { Simplifier, Tokenizer } from "./tokenizer.mjs";
import { Translator } from "./translator.mjs";
import { readSafetensors } from "./weights.mjs";

export { Bert, BertRecord } from "./bert.mjs";
export { CourseError, say, speak } from "./text.mjs";
export { TranslationRecord, Translator } from "./translator.mjs";
export { fromBase64 } from "./weights.mjs";

/**
 * @param {Object} data what `page_data` of helpers/page/data.py returns
 * @param {ArrayBuffer} weights of course-bert
 * @param {string} language "en" or "zh"
 */
export function loadBert(data, weights, language = "en") {
  speak(data.strings, language);
  return new Bert(readSafetensors(weights), data.bert, readTokenizer(data));
}

/**
 * @param {Object} data as for `loadBert`
 * @param {ArrayBuffer} weights of course-translator
 * @param {string} language "en" or "zh": of what the translator says, not of what it writes
 */
export function loadTranslator(data, weights, language = "en") {
  speak(data.strings, language);
  return new Translator(readSafetensors(weights), data.translator, readTokenizer(data));
}

const readTokenizer = ({ tokenizer, simplified }) => new Tokenizer(tokenizer, new Simplifier(simplified));

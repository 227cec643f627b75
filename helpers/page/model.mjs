/**
 * The course models in plain script: they compute what the Python package computes, under its names in camelCase.
 *
 * No access to a page, so that they run in a worker as well: `load` them once, then `bert.run(…)`, `gpt.run(…)` or
 * `translator.translate(…)`. A page that runs one of them takes that one's own module.
 */

export { Bert, BertRecord, loadBert } from "./bert.mjs";
export { compare } from "./comparison.mjs";
export { Gpt, GptRecord, loadGpt } from "./gpt.mjs";
export { CourseError, say, speak } from "./text.mjs";
export { TranslationRecord, Translator, loadTranslator } from "./translator.mjs";
export { fromBase64 } from "./weights.mjs";

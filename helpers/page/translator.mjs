/**
 * The course translator: give it a text, and keep everything on the way.
 *
 *     const translator = loadTranslator(data, weights, "en");
 *     const record = translator.translate("I am a student.");            // text, crossWeights, steps …
 *     translator.translate(text, { target: "zh", beam: 4, prefix: "我", hiddenTokens: ["tea"], headsOff: [[1, 0]] });
 *
 * What comes back has the names of the Python package's TranslationRecord, in camelCase.
 */

import { short } from "./changes.mjs";
import { beamSearch, greedySearch, sample, Vocabulary } from "./search.mjs";
import { sentence } from "./sentences.mjs";
import { Linear, Tensor, largest } from "./tensors.mjs";
import { CourseError, say, speak } from "./text.mjs";
import { cleanSentences, halves, hasChinese, readAsNotices, readTokenizer } from "./tokenizer.mjs";
import { Transformer } from "./transformer.mjs";
import { translationPlan, translationWords } from "./translation.mjs";
import { readSafetensors } from "./weights.mjs";

const TAGS = { zh: "<2zh>", en: "<2en>" }, START = "[CLS]", END = "[SEP]";
const N_CANDIDATES = 10, MOST_SHOWN = 60;

/**
 * @param {Object} data what `page_data` of helpers/page/data.py returns
 * @param {ArrayBuffer} weights of course-translator
 * @param {string} language "en" or "zh": of what the translator says, not of what it writes
 */
export function loadTranslator(data, weights, language = "en") {
  speak(data.strings, language);
  return new Translator(readSafetensors(weights), data.translator, readTokenizer(data));
}

/** The translator and its tokenizer. */
export class Translator {
  /**
   * @param {Object<string, Tensor>} tensors of model.safetensors: the Transformer, and the ids of either language
   * @param {Object} config of config.json
   * @param {Tokenizer} tokenizer
   * @param {string} name what the learner calls it
   */
  constructor(tensors, config, tokenizer, name = "course") {
    this.name = name;
    this.tokenizer = tokenizer;
    this.model = new Transformer(tensors, config);
    this.nLayers = this.nEncoderLayers = config.n_layers;
    this.nHeads = config.n_heads;
    this.dModel = config.d_model;
    this.maxTokens = config.max_tokens;
    this.taughtHead = config.taught_head;
    this.alpha = config.length_penalty;
    this.start = tokenizer.ids.get(START);
    this.end = tokenizer.ids.get(END);
    this.pieces = {};
    this.unembeds = {};
    for (const language of Object.keys(TAGS)) {
      this.pieces[language] = [...tensors[`pieces.${language}`].data];
      this.unembeds[language] = new Linear({ weight: picked(this.model.embedding, this.pieces[language]) });
    }
  }

  /**
   * Cut a text into what `translate` gives the encoder: the tag for the language, word pieces and the end.
   *
   * @param {string} text
   * @param {?string} target "zh" or "en"; null goes by the text
   * @returns {{sourceText, target, sourceTokens, sourceIds, notices}} as in the record
   * @throws {CourseError} for what is not a text, a blank one, one that is too long, or another language
   */
  read(text, target = null) {
    const got = `${typeof text} ${short(text)}`;
    if (typeof text !== "string") throw new CourseError("translation.not_text", { got });
    const [clean] = cleanSentences(text, null, this.name, this.maxTokens), limit = this.maxTokens;
    const into = checkedTarget(target) ?? (hasChinese(clean) ? "en" : "zh");
    const [[sourceText], converted] = this.tokenizer.simplifier.simplify([clean]), cut = this.tokenizer.cut(sourceText);
    if (!cut.length) throw new CourseError("models.blank");
    const n_tokens = cut.length + 2;
    if (n_tokens > limit) throw new CourseError("translation.too_long", { name: this.name, n_tokens, limit });
    const sourceTokens = [TAGS[into], ...cut.map(({ token }) => token), END];
    const sourceIds = sourceTokens.map((token) => this.tokenizer.ids.get(token));
    return { sourceText, target: into, sourceTokens, sourceIds, notices: [...converted,
      ...readAsNotices(new Map([...halves(text), ...this.tokenizer.changed([cut], [sourceText])])),
      ...this.tokenizer.unknownNotices([cut], [sourceText]), ...languageNotices(sourceText, into === "en")] };
  }

  /**
   * Translate a text and record everything on the way.
   *
   * @param {string} text any text; a sentence does best
   * @param {Object} options target: "zh", "en" or null; beam: paths followed at a time, 1 is greedy; and what to
   *   change, see `translationPlan`
   * @returns {TranslationRecord}
   * @throws {CourseError} for a text that cannot be translated (see `read`), or a change that cannot be made
   */
  translate(text, { target = null, beam = 1, ...changes } = {}) {
    const source = this.read(text, target);
    const plan = translationPlan(changes, beam, source.sourceTokens, this,
      (prefix) => this.readPrefix(prefix, source.target));
    const encoded = this.model.encode(source.sourceIds, plan.hidden, plan.headsOff);
    const vocabulary = new Vocabulary(this.pieces[source.target], this.unembeds[source.target],
      { start: this.start, end: this.end, prefixIds: plan.prefixIds, temperature: plan.temperature });
    const written = this.write(source, plan, encoded, vocabulary);
    const decoded = this.model.decode([[this.start, ...written.ids.slice(0, -1)]], encoded);
    return this.record(source, plan, written, { encoded, decoded, vocabulary });
  }

  /** Search for a translation: its token ids, and the steps of a beam search. */
  write({ sourceIds }, { beam, seed, prefixIds }, encoded, vocabulary) {
    const most = Math.min(2 * sourceIds.length + 10 + prefixIds.length, this.maxTokens);
    if (seed !== null) return { ids: sample(this.model, encoded, vocabulary, most, seed), steps: [] };
    if (beam === 1) return { ids: greedySearch(this.model, encoded, vocabulary, most), steps: [] };
    const { best, steps } = beamSearch(this.model, encoded, vocabulary, most, { beam, alpha: this.alpha });
    return { ids: best.tokenIds, steps };
  }

  /** Put together what one translation was. */
  record(source, plan, { ids, steps: searched }, { encoded, decoded, vocabulary }) {
    const targetTokens = this.tokens(ids), ways = vocabulary.logProbabilities(decoded.states);
    const chosen = ids.map((id, place) => ways.at(place, vocabulary.pieces.indexOf(id)));
    return new TranslationRecord({
      ...source, notices: [...source.notices, ...this.notices(plan, ids)],
      text: sentence(this.tokens(ids.filter((id) => id !== this.end)), source.target), targetTokens, targetIds: ids,
      decoderTokens: [START, ...targetTokens.slice(0, -1)], encoderWeights: encoded.weights,
      decoderWeights: Tensor.stack(decoded.weights), crossWeights: Tensor.stack(decoded.crossWeights),
      steps: chosen.map((logProbability, place) => ({ token: targetTokens[place], probability: Math.exp(logProbability),
        candidates: this.candidates(ways.at(place).data, vocabulary), forced: place < plan.prefixIds.length })),
      beams: this.beams(searched), logProbability: chosen.reduce((sum, one) => sum + one, 0),
      taughtHead: this.taughtHead, modelName: this.name,
    });
  }

  notices(plan, ids) {
    const words = translationWords(plan), said = words ? [say("interventions.notice", { changes: words })] : [];
    return ids.at(-1) === this.end ? said : [...said, say("translation.cut", { n: ids.length })];
  }

  /** The likeliest tokens with their probabilities, best first. */
  candidates(ways, { pieces }) {
    return largest(ways, Math.min(N_CANDIDATES, ways.length))
      .map((place) => [this.tokenizer.tokens[pieces[place]], Math.exp(ways[place])]);
  }

  /** The tree of a beam search, its tokens named, its parents placed among all paths of the step before. */
  beams(steps) {
    return steps.map((paths, step) => {
      const earlier = steps[step - 1] ?? [];
      const kept = [...earlier.keys()].filter((place) => earlier[place].fate === "kept");
      const before = step ? kept : [null];
      return paths.map((path) => ({ ...path, tokens: this.tokens(path.tokenIds), parent: before[path.parent] }));
    });
  }

  /** The tokens of a beginning, all of which the model might write, or a sentence why not. */
  readPrefix(prefix, target) {
    const [[text]] = this.tokenizer.simplifier.simplify([prefix]), cut = this.tokenizer.cut(text);
    const characters = [...text], allowed = new Set(this.pieces[target]), n_tokens = cut.length;
    for (const token of [END, this.tokenizer.unknown]) allowed.delete(this.tokenizer.ids.get(token));
    const foreign = cut.filter(({ id }) => !allowed.has(id))
      .map(({ span }) => characters.slice(...span).join(""));
    if (foreign.length) {
      const pieces = firstOf(foreign.join(" "));
      throw new CourseError("translation.prefix_foreign", { prefix: firstOf(prefix), pieces });
    }
    if (n_tokens >= this.maxTokens) {
      throw new CourseError("translation.prefix_long", { name: this.name, n_tokens, limit: this.maxTokens });
    }
    return cut.map(({ id }) => id);
  }

  tokens(ids) {
    return ids.map((id) => this.tokenizer.tokens[id]);
  }
}

/** Everything a translator computed about one text; an attention view takes its `encoder`, `decoder` or `cross`. */
export class TranslationRecord {
  constructor(fields) {
    Object.assign(this, fields);
  }

  get nLayers() { return this.crossWeights.shape[0]; }
  get nHeads() { return this.crossWeights.shape[1]; }
  get encoder() { return this.looks(this.sourceTokens, this.encoderWeights); }
  get decoder() { return this.looks(this.decoderTokens, this.decoderWeights); }
  get cross() { return this.looks(this.targetTokens, this.crossWeights, this.sourceTokens); }

  looks(tokens, weights, keyTokens = null) {
    return { tokens, segmentIds: tokens.map(() => 0), sentenceBStart: null, weights, modelName: this.modelName,
      notices: this.notices, keyTokens };
  }
}

function checkedTarget(target) {
  if (target === null || Object.hasOwn(TAGS, target)) return target;
  throw new CourseError("translation.target", { got: short(target) });
}

/** Say so if a text is in another language than it is translated from; one without letters is in any. */
function languageNotices(text, fromChinese) {
  if (hasChinese(text) === fromChinese || !/\p{L}/u.test(text)) return [];
  return [say(fromChinese ? "translation.looks_not_chinese" : "translation.looks_chinese")];
}

/** Rows of a table (row, d_model) as a table of its own, still in float32. */
function picked(table, numbers) {
  const d = table.shape[1], data = new Float32Array(numbers.length * d);
  numbers.forEach((number, place) => data.set(table.at(number).data, place * d));
  return new Tensor(data, [numbers.length, d]);
}

const firstOf = (text) => [...text].slice(0, MOST_SHOWN).join("");

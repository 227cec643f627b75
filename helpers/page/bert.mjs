/** The course BERT: run it on a text and keep everything it computed, or let it guess hidden words. */

import { planFor, planWords, short } from "./changes.mjs";
import {
  LayerNorm, Linear, Tensor, add, attentionContext, attentionScores, attentionWeights, gelu, largest, mergeHeads, rows,
  softmax, splitHeads,
} from "./tensors.mjs";
import { CourseError, say, speak } from "./text.mjs";
import { cleanSentences, fitting, readTokenizer } from "./tokenizer.mjs";
import { readSafetensors } from "./weights.mjs";

const MASK = "[MASK]";
const MASK_LOOKALIKE = /[[［【〔<〈(（{][\s\x1c-\x1f\x85]*(mask|ｍａｓｋ)[\s\x1c-\x1f\x85]*[\]］】〕>〉)）}]/iu;

/**
 * @param {Object} data what `page_data` of helpers/page/data.py returns
 * @param {ArrayBuffer} weights of course-bert
 * @param {string} language "en" or "zh"
 */
export function loadBert(data, weights, language = "en") {
  speak(data.strings, language);
  return new Bert(readSafetensors(weights), data.bert, readTokenizer(data));
}

/** A BERT and its tokenizer. */
export class Bert {
  /**
   * @param {Object<string, Tensor>} tensors of model.safetensors
   * @param {Object} config of config.json
   * @param {Tokenizer} tokenizer
   * @param {string} name what the learner calls it
   */
  constructor(tensors, config, tokenizer, name = "course") {
    const part = (prefix) => ({ weight: tensors[`${prefix}.weight`], bias: tensors[`${prefix}.bias`] });
    const norm = (prefix) => new LayerNorm(part(prefix), config.layer_norm_eps);
    this.name = name;
    this.tokenizer = tokenizer;
    this.nLayers = config.num_hidden_layers;
    this.nHeads = config.num_attention_heads;
    this.dModel = config.hidden_size;
    this.maxTokens = config.max_position_embeddings;
    const table = (kind) => tensors[`bert.embeddings.${kind}_embeddings.weight`];
    this.embeddings = { word: table("word"), position: table("position"), segment: table("token_type") };
    this.embeddingNorm = norm("bert.embeddings.LayerNorm");
    this.layers = Array.from({ length: this.nLayers }, (_, layer) => readLayer(`bert.encoder.layer.${layer}`, part, norm));
    const head = "cls.predictions";
    this.transform = new Linear(part(`${head}.transform.dense`));
    this.transformNorm = norm(`${head}.transform.LayerNorm`);
    this.unembed = new Linear({ weight: this.embeddings.word, bias: tensors[`${head}.bias`] });
  }

  /** What `planFor` must know of the model. */
  get sizes() {
    return { nLayers: this.nLayers, nHeads: this.nHeads, dHead: this.dModel / this.nHeads, nPositions: this.maxTokens };
  }

  /**
   * Cut a text or pair into the tokens that `run` gives the model.
   *
   * @throws {CourseError} for what is not a text, a blank one, or one that is too long
   */
  encode(sentenceA, sentenceB = null) {
    const clean = cleanSentences(sentenceA, sentenceB, this.name, this.maxTokens);
    return fitting(this.tokenizer.encode(clean, [sentenceA, sentenceB ?? ""]), this);
  }

  /**
   * Run the model once on a text or pair and record everything it computes.
   *
   * @param {string} sentenceA
   * @param {?string} sentenceB
   * @param {Object} changes what to change inside the running model, see `planFor`
   * @returns {BertRecord}
   */
  run(sentenceA, sentenceB = null, changes = {}) {
    const encoded = this.encode(sentenceA, sentenceB), { tokens } = encoded;
    const plan = planFor(changes, tokens, this.sizes);
    if (plan.hidden.length === tokens.length) {
      throw new CourseError("interventions.nothing_left", { query: 0, token: tokens[0] });
    }
    const words = planWords(plan), said = words ? [say("interventions.notice", { changes: words })] : [];
    return new BertRecord(this, { ...encoded, notices: [...encoded.notices, ...said] }, this.forward(encoded, plan));
  }

  /** Everything a record holds besides the text. */
  forward({ tokenIds, segmentIds }, plan) {
    const { word, position, segment } = this.embeddings, places = plan.positions ?? [...tokenIds.keys()];
    const parts = { wordEmbeddings: rows(word, tokenIds), segmentEmbeddings: rows(segment, segmentIds),
      positionEmbeddings: places.length ? rows(position, places) : Tensor.zeros(tokenIds.length, this.dModel) };
    const sum = add(add(parts.wordEmbeddings, parts.segmentEmbeddings), parts.positionEmbeddings);
    const hiddenStates = [this.embeddingNorm.apply(sum)];
    const layers = this.layers.map((layer, number) => {
      const found = this.runLayer(layer, number, hiddenStates.at(-1), plan);
      hiddenStates.push(found.output);
      return found;
    });
    const stacked = ["queries", "keys", "values", "scores", "weights", "context", "attentionOutputs", "attendedStates"]
      .map((name) => [name, Tensor.stack(layers.map((found) => found[name]))]);
    return { ...parts, hiddenStates: Tensor.stack(hiddenStates), ...Object.fromEntries(stacked) };
  }

  /**
   * One layer: attention, add and norm, feed-forward, add and norm.
   *
   * Beside what a record holds it returns what the way back through the layer needs (gradients.mjs): `attended` and
   * `fed`, the sums before the norms, and `inner`, the feed-forward network before its activation.
   *
   * @param {Tensor} states (token, d_model) that are looked at
   * @param {Tensor} asking those that look, (query, d_model), where not all tokens do; the output is theirs
   */
  runLayer(layer, number, states, plan, asking = states) {
    const [queries, keys, values] = [[layer.query, asking], [layer.key, states], [layer.value, states]]
      .map(([projection, inputs]) => splitHeads(projection.apply(inputs), this.nHeads));
    const scores = attentionScores(queries, keys, plan.factor);
    hideKeys(scores, plan.hidden);
    const weights = attentionWeights(scores);
    for (const { layer: at, head, query, row } of plan.rows) if (at === number) weights.at(head, query).data.set(row);
    const context = attentionContext(weights, values);
    for (const [at, head] of plan.headsOff) if (at === number) context.at(head).data.fill(0);
    const attentionOutputs = layer.output.apply(mergeHeads(context));
    const attended = add(attentionOutputs, asking), attendedStates = layer.attentionNorm.apply(attended);
    const inner = layer.wIn.apply(attendedStates), fed = add(layer.wOut.apply(gelu(inner)), attendedStates);
    return { queries, keys, values, scores, weights, context, attentionOutputs, attendedStates,
      output: layer.norm.apply(fed), attended, inner, fed };
  }

  /**
   * Guess the hidden words of a text: for each [MASK] the `top` candidates as [token, probability], best first.
   *
   * @throws {CourseError} as `run`; if there is no [MASK], or `top` is out of range
   */
  fillMask(text, sentenceB = null, top = 5, changes = {}) {
    const record = this.run(text, sentenceB, changes);
    if (!record.tokens.includes(MASK)) throw noMask(record.sentences);
    return record.guesses(top);
  }

  /** hidden states (token, d_model) -> logits (token, vocab) */
  logits(states) {
    return this.unembed.apply(this.transformNorm.apply(gelu(this.transform.apply(states))));
  }
}

/** Everything a BERT computed about one text; the fields are those of the Python package's BertRecord in camelCase. */
export class BertRecord {
  constructor(bert, encoded, computed) {
    Object.assign(this, encoded, computed, { modelName: bert.name });
    Object.defineProperty(this, "bert", { value: bert });              // not a field: a copy to or from a worker lacks it
  }

  get nLayers() { return this.weights.shape[0]; }
  get nHeads() { return this.weights.shape[1]; }
  get nTokens() { return this.tokens.length; }
  get dModel() { return this.hiddenStates.shape[2]; }
  get dHead() { return this.queries.shape[3]; }
  get sides() { return [this.tokens, this.tokens]; }

  /** For each [MASK], the `top` candidates as [token, probability], best first. */
  guesses(top = 5) {
    const vocab = this.bert.tokenizer.tokens.length;
    if (!Number.isInteger(top) || top < 1 || top > vocab) {
      throw new CourseError("models.bad_top", { mask: MASK, vocab, got: short(top) });
    }
    const probabilities = this.probabilities();
    return this.maskPlaces.map((_, rank) => largest(probabilities.at(rank).data, top)
      .map((id) => [this.bert.tokenizer.tokens[id], probabilities.at(rank, id)]));
  }

  /** Where the text has [MASK]. */
  get maskPlaces() {
    return [...this.tokens.keys()].filter((place) => this.tokens[place] === MASK);
  }

  /** How likely the model holds each token of the vocabulary at each [MASK], (mask, vocab). */
  probabilities() {
    const places = this.maskPlaces, ways = this.bert.logits(rows(this.hiddenStates.at(this.nLayers), places));
    places.forEach((_, rank) => softmax(ways.at(rank).data));
    return ways;
  }
}

function readLayer(prefix, part, norm) {
  const linear = (name) => new Linear(part(`${prefix}.${name}`));
  return {
    query: linear("attention.self.query"), key: linear("attention.self.key"), value: linear("attention.self.value"),
    output: linear("attention.output.dense"), attentionNorm: norm(`${prefix}.attention.output.LayerNorm`),
    wIn: linear("intermediate.dense"), wOut: linear("output.dense"), norm: norm(`${prefix}.output.LayerNorm`),
  };
}

/** Mask keys in scores (head, query, key) as the model masks: with the least number there is. */
function hideKeys(scores, hidden) {
  const n = scores.shape[2];
  for (const key of hidden) for (let cell = key; cell < scores.data.length; cell += n) scores.data[cell] -= Number.MAX_VALUE;
}

/** Say that [MASK] is needed; where something like it was written, name that. */
function noMask(sentences) {
  const alike = sentences.join(" ").match(MASK_LOOKALIKE);
  if (alike) return new CourseError("models.mask_misspelt", { found: alike[0], mask: MASK });
  return new CourseError("models.no_mask", { mask: MASK, example: say("models.mask_example", { mask: MASK }) });
}

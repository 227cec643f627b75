/**
 * The course GPT: run it on a text, and see what it would write next.
 *
 * It is built as LLaMA is: RMS norms before the sublayers, queries and keys turned by their position, keys and values
 * shared by groups of heads, and a gate in the feed-forward. Each token sees those before it and itself.
 */

import {
  Linear, Tensor, add, attentionContext, attentionScores, attentionWeights, hideLater, mergeHeads, rows, splitHeads,
} from "./tensors.mjs";
import { CourseError, speak } from "./text.mjs";
import { cleanSentences, fitting, readTokenizer } from "./tokenizer.mjs";
import { readSafetensors } from "./weights.mjs";

/**
 * @param {Object} data what `page_data` of helpers/page/data.py returns
 * @param {ArrayBuffer} weights of course-gpt
 * @param {string} language "en" or "zh"
 */
export function loadGpt(data, weights, language = "en") {
  speak(data.strings, language);
  return new Gpt(readSafetensors(weights), data.gpt, readTokenizer({ tokenizer: data.gptTokenizer }));
}

/** A GPT and its tokenizer. */
export class Gpt {
  /**
   * @param {Object<string, Tensor>} tensors of model.safetensors
   * @param {Object} config of config.json
   * @param {Tokenizer} tokenizer
   * @param {string} name what the learner calls it
   */
  constructor(tensors, config, tokenizer, name = "course-gpt") {
    this.name = name;
    this.tokenizer = tokenizer;
    this.nLayers = config.num_hidden_layers;
    this.nHeads = config.num_attention_heads;
    this.nKeyHeads = config.num_key_value_heads;
    this.dModel = config.hidden_size;
    this.maxTokens = config.max_position_embeddings;
    this.base = config.rope_parameters.rope_theta;
    const linear = (name) => new Linear({ weight: tensors[`${name}.weight`] });
    const norm = (name) => new RmsNorm(tensors[`${name}.weight`], config.rms_norm_eps);
    this.embedding = tensors["model.embed_tokens.weight"];
    this.layers = Array.from({ length: this.nLayers }, (_, layer) => readLayer(`model.layers.${layer}`, linear, norm));
    this.norm = norm("model.norm");
    this.unembed = new Linear({ weight: this.embedding });
  }

  /**
   * Cut a text into the tokens that `run` gives the model: <s> and the pieces.
   *
   * @throws {CourseError} for what is not a text, a blank one, one that is too long, or a second text
   */
  encode(text, second = null) {
    const sentences = cleanSentences(text, second, this.name, this.maxTokens);
    if (sentences.length > 1) throw new CourseError("models.one_sentence_only", { name: this.name });
    return fitting(this.tokenizer.encode(sentences, [text]), this);
  }

  /**
   * Run the model once on a text and record what it computes.
   *
   * @param {string} text
   * @param {?string} second no text but a blank one: the model reads one
   * @returns {GptRecord}
   * @throws {CourseError} as `encode`
   */
  run(text, second = null) {
    const encoded = this.encode(text, second), weights = [];
    let states = rows(this.embedding, encoded.tokenIds);
    for (const layer of this.layers) {
      const found = this.runLayer(layer, states);
      states = found.output;
      weights.push(found.weights);
    }
    const logits = this.logits(states.from(encoded.tokens.length - 1)).data;
    return new GptRecord(this, encoded, { weights: Tensor.stack(weights), logits });
  }

  /** One layer: norm, attention, add; norm, gated feed-forward, add. */
  runLayer(layer, states) {
    const asking = layer.attentionNorm.apply(states), group = this.nHeads / this.nKeyHeads;
    const queries = turned(splitHeads(layer.query.apply(asking), this.nHeads), this.base);
    const keys = turned(splitHeads(layer.key.apply(asking), this.nKeyHeads), this.base);
    const scores = attentionScores(queries, shared(keys, group));
    hideLater(scores);
    const weights = attentionWeights(scores);
    const values = shared(splitHeads(layer.value.apply(asking), this.nKeyHeads), group);
    const attended = add(states, layer.output.apply(mergeHeads(attentionContext(weights, values))));
    const inputs = layer.norm.apply(attended), gate = silu(layer.gate.apply(inputs));
    return { weights, output: add(attended, layer.wOut.apply(multiply(gate, layer.wIn.apply(inputs)))) };
  }

  /** hidden states (token, d_model) -> logits (token, vocab) of the token after each */
  logits(states) {
    return this.unembed.apply(this.norm.apply(states));
  }
}

/** What a GPT computed about a text: its tokens, weights (layer, head, query, key), logits (vocab) of the next token. */
export class GptRecord {
  constructor(gpt, encoded, computed) {
    Object.assign(this, encoded, computed, { modelName: gpt.name });
    Object.defineProperty(this, "vocabulary", { value: gpt.tokenizer.tokens });    // no field, see BertRecord
  }

  get nLayers() { return this.weights.shape[0]; }
  get nHeads() { return this.weights.shape[1]; }
  get nTokens() { return this.tokens.length; }
}

function readLayer(prefix, linear, norm) {
  const part = (name) => linear(`${prefix}.${name}`);
  return {
    attentionNorm: norm(`${prefix}.input_layernorm`), query: part("self_attn.q_proj"), key: part("self_attn.k_proj"),
    value: part("self_attn.v_proj"), output: part("self_attn.o_proj"), norm: norm(`${prefix}.post_attention_layernorm`),
    gate: part("mlp.gate_proj"), wIn: part("mlp.up_proj"), wOut: part("mlp.down_proj"),
  };
}

/** Each vector of (head, token, d_head) turned by its position, number i with number i + d_head / 2 (Su et al. 2021). */
function turned(heads, base) {
  const [nHeads, n, d] = heads.shape, half = d / 2, result = Tensor.zeros(nHeads, n, d);
  for (let token = 0; token < n; token++) {
    for (let i = 0; i < half; i++) {
      const angle = token * base ** (-i / half), cos = Math.cos(angle), sin = Math.sin(angle);
      for (let head = 0; head < nHeads; head++) {
        const at = (head * n + token) * d + i, one = heads.data[at], other = heads.data[at + half];
        result.data[at] = one * cos - other * sin;
        result.data[at + half] = other * cos + one * sin;
      }
    }
  }
  return result;
}

/** Keys or values (group, token, d_head) for all heads, the `count` of a group alike: (head, token, d_head) */
function shared(heads, count) {
  return Tensor.stack(Array.from({ length: heads.shape[0] * count }, (_, head) => heads.at(Math.floor(head / count))));
}

/** Each token's vector brought to length √d_model, then scaled as trained (Zhang & Sennrich 2019). */
class RmsNorm {
  /**
   * @param {Tensor} weight (d_model)
   * @param {number} epsilon added to the mean of the squares
   */
  constructor(weight, epsilon) {
    this.weight = weight;
    this.epsilon = epsilon;
  }

  /** inputs (token, d_model) -> the same shape */
  apply({ data, shape: [n, d] }) {
    const outputs = Tensor.zeros(n, d), scale = this.weight.data;
    for (let start = 0; start < n * d; start += d) {
      let square = 0;
      for (let k = 0; k < d; k++) square += data[start + k] ** 2 / d;
      const factor = 1 / Math.sqrt(square + this.epsilon);
      for (let k = 0; k < d; k++) outputs.data[start + k] = data[start + k] * factor * scale[k];
    }
    return outputs;
  }
}

/** The activation x · σ(x), element by element. */
function silu(inputs) {
  return new Tensor(inputs.data.map((x) => x / (1 + Math.exp(-x))), inputs.shape);
}

/** The product of two tensors of one shape, element by element. */
function multiply(one, other) {
  return new Tensor(one.data.map((number, place) => number * other.data[place]), one.shape);
}

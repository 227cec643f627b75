/**
 * The Transformer of the course translator: an encoder that reads, a decoder that writes, and the key/value cache that
 * spares the decoder what it has computed before.
 *
 * Layer norms stand before the sublayers, and the bend of the feed-forward is gelu: `norm_first` and `activation` of
 * config.json. Several targets on their way (the paths of a beam search) are read at once, as rows below one another.
 */

import {
  LayerNorm, Linear, Tensor, add, attentionContext, attentionScores, attentionWeights, gelu, hideLater, mergeHeads,
  rows, splitHeads,
} from "./tensors.mjs";
import { under } from "./weights.mjs";

const EPSILON = 1e-5, BASE = 10000;

/** Multi-head attention: four projections. */
class Attention {
  constructor(tensors, nHeads) {
    this.nHeads = nHeads;
    [this.wQuery, this.wKey, this.wValue, this.wOutput] = ["query", "key", "value", "output"]
      .map((name) => linear(tensors, `w_${name}`));
  }

  /** memory (key, d_model) -> keys and values, (head, key, d_head) each */
  keysAndValues(memory) {
    const [keys, values] = [this.wKey, this.wValue].map((w) => splitHeads(w.apply(memory), this.nHeads));
    return { keys, values };
  }

  /**
   * Let `inputs` (query, d_model) ask keys and values that are there.
   *
   * @param {function(Tensor)} mask takes scores (head, query, key), and sets to -Infinity what may not be seen
   * @param {number[]} headsOff whose contexts are left out
   * @returns {{output: Tensor, weights: Tensor}} (query, d_model) and (head, query, key)
   */
  attend(inputs, { keys, values }, mask, headsOff = []) {
    const scores = attentionScores(splitHeads(this.wQuery.apply(inputs), this.nHeads), keys);
    mask(scores);
    const weights = attentionWeights(scores), context = attentionContext(weights, values);
    for (const head of headsOff) context.at(head).data.fill(0);
    return { output: this.wOutput.apply(mergeHeads(context)), weights };
  }
}

/** A layer of the encoder: every token looks at every token, then each thinks for itself. */
class EncoderLayer {
  constructor(tensors, nHeads) {
    this.attention = new Attention(under("attention.", tensors), nHeads);
    this.attentionNorm = norm(tensors, "add_attention.norm");
    this.feedForward = feedForward(tensors);
  }

  /** inputs (token, d_model) -> states of that shape, weights (head, query, key) */
  apply(inputs, mask) {
    const asking = this.attentionNorm.apply(inputs);
    const { output, weights } = this.attention.attend(asking, this.attention.keysAndValues(asking), mask);
    return { states: this.feedForward(add(inputs, output)), weights };
  }
}

/** A layer of the decoder: each token looks back at its target so far, then at the source, then thinks for itself. */
class DecoderLayer extends EncoderLayer {
  constructor(tensors, nHeads) {
    super(tensors, nHeads);
    this.crossAttention = new Attention(under("cross_attention.", tensors), nHeads);
    this.crossNorm = norm(tensors, "add_cross_attention.norm");
  }

  /**
   * inputs (path · new token, d_model) -> states of that shape, weights [path] (head, query, key), crossWeights
   * (head, path · query, source key). `kept` [path] holds the rows of earlier tokens, and grows by the new ones.
   */
  read(inputs, kept, memory, { mask, headsOff }) {
    const own = this.lookBack(this.attentionNorm.apply(inputs), kept);
    const states = add(inputs, own.output);
    const cross = this.crossAttention.attend(this.crossNorm.apply(states), memory, mask, headsOff);
    return { states: this.feedForward(add(states, cross.output)), weights: own.weights, crossWeights: cross.weights };
  }

  /** The self-attention of each path by itself: (path · new token, d_model) -> output of that shape, weights [path] */
  lookBack(asking, kept) {
    const { wKey, wValue } = this.attention, n = asking.shape[0] / kept.length, { nHeads } = this.attention;
    const keys = wKey.apply(asking), values = wValue.apply(asking);
    const output = Tensor.zeros(...asking.shape), weights = [];
    kept.forEach((earlier, path) => {
      const first = path * n, known = kept[path] = {
        keys: below(earlier.keys, slice(keys, first, n)), values: below(earlier.values, slice(values, first, n)) };
      const split = { keys: splitHeads(known.keys, nHeads), values: splitHeads(known.values, nHeads) };
      const found = this.attention.attend(slice(asking, first, n), split, hideLater);
      output.data.set(found.output.data, first * asking.shape[1]);
      weights.push(found.weights);
    });
    return { output, weights };
  }
}

/** What all decoder layers have computed so far, for each path; begin each target with a new one. */
export class Cache {
  constructor(nLayers) {
    const nothing = new Tensor(new Float64Array(0), [0, 0]);
    this.layers = Array.from({ length: nLayers }, () => [{ keys: nothing, values: nothing }]);
  }

  /** How many target tokens were read so far. */
  get nTokens() { return this.layers[0][0].keys.shape[0]; }

  /** Go on with these paths: beam search drops some and continues others twice. */
  select(paths) {
    this.layers = this.layers.map((kept) => paths.map((path) => kept[path]));
  }
}

/** Encoder and decoder with one embedding table for source, target and output. */
export class Transformer {
  /**
   * @param {Object<string, Tensor>} tensors of model.safetensors
   * @param {Object} config of config.json
   */
  constructor(tensors, config) {
    if (!config.norm_first || config.activation !== "gelu") throw new Error("a Transformer of another build");
    const layers = (Layer, name) => Array.from({ length: config.n_layers }, (_, layer) =>
      new Layer(under(`${name}.${layer}.`, tensors), config.n_heads));
    this.dModel = config.d_model;
    this.embedding = tensors["embedding.weight"];
    this.encoder = layers(EncoderLayer, "encoder");
    this.decoder = layers(DecoderLayer, "decoder");
    this.encoderNorm = norm(tensors, "encoder_norm");
    this.decoderNorm = norm(tensors, "decoder_norm");
    this.positions = sinusoidalPositions(config.max_tokens, config.d_model);
  }

  /** Embeddings times the root of d_model, plus positions: (token, d_model) */
  embed(tokenIds, places) {
    const { data, shape } = rows(this.embedding, tokenIds), factor = Math.sqrt(this.dModel);
    return add(new Tensor(data.map((number) => number * factor), shape), rows(this.positions, places));
  }

  /**
   * Read a source, and make ready what the decoder will ask of it.
   *
   * @param {number[]} sourceIds
   * @param {number[]} hidden places of the source that no one may attend to
   * @param {number[][]} headsOff [layer, head] of the cross-attention that tell the decoder nothing
   * @returns {Object} weights (layer, head, query, key), and what `decode` needs
   */
  encode(sourceIds, hidden = [], headsOff = []) {
    const mask = hideKeys(hidden), weights = [];
    let states = this.embed(sourceIds, [...sourceIds.keys()]);
    for (const layer of this.encoder) {
      const found = layer.apply(states, mask);
      states = found.states;
      weights.push(found.weights);
    }
    const memory = this.encoderNorm.apply(states);
    return { weights: Tensor.stack(weights), layers: this.decoder.map(({ crossAttention }, number) => ({
      memory: crossAttention.keysAndValues(memory), mask,
      headsOff: headsOff.filter(([layer]) => layer === number).map(([, head]) => head) })) };
  }

  /**
   * Read new target tokens, each with what stands before it in its path, and the source.
   *
   * @param {number[][]} tokenIds of each path the new ones, equally many
   * @param {Object} encoded what `encode` returned
   * @param {Cache} cache what was kept of the tokens before these
   * @returns {Object} states (path · new token, d_model); of the first path weights and crossWeights
   *   (layer, head, target query, key)
   */
  decode(tokenIds, encoded, cache = new Cache(this.decoder.length)) {
    const first = cache.nTokens, weights = [], crossWeights = [];
    let states = this.embed(tokenIds.flat(), tokenIds.flatMap((path) => path.map((_, place) => first + place)));
    this.decoder.forEach((layer, number) => {
      const { memory, ...choices } = encoded.layers[number];
      const found = layer.read(states, cache.layers[number], memory, choices);
      states = found.states;
      weights.push(found.weights[0]);
      crossWeights.push(found.crossWeights);
    });
    return { states: this.decoderNorm.apply(states), weights, crossWeights };
  }
}

/** (position, d_model): sines at even, cosines at odd places, slower and slower along the vector. */
export function sinusoidalPositions(nPositions, dModel) {
  const table = Tensor.zeros(nPositions, dModel);
  table.data.forEach((_, cell) => {
    const place = cell % dModel, pair = place >> 1, angle = Math.floor(cell / dModel) * BASE ** (-2 * pair / dModel);
    table.data[cell] = place % 2 ? Math.cos(angle) : Math.sin(angle);
  });
  return table;
}

const linear = (tensors, name) => new Linear({ weight: tensors[`${name}.weight`], bias: tensors[`${name}.bias`] });
const norm = (tensors, name) =>
  new LayerNorm({ weight: tensors[`${name}.weight`], bias: tensors[`${name}.bias`] }, EPSILON);

/** The last sublayer with its residual: (token, d_model) -> the same shape */
function feedForward(tensors) {
  const before = norm(tensors, "add_feed_forward.norm");
  const wIn = linear(tensors, "feed_forward.w_in"), wOut = linear(tensors, "feed_forward.w_out");
  return (states) => add(states, wOut.apply(gelu(wIn.apply(before.apply(states)))));
}

/** A mask that hides these keys from every query. */
function hideKeys(hidden) {
  return ({ data, shape: [, , n] }) => {
    for (const key of hidden) for (let cell = key; cell < data.length; cell += n) data[cell] = -Infinity;
  };
}

/** The `n` rows of a table from `first` on; they share its memory. */
export function slice({ data, shape: [, d] }, first, n) {
  return new Tensor(data.subarray(first * d, (first + n) * d), [n, d]);
}

/** The rows of two tables below one another. */
function below(one, other) {
  const joined = Tensor.zeros(one.shape[0] + other.shape[0], other.shape[1]);
  joined.data.set(one.data);
  joined.data.set(other.data, one.data.length);
  return joined;
}

/**
 * One attention cell computed step by step from what enters its layer, each step beside the model's own numbers.
 *
 *     const cell = cellOf(bert.run("I like tea."), { token: 1, layer: 3, head: 0 });
 *     viewNeurons(cell).svg; viewEditedQuery(cell, editQuery(cell.steps, 4, -10)).svg
 *
 * The steps have the names of the Python package's Trace, in camelCase.
 */

import { LayerNorm, Linear, Tensor, largest, softmax } from "./tensors.mjs";

const FORBIDDEN = -1e30, BOUND = -12;
/** The steps that the model keeps as well, and what the tables of words call them. */
const OWN = { query: "query", keys: "keys", values: "values", scores: "scores", weights: "weights", context: "context",
  attentionOutput: "attention_output", attended: "attended" };

/**
 * What one head of one layer computes for one token.
 *
 * @param {BertRecord} record
 * @param {{token: number, layer: number, head: number, key: ?number}} place key: the row whose numbers are written out;
 *   null takes the one with the largest weight
 * @returns {Object} tokens, modelName, nHeads, dHead, token, layer, head, key; steps: each a Tensor; bound, what rounding
 *   alone stays below; changed, the steps that differ from the model's own by more
 */
export function cellOf(record, { token, layer, head, key = null }) {
  const { tokens, modelName, nHeads, dHead } = record, steps = trace(record, token, layer, head);
  const own = ownSteps(record, token, layer, head), bound = boundOf(Object.values(own));
  const changed = Object.keys(own).filter((name) => !(difference(steps[name].data, own[name]) < bound));
  return { tokens, modelName, nHeads, dHead, token, layer, head, key: key ?? largest(steps.weights.data, 1)[0], steps,
    bound, changed: changed.map((name) => OWN[name]) };
}

/** Compute each step from the one before; what the other heads bring to the attention output is taken from the run. */
function trace(record, token, layer, head) {
  const { nHeads, nTokens, dHead } = record, parts = record.bert.layers[layer], inputs = record.hiddenStates.at(layer);
  const input = new Tensor(inputs.at(token).data, [1, record.dModel]);
  const vector = (data) => new Tensor(data, [data.length]);
  const query = vector(part(parts.query, head, nHeads).apply(input).data);
  const [keys, values] = [parts.key, parts.value].map((whole) => part(whole, head, nHeads).apply(inputs));
  const products = new Tensor(keys.data.map((number, cell) => number * query.data[cell % dHead]), keys.shape);
  const sums = Float64Array.from({ length: nTokens }, (_, key) => products.at(key).data.reduce((sum, one) => sum + one));
  const own = record.scores.at(layer, head, token).data;
  const scores = sums.map((sum, key) => (own[key] < FORBIDDEN ? -Infinity : sum / Math.sqrt(dHead)));
  const weights = softmax(scores.slice());
  const weightedValues = new Tensor(values.data.map((number, cell) => number * weights[Math.floor(cell / dHead)]),
    values.shape);
  const context = new Float64Array(dHead);
  weightedValues.data.forEach((number, cell) => { context[cell % dHead] += number; });
  return { inputs: vector(input.data), query, keys, values, products, dotProducts: vector(sums), scores: vector(scores),
    weights: vector(weights), weightedValues, context: vector(context), ...after(record, { token, layer, head, context }) };
}

/** From the context to the token's new hidden state. */
function after(record, { token, layer, head, context }) {
  const { nHeads, dHead, dModel } = record, { output, attentionNorm } = record.bert.layers[layer];
  const merged = new Float64Array(dModel);
  for (let one = 0; one < nHeads; one++) {
    merged.set(one === head ? context : record.context.at(layer, one, token).data, one * dHead);
  }
  const alone = new Float64Array(dModel);
  alone.set(context, head * dHead);
  const row = (data) => new Tensor(data, [1, dModel]), vector = ({ data }) => new Tensor(data, [dModel]);
  const share = new Linear({ weight: output.weight }).apply(row(alone)), all = output.apply(row(merged));
  const input = record.hiddenStates.at(layer, token).data, sum = row(all.data.map((number, k) => number + input[k]));
  const norm = new LayerNorm(attentionNorm, attentionNorm.epsilon);
  return { share: vector(share), attentionOutput: vector(all), residualSum: vector(sum), attended: vector(norm.apply(sum)) };
}

/** One head's part of a projection, (d_model) to (d_head). */
function part({ weight, bias }, head, nHeads) {
  const dHead = weight.shape[0] / nHeads, cut = [head * dHead, (head + 1) * dHead], d = weight.shape[1];
  return new Linear({ weight: new Tensor(weight.data.subarray(cut[0] * d, cut[1] * d), [dHead, d]),
    bias: new Tensor(bias.data.subarray(...cut), [dHead]) });
}

/** What the model itself computed. */
function ownSteps(record, token, layer, head) {
  const at = (name, ...places) => record[name].at(layer, ...places).data;
  return { query: at("queries", head, token), keys: at("keys", head), values: at("values", head),
    scores: at("scores", head, token), weights: at("weights", head, token), context: at("context", head, token),
    attentionOutput: at("attentionOutputs", token), attended: at("attendedStates", token) };
}

/** What the differences of an unchanged run stay below: 1e-12, tenfold with each digit from numbers of 100 up. */
function boundOf(own) {
  const size = Math.max(1, ...own.map((numbers) => numbers.reduce((most, one) =>
    (one > FORBIDDEN ? Math.max(most, Math.abs(one)) : most), 0)));
  return Number(`1e${BOUND + Math.max(0, Math.floor(Math.log10(size)) - 1)}`);
}

/** The largest difference; where both are forbidden there is none. */
function difference(numbers, own) {
  return numbers.reduce((most, one, place) =>
    (one === -Infinity && own[place] < FORBIDDEN ? most : Math.max(most, Math.abs(one - own[place]))), 0);
}

/**
 * Move one number of a query and compute its row of weights again.
 *
 * @param {Object} steps of a cell
 * @param {number} neuron which number
 * @param {number} change what is added to it
 * @returns {{neuron: number, change: number, query: Tensor, scores: Tensor, weights: Tensor}}
 */
export function editQuery(steps, neuron, change) {
  const query = steps.query.data.slice(), [nTokens, dHead] = steps.keys.shape;
  query[neuron] += change;
  const scores = Float64Array.from({ length: nTokens }, (_, key) => {
    if (steps.scores.data[key] === -Infinity) return -Infinity;
    return steps.keys.at(key).data.reduce((sum, one, k) => sum + one * query[k], 0) / Math.sqrt(dHead);
  });
  const vector = (data) => new Tensor(data, [data.length]);
  return { neuron, change, query: vector(query), scores: vector(scores), weights: vector(softmax(scores.slice())) };
}

/** The attention cells of one token, as `packed_cells` of the Python package gives them. */

import { Tensor, largest, softmax } from "../tensors.mjs";
import { fromBase64 } from "../weights.mjs";

/** The numbers of all heads, ready to be cut. */
export function unpackedCells({ numbers, ...cells }) {
  const { tokens, nLayers, nHeads, dHead, dModel } = cells, n = tokens.length;
  const shapes = { query: [nHeads, dHead], keys: [nHeads, n, dHead], values: [nHeads, n, dHead], scores: [nHeads, n],
    share: [nHeads, dModel] };
  return { ...cells, steps: Object.fromEntries(Object.entries(numbers).map(([name, packed]) =>
    [name, new Tensor(Float64Array.from(new Float32Array(fromBase64(packed))), [nLayers, ...shapes[name] ?? [dModel]])])) };
}

/** What one head computes, as `cellOf` of trace.mjs gives it where the page has the model. */
export function cellIn({ tokens, modelName, nHeads, dHead, token, bounds, changed, steps: all }, { layer, head, key }) {
  const [query, keys, values, scores, share] = ["query", "keys", "values", "scores", "share"]
    .map((name) => all[name].at(layer, head));
  const vector = (data) => new Tensor(data, [data.length]), weights = softmax(scores.data.slice());
  const products = times(keys, (place) => query.data[place % dHead]);
  const weightedValues = times(values, (place) => weights[Math.floor(place / dHead)]);
  const dotProducts = Float64Array.from(tokens, (_, one) => sum(products.at(one).data));
  const context = Float64Array.from({ length: dHead }, (_, one) =>
    sum(weightedValues.data.filter((_, place) => place % dHead === one)));
  const [inputs, attentionOutput, residualSum, attended] = ["inputs", "attention_output", "residual_sum", "attended"]
    .map((name) => all[name].at(layer));
  return { tokens, modelName, nHeads, dHead, token, layer, head, key: key ?? largest(weights, 1)[0],
    bound: bounds[layer][head], changed: changed[layer][head],
    steps: { inputs, query, keys, values, products, dotProducts: vector(dotProducts), scores, weights: vector(weights),
      weightedValues, context: vector(context), share, attentionOutput, residualSum, attended } };
}

const times = ({ data, shape }, factor) => new Tensor(data.map((number, place) => number * factor(place)), shape);

const sum = (numbers) => numbers.reduce((total, one) => total + one, 0);

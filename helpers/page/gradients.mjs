/**
 * The slope of what the course BERT says, by what goes into it: its layers gone back through, from the end to the
 * beginning, each step by the chain rule. Every function takes the gradient by what a step puts out, and returns the
 * gradient by what went in.
 *
 * Source: Rumelhart, Hinton and Williams 1986, Learning Representations by Back-propagating Errors.
 */

import {
  Linear, Tensor, add, attentionContext, attentionScores, erf, gelu, mergeHeads, rows, softmax, splitHeads,
} from "./tensors.mjs";

/** One prediction of a BERT, asked for again and again: with other embeddings, or with tokens that none may see. */
export class Prediction {
  /**
   * @param {BertRecord} record of the text as it is
   * @param {number} query the place whose prediction is asked for
   * @param {number} row the token's row of the vocabulary
   */
  constructor({ bert, segmentEmbeddings, positionEmbeddings }, query, row) {
    Object.assign(this, { bert, query, row, others: add(segmentEmbeddings, positionEmbeddings) });
  }

  /** log2 p of the token, of these word embeddings (token, d_model), the tokens at the `hidden` places seen by none. */
  logProbability(embeddings, hidden = []) {
    return Math.log2(this.pass(embeddings, hidden).shares[this.row]);
  }

  /** The gradient of log2 p by the word embeddings, (token, d_model), at these. */
  slopes(embeddings) {
    const { bert, row } = this, { sum, layers, output, shares } = this.pass(embeddings);
    const byLogits = shares.map((share, id) => ((id === row ? 1 : 0) - share) / Math.LN2);
    let gradient = throughHead(bert, output, new Tensor(byLogits, [1, shares.length]));
    for (const [number, layer] of [...bert.layers.entries()].reverse()) {
      const [byStates, byAsking] = throughLayer(layer, layers[number], gradient);
      this.asking(number).forEach((place, at) => {
        const both = byStates.at(place);
        both.data.set(add(both, byAsking.at(at)).data);
      });
      gradient = byStates;
    }
    return throughNorm(bert.embeddingNorm, sum, gradient);
  }

  /** Run the model. */
  pass(embeddings, hidden = []) {
    const { bert } = this, plan = { hidden, rows: [], headsOff: [] }, sum = add(embeddings, this.others);
    let output = bert.embeddingNorm.apply(sum);
    const layers = bert.layers.map((layer, number) => {
      const run = bert.runLayer(layer, number, output, plan, rows(output, this.asking(number)));
      output = run.output;
      return run;
    });
    return { sum, layers, output, shares: softmax(bert.logits(output).data) };
  }

  /** The places that look at others in a layer: all; in the last one that alone which is asked for. */
  asking(layer) {
    return layer < this.bert.nLayers - 1 ? [...Array(this.others.shape[0]).keys()] : [this.query];
  }
}

/** From the logits (1, vocab) to the last hidden state (1, d_model). */
function throughHead({ transform, transformNorm, unembed }, state, gradient) {
  const inner = transform.apply(state), byNormed = throughLinear(unembed, gradient);
  return throughLinear(transform, throughGelu(inner, throughNorm(transformNorm, gelu(inner), byNormed)));
}

/**
 * From a layer's output to what went in.
 *
 * @param {Object} layer
 * @param {Object} run what `runLayer` of bert.mjs returned
 * @param {Tensor} gradient by the output, (query, d_model)
 * @returns {[Tensor, Tensor]} by the states that were looked at (token, d_model), by those that looked (query, d_model)
 */
function throughLayer(layer, { queries, keys, values, weights, attended, inner, fed }, gradient) {
  const byFed = throughNorm(layer.norm, fed, gradient);
  const byInner = throughGelu(inner, throughLinear(layer.wOut, byFed));
  const byAttended = throughNorm(layer.attentionNorm, attended, add(byFed, throughLinear(layer.wIn, byInner)));
  const byContext = splitHeads(throughLinear(layer.output, byAttended), queries.shape[0]);
  const byScores = throughSoftmax(weights, attentionScores(byContext, values, 1), 1 / Math.sqrt(queries.shape[2]));
  const byQueries = attentionContext(byScores, keys), byKeys = attentionContext(transposed(byScores), queries);
  const byValues = attentionContext(transposed(weights), byContext);
  const merged = (projection, heads) => throughLinear(projection, mergeHeads(heads));
  const byStates = add(merged(layer.key, byKeys), merged(layer.value, byValues));
  return [byStates, add(byAttended, merged(layer.query, byQueries))];
}

const turned = new WeakMap();                                            // each projection, and the way back through it

/** (token, d_out) -> (token, d_in) */
function throughLinear(linear, gradient) {
  if (!turned.has(linear)) turned.set(linear, new Linear({ weight: transposed(linear.weight) }));
  return turned.get(linear).apply(gradient);
}

/** Through x · Φ(x), whose slope is Φ(x) + x · φ(x). */
function throughGelu({ data: inputs, shape }, { data: gradient }) {
  const slope = (x) => 0.5 * (1 + erf(x * Math.SQRT1_2)) + x * Math.exp(-x * x / 2) / Math.sqrt(2 * Math.PI);
  return new Tensor(gradient.map((number, place) => number * slope(inputs[place])), shape);
}

/** Through a layer norm: what would move all of a vector's numbers alike, or stretch them, has no effect. */
function throughNorm({ weight: { data: scale }, epsilon }, { data: inputs, shape: [n, d] }, { data: gradient }) {
  const result = Tensor.zeros(n, d);
  for (let start = 0; start < n * d; start += d) {
    const mean = (number) => { let sum = 0; for (let k = 0; k < d; k++) sum += number(k); return sum / d; };
    const middle = mean((k) => inputs[start + k]), centred = (k) => inputs[start + k] - middle;
    const factor = 1 / Math.sqrt(mean((k) => centred(k) ** 2) + epsilon);
    const scaled = (k) => gradient[start + k] * scale[k];
    const alike = mean(scaled), stretch = mean((k) => scaled(k) * centred(k) * factor);
    for (let k = 0; k < d; k++) result.data[start + k] = factor * (scaled(k) - alike - centred(k) * factor * stretch);
  }
  return result;
}

/** From weights (head, query, key) to the dot products, which were multiplied by `factor` before the softmax. */
function throughSoftmax({ data: weights, shape }, { data: gradient }, factor) {
  const result = Tensor.zeros(...shape), n = shape[2];
  for (let start = 0; start < weights.length; start += n) {
    let mean = 0;
    for (let key = start; key < start + n; key++) mean += weights[key] * gradient[key];
    for (let key = start; key < start + n; key++) result.data[key] = weights[key] * (gradient[key] - mean) * factor;
  }
  return result;
}

/** (..., row, column) -> (..., column, row) */
function transposed({ data, shape }) {
  const [nRows, nColumns] = shape.slice(-2), size = nRows * nColumns;
  const result = new Tensor(new data.constructor(data.length), [...shape.slice(0, -2), nColumns, nRows]);
  for (let from = 0; from < data.length; from++) {
    const cell = from % size, row = Math.floor(cell / nColumns);
    result.data[from - cell + (cell % nColumns) * nRows + row] = data[from];
  }
  return result;
}

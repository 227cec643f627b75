/**
 * The arithmetic of a Transformer on plain typed arrays.
 *
 * Trained weights stay in float32, which holds their float16 exactly; all that is computed is float64, as in the
 * Python package. Axes are named as there: layer, head, query, key, token, d_model, d_head.
 */

/** Numbers with a shape, in rows as numpy keeps them. */
export class Tensor {
  /**
   * @param {Float64Array|Float32Array} data
   * @param {number[]} shape
   */
  constructor(data, shape) {
    this.data = data;
    this.shape = shape;
  }

  /** A tensor of zeros of this shape. */
  static zeros(...shape) {
    return new Tensor(new Float64Array(shape.reduce((size, length) => size * length, 1)), shape);
  }

  /** Tensors of one shape, put together along a new first axis. */
  static stack(tensors) {
    const stacked = Tensor.zeros(tensors.length, ...tensors[0].shape);
    tensors.forEach((tensor, place) => stacked.data.set(tensor.data, place * tensor.data.length));
    return stacked;
  }

  /**
   * What stands at these places of the first axes: a number, or a tensor that shares its memory with this one.
   * `weights.at(layer, head, query).data` is one row of weights.
   */
  at(...places) {
    const shape = this.shape.slice(places.length);
    const size = shape.reduce((product, length) => product * length, 1);
    const place = places.reduce((offset, index, axis) => offset * this.shape[axis] + index, 0);
    if (!shape.length) return this.data[place];
    return new Tensor(this.data.subarray(place * size, (place + 1) * size), shape);
  }

  /** The first tokens of (token, d_model) left out, up to `first`. */
  from(first) {
    return new Tensor(this.data.subarray(first * this.shape[1]), [this.shape[0] - first, this.shape[1]]);
  }
}

/** The sum of two tensors of one shape. */
export function add(one, other) {
  return new Tensor(one.data.map((number, place) => number + other.data[place]), one.shape);
}

/** Rows of a table (row, d_model) by their numbers, (token, d_model) in float64. */
export function rows(table, numbers) {
  const picked = Tensor.zeros(numbers.length, table.shape[1]);
  numbers.forEach((number, place) => picked.data.set(table.at(number).data, place * table.shape[1]));
  return picked;
}

/** A trained projection, (d_in) to (d_out). */
export class Linear {
  /**
   * @param {{weight: Tensor, bias: ?Tensor}} parameters weight (d_out, d_in), bias (d_out)
   */
  constructor({ weight, bias = null }) {
    this.weight = weight;
    this.bias = bias;
  }

  /** inputs (token, d_in) -> (token, d_out) */
  apply(inputs) {
    const [n, dIn] = inputs.shape, dOut = this.weight.shape[0];
    const outputs = Tensor.zeros(n, dOut), fours = n - n % 4;
    multiplyFours(inputs.data, this.weight.data, outputs.data, fours, dIn, dOut);
    multiplyRest(inputs.data, this.weight.data, outputs.data, fours, n, dIn, dOut);
    if (this.bias) addToRows(outputs.data, this.bias.data);
    return outputs;
  }
}

/**
 * outputs = inputs · wᵀ for the first `n` tokens, n divisible by 4. The innermost loop has four tokens and two rows of
 * w under way, so that each number read is used more than once: twice as fast as one by one.
 */
function multiplyFours(inputs, w, outputs, n, dIn, dOut) {
  for (let row = 0; row < dOut; row += 2) {
    const next = Math.min(row + 1, dOut - 1), u = row * dIn, v = next * dIn;
    for (let token = 0; token < n; token += 4) {
      const a = token * dIn, b = a + dIn, c = b + dIn, d = c + dIn;
      let au = 0, av = 0, bu = 0, bv = 0, cu = 0, cv = 0, du = 0, dv = 0;
      for (let k = 0; k < dIn; k++) {
        const x = w[u + k], y = w[v + k];
        au += inputs[a + k] * x; av += inputs[a + k] * y;
        bu += inputs[b + k] * x; bv += inputs[b + k] * y;
        cu += inputs[c + k] * x; cv += inputs[c + k] * y;
        du += inputs[d + k] * x; dv += inputs[d + k] * y;
      }
      const at = token * dOut;
      outputs[at + row] = au; outputs[at + next] = av;
      outputs[at + dOut + row] = bu; outputs[at + dOut + next] = bv;
      outputs[at + 2 * dOut + row] = cu; outputs[at + 2 * dOut + next] = cv;
      outputs[at + 3 * dOut + row] = du; outputs[at + 3 * dOut + next] = dv;
    }
  }
}

/** outputs = inputs · wᵀ for the tokens from `first` to `n`, one token and four rows of w at a time. */
function multiplyRest(inputs, w, outputs, first, n, dIn, dOut) {
  const last = dOut - 1;
  for (let row = 0; row < dOut; row += 4) {
    const r1 = Math.min(row + 1, last), r2 = Math.min(row + 2, last), r3 = Math.min(row + 3, last);
    const u = row * dIn, v = r1 * dIn, s = r2 * dIn, t = r3 * dIn;
    for (let token = first; token < n; token++) {
      const a = token * dIn, at = token * dOut;
      let au = 0, av = 0, as = 0, ta = 0;
      for (let k = 0; k < dIn; k++) {
        const x = inputs[a + k];
        au += x * w[u + k]; av += x * w[v + k]; as += x * w[s + k]; ta += x * w[t + k];
      }
      outputs[at + row] = au; outputs[at + r1] = av; outputs[at + r2] = as; outputs[at + r3] = ta;
    }
  }
}

function addToRows(numbers, row) {
  for (let start = 0; start < numbers.length; start += row.length) {
    for (let k = 0; k < row.length; k++) numbers[start + k] += row[k];
  }
}

/** Each token's vector brought to mean 0 and variance 1, then scaled and shifted as trained. */
export class LayerNorm {
  /**
   * @param {{weight: Tensor, bias: Tensor}} parameters (d_model) each
   * @param {number} epsilon added to the variance
   */
  constructor({ weight, bias }, epsilon) {
    this.weight = weight;
    this.bias = bias;
    this.epsilon = epsilon;
  }

  /** inputs (token, d_model) -> the same shape */
  apply(inputs) {
    const [n, d] = inputs.shape, outputs = Tensor.zeros(n, d);
    const from = inputs.data, to = outputs.data, scale = this.weight.data, shift = this.bias.data;
    for (let start = 0; start < n * d; start += d) {
      let mean = 0, variance = 0;
      for (let k = 0; k < d; k++) mean += from[start + k] / d;
      for (let k = 0; k < d; k++) variance += (from[start + k] - mean) ** 2 / d;
      const factor = 1 / Math.sqrt(variance + this.epsilon);
      for (let k = 0; k < d; k++) to[start + k] = (from[start + k] - mean) * factor * scale[k] + shift[k];
    }
    return outputs;
  }
}

/** The activation x · Φ(x) of Hendrycks & Gimpel 2016, exact and not by tanh; element by element. */
export function gelu(inputs) {
  return new Tensor(inputs.data.map((x) => 0.5 * x * (1 + erf(x * Math.SQRT1_2))), inputs.shape);
}

const ERF_STEPS = 128, ERF_END = 6;                    // places of the table from one whole number to the next
const ERF = Float64Array.from({ length: ERF_STEPS * ERF_END + 1 }, (_, place) => erfBySeries(place / ERF_STEPS));
const ERF_SLOPE = ERF.map((_, place) => 2 / Math.sqrt(Math.PI) * Math.exp(-((place / ERF_STEPS) ** 2)));

/** The error function, within 1e-12: from the nearest place of a table, by four terms of Taylor's series. */
export function erf(x) {
  const size = Math.abs(x);
  if (size >= ERF_END) return Math.sign(x);
  const place = Math.round(size * ERF_STEPS), near = place / ERF_STEPS, h = size - near;
  const bend = 1 - h * (near - h * ((2 * near * near - 1) / 3 - h * near * (2 * near * near - 3) / 6));
  return Math.sign(x) * (ERF[place] + ERF_SLOPE[place] * h * bend);
}

/** The error function of x >= 0 by its series of positive terms (Abramowitz & Stegun 7.1.6). */
function erfBySeries(x) {
  let term = 2 / Math.sqrt(Math.PI) * Math.exp(-x * x) * x, sum = 0;
  for (let n = 1; term > 1e-18; n++) {
    sum += term;
    term *= 2 * x * x / (2 * n + 1);
  }
  return sum;
}

/** (token, d_model) -> (head, token, d_head): head h holds columns h * d_head to (h + 1) * d_head. */
export function splitHeads(inputs, nHeads) {
  const [n, d] = inputs.shape, dHead = d / nHeads, heads = Tensor.zeros(nHeads, n, dHead);
  for (let head = 0; head < nHeads; head++) {
    for (let token = 0; token < n; token++) {
      const start = token * d + head * dHead;
      heads.data.set(inputs.data.subarray(start, start + dHead), (head * n + token) * dHead);
    }
  }
  return heads;
}

/** (head, token, d_head) -> (token, d_model) */
export function mergeHeads(heads) {
  const [nHeads, n, dHead] = heads.shape, merged = Tensor.zeros(n, nHeads * dHead);
  for (let head = 0; head < nHeads; head++) {
    for (let token = 0; token < n; token++) {
      merged.data.set(heads.at(head, token).data, (token * nHeads + head) * dHead);
    }
  }
  return merged;
}

/** queries (head, query, d_head), keys (head, key, d_head) -> q·k times `scale`, (head, query, key) */
export function attentionScores(queries, keys, scale = 1 / Math.sqrt(queries.shape[2])) {
  const [nHeads, nQueries, dHead] = queries.shape, nKeys = keys.shape[1];
  const scores = Tensor.zeros(nHeads, nQueries, nKeys), q = queries.data, k = keys.data;
  for (let head = 0, cell = 0; head < nHeads; head++) {
    for (let query = 0; query < nQueries; query++) {
      const a = (head * nQueries + query) * dHead;
      for (let key = 0; key < nKeys; key++, cell++) {
        const b = (head * nKeys + key) * dHead;
        let product = 0;
        for (let i = 0; i < dHead; i++) product += q[a + i] * k[b + i];
        scores.data[cell] = product * scale;
      }
    }
  }
  return scores;
}

/** A mask that hides from each query what comes later; the queries are the last of the keys. */
export function hideLater({ data, shape: [, nQueries, nKeys] }) {
  for (let start = 0, row = 0; start < data.length; start += nKeys, row++) {
    data.fill(-Infinity, start + nKeys - nQueries + row % nQueries + 1, start + nKeys);
  }
}

/** The softmax of each row of (..., key): weights in [0, 1] that sum to 1; 0 where a score is -Infinity. */
export function attentionWeights(scores) {
  const n = scores.shape.at(-1), weights = new Tensor(scores.data.slice(), scores.shape);
  for (let start = 0; start < weights.data.length; start += n) softmax(weights.data.subarray(start, start + n));
  return weights;
}

/** Softmax of one row, in its place. */
export function softmax(row) {
  let most = -Infinity, sum = 0;
  for (const number of row) if (number > most) most = number;
  for (let i = 0; i < row.length; i++) sum += row[i] = Math.exp(row[i] - most);
  for (let i = 0; i < row.length; i++) row[i] /= sum;
  return row;
}

/** weights (head, query, key), values (head, key, d_head) -> weighted averages of the values, (head, query, d_head) */
export function attentionContext(weights, values) {
  const [nHeads, nQueries, nKeys] = weights.shape, dHead = values.shape[2];
  const context = Tensor.zeros(nHeads, nQueries, dHead), sums = context.data, w = weights.data, v = values.data;
  for (let head = 0, cell = 0; head < nHeads; head++) {
    for (let query = 0; query < nQueries; query++) {
      const to = (head * nQueries + query) * dHead;
      for (let key = 0; key < nKeys; key++, cell++) {
        const weight = w[cell], from = (head * nKeys + key) * dHead;
        for (let i = 0; i < dHead; i++) sums[to + i] += weight * v[from + i];
      }
    }
  }
  return context;
}

/** The places of the `count` largest numbers, largest first; of equals the first. */
export function largest(numbers, count) {
  const places = [];
  for (let place = 0; place < numbers.length; place++) {
    if (places.length === count && !(numbers[place] > numbers[places[count - 1]])) continue;
    let rank = places.length;
    while (rank > 0 && numbers[place] > numbers[places[rank - 1]]) rank--;
    places.splice(rank, 0, place);
    if (places.length > count) places.pop();
  }
  return places;
}

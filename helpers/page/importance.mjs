/**
 * How much each token of a text matters for one prediction of the course BERT, by seven measures: five are guesses, two
 * are experiments. What comes back has the names of the Python package's Importance, in camelCase.
 */

import { short } from "./changes.mjs";
import { Prediction } from "./gradients.mjs";
import { Linear, Tensor, attentionContext, largest, mergeHeads, rows } from "./tensors.mjs";
import { CourseError } from "./text.mjs";
import { ADDED } from "./tokenizer.mjs";
import { mean, range } from "./views/numbers.mjs";

const STEPS = 16;                             // of the way from [MASK] to the token, for integrated gradients
const MOST_TOKENS = 40;                       // that the picture has room for; more would also take long to measure

/** How much each token matters, ready to be looked up. */
export class Importance {
  /**
   * @param {Object} found
   * @param {string[]} found.tokens that are scored: all but the added ones and the one that is asked for
   * @param {string} found.answer the token whose probability is explained
   * @param {number} found.probability how likely the model holds it
   * @param {string[]} found.notices what the learner should know of the text
   * @param {number[][][]} found.weights [layer][head][token], of the place that is asked for
   * @param {number[][][]} found.lengths [layer][head][token], of α·v·W_O; behind the heads stands their sum
   * @param {number[][]} found.flow [layer][token], of the rollout up to each layer
   * @param {Object<string, number[]>} found.measured [token] each: gradient, integrated, replaced, ablation
   */
  constructor(found) {
    Object.assign(this, found);
  }

  /**
   * A score for each token by each measure, larger is more important; what they mean is said in the Python package.
   *
   * @param {?number} layer of the first three; null for the mean of all layers, and the whole rollout
   * @param {?number} head of the first two; null for all heads together
   * @returns {Object<string, number[]>} weight, value, rollout, gradient, integrated, replaced, ablation
   */
  scores(layer = null, head = null) {
    const { weights, lengths, flow, measured } = this, chosen = (all, one) => (one === null ? all : [all[one]]);
    return { weight: meanOf(chosen(weights, layer).flatMap((heads) => chosen(heads, head))),
      value: meanOf(chosen(lengths, layer).map((heads) => heads.at(head ?? -1))),
      rollout: flow.at(layer ?? -1), ...measured };
  }
}

/** Rows of one length, averaged. */
const meanOf = (all) => all[0].map((_, place) => mean(all.map((row) => row[place])));

/**
 * Measure how much each token of a text matters for the first [MASK].
 *
 * @param {Bert} bert
 * @param {string} text with a [MASK]
 * @param {?string} answer the token whose probability is explained; null takes the likeliest
 * @param {function(): ?Promise} pause awaited between two runs of the model; what it throws ends the measuring
 * @returns {Promise<Importance>}
 * @throws {CourseError} as `bert.run`; for a text without a [MASK], or with no other token or too many beside it, and
 *   for an answer that is not in the vocabulary
 */
export async function measureImportance(bert, text, answer = null, pause = () => {}) {
  const record = bert.run(text), { tokens, notices } = record, [query] = record.maskPlaces;
  if (query === undefined) throw new CourseError("importance.no_mask", { n: 0, got: 0 });
  const places = range(0, tokens.length).filter((place) => place !== query && !ADDED.test(tokens[place]));
  if (!places.length) throw new CourseError("importance.nothing_beside", { text: short(text, 40) });
  const shares = record.probabilities().at(0).data, { ids, tokens: vocabulary } = bert.tokenizer;
  const row = answer === null ? largest(shares, 1)[0] : ids.get(answer);
  if (row === undefined) throw new CourseError("importance.no_token", { got: short(answer, 40), name: bert.name });
  const n = places.length;
  if (n > MOST_TOKENS) throw new CourseError("importance.too_many", { most: MOST_TOKENS, n });
  const scored = (all) => places.map((place) => all[place]);
  return new Importance({ tokens: scored(tokens), answer: vocabulary[row], probability: shares[row], notices,
    weights: range(0, record.nLayers).map((layer) => range(0, record.nHeads)
      .map((head) => scored(record.weights.at(layer, head, query).data))),
    lengths: lengthsOf(record, query).map((heads) => heads.map(scored)),
    flow: rollOut(record.weights, query).map(scored),
    measured: await experiments(record, new Prediction(record, query, row), places, pause) });
}

/** The length of α·v·W_O, carried from each key to the query, [layer][head][key]; behind the heads that of all. */
function lengthsOf({ bert, weights, values }, query) {
  const [nLayers, nHeads, n, dHead] = values.shape, heads = range(0, nHeads);
  return range(0, nLayers).map((layer) => {
    const wOutput = new Linear({ weight: bert.layers[layer].output.weight });              // no key brings the bias
    const shares = heads.flatMap((head) => [...weights.at(layer, head, query).data]);
    const carried = (some) => new Tensor(values.at(layer).data.map((value, cell) =>
      (some.includes(Math.floor(cell / dHead / n)) ? shares[Math.floor(cell / dHead)] * value : 0)), [nHeads, n, dHead]);
    return [...heads.map((head) => [head]), heads].map((some) => lengthsOfRows(wOutput.apply(mergeHeads(carried(some)))));
  });
}

/** (key, d_model) -> [key] */
const lengthsOfRows = (tensor) => range(0, tensor.shape[0]).map((key) => Math.hypot(...tensor.at(key).data));

/**
 * Attention rollout: what the query is made of after each layer, [layer][key], if each layer hands on one half through
 * the residual connection and shares out the other as the mean of its heads (Abnar and Zuidema 2020).
 */
function rollOut(weights, query) {
  const [nLayers, nHeads, n] = weights.shape, unchanged = Tensor.zeros(1, n, n);
  for (let token = 0; token < n; token++) unchanged.at(0, token).data[token] = 1;
  let reached = unchanged;
  return range(0, nLayers).map((layer) => {
    const mixed = unchanged.data.map((same, cell) =>
      0.5 * same + 0.5 * mean(range(0, nHeads).map((head) => weights.at(layer, head).data[cell])));
    reached = attentionContext(new Tensor(mixed, [1, n, n]), reached);
    return reached.at(0, query).data;
  });
}

/** What does not depend on layer and head, [token] each, in bits. */
async function experiments({ bert, tokenIds, wordEmbeddings: embeddings }, prediction, places, pause) {
  const { tokenizer: { ids }, embeddings: { word } } = bert;
  const inTurn = async (all, make) => {
    const found = [];
    for (const one of all) {
      found.push(make(one));
      await pause();
    }
    return found;
  };
  const masked = (hidden) => rows(word, tokenIds.map((id, place) => (hidden.includes(place) ? ids.get("[MASK]") : id)));
  const before = prediction.logProbability(embeddings), lost = (after) => before - after;
  const blank = masked(places), way = between(blank, embeddings, (from, to) => to - from);
  const onTheWay = (step) => between(blank, way, (from, whole) => from + (step + 0.5) / STEPS * whole);
  return { gradient: along(prediction.slopes(embeddings), embeddings, places),
    integrated: meanOf(await inTurn(range(0, STEPS), (step) => along(prediction.slopes(onTheWay(step)), way, places))),
    replaced: await inTurn(places, (place) => lost(prediction.logProbability(masked([place])))),
    ablation: await inTurn(places, (place) => lost(prediction.logProbability(embeddings, [place]))) };
}

/** The products of slopes and embeddings (token, d_model), added up for each of these places. */
const along = (slopes, embeddings, places) => places.map((place) => {
  const { data } = embeddings.at(place);
  return slopes.at(place).data.reduce((sum, slope, i) => sum + slope * data[i], 0);
});

/** Two tensors of one shape made into one, number by number. */
const between = ({ data, shape }, other, make) =>
  new Tensor(data.map((number, place) => make(number, other.data[place])), shape);

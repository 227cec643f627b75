/** Writing a target: greedy search, sampling, and beam search with every path it kept and dropped. */

import { Random } from "./chance.mjs";
import { Linear, largest } from "./tensors.mjs";
import { Cache, slice } from "./transformer.mjs";

/** What a search may write, and how it must begin. */
export class Vocabulary {
  /**
   * @param {number[]} pieces the ids that may be written, the end among them
   * @param {Linear} unembed from a state to the logits of the pieces, in their order
   * @param {{start: number, end: number, prefixIds: number[], temperature: number}} choices the token a target begins
   *   after, the one it ends with, the pieces it must begin with, and what the logits are divided by
   */
  constructor(pieces, unembed, choices) {
    Object.assign(this, { pieces, unembed }, choices);
  }

  /** states (token, d_model) -> the log-softmax over the pieces, (token, piece) */
  logProbabilities(states) {
    const ways = this.unembed.apply(states);
    for (let token = 0; token < states.shape[0]; token++) logSoftmax(ways.at(token).data, this.temperature);
    return ways;
  }
}

/** Log-softmax of one row divided by the temperature, in its place. */
function logSoftmax(row, temperature) {
  let most = -Infinity, sum = 0;
  for (let i = 0; i < row.length; i++) most = Math.max(most, row[i] /= temperature);
  for (let i = 0; i < row.length; i++) sum += Math.exp(row[i] - most);
  const log = Math.log(sum);
  for (let i = 0; i < row.length; i++) row[i] = row[i] - most - log;
}

/**
 * Write a target by taking the likeliest token, again and again.
 *
 * @param {Transformer} model
 * @param {Object} encoded the source, as `model.encode` returned it
 * @param {Vocabulary} vocabulary
 * @param {number} maxTokens where a target without end is cut
 * @returns {number[]} ids, the prefix first, with the end where it was reached
 */
export function greedySearch(model, encoded, vocabulary, maxTokens) {
  return write(model, encoded, vocabulary, maxTokens, (ways) => largest(ways, 1)[0]);
}

/** Write a target by drawing every token by lot; otherwise as `greedySearch`. */
export function sample(model, encoded, vocabulary, maxTokens, seed) {
  const chance = new Random(seed);
  return write(model, encoded, vocabulary, maxTokens, (ways) => {
    const lot = chance.random();
    let place = 0, sum = Math.exp(ways[0]);
    while (sum <= lot && place < ways.length - 1) sum += Math.exp(ways[++place]);
    return place;
  });
}

/** Write token after token; `choose` takes the log probabilities of the pieces to a place among them. */
function write(model, encoded, vocabulary, maxTokens, choose) {
  const { start, end, prefixIds, pieces } = vocabulary, cache = new Cache(model.decoder.length), ids = [...prefixIds];
  for (let read = [start, ...prefixIds]; ids.length < maxTokens && ids.at(-1) !== end; read = ids.slice(-1)) {
    const { states } = model.decode([read], encoded, cache);
    ids.push(pieces[choose(vocabulary.logProbabilities(states.from(states.shape[0] - 1)).data)]);
  }
  return ids;
}

/** What a log probability is divided by: 1 for one token, more for longer targets if alpha > 0 (Wu et al. 2016). */
export function lengthPenalty(nTokens, alpha) {
  return ((5 + nTokens) / 6) ** alpha;
}

/**
 * Write one target, following the `beam` best paths at a time.
 *
 * @param {{beam: number, alpha: number}} choices how many paths are kept, and the exponent of the length penalty
 * @returns {{best: Object, steps: Object[][]}} the best path, and for each step behind the prefix the paths that were
 *   looked at, best first; each is {tokenIds, logProbability, score, parent, fate}
 */
export function beamSearch(model, encoded, vocabulary, maxTokens, { beam, alpha }) {
  const { start, prefixIds } = vocabulary, cache = new Cache(model.decoder.length), steps = [], finished = [];
  let paths = [{ tokenIds: prefixIds, logProbability: 0, score: 0, parent: 0, fate: "kept" }];
  let read = [[start, ...prefixIds]];
  while (paths.length && paths[0].tokenIds.length < maxTokens && finished.length < beam) {
    const ways = vocabulary.logProbabilities(model.decode(read, encoded, cache).states);
    if (!steps.length) paths[0].logProbability = logProbabilityOf(prefixIds, ways, vocabulary);
    const last = paths.length > 1 ? ways : ways.from(ways.shape[0] - 1);
    steps.push(grow(paths, last, vocabulary, beam, lengthPenalty(paths[0].tokenIds.length + 1, alpha)));
    paths = steps.at(-1).filter(({ fate }) => fate === "kept");
    finished.push(...steps.at(-1).filter(({ fate }) => fate === "finished"));
    read = paths.map(({ tokenIds }) => tokenIds.slice(-1));
    cache.select(paths.map(({ parent }) => parent));
  }
  const ends = finished.length ? finished : paths;
  return { best: ends.reduce((best, path) => (path.score > best.score ? path : best)), steps };
}

/** The log probability of tokens one after another, from those of all pieces at each place, (token, piece). */
function logProbabilityOf(tokenIds, ways, { pieces }) {
  return tokenIds.reduce((sum, id, place) => sum + ways.at(place, pieces.indexOf(id)), 0);
}

/** The 2 · beam best ways to go on, best first. One that ends among the first `beam` is finished, `beam` others kept. */
function grow(paths, ways, { pieces, end }, beam, penalty) {
  const nPieces = pieces.length;
  const totals = ways.data.map((way, cell) => way + paths[Math.floor(cell / nPieces)].logProbability);
  let nKept = 0;
  return largest(totals, Math.min(2 * beam, totals.length)).map((cell, rank) => {
    const parent = Math.floor(cell / nPieces), id = pieces[cell % nPieces];
    const goesOn = id === end ? rank < beam && "finished" : nKept < beam && "kept", fate = goesOn || "dropped";
    nKept += fate === "kept";
    return { tokenIds: [...paths[parent].tokenIds, id], logProbability: totals[cell], score: totals[cell] / penalty,
      parent, fate };
  });
}

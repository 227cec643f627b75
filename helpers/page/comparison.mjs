/**
 * The same text through the same BERT twice, unchanged and changed, and what becomes of the prediction.
 *
 *     const comparison = compare(bert, "我[MASK]你。", null, { headsOff: [[3, 1]] });
 *     comparison.text; comparison.masks[0].after; viewChange(comparison).svg
 *
 * What comes back has the names of the Python package's Comparison, in camelCase; `words` and `text` are in the language
 * that was spoken when it was made.
 */

import { planFor, planWords } from "./changes.mjs";
import { Tensor, largest } from "./tensors.mjs";
import { say } from "./text.mjs";
import { exactly, fixed, gained, general } from "./views/numbers.mjs";

const STILL = 1e-6, LEAST = 1e-45, TINY = 1e-8;

/**
 * @param {Bert} bert
 * @param {string} sentenceA
 * @param {?string} sentenceB
 * @param {Object} changes as `bert.run` takes them
 * @param {number} top how many guesses to keep for each [MASK]
 * @returns {{before: BertRecord, after: BertRecord, masks: Object[], moved: Tensor, words: string, text: string}} masks:
 *   {position, before, after, both: {token: [before, after]}, divergence}; moved (layer + 1, token): cosine distances
 * @throws {CourseError} as `bert.run` and `record.guesses`
 */
export function compare(bert, sentenceA, sentenceB = null, changes = {}, top = 5) {
  return compareWith(bert.run(sentenceA, sentenceB), changes, top);
}

/** The same from the unchanged run on, which many changes share. */
export function compareWith(before, changes, top = 5) {
  const { bert, sentences: [first, second = null] } = before, after = bert.run(first, second, changes);
  const words = planWords(planFor(changes, after.tokens, bert.sizes)) || say("interventions.no_change");
  const masks = maskChanges(before, after, top), moved = distances(before.hiddenStates, after.hiddenStates);
  const found = masks.length ? masks.map(maskText).join(" ") : movedText(after.tokens, moved);
  return { before, after, masks, moved, words, text: say("interventions.text", { changes: words, found }) };
}

/** What became of each guess. */
function maskChanges(before, after, top) {
  const sides = [before, after], guesses = sides.map((record) => record.guesses(top));
  const [old, now] = sides.map((record) => record.probabilities()), { ids } = before.bert.tokenizer;
  return before.maskPlaces.map((position, rank) => {
    const listed = guesses.map((side) => side[rank]), was = old.at(rank).data, is = now.at(rank).data;
    const both = Object.fromEntries(listed.flat().map(([token]) => [token, [was[ids.get(token)], is[ids.get(token)]]]));
    return { position, before: listed[0], after: listed[1], both, divergence: divergence(was, is) };
  });
}

/** Σ p · log2(p ÷ q), the divergence of Kullback and Leibler; never negative. */
function divergence(was, is) {
  const log = (probability) => Math.log2(Math.max(probability, LEAST));
  return Math.max(was.reduce((sum, p, place) => sum + p * (log(p) - log(is[place])), 0), 0);
}

/** The cosine distance between states (layer + 1, token, d_model) before and after. */
function distances({ data: old, shape: [nStates, nTokens, d] }, { data: now }) {
  const moved = Tensor.zeros(nStates, nTokens);
  for (let cell = 0, start = 0; cell < moved.data.length; cell++, start += d) {
    let product = 0, one = 0, other = 0;
    for (let k = start; k < start + d; k++) {
      product += old[k] * now[k];
      one += old[k] ** 2;
      other += now[k] ** 2;
    }
    moved.data[cell] = Math.max(1 - product / (Math.max(Math.sqrt(one), TINY) * Math.max(Math.sqrt(other), TINY)), 0);
  }
  return moved;
}

/** One sentence on one [MASK]. */
function maskText(mask) {
  const [[old, pOld]] = mask.before, [[now, pNow]] = mask.after, bits = exactly(gained(...mask.both[old]), 2);
  return say(old === now ? "interventions.mask_same" : "interventions.mask_other", {
    position: mask.position, old, new: now, p_old: fixed(pOld, 2), p_new: fixed(pNow, 2),
    p_kept: general(mask.both[old][1], 2), bits: (bits >= 0 ? "+" : "") + fixed(bits, 2),
    divergence: fixed(mask.divergence, 2) });
}

/** One sentence on the hidden state of the last layer that turned most. */
function movedText(tokens, moved) {
  const last = moved.at(moved.shape[0] - 1).data, [position] = largest(last, 1), distance = last[position];
  if (distance < STILL) return say("interventions.not_moved");
  const mean = last.reduce((sum, one) => sum + one, 0) / last.length;
  return say("interventions.moved",
    { token: tokens[position], position, distance: fixed(distance, 3), mean: fixed(mean, 3) });
}

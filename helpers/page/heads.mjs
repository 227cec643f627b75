/** What each head does on a text, measured and said in a few words, as `describe_heads(record).caption` does. */

import { ADDED } from "./tokenizer.mjs";
import { fixed, largest, range } from "./views/numbers.mjs";
import { say } from "./views/words.mjs";

const LEADS = 0.4, IS_BROAD = 0.75, OF_BERT = ["[CLS]", "[SEP]"];
const PUNCTUATION = /^[\p{P}!-/:-@[-`{-~]*$/u;

/**
 * A few words on each head, [layer][head].
 *
 * @param {Object} record tokens, segmentIds, weights (layer, head, query, key)
 */
export function captionsOf(record) {
  const [nLayers, nHeads] = record.weights.shape, text = readText(record);
  return range(0, nLayers).map((layer) => range(0, nHeads).map((head) => caption(text, layer, head)));
}

/** Which keys count for which query, for each kind; who asks, and what a head would get that gives all keys the same. */
function readText({ tokens, segmentIds, weights }) {
  const added = tokens.map((token) => ADDED.test(token)), n = tokens.length;
  const marks = tokens.map((token) => PUNCTUATION.test(token.replace(/^##/, "")));
  const counts = {
    previous: (query, key) => key === query - 1, next: (query, key) => key === query + 1,
    same: (query, key) => key === query, repeat: (query, key) => key !== query && tokens[key] === tokens[query],
    special: (_, key) => added[key], punctuation: (_, key) => marks[key],
    other: (query, key) => segmentIds[query] !== segmentIds[key] && !added[key],
  };
  const asking = range(0, n).filter((query) => !added[query]);
  const kinds = Object.entries(counts).map(([name, counted]) => {
    const links = asking.flatMap((query) => range(0, n).filter((key) => counted(query, key)).map((key) => [query, key]));
    const asked = new Set(links.map(([query]) => query)).size;
    return { name, links, asked, chance: links.length / n / Math.max(asked, 1) };
  });
  const foreign = tokens.some((token, place) => added[place] && !OF_BERT.includes(token));
  return { weights, n, asking, kinds, foreign };
}

function caption({ weights, n, asking, kinds, foreign }, layer, head) {
  const map = weights.data.subarray((layer * weights.shape[1] + head) * n * n);
  const shares = kinds.map(({ links, asked }) =>
    links.reduce((sum, [query, key]) => sum + map[query * n + key], 0) / Math.max(asked, 1));
  const lead = kinds.map(({ chance }, place) => (chance < 1 ? (shares[place] - chance) / (1 - chance) : 0));
  const best = largest(lead), entropy = meanEntropy(map, n, asking);
  const { name } = kinds[best], kind = say(name === "special" && foreign ? "heads.special_any" : `heads.${name}`);
  const words = { kind, share: `${fixed(shares[best] * 100, 0)}%` };
  if (lead[best] >= LEADS) return say("heads.caption", words);
  if (entropy / Math.log2(Math.max(n, 2)) < IS_BROAD) return say("heads.caption_mixed", words);
  return say("heads.caption_broad", { bits: fixed(entropy, 1) });
}

/** The entropy of the rows of who asks, in bits, on average. */
function meanEntropy(map, n, asking) {
  const sum = asking.reduce((total, query) => map.subarray(query * n, (query + 1) * n)
    .reduce((row, weight) => row - (weight > 0 ? weight * Math.log2(weight) : 0), total), 0);
  return sum / Math.max(asking.length, 1);
}

/** Records that a page is given when it is built, and the words in them that a learner can hide. */

import { thousands } from "../views/numbers.mjs";
import { fromBase64 } from "../weights.mjs";

const STEPS = 10_000, MASK = "[MASK]", PIECE = "##", ADDED = /^\[(?:CLS|SEP)\]$/;

/** What `packed_record` of the Python package wrote, as a record with weights (layer, head, query, key). */
export function unpacked({ weights: { shape, steps }, ...record }) {
  const data = Float64Array.from(new Uint16Array(fromBase64(steps)), (step) => step / STEPS);
  return { ...record, weights: { data, shape } };
}

/** What `packed_next` of the Python package wrote: the logits of the whole vocabulary behind a text. */
export function unpackedNext({ logits, ...next }) {
  return { ...next, logits: Array.from(new Float32Array(fromBase64(logits))) };
}

/** What `packed_training` of the Python package wrote: `stored` {"part.text": {data, shape}}, whole shares of heads. */
export async function unpackedTraining({ shapes, bytes, heads, shape, ...training }) {
  const packed = new Blob([fromBase64(bytes)]).stream().pipeThrough(new DecompressionStream("gzip"));
  const buffer = await new Response(packed).arrayBuffer(), stored = {};
  let start = 0;
  for (const [name, one] of Object.entries(shapes)) {
    const size = one.reduce((product, length) => product * length);
    stored[name] = { data: new Uint8Array(buffer, start, size), shape: one };
    start += size;
  }
  const shares = Object.entries(heads).map(([kind, thousandths]) =>
    [kind, { shape, data: thousandths.map((share) => share / 1000) }]);
  return { ...training, shape, stored, heads: Object.fromEntries(shares) };
}

/** The attention at one step of a training, as `TrainingRecord.record` of the Python package gives it. */
export function attentionAt({ name, steps, texts, stored }, step, text, part) {
  const looks = texts[text].parts[part], { data, shape: [, ...shape] } = stored[`${part}.${text}`];
  const size = shape.reduce((product, length) => product * length), start = steps.indexOf(step) * size;
  const segmentIds = looks.segment_ids ?? looks.tokens.map(() => 0), sentenceB = segmentIds.indexOf(1);
  return { tokens: looks.tokens, segmentIds, sentenceBStart: sentenceB < 0 ? null : sentenceB,
    keyTokens: looks.key_tokens ?? null, modelName: `${name} · ${thousands(step)}`,
    weights: { shape, data: Float64Array.from(data.subarray(start, start + size), (weight) => weight / 255) } };
}

/**
 * The words of a text, each with all its pieces: what can be hidden at a click.
 *
 * @param {{tokens: string[], segmentIds: number[], spans: number[][]}} text as `encode` or a record gives it
 * @returns {{place: number, name: string, segment: number, span: number[]}[]} place: of the word's first token
 */
export function wordsOf({ tokens, segmentIds, spans }) {
  const words = [];
  tokens.forEach((token, place) => {
    const last = words.at(-1), segment = segmentIds[place], [start, end] = spans[place];
    if (token.startsWith(PIECE) && last?.segment === segment && last.span[1] === start) {
      last.name += token.slice(PIECE.length);
      last.span = [last.span[0], end];
    } else if (!ADDED.test(token) && end > start) words.push({ place, name: token, segment, span: [start, end] });
  });
  return words;
}

/**
 * The place of the token to look at first: a [MASK], else the word that looks most at another word in a head.
 *
 * @param {{tokens: string[], weights: {data: Float64Array, shape: number[]}}} record
 * @param {number} layer
 * @param {number} head
 * @returns {number} 0 where there are only [CLS] and its like
 */
export function tellingWord({ tokens, weights: { data, shape: [, nHeads, n] } }, layer, head) {
  const words = [...tokens.keys()].filter((place) => !ADDED.test(tokens[place]));
  const most = (query) => Math.max(0, ...words.filter((key) => key !== query)
    .map((key) => data[((layer * nHeads + head) * n + query) * n + key]));
  const masked = words.filter((place) => tokens[place] === MASK);
  return (masked.length ? masked : words).reduce((best, place) => (
    masked.length || most(place) <= most(best) ? best : place), masked[0] ?? words[0] ?? 0);
}

/** Whether a word was written as [MASK] by the learner. */
export const isMask = ({ name }) => name === MASK;

/**
 * The sentences with [MASK] in the place of the hidden words.
 *
 * @param {Object} text as for `wordsOf`, with its `sentences`
 * @param {number[]} hidden places, as `wordsOf` gives them; what is no word's place counts for nothing
 * @returns {string[]}
 */
export function masked(text, hidden) {
  const words = wordsOf(text).filter(({ place }) => hidden.includes(place)).reverse();
  return text.sentences.map((sentence, segment) => {
    const characters = [...sentence];
    for (const { span: [start, end] } of words.filter((word) => word.segment === segment)) {
      characters.splice(start, end - start, spaced(characters, start, end));
    }
    return characters.join("");
  });
}

/** [MASK], apart from the letters beside it. */
function spaced(characters, start, end) {
  const letter = /[A-Za-z0-9]/;
  return (letter.test(characters[start - 1] ?? "") ? " " : "") + MASK + (letter.test(characters[end] ?? "") ? " " : "");
}

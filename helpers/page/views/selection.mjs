/** Which tokens a picture shows, and what they are called in a sentence. */

import { range } from "./numbers.mjs";
import { clip, visible } from "./svg.mjs";

export const QUERY = 0, KEY = 1;
const LONGEST = 24;

/** The tokens that ask and those that answer: the same ones, save in cross-attention. */
export const sides = (record) => [record.tokens, record.keyTokens ?? record.tokens];

/** The positions of queries and keys that a sentence filter ("all", "a-a", "a-b", "b-a", "b-b") leaves. */
export function columns(filter, record) {
  if (filter === "all") return sides(record).map((tokens) => range(0, tokens.length));
  return filter.split("-").map((side) => range(0, record.tokens.length)
    .filter((position) => record.segmentIds[position] === "ab".indexOf(side)));
}

/** The sentence filter as "A → B". */
export const filterName = (filter) => filter.toUpperCase().replace("-", " → ");

/** A token as it is named in a sentence: with its position where the text has it twice. */
export function tokenName(tokens, position) {
  const shown = clip(visible(tokens[position]), LONGEST);
  const name = /[\u0590-\u08ff]/.test(shown) ? `\u2068${shown}\u2069` : shown;
  return tokens.filter((token) => token === tokens[position]).length === 1 ? name : `${name}(${position})`;
}

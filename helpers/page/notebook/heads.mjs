/** The head view of `explore_heads` and `explore_model`, drawn in the page of a notebook. */

import { unpacked } from "../controls/records.mjs";
import { viewHeads } from "../views/heads.mjs";
import { follower } from "./follow.mjs";

const ALL = "all";

export const begin = follower((record, { head, query = ALL, ...choice }) =>
  viewHeads(record, { ...choice, heads: head === ALL ? null : head, query: query === ALL ? null : query }), unpacked);

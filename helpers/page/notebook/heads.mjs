/** The head view of `explore_heads`, drawn in the page of a notebook. */

import { unpacked } from "../controls/records.mjs";
import { viewHeadsEitherWay } from "../views/head_rows.mjs";
import { follower } from "./follow.mjs";

const ALL = "all";

export const begin = follower((record, { head, query = ALL, ...choice }) =>
  viewHeadsEitherWay(record, { ...choice, heads: head === ALL ? null : head, query: query === ALL ? null : query }),
unpacked);

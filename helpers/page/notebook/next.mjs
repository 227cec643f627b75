/** The picture of `explore_next`, drawn in the page of a notebook. */

import { unpackedNext } from "../controls/records.mjs";
import { viewNext } from "../views/next.mjs";
import { follower } from "./follow.mjs";

export const begin = follower((next, { temperature, top_k: topK, top_p: topP }) =>
  viewNext(next, { temperature, topK: topK || null, topP: topP >= 1 ? null : Number(topP.toFixed(2)) }), unpackedNext);

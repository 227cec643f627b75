/** The picture of `explore_positions`, drawn in the page of a notebook. */

import { viewPositions } from "../views/positions.mjs";
import { follower } from "./follow.mjs";

export const begin = follower((_, { d_model: dModel, first, second, ...sizes }) =>
  viewPositions({ ...sizes, dModel, pair: [first, second] }));

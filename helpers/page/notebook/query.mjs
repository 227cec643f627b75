/** The edited query of `explore_query`, drawn in the page of a notebook. */

import { editQuery } from "../trace.mjs";
import { viewEditedQuery } from "../views/query.mjs";
import { cellIn, unpackedCells } from "./cells.mjs";
import { WAIT, follower } from "./follow.mjs";

export const begin = follower((cells, { token, layer, head, neuron, change }) => {
  if (token !== cells.token) return WAIT;
  const cell = cellIn(cells, { layer, head });
  return viewEditedQuery(cell, editQuery(cell.steps, neuron, change));
}, unpackedCells);

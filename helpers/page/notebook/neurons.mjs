/** The neuron view of `explore_neurons`, drawn in the page of a notebook. */

import { viewNeurons } from "../views/neurons.mjs";
import { cellIn, unpackedCells } from "./cells.mjs";
import { WAIT, follower } from "./follow.mjs";

const STRONGEST = "strongest";

export const begin = follower((cells, { token, key, ...place }) => (token === cells.token
  ? viewNeurons(cellIn(cells, { ...place, key: key === STRONGEST ? null : key })) : WAIT), unpackedCells);

/** The kinds of explorers that a chapter has: the build writes into each page those modules of `kinds/` that it needs. */

/** {kind: function(place, what the build wrote there, what gives the model): an explorer} */
export const KINDS = {};

/** The measures that both arrangements of a head view share; each says besides where everything stands. */

import { exactly, general } from "./numbers.mjs";
import { QUERY, sides } from "./selection.mjs";
import { CELL, clip, visible, wrap } from "./svg.mjs";
import { SMALL } from "./theme.mjs";
import { say } from "./words.mjs";

export const MARGIN = 20, CAPTION = 17, CHIP = 33, NARROWEST = 500;
export const HEADINGS = ["views.asks", "views.answers"];
const LONGEST_TOKEN = 18;
const ROWS = [[14, 28, 15], [26, 24, 14], [40, 20, 13], [48, 16, 12], [Infinity, 14, 12]];

/** Where everything in one head view stands, in pixels. */
export class Layout {
  /** @param {Object} selection what is shown */
  constructor(selection) {
    const { record, heads, queries, keys } = selection;
    this.selection = selection;
    this.both = [queries, keys];
    this.most = Math.max(queries.length, keys.length);
    [, this.row, this.font] = ROWS.find(([most]) => this.most <= most);
    this.names = sides(record).map((tokens) => tokens.map((token) => clip(visible(token), LONGEST_TOKEN)));
    this.cell = heads.length === 1 ? 0 : heads.length <= 6 ? 8 : heads.length <= 12 ? 6 : 5;
    this.arrange();
  }

  /** Where the tokens may begin, under a legend of all heads, in a picture of a known width. */
  get top() {
    return 76 + 19 * (this.cell ? Math.ceil(this.selection.heads.length / this.chipsARow) : 0);
  }

  get chipsARow() { return Math.floor((this.width - 2 * MARGIN) / CHIP); }

  /** How to read the picture, in lines that fit under it. */
  get caption() {
    const words = say(this.selection.heads.length === 1 ? "views.caption_one" : "views.caption_many",
      { threshold: general(this.selection.threshold) });
    return wrap(words, Math.trunc((this.width - 2 * MARGIN) / (CELL * SMALL)));
  }

  get height() { return this.bottom + 12 + CAPTION * this.caption.length + 10; }

  /** Whether a token is one of sentence B, and some of sentence A stand before it. */
  startsB(side, position) {
    const startB = this.selection.record.sentenceBStart || this.names[side].length;
    return this.both[side][0] < startB && startB <= position;
  }

  /** How far beside the middle of a token, which has so much room, each head's lines run. */
  lanesIn(room) {
    const { heads } = this.selection, step = Math.min(2, room / heads.length);
    return new Map(heads.map((head, order) => [head, exactly((order - (heads.length - 1) / 2) * step, 1)]));
  }

  /** The sentences of one side, [letter, positions]; none where there is one sentence. */
  segments(side) {
    const { record } = this.selection;
    if (record.sentenceBStart === null) return [];
    return [..."AB"].map((letter, segment) =>
      [letter, this.both[side].filter((position) => record.segmentIds[position] === segment)])
      .filter(([, positions]) => positions.length);
  }

  /** Both sides' tokens with their headings and the marks of their sentences. */
  tokens() { return [QUERY, 1 - QUERY].map((side) => this.side(side)).join(""); }
}

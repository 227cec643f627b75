/** A head view in two columns: the queries on the left, the keys on the right. */

import { HEADINGS, Layout, MARGIN, NARROWEST } from "./head_layout.mjs";
import { nearest } from "./numbers.mjs";
import { KEY, QUERY } from "./selection.mjs";
import { CELL, box, cells, escape, isSpecial, label, number } from "./svg.mjs";
import { say } from "./words.mjs";

const GUTTER = 32, BRACKET = 16, PAD = 7;

/** Where everything stands: tokens one below the other, lines from left to right. */
export class Columns extends Layout {
  arrange() {
    const [asks, answers] = [this.column(QUERY), this.column(KEY)], squares = this.cell * this.selection.heads.length;
    const rightGutter = BRACKET + squares + GUTTER + MARGIN;
    this.left = MARGIN + GUTTER + BRACKET;
    this.start = this.left + asks;
    this.span = Math.max(220 + 2 * Math.min(this.most, 50), NARROWEST - (this.start + answers + rightGutter));
    this.stop = this.start + this.span;
    this.right = this.stop + answers;
    this.width = this.right + rightGutter;
    this.edges = [[this.left, this.start], [this.stop, this.right]];
    this.strip = this.right + BRACKET;
    this.values = [this.left - BRACKET, this.strip + squares + 4];
    this.lanes = this.lanesIn(this.row - 4);
    this.places = [QUERY, KEY].map((side) => this.stack(side));
    this.bottom = Math.max(...this.places.flatMap((place) => [...place.values()])) + this.row / 2;
    this.curved = [this.start, nearest(0.42 * this.span), nearest(0.58 * this.span), this.span].map(number);
  }

  /** The width of the column of queries or of keys. */
  column(side) {
    const widest = Math.max(...this.both[side].map((position) => cells(this.names[side][position])));
    return nearest(Math.max(widest * CELL * this.font, 26)) + 2 * PAD;
  }

  /** The middle of each token's row, by position; a gap tells the sentences apart. */
  stack(side) {
    return new Map(this.both[side].map((position, order) =>
      [position, this.top + this.row * (order + 0.5) + (this.startsB(side, position) ? 8 : 0)]));
  }

  /** The path of a line from a query to a key; the heads run one below the other. */
  curve(query, key, head) {
    const [asks, answers] = this.places, [start, first, second, span] = this.curved;
    const y = number(asks.get(query) + this.lanes.get(head)), fall = number(answers.get(key) - asks.get(query));
    return `M${start} ${y}c${first} 0 ${second} ${fall} ${span} ${fall}`;
  }

  /** The ground behind a token; its thick round stroke makes it fill the row. */
  pill(side, position) {
    const [left, right] = this.edges[side];
    return box(left + 4, this.places[side].get(position) - this.row / 2 + 4, right - left - 8, this.row - 8);
  }

  /** The square of one of the heads shown, by its order, to the right of a key. */
  square(order, key) {
    const x = this.strip + order * this.cell, y = this.places[KEY].get(key) - (this.row / 2 - 2);
    return box(x, y, this.cell - 1, this.row - 4);
  }

  /** A number to the left of a query, to the right of a key. */
  value(side, position, text) { return label(this.values[side], this.places[side].get(position) + 4, text); }

  /** What pointing does, above the lines. */
  hint() { return label(this.start + this.span / 2, this.top - 11, say("views.hint"), "small muted mid"); }

  side(side) {
    const x = side === QUERY ? this.start - PAD : this.stop + PAD, end = side === QUERY ? "end" : "";
    const tokens = this.both[side].map((position) => this.token(side, position)).join("");
    return label(x, this.top - 11, say(HEADINGS[side]), `small muted ${end}`.trim()) + this.sentences(side)
      + `<g class="${end}" font-size="${this.font}" transform="translate(${number(x)} ${
        number(0.36 * this.font)})">${tokens}</g>`;
  }

  token(side, position) {
    const name = this.names[side][position], special = isSpecial(name) ? ' class="special"' : "";
    return `<text y="${number(this.places[side].get(position))}"${special}>${escape(name)}</text>`;
  }

  /** Mark where sentence A and sentence B stand in one column: a letter and a bar. */
  sentences(side) {
    const middle = side === QUERY ? this.left - BRACKET / 2 : this.right + BRACKET / 2;
    return this.segments(side).map(([letter, positions]) => {
      const [first, last] = [positions[0], positions.at(-1)].map((position) => this.places[side].get(position));
      const end = Math.max(last + this.row / 2 - 3, first + 10);
      return label(middle, first + 4, letter, "small mid")
        + `<path class="bracket" d="M${number(middle)} ${number(first + 10)}V${number(end)}"/>`;
    }).join("");
  }
}

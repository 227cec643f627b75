/** A head view in two rows: the queries above, the keys below, each side by side as it is read. */

import { HEADINGS, Layout, MARGIN, NARROWEST } from "./head_layout.mjs";
import { viewHeads } from "./heads.mjs";
import { nearest, sum } from "./numbers.mjs";
import { KEY, QUERY } from "./selection.mjs";
import { CELL, box, cells, escape, isSpecial, label, number } from "./svg.mjs";
import { NUMBER } from "./theme.mjs";
import { say } from "./words.mjs";

const BRACKET = 16, GAP = 14, DEEP = 15;
const PADS = [[14, 6, 28], [26, 5, 28], [40, 3, 22], [Infinity, 2, 14]];
const ROOM = nearest(4 * CELL * NUMBER) + 4;

/** As `viewHeads` draws; with `choice.across` in rows: a page that never does need not carry this module. */
export const viewHeadsEitherWay = (record, choice = {}) => viewHeads(record, choice, choice.across ? Rows : undefined);

/** Where everything stands: tokens side by side, lines from top to bottom. */
export class Rows extends Layout {
  arrange() {
    const { record, heads } = this.selection, [, pad, least] = PADS.find(([most]) => this.most <= most);
    this.widths = [QUERY, KEY].map((side) => new Map(this.both[side].map((position) =>
      [position, nearest(Math.max(cells(this.names[side][position]) * CELL * this.font, least)) + 2 * pad])));
    const narrowest = Math.min(...this.widths.flatMap((side) => [...side.values()]));
    this.width = Math.max(this.length(QUERY), this.length(KEY), NARROWEST - 2 * MARGIN) + 2 * MARGIN;
    this.lefts = [QUERY, KEY].map((side) => this.lineUp(side));
    this.levels = narrowest >= ROOM ? 1 : 2;
    this.marks = record.sentenceBStart === null ? 0 : BRACKET;
    this.span = 130 + 2 * Math.min(this.most, 50);
    this.lanes = this.lanesIn(narrowest - 4);
    const above = this.top + DEEP * this.levels + this.marks;
    this.tops = [above, above + this.row + this.span];
    this.strip = this.tops[KEY] + this.row + this.marks + 2;
    this.values = this.strip + this.cell * heads.length;
    this.bottom = this.values + DEEP * this.levels + 20;
  }

  length(side) {
    const gap = this.both[side].some((position) => this.startsB(side, position)) ? GAP : 0;
    return sum([...this.widths[side].values()]) + gap;
  }

  /** Where each token begins; a row stands in the middle of the picture, a gap tells the sentences apart. */
  lineUp(side) {
    let x = (this.width - this.length(side)) / 2;
    return new Map([...this.widths[side]].map(([position, width]) => {
      const left = x + (this.startsB(side, position) ? GAP : 0);
      x += width;
      return [position, left];
    }));
  }

  middle(side, position) { return this.lefts[side].get(position) + this.widths[side].get(position) / 2; }

  /** The path of a line from a query to a key; the heads run side by side. */
  curve(query, key, head) {
    const x = this.middle(QUERY, query) + this.lanes.get(head);
    const away = number(this.middle(KEY, key) - this.middle(QUERY, query));
    const first = nearest(0.42 * this.span), second = nearest(0.58 * this.span);
    return `M${number(x)} ${number(this.tops[QUERY] + this.row)}c0 ${first} ${away} ${second} ${away} ${this.span}`;
  }

  /** The ground behind a token. */
  pill(side, position) {
    const width = this.widths[side].get(position);
    return box(this.lefts[side].get(position) + 4, this.tops[side] + 4, width - 8, this.row - 8);
  }

  /** The square of one of the heads shown, by its order, below a key. */
  square(order, key) {
    const width = this.widths[KEY].get(key);
    return box(this.lefts[KEY].get(key) + 2, this.strip + order * this.cell, width - 4, this.cell - 1);
  }

  /** A number above a query, below a key; neighbours stand in turn in one line and the next. */
  value(side, position, text) {
    const deep = DEEP * (this.both[side].indexOf(position) % this.levels);
    const y = side === QUERY ? this.tops[QUERY] - this.marks - 5 - deep : this.values + 11 + deep;
    return label(this.middle(side, position), y, text, "mid");
  }

  /** What pointing does, over the end of the queries. */
  hint() { return label(this.width - MARGIN, this.top - 11, say("views.hint"), "small muted end"); }

  side(side) {
    const y = side === QUERY ? this.top - 11 : this.bottom - 6, down = this.tops[side] + this.row / 2 + 0.36 * this.font;
    const tokens = this.both[side].map((position) => this.token(side, position)).join("");
    return label(MARGIN, y, say(HEADINGS[side]), "small muted") + this.sentences(side)
      + `<g class="mid" font-size="${this.font}" transform="translate(0 ${number(down)})">${tokens}</g>`;
  }

  token(side, position) {
    const name = this.names[side][position], special = isSpecial(name) ? ' class="special"' : "";
    return `<text x="${number(this.middle(side, position))}"${special}>${escape(name)}</text>`;
  }

  /** Mark where sentence A and sentence B stand in one row: a letter and a bar. */
  sentences(side) {
    const y = side === QUERY ? this.tops[QUERY] - BRACKET / 2 : this.tops[KEY] + this.row + BRACKET / 2;
    return this.segments(side).map(([letter, positions]) => {
      const left = this.lefts[side].get(positions[0]) + 6, last = positions.at(-1);
      const end = Math.max(this.lefts[side].get(last) + this.widths[side].get(last) - 4, left + 10);
      return label(left, y + 4, letter, "small mid")
        + `<path class="bracket" d="M${number(left + 8)} ${number(y)}H${number(end)}"/>`;
    }).join("");
  }
}

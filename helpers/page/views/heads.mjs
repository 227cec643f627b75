/** The head view: who attends to whom, in one head or in all heads of a layer. */

import { Columns } from "./head_columns.mjs";
import { CHIP, MARGIN } from "./head_layout.mjs";
import { fixed, general, largest, mean, range, rounded, spread, sum } from "./numbers.mjs";
import { KEY, QUERY, columns, filterName, sides, tokenName } from "./selection.mjs";
import { CELL, clip, label, length, level, number, paragraph, picture, spoken } from "./svg.mjs";
import { headClass, touchStyle } from "./theme.mjs";
import { say } from "./words.mjs";

const CHIPS = 57, MOST_SPOKEN = 5;

/**
 * Draw the attention in one layer: queries on the left, keys on the right.
 *
 * @param {Object} record tokens, segmentIds, sentenceBStart, weights (layer, head, query, key), modelName
 * @param {Object} choice
 * @param {number} choice.layer
 * @param {?(number|number[])} choice.heads one, some, or null for all
 * @param {string} choice.filter which sentence asks and which answers
 * @param {number} choice.threshold weights below are not drawn
 * @param {?number} choice.query the one query to show alone, or null
 * @param {typeof Layout} Layout where everything stands
 * @returns {Object} {kind, title, text, width, height, svg, links}; links are [query, key, head, weight]
 */
export function viewHeads(record, choice = {}, Layout = Columns) {
  const selection = select(record, choice), layout = new Layout(selection);
  const seen = selection.query === null
    ? strips(layout, strongest(selection)) + lines(layout, selection.links)
    : `<g class="q">${spotlight(layout, QUERY, selection.query)}</g>`;
  const frame = header(layout) + layout.tokens() + paragraph(layout.caption, MARGIN, layout.bottom + 24);
  return {
    ...picture({
      kind: "heads", title: heading(selection), text: sentence(selection), width: layout.width, height: layout.height,
      touch: touch(layout), still: `<g class="still fades">${seen}</g><g class="still">${frame}</g>`,
    }),
    links: shownLinks(selection),
  };
}

/** Cut what is shown out of the record: weights are [head][query][key] of these heads and positions, rounded. */
function select(record, { layer = 0, heads = null, filter = "all", threshold = 0.05, query = null }) {
  const [, nHeads, nQueries, nKeys] = record.weights.shape;
  const chosen = heads === null ? range(0, nHeads) : [...new Set([heads].flat())].sort((one, other) => one - other);
  const [queries, keys] = columns(filter, record);
  const at = (head, row) => ((layer * nHeads + head) * nQueries + row) * nKeys;
  const weights = chosen.map((head) => queries.map((row) =>
    keys.map((column) => rounded(record.weights.data[at(head, row) + column]))));
  const selection = { record, layer, heads: chosen, nHeads, filter, threshold, query, queries, keys, weights };
  selection.links = linksOf(selection);
  selection.byToken = [QUERY, KEY].map((side) => Map.groupBy(selection.links, (link) => link[side]));
  return selection;
}

/** What is drawn: one head, every weight that reaches the threshold; several, each head's largest of a row. */
function linksOf({ heads, queries, keys, weights, threshold }) {
  const links = [];
  queries.forEach((query, row) => keys.forEach((key, column) => heads.forEach((head, order) => {
    const numbers = weights[order][row], weight = numbers[column];
    if (weight < threshold || weight <= 0) return;
    if (heads.length === 1 || column === largest(numbers)) links.push([query, key, head, weight]);
  })));
  return links;
}

const shownLinks = ({ links, byToken, query }) => (query === null ? links : byToken[QUERY].get(query) ?? []);

/** The strongest head of a pair and its weight. */
function peak({ heads, queries, keys, weights }, query, key) {
  const row = queries.indexOf(query), column = keys.indexOf(key);
  const found = weights.map((head) => head[row][column]), best = largest(found);
  return [heads[best], found[best]];
}

/** The step at which a weight is drawn; 0 for what is not. */
const step = ({ threshold }, weight) => (weight >= threshold && weight > 0 ? level(weight) || 1 : 0);

/** [head][key]: the step at which the largest weight is drawn that a key gets from a head. */
const strongest = (selection) => selection.weights.map((head) =>
  selection.keys.map((_, column) => Math.max(...head.map((row) => step(selection, row[column])))));

/* What is drawn. */

/** Join pieces [head, level, path] of the same look into one path each, the faint ones first. */
function merge(pieces, kind) {
  const groups = [...Map.groupBy(pieces, ([head, step]) => step * 1000 + head)].sort(([one], [other]) => one - other);
  return groups.map(([, group]) => `<path class="${kind} ${headClass(group[0][0])} w${group[0][1]}" d="${
    group.map(([, , path]) => path).join("")}"/>`).join("");
}

/** Draw one curve a link, from its query to its key. */
function lines(layout, links) {
  const pieces = links.map(([query, key, head, weight]) => [head, level(weight) || 1, layout.curve(query, key, head)]);
  return merge(pieces, layout.cell ? "l m" : "l");
}

/** Draw beside each key a square for each head; `levels` is [head][key]. Nothing where one head is shown. */
function strips(layout, levels) {
  if (!layout.cell) return "";
  const { heads, keys } = layout.selection;
  const pieces = heads.flatMap((head, order) => keys.flatMap((key, column) =>
    (levels[order][column] ? [[head, levels[order][column], layout.square(order, key)]] : [])));
  return merge(pieces, "c");
}

/** Draw what one token asks or answers: its lines, and the weights at their other ends. */
function spotlight(layout, side, position) {
  const { selection } = layout, other = 1 - side, links = selection.byToken[side].get(position) ?? [];
  const pairs = [...new Map(links.map((link) => [link[other], link])).values()];
  const peaks = pairs.map(([query, key]) => [[query, key][other], ...peak(selection, query, key)]);
  const pills = peaks.filter(([, , weight]) => level(weight) > 1)
    .map(([end, head, weight]) => [head, level(weight), layout.pill(other, end)]);
  const values = peaks.map(([end, , weight]) => layout.value(other, end, fixed(weight, 2))).join("");
  const row = selection.queries.indexOf(position);
  const steps = () => selection.weights.map((head) => head[row].map((weight) => step(selection, weight)));
  const squares = side === QUERY ? strips(layout, steps()) : "";
  return `<path class="o" d="${layout.pill(side, position)}"/>${merge(pills, "t")}${lines(layout, links)}${squares}`
    + values;
}

/** What answers hover and focus. A reader of the queries has heard it all, so keys are not read out. */
function touch(layout) {
  const { queries, keys } = layout.selection;
  const asks = queries.map((position) =>
    spoken("q", spokenQuery(layout.selection, position), spotlight(layout, QUERY, position))).join("");
  const answers = keys.map((position) => `<g class="k">${spotlight(layout, KEY, position)}</g>`).join("");
  return `${touchStyle("heads")}<g class="touch">${asks}<g aria-hidden="true">${answers}</g></g>${layout.hint()}`;
}

/** The heading, the model's name and, where several heads are shown, the colour of each. */
function header(layout) {
  const title = heading(layout.selection), room = Math.trunc((layout.width - 2 * MARGIN) / (7 * CELL * 2));
  const model = clip(layout.selection.record.modelName, Math.max(room - length(title), 8));
  const chips = layout.cell ? layout.selection.heads.map((head, order) => chip(layout, order, head)).join("") : "";
  return label(MARGIN, 33, title, "title") + label(layout.width - MARGIN, 33, model, "small muted end") + chips;
}

function chip(layout, order, head) {
  const x = MARGIN + (order % layout.chipsARow) * CHIP, y = CHIPS + 17 * Math.floor(order / layout.chipsARow);
  return `<rect class="c ${headClass(head)}" x="${number(x)}" y="${y - 9}" width="10" height="10" rx="2"/>`
    + label(x + 13, y, String(head), "small");
}

/* What is said. */

/** The heading, as "Layer 1 · head 3", with the filter and the query where they are chosen. */
function heading(selection) {
  const { record, layer, filter, query } = selection;
  const parts = [say("views.layer_name", { layer }), headsName(selection)];
  if (filter !== "all") parts.push(filterName(filter));
  if (query !== null) parts.push(say("views.query_name", { query: tokenName(record.tokens, query) }));
  return parts.join(" · ");
}

function headsName({ heads, nHeads }) {
  if (heads.length === nHeads && nHeads > 1) return say("views.all_heads", { n: nHeads });
  return say(heads.length === 1 ? "views.one_head" : "views.some_heads", { heads: heads.join(say("views.comma")) });
}

/** The whole picture in one sentence: where it is from, its strongest links, how spread a row is. */
function sentence(selection) {
  const { record, threshold } = selection, best = strongestFirst(shownLinks(selection)).slice(0, 3);
  const links = best.map((link) => linkName(selection, link)).join(say("views.comma"));
  const found = links ? say("views.strongest", { links }) : say("views.none", { threshold: general(threshold) });
  return say("views.sentence", {
    model: record.modelName || say("views.model"), heading: heading(selection), found, rest: rest(selection),
  });
}

const strongestFirst = (links) => links.toSorted((one, other) => other[3] - one[3]);

function linkName(selection, [query, key, head, weight]) {
  const [asks, answers] = sides(selection.record);
  const words = { query: tokenName(asks, query), to: tokenName(answers, key), weight: fixed(weight, 2) };
  return say("views.link", words) + headNote(selection, head);
}

/** " (head 3)" where several heads are shown, else nothing. */
const headNote = ({ heads }, head) => (heads.length > 1 ? say("views.in_head", { head }) : "");

/** What the rows hold: over how many tokens they spread, or how much a filter leaves of them. */
function rest({ record, weights, query, queries, filter }) {
  const rows = weights.flatMap((head) => (query === null ? head : [head[queries.indexOf(query)]]));
  if (filter === "all") {
    return say("views.spread", { spread: fixed(mean(rows.map(spread)), 1), n: sides(record)[KEY].length });
  }
  const name = filterName(filter);
  return say("views.share", { filter: name, to: name.at(-1), share: fixed(mean(rows.map(sum)), 2) });
}

/** One query's row in words: its strongest keys, strongest first. */
function spokenQuery(selection, query) {
  const links = strongestFirst(selection.byToken[QUERY].get(query) ?? []).slice(0, MOST_SPOKEN);
  const [asks, answers] = sides(selection.record), name = tokenName(asks, query);
  if (!links.length) return say("views.query_none", { query: name, threshold: general(selection.threshold) });
  const keys = links.map(([, key, head, weight]) =>
    `${tokenName(answers, key)} ${fixed(weight, 2)}${headNote(selection, head)}`);
  return say("views.query_keys", { query: name, keys: keys.join(say("views.comma")) });
}

/**
 * The model view: all heads of all layers at once, a small map each.
 *
 *     viewModel(bert.run("I like tea."), { chosen: [1, 3] }).svg
 */

import { exactly, fixed, general, largest, mean, nearest, range, rounded, spread, sum } from "./numbers.mjs";
import { raster, shades } from "./raster.mjs";
import { KEY, QUERY, columns, filterName, sides, tokenName } from "./selection.mjs";
import { CELL, box, cells, clip, label, length, number, paragraph, picture, spoken, wrap } from "./svg.mjs";
import { LEVELS, SMALL, TEXT, headClass, headColour, touchStyle } from "./theme.mjs";
import { say } from "./words.mjs";

const MARGIN = 20, LINE = 17, SCALE = 170, HEADER = 62, CAPTION = 10.5, CAPTION_LINE = 12.5, MOST_LINES = 3;
const NARROWEST = 460, SIZES = [[6, 96, 14], [8, 80, 12], [12, 64, 10], [Infinity, 48, 8]], LARGEST_CELL = 24;
const MOST_CELLS = 64, NAMED_LINKS = 2, DIGITS = 4;

/**
 * Draw the attention in all heads: a row of small maps for each layer, in each a row a query and a column a key.
 *
 * @param {Object} record tokens, segmentIds, sentenceBStart, weights (layer, head, query, key), modelName
 * @param {Object} choice
 * @param {string} choice.filter which sentence asks and which answers
 * @param {?(string[][]|function(number, number): string)} choice.captions a few words on each head: [layer][head], or a
 *   function (layer, head)
 * @param {?number[]} choice.chosen the [layer, head] to mark
 * @param {?string[]} choice.columns what stands above the columns, where these are no heads
 * @returns {Object} {kind, title, text, width, height, svg}
 */
export function viewModel(record, choice = {}) {
  const grid = select(record, choice), layout = layoutOf(grid);
  const images = range(0, grid.nHeads).map((head) => image(layout, head)).join("");
  const still = images + frames(layout) + captionsOf(layout) + header(layout) + names(layout) + reading(layout);
  return picture({ kind: "model", title: heading(grid), text: sentence(grid), width: layout.width, height: layout.height,
    touch: touch(layout), still: `<g class="still">${still}</g>` });
}

/** Cut what is shown out of the record; `maps` [layer][head] are the weights [query][key] of the filter's tokens. */
function select(record, { filter = "all", captions = null, chosen = null, columns: named = null }) {
  const { data, shape: [nLayers, nHeads, nQueries, nKeys] } = record.weights, [queries, keys] = columns(filter, record);
  const grid = { record, filter, queries, keys, chosen, named, nLayers, nHeads };
  grid.places = range(0, nLayers).flatMap((layer) => range(0, nHeads).map((head) => [layer, head]));
  grid.maps = byPlace(grid, (layer, head) => queries.map((query) => {
    const start = ((layer * nHeads + head) * nQueries + query) * nKeys;
    return keys.map((key) => data[start + key]);
  }));
  grid.block = Math.ceil(Math.max(queries.length, keys.length) / MOST_CELLS);
  grid.captions = captions && byPlace(grid, (layer, head) =>
    String(typeof captions === "function" ? captions(layer, head) : captions[layer][head]));
  grid.measures = byPlace(grid, (layer, head) => mean(grid.maps[layer][head].map(filter === "all" ? spread : sum)));
  return grid;
}

function byPlace({ nLayers, nHeads }, make) {
  return range(0, nLayers).map((layer) => range(0, nHeads).map((head) => make(layer, head)));
}

/** [row][column]: the step at which each cell of a map is drawn; it grows with the root of the weight. */
function levelsOf({ block }, map) {
  const starts = (size) => range(0, Math.ceil(size / block)).map((cell) => cell * block);
  const most = (row, column) => Math.max(...map.slice(row, row + block)
    .map((numbers) => Math.max(...numbers.slice(column, column + block))));
  return starts(map.length).map((row) => starts(map[0].length).map((column) =>
    nearest(LEVELS * Math.sqrt(Math.min(Math.max(rounded(most(row, column)), 0), 1)))));
}

/** The strongest links of one head, strongest first: [query, key, weight]. */
function linksOf({ maps, queries, keys }, layer, head) {
  const exact = maps[layer][head].flat(), flat = exact.map((weight) => rounded(weight));
  return range(0, Math.min(NAMED_LINKS, flat.length)).map(() => {
    const place = largest(flat);
    flat[place] = -1;
    return [queries[Math.floor(place / keys.length)], keys[place % keys.length], exactly(exact[place], DIGITS)];
  });
}

/* Where everything stands. */

function layoutOf(grid) {
  const [, target, apart] = SIZES.find(([most]) => grid.nHeads <= most);
  const levels = grid.maps.map((row) => row.map((map) => levelsOf(grid, map)));
  const rows = levels[0][0].length, nColumns = levels[0][0][0].length;
  const cell = Math.min(Math.max(1, nearest(target / Math.max(rows, nColumns))), LARGEST_CELL);
  const width = nColumns * cell, height = rows * cell, across = Math.max(width, Math.floor(target * 2 / 3)) + apart;
  const room = Math.trunc((across - 10) / (CELL * CAPTION));
  const captions = grid.captions?.map((row) => row.map((caption) => captionLines(caption, room)));
  const nLines = captions ? Math.max(...captions.flat().map((lines) => lines.length)) : 0;
  const gap = Math.ceil(nearest(apart + CAPTION_LINE * nLines) / cell), down = height + cell * gap;
  const widest = Math.max(...range(0, grid.nLayers).map((layer) => cells(say("views.layer_name", { layer }))));
  const left = MARGIN + widest * CELL * TEXT + 12, top = HEADER + 12;
  const bottom = top + grid.nLayers * down - cell * gap + CAPTION_LINE * nLines;
  const whole = Math.max(left + grid.nHeads * across - apart + MARGIN, NARROWEST), words = readingOf(grid, whole);
  return { grid, levels, cell, map: [width, height], gap, captions, left, bottom, words, width: whole,
    height: bottom + 40 + LINE * Math.max(words.length, 2) + 8,
    corner: (layer, head) => [left + head * across, top + layer * down] };
}

/** A caption in lines that fit under a map, at most three; the last is cut where it must be. */
function captionLines(caption, room) {
  const lines = wrap(caption, room);
  return [...lines.slice(0, MOST_LINES - 1), lines.slice(MOST_LINES - 1).join(" ")].filter((line) => line)
    .map((line) => clip(line, room));
}

/** How to read the picture, in lines that fit left of the scale. */
function readingOf({ block, named }, width) {
  let text = say(named ? "model_view.caption_columns" : "model_view.caption");
  if (block > 1) text += (text.at(-1) === "." ? " " : "") + say("model_view.blocks", { block });
  return wrap(text, Math.trunc((width - 2 * MARGIN - SCALE) / (CELL * SMALL)));
}

const roomOf = ({ width }) => Math.trunc((width - 2 * MARGIN) / (CELL * SMALL));

/* What is drawn. */

/** The maps of one head in all layers, with empty rows between them: one picture. */
function image(layout, head) {
  const { levels, gap, cell } = layout, nothing = Array(levels[0][0][0].length).fill(0);
  const rows = levels.flatMap((layer, place) => [...(place ? Array(gap).fill(nothing) : []), ...layer[head]]);
  return raster(...layout.corner(0, head), [nothing.length * cell, rows.length * cell], rows,
    shades(headColour(head), LEVELS));
}

/** The path around a map. */
function around({ corner, map: [width, height] }, layer, head) {
  const [x, y] = corner(layer, head);
  return box(x - 1, y - 1, width + 2, height + 2);
}

/** A frame around each map, a thick one around the chosen. */
function frames(layout) {
  const { chosen, places } = layout.grid, mark = chosen ? `<path class="mark" d="${around(layout, ...chosen)}"/>` : "";
  return `<path class="frame" d="${places.map((place) => around(layout, ...place)).join("")}"/>${mark}`;
}

function captionsOf(layout) {
  if (!layout.captions) return "";
  return layout.grid.places.map(([layer, head]) => {
    const [x, y] = layout.corner(layer, head), [width, height] = layout.map;
    return layout.captions[layer][head].map((line, row) =>
      label(x + width / 2, y + height + 11.5 + CAPTION_LINE * row, line, "cap mid")).join("");
  }).join("");
}

function header(layout) {
  const title = heading(layout.grid), room = Math.trunc((layout.width - 2 * MARGIN) / (7 * CELL * 2));
  const model = clip(layout.grid.record.modelName, Math.max(room - length(title), 8));
  return label(MARGIN, 33, title, "title") + label(layout.width - MARGIN, 33, model, "small muted end");
}

/** The layers' names on the left, the heads' above with a bar in their colour. */
function names(layout) {
  const { grid, corner, left, map: [width, height] } = layout;
  const layers = range(0, grid.nLayers).map((layer) =>
    label(left - 10, corner(layer, 0)[1] + height / 2 + 4.5, say("views.layer_name", { layer }), "end"));
  const heads = range(0, grid.nHeads).map((head) => {
    const [x, y] = corner(0, head);
    const name = grid.named ? grid.named[head] : say("views.one_head", { heads: head });
    return label(x + width / 2, HEADER, name, "small mid")
      + `<path class="bar ${headClass(head)}" d="${box(x - 1, y - 7, width + 2, 3)}"/>`;
  });
  return [...layers, ...heads].join("");
}

/** Under the picture how to read it; on the right the scale. */
function reading(layout) {
  const top = layout.bottom + 42, left = layout.width - MARGIN - SCALE + 30, side = (SCALE - 30) / LEVELS;
  const steps = range(0, LEVELS).map((step) => `<rect class="step" x="${number(left + side * step)}" y="${
    number(top - 10)}" width="${number(side)}" height="10" fill-opacity="${general((step + 1) / LEVELS)}"/>`).join("");
  const ticks = [0.1, 0.5, 1].map((root) =>
    label(left + side * (10 * root - 0.5), top + 15, general(root * root), "small muted mid")).join("");
  return paragraph(layout.words, MARGIN, top) + steps + ticks
    + label(left - 6, top - 1, say("model_view.scale"), "small muted end");
}

/** What speaks where a map is pointed at, or reached by Tab. */
function touch(layout) {
  const y = layout.bottom + 24, room = roomOf(layout);
  const maps = layout.grid.places.map(([layer, head]) => {
    const words = spokenHead(layout.grid, layer, head), seen = 2 * length(words) <= room ? words : clip(words, room);
    return spoken("t", words, `<path class="o ${headClass(head)}" d="${around(layout, layer, head)}"/>${
      label(MARGIN, y, seen, "small")}`);
  }).join("");
  return `${touchStyle("model")}<g class="touch">${maps}</g>${label(MARGIN, y, say("model_view.hint"), "small muted hint")}`;
}

/* What is said. */

/** The heading, as "All 4 layers × 6 heads", with the filter where one is chosen. */
function heading({ nLayers, nHeads, filter, named }) {
  const title = named ? say("model_view.title_columns", { layers: nLayers, columns: named.join(say("views.comma")) })
    : say("model_view.title", { layers: nLayers, heads: nHeads });
  return filter === "all" ? title : `${title} · ${filterName(filter)}`;
}

/** A head's name, with its caption where it has one; of a column that is no head, what it is called. */
function nameOf({ captions, named }, layer, head) {
  if (named) return say("model_view.name_column", { layer, column: named[head] });
  const caption = captions ? captions[layer][head] : "";
  return say(caption ? "model_view.name_caption" : "model_view.name", { layer, head, caption });
}

/** The whole picture in one sentence: its two extremes. */
function sentence(grid) {
  const measures = grid.measures.flat(), most = largest(measures), least = largest(measures.map((one) => -one));
  const all = grid.filter === "all", [first, last] = (all ? [least, most] : [most, least]).map((place) => {
    const [layer, head] = grid.places[place];
    return say("model_view.extreme", { name: nameOf(grid, layer, head), rest: rest(grid, layer, head) });
  });
  return say(all ? "model_view.sentence" : "model_view.sentence_share", {
    title: heading(grid), model: grid.record.modelName || say("views.model"), filter: filterName(grid.filter), first, last,
  });
}

/** One head in words: its strongest links, and how its rows spread or what the filter leaves of them. */
function spokenHead(grid, layer, head) {
  const [asks, answers] = [sides(grid.record)[QUERY], sides(grid.record)[KEY]];
  const links = linksOf(grid, layer, head).map(([query, key, weight]) => say("views.link",
    { query: tokenName(asks, query), to: tokenName(answers, key), weight: fixed(weight, 2) }));
  const words = say("model_view.spoken", { name: nameOf(grid, layer, head), links: links.join(say("views.comma")),
    rest: rest(grid, layer, head) });
  const [initial, ...others] = words;
  return initial.toUpperCase() + others.join("");
}

function rest({ measures, filter, keys }, layer, head) {
  const measure = measures[layer][head];
  if (filter === "all") return say("model_view.spread", { spread: fixed(measure, 1), n: keys.length });
  return say("model_view.share", { share: fixed(measure, 2), to: filterName(filter).at(-1) });
}

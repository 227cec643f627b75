/**
 * The beam tree: every path that beam search looked at, kept, finished or dropped.
 *
 *     viewBeams(translator.translate("I am a student.", { beam: 4 })).svg
 */

import { fixed, range } from "./numbers.mjs";
import { CELL, clip, escape, label, number, paragraph, picture, visible, wrap } from "./svg.mjs";
import { SMALL } from "./theme.mjs";
import { nameOf } from "./translation.mjs";
import { say } from "./words.mjs";

const MARGIN = 20, TOP = 62, COLUMN = 78, ROW = 40, BOX_WIDTH = 54, BOX_HEIGHT = 24, NARROWEST = 560, APART = 26;
const STEPS_IN_A_BAND = 12, LONGEST = 7;

/**
 * Draw a beam search: a column a step, its paths from best to worst, and which one won.
 *
 * @param {Object} record what `translator.translate(text, { beam })` returned: beams, targetIds, text, modelName
 * @returns {Object} {kind, title, text, width, height, svg}
 */
export function viewBeams(record) {
  const { beams } = record, grid = { nSteps: beams.length, nRows: Math.max(...beams.map(({ length }) => length)) };
  const width = Math.max(NARROWEST, 2 * MARGIN + COLUMN * Math.min(grid.nSteps, STEPS_IN_A_BAND + 1));
  const caption = wrap(say("translation_view.beams_caption"), Math.trunc((width - 2 * MARGIN) / (CELL * SMALL)));
  const bottom = place(grid, grid.nSteps - 1, grid.nRows)[1] + 16;
  const title = say("translation_view.beams_title", { beam: beamOf(record) });
  const still = label(MARGIN, 33, title, "title") + edges(record, grid) + nodes(record, grid)
    + paragraph(caption, MARGIN, bottom);
  return picture({ kind: "beams", title, text: sentence(record), width, height: bottom + 17 * caption.length, touch: "",
    still });
}

/** The upper left corner of a path's box, or of the place `back` columns before it in its band. */
function place({ nRows }, step, rank, back = 0) {
  const band = Math.floor(Math.max(step - 1, 0) / STEPS_IN_A_BAND), column = step - band * STEPS_IN_A_BAND - back;
  return [MARGIN + COLUMN * column, TOP + (ROW * nRows + APART) * band + ROW * rank];
}

/** How many paths were followed at a time. */
const beamOf = ({ beams }) => Math.max(...beams.map((step) => step.filter(({ fate }) => fate === "kept").length));

/** Whether a path is a beginning of the one that won. */
const won = ({ targetIds }, { tokenIds }) => tokenIds.every((id, at) => id === targetIds[at]);

const look = (record, path) => path.fate + (won(record, path) ? " won" : "");

/** What each path goes on from. */
function edges(record, grid) {
  return record.beams.flatMap((paths, step) => paths.map((path, rank) => {
    if (path.parent === null) return "";
    const [left, fromTop] = place(grid, step, path.parent, 1), [right, toTop] = place(grid, step, rank);
    const x = left + BOX_WIDTH, across = right - x, down = number(toTop - fromTop), bend = number(across / 2);
    const classes = won(record, path) ? " won" : path.fate === "dropped" ? " dropped" : "";
    return `<path class="go${classes}" d="M${number(x)} ${number(fromTop + BOX_HEIGHT / 2)}c${bend} 0 ${bend} ${down} ${
      number(across)} ${down}"/>`;
  })).join("");
}

/** Each path once to be pointed at, and those before a turn once more, at the start of the next band. */
function nodes(record, grid) {
  const turns = range(0, grid.nSteps - 1).filter((step) => step && step % STEPS_IN_A_BAND === 0);
  const again = turns.flatMap((step) => record.beams[step].map((path, rank) =>
    `<g class="again ${look(record, path)}">${box(path, place(grid, step + 1, rank, 1))}</g>`));
  const all = record.beams.flatMap((paths, step) => paths.map((path, rank) => node(record, path, place(grid, step, rank))));
  return [...again, ...all].join("");
}

/** A path that says what it is to who points at it or reaches it with Tab. */
function node(record, path, corner) {
  const words = escape(say("translation_view.beams_spoken", { tokens: path.tokens.map(nameOf).join(" "),
    score: fixed(path.score, 2), fate: say(`translation_view.${path.fate}`) }));
  return `<g class="node ${look(record, path)}" tabindex="0" role="img" aria-label="${words}"><title>${words}</title>`
    + `${box(path, corner)}</g>`;
}

/** A path's last token and its score. */
function box({ tokens, score }, [left, top]) {
  const x = left + BOX_WIDTH / 2;
  return `<rect x="${number(left)}" y="${number(top)}" width="${BOX_WIDTH}" height="${BOX_HEIGHT}" rx="5"/>`
    + label(x, top + 17, clip(visible(tokens.at(-1)), LONGEST), "small mid")
    + label(x, top + BOX_HEIGHT + 10, fixed(score, 2), "n mid muted");
}

/** How many paths there were, which one won, and the second. */
function sentence(record) {
  const paths = record.beams.flat(), whole = (path) => path.tokenIds.join() === record.targetIds.join();
  const finished = paths.filter(({ fate }) => fate === "finished").sort((one, other) => other.score - one.score);
  const winner = paths.find(whole) ?? paths[0];
  const second = finished.find((path) => path.tokenIds.join() !== winner.tokenIds.join());
  const other = second ? say("translation_view.beams_other", { text: second.tokens.map(nameOf).join(" "),
    score: fixed(second.score, 2) }) : "";
  return say("translation_view.beams_text", { model: record.modelName || say("views.model"), beam: beamOf(record),
    steps: record.beams.length, looked: paths.length, finished: finished.length, text: record.text,
    score: fixed(winner.score, 2), other });
}

/** When things form while a model is trained: what every head does, and how well the model does, step by step. */

import { fixed, general, thousands, range } from "./numbers.mjs";
import { label, number, picture } from "./svg.mjs";
import { headClass } from "./theme.mjs";
import { say } from "./words.mjs";

const MARGIN = 24, GAP = 22, ACROSS = 3, WIDTH = 229, HEIGHT = 72, TOP = 74, ROW = 112;
const ORDER = ["induction", "previous", "begin", "next", "special", "aligned", "short", "inside_pairs",
  "loss_first_copy", "loss_second_copy", "bits_en", "bits_zh", "loss_zh", "loss_en"];
const TICKS = [0, 10, 100, 1_000, 10_000];

/**
 * Draw a panel for each thing that heads were measured for, one line a head, and one for each figure on held-out text.
 *
 * @param {Object} training steps, texts, heads {kind: {data, shape: [step, layer, head]}}, figures {name: number[]}
 * @param {{layer: number, head: number, step: number}} choice the head in colour; the step that is marked
 * @returns {Object} {kind, title, text, width, height, svg}
 */
export function viewBirth(training, { layer, head, step }) {
  const { steps, texts } = training, at = steps.indexOf(step), panels = panelsOf(training, layer, head);
  const whose = say("cross" in texts[0].parts ? "birth.cross" : "birth.self", { layer, head });
  const title = say("birth.title", { head: whose, step: thousands(step) });
  const figures = panels.map((panel) => said(panel, at)).join(say("views.comma"));
  const bottom = TOP + ROW * Math.ceil(panels.length / ACROSS);
  const drawn = panels.map((panel, place) => draw(place, panel, steps, at, head)).join("");
  const still = label(MARGIN, 32, title, "title") + drawn + label(MARGIN, bottom, say("birth.note"), "small muted");
  return picture({ kind: "birth", title, text: say("birth.text", { title, figures }),
    width: 2 * MARGIN + ACROSS * (WIDTH + GAP) - GAP, height: bottom + 14, touch: "", still });
}

/** Each quantity against the steps: its lines, and which of them is drawn in colour. */
function panelsOf({ heads, figures, steps }, layer, head) {
  const measured = Object.entries(heads).map(([name, { data, shape: [, nLayers, nHeads] }]) => {
    const many = nLayers * nHeads, along = (one) => steps.map((_, at) => data[at * many + one]);
    return { name, lines: range(0, many).map(along), chosen: layer * nHeads + head };
  });
  const whole = Object.entries(figures).map(([name, line]) => ({ name, lines: [line], chosen: 0 }));
  return [...measured, ...whole].sort((one, other) => ORDER.indexOf(one.name) - ORDER.indexOf(other.name));
}

const said = ({ name, lines, chosen }, at) => say(`birth.panel_${name}`, { figure: fixed(lines[chosen][at], 2) });

/** The top of the axis: 1 for a share, a whole number above all losses and bits. */
const mostOf = ({ name, lines }) => (/^(?:loss|bits)/.test(name) ? Math.ceil(Math.max(...lines.flat())) : 1);

/** A panel; the steps stand at their logarithms, so that the first ones can be told apart. */
function draw(place, panel, steps, at, head) {
  const left = MARGIN + (WIDTH + GAP) * (place % ACROSS), top = TOP + ROW * Math.floor(place / ACROSS);
  const last = steps.at(-1), most = mostOf(panel), line = panel.lines[panel.chosen];
  const across = (step) => left + WIDTH * Math.log1p(step) / Math.log1p(last);
  const down = (value) => top + HEIGHT * (1 - value / most);
  const path = (one) => `M${one.map((value, step) => `${number(across(steps[step]))} ${number(down(value))}`).join("L")}`;
  const x = number(across(steps[at])), y = number(down(line[at]));
  const ticks = TICKS.filter((tick) => tick <= last).map((tick) =>
    label(across(tick), top + HEIGHT + 14, thousands(tick), "tick muted mid")).join("");
  const rest = panel.lines.filter((_, one) => one !== panel.chosen).map(path).join("");
  return label(left, top - 8, said(panel, at), "small") + ticks + label(left - 5, top + 4, general(most), "tick muted end")
    + `<path class="axis" d="M${left} ${top}v${HEIGHT}h${WIDTH}"/><path class="rest" d="${rest}"/>`
    + `<path class="now" d="M${x} ${top}v${HEIGHT}"/><g class="${headClass(head)}">`
    + `<path class="line" d="${path(line)}"/><circle class="dot" cx="${x}" cy="${y}" r="4"/></g>`;
}

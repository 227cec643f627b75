/** What a decoder would write next: a bar for each token, and where temperature, top-k and top-p cut. */

import { descending, fixed, general, grouped } from "./numbers.mjs";
import { CELL, clip, isSpecial, label, number, paragraph, picture, visible, wrap } from "./svg.mjs";
import { SMALL } from "./theme.mjs";
import { say } from "./words.mjs";

const WIDTH = 640, MARGIN = 24, ROW = 24, TOP = 82, LEFT = 150, BAR = 400, THIN = 14, LONGEST = 14;
const ROOM = Math.trunc((WIDTH - 2 * MARGIN) / (CELL * SMALL));

/**
 * Draw it: filled bars under the sampling, outlines as the model held it.
 *
 * @param {Object} next text: the end of the text; tokens: the likeliest, best first; logits: of the whole vocabulary
 * @param {{temperature: number, topK: ?number, topP: ?number}} sampling null for no cut
 * @returns {Object} {kind, title, text, width, height, svg}
 */
export function viewNext(next, sampling) {
  const shown = select(next, sampling), title = say("next_tokens.title", { text: next.text });
  const n = shown.tokens.length, bottom = TOP + ROW * n, note = wrap(say("next_tokens.kept", shown.facts), ROOM);
  const most = Math.max(...shown.before, ...shown.after), unit = BAR / most;
  const still = label(MARGIN, 32, title, "title") + label(MARGIN, 56, shown.settings, "small muted")
    + shown.tokens.map((_, place) => bar(shown, place, unit)).join("") + cut(shown, bottom)
    + paragraph(note, MARGIN, bottom + 38);
  return picture({ kind: "next", title, text: sentence(next, shown), width: WIDTH, height: bottom + 74, touch: "", still });
}

function select({ text, tokens, logits }, sampling) {
  const before = softmax(logits), scaled = logits.map((one) => one / sampling.temperature);
  const kept = keptOf(scaled, sampling), after = softmax(scaled.map((one, row) => (kept[row] ? one : -Infinity)));
  const best = descending(before).slice(0, tokens.length), at = (shares) => best.map((row) => shares[row]);
  const count = kept.reduce((sum, one) => sum + one, 0), mass = before.reduce((sum, one, row) => sum + kept[row] * one, 0);
  const cuts = Object.entries({ top_k: sampling.topK, top_p: sampling.topP })
    .map(([name, value]) => [name, value === null ? say("next_tokens.all") : general(value)]);
  return { text, tokens, before: at(before), after: at(after), count,
    settings: say("next_tokens.settings", { temperature: general(sampling.temperature), ...Object.fromEntries(cuts) }),
    facts: { kept: grouped(count), vocab: grouped(logits.length), share: percent(mass) } };
}

/** Which tokens may be written, 0 or 1; those level with the last one kept are kept. */
function keptOf(logits, { topK, topP }) {
  let kept = Array(logits.length).fill(1);
  if (topK !== null && topK < logits.length) {
    const last = Float64Array.from(logits).sort().at(-topK);
    kept = kept.map((_, row) => Number(logits[row] >= last));
  }
  if (topP !== null && topP < 1) {
    const shares = softmax(logits.map((one, row) => (kept[row] ? one : -Infinity)));
    let before = 0;
    for (const row of descending(shares)) {
      if (before >= topP) kept[row] = 0;
      before += shares[row];
    }
  }
  return kept;
}

function softmax(logits) {
  const most = logits.reduce((best, one) => Math.max(best, one), -Infinity);
  const powers = logits.map((one) => Math.exp(one - most)), total = powers.reduce((sum, one) => sum + one, 0);
  return powers.map((one) => one / total);
}

const percent = (share) => `${fixed(share * 100, 1)}%`;

function sentence(next, { tokens, after, settings, facts }) {
  const said = tokens.slice(0, 3).map((token, place) =>
    say("next_tokens.token", { token: visible(token), share: percent(after[place]) }));
  return say("next_tokens.text", { ...facts, text: next.text, settings, tokens: said.join(say("views.comma")) });
}

/** The line of the cut, or what lies below the bars. */
function cut({ tokens, after, count }, bottom) {
  if (count < tokens.length) {
    const y = number(TOP + ROW * count);
    return `<path class="line" d="M${MARGIN} ${y}H${WIDTH - MARGIN}"/>`
      + label(WIDTH - MARGIN, Number(y) + 13, say("next_tokens.cut"), "small end");
  }
  if (count === tokens.length) return "";
  const rest = 1 - after.reduce((sum, one) => sum + one, 0);
  return label(LEFT, bottom + 14,
    say("next_tokens.more", { n: grouped(count - tokens.length), share: percent(rest) }), "small muted");
}

/** One token: its name, the bar of now, the outline of before, its probability. */
function bar(shown, place, unit) {
  const [before, after] = [shown.before[place], shown.after[place]], name = visible(shown.tokens[place]);
  const y = TOP + ROW * place + ROW / 2, gone = after === 0 ? " gone" : "", special = isSpecial(name) ? " special" : "";
  const box = (look, share) => `<rect class="${look}" x="${LEFT}" y="${number(y - THIN / 2)}" width="${
    number(share * unit)}" height="${THIN}"/>`;
  return label(LEFT - 10, y + 4.5, clip(name, LONGEST), `end${gone}${special}`) + box("now", after) + box("was", before)
    + label(LEFT + Math.max(before, after) * unit + 8, y + 4.5, fixed(after, 3), `small num${gone}`);
}

/** The page of the translator: a sentence, its translation step by step, and what is shown in the address. */

import { TranslationExplorer } from "../../helpers/page/controls/translation.mjs";
import { loadTranslator } from "../../helpers/page/translator.mjs";
import { copyAddress, lender, openPage } from "./page.mjs";

const page = openPage(), opening = { text: page.opening, target: "auto", beam: 1, shown: "steps", step: 0 };

/** "#text=…&target=zh&beam=4&step=3"; what is left out is as the page opens. */
function asked() {
  const given = new URLSearchParams(location.hash.slice(1)), one = (name) => given.get(name) ?? opening[name];
  return { text: one("text"), target: one("target"), beam: Number(one("beam")) || 1, shown: one("shown"),
    step: Number(one("step")) || 0 };
}

/** Write into the address what is not as the page opens. */
function write(view) {
  const given = Object.entries(view).filter(([name, value]) => value !== opening[name]);
  history.replaceState(null, "", given.length ? `#${new URLSearchParams(given)}` : location.pathname + location.search);
}

const sameText = (view) => ["text", "target", "beam"].every((name) => view[name] === opening[name]);
const first = asked(), begun = { ...opening, step: sameText(first) ? first.step : 0 };
const explorer = new TranslationExplorer(page.record, begun, lender(page, loadTranslator),
  (view) => { if (globalThis.explorer) write(view); });
globalThis.explorer = explorer;
document.getElementById("translation").replaceChildren(...explorer.parts);
document.getElementById("send").addEventListener("click", ({ currentTarget }) => copyAddress(currentTarget));

function go(view) {
  explorer.choose(view);
  return explorer.run(view);
}

addEventListener("hashchange", () => go(asked()));
if (!sameText(first)) go(first);

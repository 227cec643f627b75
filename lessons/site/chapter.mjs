/** A chapter's page: its explorers alive, and a link to the other language that keeps the place. */

import { unpacked } from "../../helpers/page/controls/records.mjs";
import { exploreHeads } from "../../helpers/page/controls/texts.mjs";
import { TranslationExplorer } from "../../helpers/page/controls/translation.mjs";
import { loadBert, loadTranslator } from "../../helpers/page/model.mjs";
import { lender, openPage } from "./page.mjs";

const page = openPage(), model = lender(page, page.translator ? loadTranslator : loadBert);

for (const place of document.querySelectorAll("[data-explorer=heads]")) {
  const { record, texts, layer, head } = JSON.parse(place.querySelector("script").textContent);
  exploreHeads(place, { record: unpacked(record), texts, choice: { layer, head: head ?? "all" } }, model);
}

for (const place of document.querySelectorAll("[data-explorer=translation]")) {
  const { record, text } = JSON.parse(place.querySelector("script").textContent);
  const explorer = new TranslationExplorer(record, { text, target: "auto", beam: 1, step: 0 }, model);
  place.replaceChildren(...explorer.parts);
}

/** The first cell that is still to be seen: its id is the same in every language. */
function cellInSight() {
  return [...document.querySelectorAll(".jp-Cell[id]")].find((cell) => cell.getBoundingClientRect().bottom > 80);
}

for (const link of document.querySelectorAll("a[data-twin]")) {
  link.addEventListener("click", () => { link.hash = scrollY > 0 ? cellInSight()?.id ?? "" : ""; });
}
for (const list of document.querySelectorAll("details.contents")) {
  list.addEventListener("click", ({ target }) => { if (target.matches("a")) list.open = false; });
  document.addEventListener("keydown", ({ key }) => { if (key === "Escape") list.open = false; });
}

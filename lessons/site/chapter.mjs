/** A chapter's page: its explorers alive and in its address, and a link to the other language that keeps the place. */

import { make } from "../../helpers/page/controls/elements.mjs";
import { reachable } from "../../helpers/page/controls/picture.mjs";
import { say } from "../../helpers/page/text.mjs";
import { readChoice, readExplorers, writeExplorers } from "./chapter_address.mjs";
import { KINDS } from "./kinds.mjs";
import { copyAddress, lender, openPage } from "./page.mjs";

const page = openPage(), lent = new Map();
let going = false;                                            // whether an address is being shown, and not to be written

/** What gives the page's model: one for all explorers. */
function lend(load) {
  if (!lent.has(load)) lent.set(load, lender(page, load));
  return lent.get(load);
}

/** Each explorer with the name of its cell. */
const explorers = [...document.querySelectorAll("[data-explorer]")].map((place) => {
  const explorer = KINDS[place.dataset.explorer](place, JSON.parse(place.querySelector("script").textContent), lend);
  const name = place.closest(".jp-Cell").id.replace("cell-id=", "");
  explorer.follow = () => write(name);
  const send = make("button", { type: "button", onclick: () => { write(name); copyAddress(send); } }, say("site.send"));
  place.append(make("p", { class: "sending" }, send, " ", make("span", { role: "status" })));
  return { name, explorer };
});
globalThis.explorers = Object.fromEntries(explorers.map(({ name, explorer }) => [name, explorer]));

const fragment = (cell) =>
  writeExplorers(cell, explorers.map(({ name, explorer }) => [name, explorer.view, explorer.opening]));

/** Write what is shown into the address, and the cell where it is. */
function write(cell) {
  const written = fragment(cell);
  if (!going && `#${written}` !== location.hash) history.replaceState(null, "", `#${written}`);
}

/** Show what the address asks for, and go to its cell. */
async function go() {
  const { cell, asked } = readExplorers(location.hash);
  going = true;
  const moved = explorers.filter(({ name, explorer }) =>
    name in asked || writeExplorers("", [[name, explorer.view, explorer.opening]]));
  await Promise.all(moved.map(({ name, explorer }) => explorer.go(readChoice(asked[name] ?? {}, explorer.opening))));
  going = false;
  if (Object.keys(asked).length) document.getElementById(`cell-id=${cell}`)?.scrollIntoView();
}

addEventListener("hashchange", go);
if (location.hash.includes("&")) go();

for (const code of document.querySelectorAll("pre")) reachable.observe(code);

/** The first cell that is still to be seen: its id is the same in every language. */
function cellInSight() {
  return [...document.querySelectorAll(".jp-Cell[id]")].find((cell) => cell.getBoundingClientRect().bottom > 80);
}

for (const link of document.querySelectorAll("a[data-twin]")) {
  link.addEventListener("click", () => {
    link.hash = fragment(scrollY > 0 ? (cellInSight()?.id ?? "").replace("cell-id=", "") : "");
  });
}
for (const list of document.querySelectorAll("details.contents")) {
  list.addEventListener("click", ({ target }) => { if (target.matches("a")) list.open = false; });
  document.addEventListener("keydown", ({ key }) => { if (key === "Escape") list.open = false; });
}

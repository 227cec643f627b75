/** What is shown, written into the page's address, so that a view can be sent to someone. */

import { say } from "../../helpers/page/text.mjs";

const ALL = "all";

/** Copy the address of what is shown, and say so beside the button. */
export async function copyAddress(button) {
  try {
    await navigator.clipboard.writeText(location.href);
    button.nextElementSibling.textContent = say("site.copied");
  } catch {
    button.nextElementSibling.textContent = say("site.copy_yourself");
  }
}

/** Whether a fragment names a view, not a place in the page. */
export const isView = (hash) => hash.length < 2 || hash.includes("=");

/**
 * What an address asks for; what it leaves out is as the page opens.
 *
 * @param {string} hash "#a=…&b=…&layer=2&head=4&filter=b-a&hide=3,14&off=2.4,3.0"
 * @param {Object} opening
 * @returns {{a, b, layer, head, filter, hide: number[], off: [number, number][]}}
 */
export function readView(hash, opening) {
  const given = new URLSearchParams(hash.replace(/^#/, ""));
  const list = (name) => (given.get(name) ?? "").split(",").filter((one) => /^\d+(\.\d+)?$/.test(one));
  return {
    a: given.get("a") ?? opening.a, b: given.has("a") ? given.get("b") ?? "" : opening.b,
    layer: whole(given.get("layer"), opening.layer),
    head: given.get("head") === ALL ? ALL : whole(given.get("head"), opening.head),
    filter: given.get("filter") ?? opening.filter, hide: list("hide").map(Number),
    off: list("off").map((one) => one.split(".").map(Number)).filter((pair) => pair.length === 2),
  };
}

/** The fragment that asks for a view; "" for what the page opens with. */
export function writeView(view, opening) {
  const given = new URLSearchParams();
  if (view.a !== opening.a || view.b !== opening.b) {
    given.set("a", view.a);
    if (view.b) given.set("b", view.b);
  }
  for (const name of ["layer", "head", "filter"]) if (view[name] !== opening[name]) given.set(name, view[name]);
  if (view.hide.length) given.set("hide", view.hide.join(","));
  if (view.off.length) given.set("off", view.off.map((pair) => pair.join(".")).join(","));
  const written = given.toString().replaceAll("%2C", ",");
  return written && `#${written}`;
}

function whole(text, otherwise) {
  return text !== null && /^\d+$/.test(text) ? Number(text) : otherwise;
}

/* What several explorers of a chapter show: "#cell-id=explore-model&explore-model.layer=2&explore-model.head=4". */

const CELL = "cell-id", TEXT = ["a", "b", "text"], NUMBERS = /^\d+(\.\d+)?$/;

/** The id of the cell that an address leads to, and what it asks of each explorer, {name: {control: words}}. */
export function readExplorers(hash) {
  const cell = hash.match(/^#cell-id=([^&]*)/)?.[1] ?? "", asked = {};
  for (const [name, words] of new URLSearchParams(hash.replace(/^#/, ""))) {
    const [explorer, control] = name.split(".");
    if (control) (asked[explorer] ??= {})[control] = words;
  }
  return { cell, asked };
}

/** A view as the words of an address ask for it; what they leave out is as it opens. */
export function readChoice(words, opening) {
  return Object.fromEntries(Object.entries(opening).map(([name, value]) => {
    if (!(name in words)) return [name, value];
    if (Array.isArray(value)) return [name, words[name].split(",").filter((one) => NUMBERS.test(one)).map(pairOrNumber)];
    if (typeof value === "boolean") return [name, words[name] === "true"];
    return [name, !TEXT.includes(name) && /^-?\d+(\.\d+)?$/.test(words[name]) ? Number(words[name]) : words[name]];
  }));
}

const pairOrNumber = (one) => (one.includes(".") ? one.split(".").map(Number) : Number(one));

/**
 * The fragment that leads to a cell, and asks for views.
 *
 * @param {string} cell
 * @param {[string, Object, Object][]} explorers [name, view, opening]; what is as it opens is left out
 */
export function writeExplorers(cell, explorers) {
  const given = new URLSearchParams();
  for (const [name, view, opening] of explorers) {
    for (const [control, value] of Object.entries(view)) {
      if (written(value) !== written(opening[control])) given.set(`${name}.${control}`, written(value));
    }
  }
  const rest = given.toString().replaceAll("%2C", ","), place = cell && `${CELL}=${cell}`;
  return [place, rest].filter((part) => part).join("&");
}

const written = (value) => (Array.isArray(value)
  ? value.map((one) => (Array.isArray(one) ? one.join(".") : one)).join(",") : String(value));

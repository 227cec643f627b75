/**
 * What the explorers of a chapter show, written into the page's address:
 * "#cell-id=explore-model&explore-model.layer=2&explore-model.head=4".
 */

const CELL = "cell-id", TEXT = ["a", "b", "text", "answer"], NUMBERS = /^\d+(\.\d+)?$/;

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

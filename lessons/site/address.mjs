/** What the front page shows, written into its address, so that a view can be sent to someone. */

const ALL = "all";

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

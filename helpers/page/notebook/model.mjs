/** The head view of `explore_model`, drawn in the page of a notebook; the map of the head it shows is marked. */

import { unpacked } from "../controls/records.mjs";
import { viewHeads } from "../views/heads.mjs";
import { follower } from "./follow.mjs";

const MAP = ".sav-map-button", CHOSEN = "sav-chosen";

const follow = follower((record, { head: heads, ...choice }) => viewHeads(record, { ...choice, heads }), unpacked, mark);

/** Follow the controls, and the maps that are pressed: the sliders go there before the kernel has heard of it. */
export function begin(root, looks) {
  root.addEventListener("click", ({ target }) => {
    const map = target.closest?.(MAP);
    if (!map) return;
    for (const [name, place] of Object.entries(placeOf(map))) {
      root.querySelector(`.sav-is-${name} .noUi-target`).noUiSlider.set(place);
    }
  });
  return follow(root, looks);
}

function mark(root, { layer, head }) {
  for (const map of root.querySelectorAll(MAP)) {
    const place = placeOf(map);
    map.classList.toggle(CHOSEN, place.layer === layer && place.head === head);
  }
}

const placeOf = ({ classList }) => Object.fromEntries(["layer", "head"].map((name) =>
  [name, Number([...classList].find((one) => one.startsWith(`sav-${name}-`)).slice(`sav-${name}-`.length))]));

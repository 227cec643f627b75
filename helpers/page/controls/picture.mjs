/** A picture in its place; what moves between two states of it moves before the learner's eyes. */

import { make } from "./elements.mjs";

const DURATION = 200, STILL = matchMedia("(prefers-reduced-motion: reduce)");
const MOVING = ["d", "x", "y", "cx", "cy", "width", "height", "transform", "fill-opacity"];
const SLIDERS = "input[type=range], .noUi-target";           // of a page, of core widgets in a notebook
const READABLE = 0.55, LEAST = 0.75;                         // a picture that had to be smaller stands at this scale
const NUMBER = /-?\d+(?:\.\d+)?/g;

let dragging = false;
addEventListener("pointerdown", ({ target }) => { dragging = Boolean(target.closest?.(SLIDERS)); }, true);
for (const end of ["pointerup", "pointercancel"]) addEventListener(end, () => { dragging = false; }, true);

/** A picture shrinks to its place as long as it can be read; one that could not stands larger there, to be scrolled. */
function fit(place) {
  const width = place.querySelector("svg")?.getAttribute("width") ?? 0;
  place.style.setProperty("--sav-least", place.clientWidth < READABLE * width ? `${LEAST * width}px` : "0");
}

/** Lets the arrow keys scroll what is wider than its place, if nothing in it can be reached by Tab. */
export const reachable = new ResizeObserver((places) => places.forEach(({ target }) => {
  fit(target);
  const must = target.scrollWidth > target.clientWidth && !target.querySelector("[tabindex]");
  if (must) target.setAttribute("tabindex", "0"); else target.removeAttribute("tabindex");
}));

/** The place of one picture. */
export class Picture {
  /** @param {?Element} svg what stands there at first */
  constructor(svg = null) {
    this.element = make("div", { class: "picture" }, ...(svg ? [svg] : []));
    reachable.observe(this.element);
  }

  /** Show a view; what has the same form in the old picture and the new one moves from here to there, unless told not. */
  show(view, isMoving = true) {
    const old = this.element.querySelector("svg");
    if (this.view?.svg === view.svg) return;
    cancelAnimationFrame(this.frame);
    const from = old && isMoving && !dragging && !STILL.matches && old.classList.value === `sav sav-${view.kind}` ? old : null;
    const kept = from?.contains(document.activeElement) ? [...from.querySelectorAll("[tabindex]")]
      .indexOf(document.activeElement) : -1;
    this.view = view;
    this.element.innerHTML = view.svg;
    const svg = this.element.firstElementChild;
    if (svg.getAttribute("width") !== old?.getAttribute("width")) fit(this.element);
    if (kept >= 0) svg.querySelectorAll("[tabindex]")[kept]?.focus();
    if (from) this.move(from, svg);
  }

  move(from, svg) {
    const pairs = stillParts(from, svg).flatMap(([old, now]) => moves(old, now));
    const start = performance.now();
    if (!pairs.length) return void crossfade(from, svg);
    const step = (time) => {
      const share = Math.min(Math.max((time - start) / DURATION, 0), 1), eased = share * (2 - share);
      for (const { element, name, was, now, pieces } of pairs) {
        element.setAttribute(name, share === 1 ? now.written : mixed(pieces, was.numbers, now.numbers, eased));
      }
      if (share < 1) this.frame = requestAnimationFrame(step);
    };
    step(start);
  }
}

/** Let the lines of the old picture fade out over those of the new one; a picture of another size just fades in. */
function crossfade(from, svg) {
  const fading = svg.querySelector(".fades") ?? svg, old = from.querySelector(".fades");
  fading.animate([{ opacity: 0 }, { opacity: 1 }], DURATION);
  if (!old || from.getAttribute("viewBox") !== svg.getAttribute("viewBox")) return;
  fading.before(old);
  old.animate([{ opacity: 1 }, { opacity: 0 }], DURATION).finished.then(() => old.remove(), () => old.remove());
}

/** What is drawn without being pointed at, in both pictures one for one; nothing where they are not of one form. */
function stillParts(from, to) {
  const [old, now] = [from, to].map((svg) => [...svg.querySelectorAll("path, rect, circle, image")]
    .filter((element) => !element.closest(".touch")));
  if (old.length !== now.length || old.some((one, place) => one.tagName !== now[place].tagName
    || one.classList.value !== now[place].classList.value)) return [];
  return old.map((one, place) => [one, now[place]]);
}

/** The attributes that differ in numbers alone. */
function moves(old, element) {
  return MOVING.flatMap((name) => {
    const [was, now] = [old, element].map((one) => {
      const written = one.getAttribute(name) ?? "";
      return { written, numbers: (written.match(NUMBER) ?? []).map(Number), form: written.replace(NUMBER, "#") };
    });
    if (was.written === now.written || was.form !== now.form) return [];
    return [{ element, name, was, now, pieces: now.form.split("#") }];
  });
}

/** A share of the way from some numbers to others, in the form in which both are written. */
function mixed(pieces, was, now, share) {
  return pieces.map((piece, place) =>
    (place ? (was[place - 1] + (now[place - 1] - was[place - 1]) * share).toFixed(2) : "") + piece).join("");
}

/**
 * In a notebook the controls are core widgets. Here the page follows them: it draws what they ask for, at once, in the
 * place of the kernel's picture.
 *
 * The kernel hands over, in boxes that are not seen, what is drawn from (`source`) and what the controls can choose
 * (`told`); a check box tells it that the page draws.
 */

import { Picture } from "../controls/picture.mjs";
import { dress } from "../views/theme.mjs";
import { speak } from "../views/words.mjs";

const PATIENCE = 1500;                                      // milliseconds in which controls and source must agree again

/** What a view answers for which the kernel has yet to hand over the numbers: what stands there stays. */
export const WAIT = Symbol("wait");

/**
 * A function that lets a view follow the controls of an explorer.
 *
 * @param {function(Object, Object)} draw (source, choice) -> a view, `WAIT`, or null for what the kernel draws
 * @param {function(Object): Object} unpack makes the source of what the kernel handed over
 * @param {function(Element, Object)} after is called when a view has been drawn, with the explorer and the choice
 */
export const follower = (draw, unpack = (source) => source, after = () => {}) => (root, { words, theme }) => {
  speak(words);
  dress(theme);
  return new Follower(root, draw, unpack, after);
};

class Follower {
  constructor(root, draw, unpack, after) {
    Object.assign(this, { root, draw, unpack, after, known: new WeakSet(), picture: new Picture() });
    this.box = root.querySelector(".sav-page");
    this.watches = [[this.box, () => { this.read(); this.wish(); }, true], [root, () => this.meet(), false]]
      .map(([place, heard, characterData]) => {
        const watch = new MutationObserver(heard);
        watch.observe(place, { subtree: true, childList: true, characterData });
        return watch;
      });
    this.wishing = () => this.wish();
    root.addEventListener("change", this.wishing, true);
    this.read();
    this.meet();
    this.wish();
  }

  /** Read what the kernel handed over. */
  read() {
    const [source, told] = ["source", "told"].map((name) =>
      this.box.querySelector(`.sav-page-${name} script`)?.textContent ?? "");
    if (source !== this.written) {
      this.written = source;
      this.source = source ? this.unpack(JSON.parse(source)) : null;
    }
    this.told = told ? JSON.parse(told) : null;
  }

  /** Listen to sliders that have not been met: one whose range changes is built anew, in the same element. */
  meet() {
    for (const { noUiSlider: slider } of this.root.querySelectorAll(".noUi-target")) {
      if (!slider || this.known.has(slider)) continue;
      this.known.add(slider);
      slider.on("update.sav", () => this.wish());
    }
  }

  /** Draw with the next frame: all moves until then are answered at once. */
  wish() {
    this.frame ??= requestAnimationFrame(() => {
      this.frame = undefined;
      this.answer();
    });
  }

  answer() {
    let view = null;
    try {
      const choice = this.told && this.choice;
      if (this.source && choice) view = this.draw(this.source, choice);
      if (view && view !== WAIT) this.after(this.root, choice);
    } catch (error) {
      this.trouble ??= setTimeout(() => this.giveUp(error), PATIENCE);
      return;
    }
    clearTimeout(this.trouble);
    this.trouble = undefined;
    if (view === null) this.leave(); else if (view !== WAIT) this.show(view);
  }

  /** What the controls stand for. */
  get choice() {
    const { names, options } = this.told;
    return Object.fromEntries(names.map((name) =>
      [name, valueOf(this.root.querySelector(`.sav-is-${name}`), options[name])]));
  }

  get place() { return this.root.querySelector(".sav-picture .widget-html-content"); }

  /** Put a picture in the place of the kernel's. */
  show(view) {
    const { place, picture } = this;
    if (place.firstChild !== picture.element) {
      this.kept = [...place.childNodes];
      place.replaceChildren(picture.element);
    }
    picture.show(view);
  }

  /** Give the place back to the kernel's picture. */
  leave() {
    if (this.picture.element.isConnected) this.place.replaceChildren(...this.kept);
  }

  /** Let the kernel draw again: something was not foreseen. */
  giveUp(error) {
    console.warn("the kernel draws again:", error);
    for (const watch of this.watches) watch.disconnect();
    this.root.removeEventListener("change", this.wishing, true);
    this.wish = () => {};
    this.leave();
    const here = this.box.querySelector("input");
    if (here.checked) here.click();
  }
}

/** The value of a core widget, as the page shows it: of a list by the place in it. */
function valueOf(control, options) {
  const tick = control.querySelector("input[type=checkbox]");
  if (tick) return tick.checked;
  const slider = control.querySelector(".noUi-target")?.noUiSlider;
  const value = slider ? Number(slider.get(true).toFixed(9)) : control.querySelector("select").selectedIndex;
  return options ? options[value] : value;
}

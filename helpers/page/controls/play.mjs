/** A button that plays: it moves one slider after the other, one step at a time; Space on a slider does the same. */

import { say } from "../text.mjs";
import { make } from "./elements.mjs";

const PACE = 900;                                           // milliseconds a step stands

/** Plays sliders, the first the fastest; at the end of all it stops. */
export class Player {
  /** @param {Slider[]} sliders @param {function()} follow called after each step */
  constructor(sliders, follow) {
    Object.assign(this, { sliders, follow });
    this.element = make("button", { type: "button", class: "play", "aria-pressed": "false", onclick: () => this.toggle() });
    for (const { handle } of sliders) {
      handle.addEventListener("keydown", (event) => {
        if (event.key !== " ") return;
        event.preventDefault();
        this.toggle();
      });
      handle.addEventListener("pointerdown", () => this.stop());
    }
    this.tell(false);
  }

  toggle() { if (this.timer) this.stop(); else this.play(); }

  /** From the beginning where all has been shown. */
  play() {
    if (!this.step()) {
      for (const slider of this.sliders) slider.put(slider.handle.min);
      this.follow();
    }
    this.tell(true);
    this.timer = setInterval(() => {
      if (!this.element.isConnected || !this.step()) this.stop();
    }, PACE);
  }

  stop() {
    clearInterval(this.timer);
    this.timer = 0;
    this.tell(false);
  }

  /** One step further; false at the end. */
  step() {
    const next = this.sliders.findIndex(({ handle }) => Number(handle.value) < Number(handle.max));
    if (next < 0) return false;
    this.sliders.forEach((slider, place) => {
      const { handle } = slider;
      if (place < next) slider.put(handle.min);
      else if (place === next) slider.put(Number(handle.value) + Number(handle.step));
    });
    this.follow();
    return true;
  }

  tell(isPlaying) {
    const name = say(isPlaying ? "site.pause" : "site.play");
    this.element.setAttribute("aria-pressed", String(isPlaying));
    this.element.replaceChildren(make("span", { "aria-hidden": "true" }, isPlaying ? "⏸" : "▶"), ` ${name}`);
  }
}

/** Small tools for the controls of a page: elements, sliders, drop-downs, groups of buttons, a line that speaks. */

/**
 * Make an element.
 *
 * @param {string} tag
 * @param {Object} attributes a function is a listener (`onclick`); true is an empty attribute, false and null are none
 * @param {...(Node|string)} children
 */
export function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === "function") element.addEventListener(name.slice(2), value);
    else if (value !== false && value !== null) element.setAttribute(name, value === true ? "" : value);
  }
  element.append(...children);
  return element;
}

/** Numbers, or the values of a list, under a handle; a reader of the screen hears what each of them is called. */
export class Slider {
  /**
   * @param {string} name
   * @param {Object} looks least, most, step, value; or `values`; `called`: what a value is called; `shown`: what
   *   stands beside the handle; `follow`: called after a move
   */
  constructor(name, { values = null, least = 0, most = values ? values.length - 1 : 0, step = 1, value = least,
    called = String, shown = called, follow }) {
    Object.assign(this, { values, called, shown });
    this.handle = make("input", { type: "range", min: least, max: most, step, oninput: () => { this.tell(); follow(); } });
    this.output = make("output");
    this.element = make("label", { class: "control slider" }, make("span", {}, name), this.handle, this.output);
    this.value = value;
  }

  get value() {
    const place = Number(this.handle.value);
    return this.values ? this.values[place] : place;
  }

  /** What the slider does not reach is not chosen. */
  set value(value) {
    const place = this.values ? this.values.indexOf(value) : value;
    if (Number.isFinite(place) && place >= this.handle.min) this.handle.value = place;
    this.tell();
  }

  /** Put the handle where this number stands, of a list at this place. */
  put(place) {
    this.handle.value = place;
    this.tell();
  }

  /** Change the last value; the choice stays if it is still within. */
  reach(most) {
    this.handle.max = most;
    this.tell();
  }

  tell() {
    this.handle.setAttribute("aria-valuetext", this.called(this.value));
    this.output.value = this.shown(this.value);
  }
}

/** A drop-down. */
export class Chooser {
  constructor(name, { follow = () => {} }) {
    this.box = make("select", { onchange: follow });
    this.element = make("label", { class: "control" }, make("span", {}, name), this.box);
  }

  get value() { return this.box.value; }

  /** What is not offered is not chosen. */
  set value(value) {
    if ([...this.box.options].some((option) => option.value === String(value))) this.box.value = value;
  }

  /**
   * Give it its options; the choice stays if it is still among them, else it is the first or another one.
   *
   * @param {[string, string][]} options [value, name]
   * @param {string} otherwise the value of that one
   */
  offer(options, otherwise = options[0][0]) {
    const kept = this.box.value;
    this.box.replaceChildren(...options.map(([value, name]) => make("option", { value }, name)));
    this.box.value = options.some(([value]) => value === kept) ? kept : otherwise;
    this.box.disabled = options.length === 1;
  }
}

/** A box to tick. */
export class Tick {
  constructor(name, { follow }) {
    this.box = make("input", { type: "checkbox", onchange: follow });
    this.element = make("label", { class: "control tick" }, this.box, make("span", {}, name));
  }

  get value() { return this.box.checked; }

  set value(value) { this.box.checked = Boolean(value); }
}

/** A button that stands among the controls. */
export const button = (name, press) => make("button", { type: "button", onclick: press }, name);

/** A line that says what a learner should know, or what went wrong. */
export class Notice {
  constructor() {
    this.element = make("div", { class: "notice", role: "status" });
  }

  /** @param {string[]} sentences @param {boolean} alert whether they say what went wrong */
  tell(sentences, alert = false) {
    this.element.setAttribute("role", alert ? "alert" : "status");
    this.element.classList.toggle("alert", alert);
    this.element.replaceChildren(...sentences.map((sentence) => make("p", {}, sentence)));
  }
}

/** Let the arrow keys move among the buttons of a group, so that Tab passes it in one step. */
export function rove(group, columns = () => 1, which = "button:not(:disabled)") {
  const buttons = () => [...group.querySelectorAll(which)];
  const settle = (chosen) => buttons().forEach((button) => {
    button.setAttribute("tabindex", button === chosen ? "0" : "-1");
  });
  group.addEventListener("focusin", ({ target }) => { if (target.matches(which)) settle(target); });
  group.addEventListener("keydown", (event) => {
    const all = buttons(), place = all.indexOf(event.target);
    const steps = { ArrowRight: 1, ArrowLeft: -1, ArrowDown: columns(), ArrowUp: -columns(), Home: -place,
      End: all.length - 1 - place };
    const next = all[place + steps[event.key]];
    if (place < 0 || !(event.key in steps)) return;
    event.preventDefault();
    next?.focus();
  });
  return () => settle(buttons().find((one) => one.tabIndex === 0) ?? buttons()[0]);
}

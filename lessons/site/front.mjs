/** The front page: a sentence, its heads, a word hidden and guessed, heads switched off. */

import { loadBert } from "../../helpers/page/bert.mjs";
import { Notice, make } from "../../helpers/page/controls/elements.mjs";
import { guesses } from "../../helpers/page/controls/guesses.mjs";
import { HeadExplorer } from "../../helpers/page/controls/heads.mjs";
import { Switches, Words } from "../../helpers/page/controls/hiding.mjs";
import { masked, unpacked, wordsOf } from "../../helpers/page/controls/records.mjs";
import { Texts, reason } from "../../helpers/page/controls/texts.mjs";
import { CourseError, say } from "../../helpers/page/text.mjs";
import { isView, readView, writeView } from "./address.mjs";
import { copyAddress, lender, openPage } from "./page.mjs";

/** The parts of the page and what they show; each change is a new `view`, in the form of address.mjs. */
class Front {
  constructor(page) {
    this.opening = page.opening;
    this.model = lender(page, loadBert);
    this.view = readView(location.hash, this.opening);
    this.record = this.text = unpacked(page.record);
    this.texts = new Texts([this.view.a, this.view.b], ([a, b]) => this.change({ a, b, hide: [] }));
    this.words = new Words((hide) => this.change({ hide }));
    this.switches = new Switches((off) => this.change({ off }));
    this.notice = new Notice();
    this.heads = new HeadExplorer(this.record, this.choice, { names: ["layer", "head", "filter"],
      follow: ({ layer, head, filter }) => this.turn({ layer, head, filter }) });
    this.place();
  }

  get choice() {
    const { layer, head, filter } = this.view;
    return { layer, head, filter };
  }

  /** Put the parts into the page. */
  place() {
    const put = (id, ...parts) => document.getElementById(id).replaceChildren(...parts);
    put("texts", this.texts.element);
    put("words", this.words.element);
    put("notice", this.notice.element);
    put("heads", this.heads.bar, this.heads.picture.element);
    put("switches", this.switches.element);
    document.getElementById("send").addEventListener("click", ({ currentTarget }) => copyAddress(currentTarget));
    addEventListener("hashchange", () => {
      if (isView(location.hash)) this.go(readView(location.hash, this.opening));
    });
  }

  /** Show what the page opens with; what an address asks for besides waits for the model. */
  open() {
    this.showChanges();
    const { a, b, hide, off } = this.view, { opening } = this;
    if (a !== opening.a || b !== opening.b || hide.length || off.length) return this.run();
    return this.model().then((bert) => { this.bert = bert; }, (error) => this.fail(error));
  }

  /** Go to a whole view, as an address gives it. */
  go(view) {
    this.view = view;
    this.texts.value = [view.a, view.b];
    this.heads.choose(this.choice);
    return this.run();
  }

  /** Change what the model is asked, and run it. */
  change(changes) {
    this.view = { ...this.view, ...changes };
    this.showChanges();
    return this.run();
  }

  /** Look at another head: nothing is run. */
  turn(choice) {
    this.view = { ...this.view, ...choice };
    this.showSwitches();
    this.write();
  }

  /** Answer the view that stands when the model is there. */
  async run() {
    const turn = this.turns = (this.turns ?? 0) + 1;
    try {
      if (!this.bert) this.notice.tell([say("site.reading")]);
      this.bert = await this.model();
      if (turn === this.turns) this.answer();
    } catch (error) {
      this.fail(error);
    }
  }

  /** Run the model on the text as it stands, unchanged and changed, and show what comes of it. */
  answer() {
    const { a, b, hide } = this.view, { nLayers, nHeads } = this.bert, text = this.bert.encode(a, b || null);
    const off = this.view.off.filter(([layer, head]) => layer < nLayers && head < nHeads);
    const [first, second = null] = masked(text, hide), before = this.bert.run(first, second);
    const after = off.length ? this.bert.run(first, second, { headsOff: off }) : null;
    Object.assign(this, { text, record: after ?? before });
    this.heads.show(this.record, this.choice);
    const { layer, head, filter } = this.heads.choice, places = wordsOf(text).map(({ place }) => place);
    this.view = { ...this.view, layer, head, filter, off, hide: hide.filter((place) => places.includes(place)) };
    this.showGuesses(before, after, off);
    this.showChanges();
    this.notice.tell([...new Set([...text.notices, ...this.record.notices])]);
    this.write();
  }

  showGuesses(before, after, off) {
    const found = guesses(before, after, off), place = document.getElementById("guesses");
    place.replaceChildren(...(found.length ? found : [make("p", { class: "hint" }, say("site.no_guess"))]));
  }

  showChanges() {
    this.words.show(this.text, this.view.hide);
    this.showSwitches();
  }

  showSwitches() {
    const [nLayers, nHeads] = this.record.weights.shape;
    this.switches.show(nLayers, nHeads, this.view.off, this.view);
  }

  /** Write the view into the address. */
  write() {
    history.replaceState(null, "", writeView(this.view, this.opening) || location.pathname + location.search);
  }

  fail(error) {
    if (!(error instanceof CourseError)) console.error(error);
    this.notice.tell([error.name === "TypeError" && !this.bert ? say("site.unread") : reason(error)], true);
  }
}

const front = new Front(openPage());
front.open();
globalThis.front = front;

/** All heads of a model on the learner's own text; each map is a button that opens its head view beside it. */

import { captionsOf } from "../heads.mjs";
import { say } from "../text.mjs";
import { viewHeads } from "../views/heads.mjs";
import { viewModel } from "../views/model.mjs";
import { make, rove } from "./elements.mjs";
import { TextExplorer, filterChooser, headSlider, layerSlider, offerFilters } from "./explorer.mjs";
import { Picture } from "./picture.mjs";
import { Player } from "./play.mjs";

const MAP = ".t";

/** A board of maps and the head view of the chosen one, as `explore_model` of the Python package shows them. */
export class ModelExplorer extends TextExplorer {
  constructor(...opening) {
    super(...opening);
    this.draw();
  }

  makeControls(follow) {
    this.board = new Picture();
    this.board.element.addEventListener("click", ({ target }) => this.open(target));
    this.board.element.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" && event.key !== " ") return;
      event.preventDefault();
      this.open(event.target);
    });
    this.settle = rove(this.board.element, () => this.record.weights.shape[1], MAP);
    const layer = layerSlider(follow), head = headSlider(follow);
    this.player = new Player([head, layer], () => this.moved());
    return { layer, head, filter: filterChooser(follow) };
  }

  get parts() {
    const views = make("div", { class: "views" }, this.board.element, this.picture.element);
    return [this.boxes.element, this.bar, this.notice.element, views];
  }

  fit() {
    const [nLayers, nHeads] = this.record.weights.shape, { layer, head, filter } = this.controls;
    layer.reach(nLayers - 1);
    head.reach(nHeads - 1);
    offerFilters(filter, this.record);
  }

  /** Open the head whose map was pressed. */
  open(target) {
    const maps = [...this.board.element.querySelectorAll(MAP)], place = maps.indexOf(target.closest(MAP));
    if (place < 0) return;
    const nHeads = this.record.weights.shape[1];
    this.set({ layer: Math.floor(place / nHeads), head: place % nHeads });
    this.moved();
  }

  draw() {
    const { layer, head, filter } = this.choice;
    if (this.painted?.record !== this.record || this.painted.filter !== filter) this.paint(filter);
    this.mark(layer, head);
    this.picture.show(viewHeads(this.record, { layer, heads: head, filter }));
  }

  /** Paint the maps anew: another text or filter. */
  paint(filter) {
    if (this.painted?.record !== this.record) this.captions = captionsOf(this.record);
    this.painted = { record: this.record, filter };
    this.board.show(viewModel(this.record, { filter, captions: this.captions, chosen: [0, 0] }), false);
    this.frames = this.board.element.querySelector(".frame").getAttribute("d").match(/[^z]+z/g);
    for (const map of this.board.element.querySelectorAll(MAP)) map.setAttribute("role", "button");
  }

  /** Mark the chosen map: the thick frame, and where Tab leads. */
  mark(layer, head) {
    const chosen = layer * this.record.weights.shape[1] + head;
    this.board.element.querySelector(".mark").setAttribute("d", this.frames[chosen]);
    this.board.element.querySelectorAll(MAP).forEach((map, place) => {
      map.setAttribute("aria-pressed", String(place === chosen));
      map.setAttribute("tabindex", place === chosen ? "0" : "-1");
    });
  }
}

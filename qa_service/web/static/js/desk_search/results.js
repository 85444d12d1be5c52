/** The list of what was found: one row has the focus's turn, and keys move it. */

import { element, marked } from "../dom.js";
import { citation } from "../citing.js";
import { badges } from "./badges.js";
import { excerpt } from "./excerpt.js";
import { scaleOf, why } from "./why.js";

export class Results {
  /**
   * @param {HTMLOListElement} list
   * @param {{addressOf: (hit: object) => string, onOpen: (hit: object) => void, onMove: (hit: object) => void,
   *   onPick: (hit: object, picked: boolean) => void, isChosen: (id: string) => boolean}} told
   */
  constructor(list, told) {
    this.list = list;
    this.told = told;
    this.hits = [];
    this.rows = [];
    this.at = 0;
    this.explained = false;
  }

  /** The hit whose turn it is. */
  get current() {
    return this.hits[this.at];
  }

  /** Whether the focus is in the list. */
  get hasFocus() {
    return this.list.contains(document.activeElement);
  }

  /** Show what was found; the row of the same passage keeps its turn where it is still there. */
  show(hits) {
    const focused = this.hasFocus;
    const before = this.current?.passage_id;
    this.hits = hits;
    this.at = focused ? Math.max(0, hits.findIndex((hit) => hit.passage_id === before)) : 0;
    this.scale = scaleOf(hits);
    this.rows = hits.map((hit, n) => this.#row(hit, n));
    this.list.replaceChildren(...this.rows.map((row) => row.item));
    this.#giveTurn();
    if (focused && hits.length) this.rows[this.at].link.focus();
  }

  /** Give the turn, and the focus, to the row so many further on; returns whether there is one. */
  move(by) {
    if (!this.hits.length) return false;
    const next = this.hasFocus ? this.at + by : this.at;
    this.focus(Math.min(this.hits.length - 1, Math.max(0, next)));
    return true;
  }

  /** Give the turn, and the focus, to a row. */
  focus(n = this.at) {
    const row = this.rows[n];
    if (!row) return;
    row.link.focus({ preventScroll: true });
    row.item.scrollIntoView({ block: "nearest" });
  }

  /** Show which passage is opened. */
  markOpened(id) {
    this.hits.forEach((hit, n) => {
      const { item, link } = this.rows[n];
      item.toggleAttribute("data-opened", hit.passage_id === id);
      if (hit.passage_id === id) link.setAttribute("aria-current", "true");
      else link.removeAttribute("aria-current");
    });
  }

  /** Show which passages are chosen. */
  markChosen() {
    this.hits.forEach((hit, n) => (this.rows[n].box.checked = this.told.isChosen(hit.passage_id)));
  }

  /** Show or hide why each passage ranks where it does. */
  explain(on) {
    this.explained = on;
    this.rows.forEach(({ item }, n) => {
      item.querySelector(".why")?.remove();
      if (on) item.append(why(this.hits[n], this.scale));
    });
  }

  #giveTurn() {
    this.rows.forEach(({ link, box }, n) => {
      link.tabIndex = box.tabIndex = n === this.at ? 0 : -1;
    });
  }

  #row(hit, n) {
    const box = element("input", { type: "checkbox", "aria-label": `选入 ${citation(hit)}` });
    box.checked = this.told.isChosen(hit.passage_id);
    box.addEventListener("change", () => this.told.onPick(hit, box.checked));
    const link = element(
      "a",
      { class: "hit-title", href: this.told.addressOf(hit) },
      `《${hit.document}》`,
      element("strong", {}, hit.location),
    );
    link.addEventListener("click", (event) => {
      if (event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
      event.preventDefault();
      this.told.onOpen(hit);
    });
    for (const focusable of [box, link]) {
      focusable.addEventListener("focus", () => {
        const moved = this.at !== n;
        this.at = n;
        this.#giveTurn();
        if (moved) this.told.onMove(hit);
      });
    }
    const shown = excerpt(hit.text, hit.highlights);
    const item = element(
      "li",
      { class: "hit" },
      element("label", { class: "pick" }, box),
      link,
      element("p", { class: "hit-badges" }, badges(hit)),
      element("p", { class: "snippet" }, marked(shown.text, shown.spans)),
      this.explained && why(hit, this.scale),
    );
    return { item, link, box };
  }
}

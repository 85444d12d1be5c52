/** The clauses that an answer rests on, in the order of their numbers. */

import { element } from "../dom.js";

export class Cites {
  /**
   * @param {HTMLOListElement} list holds those chosen beforehand as `data-passage` and `data-name`
   * @param {(n: number) => void} mark writes [n] into the answer
   * @param {() => void} changed
   */
  constructor(list, mark, changed) {
    this.list = list;
    this.mark = mark;
    this.changed = changed;
    this.chosen = Array.from(list.children, ({ dataset }) => ({ id: dataset.passage, name: dataset.name }));
    this.draw();
  }

  /** Ids, the n-th is what [n] stands for. */
  get ids() {
    return this.chosen.map(({ id }) => id);
  }

  /** Add a clause; returns its number, that it has already where it is there. */
  add(id, name) {
    const there = this.ids.indexOf(id);
    if (there >= 0) return there + 1;
    this.chosen.push({ id, name });
    this.draw();
    this.changed();
    return this.chosen.length;
  }

  remove(id) {
    this.chosen = this.chosen.filter((cite) => cite.id !== id);
    this.draw();
    this.changed();
  }

  draw() {
    this.list.replaceChildren(...this.chosen.map(({ id, name }, at) => this.line(id, name, at + 1)));
    this.list.hidden = !this.chosen.length;
  }

  line(id, name, n) {
    const act = (words, label, onclick) =>
      element("button", { type: "button", class: "button", "aria-label": label, onclick }, words);
    return element(
      "li",
      {},
      element("span", { class: "number" }, `${n}`),
      element("span", { class: "name" }, name),
      element(
        "span",
        { class: "acts" },
        act("注明", `注明 [${n}]：写到答案的光标处`, () => this.mark(n)),
        act("移去", `移去 [${n}] ${name}`, () => this.remove(id)),
      ),
    );
  }
}

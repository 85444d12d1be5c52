/** What was chosen from several searches, to be copied or saved together. It lasts as long as the page. */

import { element } from "../dom.js";
import { citation } from "../citing.js";
import { button } from "./buttons.js";

const MOST = 100;

export class Chosen {
  /**
   * @param {HTMLDetailsElement} box
   * @param {{onChange: () => void, onOpen: (quoted: object) => void, onCopy: (passages: object[]) => void,
   *   onSave: (title: string, passages: object[]) => Promise<void>, onFull: (most: number) => void}} told
   */
  constructor(box, told) {
    this.box = box;
    this.told = told;
    this.passages = new Map();
    this.title = element("input", { class: "box", value: "政策条款摘编", maxlength: "100" });
    this.count = element("span");
    this.list = element("ol");
    const save = button("导出 Word", async () => {
      save.disabled = true;
      try {
        await told.onSave(this.title.value.trim() || "政策条款摘编", this.all);
      } finally {
        save.disabled = false;
      }
    });
    save.classList.add("first");
    box.replaceChildren(
      element("summary", {}, this.count),
      element(
        "div",
        { class: "chosen-body" },
        this.list,
        element(
          "div",
          { class: "chosen-actions" },
          element("label", {}, "文件标题", this.title),
          save,
          button("复制到 Word", () => told.onCopy(this.all)),
          button("清空", () => this.clear()),
        ),
      ),
    );
  }

  /** The passages, in the order in which they were chosen. */
  get all() {
    return [...this.passages.values()];
  }

  has(id) {
    return this.passages.has(id);
  }

  /** Choose a passage, or no longer. */
  set(quoted, chosen) {
    if (chosen && !this.has(quoted.passage_id) && this.passages.size >= MOST) {
      this.told.onFull(MOST);
    } else if (chosen) {
      this.passages.set(quoted.passage_id, { ...quoted, highlights: [] });
    } else {
      this.passages.delete(quoted.passage_id);
    }
    this.#show();
  }

  clear() {
    this.passages.clear();
    this.#show();
  }

  #show() {
    const focusedAt = [...this.list.querySelectorAll(".remove")].indexOf(document.activeElement);
    this.box.hidden = this.passages.size === 0;
    this.count.textContent = `已选 ${this.passages.size} 条`;
    this.list.replaceChildren(...this.all.map((quoted) => this.#row(quoted)));
    const left = this.list.querySelectorAll(".remove");
    if (focusedAt >= 0 && left.length) left[Math.min(focusedAt, left.length - 1)].focus();
    this.told.onChange();
  }

  #row(quoted) {
    return element(
      "li",
      {},
      element("span", {}, citation(quoted)),
      button("移出", () => this.set(quoted, false), { class: "button remove", "aria-label": `移出 ${citation(quoted)}` }),
    );
  }
}

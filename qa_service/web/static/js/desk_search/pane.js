/** The pane beside the list: a passage that is read, or what the public would be told. */

import { call } from "../api.js";
import { copy } from "../clipboard.js";
import { copyRich } from "../rich_clipboard.js";
import { button } from "./buttons.js";
import { answerForWechat, citation, forWord, passageForWechat, passageInFull } from "./copying.js";
import { passageContents } from "./passage_pane.js";
import { previewContents, previewOf } from "./preview_pane.js";
import { tell } from "./toast.js";

const WIDE = matchMedia("(min-width: 60rem)");
const REST_MS = 160;
const REMEMBERED = 200;

export class Pane {
  /**
   * @param {HTMLElement} box
   * @param {object} told what the page tells and is told; see page.js
   */
  constructor(box, told) {
    this.box = box;
    this.told = told;
    this.quoted = null;
    this.previewed = false;
    this.entered = false;
    this.known = new Map();
    this.asking = null;
  }

  /** Whether the focus is in the pane. */
  get hasFocus() {
    return this.box.contains(document.activeElement);
  }

  /** The passage that is read, null where there is none or something else is. */
  get read() {
    return this.previewed ? null : this.quoted;
  }

  /** Whether somebody went into it, rather than that it follows the list. */
  get isEntered() {
    return !this.box.hidden && (this.hasFocus || this.entered);
  }

  /** Show a passage at once, and what stands around it when the list has come to rest. */
  follow(quoted) {
    this.#show(quoted, { entered: false, kept: false, rest: REST_MS });
  }

  /** Read a passage: the focus goes to it. */
  open(quoted, { entered = true, kept = false } = {}) {
    this.#show(quoted, { entered, kept, rest: 0 });
    if (entered) this.#enter();
  }

  /** Read a passage of which only the id is known. */
  async openById(id) {
    try {
      const around = await this.#around(id, new AbortController().signal);
      this.open(around.passage, { entered: !WIDE.matches, kept: true });
    } catch (error) {
      tell(error.message);
    }
  }

  async #show(quoted, { entered, kept, rest }) {
    this.asking?.abort();
    const asking = (this.asking = new AbortController());
    this.previewed = false;
    this.quoted = quoted;
    this.entered = entered;
    this.box.setAttribute("aria-label", "条款");
    const known = this.known.get(quoted.passage_id);
    this.#write(known ?? null);
    this.told.onOpened(quoted.passage_id, { entered, kept });
    if (known) return;
    try {
      if (rest) await new Promise((after) => setTimeout(after, rest));
      if (asking.signal.aborted) return;
      const around = await this.#around(quoted.passage_id, asking.signal);
      if (asking === this.asking) this.#write(around);
    } catch (error) {
      if (error.name !== "AbortError" && asking === this.asking) this.#notAround(error);
    }
  }

  async #around(id, signal) {
    const around = await call(`/api/v1/staff/passage?id=${encodeURIComponent(id)}`, { signal });
    if (this.known.size >= REMEMBERED) this.known.clear();
    this.known.set(id, around);
    return around;
  }

  #notAround(error) {
    const place = this.box.querySelector("#around");
    place?.replaceChildren(`前后条没有取到：${error.message}`, button("重试", () => this.#show(this.quoted, { entered: this.entered, kept: true, rest: 0 })));
  }

  #write(around) {
    const { quoted, told } = this;
    const focused = this.hasFocus;
    const { scrollTop } = this.box;
    this.box.replaceChildren(
      ...passageContents(quoted, around, {
        back: () => this.back(),
        open: (neighbour) => this.open(neighbour),
        addressOf: told.addressOf,
        wechat: () => this.#copied(copy(passageForWechat(quoted, told.origin)), "已复制，可以粘贴到微信。"),
        word: () => this.#copied(copyRich(forWord([quoted], told.origin)), "已复制，可以粘贴到 Word。"),
        cite: () => this.cite(quoted),
        pick: () => told.pick(quoted),
        isChosen: told.isChosen(quoted.passage_id),
        question: told.question(),
        mayWrite: told.mayWrite,
      }),
    );
    this.box.hidden = false;
    if (this.writtenId === quoted.passage_id) this.box.scrollTop = scrollTop;
    else this.box.scrollTop = 0;
    this.writtenId = quoted.passage_id;
    if (focused) this.#title()?.focus({ preventScroll: true });
  }

  /** Show what the public would be told to a question. */
  async preview(question) {
    this.asking?.abort();
    const asking = (this.asking = new AbortController());
    this.#writePreview(question, null);
    this.told.onOpened(this.quoted?.passage_id ?? "", { entered: true, kept: true });
    this.#enter();
    try {
      const answer = await previewOf(question, asking.signal);
      if (asking === this.asking) this.#writePreview(question, answer);
    } catch (error) {
      if (error.name === "AbortError" || asking !== this.asking) return;
      this.box.querySelector('[role="status"]')?.replaceChildren(`没有得到答复：${error.message}`, button("重试", () => this.preview(question)));
    }
  }

  #writePreview(question, answer) {
    const { told } = this;
    const focused = this.hasFocus;
    this.entered = this.previewed = true;
    this.writtenId = null;
    const cited = answer?.citations.filter(({ n }) => answer.answer.includes(`[${n}]`)) ?? [];
    const passages = cited.length ? cited : answer?.citations ?? [];
    this.box.setAttribute("aria-label", "公众看到的答复");
    this.box.replaceChildren(
      ...previewContents(question, answer, {
        back: () => this.back(),
        again: (next) => this.preview(next),
        wechat: () => this.#copied(copy(answerForWechat(answer, told.origin)), "已复制，可以粘贴到微信。"),
        word: () =>
          this.#copied(copyRich(forWord(passages, told.origin, { question, answer: answer.answer })), "已复制，可以粘贴到 Word。"),
        save: () =>
          told.save({
            title: "政策问答",
            passage_ids: answer.citations.map((c) => c.passage_id),
            answered: { question, answer: answer.answer },
          }),
        mayWrite: told.mayWrite,
      }),
    );
    this.box.hidden = false;
    if (focused) this.#title()?.focus({ preventScroll: true });
  }

  /** Go back to the list; after a preview on a wide page, the passage is there again. */
  back() {
    this.asking?.abort();
    this.entered = false;
    if (!WIDE.matches || !this.quoted) this.box.hidden = true;
    else if (this.previewed) this.follow(this.quoted);
    this.told.onLeft();
  }

  /** Show nothing, and forget what was shown. */
  clear() {
    this.asking?.abort();
    this.entered = this.previewed = false;
    this.quoted = null;
    this.box.hidden = true;
    this.told.onOpened(null, { entered: false, kept: true });
  }

  /** Show anew whether the passage is chosen. */
  chosenChanged() {
    const pressed = this.box.querySelector("#pick-opened");
    if (!pressed || !this.quoted) return;
    const chosen = this.told.isChosen(this.quoted.passage_id);
    pressed.setAttribute("aria-pressed", String(chosen));
    pressed.firstChild.textContent = chosen ? "已选入" : "选入";
  }

  /** Copy where a passage stands. */
  cite(quoted) {
    this.#copied(copy(citation(quoted)), `已复制：${citation(quoted)}`);
  }

  /** Copy a passage with where it stands. */
  copyInFull(quoted) {
    this.#copied(copy(passageInFull(quoted, this.told.origin)), `已复制引用和文字：${citation(quoted)}`);
  }

  async #copied(copying, sentence) {
    tell((await copying) ? sentence : "没能复制，请手动选中文字。");
  }

  #enter() {
    this.#title()?.focus();
    this.box.scrollIntoView({ block: WIDE.matches ? "nearest" : "start" });
  }

  #title() {
    return this.box.querySelector("#pane-title");
  }
}

/**
 * A conversation with the service: what was asked and answered, and where to ask on. The question page and the widget
 * show it; both give it the same style sheet.
 */

import { asText, questions, renderAnswer } from "./answer.js";
import { ask } from "./asking.js";
import { copiesOnPress } from "./clipboard.js";
import { element } from "./dom.js";
import { renderFeedback } from "./feedback.js";
import { renderHandover } from "./handover.js";

const MOST_KEPT = 30;
const TALLEST_PX = 160;
const UNJUDGED = ["smalltalk", "clarify"];
const WITH_A_CARD = ["no_answer", "related"];

export class Conversation {
  /**
   * @param {object} held
   * @param {string} held.channel which door this is to the service: `page` or `widget`
   * @param {object} held.words
   * @param {{longest: number, handover: object|null, suggestions: string[]}} held.welcome what the service says of itself
   * @param {{load: () => object|null, save: (state: object|null) => void}} held.memory what is kept for this tab
   * @param {string} [held.base] the service's origin, empty on its own pages
   * @param {HTMLElement|null} [held.scroller] what scrolls; null is the page
   * @param {boolean} [held.unfolded] whether what is cited is open
   * @param {HTMLElement|null} [held.opening] what stands before the first question
   * @param {number} [held.level] the level of the heading that a question is
   * @param {((question: string, answer: object) => string)|null} [held.addressOf] the address of an answer that one may
   *   pass on; null where answers have none
   * @param {(question: string, answer: object) => void} [held.answered] told of every answer
   */
  constructor({ channel, words, welcome, memory, base = "", scroller = null, unfolded = false, opening = null, level = 3, addressOf = null, answered = () => {} }) {
    Object.assign(this, { channel, words, welcome, memory, base, scroller, unfolded, opening, level, addressOf, answered });
    this.session = null;
    this.kept = [];
    this.asking = null;
    this.log = element("div", { class: "log", "aria-label": words.log, tabindex: "-1" });
    this.draft = element("div", { class: "draft", "aria-hidden": "true" });
    this.notice = element("p", { class: "offline", role: "status" });
    this.composer = this.#composer();
    this.element = element("div", { class: "conversation" }, opening, this.log, this.draft, this.notice, this.composer);
    this.#remember();
    // What was said before this moment is not announced; from now on a screen reader reads each answer when it is whole.
    this.log.setAttribute("role", "log");
    this.#watchTheNetwork();
  }

  /** Ask a question; returns when it has been answered, refused or stopped. */
  async ask(question) {
    const text = question.trim();
    if (!text || this.asking) return;
    const asking = (this.asking = new AbortController());
    this.#busy(true);
    const preview = this.#preview(text);
    let answer = null;
    try {
      answer = await this.#hear(text, asking.signal, preview);
      this.#show(text, answer);
    } catch (error) {
      if (error.name !== "AbortError") this.#fail(text, error.message);
      else if (this.asking === asking) this.#fail(text, this.words.stopped);
    }
    if (this.asking !== asking) return; // restarted meanwhile
    this.asking = null;
    this.draft.replaceChildren();
    this.#busy(false);
    if (answer) {
      this.#keep(text, answer);
      this.answered(text, answer);
    }
  }

  /** Forget what was said, and begin anew. */
  restart() {
    this.asking?.abort();
    this.asking = null;
    this.session = null;
    this.kept = [];
    this.memory.save(null);
    this.log.replaceChildren();
    this.draft.replaceChildren();
    this.#busy(false);
    this.element.classList.remove("begun");
    this.focus();
  }

  /** Put the cursor where one asks. */
  focus() {
    this.field.focus({ preventScroll: true });
  }

  /** Have done with it: nothing is heard of the service or of the network any more. */
  leave() {
    this.asking?.abort();
    removeEventListener("offline", this.look);
    removeEventListener("online", this.look);
  }

  /** Show where to find a person, as part of the conversation. */
  showHandover() {
    if (!this.welcome.handover) return;
    const card = renderHandover(this.welcome.handover, this.words, this.level);
    this.#begun();
    this.log.append(card);
    this.#bringUp(card);
  }

  /**
   * Take in an exchange that the server has written into the page. Where it is the last one anew, as after a reload, the
   * new answer takes the place of the old: the texts may have changed since.
   */
  adopt(session, question, answer) {
    const last = this.kept[this.kept.length - 1];
    const anew = last && (last.answer.interpreted ?? last.question) === question;
    if (anew) {
      this.kept.pop();
      this.log.lastElementChild.remove();
    } else {
      this.session = session;
    }
    const asked = anew ? last.question : question;
    const answered = anew ? { ...answer, interpreted: last.answer.interpreted } : answer;
    this.#show(asked, answered);
    this.#keep(asked, answered);
  }

  async #hear(question, signal, preview) {
    let text = "";
    for await (const { name, data } of ask({ base: this.base, channel: this.channel, question, session: this.session, signal, words: this.words })) {
      if (name === "meta") this.session = data.session_id;
      if (name === "delta") {
        text = data.afresh ? data.text : text + data.text;
        preview.textContent = text;
        this.#bringUp(this.draft.firstElementChild);
      }
      if (name === "done") return data;
    }
    throw new Error(this.words.broken); // ask() ends with done or throws
  }

  #preview(question) {
    const said = element("p", { class: "said waiting" }, this.words.searching);
    this.#begun();
    this.draft.replaceChildren(element("div", { class: "exchange" }, this.#asked(question), element("div", { class: "reply" }, said)));
    this.#bringUp(this.draft.firstElementChild);
    return said;
  }

  #asked(question) {
    return element(`h${this.level}`, { class: "asked" }, element("span", { class: "unseen" }, this.words.youAsked), question);
  }

  #show(question, answer) {
    const { words, base } = this;
    const asks = (text) => this.ask(text);
    const copying = element("button", { type: "button", class: "quiet" }, words.copy);
    copiesOnPress(copying, () => asText(answer, base), words);
    const linking = this.addressOf && element("button", { type: "button", class: "quiet" }, words.link);
    if (linking) copiesOnPress(linking, () => this.addressOf(question, answer), words);
    const helps = this.welcome.handover && (answer.reason === "handover" || WITH_A_CARD.includes(answer.status));
    const shown = element(
      "article",
      { class: "exchange" },
      this.#asked(question),
      renderAnswer(answer, { words, base, ask: asks, unfolded: this.unfolded, level: this.level + 1 }),
      helps && renderHandover(this.welcome.handover, words, this.level + 1),
      !UNJUDGED.includes(answer.status) &&
        element("div", { class: "afterwards" }, copying, linking, renderFeedback({ id: answer.id, base, words })),
      answer.suggestions.length > 0 && element("div", { class: "next" }, element(`h${this.level + 1}`, {}, words.next), questions(answer.suggestions, asks)),
    );
    this.draft.replaceChildren();
    this.#begun();
    this.log.append(shown);
    this.#bringUp(shown);
  }

  #fail(question, sentence) {
    const again = element("button", { type: "button", class: "small" }, this.words.retry);
    const shown = element(
      "article",
      { class: "exchange failed" },
      this.#asked(question),
      element("div", { class: "reply" }, element("p", { class: "said" }, sentence), again),
    );
    again.addEventListener("click", () => {
      shown.remove();
      this.ask(question);
      this.focus();
    });
    this.draft.replaceChildren();
    this.log.append(shown);
    this.#bringUp(shown);
  }

  #begun() {
    this.element.classList.add("begun");
  }

  #keep(question, answer) {
    this.kept = [...this.kept, { question, answer }].slice(-MOST_KEPT);
    this.memory.save({ session: this.session, exchanges: this.kept });
  }

  #remember() {
    const state = this.memory.load();
    if (!state || !Array.isArray(state.exchanges)) return;
    this.session = state.session ?? null;
    this.kept = state.exchanges;
    for (const { question, answer } of this.kept) this.#show(question, answer);
  }

  #composer() {
    const { words, welcome } = this;
    this.field = element("textarea", {
      id: "qa-question",
      rows: "1",
      maxlength: String(welcome.longest),
      placeholder: words.placeholder,
      enterkeyhint: "send",
      autocomplete: "off",
    });
    this.button = element("button", { class: "send" }, words.send);
    this.field.addEventListener("keydown", (event) => {
      // 229 is what older browsers say while a Chinese input method is composing.
      if (event.key !== "Enter" || event.shiftKey || event.isComposing || event.keyCode === 229) return;
      event.preventDefault();
      this.#send();
    });
    this.field.addEventListener("input", () => this.#fit());
    return element(
      "form",
      {
        class: "composer",
        onsubmit: (event) => {
          event.preventDefault();
          if (this.asking) this.asking.abort();
          else this.#send();
        },
      },
      element("label", { for: "qa-question", class: "unseen" }, words.question),
      element("div", { class: "field" }, this.field, this.button),
      element(
        "p",
        { class: "hint" },
        words.personal,
        " ",
        element("a", { href: `${this.base}/privacy`, target: this.base ? "_blank" : null, rel: "noopener" }, words.privacy),
      ),
    );
  }

  #send() {
    const question = this.field.value;
    if (this.asking) return;
    if (!question.trim()) {
      this.focus();
      return;
    }
    this.field.value = "";
    this.#fit();
    this.ask(question);
  }

  #fit() {
    this.field.style.height = "auto";
    this.field.style.height = `${Math.min(this.field.scrollHeight + 2, TALLEST_PX)}px`;
  }

  #busy(busy) {
    this.button.textContent = busy ? this.words.stop : this.words.send;
    this.element.classList.toggle("busy", busy);
  }

  /** Bring something up, without moving a page that only hosts this. */
  #bringUp(shown) {
    if (!shown || !shown.isConnected) return;
    const smooth = matchMedia("(prefers-reduced-motion: no-preference)").matches ? "smooth" : "auto";
    if (this.scroller) {
      const top = shown.getBoundingClientRect().top - this.scroller.getBoundingClientRect().top;
      this.scroller.scrollTo({ top: this.scroller.scrollTop + top - 12, behavior: smooth });
    } else {
      window.scrollTo({ top: window.scrollY + shown.getBoundingClientRect().top - 12, behavior: smooth });
    }
  }

  #watchTheNetwork() {
    this.look = () => (this.notice.textContent = navigator.onLine ? "" : this.words.offline);
    addEventListener("offline", this.look);
    addEventListener("online", this.look);
    this.look();
  }
}

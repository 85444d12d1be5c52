/** /desk: what is typed is looked for, what is found is read, copied, chosen and saved; all of it by keys as well. */

import { call } from "../api.js";
import { addressOf, filtersIn, fillIn, lookedFor } from "./address.js";
import { Chosen } from "./chosen.js";
import { forWord } from "./copying.js";
import { keepKeys, keysAreOn, listenForKeys } from "./keys.js";
import { Pane } from "./pane.js";
import { Results } from "./results.js";
import { copyRich } from "../rich_clipboard.js";
import { saveAsWord } from "./saving.js";
import { tell } from "./toast.js";
import { whenSettled } from "../typing.js";
import { readInWords } from "./why.js";

const SHOWN = 20;
const MOST_SHOWN = 50;
const WIDE = matchMedia("(min-width: 60rem)");
const NARROW = matchMedia("(max-width: 39.99rem)");
const IDLE = "输入即查。";

function byId(id) {
  return document.getElementById(id);
}

class SearchPage {
  constructor() {
    this.root = byId("desk-search");
    this.form = byId("search");
    this.field = this.form.elements.q;
    this.found = byId("found");
    this.origin = this.root.dataset.origin;
    this.keysOn = keysAreOn();
    this.shown = SHOWN;
    this.explained = new URLSearchParams(location.search).has("explain");
    this.searching = null;

    this.chosen = new Chosen(byId("chosen"), {
      onChange: () => this.#chosenChanged(),
      onCopy: (passages) => this.#copyForWord(passages),
      onSave: (title, passages) => this.#save({ title, passage_ids: passages.map((p) => p.passage_id) }),
      onFull: (most) => tell(`一次最多选 ${most} 条。`),
    });
    this.results = new Results(byId("hits"), {
      addressOf: (hit) => this.#address({ passage: hit.passage_id }),
      onOpen: (hit) => this.pane.open(hit, { entered: true }),
      onMove: (hit) => WIDE.matches && this.pane.follow(hit),
      onPick: (hit, picked) => this.chosen.set(hit, picked),
      isChosen: (id) => this.chosen.has(id),
    });
    this.pane = new Pane(byId("pane"), {
      origin: this.origin,
      mayWrite: "mayWrite" in this.root.dataset,
      question: () => this.field.value.trim(),
      addressOf: (quoted) => this.#address({ passage: quoted.passage_id }),
      isChosen: (id) => this.chosen.has(id),
      pick: (quoted) => this.chosen.set(quoted, !this.chosen.has(quoted.passage_id)),
      save: (wanted) => this.#save(wanted),
      onOpened: (id, entered) => this.#opened(id, entered),
      onLeft: () => this.#left(),
    });
    this.#listen();
    this.#keys();
    byId("over-actions").hidden = false;
    byId("explain").setAttribute("aria-pressed", String(this.explained));
    byId("narrow").open = !NARROW.matches || filtersIn(lookedFor(this.form)) > 0;
    this.#restore();
  }

  #address(beside = {}) {
    return addressOf(lookedFor(this.form), { ...beside, explain: this.explained ? "1" : "" });
  }

  #listen() {
    const typing = whenSettled(this.field, () => this.search());
    this.form.addEventListener("submit", (event) => {
      event.preventDefault();
      typing.cancel();
      this.search({ enter: true });
    });
    this.form.addEventListener("change", (event) => {
      if (event.target !== this.field) this.search();
    });
    this.form.addEventListener("input", (event) => {
      if (event.target !== this.field) this.shown = SHOWN;
    });
    byId("widen").addEventListener("click", () => {
      fillIn(this.form, new URLSearchParams({ q: this.field.value }));
      this.search();
      this.field.focus();
    });
    byId("more").addEventListener("click", () => {
      this.shown = MOST_SHOWN;
      this.search({ passage: this.pane.read?.passage_id });
    });
    byId("retry").addEventListener("click", () => this.search());
    byId("explain").addEventListener("click", () => this.explain());
    byId("preview").addEventListener("click", () => this.preview());
    byId("help").addEventListener("click", () => byId("keys").showModal());
    byId("keys-close").addEventListener("click", () => byId("keys").close());
    byId("keys-on").checked = this.keysOn;
    byId("keys-on").addEventListener("change", ({ target }) => {
      this.keysOn = target.checked;
      keepKeys(target.checked);
    });
    addEventListener("online", () => this.failed && this.search());
    addEventListener("popstate", () => this.#restore());
  }

  #keys() {
    const moving = (by, anywhere) => () => (anywhere || this.results.hasFocus ? this.results.move(by) : false);
    const at = (does) => () => {
      const quoted = this.#atHand();
      if (!quoted) return false;
      does(quoted);
      return true;
    };
    listenForKeys(
      {
        "/": () => {
          this.field.focus();
          this.field.select();
        },
        j: moving(1, true),
        k: moving(-1, true),
        ArrowDown: moving(1, false),
        ArrowUp: moving(-1, false),
        Home: moving(-MOST_SHOWN, false),
        End: moving(MOST_SHOWN, false),
        c: at((quoted) => this.pane.cite(quoted)),
        "Shift+C": at((quoted) => this.pane.copyInFull(quoted)),
        x: at((quoted) => this.chosen.set(quoted, !this.chosen.has(quoted.passage_id))),
        e: () => this.explain(),
        p: () => this.preview(),
        "?": () => byId("keys").showModal(),
        Escape: () => this.pane.isEntered && this.pane.back(),
      },
      () => this.keysOn,
    );
  }

  /** The passage that keys speak of: the one that is read, else the one whose turn it is in the list. */
  #atHand() {
    return this.pane.hasFocus ? this.pane.read : (this.results.current ?? this.pane.read);
  }

  /** Bring the page to what its address says. */
  async #restore() {
    fillIn(this.form, location.search);
    const left = this.pane.isEntered;
    await this.search({ passage: new URLSearchParams(location.search).get("passage"), kept: true });
    if (left && !this.pane.isEntered) this.results.focus();
  }

  /**
   * Look for what is typed.
   * @param {{enter?: boolean, passage?: string|null, kept?: boolean}} [how] `enter` goes to the first row; `passage`
   *   is opened beside; `kept` leaves the address as it is
   */
  async search({ enter = false, passage = null, kept = false } = {}) {
    this.searching?.abort();
    const searching = (this.searching = new AbortController());
    const looked = lookedFor(this.form);
    const filters = filtersIn(looked);
    byId("widen").hidden = filters === 0;
    byId("narrowed").textContent = filters ? `（${filters} 项）` : "";
    if (!kept) history.replaceState(null, "", this.#address());
    if (!looked.q) {
      this.#nothingTyped(passage);
      return;
    }
    this.found.classList.add("stale");
    try {
      const list = await call(this.#request(looked), { signal: searching.signal });
      if (searching === this.searching) this.#foundAll(list, { enter, passage });
    } catch (error) {
      if (error.name !== "AbortError" && searching === this.searching) this.#failed(error);
    }
  }

  #request(looked) {
    const given = new URLSearchParams(looked);
    if (looked.in_force) given.set("in_force", "true");
    given.set("k", this.shown);
    return `/api/v1/staff/search?${given}`;
  }

  #nothingTyped(passage) {
    this.found.classList.remove("stale");
    this.list = null;
    this.results.show([]);
    this.#say(IDLE);
    byId("more").hidden = true;
    this.#showReading();
    const beginning = byId("beginning");
    if (beginning) beginning.hidden = false;
    if (passage) this.pane.openById(passage);
    else this.pane.clear();
  }

  #foundAll(list, { enter, passage }) {
    this.list = list;
    this.found.classList.remove("stale");
    const { hits } = list;
    this.results.show(hits);
    byId("more").hidden = hits.length < this.shown || this.shown >= MOST_SHOWN;
    byId("beginning")?.remove();
    const spelt = list.understood ? `，按“${list.understood}”检索` : "";
    this.#say(hits.length ? `最相近的 ${hits.length} 条${spelt}` : "没有找到。换一种说法，或放宽范围再查。");
    this.#showReading();
    const wanted = passage && hits.find((hit) => hit.passage_id === passage);
    if (wanted) this.pane.open(wanted, { entered: !WIDE.matches, kept: true });
    else if (passage) this.pane.openById(passage);
    else if (WIDE.matches && hits.length) this.pane.follow(hits[0]);
    else this.pane.clear();
    if (enter && hits.length) this.results.focus(0);
  }

  #failed(error) {
    this.found.classList.remove("stale");
    const signedOut = error.status === 401;
    this.#say(signedOut ? "登录已失效，请刷新页面重新登录。" : error.message, { failed: true });
  }

  #say(sentence, { failed = false } = {}) {
    this.failed = failed;
    const standing = byId("standing");
    standing.textContent = sentence;
    standing.classList.toggle("failed", failed);
    byId("retry").hidden = !failed;
  }

  /** Show or hide why each passage ranks where it does. */
  explain() {
    this.explained = !this.explained;
    byId("explain").setAttribute("aria-pressed", String(this.explained));
    this.#showReading();
    history.replaceState(history.state, "", this.#address({ passage: this.pane.read?.passage_id }));
  }

  #showReading() {
    const reading = byId("reading");
    reading.hidden = !(this.explained && this.list);
    reading.textContent = reading.hidden ? "" : readInWords(this.list);
    this.results.explain(this.explained);
  }

  /** Show what the public would be told to what is typed. */
  preview() {
    const question = this.field.value.trim();
    if (question) this.pane.preview(question);
    else tell("请先输入问题。");
  }

  #opened(id, { entered, kept }) {
    this.found.classList.toggle("opened", entered);
    this.results.markOpened(id);
    if (kept) return;
    const address = this.#address({ passage: id });
    if (entered && id) history.pushState({ entered: true }, "", address);
    else history.replaceState(history.state, "", address);
  }

  #left() {
    this.found.classList.remove("opened");
    if (!WIDE.matches) history.replaceState(null, "", this.#address());
    if (this.results.current) this.results.focus();
    else this.field.focus();
  }

  #chosenChanged() {
    this.results.markChosen();
    this.pane.chosenChanged();
  }

  async #copyForWord(passages) {
    const done = await copyRich(forWord(passages, this.origin));
    tell(done ? `已复制 ${passages.length} 条，可以粘贴到 Word。` : "没能复制，请换用“导出 Word”。");
  }

  async #save(wanted) {
    try {
      tell(`已导出：${await saveAsWord(wanted)}`);
    } catch (error) {
      tell(`没能导出：${error.message}`);
    }
  }
}

new SearchPage();

/**
 * The widget: `<qa-widget>`, a button in a corner of any page that opens a conversation with the service.
 *
 * Attributes: `base` (the service's origin), `color`, `position` (`right`, `left`), `title-text`, `greeting`, `logo`,
 * `suggestions` (separated by `|`), `language` (`zh-CN`, `en`), `theme` (`auto`, `light`, `dark`), `size` (`normal`,
 * `large`), `open`. Custom properties: `--qa-color`, `--qa-offset-x`, `--qa-offset-y`, `--qa-font`.
 */

import { questions } from "./answer.js";
import { Conversation } from "./conversation.js";
import { inkOn } from "./contrast.js";
import { element, icon } from "./dom.js";
import { tabMemory } from "./memory.js";
import { Sheets } from "./sheets.js";
import { wordsOf } from "./words.js";

const NAME = "qa-widget";
const ATTRIBUTES = ["base", "color", "position", "title-text", "greeting", "logo", "suggestions", "language", "theme", "size", "open"];
const SHAPES = ["language", "title-text", "greeting", "logo", "suggestions", "base"];
const BUBBLE = "M3 3.5h14v10H9.5L5.5 17v-3.5H3z";
const CROSS = "M4.5 4.5l11 11M15.5 4.5l-11 11";
const AGAIN = "M15.8 8a6.3 6.3 0 1 0 .4 4M16.2 3.6V8h-4.4";
const LARGE = "M2.5 16L7 4.5 11.5 16M4 12.5h6M13 16l2.5-6.5L18 16M13.9 13.8h3.2";
const PERSON = "M10 9.4a3.4 3.4 0 1 0 0-6.8a3.4 3.4 0 1 0 0 6.8M3.6 17.4c.6-3.6 3-5.4 6.4-5.4s5.8 1.8 6.4 5.4";
const NARROW = "(max-width: 30rem), (max-height: 30rem)";
const HANDOVER_ONLY = { longest: 500, suggestions: [], handover: null };

export class Widget extends HTMLElement {
  static observedAttributes = ATTRIBUTES;

  #root = this.attachShadow({ mode: "open" });
  #sheets = new Sheets();
  #ready = false;

  async connectedCallback() {
    if (this.#ready) return;
    this.dataset.size = this.getAttribute("size") === "large" ? "large" : "normal";
    await this.#sheets.dress(this.#root, import.meta.url);
    this.welcome = await this.#welcome();
    this.#ready = true;
    this.#rise();
    this.#draw();
    this.#colour();
    if (this.hasAttribute("open")) this.open({ focus: false });
  }

  attributeChangedCallback(name) {
    if (!this.#ready) return;
    if (SHAPES.includes(name)) this.#draw();
    if (name === "size") this.dataset.size = this.getAttribute("size") === "large" ? "large" : "normal";
    this.#colour();
  }

  /** Open the panel. */
  open({ focus = true } = {}) {
    this.panel.hidden = false;
    this.launcher.setAttribute("aria-expanded", "true");
    this.launcher.classList.add("away");
    this.#modal(matchMedia(NARROW).matches);
    // Where fingers type, a keyboard would cover the panel before anything of it is read.
    if (focus && matchMedia("(pointer: coarse)").matches) this.panel.focus();
    else if (focus) this.conversation.focus();
  }

  /** Close it, and give the focus back. */
  close() {
    this.panel.hidden = true;
    this.launcher.setAttribute("aria-expanded", "false");
    this.launcher.classList.remove("away");
    this.launcher.focus({ preventScroll: true });
  }

  /** The origin of the service: where this module came from, unless the page says otherwise. */
  get base() {
    return this.getAttribute("base") || new URL(import.meta.url).origin;
  }

  async #welcome() {
    try {
      const response = await fetch(`${this.base}/api/v1/welcome`, { credentials: "omit" });
      return response.ok ? await response.json() : HANDOVER_ONLY;
    } catch {
      return HANDOVER_ONLY; // whoever asks will be told that the service cannot be reached
    }
  }

  /** Stand above whatever the page stacks, where the browser has a top layer. */
  #rise() {
    if (!("popover" in HTMLElement.prototype)) return;
    this.setAttribute("popover", "manual");
    try {
      this.showPopover();
    } catch {
      this.removeAttribute("popover");
    }
  }

  #draw() {
    const opened = this.panel && !this.panel.hidden;
    const words = wordsOf(this.getAttribute("language") ?? document.documentElement.lang);
    const title = this.getAttribute("title-text") || words.title;
    this.lang = words === wordsOf("en") ? "en" : "zh-CN";
    this.conversation?.leave();
    const body = element("div", { class: "body", tabindex: "0", role: "region", "aria-label": words.log });
    this.conversation = new Conversation({
      channel: "widget",
      words,
      welcome: this.welcome,
      memory: tabMemory(`qa-widget ${this.base}`),
      base: this.base,
      scroller: body,
      opening: this.#opening(words),
    });
    const { composer } = this.conversation;
    body.append(this.conversation.element);
    this.panel = element(
      "section",
      {
        class: "panel",
        role: "dialog",
        tabindex: "-1",
        "aria-labelledby": "title",
        hidden: true,
        onkeydown: (event) => this.#key(event),
      },
      element(
        "div",
        { class: "head" },
        this.getAttribute("logo") && element("img", { class: "logo", src: this.getAttribute("logo"), alt: "", onerror: (event) => event.target.remove() }),
        element("h2", { id: "title" }, title),
        this.welcome.handover && tool(PERSON, words.human, () => this.conversation.showHandover()),
        tool(LARGE, words.larger, (button) => this.#enlarge(button), { "aria-pressed": String(this.dataset.size === "large") }),
        tool(AGAIN, words.restart, () => this.conversation.restart()),
        tool(CROSS, words.close, () => this.close()),
      ),
      body,
      composer,
      element("p", { class: "pledge" }, words.pledge),
    );
    this.launcher = element(
      "button",
      { type: "button", class: "launcher", "aria-label": words.open, "aria-expanded": "false", "aria-haspopup": "dialog", onclick: () => this.open() },
      icon(BUBBLE),
    );
    this.#root.querySelectorAll(".panel, .launcher").forEach((old) => old.remove());
    this.#root.append(this.launcher, this.panel);
    if (opened) this.open({ focus: false });
  }

  #opening(words) {
    const own = (this.getAttribute("suggestions") ?? "").split("|").map((text) => text.trim()).filter(Boolean);
    const suggestions = own.length ? own : this.welcome.suggestions;
    return element(
      "div",
      { class: "opening" },
      element("p", {}, this.getAttribute("greeting") || words.greeting),
      questions(suggestions, (text) => this.conversation.ask(text)),
    );
  }

  #colour() {
    const given = this.getAttribute("color") || getComputedStyle(this).getPropertyValue("--qa-color").trim();
    const valid = given && CSS.supports("color", given);
    this.#sheets.theme(this.getAttribute("theme") ?? "auto");
    for (const part of [this.launcher, this.panel]) {
      part.style.setProperty("--brand", valid ? given : "");
      part.style.removeProperty("--on-brand");
    }
    if (valid) {
      const ink = inkOn(getComputedStyle(this.launcher).backgroundColor);
      for (const part of [this.launcher, this.panel]) part.style.setProperty("--on-brand", ink);
    }
  }

  #enlarge(button) {
    const large = this.dataset.size !== "large";
    this.dataset.size = large ? "large" : "normal";
    button.setAttribute("aria-pressed", String(large));
  }

  /** On a phone the panel is all there is: the focus stays in it. */
  #modal(modal) {
    if (modal) this.panel.setAttribute("aria-modal", "true");
    else this.panel.removeAttribute("aria-modal");
  }

  #key(event) {
    // What a host page does at a key is not meant by who types here.
    event.stopPropagation();
    if (event.key === "Escape" && !event.isComposing) {
      event.preventDefault();
      this.close();
    } else if (event.key === "Tab" && this.panel.hasAttribute("aria-modal")) {
      this.#stay(event);
    }
  }

  #stay(event) {
    const stops = [...this.panel.querySelectorAll("button, a[href], textarea, summary, input, [tabindex='0']")].filter((stop) => stop.getClientRects().length);
    const [first, last] = [stops[0], stops[stops.length - 1]];
    const current = this.#root.activeElement;
    if (event.shiftKey ? current === first : current === last) {
      event.preventDefault();
      (event.shiftKey ? last : first).focus();
    }
  }
}

function tool(path, label, press, properties = {}) {
  const button = element("button", { type: "button", class: "tool", "aria-label": label, title: label, ...properties }, icon(path));
  button.addEventListener("click", () => press(button));
  return button;
}

/**
 * Put a widget on the page as a script's data attributes wish, unless it has one.
 * @param {HTMLScriptElement} script
 */
export function place(script) {
  if (!customElements.get(NAME)) customElements.define(NAME, Widget);
  if (document.querySelector(NAME)) return;
  const widget = document.createElement(NAME);
  for (const name of ATTRIBUTES) {
    const key = name.replace(/-(.)/g, (_, letter) => letter.toUpperCase());
    if (key in script.dataset) widget.setAttribute(name, script.dataset[key]);
  }
  widget.setAttribute("base", script.dataset.base || new URL(script.src).origin);
  const add = () => document.body.append(widget);
  if (document.body) add();
  else addEventListener("DOMContentLoaded", add, { once: true });
}

/** 有用 or 没用, and why. */

import { judge } from "./asking.js";
import { element } from "./dom.js";

let forms = 0;

/**
 * Return what judges an answer.
 * @param {{id: string, base: string, words: object}} judged
 * @returns {HTMLElement} a group of two buttons, below which a form opens for what was wrong
 */
export function renderFeedback({ id, base, words }) {
  const outcome = element("p", { class: "outcome", role: "status" });
  const group = element("div", { class: "feedback", role: "group", "aria-label": `${words.helpful} / ${words.unhelpful}` });
  const yes = element("button", { type: "button", class: "quiet", "aria-pressed": "false" }, words.helpful);
  const no = element("button", { type: "button", class: "quiet", "aria-pressed": "false", "aria-expanded": "false" }, words.unhelpful);

  async function send(helpful, reason, comment) {
    outcome.textContent = "";
    try {
      const recorded = await judge({ base, id, helpful, reason, comment, words });
      yes.setAttribute("aria-pressed", String(helpful));
      no.setAttribute("aria-pressed", String(!helpful));
      outcome.textContent = recorded ? words.thanks : words.notRecorded;
      return true;
    } catch (error) {
      outcome.textContent = error.message;
      return false;
    }
  }

  yes.addEventListener("click", () => {
    fold();
    send(true);
  });
  no.addEventListener("click", () => (group.querySelector("form") ? fold() : unfold()));

  function fold() {
    group.querySelector("form")?.remove();
    no.setAttribute("aria-expanded", "false");
  }

  function unfold() {
    const form = complaint(words, async (reason, comment) => {
      if (await send(false, reason, comment)) {
        fold();
        no.focus();
      }
    }, () => {
      fold();
      no.focus();
    });
    group.insertBefore(form, outcome);
    no.setAttribute("aria-expanded", "true");
    form.querySelector("input").focus();
  }

  group.append(yes, no, outcome);
  return group;
}

function complaint(words, submit, cancel) {
  const name = `reason-${++forms}`;
  const box = element("textarea", { class: "box", rows: "2", maxlength: "500", id: `${name}-comment` });
  return element(
    "form",
    {
      class: "complaint",
      onsubmit: (event) => {
        event.preventDefault();
        submit(new FormData(event.target).get(name), box.value.trim());
      },
      onkeydown: (event) => {
        if (event.key !== "Escape") return;
        event.stopPropagation();
        cancel();
      },
    },
    element(
      "fieldset",
      {},
      element("legend", {}, words.why),
      Object.entries(words.complaints).map(([value, label]) =>
        element("label", {}, element("input", { type: "radio", name, value, required: true }), label),
      ),
    ),
    element("label", { for: box.id }, words.comment),
    box,
    element(
      "div",
      { class: "row" },
      element("button", { class: "small first" }, words.submit),
      element("button", { type: "button", class: "small", onclick: cancel }, words.cancel),
    ),
  );
}

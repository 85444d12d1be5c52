/** What the pane's buttons are made with. */

import { element } from "../dom.js";

/** Return a button that does something at its press. */
export function button(text, does, more = {}) {
  return element("button", { type: "button", class: "button", onclick: does, ...more }, text);
}

/** Return the address where a curated answer is written, begun with a question and a passage to cite. */
export function toCurated(question, passageId) {
  const given = new URLSearchParams();
  if (question) given.set("question", question);
  if (passageId) given.set("cite", passageId);
  return `/desk/curated/new?${given}`;
}

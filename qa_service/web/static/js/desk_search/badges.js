/** What is said of a passage beside its text: whether it is in force, and whose wording it is. */

import { element } from "../dom.js";
import { wordsOf } from "../words.js";

/** Return what the form of a document has to be labelled with, empty where it is the official wording. */
export function formLabel(form) {
  return wordsOf().forms[form] ?? "";
}

/** Return the badges of a quoted passage. */
export function badges({ validity, form }) {
  const label = formLabel(form);
  return [
    element("span", { class: `badge badge-${validity.state}` }, element("span", { class: "unseen" }, "效力："), validity.label),
    label && element("span", { class: "badge" }, label),
  ];
}

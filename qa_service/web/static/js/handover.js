/** Where to find a person: the service station's card. */

import { element } from "./dom.js";

/**
 * Return the card.
 * @param {{name: string, phone: string|null, address: string|null, hours: string|null}} handover
 * @param {object} words
 * @param {number} [level] of its heading
 * @returns {HTMLElement}
 */
export function renderHandover({ name, phone, address, hours }, words, level = 3) {
  const rows = [
    phone && [words.phone, element("a", { href: `tel:${phone.replace(/[^\d+*#,;-]/g, "")}` }, phone)],
    address && [words.address, address],
    hours && [words.hours, hours],
  ].filter(Boolean);
  return element(
    "section",
    { class: "handover", "aria-label": words.human },
    element(`h${level}`, {}, name),
    element("dl", {}, rows.map(([term, value]) => element("div", {}, element("dt", {}, term), element("dd", {}, value)))),
  );
}

/** An answer as it is shown: what is said, on what ground, what else to ask. `AnswerOut` of the API in, elements out. */

import { citation } from "./citing.js";
import { element, icon, marked } from "./dom.js";
import { wordsOf } from "./words.js";

const MARKS = {
  answered: "M5 10.4l3.4 3.4L15.2 7M10 1.4a8.6 8.6 0 1 0 0 17.2a8.6 8.6 0 1 0 0 -17.2",
  related: "M5 10h10M10 1.4a8.6 8.6 0 1 0 0 17.2a8.6 8.6 0 1 0 0 -17.2",
  no_answer: "M5.5 14.5l9-9M10 1.4a8.6 8.6 0 1 0 0 17.2a8.6 8.6 0 1 0 0 -17.2",
  clarify: "M10 5v6M10 13.5v1.6M10 1.4a8.6 8.6 0 1 0 0 17.2a8.6 8.6 0 1 0 0 -17.2",
};
const UNLABELLED = ["adversarial", "empty"];
const CITED = /\[(\d{1,2})\]/g;
const STEP = /^\s*(\d{1,2}[.、．)]|（[一二三四五六七八九十\d]+）|[-·•])/;

/**
 * Return an answer's reply.
 * @param {object} answer AnswerOut, or so much of it as has been heard
 * @param {{words?: object, base?: string, ask?: (question: string) => void, unfolded?: boolean, level?: number}} [shown] `ask` puts a
 *   choice as the next question: without it, choices are not shown; `unfolded` opens what is cited; `level` is that of
 *   its headings
 * @returns {HTMLElement}
 */
export function renderAnswer(answer, { words = wordsOf(), base = "", ask = null, unfolded = false, level = 3 } = {}) {
  const cited = new Set([...answer.answer.matchAll(CITED)].map(([, n]) => Number(n)));
  const grounds = answer.citations.filter(({ n }) => cited.has(n));
  const further = answer.citations.filter(({ n }) => !cited.has(n));
  const reply = element(
    "div",
    { class: "reply", dataset: { status: answer.status } },
    standing(answer, words),
    answer.understood && element("p", { class: "hint" }, words.understood(answer.understood)),
    answer.interpreted && element("p", { class: "hint" }, words.interpreted(answer.interpreted)),
    element("div", { class: "said", lang: "zh-CN" }, said(answer.answer, words, (n) => reveal(reply, n))),
    ask && questions(answer.choices, ask, "choices"),
    answer.notices.map((notice) => element("p", { class: "notice", lang: "zh-CN" }, element("strong", {}, words.attention), notice)),
    answer.citations.length > 0 &&
      element(
        "section",
        { class: "grounds" },
        element(`h${level}`, {}, answer.status === "answered" ? words.grounds : words.nearest),
        grounds.length > 0 && list(grounds, words, base, unfolded),
        further.length > 0 && grounds.length === 0 && list(further, words, base, unfolded),
        further.length > 0 &&
          grounds.length > 0 &&
          element("details", { class: "further" }, element("summary", {}, words.further(further.length)), list(further, words, base, false)),
      ),
  );
  return reply;
}

/** Return suggestions as buttons, null where there are none. */
export function questions(texts, ask, className = "chips") {
  if (!texts || texts.length === 0) return null;
  return element(
    "ul",
    { class: className, lang: "zh-CN" },
    texts.map((text) => element("li", {}, element("button", { type: "button", onclick: () => ask(text) }, text))),
  );
}

/** Return an answer with its sources as plain text, for pasting elsewhere. */
export function asText(answer, base) {
  const cited = new Set([...answer.answer.matchAll(CITED)].map(([, n]) => Number(n)));
  const sources = answer.citations
    .filter(({ n }) => cited.has(n))
    .map((c) => `[${c.n}] ${citation(c)}（${c.validity.label}）${addressIn(base, c.url)}`);
  return [answer.answer, ...answer.notices, ...sources].join("\n");
}

/** The address of a clause in the reader of the service, and of nowhere else. */
function addressIn(base, url) {
  const service = new URL(base || location.origin);
  const address = new URL(url, service);
  return address.origin === service.origin ? address.href : service.href;
}

function standing(answer, words) {
  const label = UNLABELLED.includes(answer.reason) ? undefined : words.statuses[answer.status];
  const curated = answer.origin === "curated";
  if (!label && !curated) return null;
  return element(
    "p",
    { class: "standing" },
    label && element("span", { class: `status status-${answer.status}` }, icon(MARKS[answer.status]), label),
    curated && element("span", { class: "badge badge-in_force", title: words.curatedWhy }, words.curated),
  );
}

/** The text, line by line, its [n] as buttons that show what is cited. */
function said(text, words, show) {
  return text.split("\n").filter((line) => line.trim()).map((line) => {
    const pieces = [];
    let at = 0;
    for (const match of line.matchAll(CITED)) {
      const n = Number(match[1]);
      pieces.push(line.slice(at, match.index), element("button", { type: "button", class: "cite", "aria-label": words.ground(n), onclick: () => show(n) }, match[0]));
      at = match.index + match[0].length;
    }
    return element("p", { class: STEP.test(line) ? "step" : null }, pieces, line.slice(at));
  });
}

function reveal(reply, n) {
  const found = reply.querySelector(`details[data-n="${n}"]`);
  if (!found) return;
  found.closest(".further")?.setAttribute("open", "");
  found.open = true;
  found.querySelector("summary").focus();
}

function list(citations, words, base, unfolded) {
  return element("ol", { class: "citations", lang: "zh-CN" }, citations.map((c) => element("li", {}, source(c, words, base, unfolded))));
}

function source(c, words, base, unfolded) {
  return element(
    "details",
    { class: "citation", dataset: { n: c.n }, open: unfolded },
    element(
      "summary",
      {},
      element("span", { class: "number", "aria-label": words.ground(c.n) }, String(c.n)),
      element("span", { class: "source" }, `《${c.document}》`, element("strong", {}, c.location)),
      element("span", { class: `badge badge-${c.validity.state}` }, element("span", { class: "unseen" }, words.validity), c.validity.label),
      words.forms[c.form] && element("span", { class: "badge" }, words.forms[c.form]),
    ),
    element("blockquote", { class: "original" }, marked(c.text, c.highlights)),
    element(
      "a",
      { class: "action", href: addressIn(base, c.url), target: "_blank", rel: "noopener" },
      words.inTheText,
      element("span", { class: "unseen" }, `${words.ground(c.n)}${words.opensAnew}`),
    ),
  );
}

/** Writing a curated answer: what the public will see, and what is wrong, as one writes. */

import { call, Refusal } from "../api.js";
import { element } from "../dom.js";
import { Cites } from "./cites.js";
import * as faults from "./faults.js";
import { picks } from "./picker.js";

const WAIT_MS = 600;
const CURATED = "/api/v1/staff/curated";

const form = document.getElementById("writing");
const preview = document.getElementById("preview");
const answer = document.getElementById("answer");
const forcing = document.getElementById("forcing");
const force = document.getElementById("force");
const save = document.getElementById("save");
let waiting;
let asking;
let saved = null;

const cites = new Cites(document.getElementById("cites"), mark, later);
picks(document.getElementById("find"), document.getElementById("found"), document.getElementById("find-said"), (id, name) =>
  cites.add(id, name),
);

/** Write [n] where the answer is being written. */
function mark(n) {
  const [start, end] = [answer.selectionStart, answer.selectionEnd];
  answer.setRangeText(`[${n}]`, start, end, "end");
  answer.focus();
  later();
}

function entry() {
  const given = new FormData(form);
  const lines = given.get("wordings").split("\n").map((line) => line.trim());
  return {
    question: given.get("question").trim(),
    wordings: lines.filter((line) => line !== ""),
    answer: given.get("answer").trim(),
    cites: cites.ids,
    expires: given.get("expires"),
    note: given.get("note").trim(),
  };
}

/** Show what the public will see, as the service writes it. */
function show(lines) {
  const kind = (line) =>
    line.startsWith("    ") ? "original" : line.startsWith("注意：") ? "notice" : line.startsWith("[") ? "source" : "said";
  preview.replaceChildren(...lines.map((line) => element("p", { class: kind(line) }, line.trim())));
}

function instead(sentence) {
  preview.replaceChildren(element("p", { class: "hint" }, sentence));
}

/** Say what is wrong; the box to go on all the same is shown only where the service offers that. */
function refuse(error) {
  const found = faults.read(error);
  faults.show(found);
  if (found.force) {
    document.getElementById("force-fault").textContent = found.force.join("\n");
    forcing.hidden = false;
  }
  return found;
}

function later() {
  clearTimeout(waiting);
  waiting = setTimeout(look, WAIT_MS);
}

async function look() {
  asking?.abort();
  const written = entry();
  if (Object.keys(faults.lacking(written)).length) return;
  asking = new AbortController();
  preview.setAttribute("aria-busy", "true");
  try {
    const { shown } = await call(`${CURATED}/preview`, { json: { entry: written, force: force.checked }, signal: asking.signal });
    faults.clear();
    show(shown);
    if (!force.checked) forcing.hidden = true;
  } catch (error) {
    if (!(error instanceof Refusal)) return;
    const found = refuse(error);
    instead(found.all ? found.all.join("\n") : "还不能这样录入，见左边的说明。");
  } finally {
    preview.removeAttribute("aria-busy");
  }
}

/** Keep the answer, close the gap with it, and go where both can be seen. */
async function keep() {
  const written = entry();
  if (faults.show(faults.lacking(written))) return faults.goToFirst();
  saved ??= (await call(CURATED, { json: { entry: written, force: force.checked } })).id;
  if (form.dataset.gap) {
    const close = `/api/v1/staff/gaps/${form.dataset.gap}/decide?${form.dataset.period}`;
    await call(close, { json: { outcome: "answered", curated_id: saved } });
  }
  location.assign(`/desk/curated/${encodeURIComponent(saved)}`);
}

form.addEventListener("input", later);
force.addEventListener("change", later);
form.addEventListener("submit", async (event) => {
  event.preventDefault();
  if (save.disabled) return;
  clearTimeout(waiting);
  save.disabled = true;
  const whole = document.getElementById("fault");
  whole.hidden = true;
  try {
    await keep();
  } catch (error) {
    const found = saved ? { all: [error.message] } : refuse(error);
    if (saved) found.all = [`答案已保存，但待补的问题没有记为已处理：${error.message}再按一次即可。`];
    whole.textContent = (found.all ?? ["还不能录入，请看各项的说明。"]).join("\n");
    whole.hidden = false;
    faults.goToFirst();
  } finally {
    save.disabled = false;
  }
});
later();

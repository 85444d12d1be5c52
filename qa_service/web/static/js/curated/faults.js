/** What is wrong with an answer, said next to the field that it is wrong with. */

const FIELDS = ["question", "wordings", "cites", "answer", "expires", "note"];

/** Take back what was said. */
export function clear() {
  for (const field of FIELDS) put(field, []);
  document.getElementById("fault").hidden = true;
}

/** Say what a form lacks before it can be looked at; returns it by field. */
export function lacking({ question, answer, cites, expires }) {
  const lacks = {};
  if (!question) lacks.question = ["请写问题。"];
  if (!cites.length) lacks.cites = ["请至少选一条所依据的条款。"];
  if (!answer) lacks.answer = ["请写答案。"];
  if (!expires) lacks.expires = ["请写有效期。"];
  return lacks;
}

/**
 * Show what is wrong.
 * @param {Object<string, string[]>} faults by field
 * @returns {boolean} whether any is
 */
export function show(faults) {
  for (const field of FIELDS) put(field, faults[field] ?? []);
  return FIELDS.some((field) => faults[field]?.length);
}

/** Read from a refusal what is wrong with which field; what belongs to none is under `all`. */
export function read(refusal) {
  const faults = {};
  for (const { field, message, loc, msg } of refusal.problem?.errors ?? []) {
    const named = field ?? (loc ?? []).map(String).find((part) => FIELDS.includes(part));
    const said = (message ?? msg ?? "").replace("（核对无误的，加 --force）", "。核对无误的，请勾选后再保存。");
    (faults[named ?? "all"] ??= []).push(said);
  }
  if (!Object.keys(faults).length) faults.all = [refusal.message];
  return faults;
}

function put(field, faults) {
  const said = document.getElementById(`${field}-fault`);
  const control = document.getElementById(field === "cites" ? "find" : field);
  said.textContent = faults.join("\n");
  said.hidden = !faults.length;
  if (faults.length) control.setAttribute("aria-invalid", "true");
  else control.removeAttribute("aria-invalid");
}

/** Bring the first field that something is wrong with to the one who writes. */
export function goToFirst() {
  document.querySelector(".writing [aria-invalid='true']")?.focus();
}


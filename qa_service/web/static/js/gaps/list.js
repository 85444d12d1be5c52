/** The list of gaps: j and k go through it, Enter opens. */

const rows = Array.from(document.querySelectorAll(".gaps > li"));
let current = -1;

for (const hint of document.querySelectorAll(".keys")) hint.hidden = false;

/** Whether a key is meant for a field. */
function isTyping(target) {
  return target.closest("input, select, textarea, [contenteditable]") !== null;
}

function go(to) {
  if (!rows.length) return;
  rows[current]?.classList.remove("current");
  current = Math.max(0, Math.min(rows.length - 1, to));
  rows[current].classList.add("current");
  rows[current].querySelector("h3 a").focus();
}

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || isTyping(event.target)) return;
  if (event.key === "j") go(current + 1);
  else if (event.key === "k") go(current < 0 ? 0 : current - 1);
  else return;
  event.preventDefault();
});

// Who comes to a row by Tab or with the pointer goes on from there.
for (const [place, row] of rows.entries()) {
  row.addEventListener("focusin", () => {
    rows[current]?.classList.remove("current");
    current = place;
    row.classList.add("current");
  });
}

// Empty fields would only make the address long.
document.querySelector(".sift").addEventListener("submit", (event) => {
  for (const field of event.target.querySelectorAll("select, input")) field.disabled = field.value === "";
});
addEventListener("pageshow", () => {
  for (const field of document.querySelectorAll(".sift select, .sift input")) field.disabled = false;
});

/** Comparing two versions: from one change to the next. */

const changes = [...document.querySelectorAll(".pair")];
const steps = document.querySelector(".steps");
const status = document.getElementById("at-change");
let at = -1;

function go(to) {
  if (to < 0 || to >= changes.length) return;
  at = to;
  changes[at].scrollIntoView({ block: "start" });
  changes[at].focus({ preventScroll: true });
  status.textContent = `${at + 1}/${changes.length} 处`;
}

if (steps && changes.length) {
  steps.hidden = false;
  document.getElementById("next-change").addEventListener("click", () => go(Math.min(at + 1, changes.length - 1)));
  document.getElementById("earlier-change").addEventListener("click", () => go(Math.max(at - 1, 0)));
}

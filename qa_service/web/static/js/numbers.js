/** The numbers page: details under the pointer or the keys, and printing. All of it stands in the tables as well. */

const SVG = "http://www.w3.org/2000/svg";

/**
 * Let one go through the columns of a drawing: below it stands what the column says that one is at.
 * @param {HTMLElement} readout
 */
function explore(readout) {
  const plot = document.querySelector(`[data-columns="${readout.dataset.explores}"]`);
  const drawing = plot?.querySelector(".drawing");
  const columns = drawing ? [...drawing.querySelectorAll("g[data-detail]")] : [];
  if (columns.length === 0) return;
  const frame = document.createElementNS(SVG, "rect");
  frame.setAttribute("class", "at");
  frame.setAttribute("y", "0");
  frame.setAttribute("height", "100%");
  let at = columns.length - 1;

  function show(number) {
    at = Math.min(Math.max(number, 0), columns.length - 1);
    const { detail, x, width } = columns[at].dataset;
    readout.textContent = detail;
    readout.setAttribute("aria-valuenow", String(at));
    readout.setAttribute("aria-valuetext", detail);
    frame.setAttribute("x", `${x}%`);
    frame.setAttribute("width", `${width}%`);
    if (!frame.isConnected) drawing.append(frame);
  }

  readout.textContent = `把光标移到柱上，或用左右方向键${readout.dataset.label.split("，")[0]}。`;
  readout.tabIndex = 0;
  readout.setAttribute("role", "slider");
  readout.setAttribute("aria-label", readout.dataset.label);
  readout.setAttribute("aria-valuemin", "0");
  readout.setAttribute("aria-valuemax", String(columns.length - 1));
  readout.setAttribute("aria-valuenow", String(at));
  readout.setAttribute("aria-valuetext", columns[at].dataset.detail);
  readout.hidden = false;

  const steps = { ArrowRight: 1, ArrowUp: 1, ArrowLeft: -1, ArrowDown: -1, PageUp: 7, PageDown: -7 };
  readout.addEventListener("focus", () => show(at));
  readout.addEventListener("keydown", (event) => {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    if (event.key in steps) show(at + steps[event.key]);
    else if (event.key === "Home") show(0);
    else if (event.key === "End") show(columns.length - 1);
    else return;
    event.preventDefault();
  });

  function follow(event) {
    const box = drawing.getBoundingClientRect();
    show(Math.floor(((event.clientX - box.left) / box.width) * columns.length));
  }
  drawing.addEventListener("pointermove", follow);
  drawing.addEventListener("pointerdown", follow);
}

/** Print with the tables open, and close again those that were closed. */
function printWithTables() {
  const closed = [...document.querySelectorAll("details.behind:not([open])")];
  for (const details of closed) details.open = true;
  addEventListener("afterprint", () => closed.forEach((details) => (details.open = false)), { once: true });
  print();
}

for (const readout of document.querySelectorAll("[data-explores]")) explore(readout);
for (const [id, act] of [
  ["print-page", () => print()],
  ["print-tables", printWithTables],
]) {
  const button = document.getElementById(id);
  if (!button) continue;
  button.hidden = false;
  button.addEventListener("click", act);
}

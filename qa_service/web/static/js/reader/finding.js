/** Finding words in the document: every place marked, one after the other come to. */
import { element } from "../dom.js";

const REST_MS = 150;
/** More than these are not marked: who finds so many looks for something else. */
const MOST = 999;
const LEFT_OUT = ".place, .ways, .notice";

/**
 * @param {HTMLFormElement} form the box with its buttons
 * @param {HTMLElement} text what is searched
 */
export function finds(form, text) {
  const box = form.querySelector("input");
  const [found, result] = [form.querySelector(".found"), form.querySelector("[role=status]")];
  const [previous, following] = [form.querySelector(".previous"), form.querySelector(".following")];
  let marks = [];
  let at = -1;
  let sought = "";
  let resting;

  function seek() {
    clearTimeout(resting);
    const words = box.value.trim();
    if (words === sought) return;
    sought = words;
    unmark(marks);
    marks = words ? mark(text, words) : [];
    at = -1;
    found.hidden = !words;
    previous.disabled = following.disabled = marks.length === 0;
    if (marks.length) go(firstBelow(marks));
    else result.textContent = words ? "没有找到" : "";
  }

  function go(to) {
    marks[at]?.classList.remove("here");
    at = (to + marks.length) % marks.length;
    marks[at].classList.add("here");
    marks[at].scrollIntoView({ block: "center" });
    result.textContent = `${at + 1}/${marks.length}${marks.length === MOST ? "+" : ""} 处`;
  }

  function step(by) {
    seek();
    if (marks.length) go(at + by);
  }

  form.hidden = false;
  box.addEventListener("input", () => {
    clearTimeout(resting);
    resting = setTimeout(seek, REST_MS);
  });
  form.addEventListener("submit", (event) => event.preventDefault());
  box.addEventListener("keydown", (event) => {
    // Enter that chooses a word of an input method is not meant for us.
    if (event.isComposing) return;
    if (event.key === "Enter") {
      event.preventDefault();
      if (box.value.trim() === sought) step(event.shiftKey ? -1 : 1);
      else seek();
    } else if (event.key === "Escape" && box.value) {
      event.preventDefault();
      box.value = "";
      seek();
    }
  });
  previous.addEventListener("click", () => step(-1));
  following.addEventListener("click", () => step(1));
}

/** Mark every occurrence, whatever its case. */
function mark(text, words) {
  const wanted = words.toLowerCase();
  const marks = [];
  for (const node of nodesOf(text)) {
    const lower = node.data.toLowerCase();
    const searched = lower.length === node.data.length ? lower : node.data;
    let rest = node;
    let from = 0;
    for (let at = searched.indexOf(wanted); at >= 0 && marks.length < MOST; at = searched.indexOf(wanted, from)) {
      const hit = rest.splitText(at - from);
      rest = hit.splitText(wanted.length);
      from = at + wanted.length;
      const made = element("mark");
      hit.replaceWith(made);
      made.append(hit);
      marks.push(made);
    }
  }
  return marks;
}

function nodesOf(text) {
  const walker = document.createTreeWalker(text, NodeFilter.SHOW_TEXT, {
    acceptNode: (node) =>
      node.parentElement.closest(LEFT_OUT) ? NodeFilter.FILTER_REJECT : NodeFilter.FILTER_ACCEPT,
  });
  const nodes = [];
  while (walker.nextNode()) nodes.push(walker.currentNode);
  return nodes;
}

function unmark(marks) {
  for (const made of marks) {
    const parent = made.parentNode;
    made.replaceWith(...made.childNodes);
    parent.normalize();
  }
}

/** Return the index of the first mark that is not above the window: one finds onward from where one reads. */
function firstBelow(marks) {
  const index = marks.findIndex((made) => made.getBoundingClientRect().top >= 0);
  return Math.max(index, 0);
}

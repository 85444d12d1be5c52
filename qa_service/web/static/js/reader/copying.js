/** A clause is copied as a link, as a citation, or word by word with where it stands. */
import { citation, quotation } from "../citing.js";
import { copiesOnPress } from "../clipboard.js";
import { element } from "../dom.js";
import { wordsOf } from "../words.js";

/** @param {HTMLElement} text the document's text, which says what document it is */
export function copies(text) {
  let open = null;

  function close() {
    open?.button.setAttribute("aria-expanded", "false");
    open?.ways.remove();
    open = null;
  }

  function press(clause, button) {
    const again = open?.button === button;
    close();
    if (again) return;
    const ways = waysOf(quoted(text, clause));
    clause.append(ways);
    button.setAttribute("aria-expanded", "true");
    open = { button, ways };
  }

  for (const clause of text.querySelectorAll(".clause")) {
    const name = [element("span", {}, "复制"), element("span", { class: "unseen" }, clause.dataset.location)];
    const button = element("button", { type: "button", class: "copy", "aria-expanded": "false" }, ...name);
    button.addEventListener("click", () => press(clause, button));
    clause.querySelector(".place").append(button);
  }
  text.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !open) return;
    const { button } = open;
    close();
    button.focus();
  });
}

/** Return a clause as `citing` takes it. */
function quoted(text, clause) {
  const { document, form, url } = text.dataset;
  const kind = wordsOf().forms[form];
  const lines = [...clause.querySelectorAll(".wording p")];
  return {
    document,
    location: clause.dataset.location,
    kind,
    text: lines.map((line) => line.textContent.trim()).join("\n"),
    url: `${url}#${encodeURIComponent(clause.id)}`,
    validity: { label: [text.dataset.validity, kind].filter(Boolean).join("；") },
  };
}

function waysOf(clause) {
  const ways = [
    ["链接", () => new URL(clause.url, location.origin).href],
    ["引用", () => citation(clause) + (clause.kind ? `（${clause.kind}）` : "")],
    ["全文和出处", () => quotation(clause)],
  ];
  const group = element("div", { class: "ways", role: "group", "aria-label": `复制${clause.location}` });
  for (const [name, text] of ways) {
    const button = element("button", { type: "button" }, name);
    copiesOnPress(button, text);
    group.append(button);
  }
  return group;
}

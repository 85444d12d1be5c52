/** Finding a clause as one types: a combobox over the search. */

import { call, Refusal } from "../api.js";
import { citation } from "../citing.js";
import { element } from "../dom.js";
import { whenSettled } from "../typing.js";

const WAIT_MS = 250;
const MOST = 8;
const LONGEST = 110;

/**
 * @param {HTMLInputElement} field
 * @param {HTMLUListElement} list
 * @param {HTMLElement} status says what was found, for those who do not see it
 * @param {(id: string, name: string) => void} chosen
 */
export function picks(field, list, status, chosen) {
  let asking;
  let hits = [];
  let at = -1;

  const close = () => {
    list.hidden = true;
    field.setAttribute("aria-expanded", "false");
    field.removeAttribute("aria-activedescendant");
    at = -1;
  };

  const stand = (place) => {
    at = place;
    for (const [n, option] of Array.from(list.children).entries()) {
      option.setAttribute("aria-selected", String(n === at));
      if (n === at) option.scrollIntoView({ block: "nearest" });
    }
    field.setAttribute("aria-activedescendant", `found-${at}`);
  };

  const choose = (place) => {
    const hit = hits[place];
    if (!hit) return;
    chosen(hit.passage_id, citation(hit));
    status.textContent = `已选 ${citation(hit)}`;
    field.value = "";
    close();
  };

  const show = (found) => {
    hits = found;
    list.replaceChildren(
      ...hits.map((hit, n) =>
        element(
          "li",
          { id: `found-${n}`, role: "option", "aria-selected": "false", onmousedown: (event) => (event.preventDefault(), choose(n)) },
          `${citation(hit)}（${hit.validity.label}）`,
          element("span", { class: "hint" }, hit.text.length > LONGEST ? `${hit.text.slice(0, LONGEST)}……` : hit.text),
        ),
      ),
    );
    status.textContent = hits.length ? `找到 ${hits.length} 条` : "没有找到条款";
    if (!hits.length) return close();
    list.hidden = false;
    field.setAttribute("aria-expanded", "true");
    stand(0);
  };

  const search = async () => {
    asking?.abort();
    const asked = field.value.trim();
    if (!asked) return close();
    asking = new AbortController();
    try {
      const { hits: found } = await call(`/api/v1/search?k=${MOST}&q=${encodeURIComponent(asked)}`, { signal: asking.signal });
      if (field.value.trim() === asked) show(found);
    } catch (error) {
      if (!(error instanceof Refusal)) return;
      close();
      status.textContent = error.message;
    }
  };

  whenSettled(field, search, WAIT_MS);
  field.addEventListener("keydown", (event) => {
    if (event.isComposing) return;
    if (event.key === "Enter") {
      event.preventDefault();
      if (!list.hidden) choose(at);
    } else if (event.key === "Escape") close();
    else if (!list.hidden && event.key === "ArrowDown") stand((at + 1) % hits.length);
    else if (!list.hidden && event.key === "ArrowUp") stand((at + hits.length - 1) % hits.length);
    else return;
    if (event.key.startsWith("Arrow")) event.preventDefault();
  });
  field.addEventListener("blur", close);
  // Who was quicker than this script has typed already.
  if (field.value) search();
}

/** Arriving at the place that the address names: it is shown whole and marked, and where there is none, that is said. */
import { element } from "../dom.js";

/** So much of the window may a clause fill to be shown from its beginning although one of its parts was asked for. */
const FITS = 0.75;

/** Return the place that the address names; "" for none. What cannot be decoded is taken as it stands. */
function asked() {
  const fragment = location.hash.slice(1);
  try {
    return decodeURIComponent(fragment);
  } catch {
    return fragment;
  }
}

/** Return the element of a place; 第六十五条第二款 stands in 第六十五条, and so does a part that there no longer is. */
function placeOf(key) {
  const clause = key.replace(/~\d+$/, "").replace(/(条(?:之[一二三四五六七八九十]+)?)第.+[款项目]$/, "$1");
  return document.getElementById(key) ?? document.getElementById(clause);
}

/** A clause is shown with the heading right above it. */
function opening(clause) {
  const before = clause.previousElementSibling;
  return before?.matches(".heading") ? before : clause;
}

/**
 * @param {HTMLElement} text the document's text
 * @param {HTMLElement} lost where is said that there is no such place
 */
export function arrives(text, lost) {
  function arrive() {
    text.querySelectorAll(".reached").forEach((before) => before.classList.remove("reached"));
    const key = asked();
    const place = key ? placeOf(key) : null;
    lost.hidden = !key || place !== null;
    if (!lost.hidden) {
      say(lost, key);
      lost.scrollIntoView({ block: "center" });
      return;
    }
    if (!place || !text.contains(place)) return;
    const clause = place.closest(".clause");
    clause?.classList.add("reached");
    (clause && clause.offsetHeight < innerHeight * FITS ? opening(clause) : place).scrollIntoView({ block: "start" });
  }

  addEventListener("hashchange", arrive);
  arrive();
  // Fonts and style sheets that come late move what was scrolled to.
  if (document.readyState !== "complete") addEventListener("load", arrive, { once: true });
}

function say(lost, key) {
  lost.replaceChildren(
    element("strong", {}, "没有找到这一处"),
    `本文件中没有“${key.slice(0, 60)}”，编号可能已经变动。请在目录中选择，或查找其中的字句；也可以`,
    element("a", { href: `/?q=${encodeURIComponent(key.slice(0, 60))}` }, "直接提问"),
    "。",
  );
}

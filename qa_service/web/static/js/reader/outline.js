/** The outline says where one is reading, and is put away on a phone when a place was chosen. */

/** What stands within so many lines below the bar is being read: a clause that was arrived at, under its heading. */
const NEAR_REM = 4;

/**
 * @param {HTMLElement[]} outlines the same outline, for wide windows and for narrow ones
 * @param {HTMLDetailsElement} fold what the narrow one is folded in
 */
export function follows(outlines, fold) {
  const links = outlines.map((outline) => [...outline.querySelectorAll('a[href^="#"]')]);
  const places = links[0].map((link) => document.getElementById(decodeURIComponent(link.hash.slice(1))));
  if (!places.length || places.includes(null)) return;
  let current = -1;
  let awaited = false;

  function near() {
    return NEAR_REM * parseFloat(getComputedStyle(document.documentElement).fontSize);
  }

  function reading() {
    if (scrollY > 0 && scrollY + innerHeight >= document.documentElement.scrollHeight - 2) {
      const marked = places.findIndex((place) => place.classList.contains("reached"));
      return marked >= 0 && marked > lastAbove(places, near()) ? marked : places.length - 1;
    }
    return lastAbove(places, parseFloat(getComputedStyle(places[0]).scrollMarginTop) + near());
  }

  function follow() {
    awaited = false;
    const now = reading();
    if (now === current) return;
    for (const [which, outline] of outlines.entries()) {
      links[which][current]?.removeAttribute("aria-current");
      const link = links[which][now];
      link?.setAttribute("aria-current", "location");
      if (link) show(link, outline);
    }
    current = now;
  }

  function soon() {
    if (awaited) return;
    awaited = true;
    requestAnimationFrame(follow);
  }

  addEventListener("scroll", soon, { passive: true });
  addEventListener("resize", soon);
  fold.addEventListener("toggle", () => {
    const link = fold.querySelector("[aria-current]");
    if (fold.open && link) show(link, fold.querySelector("nav"));
  });
  fold.addEventListener("click", (event) => {
    if (event.target.closest("a")) fold.open = false;
  });
  addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !fold.open) return;
    fold.open = false;
    fold.querySelector("summary").focus();
  });
  document.addEventListener("click", (event) => {
    if (fold.open && !fold.contains(event.target)) fold.open = false;
  });
  follow();
}

/** Return the index of the last place that begins above a line, in pixels of the window; -1 where none does. */
function lastAbove(places, line) {
  let [low, high] = [0, places.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (places[middle].getBoundingClientRect().top <= line) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

/** Scroll the outline, and nothing else, until a link is in it. */
function show(link, outline) {
  const [box, frame] = [link.getBoundingClientRect(), outline.getBoundingClientRect()];
  if (box.top < frame.top + box.height) outline.scrollTop -= frame.top + box.height - box.top;
  else if (box.bottom > frame.bottom - box.height) outline.scrollTop += box.bottom - frame.bottom + box.height;
}

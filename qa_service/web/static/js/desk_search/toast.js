/** A sentence that says how something went, for a moment. */

const LASTS_MS = 3500;
let again;

/** Say it. */
export function tell(sentence) {
  const toast = document.getElementById("toast");
  toast.textContent = sentence;
  toast.hidden = false;
  clearTimeout(again);
  again = setTimeout(() => {
    toast.hidden = true;
    toast.textContent = "";
  }, LASTS_MS);
}

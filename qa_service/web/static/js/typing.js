/** A field's text as it settles: after a pause in typing, and never while pinyin is still being composed. */

const PAUSE_MS = 150;

/**
 * Call back when what is typed in a field has settled.
 * @param {HTMLInputElement} field
 * @param {() => void} settled
 * @param {number} [pause] how long nothing is typed until it counts as settled, in milliseconds
 * @returns {{cancel: () => void}} what forgets a text that is about to settle
 */
export function whenSettled(field, settled, pause = PAUSE_MS) {
  let waiting;
  let composing = false;

  function cancel() {
    clearTimeout(waiting);
  }
  function wait() {
    cancel();
    waiting = setTimeout(settled, pause);
  }

  field.addEventListener("compositionstart", () => {
    composing = true;
    cancel();
  });
  field.addEventListener("compositionend", () => {
    composing = false;
    wait();
  });
  field.addEventListener("input", (event) => {
    if (!composing && !event.isComposing) wait();
  });
  return { cancel };
}

/** Single keys that do something on a page. Nobody who types, composes or holds a modifier loses one to them. */

const KEPT = "qa-desk-keys";
const TYPING = "input:not([type=checkbox]):not([type=radio]):not([type=button]), textarea, select, [contenteditable]";

/** Whether somebody wants the keys: chosen in the help, kept in this browser. */
export function keysAreOn() {
  try {
    return localStorage.getItem(KEPT) !== "off";
  } catch {
    return true;
  }
}

/** Keep whether somebody wants the keys. */
export function keepKeys(on) {
  try {
    localStorage.setItem(KEPT, on ? "on" : "off");
  } catch {
    // Without storage, it lasts as long as the page.
  }
}

/** Return what a key is called here: `c`, `Shift+C`, `?`, `ArrowDown`; with Caps Lock `c` is still `c`. */
function nameOf({ key, shiftKey }) {
  if (!/^[a-z]$/i.test(key)) return key;
  return shiftKey ? `Shift+${key.toUpperCase()}` : key.toLowerCase();
}

/**
 * Listen for keys.
 * @param {Object<string, (event: KeyboardEvent) => boolean|void>} does what each does; false where it did nothing, so
 *   that the browser does as usual
 * @param {() => boolean} on whether they do anything at the moment
 */
export function listenForKeys(does, on) {
  document.addEventListener("keydown", (event) => {
    if (event.defaultPrevented || event.isComposing || event.ctrlKey || event.altKey || event.metaKey) return;
    if (event.target.closest?.(TYPING) || document.querySelector("dialog[open]")) return;
    const name = nameOf(event);
    if (name.length === 1 && !on()) return;
    if (name.startsWith("Shift+") && !on()) return;
    const act = Object.prototype.hasOwnProperty.call(does, name) ? does[name] : null;
    if (act && act(event) !== false) event.preventDefault();
  });
}

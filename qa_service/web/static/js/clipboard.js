/** Copying, and saying that it was done. */

const CHINESE = { copied: "已复制", notCopied: "没能复制，请手动选中" };

/**
 * Put a text on the clipboard.
 * @param {string} text
 * @returns {Promise<boolean>} whether it is there
 */
export async function copy(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return copyTheOldWay(text);
  }
}

/** Pages that are not served over https have no clipboard to write to, in an office network's http for one. */
function copyTheOldWay(text) {
  const area = document.createElement("textarea");
  area.value = text;
  area.setAttribute("readonly", "");
  area.className = "unseen";
  const focused = document.activeElement;
  document.body.append(area);
  area.select();
  let done = false;
  try {
    done = document.execCommand("copy");
  } catch {
    done = false;
  }
  area.remove();
  focused?.focus?.({ preventScroll: true });
  return done;
}

/**
 * Copy at a button's press, and say on the button how it went, for a moment.
 * @param {HTMLElement} button
 * @param {() => string | Promise<string>} text
 * @param {{copied: string, notCopied: string}} [words]
 */
export function copiesOnPress(button, text, words = CHINESE) {
  const usual = button.textContent;
  let again;
  button.setAttribute("aria-live", "polite");
  button.addEventListener("click", async () => {
    button.textContent = (await copy(await text())) ? words.copied : words.notCopied;
    clearTimeout(again);
    again = setTimeout(() => (button.textContent = usual), 2000);
  });
}

/** Copying what keeps its form in Word, and is plain text where there is none. */

/**
 * Put a text on the clipboard, as HTML and plain.
 * @param {{html: string, text: string}} what
 * @returns {Promise<boolean>} whether it is there
 */
export async function copyRich({ html, text }) {
  try {
    const item = new ClipboardItem({
      "text/html": new Blob([html], { type: "text/html" }),
      "text/plain": new Blob([text], { type: "text/plain" }),
    });
    await navigator.clipboard.write([item]);
    return true;
  } catch {
    return copyByEvent(html, text);
  }
}

/** Where a page has no clipboard to write to, http in an office network for one, a copy can still be answered. */
function copyByEvent(html, text) {
  let answered = false;
  function answer(event) {
    event.preventDefault();
    event.stopImmediatePropagation();
    event.clipboardData.setData("text/html", html);
    event.clipboardData.setData("text/plain", text);
    answered = true;
  }
  document.addEventListener("copy", answer, { capture: true });
  try {
    return document.execCommand("copy") && answered;
  } catch {
    return false;
  } finally {
    document.removeEventListener("copy", answer, { capture: true });
  }
}

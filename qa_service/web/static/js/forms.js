/** Forms of the desk that are sent by a script: one at a time, and what goes wrong is said in the form. */

/**
 * Let a form be sent by a script.
 * @param {HTMLFormElement|null} form nothing is done where the page has none
 * @param {(form: HTMLFormElement) => Promise<void>} send throws what went wrong
 * @param {(error: Error) => void} [failed] is told of it as well
 */
export function sends(form, send, failed = () => {}) {
  if (!form) return;
  const fault = form.querySelector("[role=alert]");
  const button = form.querySelector("button:not([type=button])");
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    if (button.disabled) return;
    button.disabled = true;
    fault.hidden = true;
    try {
      await send(form);
    } catch (error) {
      fault.textContent = error.message;
      fault.hidden = false;
      failed(error);
    } finally {
      button.disabled = false;
    }
  });
}

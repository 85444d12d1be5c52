/** One curated answer: approved anew, or withdrawn after a second press. */

import { call } from "../api.js";
import { sends } from "../forms.js";

/** Say where what is done to a form's answer goes. */
function address(form, what) {
  return `/api/v1/staff/curated/${encodeURIComponent(form.dataset.answer)}/${what}`;
}

const renewing = document.getElementById("renew");
sends(
  renewing,
  async (form) => {
    const given = new FormData(form);
    await call(address(form, "renew"), { json: { expires: given.get("expires"), force: given.get("force") === "on" } });
    location.reload();
  },
  (error) => {
    const fault = renewing.querySelector("[role=alert]");
    const faults = error.problem?.errors ?? [];
    if (faults.length && faults[0].message) fault.textContent = faults.map(({ message }) => said(message)).join("\n");
    if (faults.some(({ field }) => field === "force")) document.getElementById("force-label").hidden = false;
  },
);

/** Leave out what is only for the command line. */
function said(message) {
  return message.replace("（核对无误的，加 --force）", "。核对无误的，请勾选后再审核");
}

const withdrawing = document.getElementById("withdraw");
if (withdrawing) {
  const button = withdrawing.querySelector("button");
  const usual = button.textContent;
  sends(withdrawing, async (form) => {
    if (button.textContent === usual) {
      button.textContent = "确定停用？再按一次";
      setTimeout(() => (button.textContent = usual), 6000);
      return;
    }
    await call(address(form, "withdraw"), { method: "POST" });
    location.reload();
  });
}

/** One gap: what staff decide on it. */

import { call } from "../api.js";
import { sends } from "../forms.js";

/** Say where the decisions on a form's gap are. */
function address(form, what) {
  return `/api/v1/staff/gaps/${form.dataset.gap}/${what}?${form.dataset.period}`;
}

sends(document.getElementById("decide"), async (form) => {
  const given = new FormData(form);
  const comment = given.get("comment").trim();
  await call(address(form, "decide"), {
    json: { outcome: given.get("outcome"), comment, also: given.getAll("also") },
  });
  location.assign(`/desk/gaps?${form.dataset.period}`);
});

sends(document.getElementById("undo"), async (form) => {
  await call(address(form, "undo"), { json: { comment: new FormData(form).get("comment").trim() } });
  location.reload();
});

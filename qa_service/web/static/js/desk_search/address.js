/** What is looked for, as it stands in the form and in the address: either can be made of the other. */

const FILTERS = ["document", "level", "topic", "form", "in_force"];

/** Read the form: a name to each value that is not empty. */
export function lookedFor(form) {
  const given = new FormData(form);
  const looked = {};
  for (const name of ["q", ...FILTERS]) {
    const value = String(given.get(name) ?? "").trim();
    if (value) looked[name] = value;
  }
  return looked;
}

/** Write an address's search into the form. */
export function fillIn(form, search) {
  const given = new URLSearchParams(search);
  form.elements.q.value = given.get("q") ?? "";
  for (const name of FILTERS.slice(0, -1)) {
    const select = form.elements[name];
    select.value = given.get(name) ?? "";
    if (select.selectedIndex < 0) select.value = "";
  }
  form.elements.in_force.checked = Boolean(given.get("in_force"));
}

/** How many filters there are. */
export function filtersIn(looked) {
  return FILTERS.filter((name) => name in looked).length;
}

/** Return the page's address with what is looked for, and beside it what is opened. */
export function addressOf(looked, beside = {}) {
  const given = new URLSearchParams(looked);
  for (const [name, value] of Object.entries(beside)) {
    if (value) given.set(name, value);
  }
  const query = given.toString();
  return query ? `/desk?${query}` : "/desk";
}

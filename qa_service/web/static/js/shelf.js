/** The list of documents narrows as one types and chooses; the address follows, and without scripts the form does it. */

const form = document.querySelector(".narrowing");
const result = document.querySelector(".result");
const none = document.querySelector(".none");
const clear = form.querySelector(".clear");
const books = [...document.querySelectorAll(".book")];
const groups = [...document.querySelectorAll(".group")];
const total = Number(result.dataset.total);

/** As the server folds what it compares. */
function folded(text) {
  return text.normalize("NFKC").toLowerCase();
}

function wanted() {
  return Object.fromEntries([...new FormData(form)].map(([name, value]) => [name, String(value).trim()]));
}

function meets(book, { words, level, topic, force, form: kind }) {
  const { dataset } = book;
  return (
    folded(words).split(/\s+/).every((word) => dataset.names.includes(word)) &&
    (!level || dataset.level === level) &&
    (!topic || dataset.topics.split(" ").includes(topic)) &&
    (!force || dataset.force === force) &&
    (!kind || dataset.form === kind)
  );
}

/** Write how many there are: to the eye at once, to who listens when the typing rests. */
let said;
function say(found, restricts) {
  clearTimeout(said);
  said = setTimeout(() => {
    const count = document.createElement("strong");
    count.textContent = String(found);
    if (restricts) result.replaceChildren("符合条件的有 ", count, ` 份，共 ${total} 份。`);
    else result.replaceChildren("共 ", count, " 份。");
  }, 150);
}

function narrow() {
  const asked = wanted();
  const restricts = ["words", "level", "topic", "force", "form"].some((name) => asked[name]);
  let found = 0;
  for (const book of books) {
    book.hidden = !meets(book, asked);
    found += Number(!book.hidden);
  }
  for (const group of groups) {
    const here = group.querySelectorAll(".book:not([hidden])").length;
    const link = document.querySelector(`.jump [data-group="${group.id}"]`);
    group.hidden = link.hidden = here === 0;
    link.querySelector(".count").textContent = String(here);
    group.querySelector("h2 .count").childNodes[1].textContent = String(here);
  }
  none.hidden = found > 0 || total === 0;
  clear.hidden = !restricts;
  say(found, restricts);
  rememberSoon();
}

/** The address says what is shown: it can be kept, sent, and come back to. */
function remember() {
  clearTimeout(kept);
  const query = new URLSearchParams(Object.entries(wanted()).filter(([name, value]) => value && value !== standard(name)));
  history.replaceState(null, "", `/documents${String(query) && "?"}${query}${location.hash}`);
}

/** A browser refuses to have its address changed at every letter. */
let kept;
function rememberSoon() {
  clearTimeout(kept);
  kept = setTimeout(remember, 300);
}

function standard(name) {
  return name === "order" ? "name" : "";
}

function order() {
  const byDate = form.elements.order.value === "date";
  const compare = (a, b) => (byDate && b.dataset.date.localeCompare(a.dataset.date)) || a.dataset.rank - b.dataset.rank;
  for (const list of document.querySelectorAll(".books")) list.append(...[...list.children].sort(compare));
}

function begin() {
  form.addEventListener("input", narrow);
  form.addEventListener("change", remember);
  form.elements.order.addEventListener("change", order);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    narrow();
  });
  clear.addEventListener("click", (event) => {
    event.preventDefault();
    for (const field of form.querySelectorAll("input, select")) if (field.name !== "order") field.value = "";
    narrow();
    form.elements.words.focus();
  });
  // What a browser fills in when one comes back is not what the server narrowed to.
  narrow();
  order();
}

begin();

/** The desk's documents: files dropped and sent with their progress, the list sifted, the way to the answers watched. */
import { call } from "./api.js";

const EVERY_MS = 1000;
const TITLES = {
  rebuilding: "正在重建索引",
  switching: "正在换用新索引",
  live: "现在的文件都已在用",
  failed: "索引没有建成",
  stale: "语料已改，索引还没有重建",
};
const AT = { rebuilding: 1, failed: 1, stale: 1, switching: 2, live: 3 };
const UNDER_WAY = new Set(["rebuilding", "switching"]);

const upload = document.getElementById("upload");
if (upload) letSend(upload);
const progress = document.getElementById("progress");
if (progress && UNDER_WAY.has(progress.dataset.step)) watch(progress);
const sift = document.getElementById("sift");
if (sift) letSift(sift);

/** Let files be dropped on a form, and send it without leaving the page before it is taken. */
function letSend(form) {
  const files = form.elements.files;
  const drop = document.getElementById("drop");
  for (const name of ["dragenter", "dragover"]) {
    drop.addEventListener(name, (event) => {
      event.preventDefault();
      drop.classList.add("over");
    });
  }
  for (const name of ["dragleave", "drop"]) {
    drop.addEventListener(name, () => drop.classList.remove("over"));
  }
  drop.addEventListener("drop", (event) => {
    event.preventDefault();
    if (event.dataTransfer.files.length) files.files = event.dataTransfer.files;
  });
  // A file that misses its place must not take the page's.
  for (const name of ["dragover", "drop"]) window.addEventListener(name, (event) => event.preventDefault());
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    send(form);
  });
}

function send(form) {
  const button = form.querySelector("button");
  const sending = document.getElementById("sending");
  const sent = document.getElementById("sent");
  const error = document.getElementById("upload-error");
  if (!form.elements.files.files.length && !form.elements.addresses.value.trim()) {
    refuse("没有选文件，也没有写网址。请选好后再上传。");
    form.elements.files.focus();
    return;
  }
  error.hidden = true;
  sending.hidden = false;
  button.disabled = true;
  sent.textContent = "正在上传…";

  // fetch does not tell how much of a body is sent.
  const request = new XMLHttpRequest();
  request.open("POST", "/api/v1/staff/imports");
  request.setRequestHeader("Accept", "application/json");
  request.setRequestHeader("X-CSRF-Token", document.querySelector('meta[name="csrf-token"]').content);
  request.upload.addEventListener("progress", (event) => {
    if (!event.lengthComputable) return;
    sending.querySelector("progress").value = (100 * event.loaded) / event.total;
    if (event.loaded === event.total) sent.textContent = "已传完，正在读…";
  });
  request.addEventListener("load", () => {
    const answer = parsed(request.responseText);
    if (request.status === 201) location.assign(`/desk/documents/imports/${answer.id}`);
    else refuse(answer.detail || `服务没有收下（${request.status}）。请稍后再试。`);
  });
  request.addEventListener("error", () => refuse("连接断了，没有传完。请检查网络后再上传。"));
  const body = new FormData();
  for (const file of form.elements.files.files) body.append("files", file);
  body.append("addresses", form.elements.addresses.value);
  request.send(body);

  function refuse(sentence) {
    sending.hidden = true;
    button.disabled = false;
    error.textContent = sentence;
    error.hidden = false;
  }
}

function parsed(text) {
  try {
    return JSON.parse(text);
  } catch {
    return {};
  }
}

/** Ask again and again how far the latest change is, until it is answered from or has failed. */
async function watch(panel) {
  const said = panel.querySelector("#progress-said");
  let step = panel.dataset.step;
  let live = 0;
  while (UNDER_WAY.has(step) || live === 1) {
    await new Promise((resolve) => setTimeout(resolve, EVERY_MS));
    let now;
    try {
      now = await call("/api/v1/staff/imports/progress");
    } catch (refusal) {
      panel.querySelector(".doing").textContent = refusal.message;
      if (refusal.status === 401 || refusal.status === 403) return;
      continue;
    }
    // Another process may be a moment behind: twice in a row is enough.
    live = now.step === "live" ? live + 1 : 0;
    if (live === 1) continue;
    if (now.step !== step) said.textContent = TITLES[now.step];
    step = now.step;
    show(panel, now);
  }
}

function show(panel, now) {
  panel.dataset.step = now.step;
  panel.querySelector("h2").textContent = TITLES[now.step];
  panel.querySelector("progress").value = now.percent;
  panel.querySelector(".percent").textContent = `${now.percent}%`;
  panel.querySelector(".doing").textContent = now.stage;
  panel.querySelector(".why").textContent = now.said;
  panel.querySelectorAll(".steps li").forEach((item, index) => {
    const current = index === AT[now.step] && UNDER_WAY.has(now.step);
    item.className = index < AT[now.step] ? "done" : current ? "now" : index === AT[now.step] ? "halted" : "";
    item.querySelector(".state").textContent = index < AT[now.step] ? "，已完成" : "";
    if (current) item.setAttribute("aria-current", "step");
    else item.removeAttribute("aria-current");
  });
  for (const part of document.querySelectorAll("[data-when]")) {
    part.hidden = !part.dataset.when.split(" ").includes(now.step);
  }
}

/** Let the list be narrowed to what somebody looks for. */
function letSift(part) {
  const box = part.querySelector("input");
  const count = part.querySelector("#sift-count");
  const rows = [...document.querySelectorAll("#all tbody tr")];
  part.hidden = false;
  box.addEventListener("input", () => {
    const words = box.value.toLowerCase().split(/\s+/).filter(Boolean);
    let left = 0;
    for (const row of rows) {
      const text = row.textContent.toLowerCase();
      row.hidden = !words.every((word) => text.includes(word));
      left += row.hidden ? 0 : 1;
    }
    count.textContent = words.length ? `${left} 份` : "";
  });
}

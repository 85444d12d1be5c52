/** Setting up the widget: the line to copy, and the widget itself as it would look. */

import { copiesOnPress } from "./clipboard.js";
import { Widget } from "./widget.js";

const DEFAULTS = { color: "#0b5261", position: "right", theme: "auto", size: "normal", language: "zh-CN" };
const form = document.getElementById("look");
const code = document.getElementById("code");

/** What was chosen that differs from what would be anyway, by attribute. */
function chosen() {
  const found = {};
  for (const field of form.elements) {
    const value = field.id === "suggestions" ? field.value.split("\n").map((line) => line.trim()).filter(Boolean).join("|") : field.value.trim();
    if (value && value !== DEFAULTS[field.id]) found[field.id] = value;
  }
  return found;
}

function escaped(value) {
  return value.replace(/&/g, "&amp;").replace(/"/g, "&quot;").replace(/</g, "&lt;");
}

function line(attributes) {
  const data = Object.entries(attributes).map(([name, value]) => ` data-${name}="${escaped(value)}"`);
  return `<script src="${escaped(code.dataset.script)}"${data.join("")} async></script>`;
}

customElements.define("qa-widget", Widget);
const widget = document.createElement("qa-widget");
document.body.append(widget);

function show() {
  const attributes = chosen();
  code.textContent = line(attributes);
  for (const field of form.elements) {
    if (field.id in attributes) widget.setAttribute(field.id, attributes[field.id]);
    else widget.removeAttribute(field.id);
  }
}

form.addEventListener("input", show);
form.addEventListener("submit", (event) => event.preventDefault());
const copy = document.getElementById("copy");
copy.hidden = false;
copiesOnPress(copy, () => code.textContent);
show();

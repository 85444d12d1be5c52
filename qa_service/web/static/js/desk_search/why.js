/** Why a passage ranks where it does, and how what was typed was read: in words, with small bars. */

import { element } from "../dom.js";

const NAMED = "clause";
const SHOWN = 5;
const MUCH = 0.15;
const MOST_NAMED = 3;

/** The most that anything but a named clause adds to a passage: what the bars are measured by. */
export function scaleOf(hits) {
  const added = hits.flatMap((hit) => hit.reasons.filter((reason) => reason.name !== NAMED).map((r) => Math.abs(r.score)));
  return Math.max(0.01, ...added);
}

/** Return what speaks for a passage. */
export function why(hit, scale) {
  return element(
    "div",
    { class: "why" },
    element("p", {}, inWords(hit)),
    element("div", { class: "why-bars", "aria-hidden": "true" }, hit.reasons.slice(0, SHOWN).flatMap((r) => bar(r, scale))),
  );
}

function inWords({ rank, reasons, asked }) {
  const total = reasons.reduce((sum, reason) => sum + Math.max(0, reason.score), 0) || 1;
  const named = reasons.find((reason) => reason.name === NAMED);
  const main = reasons.filter((reason) => reason.score / total >= MUCH).slice(0, MOST_NAMED).map((reason) => reason.label);
  const against = reasons.filter((reason) => reason.score < 0).map((reason) => reason.label);
  const said = [`第 ${rank} 条`];
  if (named) said.push("检索里点了这一条的名");
  else if (main.length) said.push(`主要凭${main.join("、")}`);
  else said.push("几项依据都沾一点，没有特别突出的");
  if (against.length) said.push(`${against.join("、")}对不上，减了分`);
  const nearest = asked ? `最相近的日常问法是“${asked}”。` : "";
  return `${said.join("，")}。${nearest}`;
}

function bar({ label, score }, scale) {
  const filled = element("span");
  filled.style.width = `${Math.min(100, (Math.abs(score) / scale) * 100)}%`;
  return [
    element("span", {}, label),
    element("span", { class: score < 0 ? "bar against" : "bar" }, filled),
    element("span", { class: "why-figure" }, score.toFixed(1)),
  ];
}

/** Return how what was typed was read, as a sentence. */
export function readInWords({ understood, read }) {
  const said = [];
  if (understood) said.push(`按“${understood}”检索`);
  if (read.documents.length) said.push(`点名文件：${read.documents.map((title) => `《${title}》`).join("")}`);
  if (read.clauses.length) said.push(`点名条款：${read.clauses.join("、")}`);
  if (read.asks.length) said.push(`问的是：${read.asks.join("；")}`);
  if (read.topics.length) said.push(`主题：${read.topics.join("、")}`);
  if (read.official.length) said.push(`一并查找：${read.official.join("、")}`);
  return said.length ? `怎样理解：${said.join("。")}。` : "怎样理解：按词语和含义查找，没有认出点名的文件、条款或所问的种类。";
}

/** Passages and answers as they are sent on: short and plain for WeChat, with their form for Word. */

import { element } from "../dom.js";
import { formLabel } from "./badges.js";

const LONGEST = 300;
const ARTICLE = /^第\S*条\S*(?= )/;

/** Return 《…》第…条 as it is written in a letter: without the heading that notes give an article in their own words. */
export function citation({ document, location, form }) {
  const article = form === "notes" ? ARTICLE.exec(location) : null;
  return `《${document}》${article ? article[0] : location}`;
}

/** Return where a quoted passage is read, with the host that the public knows. */
export function linkTo(quoted, origin) {
  return new URL(quoted.url, origin || location.origin).href;
}

/** Return a text that is not too long for a message: whole, or whole sentences of it and a word that it goes on. */
export function short(text, longest = LONGEST) {
  const characters = Array.from(text.trim());
  if (characters.length <= longest) return characters.join("");
  const cut = characters.slice(0, longest).join("");
  const end = Math.max(cut.lastIndexOf("。"), cut.lastIndexOf("；"), cut.lastIndexOf("\n"));
  return `${(end > longest / 3 ? cut.slice(0, end + 1) : cut).trim()}……（节选，全文见链接）`;
}

function standing({ validity, form }) {
  return [formLabel(form), validity.state === "in_force" ? "" : validity.label].filter(Boolean).join("，");
}

/** Return a passage for a message. */
export function passageForWechat(quoted, origin) {
  const said = standing(quoted);
  return [short(quoted.text), `——${citation(quoted)}${said ? `（${said}）` : ""}`, linkTo(quoted, origin)].join("\n");
}

/** Return an answer for a message: what is said, the grounds it names, the first's link. */
export function answerForWechat(answer, origin) {
  const said = answer.answer.replace(/\[\d{1,2}\]/g, "").trim();
  const cited = answer.citations.filter((c) => answer.answer.includes(`[${c.n}]`));
  const lines = [said];
  for (const c of cited) {
    const about = standing(c);
    lines.push(`——${citation(c)}${about ? `（${about}）` : ""}`);
  }
  if (cited.length) lines.push(linkTo(cited[0], origin));
  return lines.join("\n");
}

/** Return a passage as plain text with all that belongs to it: where it stands, whether it is in force, its link. */
export function passageInFull(quoted, origin) {
  const about = [formLabel(quoted.form), quoted.validity.label, quoted.validity.note].filter(Boolean).join("，");
  return [`${citation(quoted)}（${about}）`, quoted.text, linkTo(quoted, origin)].join("\n");
}

/** Return passages, after an answer if there is one, for Word: as HTML, and as plain text for what takes no other. */
export function forWord(passages, origin, answered = null) {
  const holder = element("div");
  const plain = [];
  if (answered) {
    holder.append(element("h2", {}, answered.question), ...paragraphs(answered.answer));
    plain.push(answered.question, answered.answer, "");
  }
  passages.forEach((quoted, n) => {
    const numbered = passages.length > 1 || answered ? `${quoted.n ? `[${quoted.n}]` : `${n + 1}.`} ` : "";
    const about = [formLabel(quoted.form), `效力：${quoted.validity.label}`, quoted.validity.note].filter(Boolean);
    holder.append(
      element("h3", {}, numbered + citation(quoted)),
      element("p", {}, element("i", {}, about.join("，"))),
      element("blockquote", {}, paragraphs(quoted.text)),
      element("p", {}, "原文：", element("a", { href: linkTo(quoted, origin) }, linkTo(quoted, origin))),
    );
    plain.push(numbered + passageInFull(quoted, origin), "");
  });
  holder.append(element("p", {}, "以官方发布为准。"));
  plain.push("以官方发布为准。");
  return { html: holder.innerHTML, text: plain.join("\n") };
}

function paragraphs(text) {
  return text.split("\n").filter((line) => line.trim()).map((line) => element("p", {}, line));
}

/** One passage beside the list: its text, whether it is in force, what is to change, and the clauses around it. */

import { element, marked } from "../dom.js";
import { citation } from "../citing.js";
import { badges } from "./badges.js";
import { button, toCurated } from "./buttons.js";

/**
 * Return the contents of the pane.
 * @param {object} quoted the passage, as it is quoted
 * @param {object|null} around what stands around it (ConsultedOut); null where it is not known yet
 * @param {{back: () => void, open: (quoted: object) => void, addressOf: (quoted: object) => string,
 *   wechat: () => void, word: () => void, cite: () => void, pick: () => void, isChosen: boolean,
 *   question: string, mayWrite: boolean}} does
 * @returns {Array<Node>}
 */
export function passageContents(quoted, around, does) {
  return [
    button("‹ 返回结果", does.back, { class: "button back" }),
    around && path(quoted, around),
    element("h2", { id: "pane-title", tabindex: "-1" }, citation(quoted)),
    element("p", { class: "standing-line" }, badges(quoted), quoted.validity.note),
    around && changes(around),
    element("blockquote", { class: "original" }, marked(quoted.text, quoted.highlights)),
    around?.parts > 1 && element("p", { class: "hint" }, `这一条较长，分成 ${around.parts} 段，这是第 ${around.part} 段。`),
    element(
      "div",
      { class: "pane-actions" },
      button("复制到微信", does.wechat),
      button("复制到 Word", does.word),
      button(["复制引用", element("kbd", {}, "c")], does.cite, { "aria-keyshortcuts": "c" }),
      button([does.isChosen ? "已选入" : "选入", element("kbd", {}, "x")], does.pick, {
        "aria-pressed": String(does.isChosen),
        "aria-keyshortcuts": "x",
        id: "pick-opened",
      }),
      element("a", { class: "button", href: quoted.url, target: "_blank", rel: "noopener" }, "在全文中打开", element("span", { class: "unseen" }, "（新窗口）")),
      does.mayWrite && element("a", { class: "button", href: toCurated(does.question, quoted.passage_id) }, "写人工审核的答案"),
    ),
    around ? neighbours(around, does) : element("p", { class: "hint", id: "around" }, "正在取前后条……"),
    around && facts(around),
  ].filter(Boolean);
}

/** The headings above a passage, without its document's title and its own, which stand below them. */
function path({ document, location }, { heading_path }) {
  const above = heading_path.filter((heading) => heading !== document && heading !== location);
  return above.length > 0 && element("p", { class: "path" }, above.join(" › "));
}

function changes({ coming, replaced_by, amended_by }) {
  const said = [];
  if (replaced_by) said.push(notice("现行的是", `《${replaced_by.document}》。`, replaced_by.url, "查看现行文件"));
  if (coming) said.push(comingNotice(coming));
  if (amended_by) said.push(notice("按修改合并：", `文字已按《${amended_by.document}》合并，由本服务整理。`, amended_by.url, "查看修改通知"));
  return said.length ? element("div", {}, said) : null;
}

function comingNotice({ document, effective, text, unchanged, url }) {
  const when = `《${document}》自${chineseDate(effective)}起施行`;
  if (unchanged) return notice("将有新版本：", `${when}，这一条没有变化。`, url, "查看新版本");
  if (text === null) return notice("将有新版本：", `${when}，这一条届时可能不同。`, url, "查看新版本");
  const after = notice("将有新版本：", `${when}，这一条改为：`, url, "查看新版本");
  after.append(element("blockquote", { class: "original" }, text));
  return after;
}

/** Return 2027年1月1日 of 2027-01-01. */
function chineseDate(iso) {
  const [year, month, day] = iso.split("-").map(Number);
  return `${year}年${month}月${day}日`;
}

function notice(strong, text, url, linked) {
  return element("div", { class: "notice" }, element("strong", {}, strong), text, element("a", { href: url }, linked));
}

function neighbours({ previous, next }, does) {
  if (!previous && !next) return null;
  return element(
    "div",
    {},
    element("h3", {}, "前后条"),
    previous && neighbour(previous, "上一条", does),
    next && neighbour(next, "下一条", does),
  );
}

function neighbour(quoted, which, { open, addressOf }) {
  const link = element(
    "a",
    { class: "neighbour", href: addressOf(quoted) },
    element("strong", {}, `${which}　${quoted.location}`),
    element("span", { class: "snippet" }, quoted.text),
  );
  link.addEventListener("click", (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    open(quoted);
  });
  return link;
}

function facts({ issuer, number, effective, expires, note, source_url }) {
  const rows = [
    issuer && ["发文机关", issuer],
    number && ["文号", number],
    effective && ["施行", expires ? `${chineseDate(effective)}至${chineseDate(expires)}` : chineseDate(effective)],
    note && ["说明", note],
    source_url && ["来源", element("a", { href: source_url, rel: "noreferrer", target: "_blank" }, "官方发布页面")],
  ].filter(Boolean);
  if (!rows.length) return null;
  return element(
    "div",
    {},
    element("h3", {}, "关于这份文件"),
    element("dl", { class: "facts" }, rows.map(([term, value]) => element("div", {}, element("dt", {}, term), element("dd", {}, value)))),
  );
}

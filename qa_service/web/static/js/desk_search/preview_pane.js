/** What the public would be told, beside the list: the answer as the public page shows it, and what staff do with it. */

import { call } from "../api.js";
import { questions, renderAnswer } from "../answer.js";
import { element } from "../dom.js";
import { button, toCurated } from "./buttons.js";

/** Ask what the public would be told; nothing of it is kept. */
export function previewOf(question, signal) {
  return call("/api/v1/staff/preview", { json: { question }, signal });
}

/**
 * Return the contents of the pane.
 * @param {string} question
 * @param {object|null} answer AnswerOut; null while it is waited for
 * @param {{back: () => void, again: (question: string) => void, wechat: () => void, word: () => void,
 *   save: () => void, mayWrite: boolean}} does
 * @returns {Array<Node>}
 */
export function previewContents(question, answer, does) {
  const first = answer?.citations.find(({ n }) => answer.answer.includes(`[${n}]`)) ?? answer?.citations[0];
  return [
    button("‹ 返回条款和结果", does.back, { id: "leave-preview" }),
    element("h2", { id: "pane-title", tabindex: "-1" }, "公众看到的答复"),
    element("p", { class: "path" }, `问：${question}`),
    element("p", { class: "hint" }, "这是公众网页此刻的答复。预览不记入问答记录，也不计数。"),
    answer ? renderAnswer(answer, { ask: does.again, level: 3 }) : element("p", { class: "hint", role: "status" }, "正在作答……"),
    answer &&
      element(
        "div",
        { class: "pane-actions" },
        button("复制到微信", does.wechat),
        answer.citations.length > 0 && button("复制到 Word", does.word),
        answer.citations.length > 0 && button("导出 Word", does.save, { id: "save-answer" }),
        does.mayWrite && element("a", { class: "button", href: toCurated(question, first?.passage_id) }, "写人工审核的答案"),
      ),
    answer?.suggestions.length > 0 && element("h3", {}, "公众还会看到的追问"),
    answer && questions(answer.suggestions, does.again),
  ].filter(Boolean);
}

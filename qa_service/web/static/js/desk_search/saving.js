/** Passages as a Word file that the browser saves. */

import { request } from "../api.js";
import { element } from "../dom.js";

const NAMED = /filename\*=UTF-8''([^;]+)/i;

/**
 * Have passages written as a Word file, and save it.
 * @param {{title: string, passage_ids: string[], answered?: {question: string, answer: string}}} wanted
 * @returns {Promise<string>} the file's name
 * @throws {Refusal}
 */
export async function saveAsWord(wanted) {
  const response = await request("/api/v1/staff/export", { json: wanted });
  const named = NAMED.exec(response.headers.get("Content-Disposition") ?? "");
  const name = named ? decodeURIComponent(named[1]) : "政策条款摘编.docx";
  const address = URL.createObjectURL(await response.blob());
  const link = element("a", { href: address, download: name, hidden: true });
  document.body.append(link);
  link.click();
  link.remove();
  // Some browsers begin to read it only after the click has been handled.
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
  return name;
}

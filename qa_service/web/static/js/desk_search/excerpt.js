/** The stretch of a passage that shows in the list: from a little before the first word that was looked for. */

const BEFORE = 18;
const LENGTH = 220;

/**
 * Cut a text down, with its spans.
 * @param {string} text
 * @param {Array<[number, number]>} spans sorted, apart, in characters of Python
 * @returns {{text: string, spans: Array<[number, number]>}}
 */
export function excerpt(text, spans) {
  const characters = Array.from(text);
  const first = spans.length ? spans[0][0] : 0;
  const from = first > 2 * BEFORE ? first - BEFORE : 0;
  const to = Math.min(characters.length, from + LENGTH);
  const lead = from ? "…" : "";
  const shift = lead.length - from;
  const kept = spans.filter(([, end]) => end <= to).map(([start, end]) => [start + shift, end + shift]);
  return { text: lead + characters.slice(from, to).join("") + (to < characters.length ? "…" : ""), spans: kept };
}

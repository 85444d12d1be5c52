/** Asking the service, and hearing the answer as it is said. */

import { Refusal, refusal } from "./api.js";
import { eventsOf } from "./event_stream.js";

/**
 * Ask, and yield what is heard.
 * @param {{base: string, channel: string, question: string, session: string|null, signal: AbortSignal, words: object}}
 *   asked `base` is the service's origin, empty on its own pages
 * @returns {AsyncGenerator<{name: "meta"|"citations"|"delta"|"done", data: object}>} ends with `done`, the whole answer
 * @throws {Refusal} the service would not, cannot be reached, or broke off; the message is for the person who asked
 */
export async function* ask({ base, channel, question, session, signal, words }) {
  let response;
  try {
    response = await fetch(`${base}/api/v1/ask/stream`, {
      method: "POST",
      headers: { "Content-Type": "application/json", Accept: "text/event-stream, application/problem+json" },
      body: JSON.stringify({ question, session_id: session, channel }),
      credentials: "omit",
      signal,
    });
  } catch (error) {
    if (error.name === "AbortError") throw error;
    throw new Refusal(words.unreachable, 0);
  }
  if (!response.ok) throw await refusal(response);
  yield* heard(response, words);
}

async function* heard(response, words) {
  try {
    for await (const { name, data } of eventsOf(response.body)) {
      const event = { name, data: JSON.parse(data) };
      if (name === "error") throw new Refusal(event.data.detail || words.broken, event.data.status ?? 500, event.data);
      yield event;
      if (name === "done") return;
    }
  } catch (error) {
    if (error instanceof Refusal || error.name === "AbortError") throw error;
    throw new Refusal(words.broken, 0);
  }
  throw new Refusal(words.broken, 0);
}

/**
 * Say what somebody thought of an answer.
 * @returns {Promise<boolean>} whether it is kept
 * @throws {Refusal}
 */
export async function judge({ base, id, helpful, reason, comment, words }) {
  let response;
  try {
    response = await fetch(`${base}/api/v1/feedback`, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify({ ask_id: id, helpful, reason: reason || null, comment: comment || "" }),
      credentials: "omit",
    });
  } catch {
    throw new Refusal(words.unreachable, 0);
  }
  if (!response.ok) throw await refusal(response);
  return (await response.json()).recorded;
}

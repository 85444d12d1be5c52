/** Speaking to the service: JSON in, JSON out, what went wrong as a sentence. */

/** What the service, or the way to it, would not do. */
export class Refusal extends Error {
  /**
   * @param {string} sentence what went wrong, for the person who asked
   * @param {number} status the HTTP status; 0 where no answer came
   * @param {object} [problem] the problem+json
   */
  constructor(sentence, status, problem = {}) {
    super(sentence);
    this.status = status;
    this.problem = problem;
  }
}

/** The token that shows that a request is made by this page's user; empty on public pages. */
function csrf() {
  return document.querySelector('meta[name="csrf-token"]')?.content ?? "";
}

/**
 * Make a request.
 * @param {string} path
 * @param {{method?: string, json?: unknown, form?: FormData, signal?: AbortSignal}} [options] `json` or `form` is
 *   sent as the body, and makes it a POST
 * @returns {Promise<Response>} one whose status is below 300
 * @throws {Refusal}
 */
export async function request(path, { method, json, form, signal } = {}) {
  const headers = { Accept: "application/json" };
  if (json !== undefined) headers["Content-Type"] = "application/json";
  if (csrf()) headers["X-CSRF-Token"] = csrf();
  let response;
  try {
    response = await fetch(path, {
      method: method ?? (json !== undefined || form ? "POST" : "GET"),
      headers,
      body: form ?? (json === undefined ? undefined : JSON.stringify(json)),
      credentials: "same-origin",
      signal,
    });
  } catch (error) {
    if (error.name === "AbortError") throw error;
    throw new Refusal("连接不上服务，请检查网络后再试。", 0);
  }
  if (!response.ok) throw await refusal(response);
  return response;
}

/** As `request`; returns what was answered, null where that is nothing. */
export async function call(path, options) {
  const response = await request(path, options);
  return response.status === 204 ? null : response.json();
}

/** Read what the service says about an error. */
export async function refusal(response) {
  const problem = await response.json().catch(() => ({}));
  const sentence = problem.detail || problem.title || `服务没有完成这次请求（${response.status}）。请稍后再试。`;
  return new Refusal(sentence, response.status, problem);
}

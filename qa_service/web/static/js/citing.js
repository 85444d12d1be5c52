/** How a passage is cited and quoted in words. What is cited is `QuotedOut` of the API. */

/** Return 《…》第…条. */
export function citation({ document, location }) {
  return `《${document}》${location}`;
}

/** Return the passage with where it stands, whether it is in force and its address, as plain text. */
export function quotation(quoted) {
  const address = new URL(quoted.url, location.origin).href;
  return `${citation(quoted)}（${quoted.validity.label}）\n${quoted.text}\n${address}`;
}

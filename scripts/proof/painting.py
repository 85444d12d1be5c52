"""How soon somebody in a browser sees an answer, or what was looked for."""

from __future__ import annotations

from collections.abc import Sequence

from playwright.sync_api import Page

_MEASURE = """
([field, log]) => new Promise((done) => {
  const root = document.querySelector("qa-widget")?.shadowRoot ?? document;
  const began = performance.now();
  new MutationObserver((_, watching) => {
    watching.disconnect();
    // The frame after the next has what was added on the screen.
    requestAnimationFrame(() => requestAnimationFrame(() => done(performance.now() - began)));
  }).observe(root.querySelector(log), { childList: true });
  const element = root.querySelector(field);
  element.dispatchEvent(new KeyboardEvent("keydown", { key: "Enter", bubbles: true, cancelable: true }));
})
"""


_MEASURE_SEARCH = """
(text) => new Promise((done) => {
  const usual = window.fetch;
  let began = 0;
  window.fetch = (...request) => {
    began ||= performance.now();
    return usual(...request);
  };
  new MutationObserver((_, watching) => {
    watching.disconnect();
    window.fetch = usual;
    requestAnimationFrame(() => requestAnimationFrame(() => done(performance.now() - began)));
  }).observe(document.querySelector("#hits"), { childList: true });
  const field = document.querySelector("#q");
  field.value = text;
  field.dispatchEvent(new InputEvent("input", { bubbles: true }));
})
"""


def searched_ms(page: Page, texts: Sequence[str]) -> list[float]:
    """Type into the desk's search in turn; returns the milliseconds from the end of the pause to results on the screen.

    Args:
        page: the desk's search page.
        texts: what to look for, each other than the one before.
    """
    return [float(page.evaluate(_MEASURE_SEARCH, text)) for text in texts]


def painted_ms(page: Page, field: str, log: str, questions: Sequence[str]) -> list[float]:
    """Ask questions in turn; returns the milliseconds from sending each to its answer on the screen.

    Args:
        page: where a conversation is open.
        field: selects what one types into.
        log: selects what answers are added to.
        questions: what to ask.
    """
    found = []
    for question in questions:
        page.locator(field).fill(question)
        found.append(float(page.evaluate(_MEASURE, [field, log])))
    return found

"""How soon somebody in a browser sees an answer."""

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

"""The text of an HTML element as a browser shows it, and which elements begin a line of their own."""

from __future__ import annotations

import re

from selectolax.lexbor import LexborNode

BLOCKS = frozenset(
    [
        "p",
        "div",
        "li",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "table",
        "section",
        "article",
        "ul",
        "ol",
        "dl",
        "blockquote",
        "dd",
        "dt",
        "pre",
        "center",
        "tr",
        "td",
        "th",
        "hr",
        "figure",
    ]
)
"""Elements that begin a line of their own."""
_BETWEEN_LATIN = re.compile(r"(?<=[A-Za-z0-9,.;])\n(?=[A-Za-z0-9(])")


def raw_text(node: LexborNode) -> str:
    """Return the node's text, a line feed for every ``br`` and around every block; blanks are left as they are."""
    if node.tag == "-text":
        text = re.sub(r"[ \t]*[\r\n]+[ \t]*", "\n", node.text_content or "")
        return _BETWEEN_LATIN.sub(" ", text).replace("\n", "").replace("\t", " ")
    if node.tag == "br":
        return "\n"
    if node.tag is None or node.tag.startswith(("-", "_")):
        return ""
    text = "".join(raw_text(child) for child in node.iter(include_text=True))
    return f"\n{text}\n" if node.tag in BLOCKS else text


def inline_text(node: LexborNode) -> str:
    """Return the node's text on one line."""
    return " ".join(raw_text(node).split())

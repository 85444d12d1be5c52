"""What a page holds and no visitor sees: it must not reach a reader, nor a language model, as if it were printed.

Told by the elements' own styles, by the page's style sheets where they stand in the page, and by the attribute
``hidden``. What only a script or a style sheet elsewhere hides cannot be told.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from selectolax.lexbor import LexborHTMLParser, LexborNode

_END = r"\s*(?:!\s*important\s*)?(?:;|$)"
_HIDES = re.compile(
    rf"(?:^|;)\s*(?:display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse)|opacity\s*:\s*0?(?:\.0\d*)?"
    rf"|font-size\s*:\s*(?:0(?:\.\d+)?|1)(?:px|pt|em|rem|%)?|(?:max-)?(?:height|width)\s*:\s*0(?:px|pt)?(?=.*overflow\s*:\s*hidden)"
    rf"|(?:text-indent|left|top|margin-left)\s*:\s*-\d{{3,}}(?:\.\d+)?(?:px|pt|em|rem)|clip\s*:\s*rect\(\s*0.*"
    rf"|content-visibility\s*:\s*hidden|transform\s*:\s*scale\(\s*0\s*\)|color\s*:\s*transparent){_END}",
    re.DOTALL,
)
_WHITE = re.compile(
    rf"(?:^|;)\s*color\s*:\s*(?:#fff(?:f|fff|fffff)?|white|rgba?\(\s*255\s*,\s*255\s*,\s*255\s*(?:,[^)]*)?\)|rgba\([^)]*,\s*0(?:\.0\d*)?\s*\)){_END}"
)
_BACKED = re.compile(r"(?:^|;)\s*background(?:-color|-image)?\s*:")
_RULE = re.compile(r"([^{}@;]{1,300})\{([^{}]{0,2000})\}")
_COMMENT = re.compile(r"/\*.*?(?:\*/|\Z)", re.DOTALL)
_LONGEST_SHEET = 300_000
_MOST_RULES = 400
"""Hiding rules of one page that are looked at."""
_STATES = re.compile(r":(?:hover|focus|active|before|after|:|checked|target|disabled)")
_WHOLE = frozenset({"html", "body"})


def clear_hidden(tree: LexborHTMLParser) -> None:
    """Take what is not shown off the page."""
    selectors = ["[hidden]", *_hiding_selectors(tree)]
    for selector in selectors:
        for node in _selected(tree, selector):
            if node.tag not in _WHOLE:
                node.decompose()
    for node in tree.css("[style]"):
        style = (node.attributes.get("style") or "").lower()
        if node.tag not in _WHOLE and (_HIDES.search(style) or (_WHITE.search(style) and not _is_backed(node))):
            node.decompose()
    for node in tree.css("font[color], font[size='0']"):
        colour = (node.attributes.get("color") or "").strip().lower()
        if colour in ("#fff", "#ffffff", "white", "ffffff") and not _is_backed(node):
            node.decompose()


def _hiding_selectors(tree: LexborHTMLParser) -> list[str]:
    """Return what the page's own style sheets hide on every screen; rules for print and the like are passed over."""
    found: list[str] = []
    for sheet in tree.css("style"):
        text = _outermost(_COMMENT.sub("", sheet.text()[:_LONGEST_SHEET]))
        found += [rule[1].strip() for rule in _RULE.finditer(text) if _HIDES.search(rule[2].lower())]
    return [selector for selector in found if not _STATES.search(selector)][:_MOST_RULES]


def _outermost(sheet: str) -> str:
    """Return a style sheet without its blocks of rules, as for print."""
    kept, depth, at = [], 0, 0
    for mark in re.finditer(
        r"@(?:media|supports|keyframes|-webkit-keyframes|font-face|page|layer)[^{};]*\{|[{}]", sheet
    ):
        if mark.group().startswith("@") and depth == 0:
            kept.append(sheet[at : mark.start()])
            depth = 1
        elif depth:
            depth += 1 if mark.group().endswith("{") else -1
            at = mark.end()
    return "".join([*kept, "" if depth else sheet[at:]])


def _selected(tree: LexborHTMLParser, selector: str) -> list[LexborNode]:
    try:
        return tree.css(selector)
    except (ValueError, RuntimeError):  # no selector that the parser knows
        return []


def _is_backed(node: LexborNode) -> bool:
    """Whether an element stands on a background of its own, on which white letters may be seen."""
    at: LexborNode | None = node
    while at is not None and at.tag not in _WHOLE:
        if at.attributes.get("bgcolor") or at.attributes.get("background") or at.attributes.get("class"):
            return True
        if _BACKED.search((at.attributes.get("style") or "").lower()):
            return True
        at = at.parent
    return False

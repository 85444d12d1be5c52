"""How deep a page nests, told before it is parsed: a parser takes time in proportion to the square of it.

Tags that set letters (b, font …) stay open past the end of their paragraph, and are opened anew in the next one (HTML
Living Standard, 13.2.4.3): a page of unclosed ones unfolds to the square of its length.
"""

import re

_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]{0,20})([^<>]{0,200})")
_NO_MARKUP = re.compile(r"<!--.*?(?:-->|\Z)|<(script|style)\b.*?(?:</\1|\Z)", re.DOTALL | re.IGNORECASE)
_VOID = frozenset(
    ["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr"]
)
_CLOSES_ITSELF = frozenset(["p", "li", "td", "th", "tr", "dt", "dd", "option", "tbody", "thead", "tfoot"])
_BOUNDS = frozenset(["table", "ul", "ol", "dl", "select", "div"])
_LETTERS = frozenset(["a", "b", "big", "code", "em", "font", "i", "nobr", "s", "small", "strike", "strong", "tt", "u"])
_CELLS = frozenset(["td", "th", "caption", "table", "tr", "tbody", "thead", "tfoot"])
"""What also ends the tags that set letters."""
_SAME = 3
"""Of the same tag with the same attributes, so many stay open."""
_Tag = tuple[str, str]


def is_deeper(markup: str, deepest: int) -> bool:
    """Whether more than ``deepest`` elements stand open within one another, as far as tags alone tell."""
    open_tags: list[_Tag] = []
    for match in _TAG.finditer(_NO_MARKUP.sub("", markup)):
        name = match[2].lower()
        if name in _VOID:
            continue
        if match[1]:
            _close(open_tags, name)
            continue
        if name in _CLOSES_ITSELF:
            _close(open_tags, name, within=_BOUNDS)
        tag = (name, match[3])
        if name in _LETTERS and open_tags.count(tag) >= _SAME:
            continue
        open_tags.append(tag)
        if len(open_tags) > deepest:
            return True
    return False


def _close(open_tags: list[_Tag], name: str, within: frozenset[str] = frozenset()) -> None:
    """Close the innermost element of a name, and what stands open in it; none beyond an element of ``within``."""
    for place in range(len(open_tags) - 1, -1, -1):
        if open_tags[place][0] == name:
            inside = open_tags[place + 1 :]
            open_tags[place:] = [] if name in _CELLS else [tag for tag in inside if tag[0] in _LETTERS]
            return
        if open_tags[place][0] in within:
            return

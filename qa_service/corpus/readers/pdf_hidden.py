"""Letters of a PDF page that nobody sees: white on white, smaller than a speck, or beside the page.

Letters that are drawn in no way at all (text render mode 3) stay: that is how the text layer of a scan that went
through recognition is made.
"""

from __future__ import annotations

from typing import Any

_SMALLEST = 1.5
"""Points."""
_MOST_GROUNDS = 200
"""Coloured boxes and pictures of one page that are looked at, the largest first."""
_NEARLY_WHITE = 0.98


def shown(page: Any) -> Any:
    """Return a page of pdfplumber without the letters that are not to be seen; the page itself where all are."""
    chars = page.chars
    unseen = {id(char) for char in chars if _is_speck(char) or _is_outside(char, page)}
    if white := [char for char in chars if _is_white(char.get("non_stroking_color")) and id(char) not in unseen]:
        grounds = _grounds(page)
        unseen |= {id(char) for char in white if not any(_within(char, ground) for ground in grounds)}
    if not unseen:
        return page
    keys = {_key(char) for char in chars if id(char) in unseen}
    return page.filter(lambda item: item.get("object_type") != "char" or _key(item) not in keys)


def _key(char: Any) -> tuple[object, ...]:
    """What tells one letter from another; pdfplumber copies its objects."""
    return (char["x0"], char["top"], char["x1"], char["text"], char["size"], str(char.get("non_stroking_color")))


def _is_speck(char: Any) -> bool:
    return float(char["size"]) < _SMALLEST and float(char["bottom"] - char["top"]) < _SMALLEST


def _is_outside(char: Any, page: Any) -> bool:
    left, top, right, bottom = page.bbox
    return bool(char["x1"] <= left or char["x0"] >= right or char["bottom"] <= top or char["top"] >= bottom)


def _is_white(colour: Any) -> bool:
    """Whether a colour is white: of one component (grey), three (RGB) or four (CMYK, where white is none of each)."""
    parts = colour if isinstance(colour, (list, tuple)) else (colour,)
    if not parts or not all(isinstance(part, (int, float)) for part in parts):
        return False
    if len(parts) == 4:
        return all(part <= 1 - _NEARLY_WHITE for part in parts)
    return len(parts) in (1, 3) and all(part >= _NEARLY_WHITE for part in parts)


def _grounds(page: Any) -> list[Any]:
    boxes = [rect for rect in page.rects if rect.get("fill") and not _is_white(rect.get("non_stroking_color"))]
    found = [*boxes, *page.images, *page.curves]
    return sorted(found, key=lambda box: -float(box["width"] * box["height"]))[:_MOST_GROUNDS]


def _within(char: Any, ground: Any) -> bool:
    x, y = (char["x0"] + char["x1"]) / 2, (char["top"] + char["bottom"]) / 2
    return bool(ground["x0"] <= x <= ground["x1"] and ground["top"] <= y <= ground["bottom"])

"""Text of a Word document that is there and not to be seen: hidden, white on white, or as small as a speck.

Source: ECMA-376 part 1, 17.3.2.41 (vanish), 17.3.2.6 (color), 17.3.2.38 (sz).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from docx.oxml.ns import qn

if TYPE_CHECKING:
    from docx.document import Document as WordDocument

_OFF = frozenset({"0", "false", "off", "none"})
_WHITE = frozenset({"FFFFFF", "FEFEFE", "FDFDFD", "FCFCFC"})
_SMALLEST = 4
"""Half points: what is set smaller than two points is not read by eye."""
_DEEPEST_STYLE = 12


class HiddenText:
    """Tells of each run of a document whether it is shown."""

    def __init__(self, document: WordDocument) -> None:
        styles = {style.style_id: style for style in document.styles}
        self._hidden: dict[str, bool] = {}
        for name, style in styles.items():
            self._hidden[name] = _by_style(style)

    def hides(self, run: Any) -> bool:
        """Whether a run (a ``w:r`` element) shows nothing: by its own setting, or by its style's, or its paragraph's."""
        properties = run.find(qn("w:rPr"))
        own = _said(properties)
        if own is not None:
            return own and not _is_backed(run)
        named = properties.find(qn("w:rStyle")) if properties is not None else None
        if named is not None and self._hidden.get(named.get(qn("w:val")), False):
            return not _is_backed(run)
        paragraph = run.getparent()
        while paragraph is not None and paragraph.tag != qn("w:p"):
            paragraph = paragraph.getparent()
        style = paragraph.find(f"{qn('w:pPr')}/{qn('w:pStyle')}") if paragraph is not None else None
        return style is not None and self._hidden.get(style.get(qn("w:val")), False) and not _is_backed(run)


def _by_style(style: Any) -> bool:
    for _ in range(_DEEPEST_STYLE):
        said = _said(style.element.find(qn("w:rPr")))
        if said is not None:
            return said
        style = getattr(style, "base_style", None)
        if style is None:
            break
    return False


def _said(properties: Any) -> bool | None:
    """Return whether properties hide their text; None where they say nothing of it."""
    if properties is None:
        return None
    vanish = properties.find(qn("w:vanish"))
    if vanish is not None:
        return (vanish.get(qn("w:val")) or "").lower() not in _OFF
    size, colour = properties.find(qn("w:sz")), properties.find(qn("w:color"))
    if size is not None and (size.get(qn("w:val")) or "").isdecimal() and int(size.get(qn("w:val"))[:6]) < _SMALLEST:
        return True
    if colour is not None:
        return (colour.get(qn("w:val")) or "").upper() in _WHITE or None
    return None


def _is_backed(run: Any) -> bool:
    """Whether white letters stand on a ground of another colour: the run's, the paragraph's, the cell's or the table's."""
    properties = run.find(qn("w:rPr"))
    if properties is not None and properties.find(qn("w:vanish")) is not None:
        return False
    at = run
    while at is not None:
        for tag in ("w:rPr", "w:pPr", "w:tcPr", "w:tblPr"):
            held = at.find(qn(tag))
            if held is None:
                continue
            shade = held.find(qn("w:shd"))
            if shade is not None and (shade.get(qn("w:fill")) or "auto").upper() not in {"AUTO", *_WHITE}:
                return True
            if held.find(qn("w:highlight")) is not None:
                return True
        if at.tag == qn("w:tbl"):
            return bool(at.find(f"{qn('w:tblPr')}/{qn('w:tblStyle')}") is not None)
        at = at.getparent()
    return False

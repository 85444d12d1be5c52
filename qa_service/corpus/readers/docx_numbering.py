"""The automatic numbers of a Word document: 第一条 or （一） that stand in no run of text.

Source: ECMA-376 part 1, 17.9 (numbering).
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from docx.oxml.ns import qn

from qa_service.text.numerals import format_numeral

if TYPE_CHECKING:
    from docx.document import Document as WordDocument

_CHINESE = frozenset(
    {
        "chineseCounting",
        "chineseCountingThousand",
        "chineseLegalSimplified",
        "ideographDigital",
        "japaneseCounting",
        "taiwaneseCounting",
        "taiwaneseCountingThousand",
    }
)
_PLACE = re.compile(r"%(\d)")
_DEEPEST_STYLE = 12


@dataclass(frozen=True, slots=True)
class _Level:
    kind: str
    """chineseCounting, decimal …"""
    text: str
    """第%1条"""
    first: int


@dataclass(slots=True)
class _List:
    """A ``w:num``: lists on the same abstract one count on together, but where one says that it starts anew."""

    abstract: str
    levels: dict[int, _Level]
    restarts: dict[int, int] = field(default_factory=dict)


class Numbering:
    """Counts a document's numbered paragraphs as Word does; feed it every paragraph once, in order."""

    def __init__(self, document: WordDocument) -> None:
        self._lists: dict[str, _List] = {}
        self._styles: dict[str, tuple[str | None, int]] = {}
        for style in document.styles:
            self._styles[style.style_id] = _style_numbering(style)
        self._counts: dict[str, dict[int, int]] = defaultdict(dict)
        try:
            root = document.part.numbering_part.element
        except (KeyError, NotImplementedError):  # the document has no numbering part
            return
        levels = {a.get(qn("w:abstractNumId")): _levels_of(a) for a in root.findall(qn("w:abstractNum"))}
        for number in root.findall(qn("w:num")):
            base = number.find(qn("w:abstractNumId"))
            abstract = base.get(qn("w:val")) if base is not None else ""
            made = _List(abstract, dict(levels.get(abstract, {})))
            for override in number.findall(qn("w:lvlOverride")):
                made.levels.update(_levels_of(override))
                start = override.find(qn("w:startOverride"))
                if start is not None:
                    made.restarts[int(override.get(qn("w:ilvl")))] = int(start.get(qn("w:val")))
            self._lists[number.get(qn("w:numId"))] = made

    def label(self, paragraph: Any) -> str:
        """Return the number Word prints before ``paragraph`` (a ``w:p`` element), or an empty string."""
        properties = paragraph.pPr
        if properties is None:
            return ""
        list_id, depth = (
            self._styles.get(properties.pStyle.val, (None, 0)) if properties.pStyle is not None else (None, 0)
        )
        number = properties.numPr
        if number is not None:
            list_id = str(number.numId.val) if number.numId is not None else list_id
            depth = number.ilvl.val if number.ilvl is not None else depth
        held = self._lists.get(list_id or "")
        return self._next(held, depth) if held and depth in held.levels else ""

    def _next(self, held: _List, depth: int) -> str:
        counts = self._counts[held.abstract]
        for deeper in [d for d in counts if d > depth]:
            del counts[deeper]
        if depth in held.restarts:
            counts[depth] = held.restarts.pop(depth)
        else:
            counts[depth] = counts.get(depth, held.levels[depth].first - 1) + 1

        def shown(match: re.Match[str]) -> str:
            level = int(match[1]) - 1
            kind = held.levels.get(level, _Level("decimal", "", 1))
            return _figure(kind.kind, counts.get(level, kind.first))

        return _PLACE.sub(shown, held.levels[depth].text)


def _style_numbering(style: Any) -> tuple[str | None, int]:
    """Return the list and level of a paragraph style, its own or that of the style it is based on."""
    for _ in range(_DEEPEST_STYLE):
        properties = getattr(style.element, "pPr", None)
        number = properties.numPr if properties is not None else None
        if number is not None and number.numId is not None:
            return str(number.numId.val), number.ilvl.val if number.ilvl is not None else 0
        style = getattr(style, "base_style", None)
        if style is None:
            break
    return None, 0


def _levels_of(element: Any) -> dict[int, _Level]:
    levels = {}
    for level in element.findall(qn("w:lvl")):
        kind, text, start = (level.find(qn(f"w:{tag}")) for tag in ("numFmt", "lvlText", "start"))
        if kind is not None and text is not None and kind.get(qn("w:val")) not in ("bullet", "none"):
            first = int(start.get(qn("w:val"))) if start is not None else 1
            levels[int(level.get(qn("w:ilvl")))] = _Level(kind.get(qn("w:val")), text.get(qn("w:val")) or "", first)
    return levels


def _figure(kind: str, value: int) -> str:
    if kind in _CHINESE and 0 <= value <= 9999:
        return format_numeral(value)
    if kind == "decimalEnclosedCircle" and 1 <= value <= 20:
        return chr(0x2460 + value - 1)
    if kind in ("lowerLetter", "upperLetter") and 1 <= value <= 26:
        letter = chr(ord("a") + value - 1)
        return letter.upper() if kind == "upperLetter" else letter
    return str(value)

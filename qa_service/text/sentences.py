"""Where sentences end."""

import re
from typing import NamedTuple

_END = re.compile(r"[。！？!?]+[”’」』）)]*(?:[（(]《[^（）()\n]*(?:[（(][^（）()\n]*[）)][^（）()\n]*)*[）)])?|\n+")
"""A source named in brackets right behind a sentence belongs to it: 保护期二十年。（《专利法》第四十二条）"""


class Span(NamedTuple):
    """A half-open range of character offsets."""

    start: int
    end: int

    def of(self, text: str) -> str:
        """Return the characters of ``text`` in this range."""
        return text[self.start : self.end]


def sentence_spans(text: str) -> tuple[Span, ...]:
    """Cut ``text`` at sentence ends; the spans touch and cover it whole.

    A closing quotation mark or bracket belongs to the sentence it closes.
    """
    spans, start = [], 0
    for match in _END.finditer(text):
        spans.append(Span(start, match.end()))
        start = match.end()
    if start < len(text):
        spans.append(Span(start, len(text)))
    return tuple(spans)

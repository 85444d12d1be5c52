"""Years and other things by their number: 第三年, 第1—3年, 第七年起."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from qa_service.text.normal import normalise
from qa_service.text.numerals import NUMERAL, parse_numeral
from qa_service.text.remembered import remembered

_NUMBER = rf"(?:[0-9]{{1,3}}|{NUMERAL}{{1,4}})"
_OF = "(?:年度?|次|届|期|类|档)"
_ORDINAL = re.compile(
    rf"第(?P<first>{_NUMBER}){_OF}?(?:(?:至|到|—|–|-|~)第?(?P<last>{_NUMBER}))?(?P<of>{_OF})(?P<open>起|以后|以上|及以后)?"
)
_NO_END = 10_000
_REMEMBERED = 16_384


class Ordinals(NamedTuple):
    """From which to which number of what."""

    of: str
    first: int
    last: int

    def holds(self, other: "Ordinals") -> bool:
        """Whether another range of the same lies in this one."""
        return self.of == other.of and self.first <= other.first and other.last <= self.last


@remembered(_REMEMBERED)
def ordinals_in(text: str) -> tuple[Ordinals, ...]:
    """Return the ranges of ordinals in ``text``, in order; one number is a range of its own.

    >>> ordinals_in("外观设计年费第1–3年每年600元，第九年起")
    (Ordinals(of='年', first=1, last=3), Ordinals(of='年', first=9, last=10000))
    """
    return tuple(_read(normalise(text)))


def _read(normal: str) -> Iterator[Ordinals]:
    for match in _ORDINAL.finditer(normal):
        first = parse_numeral(match["first"])
        last = parse_numeral(match["last"]) if match["last"] else first
        if first and last and first <= last:
            yield Ordinals(match["of"][0], first, _NO_END if match["open"] else last)

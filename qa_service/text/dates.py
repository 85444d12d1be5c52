"""Dates as official texts write them."""

import re
from collections.abc import Iterator
from datetime import date

from qa_service.text.numerals import NUMERAL, parse_numeral

_NUMBER = rf"(?:[0-9０-９]{{1,4}}|[〇○Ｏ0{NUMERAL[1:]}{{1,4}})"
_CHINESE = re.compile(
    rf"(?P<y>[0-9０-９]{{4}}|[〇○零一二三四五六七八九]{{4}})\s*年\s*(?P<m>{_NUMBER})\s*月\s*(?P<d>{_NUMBER})\s*日"
)
_FIGURES = re.compile(r"(?<![0-9])(?P<y>[12][0-9]{3})[-/.](?P<m>[01]?[0-9])[-/.](?P<d>[0-3]?[0-9])(?![0-9])")


def parse_date(text: str) -> date | None:
    """Return the date that ``text`` is, and nothing else; None where it is not one.

    >>> parse_date("2026年9月1日"), parse_date("二〇二六年九月一日"), parse_date("2026-09-01")
    (datetime.date(2026, 9, 1), datetime.date(2026, 9, 1), datetime.date(2026, 9, 1))
    """
    stripped = text.strip(" \u3000（）()")
    for pattern in (_CHINESE, _FIGURES):
        if match := pattern.fullmatch(stripped):
            return _date(match)
    return None


def dates_in(text: str) -> Iterator[date]:
    """Yield every whole date in ``text``, in order; impossible ones are passed over."""
    matches = sorted((m for p in (_CHINESE, _FIGURES) for m in p.finditer(text)), key=lambda m: m.start())
    for match in matches:
        if (day := _date(match)) is not None:
            yield day


def _date(match: re.Match[str]) -> date | None:
    parts = (parse_numeral(match[name].replace("○", "〇").replace("Ｏ", "〇")) for name in "ymd")
    year, month, day = (part or 0 for part in parts)
    try:
        return date(year, month, day)
    except ValueError:
        return None

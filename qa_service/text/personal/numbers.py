"""Telephones, identity cards and bank cards: told by their figures, however these are set apart."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import accumulate

from qa_service.text.personal.check_digits import is_bank_card, is_id_card
from qa_service.text.personal.kinds import Kind, PersonalSpan

_GAP = r"(?:[)）]?[ \t\u3000\xa0.·•_\-‐‑‒–—―−]{1,3}|[)）])"
_NUMBER = re.compile(rf"[0-9]+(?:{_GAP}[0-9]+)*")
_FIGURES = re.compile(r"[0-9]+")
_MOST_GROUPS = 19
_LONGEST = 22
"""Figures of the longest number, with what may stand before it."""
_MOBILE = re.compile(r"1[3-9][0-9]{9}")
_MOBILE_PREFIX = re.compile(r"(?:0086|086|86|0)(?=1[3-9][0-9]{9}$)")
_MOBILE_GROUPS = frozenset(
    {(11,), (3, 4, 4), (3, 8), (7, 4), (3, 3, 5), (4, 3, 4), (3, 4, 2, 2), (3, 2, 2, 4), (3, 2, 2, 2, 2), (3, 3, 3, 2)}
    | {(5, 6), (6, 5), (5, 3, 3), (4, 4, 3), (1,) * 11, (2, 2, 2, 2, 3), (1, 2, 2, 2, 2, 2)}
)
_AREA = re.compile(r"(?:10|2[0-9]|[3-9][0-9]{2})(?=[2-8])")
_TELEPHONE = re.compile(r"0(?:(?:10|2[0-9])[2-8][0-9]{7}|[3-9][0-9]{2}[2-8][0-9]{6,7})")
_TELEPHONE_GROUPS = frozenset({(11,), (12,), (3, 8), (4, 7), (4, 8), (3, 4, 4), (4, 4, 4), (4, 3, 4)})
_CARD_GROUPS = re.compile(
    r"(?:13|14|15|16|17|18|19)|4 4 4 [1-4]|4 4 4 4 [1-3]|6 (?:10|11|12|13)|4 6 5|4 6 4|8 8|4 (?:12|15)"
)
_LATIN = re.compile("[A-Za-z]")
_NO_PHONE = re.compile(r"(?:CN|ZL|WO|EP|US|JP|KR|PCT|SR|NO|DOI)[ .:/]?$", re.IGNORECASE)


def numbers_in(text: str) -> Iterator[PersonalSpan]:
    """Yield the numbers in a reading copy, none overlapping, in order."""
    for chunk in _NUMBER.finditer(text):
        if chunk.end() - chunk.start() >= 11:
            groups = [(m.start(), m.group()) for m in _FIGURES.finditer(text, chunk.start(), chunk.end())]
            yield from _numbers(text, groups)


def _numbers(text: str, groups: Sequence[tuple[int, str]]) -> Iterator[PersonalSpan]:
    first = 0
    while first < len(groups):
        taken = _number_at(text, groups[first : first + _MOST_GROUPS])
        if taken is None:
            first += 1
            continue
        span, used = taken
        yield span
        first += used


def _number_at(text: str, groups: Sequence[tuple[int, str]]) -> tuple[PersonalSpan, int] | None:
    """Return the number that begins with the first group, and how many groups it takes; the longest that is one."""
    start = groups[0][0]
    fitting = sum(size <= _LONGEST for size in accumulate(len(figures) for _, figures in groups))
    for used in range(fitting, 0, -1):
        figures = [group for _, group in groups[:used]]
        at, last = groups[used - 1]
        if found := _kind_of(text, start, at + len(last), figures):
            kind, end = found
            return PersonalSpan(kind, _opening(text, start, end) if kind in _DIALLED else start, end), used
    return None


_DIALLED = (Kind.MOBILE, Kind.TELEPHONE)


def _kind_of(text: str, start: int, end: int, groups: Sequence[str]) -> tuple[Kind, int] | None:
    """Return what the groups of figures are, and where it ends."""
    figures = "".join(groups)
    apart = not _LATIN.match(text[start - 1 : start] if start else "")
    check = text[end : end + 1]
    if len(figures) == 17 and check in ("X", "x", "✕", "×") and is_id_card(f"{figures}X"):
        return Kind.ID_CARD, end + 1
    if (len(figures) == 18 or (len(groups) == 1 and apart)) and is_id_card(figures) and not _LATIN.match(check):
        return Kind.ID_CARD, end
    if _is_mobile(groups) and not _NO_PHONE.search(text[max(0, start - 5) : start]):
        return Kind.MOBILE, end
    if _is_telephone(groups, abroad=text.endswith("+", 0, start) or figures.startswith("00")):
        return Kind.TELEPHONE, end
    shape = " ".join(str(len(group)) for group in groups)
    if apart and not _LATIN.match(check) and _CARD_GROUPS.fullmatch(shape) and is_bank_card(figures):
        return Kind.BANK_CARD, end
    return None


def _is_mobile(groups: Sequence[str]) -> bool:
    figures = "".join(groups)
    if prefix := _MOBILE_PREFIX.match(figures):
        figures, groups = figures[prefix.end() :], _without(groups, prefix.end())
    return bool(_MOBILE.fullmatch(figures)) and tuple(map(len, groups)) in _MOBILE_GROUPS


def _is_telephone(groups: Sequence[str], *, abroad: bool) -> bool:
    """Whether the groups are a fixed line with its area code, or, dialled from ``abroad``, with that of the country."""
    figures = "".join(groups)
    country = re.match("(?:00)?86", figures)
    if country and abroad and _AREA.match(figures, country.end()):
        groups = _without(groups, country.end())
        groups = [f"0{groups[0]}", *groups[1:]]
        figures = "".join(groups)
    return bool(_TELEPHONE.fullmatch(figures)) and tuple(map(len, groups)) in _TELEPHONE_GROUPS


def _without(groups: Sequence[str], size: int) -> list[str]:
    """Return the groups without their first ``size`` figures."""
    left = list(groups)
    while left and size >= len(left[0]):
        size -= len(left[0])
        left = left[1:]
    return [left[0][size:], *left[1:]] if left else []


def _opening(text: str, start: int, end: int) -> int:
    """Return where a telephone begins that has a + before it, or stands partly in brackets: +86, (0513), (+86)."""
    if text[start - 1 : start] == "+" and start:
        start -= 1
    bracket = text[start - 1 : start] if start else ""
    closed = {"(": ")", "（": "）"}.get(bracket, "\n")
    return start - 1 if closed in text[start:end] else start

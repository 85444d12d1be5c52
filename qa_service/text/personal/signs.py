"""E-mail addresses and licence plates: told by their form."""

from __future__ import annotations

import re
from collections.abc import Iterator

from qa_service.text.personal.kinds import Kind, PersonalSpan

_BEFORE_AT = re.compile(r"[A-Za-z0-9._%+\-]+$")
_AFTER_AT = re.compile(r"[A-Za-z0-9\-]{1,63}(?:[.。][A-Za-z0-9\-]{1,63}){1,5}")
_LONGEST_LOCAL, _LONGEST_DOMAIN = 64, 253
_SERIAL = "[A-HJ-NP-Za-hj-np-z0-9]"
_PLATE = re.compile(
    r"[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼][A-HJ-NP-Za-hj-np-z][·•. \-]?"
    rf"(?P<serial>{_SERIAL}{{5,6}}|{_SERIAL}{{4}}[挂学警港澳])(?![A-Za-z0-9])"
)
"""GA 36-2018: five characters, six of a new-energy car; neither I nor O."""
_FEWEST_FIGURES = 3


def emails_in(text: str) -> Iterator[PersonalSpan]:
    """Yield the e-mail addresses in a reading copy."""
    at = text.find("@")
    while at >= 0:
        local = _BEFORE_AT.search(text[max(0, at - _LONGEST_LOCAL) : at])
        domain = _AFTER_AT.match(text[at + 1 : at + 1 + _LONGEST_DOMAIN])
        if local and domain:
            yield PersonalSpan(Kind.EMAIL, at - len(local.group()), at + 1 + domain.end())
        at = text.find("@", at + 1)


def plates_in(text: str) -> Iterator[PersonalSpan]:
    """Yield the licence plates in a reading copy."""
    for match in _PLATE.finditer(text):
        if sum(c.isdigit() for c in match["serial"]) >= _FEWEST_FIGURES:
            yield PersonalSpan(Kind.PLATE, *match.span())

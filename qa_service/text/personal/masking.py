"""Personal data in what people type: found, and masked.

Only the figures, the form and the words around them are looked at; nothing leaves the machine, and nobody is looked up.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from qa_service.text.personal.addresses import addresses_in
from qa_service.text.personal.kinds import PersonalSpan
from qa_service.text.personal.numbers import numbers_in
from qa_service.text.personal.official_numbers import official_numbers
from qa_service.text.personal.reading_copy import reading_copy
from qa_service.text.personal.signs import emails_in, plates_in
from qa_service.text.personal.stated import stated_in

_MAY_HOLD_ANY = re.compile(
    r"[@]|[0-9]|我叫|我是|我的名字|名字|本人|姓名|真名|名叫|[人名]\s?[是:：]|微信|威信|薇信|[vwVW][xX]|wechat|weixin|[vV]信|住|栋|幢|单元|室|号",
    re.IGNORECASE,
)
_MOST_LOOKS = 4
_TAKEN = "〕"
"""Stands where something was found, so that it is neither found again nor read together with its neighbours."""


def masked(text: str) -> str:
    """Return ``text`` with every piece of personal data replaced by its kind: 〔手机号〕.

    All else stays as it is, character by character; what is masked already stays masked so.
    """
    return _replaced(text, personal_data(text))


def without_personal(text: str) -> str:
    """Return ``text`` without its personal data: what it asks is asked by whoever it is."""
    left, at = [], 0
    for span in personal_data(text):
        left.append(text[at : span.start])
        at = span.end
    return "".join([*left, text[at:]])


def masked_like(answer: str, question: str) -> str:
    """Return an answer with what was masked in its question masked in it as well, and nothing else.

    An answer quotes official text: the telephone of an office is what was asked for, and stays. What an answer holds of
    the person who asks, it holds because it repeats the question.
    """
    told = {_bare(question[span.start : span.end]) for span in personal_data(question)}
    if not told:
        return answer
    return _replaced(answer, [span for span in personal_data(answer) if _bare(answer[span.start : span.end]) in told])


def personal_data(text: str) -> list[PersonalSpan]:
    """Return the personal data in ``text``, in order, none overlapping. Takes time in proportion to its length."""
    copy = reading_copy(text)
    if not _MAY_HOLD_ANY.search(copy.text):
        return []
    left = _blanked(copy.text, official_numbers(copy.text))
    found: list[PersonalSpan] = []
    # What was found parts its neighbours, in which something may come to light; an endless chain may be made up.
    for _ in range(_MOST_LOOKS):
        if not (fresh := _found_in(left)):
            break
        found += fresh
        left = _blanked(left, [(span.start, span.end) for span in fresh])
    spans = [PersonalSpan(span.kind, copy.start(span.start), copy.end(span.end)) for span in found]
    return sorted(spans, key=lambda span: span.start)


def _found_in(text: str) -> list[PersonalSpan]:
    """Return what is found at one look; of what overlaps, what begins first, then what is longer."""
    every = [
        *stated_in(text),
        *numbers_in(text),
        *emails_in(text),
        *plates_in(text),
        *addresses_in(text),
    ]
    kept: list[PersonalSpan] = []
    for span in sorted(every, key=lambda span: (span.start, -span.end)):
        if not kept or span.start >= kept[-1].end:
            kept.append(span)
    return kept


def _blanked(text: str, ranges: Iterable[tuple[int, int]]) -> str:
    """Return a text of the same length in which nothing is told in ``ranges``."""
    pieces, at = [], 0
    for start, end in sorted(ranges):
        if end > at:
            pieces += [text[at : max(at, start)], _TAKEN * (end - max(at, start))]
            at = end
    return "".join([*pieces, text[at:]]) if pieces else text


def _replaced(text: str, spans: Sequence[PersonalSpan]) -> str:
    pieces, at = [], 0
    for span in spans:
        pieces += [text[at : span.start], span.kind.mask]
        at = span.end
    return "".join([*pieces, text[at:]]) if spans else text


def _bare(text: str) -> str:
    """Return what a piece of personal data says, however it is set apart."""
    return "".join(c for c in reading_copy(text).text.lower() if c.isalnum())

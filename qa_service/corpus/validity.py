"""Is this text in force on that date, and what took its place?"""

from collections.abc import Collection
from datetime import date

from qa_service.corpus.models import Document, Successor, Validity, ValidityState
from qa_service.text.book_marks import in_book_marks

PERIOD_KINDS = frozenset({"规划", "计划", "行动方案", "工作方案"})
"""Kinds of document that are made for a period of years: they run out, they are not repealed."""

COMPILED_KINDS = frozenset({"办事指南", "情况说明"})
"""Kinds of document that this service put together itself: they are as good as their sources."""

_ENDED_STATES = {"已修改": ValidityState.AMENDED, "已修订": ValidityState.AMENDED, "已废止": ValidityState.REPEALED}


def validity_on(document: Document, day: date, successors: Collection[Successor] = ()) -> Validity:
    """Decide whether ``document`` is in force on ``day``.

    Args:
        document: the text in question.
        day: the day asked about.
        successors: what takes its place or ends it.
    """
    if document.kind in COMPILED_KINDS:
        compiled = document.issued or document.effective
        since = f"{chinese_date(compiled)}" if compiled else ""
        return Validity(ValidityState.IN_FORCE, f"本服务{since}依所注明的规定整理，以官方发布为准")
    if document.effective and day < document.effective:
        return Validity(ValidityState.NOT_YET, f"自{chinese_date(document.effective)}起施行，尚未施行")
    arrived = [s for s in successors if (begins := s.begins) and begins <= day]
    if arrived:
        return _superseded(document, max(arrived, key=lambda s: (not s.repeals, s.begins or date.min)))
    if document.expires and day > document.expires:
        return _expired(document, document.expires)
    if document.status in _ENDED_STATES and not any((begins := s.begins) and begins > day for s in successors):
        return Validity(_ENDED_STATES[document.status], f"该文本{document.status}，现行文本请以官方发布为准")
    if document.kind in PERIOD_KINDS and document.expires:
        return Validity(ValidityState.IN_FORCE, f"规划期为{_period(document, document.expires)}，在规划期内")
    if document.effective is None and document.status is None:
        issued = f"{chinese_date(document.issued)}发布，" if document.issued else ""
        return Validity(ValidityState.UNKNOWN, f"{issued}施行日期未注明，是否现行有效请以官方发布为准")
    return Validity(ValidityState.IN_FORCE, _in_force_note(document))


def _superseded(document: Document, successor: Successor) -> Validity:
    newer = successor.document
    since = f"自{chinese_date(successor.begins)}起" if successor.begins else ""
    if successor.repeals:
        return Validity(ValidityState.REPEALED, f"{since}由{in_book_marks(newer.title)}废止", newer.id)
    if newer.title == document.title:
        return Validity(ValidityState.AMENDED, f"{since}施行修改后的文本", newer.id)
    return Validity(ValidityState.AMENDED, f"{since}由{in_book_marks(newer.title)}取代", newer.id)


def _expired(document: Document, expires: date) -> Validity:
    if document.kind in PERIOD_KINDS:
        return Validity(ValidityState.PERIOD_OVER, f"规划期为{_period(document, expires)}，已届满")
    return Validity(ValidityState.REPEALED, f"已于{chinese_date(expires)}失效")


def _period(document: Document, expires: date) -> str:
    return f"{document.effective.year}—{expires.year}年" if document.effective else f"截至{expires.year}年"


def _in_force_note(document: Document) -> str:
    return f"自{chinese_date(document.effective)}起施行，现行有效" if document.effective else "现行有效"


def chinese_date(day: date) -> str:
    """Return ``day`` as official texts write it: 2025年12月31日."""
    return f"{day.year}年{day.month}月{day.day}日"

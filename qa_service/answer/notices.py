"""Validity, said in words."""

from collections.abc import Sequence
from datetime import date

from qa_service.answer.models import Citation
from qa_service.corpus.models import Document, Form, ValidityState
from qa_service.corpus.validity import COMPILED_KINDS, chinese_date
from qa_service.text.book_marks import in_book_marks


def notices_of(citations: Sequence[Citation]) -> tuple[str, ...]:
    """Return what a reader of these citations must be told, each document once."""
    said: dict[str, None] = {}
    for citation in citations:
        said.update(dict.fromkeys(_on_validity(citation)))
    documents = {c.document.id: c.document for c in citations}.values()
    notes = [d for d in documents if d.form is Form.NOTES and d.kind not in COMPILED_KINDS]
    if notes:
        said[f"所引{_named(notes)}为要点整理，非法条原文，请以官方发布的原文为准。"] = None
    if compiled := [d for d in documents if d.kind in COMPILED_KINDS]:
        said[f"{_named(compiled)}由本服务整理，请以所注依据的官方文本为准。"] = None
    return tuple(said)


def validity_in_words(citations: Sequence[Citation]) -> str:
    """Return what an answer closes with where a text it rests on is over, amended, not yet in force or soon to change.

    Each document is spoken of once, in brackets, with the number of its citation behind it; empty where all texts are
    simply in force.
    """
    first = {c.document.id: c for c in reversed(citations)}
    said = [f"{words}[{c.n}]" for c in reversed(first.values()) if (words := _in_words(c))]
    return "".join(said)


def _in_words(citation: Citation) -> str:
    document, validity = citation.document, citation.validity
    if validity.state is ValidityState.PERIOD_OVER:
        return f"（{validity.note}。）"
    name = in_book_marks(document.name)
    if validity.state is ValidityState.NOT_YET:
        return f"（注意：{name}{validity.note}。）"
    if validity.state not in {ValidityState.IN_FORCE, ValidityState.UNKNOWN}:
        return f"（注意：{name}{validity.state.label}，{validity.note}。）"
    if citation.upcoming and citation.upcoming.effective:
        return f"（{name}{_coming(document, citation.upcoming, citation.upcoming.effective)}。）"
    return ""


def _coming(document: Document, successor: Document, since: date) -> str:
    change = "施行修改后的文本" if successor.title == document.title else f"由{in_book_marks(successor.title)}取代"
    return f"将自{chinese_date(since)}起{change}"


def _on_validity(citation: Citation) -> list[str]:
    document, validity = citation.document, citation.validity
    name = in_book_marks(document.title)
    notices = []
    if validity.state is ValidityState.PERIOD_OVER:
        ended = f"，已于{chinese_date(document.expires)}届满" if document.expires else "，已届满"
        period = validity.note.removesuffix("，已届满")
        notices.append(f"{name}的{period}{ended}。所列目标是否完成、措施是否仍在执行，请以主管部门最新公布为准。")
    elif validity.state is not ValidityState.IN_FORCE:
        notices.append(f"{name}{validity.state.label}：{validity.note}。")
    if citation.upcoming and citation.upcoming.effective:
        coming = _coming(document, citation.upcoming, citation.upcoming.effective)
        notices.append(f"{name}{coming}，届时规定可能不同。")
    if document.amended_by and document.note:
        notices.append(f"{name}{document.note}")
    return notices


def _named(documents: Sequence[Document]) -> str:
    return "".join(in_book_marks(document.title) for document in documents)

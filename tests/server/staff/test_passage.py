from dataclasses import replace
from datetime import date
from types import SimpleNamespace
from typing import Any, cast

import pytest

from qa_service.corpus.library import Library
from qa_service.corpus.models import Document
from qa_service.corpus.passages import passages_of
from qa_service.server.staff.passage import consulted
from qa_service.service import Service
from tests.conftest import MakeDocument

DAY = date(2026, 7, 1)


def serving(*documents: Document) -> Service:
    """A service over a few documents, as much of it as reading a passage takes."""
    passages = {d.id: list(passages_of(d, len)) for d in documents}
    every = {p.id: p for found in passages.values() for p in found}
    engine = SimpleNamespace(passage=every.__getitem__, passages_of=passages.__getitem__)
    held: Any = SimpleNamespace(
        library=Library({d.id: d for d in documents}), engine=engine, answerer=SimpleNamespace(today=lambda: DAY)
    )
    return cast(Service, held)


@pytest.fixture
def versions(make_document: MakeDocument) -> tuple[Document, Document, Document]:
    """A text, the same merged with a notice from October on, and the notice."""
    now = make_document("第一条 奖励3万元。", "第二条 不变。", "第三条 将移。", id="办法", effective=date(2026, 1, 1))
    notice = make_document("第一条 修改。", title="修改通知", id="通知", effective=date(2026, 10, 1))
    later = make_document(
        "第一条 奖励5万元。",
        "第二条 不变。",
        "第四条 将移。",
        id="办法@2026-10-01",
        effective=date(2026, 10, 1),
        supersedes=("办法",),
        amended_by="通知",
        moved=(("第三条", "第四条"),),
    )
    return now, later, notice


def test_what_a_clause_is_about_to_become_is_told(versions: tuple[Document, ...]) -> None:
    coming = consulted(serving(*versions), "办法#第一条").coming
    assert coming
    assert (coming.document_id, coming.effective) == ("办法@2026-10-01", date(2026, 10, 1))
    assert coming.text == "第一条 奖励5万元。"
    assert not coming.unchanged


def test_a_clause_that_stays_as_it_is_is_told_so(versions: tuple[Document, ...]) -> None:
    coming = consulted(serving(*versions), "办法#第二条").coming
    assert coming
    assert coming.unchanged


def test_a_clause_is_followed_to_its_new_number(versions: tuple[Document, ...]) -> None:
    coming = consulted(serving(*versions), "办法#第三条").coming
    assert coming
    assert coming.text == "第四条 将移。"


def test_a_version_that_others_published_is_not_taken_to_count_alike(versions: tuple[Document, ...]) -> None:
    now, later, notice = versions
    coming = consulted(serving(now, replace(later, amended_by=None, moved=()), notice), "办法#第一条").coming
    assert coming
    assert coming.text is None


def test_who_reads_a_merged_text_is_told_by_which_notice(versions: tuple[Document, ...]) -> None:
    told = consulted(serving(*versions), "办法@2026-10-01#第一条")
    assert told.amended_by
    assert told.amended_by.document == "修改通知"
    assert told.previous is None
    assert told.next
    assert told.next.text == "第二条 不变。"

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date
from threading import Barrier, Thread

import pytest
from sqlalchemy import select

from qa_service.answer.curated.answers import ApprovedClause, CuratedAnswer
from qa_service.clock import Clock
from qa_service.corpus.models import ValidityState
from qa_service.errors import CuratedAnswerError, QaError
from qa_service.journal.curated_store import ADDED, RENEWED, WITHDRAWN, CuratedStore
from qa_service.journal.curated_tables import CuratedChangeRow
from qa_service.journal.database import Journal

CLAUSES = (
    ApprovedClause("b#2", "b" * 64, ValidityState.PERIOD_OVER),
    ApprovedClause("a#1", "c" * 64, ValidityState.UNKNOWN),
)

MakeCurated = Callable[..., CuratedAnswer]


def test_what_is_kept_comes_back_the_same(store: CuratedStore, make_curated: MakeCurated) -> None:
    answer = make_curated(clauses=CLAUSES, note="内部", text="甲[1]。\n乙[2]。")
    store.add(answer, "李四")
    assert store.answer("c-1") == answer
    assert store.answers() == (answer,)


def test_the_one_approved_last_comes_first(store: CuratedStore, make_curated: MakeCurated) -> None:
    for n, day in enumerate((1, 3, 2)):
        store.add(make_curated(f"c-{n}", f"问题{n}怎么办", approved_on=date(2026, 6, day)), "张三")
    assert [answer.id for answer in store.answers()] == ["c-1", "c-2", "c-0"]


def test_every_change_is_noted_with_who_and_when(
    store: CuratedStore, journal: Journal, make_curated: MakeCurated, fixed_clock: Clock
) -> None:
    store.add(make_curated(), "甲")
    store.withdraw("c-1", "乙")
    clause = ApprovedClause("test-law#第三条", "d" * 64, ValidityState.IN_FORCE)
    renewed = store.renew("c-1", date(2027, 12, 31), [clause], date(2026, 7, 1), "丙")
    assert (renewed.withdrawn, renewed.expires, renewed.approved_by) == (False, date(2027, 12, 31), "丙")
    assert renewed.clauses == (clause,)
    assert store.answer("c-1") == renewed
    changes = store.changes("c-1")
    assert [(change.by, change.action) for change in changes] == [("甲", ADDED), ("乙", WITHDRAWN), ("丙", RENEWED)]
    assert {change.at for change in changes} == {fixed_clock()}
    assert changes[0].at.tzinfo is UTC
    with journal.reading() as session:
        what = [json.loads(row.what) for row in session.scalars(select(CuratedChangeRow))]
    assert [entry["withdrawn"] for entry in what] == [False, True, False]


def test_the_version_is_another_after_each_change(store: CuratedStore, make_curated: MakeCurated) -> None:
    versions = [store.version()]
    store.add(make_curated(), "甲")
    versions.append(store.version())
    assert store.version() == versions[-1]
    store.withdraw("c-1", "乙")
    versions.append(store.version())
    assert len(set(versions)) == 3


def test_an_unknown_id_is_an_error_in_words(store: CuratedStore) -> None:
    for call in (lambda: store.answer("x"), lambda: store.withdraw("x", "甲")):
        with pytest.raises(CuratedAnswerError, match=r"'x'.*curated list"):
            call()


def test_a_taken_id_and_a_question_that_has_an_answer_are_refused(
    store: CuratedStore, make_curated: MakeCurated
) -> None:
    store.add(make_curated(), "甲")
    with pytest.raises(CuratedAnswerError, match="编号 c-1 已有"):
        store.add(make_curated(question="别的问题"), "甲")
    double = make_curated("c-2", "别的问题", wordings=("请问，专利年费多少？",))
    with pytest.raises(CuratedAnswerError, match="已有人工审核的答案 c-1"):
        store.add(double, "甲")
    assert len(store.answers()) == 1
    store.withdraw("c-1", "甲")
    store.add(double, "甲")
    with pytest.raises(CuratedAnswerError, match="已有人工审核的答案 c-2"):
        store.renew("c-1", date(2027, 1, 1), double.clauses, date(2026, 7, 1), "甲")


def test_what_is_withdrawn_is_not_withdrawn_again(store: CuratedStore, make_curated: MakeCurated) -> None:
    store.add(make_curated(), "甲")
    store.withdraw("c-1", "甲")
    with pytest.raises(CuratedAnswerError, match="已经停用"):
        store.withdraw("c-1", "甲")


def test_of_many_who_add_the_same_question_at_once_one_succeeds(store: CuratedStore, make_curated: MakeCurated) -> None:
    store.answers()
    start, failed = Barrier(6), list[QaError]()

    def add(n: int) -> None:
        start.wait()
        try:
            store.add(make_curated(f"c-{n}"), "甲")
        except QaError as error:
            failed.append(error)

    threads = [Thread(target=add, args=(n,)) for n in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(store.answers()) == 1
    assert [type(error) for error in failed] == [CuratedAnswerError] * 5


def test_a_changed_answer_is_not_the_one_kept(store: CuratedStore, make_curated: MakeCurated) -> None:
    store.add(make_curated(), "甲")
    assert replace(make_curated(), text="改[1]。") not in store.answers()

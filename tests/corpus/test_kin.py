from collections.abc import Callable
from datetime import date

import pytest

from qa_service.corpus.kin import kin_of, version_on, versions_of
from qa_service.corpus.library import Library
from qa_service.corpus.models import Document, Form
from qa_service.errors import NotFoundError

Make = Callable[..., Document]


def library_of(*documents: Document) -> Library:
    return Library(documents={document.id: document for document in documents})


@pytest.fixture
def versions(make_document: Make) -> Library:
    """Three versions of one text, the second of another title, and a guide to it."""
    return library_of(
        make_document("第一条 甲。", id="a", title="甲办法", effective=date(2020, 1, 1)),
        make_document("第一条 乙。", id="b", title="乙办法", effective=date(2023, 1, 1), supersedes=("a",)),
        make_document("第一条 丙。", id="c", title="乙办法", effective=date(2027, 1, 1)),
        make_document("第一条 丁。", id="d", title="丁办法", effective=date(2021, 1, 1)),
        make_document("- 三个月内办。（《丁办法》第一条）", id="g", title="丁怎么办", form=Form.GUIDE, kind="办事指南"),
    )


@pytest.mark.parametrize("asked", ["a", "b", "c"])
def test_a_text_has_all_its_versions_whichever_is_asked_for(versions: Library, asked: str) -> None:
    assert [document.id for document in versions_of(versions, asked)] == ["a", "b", "c"]


def test_a_document_of_another_text_is_no_version(versions: Library) -> None:
    assert [document.id for document in versions_of(versions, "d")] == ["d"]


@pytest.mark.parametrize(
    ("day", "expected"),
    [(date(2019, 1, 1), None), (date(2020, 1, 1), "a"), (date(2026, 12, 31), "b"), (date(2027, 1, 1), "c")],
)
def test_on_every_day_one_version_applies(versions: Library, day: date, expected: str | None) -> None:
    found = version_on(versions_of(versions, "a"), day)
    assert (found.id if found else None) == expected


def test_both_sides_of_a_replacement_know_of_it(versions: Library) -> None:
    assert "b" in {document.id for document in kin_of(versions, "a").replaced_by}
    assert [document.id for document in kin_of(versions, "b").replaces] == ["a"]


def test_a_document_knows_the_guides_that_cite_it(versions: Library) -> None:
    assert [document.id for document in kin_of(versions, "d").guides] == ["g"]
    assert [document.id for document in kin_of(versions, "g").rests_on] == ["d"]


def test_a_repeal_is_no_version_and_known_on_both_sides(make_document: Make) -> None:
    library = library_of(
        make_document("第一条 甲。", id="a", title="甲办法", effective=date(2020, 1, 1)),
        make_document("废止《甲办法》。", id="r", title="关于废止文件的决定", effective=date(2024, 1, 1)),
    )
    assert [document.id for document in kin_of(library, "a").repealed_by] == ["r"]
    assert [document.id for document in kin_of(library, "r").repeals] == ["a"]
    assert [document.id for document in versions_of(library, "a")] == ["a"]


def test_a_consolidated_text_knows_its_notice(make_document: Make) -> None:
    library = library_of(
        make_document("第一条 甲。", id="n", title="关于修改《甲办法》的通知", effective=date(2024, 1, 1)),
        make_document("第一条 乙。", id="a@2024-01-01", title="甲办法", effective=date(2024, 1, 1), amended_by="n"),
    )
    assert [document.id for document in kin_of(library, "a@2024-01-01").amended_by] == ["n"]
    assert [document.id for document in kin_of(library, "n").amends] == ["a@2024-01-01"]


def test_nothing_is_kin_to_a_document_that_is_not_there(versions: Library) -> None:
    with pytest.raises(NotFoundError):
        kin_of(versions, "x")

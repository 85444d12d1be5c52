import re
from dataclasses import replace
from urllib.parse import quote

import pytest
from fastapi.testclient import TestClient

from qa_service.corpus.models import Form, ValidityState
from qa_service.server.reader.shelf import Book, Wanted, book_of, grouped
from qa_service.server.schemas import DocumentOut, ValidityOut

NOTHING = {"words": "", "level": "", "topic": "", "force": "", "form": "", "order": ""}


def out(title: str, **fields: object) -> DocumentOut:
    given: dict[str, object] = {
        "id": title,
        "title": title,
        "short_title": None,
        "form": Form.NOTES,
        "kind": None,
        "level": "法律",
        "issuer": None,
        "number": None,
        "issued": None,
        "effective": None,
        "expires": None,
        "topics": [],
        "source_url": None,
        "note": None,
        "validity": ValidityOut(state=ValidityState.IN_FORCE, label="现行有效", note=""),
        "passages": 1,
        "url": f"/documents/{quote(title)}",
    }
    return DocumentOut.model_validate(given | fields)


def wanted(**asked: str) -> Wanted:
    return Wanted.of(NOTHING | asked)


def shown(page: str) -> set[str]:
    """The addresses of the rows that are not hidden."""
    rows = re.findall(r'<li class="book"[^>]*?(hidden)?>\s*<a class="name" href="([^"]+)"', page)
    return {address for hidden, address in rows if not hidden}


@pytest.mark.parametrize(
    ("asked", "met"),
    [
        ({"words": "专利"}, True),
        ({"words": "专利 促进"}, True),
        ({"words": "促进　专利"}, True),
        ({"words": "专利 商标"}, False),
        ({"words": "zl条例"}, True),
        ({"words": "ＺＬ条例"}, True),
        ({"words": "第3号"}, True),
        ({"level": "法律"}, True),
        ({"level": "部门规章"}, False),
        ({"topic": "申请"}, True),
        ({"topic": "保护"}, False),
        ({"force": "yes"}, True),
        ({"force": "no"}, False),
        ({"form": "notes"}, True),
        ({"form": "guide"}, False),
        ({"force": "perhaps", "form": "<b>"}, True),
    ],
)
def test_a_document_is_found_by_what_is_asked(asked: dict[str, str], met: bool) -> None:
    book = book_of(out("专利促进条例", topics=["申请"], number="第3号"), ["ZL条例"])
    assert wanted(**asked).meets(book) is met


def test_what_means_nothing_does_not_restrict() -> None:
    assert not wanted(force="perhaps", form="x", order="date").restricts
    assert wanted(words="  ").restricts is False
    assert wanted(level="没有的层级").restricts


def test_the_plan_comes_first_and_guides_last_and_what_we_compiled_is_not_among_the_laws() -> None:
    books: list[Book] = [
        book_of(out("怎么办", form=Form.GUIDE, kind="办事指南", level="办事指南")),
        book_of(out("甲法")),
        book_of(out("甲情况", kind="情况说明")),
        book_of(out("甲市文件", level="如皋市")),
        book_of(out("没有层级", level=None)),
        book_of(out("本区规划", form=Form.FULL_TEXT, kind="规划", level="区级规划")),
    ]
    groups = grouped(books)
    assert [group.name for group in groups] == [
        "本区规划",
        "法律",
        "如皋市",
        "其他文件",
        "情况说明（本服务整理）",
        "办事指南",
    ]
    assert all(len(group.books) == 1 for group in groups)


def test_names_are_ordered_as_they_are_pronounced_and_dates_by_the_latest() -> None:
    books = [
        book_of(out("中华人民共和国专利法", effective="2021-06-01")),
        book_of(out("著作权法", effective="2020-01-01")),
        book_of(out("电子商务法")),
        book_of(out("反不正当竞争法", effective="2025-10-15")),
    ]
    (by_name,), (by_date,) = grouped(books), grouped(books, "date")
    assert [b.document.title for b in by_name.books] == [
        "电子商务法",
        "反不正当竞争法",
        "著作权法",
        "中华人民共和国专利法",
    ]
    assert [b.document.title for b in by_date.books] == [
        "反不正当竞争法",
        "中华人民共和国专利法",
        "著作权法",
        "电子商务法",
    ]
    assert sorted(b.rank for b in by_date.books) == [0, 1, 2, 3]


def test_documents_of_one_title_are_told_apart() -> None:
    books = [book_of(out("商标法", id="a")), book_of(out("商标法", id="b")), book_of(out("专利法"))]
    (group,) = grouped(books)
    assert [b.is_one_of_several for b in group.books] == [True, True, False]
    assert replace(group.books[0], rank=9).rank == 9


def test_the_list_narrows_without_scripts_and_says_how_many(client: TestClient) -> None:
    page = client.get("/documents", params={"words": "商标法", "form": "notes"}).text
    assert shown(page) >= {f"/documents/{quote('商标法')}"}
    assert "/documents/haimen-ip-plan" not in shown(page)
    assert f"符合条件的有 <strong>{len(shown(page))}</strong> 份" in page
    assert 'value="商标法"' in page


def test_the_list_tells_forms_and_validity_apart(client: TestClient) -> None:
    page = client.get("/documents").text
    assert len(shown(page)) > 100
    for words in (
        "官方全文",
        "要点整理，非法条原文",
        "办事指南",
        "期限届满",
        "现行有效",
        "（2027年1月1日起施行的文本）",
    ):
        assert words in page
    assert shown(client.get("/documents?form=full_text").text) == {"/documents/haimen-ip-plan"}
    expired = shown(client.get("/documents?force=no").text)
    assert "/documents/haimen-ip-plan" in expired
    assert f"/documents/{quote('专利法')}" not in expired


def test_an_empty_result_says_what_to_do(client: TestClient) -> None:
    page = client.get("/documents?words=%E7%89%8C%E5%AD%90").text
    assert shown(page) == set()
    assert re.search(r'<div class="none">', page)
    assert "清除全部条件" in page
    assert re.search(r'<div class="none" hidden>', client.get("/documents").text)


@pytest.mark.parametrize(
    "query", ["words=%00%1b", "words=%ed%a0%80", "order=drop", "level=" + "x" * 5000, "words=" + quote("(?:[*+\\")]
)
def test_whatever_stands_in_the_address_does_no_harm(client: TestClient, query: str) -> None:
    assert client.get(f"/documents?{query}").status_code == 200


@pytest.mark.parametrize("name", ["words", "level", "topic", "force", "form", "order"])
def test_what_is_asked_cannot_write_html(client: TestClient, name: str) -> None:
    page = client.get("/documents", params={name: '"><script>alert(1)</script>'}).text
    assert "<script>alert" not in page

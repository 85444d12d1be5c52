import re
from collections.abc import Iterator
from html import unescape
from urllib.parse import quote

import pytest
from fastapi.testclient import TestClient

from qa_service.server.app import create_app
from qa_service.service import Service

NEWER = f"/documents/{quote('奖励办法2025')}/compare"


@pytest.fixture(scope="module")
def reader(reading_service: Service) -> Iterator[TestClient]:
    with TestClient(create_app(lambda: reading_service), raise_server_exceptions=False) as client:
        yield client


def test_a_version_is_compared_with_the_one_before_it(reader: TestClient) -> None:
    body = reader.get(f"/api/v1{NEWER}").json()
    assert (body["before"]["id"], body["after"]["id"]) == ("奖励办法2020", "奖励办法2025")
    assert body["counts"] == {"added": 1, "removed": 1, "changed": 2, "moved": 0, "unchanged": 3}
    changed = next(pair for pair in body["pairs"] if pair["fate"] == "changed")
    assert changed["before"]["location"] == "第三条"
    assert changed["after"] == {"location": "第四条", "url": f"/documents/{quote('奖励办法2025')}#{quote('第四条')}"}
    assert [(p["kind"], p["text"]) for p in changed["pieces"] if p["kind"] != "same"] == [
        ("deleted", "一万元"),
        ("inserted", "两万元"),
    ]


def test_the_earlier_version_stands_first_whichever_is_asked_for(reader: TestClient) -> None:
    one = reader.get(f"/api/v1{NEWER}", params={"with": "奖励办法2020"}).json()
    other = reader.get(f"/api/v1/documents/{quote('奖励办法2020')}/compare", params={"with": "奖励办法2025"}).json()
    assert one == other


@pytest.mark.parametrize(
    ("days", "ids"),
    [
        ({"from": "2022-06-01", "to": "2026-01-01"}, ("奖励办法2020", "奖励办法2025")),
        ({"from": "2022-06-01"}, ("奖励办法2020", "奖励办法2025")),
        ({"to": "2027-01-01"}, ("奖励办法2025", "奖励办法2027")),
        ({"from": "2027-01-01", "to": "2020-01-01"}, ("奖励办法2020", "奖励办法2027")),
    ],
)
def test_days_name_the_versions_that_apply_on_them(
    reader: TestClient, days: dict[str, str], ids: tuple[str, str]
) -> None:
    body = reader.get(f"/api/v1{NEWER}", params=days).json()
    assert (body["before"]["id"], body["after"]["id"]) == ids


def test_notes_beside_a_full_text_are_labelled(reader: TestClient) -> None:
    body = reader.get(f"/api/v1{NEWER}", params={"with": "奖励办法2027"}).json()
    assert "一份是本服务整理的要点" in body["notices"][0]
    assert reader.get(f"/api/v1{NEWER}").json()["notices"] == []


def test_a_consolidated_text_is_compared_and_says_that_it_is_one(reader: TestClient) -> None:
    body = reader.get(f"/api/v1/documents/{quote('资助细则')}/compare").json()
    assert body["after"]["id"] == "资助细则@2024-05-01"
    assert {name: body["counts"][name] for name in ("changed", "removed", "unchanged")} == {
        "changed": 1,
        "removed": 1,
        "unchanged": 1,
    }
    assert "由本服务据《关于修改〈示例市专利资助细则〉的通知》合并" in body["notices"][0]


@pytest.mark.parametrize(
    ("path", "status", "words"),
    [
        ("/documents/nothing/compare", 404, "nothing"),
        (f"/documents/{quote('长文')}/compare", 404, "只有一个文本"),
        (f"{NEWER}?with={quote('长文')}", 404, "不是"),
        (f"{NEWER}?with={quote('奖励办法2025')}", 404, "不是"),
        (f"{NEWER}?with=nothing", 404, "nothing"),
        (f"{NEWER}?from=2026-01-01&to=2026-02-01", 404, "同一个文本"),
        (f"{NEWER}?from=2019-01-01&to=2026-02-01", 404, "2020年1月1日"),
        (f"{NEWER}?from=yesterday", 422, "日期"),
    ],
)
def test_what_cannot_be_compared_says_why(reader: TestClient, path: str, status: int, words: str) -> None:
    response = reader.get(f"/api/v1{path}")
    assert response.status_code == status
    assert words in response.json()["detail"]


def text_of(page: str) -> str:
    return unescape(re.sub(r"\s+", "", re.sub(r"<[^>]+>", "", page)))


def test_the_page_marks_what_was_deleted_and_inserted_and_counts(reader: TestClient) -> None:
    page = reader.get(NEWER).text
    assert "<del>一万元</del>" in page
    assert "<ins>两万元</ins>" in page
    assert "新增1条删去1条修改2条只改序号0条未变3条" in text_of(page)
    assert "2条文字未变：第一条至第二条" in text_of(page)


def test_each_side_of_the_page_reads_as_its_version(reader: TestClient) -> None:
    page = reader.get(NEWER).text
    was = text_of("".join(re.findall(r'<div class="was">(.*?)</div>', page, re.DOTALL)))
    now = text_of("".join(re.findall(r'<div class="now">(.*?)</div>', page, re.DOTALL)))
    assert "对授权的发明专利，每件奖励一万元。" in was
    assert "两万元" not in was
    assert "对授权的发明专利，每件奖励两万元。" in now
    assert "驰名商标" in was
    assert "驰名商标" not in now


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ("with=", 200),
        ("from=&to=", 200),
        ("from=2022-06-01&to=", 200),
        ("from=x", 422),
        ("with=nothing", 404),
        ("with=" + "x" * 3000, 404),
        ("from=2026-01-01&to=2026-02-01", 404),
        ("with=%00", 404),
        ("with=%ed%a0%80", 404),
    ],
)
def test_whatever_stands_in_the_address_is_answered_with_a_page(reader: TestClient, query: str, status: int) -> None:
    response = reader.get(f"{NEWER}?{query}")
    assert response.status_code == status
    assert "<h1>" in response.text
    assert ("不能对照" in response.text) is (status != 200)


def test_a_document_that_is_not_there_is_a_page_that_says_so(reader: TestClient) -> None:
    response = reader.get("/documents/nothing/compare")
    assert response.status_code == 404
    assert "没有找到这份文件" in response.text


def test_what_is_asked_cannot_write_html(reader: TestClient) -> None:
    for name in ("with", "from", "to"):
        assert "<script>alert" not in reader.get(NEWER, params={name: "<script>alert(1)</script>"}).text


def test_the_shipped_versions_are_compared(client: TestClient) -> None:
    body = client.get(f"/api/v1/documents/{quote('商标法')}/compare").json()
    assert body["after"]["effective"] == "2027-01-01"
    assert body["counts"]["moved"] >= 10
    assert "不是法条原文" in body["notices"][0]


def test_comparing_counts_as_asking() -> None:
    from qa_service.server.costly import asks, computes

    for path in ("/documents/x/compare", "/api/v1/documents/x/compare"):
        scope = {"type": "http", "path": path, "query_string": b""}
        assert computes(scope)
        assert asks(scope)
    assert not computes({"type": "http", "path": "/documents/x", "query_string": b""})

import re
from collections.abc import Iterator
from html import unescape
from urllib.parse import quote

import pytest
from fastapi.testclient import TestClient

from qa_service.server.app import create_app
from qa_service.service import Service


@pytest.fixture(scope="module")
def reader(reading_service: Service) -> Iterator[TestClient]:
    with TestClient(create_app(lambda: reading_service), raise_server_exceptions=False) as client:
        yield client


def page_of(client: TestClient, document_id: str) -> str:
    response = client.get(f"/documents/{quote(document_id)}")
    assert response.status_code == 200
    return response.text


def text_of(page: str) -> str:
    return unescape(re.sub(r"\s+", "", re.sub(r"<[^>]+>", "", page)))


def test_every_passage_has_its_address_also_in_a_clause_of_several(
    reader: TestClient, reading_service: Service
) -> None:
    page = page_of(reader, "长文")
    passages = reading_service.engine.passages_of("长文")
    assert any(passage.parts > 1 for passage in passages)
    for passage in passages:
        assert page.count(f'id="{passage.key}"') == 1
    assert page.count('id="第二条"') == 1


def test_a_clause_of_several_passages_reads_on_as_one(reader: TestClient) -> None:
    page = page_of(reader, "长文")
    assert "1/" not in re.sub(r"<[^>]+>", "", page.partition('id="第二条"')[2].partition('id="第三条"')[0])
    assert "属于第59种情形的" in text_of(page)


@pytest.mark.parametrize("document_id", ["haimen-ip-plan", "商标法", "指南-撤三", "专利法实施细则"])
def test_the_whole_text_of_a_document_is_on_its_page(client: TestClient, service: Service, document_id: str) -> None:
    text = text_of(page_of(client, document_id))
    for passage in service.engine.passages_of(document_id):
        for line in passage.text.splitlines():
            assert re.sub(r"\s+", "", line.removeprefix("- ")) in text


def test_notes_are_told_apart_from_official_wording_at_every_clause(client: TestClient) -> None:
    notes, full = page_of(client, "商标法"), page_of(client, "haimen-ip-plan")
    assert "要点整理，非法条原文" in notes
    assert "不是法规原文" in notes
    assert notes.count('<span class="gist">要点</span>') == notes.count('class="clause"')
    assert "官方全文" in full
    assert "gist" not in full


def test_a_document_leads_to_its_other_versions_and_to_what_changed(reader: TestClient) -> None:
    page = page_of(reader, "奖励办法2025")
    assert "即将变化" in page
    for other in ("奖励办法2020", "奖励办法2027"):
        assert f'href="/documents/{quote(other)}"' in page
        assert f'href="/documents/{quote("奖励办法2025")}/compare?with={quote(other)}"' in page


def test_what_no_longer_holds_leads_to_what_took_its_place(reader: TestClient) -> None:
    page = page_of(reader, "奖励办法2020")
    assert "已修改" in page
    assert f'<a href="/documents/{quote("奖励办法2025")}">查看新文件</a>' in page


def test_what_is_not_in_force_yet_leads_to_what_holds_today(reader: TestClient) -> None:
    page = page_of(reader, "奖励办法2027")
    assert "今天适用的是" in page


def test_a_consolidated_text_names_its_notice_and_the_notice_names_it(reader: TestClient) -> None:
    assert f'href="/documents/{quote("修改通知")}"' in page_of(reader, "资助细则@2024-05-01")
    assert f'href="/documents/{quote("资助细则@2024-05-01")}"' in page_of(reader, "修改通知")


def test_a_source_in_a_guide_leads_to_the_clause_that_is_in_force(reader: TestClient) -> None:
    page = page_of(reader, "指南-奖励")
    address = f"/documents/{quote('奖励办法2025')}#{quote('第五条')}"
    assert f'<a href="{address}">《示例市知识产权奖励办法》第五条</a>' in page
    assert "知识产权奖励怎么申请" in page_of(reader, "奖励办法2025")


@pytest.mark.parametrize("path", ["/documents", "/documents/恶意文本", "/documents/恶意文本二/compare"])
def test_no_text_of_a_document_can_write_html(reader: TestClient, path: str) -> None:
    page = reader.get(quote(path)).text
    assert "alert(1)" in page
    assert not re.search(r"<script>|<img src=x|<svg|<b>|<i>|<u>|</article><", page)
    assert 'href="javascript:' not in page


def test_a_document_without_versions_is_not_offered_for_comparing(reader: TestClient) -> None:
    assert "/compare" not in page_of(reader, "长文")

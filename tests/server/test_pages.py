import re

import pytest
from fastapi.testclient import TestClient

from qa_service.server.page_templates import cited, highlighted


def test_the_first_visit_shows_a_form_and_examples(client: TestClient) -> None:
    page = client.get("/").text
    assert '<html lang="zh-CN"' in page
    assert 'name="q"' in page
    assert "拿专利能贷款吗" in page


def test_an_answer_has_an_address_and_shows_its_sources(client: TestClient) -> None:
    response = client.get("/", params={"q": "知识产权质押金额目标是多少"})
    assert response.status_code == 200
    assert "15亿元" in response.text
    assert "三、（二）2" in response.text
    assert "期限届满" in response.text
    assert "<mark>" in response.text


def test_every_link_of_an_answer_leads_to_a_passage_that_is_there(client: TestClient) -> None:
    page = client.get("/", params={"q": "知识产权质押金额目标是多少"}).text
    links = re.findall(r'href="(/documents/[^"#]+)#([^"]+)"', page)
    assert links
    for path, fragment in links:
        from urllib.parse import unquote

        assert f'id="{unquote(fragment)}"' in client.get(path).text


@pytest.mark.parametrize("question", ["<script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "专利'\"<b>"])
def test_a_question_cannot_write_html(client: TestClient, question: str) -> None:
    page = client.get("/", params={"q": question}).text
    assert "<script>alert" not in page
    assert "<img src=x" not in page
    assert "<b>" not in page


def test_a_question_that_is_too_long_stays_in_the_field(client: TestClient) -> None:
    response = client.get("/", params={"q": "问" * 501})
    assert response.status_code == 422
    assert "500" in response.text
    assert "问" * 501 in response.text


def test_control_characters_in_the_address_do_no_harm(client: TestClient) -> None:
    assert client.get("/?q=%00%1b%ed%a0%80").status_code in {200, 422}


def test_a_follow_up_is_asked_without_scripts_and_says_how_it_was_read(client: TestClient) -> None:
    first = client.get("/", params={"q": "发明专利保护期是多久"}).text
    assert '<input type="hidden" name="after" value="发明专利保护期是多久">' in first
    page = client.get("/", params={"q": "那外观设计呢", "after": "发明专利保护期是多久"}).text
    assert "按“外观设计保护期是多久”理解" in page
    assert "十五年" in page
    assert 'name="after" value="外观设计保护期是多久"' in page


def test_small_talk_keeps_what_was_spoken_of(client: TestClient) -> None:
    page = client.get("/", params={"q": "谢谢", "after": "发明专利保护期是多久"}).text
    assert 'name="after" value="发明专利保护期是多久"' in page


def test_the_choices_of_a_question_back_are_links(client: TestClient) -> None:
    page = client.get("/", params={"q": "续展要多久"}).text
    links = re.findall(r'<a href="(/\?q=[^"]+)"[^>]*>([^<]*续展要多久？)</a>', page)
    assert len(links) >= 2
    assert "六个月" in client.get(links[0][0]).text
    assert "按“商标续展要多久？”理解" in client.get("/", params={"q": "1", "after": "续展要多久"}).text


@pytest.mark.parametrize("after", ["", " ", "x" * 600, "\ud800", "<script>alert(1)</script>", '"><img src=x>'])
def test_whatever_stands_in_the_address_as_said_before_does_no_harm(client: TestClient, after: str) -> None:
    response = client.get("/", params={"q": "那外观设计呢", "after": after.encode("utf-8", "replace").decode()})
    assert response.status_code == 200
    assert "<script>alert" not in response.text
    assert "<img src=x" not in response.text


def test_the_reader_shows_every_passage_with_its_own_address(client: TestClient) -> None:
    page = client.get("/documents/haimen-ip-plan").text
    assert 'id="四-三-4"' in page
    assert "创新知识产权金融服务" in page
    assert page.count("2021") >= 1


def test_the_list_of_documents_leads_to_the_reader(client: TestClient) -> None:
    assert 'href="/documents/haimen-ip-plan"' in client.get("/documents").text


def test_a_document_that_is_not_there_is_a_page_that_says_so(client: TestClient) -> None:
    response = client.get("/documents/nothing")
    assert response.status_code == 404
    assert "nothing" in response.text


def test_no_page_needs_anything_from_elsewhere(client: TestClient) -> None:
    for path in ("/", "/?q=质押", "/documents", "/documents/haimen-ip-plan"):
        page = client.get(path).text
        assert not re.search(r'(?:src|href)="(?:https?:)?//', page)
        assert not re.search(r"<style|style=|onclick=|<script>", page)


def test_highlights_escape_what_they_mark() -> None:
    assert str(highlighted("a<b>c", [(1, 4)])) == "a<mark>&lt;b&gt;</mark>c"


def test_marks_become_links_to_their_citations() -> None:
    page = str(cited("甲。[1]<i>\n1. 乙"))
    assert re.match(r'<p>甲。<a [^>]*href="#c1"[^>]*>\[1\]</a>', page)
    assert page.endswith('<p class="step">1. 乙</p>')
    assert "<i>" not in page

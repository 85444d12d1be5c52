from collections.abc import Callable

import pytest
from fastapi.testclient import TestClient

SignIn = Callable[..., TestClient]
EVIL = '"><script>alert(1)</script><img src=x onerror=alert(1)>'


def test_the_desk_begins_with_the_search(signed_in: SignIn) -> None:
    page = signed_in("reader").get("/desk")
    assert page.status_code == 200
    assert 'aria-current="page">检索</a>' in page.text
    assert page.text.count("<h1") == 1
    assert page.headers["cache-control"] == "no-store"


def test_without_scripts_a_search_and_a_passage_have_an_address(signed_in: SignIn) -> None:
    client = signed_in("reader")
    page = client.get("/desk", params={"q": "质押融资", "level": "区级规划", "passage": "haimen-ip-plan#三-二-2"}).text
    assert page.count('class="hit"') > 3
    assert "<mark>质押融资</mark>" in page
    assert '<option value="区级规划" selected>' in page
    assert "知识产权质押金额累计15亿元" in page
    assert "上一条" in page
    assert "下一条" in page
    assert "passage=haimen-ip-plan%23" in page


def test_the_form_of_documents_is_chosen_in_the_address(signed_in: SignIn) -> None:
    page = signed_in("reader").get("/desk", params={"q": "专利侵权", "form": "guide"}).text
    hits = page[page.index('<ol id="hits"') : page.index("</ol>", page.index('<ol id="hits"'))]
    assert hits.count('class="hit"') > 3
    assert hits.count("办事指南</span>") == hits.count('class="hit"')


@pytest.mark.parametrize(
    "params",
    [
        {"q": "问" * 501},
        {"q": "专利", "form": "vielleicht"},
        {"q": "专利", "document": "没有", "level": "没有", "topic": "没有"},
        {"q": "专利", "passage": "没有#这条"},
        {"q": "\ud800".encode("utf-8", "surrogatepass").decode("utf-8", "replace")},
        {"q": "\x00\x07"},
        {"passage": "haimen-ip-plan#三-二-2"},
    ],
)
def test_no_address_breaks_the_page(signed_in: SignIn, params: dict[str, str]) -> None:
    assert signed_in("reader").get("/desk", params=params).status_code == 200


def test_what_was_left_behind_is_said_in_words(signed_in: SignIn) -> None:
    client = signed_in("reader")
    assert "最多输入 500 个字，现在有 501 个" in client.get("/desk", params={"q": "问" * 501}).text
    assert "那一条现在没有了" in client.get("/desk", params={"passage": "没有#这条"}).text
    assert "没有找到" in client.get("/desk", params={"q": "专利", "document": "没有"}).text


@pytest.mark.parametrize("name", ["q", "document", "level", "topic", "form", "in_force", "passage"])
def test_nothing_typed_becomes_a_part_of_the_page(signed_in: SignIn, name: str) -> None:
    page = signed_in("reader").get("/desk", params={"q": "专利", name: EVIL}).text
    assert "<script>alert" not in page
    assert "<img" not in page.replace('<img src="/static', "")


def test_only_who_may_write_answers_is_led_there(signed_in: SignIn) -> None:
    assert "data-may-write" not in signed_in("reader").get("/desk").text
    assert "data-may-write" in signed_in("editor").get("/desk").text

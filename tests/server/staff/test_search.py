import time
from collections.abc import Callable
from dataclasses import replace

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from qa_service.access.staff import Role, Staff
from qa_service.search.expected import Expected
from qa_service.server.app import create_app
from qa_service.server.staff.guard import staff_of
from qa_service.server.staff.search import _ASKED
from qa_service.service import Service
from qa_service.settings import Settings

SignIn = Callable[..., TestClient]
SEARCH = "/api/v1/staff/search"


def test_staff_find_passages_with_the_reasons_in_words(signed_in: SignIn) -> None:
    body = signed_in("reader").get(SEARCH, params={"q": "专利法第六十五条说侵权去哪里告", "k": 5}).json()
    first = body["hits"][0]
    assert (first["document"], first["form"]) == ("中华人民共和国专利法", "notes")
    assert first["reasons"][0]["label"] == "点名条款"
    assert sum(r["score"] for r in first["reasons"]) == pytest.approx(first["score"], abs=0.1)
    assert [r["score"] for r in first["reasons"]] == sorted((r["score"] for r in first["reasons"]), reverse=True)
    assert body["read"]["documents"] == ["中华人民共和国专利法"]
    assert body["read"]["asks"] == ["在哪里、找谁"]
    assert body["read"]["clauses"] == ["第六十五条"]


def test_a_search_is_kept_within_a_form(signed_in: SignIn) -> None:
    client = signed_in("reader")
    for form in ("full_text", "notes", "guide"):
        hits = client.get(SEARCH, params={"q": "专利侵权", "form": form}).json()["hits"]
        assert {hit["form"] for hit in hits} == {form}
    both = client.get(SEARCH, params={"q": "专利侵权", "form": ["notes", "guide"], "k": 50}).json()["hits"]
    assert {hit["form"] for hit in both} == {"notes", "guide"}
    assert client.get(SEARCH, params={"q": "专利", "form": "vielleicht"}).status_code == 422


def test_every_kind_of_question_has_a_word() -> None:
    assert set(_ASKED) == set(Expected)


def test_slips_are_put_right_and_said(signed_in: SignIn) -> None:
    assert signed_in("reader").get(SEARCH, params={"q": "发明砖利保护期"}).json()["understood"] == "发明专利保护期"


def test_staff_type_on_while_the_public_is_limited(service: Service, settings: Settings) -> None:
    tight = settings.model_copy(update={"rate_limit": "1/minute", "rate_limit_reading": "2/minute"})
    app = create_app(lambda: replace(service, settings=tight, lasting=None))
    app.dependency_overrides[staff_of] = lambda: Staff("王", Role.READER)
    with TestClient(app) as client:
        assert [client.get("/documents").status_code for _ in range(3)] == [200, 200, 429]
        answers = [client.get(SEARCH, params={"q": "专利"}) for _ in range(20)]
        assert {answer.status_code for answer in answers} == {200}
        assert answers[0].headers["RateLimit-Policy"] == '"desk";q=1200;w=60'
        ids = [hit["passage_id"] for hit in answers[0].json()["hits"]]
        assert {client.get("/api/v1/staff/passage", params={"id": id}).status_code for id in ids} == {200}


def test_a_search_is_answered_before_it_is_missed(signed_in: SignIn) -> None:
    client = signed_in("reader")
    client.get(SEARCH, params={"q": "预热"})
    took = []
    for q in ("专利", "专利侵权赔偿", "商标续展要多久", "知识产权质押融资有没有贴息", "专利法第六十五条"):
        began = time.perf_counter()
        client.get(SEARCH, params={"q": q})
        took.append(time.perf_counter() - began)
    # Far from what it takes alone on a machine: others run beside this test.
    assert sorted(took)[2] < 0.5


def test_a_passage_comes_with_what_stands_around_it(signed_in: SignIn) -> None:
    body = signed_in("reader").get("/api/v1/staff/passage", params={"id": "haimen-ip-plan#三-二-2"}).json()
    assert "15亿元" in body["passage"]["text"]
    assert body["passage"]["validity"]["state"] == "period_over"
    assert body["heading_path"]
    assert body["previous"]["text"]
    assert body["next"]["text"]
    assert body["coming"] is None


def test_the_version_to_come_is_told_of(signed_in: SignIn) -> None:
    client = signed_in("reader")
    hit = client.get(SEARCH, params={"q": "商标法第四十条"}).json()["hits"][0]
    coming = client.get("/api/v1/staff/passage", params={"id": hit["passage_id"]}).json()["coming"]
    assert coming["effective"] == "2027-01-01"
    assert coming["text"] is None  # which article it is there, nobody has said
    assert coming["url"].startswith("/documents/")


def test_a_passage_that_is_not_there_is_said_so(signed_in: SignIn) -> None:
    answer = signed_in("reader").get("/api/v1/staff/passage", params={"id": "没有#这条"})
    assert answer.status_code == 404
    assert "没有" in answer.json()["detail"]


def test_the_routes_are_the_staffs_alone(app: FastAPI) -> None:
    with TestClient(app) as client:
        assert client.get(SEARCH, params={"q": "专利"}).status_code == 401
        assert client.get("/api/v1/staff/passage", params={"id": "x"}).status_code == 401
        assert client.post("/api/v1/staff/preview", json={"question": "专利"}).status_code == 401
        assert client.post("/api/v1/staff/export", json={"passage_ids": ["x"]}).status_code == 401

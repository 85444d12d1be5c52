from collections.abc import Iterator
from dataclasses import replace

import pytest
from fastapi.testclient import TestClient

from qa_service.journal.exchange import Channel, Exchange
from qa_service.server.app import create_app
from qa_service.server.assets import digest
from qa_service.service import Service

HOST = "https://www.example.gov.cn"


@pytest.fixture
def listed(service: Service) -> Iterator[TestClient]:
    """The application, which is told of one site."""
    settings = service.settings.model_copy(update={"widget_origins": HOST, "public_url": "https://qa.example.gov.cn/"})
    with TestClient(create_app(lambda: replace(service, settings=settings)), raise_server_exceptions=False) as client:
        yield client


def test_the_script_may_stand_on_any_page_and_names_today_s_modules(client: TestClient) -> None:
    response = client.get("/widget.js")
    assert response.headers["content-type"].startswith("text/javascript")
    assert response.headers["cross-origin-resource-policy"] == "cross-origin"
    assert response.headers["cache-control"] == "no-cache"
    assert f"/static/{digest()}/js/widget.js" in response.text
    assert "{digest}" not in response.text
    assert client.get(f"/static/{digest()}/js/widget.js").status_code == 200


def test_only_a_site_that_is_listed_may_load_the_modules_and_be_welcomed(listed: TestClient) -> None:
    for path in (f"/static/{digest()}/js/widget.js", f"/static/{digest()}/css/widget.css", "/api/v1/welcome"):
        may = listed.get(path, headers={"Origin": HOST})
        assert may.headers["access-control-allow-origin"] == HOST, path
        may_not = listed.get(path, headers={"Origin": "https://other.example.com"})
        assert "access-control-allow-origin" not in may_not.headers, path


def test_a_visitor_is_welcomed_with_what_the_operator_has_set(service: Service, client: TestClient) -> None:
    assert client.get("/api/v1/welcome").json()["handover"] is None
    settings = service.settings.model_copy(update={"handover_name": "服务站", "handover_phone": "0513-1"})
    with TestClient(create_app(lambda: replace(service, settings=settings))) as staffed:
        welcome = staffed.get("/api/v1/welcome").json()
    assert welcome["handover"] == {"name": "服务站", "phone": "0513-1", "address": None, "hours": None}
    assert welcome["longest"] == 500
    assert len(welcome["suggestions"]) == 3


def test_the_page_to_set_it_up_names_the_service_as_the_public_does(client: TestClient, listed: TestClient) -> None:
    assert "http://testserver/widget.js" in client.get("/widget").text
    assert "https://qa.example.gov.cn/widget.js" in listed.get("/widget").text


def test_a_question_is_counted_where_it_was_asked(service: Service) -> None:
    noted: list[Exchange] = []
    mine = replace(service, counting=(noted.append,), lasting=None)
    with TestClient(create_app(lambda: mine)) as client:
        client.post("/api/v1/ask", json={"question": "质押", "channel": "widget"})
        client.post("/api/v1/ask/stream", json={"question": "质押", "channel": "page"})
        client.post("/api/v1/ask", json={"question": "质押"})
        assert client.post("/api/v1/ask", json={"question": "质押", "channel": "desk"}).status_code == 422
    assert [exchange.channel for exchange in noted] == [Channel.WIDGET, Channel.PAGE, Channel.API]


def test_a_judgement_by_a_form_is_thanked_for(client: TestClient) -> None:
    answered = client.post("/api/v1/ask", json={"question": "质押"}).json()
    page = client.post("/feedback", data={"ask_id": answered["id"], "helpful": "false", "reason": "wrong"})
    assert page.status_code == 200
    assert "已记下" in page.text
    assert client.post("/feedback", data={"ask_id": "<b>", "helpful": "x"}).status_code == 422

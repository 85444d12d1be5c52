import logging
from typing import Any

import pytest
from fastapi.testclient import TestClient

from qa_service.journal.exchange_recorder import address_pseudonym
from qa_service.secret_key import SecretKey
from qa_service.server.access_log import access_log
from qa_service.server.handled import Handled

LOGGER = "qa_service.server.access_log"


def lines(caplog: pytest.LogCaptureFixture) -> list[dict[str, Any]]:
    return [record.fields for record in caplog.records if record.name == LOGGER]  # type: ignore[attr-defined]


def test_a_request_is_one_line_without_what_was_asked(client: TestClient, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.INFO, LOGGER):
        client.get("/", params={"q": "质押金额目标"}, headers={"cookie": "a=geheim", "authorization": "Bearer geheim"})
        client.post("/api/v1/ask", json={"question": "质押金额目标"})
        client.get("/api/v1/documents/haimen-ip-plan")
        client.get("/nowhere/质押")
        client.get("/static/css/site.css")
    found = lines(caplog)
    assert [line["route"] for line in found] == [
        "/",
        "/api/v1/ask",
        "/api/v1/documents/{document_id}",
        "other",
        "/static",
    ]
    assert [line.get("channel") for line in found[:3]] == ["page", "api", None]
    assert [line["status"] for line in found] == [200, 200, 200, 404, 200]
    assert all(line["ms"] >= 0 and line["bytes"] > 100 for line in found)
    assert "质押" not in caplog.text + str(found)
    assert "geheim" not in caplog.text + str(found)


def test_monitors_are_written_down_only_when_they_find_something(
    client: TestClient, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.INFO, LOGGER):
        client.get("/healthz")
        client.get("/metrics", headers={"x-request-id": "a"})
    assert [line["route"] for line in lines(caplog)] == ["/metrics"]  # the test client has no address: 404


def test_an_address_stands_as_its_pseudonym(caplog: pytest.LogCaptureFixture) -> None:
    key = SecretKey(b"k" * 32)
    write = access_log(key)
    with caplog.at_level(logging.INFO, LOGGER):
        for address in ("203.0.113.9", "203.0.113.10", "203.0.114.1"):
            write(Handled("GET", "/", 200, 0.01, 5, "page", address))
    clients = [line["client"] for line in lines(caplog)]
    assert clients[0] == clients[1] != clients[2]
    assert clients[0] == address_pseudonym(key, "203.0.113.9")
    assert "203.0.113" not in caplog.text + str(lines(caplog))


def test_nothing_is_hashed_where_nothing_is_written() -> None:
    def never() -> bytes:
        raise AssertionError

    access_log(SecretKey(never))(Handled("GET", "/", 200, 0.01, 5, "page", "203.0.113.9"))

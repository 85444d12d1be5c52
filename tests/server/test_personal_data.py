"""A telephone that somebody types goes no further than the answer: not into a log, not into memory."""

import json
import logging

import pytest
from fastapi.testclient import TestClient

from qa_service.answer.dialogue.conversation import Turn
from qa_service.answer.dialogue.sessions import MemorySessions
from qa_service.service import Service

NUMBER = "13812345678"
ASKED = f"我的手机是{NUMBER}，专利质押贷款有贴息吗"
OF_THE_CLIENT = ("httpx", "httpcore", "asyncio")
"""What the test's own client and loop log, of the address that they ask for."""


def logged(caplog: pytest.LogCaptureFixture) -> str:
    records = [r for r in caplog.records if not r.name.startswith(OF_THE_CLIENT)]
    return "\n".join(f"{r.getMessage()} {r.exc_text or ''} {r.args!r}" for r in records)


CALL = {
    "jsonrpc": "2.0",
    "id": 1,
    "method": "tools/call",
    "params": {"name": "ask_policy", "arguments": {"question": ASKED}},
}
CHAT = {
    "model": "haimen-ip-policy",
    "messages": [{"role": "user", "content": ASKED}, {"role": "user", "content": f"{NUMBER}那商标呢"}],
}


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("/api/v1/ask", {"question": ASKED}),
        ("/api/v1/ask", {"question": ASKED, "nonsense": NUMBER}),
        ("/api/v1/ask", {"question": ASKED * 40}),
        ("/api/v1/ask/stream", {"question": ASKED}),
        ("/v1/chat/completions", CHAT),
        ("/v1/chat/completions", {**CHAT, "stream": True}),
        ("/mcp", CALL),
    ],
)
def test_no_door_logs_what_was_asked(
    client: TestClient, caplog: pytest.LogCaptureFixture, path: str, body: object
) -> None:
    with caplog.at_level(logging.DEBUG):
        reply = client.post(path, json=body, headers={"accept": "application/json, text/event-stream"})
        logging.getLogger("qa_service").debug("heard")
    assert reply.status_code in (200, 422)
    assert "heard" in logged(caplog)
    assert NUMBER not in logged(caplog)


@pytest.mark.parametrize("path", ["/", "/api/v1/search", "/none"])
def test_no_page_logs_what_was_asked(client: TestClient, caplog: pytest.LogCaptureFixture, path: str) -> None:
    with caplog.at_level(logging.DEBUG):
        client.get(path, params={"q": ASKED, "after": ASKED})
    assert NUMBER not in logged(caplog)


def test_a_failure_logs_no_question(service: Service, caplog: pytest.LogCaptureFixture) -> None:
    from dataclasses import replace

    from qa_service.server.app import create_app

    class Broken:
        def conversation(self, session_id: str) -> object:
            raise RuntimeError("broken")

    broken = replace(service, sessions=Broken())  # type: ignore[arg-type]
    with (
        TestClient(create_app(lambda: broken), raise_server_exceptions=False) as client,
        caplog.at_level(logging.DEBUG),
    ):
        assert client.post("/api/v1/ask", json={"question": ASKED}).status_code == 500
    assert "unhandled" in logged(caplog)
    assert NUMBER not in logged(caplog)


def test_a_session_remembers_the_question_masked_and_is_followed_up_all_the_same(service: Service) -> None:
    service.ask("发明专利年费多少钱，微信号是abc12345", session_id="s-masked")
    (turn,) = service.sessions.conversation("s-masked")
    assert turn.question == "发明专利年费多少钱，微信号是〔微信号〕"
    follow_up = service.ask("那外观设计呢", session_id="s-masked")
    assert follow_up.interpreted == "外观设计年费多少钱，微信号是〔微信号〕"
    assert isinstance(service.sessions, MemorySessions)


def test_the_address_of_a_follow_up_holds_no_telephone(client: TestClient) -> None:
    page = client.get("/", params={"q": ASKED}).text
    after = page.split('name="after" value="')[1].split('"')[0]
    assert "〔手机号〕" in after
    assert NUMBER not in after


def test_a_turn_is_masked_however_the_question_was_read(service: Service) -> None:
    assert NUMBER not in json.dumps(Turn.of(service.ask(ASKED)).question)

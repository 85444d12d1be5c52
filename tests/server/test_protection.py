"""Who asks too much, from the wrong place or in the wrong way is turned away: over the whole application."""

import asyncio
import os
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

import httpx2 as httpx
import pytest
from fastapi.testclient import TestClient

from qa_service.access.staff import Role, Staff
from qa_service.answer.speech import whole
from qa_service.clock import Clock
from qa_service.errors import SettingsError
from qa_service.server.app import create_app
from qa_service.server.rate_limit import RateLimits, client_of
from qa_service.server.staff.guard import staff_of
from qa_service.service import open_lasting
from qa_service.settings import Settings
from tests.conftest import UNLIMITED

REDIS = os.environ.get("TEST_REDIS_URL")
ASK = {"question": "知识产权质押金额目标是多少"}
Open = Callable[..., Any]


@pytest.fixture
def opened(service: Any, fixed_clock: Clock, tmp_path: Path) -> Open:
    """The shipped corpus under other settings."""

    def open_with(**more: Any) -> Any:
        given = {**service.settings.model_dump(), **UNLIMITED, "data_dir": tmp_path / "var", **more}
        settings = Settings(**given)
        lasting = open_lasting(settings, fixed_clock)
        return replace(service, settings=settings, sessions=lasting.sessions, counting=(), writers=(), lasting=lasting)

    return open_with


@pytest.fixture
def client_with(opened: Open) -> Iterator[Callable[..., TestClient]]:
    clients: list[TestClient] = []

    def make(*, address: str = "203.0.113.5", base_url: str = "http://testserver", **more: Any) -> TestClient:
        app = create_app(lambda: opened(**more))
        app.dependency_overrides[staff_of] = lambda: Staff("王", Role.ADMIN)
        client = TestClient(app, base_url=base_url, client=(address, 50000), raise_server_exceptions=False)
        clients.append(client.__enter__())
        return client

    yield make
    for client in clients:
        client.__exit__(None, None, None)


def test_who_asks_too_often_is_told_when_to_come_back(client_with: Callable[..., TestClient]) -> None:
    client = client_with(rate_limit="3/minute", rate_limit_reading="500/minute")
    answers = [client.post("/api/v1/ask", json=ASK) for _ in range(4)]
    assert [answer.status_code for answer in answers] == [200, 200, 200, 429]
    assert [answer.headers["RateLimit"].partition(";t=")[0] for answer in answers] == [
        '"asking";r=2',
        '"asking";r=1',
        '"asking";r=0',
        '"asking";r=0',
    ]
    assert answers[0].headers["RateLimit-Policy"] == '"asking";q=3;w=60'
    refused = answers[3]
    assert refused.headers["content-type"] == "application/problem+json"
    assert refused.json()["type"] == "urn:qa-service:problem:too-many-requests"
    assert 1 <= int(refused.headers["Retry-After"]) <= 60
    assert refused.headers["X-Content-Type-Options"] == "nosniff"
    assert client.get("/", params={"q": "专利"}).status_code == 429
    assert client.post("/v1/chat/completions", json={"messages": []}).json()["error"]["type"]
    for free in ("/healthz", "/readyz", "/static/css/site.css", "/", "/documents"):
        assert client.get(free).status_code == 200, free


def test_each_client_is_counted_by_itself(client_with: Callable[..., TestClient]) -> None:
    async def ask(limits: RateLimits, client: str) -> bool:
        allowance = await limits.take("asking", client_of(client))
        return bool(allowance and not allowance.is_used_up)

    async def scenario() -> list[bool]:
        limits = RateLimits(asking="1/minute", session="off", reading="off")
        clients = ["203.0.113.5", "203.0.113.6", "203.0.113.5", "::ffff:203.0.113.6", "2001:db8::1", "2001:db8::2"]
        return [await ask(limits, client) for client in clients]

    assert asyncio.run(scenario()) == [True, True, False, False, True, False]


def test_a_session_is_counted_whatever_its_addresses(client_with: Callable[..., TestClient]) -> None:
    client = client_with(rate_limit_session="2/minute")
    session = {**ASK, "session_id": "s" * 32}
    assert [client.post("/api/v1/ask", json=session).status_code for _ in range(3)] == [200, 200, 429]
    assert client.post("/api/v1/ask/stream", json=session).status_code == 429
    assert client.post("/api/v1/ask", json=ASK).status_code == 200


@pytest.mark.parametrize("limit", ["often", "30", "0/minute/hour/day"])
def test_a_limit_that_is_none_is_refused_in_words(limit: str) -> None:
    with pytest.raises(SettingsError, match="30/minute"):
        RateLimits(asking=limit, session="off", reading="off")


def test_processes_that_count_on_one_server_share_a_limit() -> None:
    if not REDIS:
        pytest.skip("TEST_REDIS_URL is not set: no Redis server to test with")
    client = os.urandom(8).hex()

    async def scenario() -> list[bool]:
        two = [RateLimits(asking="3/minute", session="off", reading="off", redis_url=REDIS) for _ in range(2)]
        taken = [await two[n % 2].take("asking", client) for n in range(5)]
        for limits in two:
            await limits.close()
        return [bool(allowance and allowance.is_used_up) for allowance in taken]

    assert asyncio.run(scenario()) == [False, False, False, True, True]


def test_a_server_that_is_away_or_silent_leaves_each_process_to_count_by_itself() -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        address = f"redis://127.0.0.1:{silent.getsockname()[1]}/0"

        async def scenario() -> tuple[list[bool], float]:
            limits = RateLimits(asking="2/minute", session="off", reading="off", redis_url=address)
            began = time.perf_counter()
            taken = [await limits.take("asking", "a") for _ in range(4)]
            await limits.close()
            return [bool(a and a.is_used_up) for a in taken], time.perf_counter() - began

        outcomes, took = asyncio.run(scenario())
    assert outcomes == [False, False, True, True]
    assert took < 5


def test_an_overloaded_server_says_so_before_it_reads_and_recovers(opened: Open, serve: Callable[..., Any]) -> None:
    service = opened(ask_at_once=1, ask_waiting=1, ask_patience_s=20)
    release = threading.Event()

    class Held:
        def __getattr__(self, name: str) -> Any:
            return getattr(service.answerer, name)

        def ask(self, *given: Any, **more: Any) -> Any:
            release.wait(20)
            return service.answerer.ask(*given, **more)

    held = replace(service, answerer=Held())
    with serve(held) as address, httpx.Client(base_url=address, timeout=30) as client:
        answers: list[int] = []
        asking = [
            threading.Thread(
                target=lambda: answers.append(httpx.post(f"{address}/api/v1/ask", json=ASK, timeout=30).status_code)
            )
            for _ in range(2)
        ]
        for thread in asking:
            thread.start()
        deadline = time.monotonic() + 10
        while not held.lasting.admission.is_full and time.monotonic() < deadline:
            time.sleep(0.01)
        refused = client.post("/api/v1/ask", content=b"no JSON at all", headers={"content-type": "application/json"})
        assert refused.status_code == 503
        assert refused.headers["Retry-After"] == "1"
        assert "请稍等" in refused.json()["detail"]
        assert client.get("/", params={"q": "专利"}).status_code == 503
        assert client.get("/readyz").status_code == 200
        assert client.get("/documents").status_code == 200
        release.set()
        for thread in asking:
            thread.join(20)
        assert answers == [200, 200]
        assert client.post("/api/v1/ask", json=ASK).status_code == 200


def test_only_a_trusted_proxy_says_who_asks(client_with: Callable[..., TestClient]) -> None:
    trusting = client_with(address="10.0.0.2", trusted_proxies="10.0.0.0/24", rate_limit="1/minute")

    def ask(client: TestClient, forwarded: str) -> int:
        return int(client.post("/api/v1/ask", json=ASK, headers={"X-Forwarded-For": forwarded}).status_code)

    assert ask(trusting, "203.0.113.1") == 200
    assert ask(trusting, "203.0.113.2, 10.0.0.9") == 200
    assert ask(trusting, "6.6.6.6, 203.0.113.2") == 429
    stranger = client_with(address="203.0.113.7", trusted_proxies="10.0.0.0/24", rate_limit="1/minute")
    assert ask(stranger, "203.0.113.50") == 200
    assert ask(stranger, "203.0.113.51") == 429


def test_a_trusted_proxy_says_that_it_was_https(client_with: Callable[..., TestClient]) -> None:
    forwarded = {"X-Forwarded-Proto": "https", "X-Forwarded-For": "203.0.113.1"}
    trusting = client_with(address="10.0.0.2", trusted_proxies="10.0.0.2")
    assert "Strict-Transport-Security" in trusting.get("/healthz", headers=forwarded).headers
    assert "Strict-Transport-Security" not in trusting.get("/healthz").headers
    stranger = client_with(address="203.0.113.7", trusted_proxies="10.0.0.2")
    assert "Strict-Transport-Security" not in stranger.get("/healthz", headers=forwarded).headers


@pytest.mark.parametrize(
    ("setting", "value"),
    [("trusted_proxies", "the proxy"), ("widget_origins", "www.example.gov.cn"), ("widget_origins", "https://A.cn/x")],
)
def test_a_proxy_or_site_that_is_none_is_refused(setting: str, value: str) -> None:
    with pytest.raises(ValueError, match=setting):
        Settings(**{setting: value})


def test_pages_of_other_sites_may_not_ask_unless_they_are_listed(client_with: Callable[..., TestClient]) -> None:
    site, other = "https://www.example.gov.cn", "https://evil.example"
    closed = client_with()
    assert closed.post("/api/v1/ask", json=ASK, headers={"Origin": site}).status_code == 403
    assert closed.post("/api/v1/ask", json=ASK, headers={"Origin": "http://testserver"}).status_code == 200
    assert closed.post("/api/v1/ask", json=ASK, headers={"Origin": "app://desktop"}).status_code == 200
    listed = client_with(widget_origins=f"{site}, https://b.example")
    allowed = listed.post("/api/v1/ask", json=ASK, headers={"Origin": site})
    assert (allowed.status_code, allowed.headers["Access-Control-Allow-Origin"]) == (200, site)
    assert "origin" in allowed.headers["Vary"].lower()
    assert "Access-Control-Allow-Credentials" not in allowed.headers
    refused = listed.post("/api/v1/ask", json=ASK, headers={"Origin": other})
    assert (refused.status_code, "QA_WIDGET_ORIGINS" in refused.json()["detail"]) == (403, True)
    assert "Access-Control-Allow-Origin" not in refused.headers


def test_a_browser_is_told_beforehand_whether_it_may(client_with: Callable[..., TestClient]) -> None:
    site = "https://www.example.gov.cn"
    client = client_with(widget_origins=site)

    def preflight(path: str, origin: str) -> Any:
        wanted = {"Access-Control-Request-Method": "POST", "Access-Control-Request-Headers": "content-type"}
        return client.options(path, headers={"Origin": origin, **wanted})

    allowed = preflight("/api/v1/ask", site)
    assert (allowed.status_code, allowed.headers["Access-Control-Allow-Origin"]) == (200, site)
    assert preflight("/api/v1/ask", "https://evil.example").status_code == 403
    for own in ("/api/v1/staff/accounts", "/desk", f"/api/v1/sessions/{'s' * 32}"):
        refused = preflight(own, site)
        assert refused.status_code == 403, own
        assert "Access-Control-Allow-Origin" not in refused.headers


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"content-encoding": "gzip"}, 415),
        ({"content-encoding": "br"}, 415),
        ({"content-length": "99999999"}, 413),
        ({"content-length": "9" * 400}, 413),
    ],
)
def test_a_body_that_will_not_be_read_is_refused_by_its_headers(
    client_with: Callable[..., TestClient], headers: dict[str, str], status: int
) -> None:
    answer = client_with().post("/api/v1/ask", content=b"{}", headers=headers)
    assert answer.status_code == status
    assert answer.json()["status"] == status


@pytest.mark.parametrize(
    "body",
    [
        b"[" * 60_000,
        b'{"question":' * 5_000,
        b'{"question": ' + b"9" * 60_000 + b"}",
        b'{"question": "\\u0000\\ud800"}',
        b'{"question": 1e999999}',
        b'{"question": "a", "question": "b", "top_k": -1}',
        b"\xff\xfe\x00",
    ],
)
def test_json_made_to_hurt_is_a_fault_of_the_request(client_with: Callable[..., TestClient], body: bytes) -> None:
    answer = client_with().post("/api/v1/ask", content=body, headers={"content-type": "application/json"})
    assert answer.status_code in {400, 422}
    assert answer.headers["content-type"] == "application/problem+json"


def test_a_body_that_trickles_in_is_given_up(
    opened: Open, serve: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("qa_service.server.body_limit._PATIENCE_S", 0.3)
    monkeypatch.setattr("qa_service.server.body_limit.BodyLimitMiddleware.__init__.__kwdefaults__", {"patience_s": 0.3})
    with serve(opened()) as address:
        host, port = address.removeprefix("http://").split(":")
        with closing(socket.create_connection((host, int(port)), timeout=10)) as slow:
            slow.sendall(
                b"POST /api/v1/ask HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 50\r\n\r\n{"
            )
            assert slow.recv(4096).startswith(b"HTTP/1.1 408")


def test_answers_can_be_switched_off_for_the_public_and_a_channel(client_with: Callable[..., TestClient]) -> None:
    client = client_with()
    staff = "/api/v1/staff/switches"

    def switch(name: str, *, on: bool, message: str = "") -> None:
        body = {"on": on, "comment": "演练", "message": message}
        assert client.put(f"{staff}/{name}", json=body).status_code == 200
        time.sleep(1.1)

    def doors() -> dict[str, str]:
        asked = client.post("/api/v1/ask", json=ASK).json()
        chat = client.post("/v1/chat/completions", json={"messages": [{"role": "user", "content": ASK["question"]}]})
        page = client.get("/", params={"q": ASK["question"]}).text
        return {
            "api": asked["reason"],
            "chat": chat.json()["qa"]["reason"],
            "page": ("15亿" in page and "answered") or "off",
        }

    assert doors() == {"api": "complete", "chat": "complete", "page": "answered"}
    switch("channel:chat", on=False)
    assert doors() == {"api": "complete", "chat": "switched_off", "page": "answered"}
    switch("answers", on=False, message="系统升级，明天恢复。")
    assert doors() == {"api": "switched_off", "chat": "switched_off", "page": "off"}
    said = client.post("/api/v1/ask", json=ASK).json()
    assert (said["status"], said["answer"], said["citations"]) == ("no_answer", "系统升级，明天恢复。", [])
    assert client.get("/documents").status_code == 200
    switch("answers", on=True)
    switch("channel:chat", on=True)
    assert doors() == {"api": "complete", "chat": "complete", "page": "answered"}
    states = {entry["name"]: entry["on"] for entry in client.get(staff).json()["switches"]}
    assert all(states.values())
    assert client.put(f"{staff}/everything", json={"on": False, "comment": "演练"}).status_code == 422
    assert client.put(f"{staff}/llm", json={"on": False, "comment": " "}).status_code == 422


def test_a_language_model_can_be_switched_off(service: Any, scripted: Callable[..., Any]) -> None:
    from qa_service.answer.speech import Piece
    from qa_service.answer.switched_off import SwitchedGenerator

    off = False
    generator = SwitchedGenerator(scripted(Piece("改写的。[1]")), lambda: off)
    extracted = service.ask(ASK["question"])
    assert asyncio.run(whole(extracted, generator)).text == "改写的。[1]"
    off = True
    assert asyncio.run(whole(extracted, generator)) == extracted


def test_every_answer_keeps_a_page_to_itself(client_with: Callable[..., TestClient]) -> None:
    headers = client_with(base_url="https://testserver").get("/").headers
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert "microphone=()" in headers["Permissions-Policy"]
    assert headers["Strict-Transport-Security"].startswith("max-age=")

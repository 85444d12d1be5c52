import asyncio
import threading
import time
from collections.abc import Callable
from typing import Any

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from qa_service.access.gate import Gate
from qa_service.access.sessions import StaffSessions
from qa_service.access.staff import Role
from qa_service.errors import ThrottledError
from qa_service.server.staff.doorway import HASHES_AT_ONCE, MOST_WAITING, Doorway
from qa_service.settings import Settings

SignIn = Callable[..., TestClient]
PASSWORD = "一句好记的话，我记得住"
SESSION = "/api/v1/staff/session"
RIGHT = {"name": "reader", "password": PASSWORD}


def test_over_https_the_cookie_is_for_this_host_alone(browser: TestClient) -> None:
    answer = browser.post(SESSION, json=RIGHT)
    assert answer.status_code == 201
    cookie = answer.headers["set-cookie"]
    assert cookie.startswith("__Host-qa_staff=")
    assert {"HttpOnly", "Secure", "SameSite=strict", "Path=/"} <= set(cookie.split("; "))
    assert "Domain" not in cookie
    assert answer.headers["cache-control"] == "no-store"
    who = browser.get(SESSION).json()
    assert (who["name"], who["role"], who["role_label"]) == ("reader", "reader", "查阅")
    assert PASSWORD not in answer.text


def test_over_http_it_has_another_name_and_works(signed_in: SignIn) -> None:
    client = signed_in("reader", base_url="http://qa.test")
    assert list(client.cookies) == ["qa_staff"]
    assert client.get(SESSION).status_code == 200


def test_behind_a_proxy_the_settings_say_that_it_is_https(app: FastAPI, settings: Settings, service: Any) -> None:
    from dataclasses import replace

    from qa_service.server.app import create_app

    behind = settings.model_copy(update={"public_url": "https://qa.example.gov.cn"})
    mine = replace(service, settings=behind)
    with TestClient(create_app(lambda: mine), base_url="http://qa.test") as client:
        foreign = client.post(SESSION, json=RIGHT, headers={"Origin": "https://elsewhere.test"})
        answer = client.post(SESSION, json=RIGHT, headers={"Origin": "https://qa.example.gov.cn"})
    assert foreign.status_code == 403
    assert answer.status_code == 201
    assert answer.headers["set-cookie"].startswith("__Host-qa_staff=")
    assert "Secure" in answer.headers["set-cookie"]


def test_the_unknown_the_wrong_and_the_disabled_look_the_same(browser: TestClient, gate: Gate) -> None:
    gate.accounts.disable("editor", "x")
    answers = [
        browser.post(SESSION, json={"name": name, "password": password})
        for name, password in (("reader", "x"), ("nobody", PASSWORD), ("editor", PASSWORD), ("有 空格", PASSWORD))
    ]
    assert {answer.status_code for answer in answers} == {401}
    assert len({answer.json()["detail"] for answer in answers}) == 1
    assert {answer.json()["type"] for answer in answers} == {"urn:qa-service:problem:not-signed-in"}
    assert not any("set-cookie" in answer.headers for answer in answers)


def test_who_tries_too_often_is_told_how_long_to_wait(browser: TestClient) -> None:
    for _ in range(5):
        assert browser.post(SESSION, json={**RIGHT, "password": "wrong"}).status_code == 401
    answer = browser.post(SESSION, json=RIGHT)
    assert answer.status_code == 429
    assert 0 < int(answer.headers["retry-after"]) <= 900
    assert answer.json()["type"] == "urn:qa-service:problem:too-many-requests"


@pytest.mark.parametrize(
    "body",
    [
        {},
        [],
        "x",
        {"name": "reader"},
        {"name": "", "password": "x"},
        {"name": "reader", "password": 5},
        {"name": "x" * 101, "password": "x"},
        {"name": "reader", "password": "x" * 257},
        {**RIGHT, "role": "admin"},
        {"name": "\u0000", "password": "\u0000"},
    ],
)
def test_what_cannot_be_a_sign_in_is_a_fault_of_the_request(browser: TestClient, body: Any) -> None:
    answer = browser.post(SESSION, json=body)
    assert answer.status_code in {400, 401, 422}
    assert answer.headers["content-type"] == "application/problem+json"


def test_half_a_character_is_no_password(browser: TestClient) -> None:
    raw = b'{"name": "\\ud800", "password": "\\udfff"}'
    answer = browser.post(SESSION, content=raw, headers={"Content-Type": "application/json"})
    assert answer.status_code in {401, 422}


@pytest.mark.parametrize(
    "headers",
    [
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Sec-Fetch-Site": "none"},
        {"Origin": "https://evil.test"},
        {"Origin": "null"},
        {"Origin": "http://qa.test"},
        {"Origin": "https://qa.test.evil.test"},
    ],
)
def test_no_other_site_signs_a_browser_in_or_acts_for_it(
    browser: TestClient, signed_in: SignIn, headers: dict[str, str]
) -> None:
    assert browser.post(SESSION, json=RIGHT, headers=headers).status_code == 403
    client = signed_in("reader")
    assert client.delete(SESSION, headers=headers).status_code == 403
    assert client.get(SESSION).status_code == 200


@pytest.mark.parametrize("headers", [{"Sec-Fetch-Site": "same-origin"}, {"Origin": "https://qa.test"}, {}])
def test_ones_own_page_does(signed_in: SignIn, headers: dict[str, str]) -> None:
    client = signed_in("reader")
    assert client.delete(SESSION, headers=headers).status_code == 204
    assert client.get(SESSION).status_code == 401


def test_the_token_of_another_session_is_not_ones_own(signed_in: SignIn) -> None:
    mine, other = signed_in("reader"), signed_in("reader")
    mine.headers["X-CSRF-Token"] = other.headers["X-CSRF-Token"]
    assert mine.delete(SESSION).status_code == 403


def test_signing_in_gives_another_cookie_than_the_browser_came_with(browser: TestClient, gate: Gate) -> None:
    browser.cookies.set("__Host-qa_staff", fixed := gate.seal.sealed("chosen-by-a-stranger"))
    answer = browser.post(SESSION, json=RIGHT)
    assert answer.status_code == 201
    assert fixed not in answer.headers["set-cookie"]


def test_a_forged_cookie_costs_no_question_to_the_database(
    browser: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []
    monkeypatch.setattr(StaffSessions, "visit", lambda self, token: asked.append(token))
    browser.cookies.set("__Host-qa_staff", "x" * 43 + "." + "y" * 43)
    assert browser.get(SESSION).status_code == 401
    assert asked == []


def test_ones_sessions_are_seen_and_ended(signed_in: SignIn) -> None:
    first, second, third = (signed_in("reader") for _ in range(3))
    listed = first.get("/api/v1/staff/sessions").json()["sessions"]
    assert sum(session["current"] for session in listed) == 1
    assert len(listed) == 3
    second_id = second.get(SESSION).json()["session_id"]
    assert first.delete(f"/api/v1/staff/sessions/{second_id}").status_code == 204
    assert second.get(SESSION).status_code == 401
    assert first.delete("/api/v1/staff/sessions").json() == {"ended": 1}
    assert third.get(SESSION).status_code == 401
    assert first.get(SESSION).status_code == 200


def test_nobody_ends_anothers_session_but_an_administrator_may(signed_in: SignIn) -> None:
    reader, editor, admin = signed_in("reader"), signed_in("editor"), signed_in("admin")
    its_id = reader.get(SESSION).json()["session_id"]
    assert editor.delete(f"/api/v1/staff/sessions/{its_id}").status_code == 404
    assert reader.get(SESSION).status_code == 200
    assert admin.delete(f"/api/v1/staff/accounts/reader/sessions/{its_id}").status_code == 204
    assert reader.get(SESSION).status_code == 401


def test_ones_password_is_changed_with_the_old_one(signed_in: SignIn, browser: TestClient) -> None:
    client, other = signed_in("reader"), signed_in("reader")
    new = "另一句好记的话，也记得住"
    path = "/api/v1/staff/password"
    assert client.post(path, json={"old": "wrong", "new": new}).status_code == 401
    assert client.post(path, json={"old": PASSWORD, "new": "short"}).status_code == 422
    answer = client.post(path, json={"old": PASSWORD, "new": new})
    assert answer.status_code == 200
    assert client.get(SESSION).status_code == 200
    assert other.get(SESSION).status_code == 401
    assert browser.post(SESSION, json=RIGHT).status_code == 401
    assert browser.post(SESSION, json={**RIGHT, "password": new}).status_code == 201


def test_few_passwords_are_hashed_at_once_and_few_wait(gate: Gate, settings: Settings) -> None:
    doorway = Doorway(gate, settings)
    lock, running, most = threading.Lock(), 0, 0

    def work() -> None:
        nonlocal running, most
        with lock:
            running += 1
            most = max(most, running)
        time.sleep(0.01)
        with lock:
            running -= 1

    async def flood() -> list[Any]:
        return await asyncio.gather(*(doorway.hashing(work) for _ in range(60)), return_exceptions=True)

    outcomes = asyncio.run(flood())
    turned_away = [outcome for outcome in outcomes if isinstance(outcome, ThrottledError)]
    assert most == HASHES_AT_ONCE
    assert len(turned_away) == 60 - HASHES_AT_ONCE - MOST_WAITING


def test_a_secret_is_never_in_the_openapi_document_nor_a_log(
    browser: TestClient, gate: Gate, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("DEBUG")
    made = gate.tokens.add("脚本", ["journal:read"], "x", role=Role.READER)  # type: ignore[list-item]
    browser.post(SESSION, json=RIGHT)
    browser.get(SESSION, headers={"Authorization": f"Bearer {made.text}"})
    assert PASSWORD not in caplog.text
    assert made.text not in caplog.text
    document = browser.get("/api/v1/openapi.json").json()
    assert "/api/v1/staff/session" in document["paths"]
    assert not any(path.startswith("/desk") for path in document["paths"])

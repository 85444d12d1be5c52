"""Over the application: questions are kept, judged, shown to whom they belong, and read by staff."""

import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from qa_service.access.staff import Role, Staff
from qa_service.clock import Clock
from qa_service.server.app import create_app
from qa_service.server.staff.guard import staff_of
from qa_service.service import open_lasting
from qa_service.settings import Settings

STAFF = "/api/v1/staff/journal"


@pytest.fixture
def own_client(service: Any, tmp_path: Path, fixed_clock: Clock, open_over: Callable[..., Any]) -> Iterator[TestClient]:
    """The application over the shipped corpus with a journal of its own."""
    app = create_app(lambda: open_over(tmp_path / "var"))
    app.dependency_overrides[staff_of] = lambda: Staff("王", Role.ADMIN)
    with TestClient(app, raise_server_exceptions=False) as client:
        yield client


@pytest.fixture
def open_over(service: Any, fixed_clock: Clock) -> Callable[..., Any]:
    def opened(data_dir: Path, **more: Any) -> Any:
        settings = Settings(**{**service.settings.model_dump(), "data_dir": data_dir, **more})
        lasting = open_lasting(settings, fixed_clock)
        return replace(
            service,
            settings=settings,
            sessions=lasting.sessions,
            counting=lasting.counting,
            writers=lasting.writers,
            lasting=lasting,
        )

    return opened


def asked(client: TestClient, question: str = "知识产权质押金额目标是多少", **more: Any) -> dict[str, Any]:
    answer: dict[str, Any] = client.post("/api/v1/ask", json={"question": question, **more}).json()
    return answer


def until(found: Callable[[], Any]) -> Any:
    """Wait until something has been written behind the answers' back."""
    deadline = time.monotonic() + 10
    while not (result := found()) and time.monotonic() < deadline:
        time.sleep(0.02)
    return result


def test_every_door_s_questions_are_kept_with_the_door(own_client: TestClient) -> None:
    asked(own_client)
    own_client.post("/api/v1/ask/stream", json={"question": "发明专利保护多少年"})
    own_client.post("/v1/chat/completions", json={"messages": [{"role": "user", "content": "商标有效期几年"}]})
    own_client.get("/", params={"q": "驰名商标怎么认定"})

    def kept() -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = own_client.get(f"{STAFF}/exchanges").json()["exchanges"]
        return found if len(found) == 4 else []

    doors = {entry["question"]: entry["channel"] for entry in until(kept)}
    assert doors == {
        "知识产权质押金额目标是多少": "api",
        "发明专利保护多少年": "api",
        "商标有效期几年": "chat",
        "驰名商标怎么认定": "page",
    }


def test_an_answer_is_judged_and_staff_see_it(own_client: TestClient) -> None:
    answer = asked(own_client)
    said = {"ask_id": answer["id"], "helpful": False, "reason": "incomplete", "comment": " 少了年份 "}
    response = own_client.post("/api/v1/feedback", json=said)
    assert (response.status_code, response.json()) == (202, {"recorded": True})
    found = until(lambda: own_client.get(f"{STAFF}/exchanges", params={"helpful": False}).json()["exchanges"])
    assert found[0]["id"] == answer["id"]
    assert (found[0]["feedback"]["reason"], found[0]["feedback"]["comment"]) == ("incomplete", "少了年份")
    one = own_client.get(f"{STAFF}/exchanges/{answer['id']}").json()
    assert one["passages"] == [citation["passage_id"] for citation in answer["citations"]]
    numbers = own_client.get(f"{STAFF}/numbers", params={"since": "2026-07-01", "until": "2026-07-01"}).json()
    (day,) = numbers["days"]
    assert (day["asked"], day["unhelpful"], day["by_status"]["answered"]) == (1, 1, 1)
    assert numbers["most_cited"][0]["document_id"] == "haimen-ip-plan"


@pytest.mark.parametrize(
    "wrong",
    [
        {"ask_id": "x", "helpful": True},
        {"ask_id": "a" * 32},
        {"ask_id": "a" * 32, "helpful": True, "reason": "because"},
        {"ask_id": "a" * 32, "helpful": True, "comment": "字" * 501},
        {"ask_id": "a" * 32, "helpful": True, "more": 1},
    ],
)
def test_feedback_that_says_nothing_usable_is_refused(own_client: TestClient, wrong: dict[str, Any]) -> None:
    assert own_client.post("/api/v1/feedback", json=wrong).status_code == 422


def test_a_person_sees_and_erases_the_own_session(own_client: TestClient) -> None:
    session_id = asked(own_client)["session_id"]
    asked(own_client, "那2020年呢", session_id=session_id)
    address = f"/api/v1/sessions/{session_id}"
    kept = until(lambda: (x := own_client.get(address).json()["exchanges"]) and len(x) == 2 and x)
    assert {entry["question"] for entry in kept} == {"知识产权质押金额目标是多少", "那2020年呢"}
    assert own_client.delete(address).json() == {"erased": 2}
    assert own_client.get(address).json() == {"exchanges": []}
    after = asked(own_client, "那2020年呢", session_id=session_id)
    assert after["interpreted"] is None


@pytest.mark.parametrize("guessable", ["abc", "1" * 31, "你" * 32])
def test_a_session_whose_id_may_be_guessed_is_shown_to_nobody(own_client: TestClient, guessable: str) -> None:
    assert own_client.get(f"/api/v1/sessions/{guessable}").status_code == 422
    assert own_client.delete(f"/api/v1/sessions/{guessable}").status_code == 422


def test_staff_export_and_erase_for_a_person_and_that_is_noted(own_client: TestClient) -> None:
    session_id = asked(own_client)["session_id"]
    body = {"session_id": session_id}
    assert until(lambda: own_client.post(f"{STAFF}/session/export", json=body).json()["exchanges"])
    assert own_client.post(f"{STAFF}/session/erase", json=body).json() == {"erased": 1}
    (entry,) = own_client.get(f"{STAFF}/audit").json()["entries"]
    assert (entry["actor"], entry["action"]) == ("王", "session.erase")


def test_a_period_or_a_moment_that_is_none_is_refused_in_words(own_client: TestClient) -> None:
    backwards = own_client.get(f"{STAFF}/numbers", params={"since": "2026-07-02", "until": "2026-07-01"})
    assert (backwards.status_code, "不能早于" in backwards.json()["detail"]) == (422, True)
    nowhere = own_client.get(f"{STAFF}/exchanges", params={"before": "2026-07-01T00:00:00"})
    assert (nowhere.status_code, "时区" in nowhere.json()["detail"]) == (422, True)
    assert own_client.get(f"{STAFF}/exchanges/none").status_code == 404


def test_where_nothing_is_to_be_kept_nothing_is(open_over: Callable[..., Any], tmp_path: Path) -> None:
    with TestClient(create_app(lambda: open_over(tmp_path / "var", journal="off"))) as client:
        answer = asked(client)
        said = client.post("/api/v1/feedback", json={"ask_id": answer["id"], "helpful": True})
        assert said.json() == {"recorded": False}
    assert not (tmp_path / "var" / "journal.db").exists()


def test_a_reader_may_not_erase(own_client: TestClient) -> None:
    own_client.app.dependency_overrides[staff_of] = lambda: Staff("李", Role.READER)  # type: ignore[attr-defined]
    assert own_client.get(f"{STAFF}/exchanges").status_code == 200
    assert own_client.post(f"{STAFF}/session/erase", json={"session_id": "a"}).status_code == 403

import json
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import replace
from typing import Any

import httpx2
import pytest
from fastapi.testclient import TestClient
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from qa_service.answer.speech import Piece
from qa_service.errors import QuestionError
from qa_service.server import events
from qa_service.server.app import create_app
from qa_service.server.schemas import AnswerOut
from qa_service.service import Service

Serve = Callable[[Service], AbstractContextManager[str]]
Scripted = Callable[..., Any]

ASK = "/api/v1/ask"
STREAM = "/api/v1/ask/stream"
QUESTION = {"question": "知识产权质押金额目标是多少"}


def streamed(address: str, body: object = QUESTION) -> list[tuple[str, Any]]:
    """Ask, and read the events with httpx2's own parser."""
    with httpx2.Client() as client, client.sse(f"{address}{STREAM}", method="POST", json=body) as source:
        return [(event.event, event.json()) for event in source]


@contextmanager
def posted(address: str, route: str = STREAM, body: object = QUESTION) -> Iterator[httpx2.Response]:
    """Ask, and hold the response while it comes."""
    with httpx2.Client(timeout=10) as client, client.stream("POST", f"{address}{route}", json=body) as response:
        yield response


def text_of(said: list[tuple[str, Any]]) -> str:
    """What a client shows at the end that follows the deltas."""
    text = ""
    for name, data in said:
        if name == "delta":
            text = data["text"] if data["afresh"] else text + data["text"]
    return text


def test_an_answer_is_streamed_in_the_promised_order(live: str) -> None:
    said = streamed(live)
    names = [name for name, _ in said]
    assert names[:2] == ["meta", "citations"]
    assert names[-1] == "done"
    assert set(names[2:-1]) == {"delta"}
    meta, citations, done = said[0][1], said[1][1], said[-1][1]
    assert meta == {name: done[name] for name in meta}
    assert set(meta) == {"id", "session_id", "status", "reason", "understood", "interpreted", "origin", "choices"}
    assert citations == done["citations"]
    assert text_of(said) == done["answer"]
    assert "15亿元" in done["answer"]


def test_it_ends_with_what_the_plain_route_says(live: str) -> None:
    body = {**QUESTION, "session_id": "abc-1", "top_k": 2, "as_of": "2024-06-01"}
    plain = httpx2.post(f"{live}{ASK}", json=body).json()
    done = streamed(live, body)[-1][1]
    AnswerOut.model_validate(done)
    varies = {"id", "elapsed_ms"}
    assert {k: v for k, v in done.items() if k not in varies} == {k: v for k, v in plain.items() if k not in varies}


def test_an_answer_of_several_sentences_comes_in_several_deltas(live: str) -> None:
    said = streamed(live, {"question": "规划提出了哪些保障措施"})
    assert sum(name == "delta" for name, _ in said) > 1
    assert text_of(said) == said[-1][1]["answer"]


def test_chinese_is_sent_as_it_stands_and_nothing_may_hold_it_up(live: str) -> None:
    response = httpx2.post(f"{live}{STREAM}", json=QUESTION)
    assert "知识产权质押金额" in response.content.decode("utf-8")
    assert "\\u" not in response.text
    assert "\r" not in response.text
    assert response.headers["content-type"].startswith("text/event-stream")
    assert response.headers["cache-control"] == "no-cache"
    assert response.headers["x-accel-buffering"] == "no"
    assert response.headers["x-request-id"]
    assert "default-src 'none'" in response.headers["content-security-policy"]


@pytest.mark.parametrize(
    ("body", "status", "says"),
    [
        ({"question": ""}, 422, "不能为空"),
        ({"question": "问" * 501}, 422, "最多 500 个字"),
        ({"question": "专利", "qestion": "x"}, 422, "qestion"),
        ([], 422, "请求体"),
    ],
)
def test_what_cannot_be_asked_is_an_ordinary_problem(live: str, body: object, status: int, says: str) -> None:
    response = httpx2.post(f"{live}{STREAM}", json=body)
    assert response.status_code == status
    assert response.headers["content-type"] == "application/problem+json"
    assert says in response.json()["detail"]


def test_what_fails_before_a_word_is_said_is_an_ordinary_problem(
    service: Service, client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(service.answerer, "ask", _raise(RuntimeError("a secret path")))
    response = client.post(STREAM, json=QUESTION)
    assert response.status_code == 500
    assert response.headers["content-type"] == "application/problem+json"
    assert "secret" not in response.text


def test_before_the_index_is_loaded_it_says_so(service: Service) -> None:
    client = TestClient(create_app(lambda: service))  # not entered: the application has not started
    assert client.post(STREAM, json=QUESTION).status_code == 503


def test_each_piece_arrives_while_the_next_is_still_being_made(
    service: Service, serve: Serve, scripted: Scripted
) -> None:
    go_on = threading.Event()
    generator = scripted(Piece("五万元。[1]"), go_on, Piece("十万元。[1]"))
    with serve(replace(service, generator=generator)) as address, posted(address) as response:
        seen = []
        for event in httpx2.EventSource(response):
            seen.append((event.event, event.json()))
            if event.event == "delta":
                go_on.set()  # were the first one held back, the second would never be made
    assert text_of(seen) == seen[-1][1]["answer"] == "五万元。[1]十万元。[1]"


def test_what_was_said_can_be_withdrawn(service: Service, serve: Serve, scripted: Scripted) -> None:
    generator = scripted(Piece("六万元。[1]"), Piece("五万元。", afresh=True), Piece("[1]"))
    with serve(replace(service, generator=generator)) as address:
        said = streamed(address)
    assert [data["afresh"] for name, data in said if name == "delta"] == [False, True, False]
    assert text_of(said) == said[-1][1]["answer"] == "五万元。[1]"


def test_a_failure_midway_is_the_last_event_and_keeps_its_insides(
    service: Service, serve: Serve, scripted: Scripted
) -> None:
    generator = scripted(Piece("五万元。[1]"), RuntimeError("a secret path"))
    with serve(replace(service, generator=generator)) as address, posted(address) as response:
        request_id = response.headers["x-request-id"]
        said = [(event.event, event.json()) for event in httpx2.EventSource(response)]
    assert [name for name, _ in said] == ["meta", "citations", "delta", "error"]
    problem = said[-1][1]
    assert problem["type"] == "urn:qa-service:problem:internal-error"
    assert problem["request_id"] == request_id
    assert "secret" not in json.dumps(said)


def test_a_known_failure_midway_is_said_in_its_own_words(service: Service, serve: Serve, scripted: Scripted) -> None:
    generator = scripted(QuestionError("大模型没有作答，请稍后再试。"))
    with serve(replace(service, generator=generator)) as address:
        name, problem = streamed(address)[-1]
    assert (name, problem["detail"]) == ("error", "大模型没有作答，请稍后再试。")


def test_a_quiet_stream_is_kept_open_by_heartbeats(
    service: Service, serve: Serve, scripted: Scripted, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(events, "HEARTBEAT_S", 0.05)
    go_on = threading.Event()
    generator = scripted(go_on, Piece("五万元。[1]"))
    beats, said = 0, list[str]()
    with serve(replace(service, generator=generator)) as address, posted(address) as response:
        for line in response.iter_lines():
            beats += line.startswith(":")
            if beats == 3:
                go_on.set()
            said.append(line)
    assert beats >= 3
    assert any("五万元" in line for line in said)


@pytest.mark.parametrize("before", [(), (Piece("五万元。[1]"),)])
def test_a_client_that_goes_away_ends_the_work(
    service: Service, serve: Serve, scripted: Scripted, before: tuple[Piece, ...]
) -> None:
    generator = scripted(*before, threading.Event())
    with serve(replace(service, generator=generator)) as address:
        with posted(address) as response:
            lines = response.iter_lines()  # dropped, it would close the connection
            assert next(lines) == "event: meta"
            assert generator.waits.wait(5)
            assert not generator.closed.is_set()
        left = time.monotonic()
        assert generator.closed.wait(5)
        assert time.monotonic() - left < 1


def test_a_stopping_server_lets_a_begun_answer_end(
    service: Service, serve: Serve, scripted: Scripted, monkeypatch: pytest.MonkeyPatch
) -> None:
    go_on = threading.Event()
    generator = scripted(Piece("五万元。"), go_on, Piece("[1]"))
    said: list[tuple[str, Any]] = []
    with serve(replace(service, generator=generator)) as address:
        reading = threading.Thread(target=lambda: said.extend(streamed(address)))
        reading.start()
        assert generator.waits.wait(5)
        threading.Timer(0.3, go_on.set).start()
    reading.join(10)
    assert said[-1][0] == "done"


def test_a_slow_answer_holds_nobody_else_up(service: Service, serve: Serve, monkeypatch: pytest.MonkeyPatch) -> None:
    asked, go_on = threading.Event(), threading.Event()
    ask = service.answerer.ask

    def slowly(*args: Any, **options: Any) -> Any:
        asked.set()
        assert go_on.wait(10)
        return ask(*args, **options)

    monkeypatch.setattr(service.answerer, "ask", slowly)
    with serve(service) as address:
        reading = threading.Thread(target=streamed, args=(address,))
        reading.start()
        assert asked.wait(5)
        assert httpx2.get(f"{address}/healthz", timeout=2).status_code == 200
        go_on.set()
        reading.join(10)


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=10), inner, max_size=4),
    max_leaves=10,
)
bodies = json_values | st.fixed_dictionaries(
    {"question": st.text(max_size=30) | json_values},
    optional={
        "session_id": st.text(max_size=5) | json_values,
        "top_k": st.integers(-1, 25) | json_values,
        "as_of": st.dates().map(str) | json_values,
        "filters": json_values,
    },
)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(body=bodies)
def test_no_json_whatever_makes_it_fail(client: TestClient, body: object) -> None:
    content = json.dumps(body)  # with the NaN and Infinity that Python's parser also takes
    response = client.post(STREAM, content=content, headers={"content-type": "application/json"})
    assert response.status_code in {200, 400, 422}
    assert "event: error" not in response.text


def _raise(error: Exception) -> Callable[..., Any]:
    def fail(*args: Any, **options: Any) -> Any:
        raise error

    return fail

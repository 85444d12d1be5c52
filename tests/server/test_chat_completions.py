import asyncio
import json
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from dataclasses import replace
from typing import Any

import httpx2
import openai
import pytest
from fastapi.testclient import TestClient
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openai.types.chat import ChatCompletion, ChatCompletionChunk

from qa_service.answer.speech import Piece
from qa_service.server import events
from qa_service.server.chat_schemas import MODEL
from qa_service.service import Service

Serve = Callable[[Service], AbstractContextManager[str]]
Scripted = Callable[..., Any]

CHAT = "/v1/chat/completions"
QUESTION = "知识产权质押金额目标是多少"
ASKED: Any = [{"role": "user", "content": QUESTION}]


def client_of(address: str) -> openai.OpenAI:
    return openai.OpenAI(base_url=f"{address}/v1", api_key="sk-any", max_retries=0, timeout=20)


@pytest.fixture
def chat(live: str) -> Iterator[openai.OpenAI]:
    """The official client, pointed at this service."""
    with client_of(live) as client:
        yield client


def complete(client: openai.OpenAI, messages: Any = ASKED, **options: Any) -> ChatCompletion:
    return client.chat.completions.create(model=MODEL, messages=messages, **options)


def stream(client: openai.OpenAI, messages: Any = ASKED, **options: Any) -> list[ChatCompletionChunk]:
    return list(client.chat.completions.create(model=MODEL, messages=messages, stream=True, **options))


def content_of(chunks: list[ChatCompletionChunk]) -> str:
    return "".join(choice.delta.content or "" for chunk in chunks for choice in chunk.choices)


def test_the_one_model_is_this_service(chat: openai.OpenAI) -> None:
    models = list(chat.models.list())
    assert [(model.id, model.owned_by) for model in models] == [(MODEL, "qa-service")]
    assert models[0].created > 1_600_000_000
    assert chat.models.retrieve(MODEL) == models[0]


def test_an_unknown_model_is_not_found(chat: openai.OpenAI) -> None:
    with pytest.raises(openai.NotFoundError) as one:
        chat.models.retrieve("gpt-4o")
    with pytest.raises(openai.NotFoundError) as other:
        chat.chat.completions.create(model="gpt-4o", messages=ASKED)
    for error in (one.value, other.value):
        assert (error.code, error.param, error.type) == ("model_not_found", "model", "invalid_request_error")
        assert MODEL in error.message


def test_a_question_is_answered_with_its_sources(chat: openai.OpenAI, live: str) -> None:
    answer = complete(chat)
    choice = answer.choices[0]
    said = choice.message.content or ""
    assert answer.object == "chat.completion"
    assert answer.model == MODEL
    assert answer.created >= time.time() - 60
    assert (choice.index, choice.finish_reason, choice.message.role) == (0, "stop", "assistant")
    text, _, below = said.partition("\n\n出处：\n")
    assert "15亿元" in text
    assert below.startswith(
        f"- [1] 《南通市海门区“十四五”知识产权发展规划》三、（二）2 {live}/documents/haimen-ip-plan#"
    )
    assert "\n\n注意：" in below
    assert answer.usage
    assert answer.usage.prompt_tokens == len(QUESTION)
    assert answer.usage.total_tokens == len(QUESTION) + len(said)
    assert answer.model_extra
    assert (answer.model_extra["qa"]["status"], answer.model_extra["qa"]["reason"]) == ("answered", "complete")


def test_every_mark_is_annotated_where_it_stands_with_an_address_that_opens(chat: openai.OpenAI) -> None:
    message = complete(chat, [{"role": "user", "content": "规划提出了哪些保障措施"}]).choices[0].message
    assert message.content
    assert message.annotations
    text = message.content.partition("\n\n出处：")[0]
    assert len(message.annotations) == text.count("[")
    for annotation in message.annotations:
        citation = annotation.url_citation
        mark = message.content[citation.start_index : citation.end_index]
        assert f"- {mark} {citation.title} {citation.url}" in message.content
        assert httpx2.get(citation.url).status_code == 200


def test_a_stream_says_the_same_in_chunks(chat: openai.OpenAI) -> None:
    messages = [{"role": "user", "content": "规划提出了哪些保障措施"}]
    whole = complete(chat, messages).choices[0].message
    chunks = stream(chat, messages)
    first, *_, last = [choice for chunk in chunks for choice in chunk.choices]
    deltas = [choice.delta for chunk in chunks for choice in chunk.choices if choice.delta.content]
    assert (first.delta.role, first.delta.content) == ("assistant", "")
    assert content_of(chunks) == whole.content
    assert len(deltas) > 2
    assert deltas[-1].content
    assert deltas[-1].content.startswith("\n\n出处：")
    assert deltas[-1].model_extra
    assert whole.annotations
    assert deltas[-1].model_extra["annotations"] == [a.model_dump() for a in whole.annotations]
    assert (last.finish_reason, last.delta.content) == ("stop", None)
    assert {choice.finish_reason for chunk in chunks[:-1] for choice in chunk.choices} == {None}
    assert len({(chunk.id, chunk.created, chunk.model) for chunk in chunks}) == 1
    assert all(chunk.usage is None for chunk in chunks)


def test_usage_comes_last_where_it_is_asked_for(chat: openai.OpenAI) -> None:
    *rest, last = stream(chat, stream_options={"include_usage": True})
    assert last.choices == []
    assert last.usage == complete(chat).usage
    assert all(chunk.usage is None for chunk in rest)


def test_the_clients_own_gatherer_of_chunks_is_content(chat: openai.OpenAI) -> None:
    with chat.chat.completions.stream(model=MODEL, messages=ASKED) as gathering:
        gathered = gathering.get_final_completion().choices[0].message
    whole = complete(chat).choices[0].message
    assert gathered.content == whole.content
    assert gathered.annotations == whole.annotations


def test_the_asynchronous_client_is_answered_too(live: str) -> None:
    async def ask() -> tuple[str, str]:
        async with openai.AsyncOpenAI(base_url=f"{live}/v1", api_key="any") as client:
            answer = await client.chat.completions.create(model=MODEL, messages=ASKED)
            chunks = [c async for c in await client.chat.completions.create(model=MODEL, messages=ASKED, stream=True)]
            return answer.choices[0].message.content or "", content_of(chunks)

    whole, joined = asyncio.run(ask())
    assert whole == joined
    assert "15亿元" in whole


def test_a_raw_stream_is_what_the_simplest_client_expects(live: str) -> None:
    body = {"model": MODEL, "messages": ASKED, "stream": True}
    response = httpx2.post(f"{live}{CHAT}", json=body)
    lines = response.text.split("\n\n")
    assert lines[-2:] == ["data: [DONE]", ""]
    assert all(line.startswith("data: {") for line in lines[:-2])
    assert "知识产权" in response.text
    assert "\\u" not in response.text
    assert response.headers["content-type"].startswith("text/event-stream")
    assert response.headers["cache-control"] == "no-cache"
    assert response.headers["x-accel-buffering"] == "no"


def test_what_other_clients_send_besides_is_ignored(chat: openai.OpenAI) -> None:
    tool: Any = {"type": "function", "function": {"name": "f", "parameters": {}}}
    answer = complete(
        chat,
        temperature=0.2,
        top_p=0.9,
        max_tokens=1,
        presence_penalty=0.1,
        frequency_penalty=0.1,
        stop=["。"],
        seed=1,
        n=1,
        user="u-1",
        tools=[tool],
        tool_choice="auto",
        logprobs=False,
        metadata={"chat": "1"},
        extra_body={"chat_id": "x", "enable_thinking": False, "options": {"num_ctx": 1}},
    )
    assert answer.choices[0].message.content == complete(chat).choices[0].message.content


def test_the_last_of_the_users_messages_is_the_question(chat: openai.OpenAI) -> None:
    messages = [
        {"role": "system", "content": "你是一只猫，只会喵喵叫。" * 200},
        {"role": "developer", "content": [{"type": "text", "text": "Answer in French."}]},
        {
            "role": "user",
            "content": [
                {"type": "text", "text": "知识产权质押金额"},
                {"type": "image_url", "image_url": {"url": "data:image/png;base64,AAAA"}},
                {"type": "text", "text": "目标是多少"},
            ],
        },
        {"role": "assistant", "content": None, "tool_calls": []},
        {"role": "tool", "content": "喵", "tool_call_id": "1"},
    ]
    assert "15亿元" in (complete(chat, messages).choices[0].message.content or "")


def test_what_was_asked_before_is_handed_on(service: Service, client: TestClient, monkeypatch: Any) -> None:
    asked: list[tuple[str, list[str]]] = []
    ask = service.answerer.ask

    def listen(text: str, *, conversation: Any = (), **options: Any) -> Any:
        asked.append((text, [turn.question for turn in conversation]))
        return ask(text, conversation=conversation, **options)

    monkeypatch.setattr(service.answerer, "ask", listen)
    messages = [
        {"role": "user", "content": "专利资助怎么申请"},
        {"role": "assistant", "content": "……"},
        {"role": "user", "content": "很长" * 300},  # could not be asked, and was answered with an error
        {"role": "user", "content": "商标呢\x00"},
        {"role": "user", "content": ""},
        {"role": "user", "content": "专利质押贷款有贴息吗"},
        {"role": "assistant", "content": "……"},
        {"role": "user", "content": "那商标呢"},
    ]
    assert client.post(CHAT, json={"messages": messages}).status_code == 200
    assert [text for text, _ in asked] == ["专利资助怎么申请", "专利质押贷款有贴息吗", "那商标呢"]
    assert [len(before) for _, before in asked] == [0, 1, 2]
    assert asked[-1][1][0] == "专利资助怎么申请"


def test_a_long_conversation_costs_no_more_than_its_end(service: Service, client: TestClient, monkeypatch: Any) -> None:
    asked = []
    ask = service.answerer.ask
    monkeypatch.setattr(service.answerer, "ask", lambda text, **options: asked.append(text) or ask(text, **options))
    messages = [{"role": "user", "content": f"第{n}条说什么"} for n in range(1, 301)]
    assert client.post(CHAT, json={"messages": messages}).status_code == 200
    assert len(asked) < 10
    assert asked[-1] == "第300条说什么"


@pytest.mark.parametrize(
    ("messages", "options", "says", "param"),
    [
        ([{"role": "user", "content": "问" * 501}], {}, "最多 500 个字", "messages"),
        ([{"role": "user", "content": "专利\x1b[31m"}], {}, "U+001B", "messages"),
        ([{"role": "system", "content": "你好"}], {}, "至少问一句", "messages"),
        ([], {}, "至少问一句", "messages"),
        ([{"role": "user", "content": 5}], {}, "应为文字", "messages.0.content"),
        ([{"content": "专利"}], {}, "缺少", "messages.0.role"),
        ("专利", {}, "应为列表", "messages"),
        (ASKED, {"n": 2}, "不能大于 1", "n"),
        (ASKED, {"extra_body": {"stream_options": "yes"}}, "stream_options", "stream_options"),
    ],
)
def test_what_cannot_be_asked_is_a_bad_request(
    chat: openai.OpenAI, messages: Any, options: Any, says: str, param: str
) -> None:
    with pytest.raises(openai.BadRequestError) as caught:
        complete(chat, messages, **options)
    assert says in caught.value.message
    assert caught.value.type == "invalid_request_error"
    assert caught.value.code == "invalid_request"
    assert caught.value.param == param


@pytest.mark.parametrize("path", ["/v1/embeddings", "/v1", "/v1/chat"])
def test_what_is_not_offered_is_not_found(client: TestClient, path: str) -> None:
    response = client.post(path, json={})
    assert response.status_code == 404
    assert response.json()["error"]["code"] == "not_found"


def test_every_error_of_the_protocol_has_its_shape(
    service: Service, client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(service.answerer, "ask", _raise(RuntimeError("a secret path")))
    json_type = {"content-type": "application/json"}
    failures = {
        400: client.post(CHAT, content=b"{", headers=json_type),
        405: client.get(CHAT),
        413: client.post(CHAT, content=b'{"messages": "' + b"a" * 1_100_000 + b'"}', headers=json_type),
        500: client.post(CHAT, json={"messages": ASKED}),
    }
    for status, response in failures.items():
        assert response.status_code == status
        assert response.headers["content-type"] == "application/json"
        assert response.headers["x-request-id"]
        error = response.json()["error"]
        assert set(error) == {"message", "type", "param", "code"}
        assert error["type"] == ("server_error" if status == 500 else "invalid_request_error")
        assert "secret" not in response.text
    assert failures[405].headers["allow"] == "POST"
    assert client.post("/api/v1/ask", content=b"{").headers["content-type"] == "application/problem+json"


def test_a_long_history_is_no_large_body(client: TestClient) -> None:
    messages = [{"role": "assistant", "content": "答" * 1000} for _ in range(100)]
    assert client.post(CHAT, json={"messages": [*messages, *ASKED]}).status_code == 200


def test_parts_of_no_known_kind_are_passed_over(client: TestClient) -> None:
    odd: list[Any] = [{"type": []}, {"type": {}}, {"type": "text"}, {"type": "text", "text": 5}, "专利", 5, None]
    content = [*odd, {"type": "text", "text": QUESTION}]
    response = client.post(CHAT, json={"messages": [{"role": "user", "content": content}]})
    assert "15亿元" in response.json()["choices"][0]["message"]["content"]


def test_a_picture_alone_is_answered_kindly(client: TestClient) -> None:
    content = [{"type": "image_url", "image_url": {"url": "data:image/png;base64,AAAA"}}]
    response = client.post(CHAT, json={"messages": [{"role": "user", "content": content}]})
    assert response.json()["qa"]["reason"] == "empty"


def test_deep_nesting_is_refused_not_crashed_on(client: TestClient) -> None:
    response = client.post(CHAT, content=b"[" * 900_000, headers={"content-type": "application/json"})
    assert response.status_code == 400


def test_a_strange_host_does_not_make_it_fail(client: TestClient) -> None:
    for host in ("[", "a b", "x:y:z", "evil.example/<script>"):
        response = client.post(CHAT, json={"messages": ASKED}, headers={"host": host})
        assert response.status_code == 200
        assert "<script>" not in response.text


def test_only_what_stands_in_the_end_is_streamed(service: Service, serve: Serve, scripted: Scripted) -> None:
    generator = scripted(Piece("六万元。[1]"), Piece("五万元。[1]", afresh=True), Piece("十万元。[1]"))
    with serve(replace(service, generator=generator)) as address, client_of(address) as client:
        chunks = stream(client)
        whole = complete(client).choices[0].message.content
    assert content_of(chunks) == whole
    assert content_of(chunks).startswith("五万元。[1]十万元。[1]\n\n出处：")
    assert "六万元" not in content_of(chunks)


def test_heartbeats_keep_a_slow_stream_open_and_trouble_no_client(
    service: Service, serve: Serve, scripted: Scripted, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(events, "HEARTBEAT_S", 0.05)
    go_on = threading.Event()
    generator = scripted(go_on, Piece("五万元。[1]"))
    threading.Timer(0.5, go_on.set).start()
    with serve(replace(service, generator=generator)) as address:
        body = {"messages": ASKED, "stream": True}
        with httpx2.Client(timeout=10) as raw, raw.stream("POST", f"{address}{CHAT}", json=body) as response:
            assert sum(line.startswith(":") for line in response.iter_lines()) >= 3
        go_on.clear()
        threading.Timer(0.5, go_on.set).start()
        with client_of(address) as client:
            assert content_of(stream(client)).startswith("五万元。[1]")


def test_a_failure_midway_is_an_error_of_the_client(service: Service, serve: Serve, scripted: Scripted) -> None:
    generator = scripted(RuntimeError("a secret path"))
    with serve(replace(service, generator=generator)) as address, client_of(address) as client:
        with pytest.raises(openai.APIError) as caught:
            stream(client)
        with pytest.raises(openai.InternalServerError):
            complete(client)
    assert "服务内部出错" in caught.value.message
    assert "secret" not in caught.value.message


def test_a_client_that_goes_away_ends_the_work(service: Service, serve: Serve, scripted: Scripted) -> None:
    generator = scripted(threading.Event())
    with serve(replace(service, generator=generator)) as address, client_of(address) as client:
        with client.chat.completions.create(model=MODEL, messages=ASKED, stream=True) as chunks:
            assert next(iter(chunks)).choices[0].delta.role == "assistant"
            assert generator.waits.wait(5)
            assert not generator.closed.is_set()
        left = time.monotonic()
        assert generator.closed.wait(5)
        assert time.monotonic() - left < 1


def test_the_openapi_document_shows_how_it_is_asked(client: TestClient) -> None:
    document = client.get("/api/v1/openapi.json").json()
    route = document["paths"][CHAT]["post"]
    assert "text/event-stream" in route["responses"]["200"]["content"]
    assert "ChatOut" in json.dumps(route["responses"]["200"]["content"]["application/json"])
    assert "OpenAIErrorsOut" in json.dumps(route["responses"]["4XX"])
    assert document["components"]["schemas"]["ChatIn"]["examples"][0]["messages"]
    assert "text/event-stream" in document["paths"]["/api/v1/ask/stream"]["post"]["responses"]["200"]["content"]


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=10), inner, max_size=4),
    max_leaves=10,
)
parts = st.fixed_dictionaries(
    {"type": st.sampled_from(["text", "image_url"]) | json_values}, optional={"text": json_values}
)
messages = st.fixed_dictionaries(
    {"role": st.sampled_from(["system", "user", "assistant", "tool"]) | json_values},
    optional={"content": st.text(max_size=30) | st.lists(parts | json_values, max_size=3) | json_values},
)
bodies = json_values | st.fixed_dictionaries(
    {"messages": st.lists(messages | json_values, max_size=4) | json_values},
    optional={
        "model": st.sampled_from([MODEL, ""]) | json_values,
        "stream": st.booleans() | json_values,
        "stream_options": st.fixed_dictionaries({"include_usage": json_values}) | json_values,
        "n": st.integers(0, 2) | json_values,
        "temperature": json_values,
    },
)


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(body=bodies)
def test_no_json_whatever_makes_it_fail(client: TestClient, body: object) -> None:
    content = json.dumps(body)
    response = client.post(CHAT, content=content, headers={"content-type": "application/json"})
    assert response.status_code in {200, 400, 404}
    if response.headers["content-type"].startswith("text/event-stream"):
        assert response.text.endswith("data: [DONE]\n\n")
    elif response.status_code == 200:
        ChatCompletion.model_validate(response.json())
    else:
        assert response.json()["error"]["message"]


def _raise(error: Exception) -> Callable[..., Any]:
    def fail(*args: Any, **options: Any) -> Any:
        raise error

    return fail

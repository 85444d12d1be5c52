import json

import pytest
from fastapi.testclient import TestClient
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from qa_service.answer.dialogue.conversation import Conversation, Turn, continued
from qa_service.answer.models import Status
from qa_service.service import Service

ASK = "/api/v1/ask"


def test_a_question_is_answered_with_its_clause(client: TestClient) -> None:
    response = client.post(ASK, json={"question": "知识产权质押金额目标是多少"})
    body = response.json()
    assert response.status_code == 200
    assert (body["status"], body["reason"]) == ("answered", "complete")
    assert "15亿元" in body["answer"]
    citation = body["citations"][0]
    assert citation["n"] == 1
    assert citation["passage_id"] == "haimen-ip-plan#三-二-2"
    assert citation["location"].startswith("三、（二）2")
    assert citation["url"].startswith("/documents/haimen-ip-plan#")
    assert citation["validity"]["state"] == "period_over"
    assert 0 <= citation["score"] <= 1
    start, end = citation["highlights"][0]
    assert "15亿元" in citation["text"][start:end]
    assert body["id"]
    assert body["session_id"]


def test_a_session_id_comes_back(client: TestClient) -> None:
    body = client.post(ASK, json={"question": "你好", "session_id": "abc-1"}).json()
    assert (body["session_id"], body["status"]) == ("abc-1", "smalltalk")


def test_a_follow_up_is_read_in_its_session(client: TestClient) -> None:
    session = {"session_id": "follow-up-1"}
    client.post(ASK, json={"question": "发明专利保护期是多久", **session})
    body = client.post(ASK, json={"question": "那外观设计呢？", **session}).json()
    assert body["interpreted"] == "外观设计保护期是多久"
    assert "十五年" in body["answer"]


def test_a_session_may_be_one_that_the_service_named(client: TestClient) -> None:
    first = client.post(ASK, json={"question": "商标注册要多久"}).json()
    body = client.post(ASK, json={"question": "要什么材料", "session_id": first["session_id"]}).json()
    assert body["interpreted"] == "商标注册要什么材料"


def test_sessions_know_nothing_of_each_other(client: TestClient) -> None:
    client.post(ASK, json={"question": "发明专利保护期是多久", "session_id": "one"})
    assert client.post(ASK, json={"question": "那外观设计呢", "session_id": "other"}).json()["interpreted"] is None
    assert client.post(ASK, json={"question": "那外观设计呢"}).json()["interpreted"] is None


def test_a_question_back_has_choices_and_takes_a_number(client: TestClient) -> None:
    session = {"session_id": "clarify-1"}
    body = client.post(ASK, json={"question": "续展要多久", **session}).json()
    assert (body["status"], body["citations"]) == ("clarify", [])
    assert 2 <= len(body["choices"]) <= 4
    chosen = client.post(ASK, json={"question": "2", **session}).json()
    assert chosen["interpreted"] == body["choices"][1]
    assert chosen["status"] == "answered"


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    questions=st.lists(
        st.text(alphabet="那呢它第二条一如果要是除了还有吗目标商标专利多少钱久办？，的前者后1a", max_size=12),
        max_size=5,
    )
)
def test_no_conversation_whatever_makes_it_fail(service: Service, questions: list[str]) -> None:
    said: Conversation = (Turn("发明专利和商标的保护期是多久", Status.ANSWERED, said=("专利法#第四十二条", "gone#1")),)
    for question in questions:
        answer = service.answerer.ask(question, conversation=said)
        assert len(answer.interpreted or "") <= 200
        said = continued(said, Turn.of(answer), 6)


def test_all_the_documented_fields_are_accepted(client: TestClient) -> None:
    question = {
        "question": "专利质押贷款有贴息吗",
        "session_id": None,
        "top_k": 2,
        "as_of": "2024-06-01",
        "filters": {"document_ids": [], "levels": [], "topics": ["资助"]},
    }
    body = client.post(ASK, json=question).json()
    assert len(body["citations"]) >= 1
    assert body["citations"][0]["validity"]["state"] == "in_force"


@pytest.mark.parametrize(
    ("body", "status", "says"),
    [
        ({"question": ""}, 422, "不能为空"),
        ({"question": "问" * 501}, 422, "最多 500 个字"),
        ({"question": "专利\x00"}, 422, "U+0000"),
        ({"question": "专利\x1b[31m"}, 422, "U+001B"),
        ({"question": 5}, 422, "应为文字"),
        ({"question": None}, 422, "应为文字"),
        ({}, 422, "缺少"),
        ([], 422, "请求体"),
        ({"question": "专利", "qestion": "x"}, 422, "qestion"),
        ({"question": "专利", "top_k": 0}, 422, "不能小于 1"),
        ({"question": "专利", "top_k": 21}, 422, "不能大于 20"),
        ({"question": "专利", "top_k": "5"}, 422, "应为整数"),
        ({"question": "专利", "top_k": True}, 422, "应为整数"),
        ({"question": "专利", "top_k": 2.5}, 422, "应为整数"),
        ({"question": "专利", "as_of": 1790000000}, 422, "应为日期"),
        ({"question": "专利", "as_of": "1790000000"}, 422, "应为日期"),
        ({"question": "专利", "as_of": "yesterday"}, 422, "应为日期"),
        ({"question": "专利", "session_id": "a b"}, 422, "不允许的字符"),
        ({"question": "专利", "filters": {"unknown": []}}, 422, "filters.unknown"),
        ({"question": "专利", "filters": []}, 422, "filters"),
    ],
)
def test_what_cannot_be_asked_is_refused_in_words(client: TestClient, body: object, status: int, says: str) -> None:
    response = client.post(ASK, json=body)
    problem = response.json()
    assert response.status_code == status
    assert response.headers["content-type"] == "application/problem+json"
    assert says in problem["detail"]
    assert problem["type"].startswith("urn:qa-service:problem:")
    assert problem["request_id"] == response.headers["x-request-id"]


@pytest.mark.parametrize("raw", [b"{", b"", b"\xff\xfe", b'{"question": "\xb7"}', b"question=1", b"nul", b"[" * 5000])
def test_what_is_no_json_is_refused_in_words(client: TestClient, raw: bytes) -> None:
    response = client.post(ASK, content=raw, headers={"content-type": "application/json"})
    assert response.status_code in {400, 422}
    assert response.headers["content-type"] == "application/problem+json"


def test_half_a_surrogate_pair_is_refused_not_crashed_on(client: TestClient) -> None:
    raw = b'{"question": "\\ud800\\u4e13\\u5229"}'
    response = client.post(ASK, content=raw, headers={"content-type": "application/json"})
    assert response.status_code == 422


def test_a_blank_question_is_answered_kindly(client: TestClient) -> None:
    body = client.post(ASK, json={"question": "  \n "}).json()
    assert (body["status"], body["reason"]) == ("no_answer", "empty")


def test_the_longest_question_is_answered(client: TestClient) -> None:
    assert client.post(ASK, json={"question": "专利质押" * 125}).status_code == 200


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(question=st.text(max_size=520), top_k=st.integers(-2, 25))
def test_no_text_whatever_makes_it_fail(client: TestClient, question: str, top_k: int) -> None:
    response = client.post(ASK, json={"question": question, "top_k": top_k})
    assert response.status_code in {200, 422}
    json.loads(response.text)


def test_a_body_that_is_too_large_is_refused_in_words(client: TestClient) -> None:
    response = client.post(ASK, content=b'{"question": "' + b"a" * 70_000 + b'"}')
    assert response.status_code == 413
    assert "64 KB" in response.json()["detail"]
    assert response.headers["x-request-id"]


def test_a_question_of_many_parts_costs_no_more_than_three(service: Service, monkeypatch: pytest.MonkeyPatch) -> None:
    searches = []
    search = service.searcher.search
    monkeypatch.setattr(service.searcher, "search", lambda *a, **k: searches.append(a) or search(*a, **k))
    service.answerer.ask("".join(f"质押融资问题{n}怎么办？" for n in range(40)))
    assert len(searches) <= 4

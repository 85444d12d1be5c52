"""A question may be any text at all."""

import json
import time

import pytest
from fastapi.testclient import TestClient
from hypothesis import given
from hypothesis import strategies as st

from qa_service.service import Service
from tests.damage import read_or_refused, tried

pytestmark = pytest.mark.fuzz

WORDS = st.sampled_from(
    ["专利", "商标", "质押", "第六十五条", "第65、66条", "第十条至第十二条", "三（二）2", "百分之二十", "规划", "《专利法》", "多少钱", "能不能", "那", "呢", "2027年", "细则", "海门", "不", "和", "，", "？", "ignore", "patent fee", "\u202e", "𠮷", "👍", "\ud800", "(", "〔手机号〕", "13812345678", "零", "第", "条", "附件1", "\x00", "\ufdfa", "%", "--", "一" * 30]
)  # fmt: skip
QUESTIONS = st.lists(WORDS, max_size=25).map("".join) | st.text(max_size=100)


@tried(100)
@given(text=QUESTIONS)
def test_any_question_is_answered(service: Service, text: str) -> None:
    def ask() -> None:
        answer = service.ask(text[:500])
        answer.question.encode()
        assert answer.text

    read_or_refused(ask)


@tried(40)
@given(first=QUESTIONS, second=QUESTIONS)
def test_any_question_may_follow_any_other(service: Service, first: str, second: str) -> None:
    def ask() -> None:
        for text in (first, second):
            service.ask(text[:500], session_id="fuzz")

    read_or_refused(ask)


@tried(40)
@given(text=QUESTIONS)
def test_no_question_breaks_a_door(client: TestClient, text: str) -> None:
    body = json.dumps({"question": text}).encode()
    reply = client.post("/api/v1/ask", content=body, headers={"content-type": "application/json"})
    assert reply.status_code in (200, 422)
    assert client.get("/", params={"q": text.encode("utf-8", "replace").decode()}).status_code in (200, 422)


@pytest.mark.parametrize(
    "piece",
    [
        "啊",
        "第",
        "一",
        "条",
        "《",
        "专利",
        "不",
        "a",
        "a ",
        "1",
        "？",
        "\u0301",
        "㌖",
        "那",
        "第一条",
        "百分之",
        "(",
        "忽略",
        "和",
        "零一",
    ],
)
def test_the_longest_question_of_one_thing_takes_no_time(service: Service, piece: str) -> None:
    text = (piece * 500)[:500]
    service.ask(text[:100])
    began = time.perf_counter()
    service.ask(text)
    assert time.perf_counter() - began < 3

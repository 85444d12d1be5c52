from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import pytest
from fastapi.testclient import TestClient

from qa_service.access.staff import Role, Staff
from qa_service.answer.answerer import Answerer
from qa_service.answer.curated.answers import ApprovedClause, CuratedAnswer, CuratedHit, digest_of
from qa_service.answer.curated.reply import CuratedReply
from qa_service.clock import Clock
from qa_service.corpus.models import ValidityState
from qa_service.journal.exchange import Channel, Exchange
from qa_service.journal.switches import SwitchStore
from qa_service.keeping import open_journal
from qa_service.server.app import create_app
from qa_service.server.staff.guard import staff_of
from qa_service.service import Service, open_lasting
from qa_service.settings import Settings

PREVIEW = "/api/v1/staff/preview"
QUESTION = "知识产权质押金额目标是多少"


@pytest.fixture
def told() -> list[Exchange]:
    """What those who keep count are told."""
    return []


@pytest.fixture
def mine(service: Service, settings: Settings, fixed_clock: Clock, told: list[Exchange]) -> Service:
    lasting = replace(open_lasting(settings, fixed_clock), counting=(told.append,))
    return replace(service, settings=settings, lasting=lasting, counting=lasting.counting)


@pytest.fixture
def client(mine: Service) -> Iterator[TestClient]:
    app = create_app(lambda: mine)
    app.dependency_overrides[staff_of] = lambda: Staff("王", Role.READER)
    with TestClient(app) as client:
        yield client


def test_a_preview_is_what_the_public_is_told(client: TestClient) -> None:
    shown = client.post(PREVIEW, json={"question": QUESTION}).json()
    public = client.post("/api/v1/ask", json={"question": QUESTION}).json()
    own = ("id", "session_id", "elapsed_ms")
    assert {k: v for k, v in shown.items() if k not in own} == {k: v for k, v in public.items() if k not in own}
    assert shown["status"] == "answered"


def test_nobody_has_asked_what_staff_look_at(client: TestClient, told: list[Exchange]) -> None:
    assert client.post(PREVIEW, json={"question": QUESTION}).status_code == 200
    assert told == []
    client.post("/api/v1/ask", json={"question": QUESTION})
    assert len(told) == 1


def test_no_preview_leans_on_the_one_before(client: TestClient) -> None:
    client.post(PREVIEW, json={"question": "发明专利保护期是多久"})
    assert client.post(PREVIEW, json={"question": "那外观设计呢"}).json()["interpreted"] is None


def test_a_page_that_is_switched_off_is_shown_so(client: TestClient, mine: Service, fixed_clock: Clock) -> None:
    SwitchStore(open_journal(mine.settings), fixed_clock).switch_off("channel:page", "王", "演练", "暂停，请打电话。")
    assert mine.lasting
    while mine.lasting.switches.closed(Channel.PAGE) is None:
        pass
    shown = client.post(PREVIEW, json={"question": QUESTION}).json()
    assert (shown["reason"], shown["answer"]) == ("switched_off", "暂停，请打电话。")


class Shelf:
    """One curated answer, and how often it was given."""

    def __init__(self, answer: CuratedAnswer) -> None:
        self.answers, self.hits = (answer,), list[CuratedHit]()

    def active(self) -> tuple[CuratedAnswer, ...]:
        return self.answers

    def count(self, hit: CuratedHit) -> None:
        self.hits.append(hit)


def test_a_curated_answer_that_is_looked_at_does_not_count_as_given(service: Service, fixed_clock: Clock) -> None:
    passage = service.engine.passage("haimen-ip-plan#三-二-2")
    clause = ApprovedClause(passage.id, digest_of(passage.text), ValidityState.PERIOD_OVER)
    dates = {"approved_on": date(2026, 6, 1), "expires": date(2026, 12, 31)}
    answer = CuratedAnswer("c-1", QUESTION, (), "15亿元。[1]", (clause,), approved_by="张三", **dates)
    shelf = Shelf(answer)
    like = service.answerer
    answerer = Answerer(
        like.searcher,
        like.confidence,
        like._sentences,
        like.verdicts,
        fixed_clock,
        CuratedReply(shelf, like.searcher, None),
    )
    assert answerer.ask(QUESTION, counted=False).text == "15亿元。[1]"
    assert shelf.hits == []
    answerer.ask(QUESTION)
    assert len(shelf.hits) == 1


@pytest.mark.parametrize("body", [{}, {"question": ""}, {"question": "问" * 501}, {"question": "专利", "more": 1}])
def test_what_cannot_be_asked_is_refused(client: TestClient, body: dict[str, object]) -> None:
    assert client.post(PREVIEW, json=body).status_code == 422

import csv
import io
import random
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest
from fastapi.testclient import TestClient

from qa_service.answer.models import Answer, Citation, Origin, Reason, Status
from qa_service.desk.gaps import Period, open_gap_desk
from qa_service.journal.audit import AuditTrail
from qa_service.journal.exchange import Channel, Exchange
from qa_service.journal.exchange_recorder import ExchangeRecorder
from qa_service.journal.feedback import Complaint, Feedback
from qa_service.journal.unanswered import Unanswered
from qa_service.keeping import open_journal
from qa_service.service import Service
from qa_service.settings import Settings
from tests.clocks import Hands

SignIn = Callable[..., TestClient]
GAPS = "/api/v1/staff/gaps"
SAME = ("海门区养老金怎么领", "请问海门区养老金怎么领取？", "海门区养老金怎么领呢")


class Public:
    """What was asked, put into the journal as the doors do."""

    def __init__(self, settings: Settings, service: Service, hands: Hands) -> None:
        self._settings = settings
        self._service = service
        self._hands = hands
        self._count = 0

    def asks(
        self,
        *questions: str,
        status: Status = Status.NO_ANSWER,
        reason: Reason = Reason.OUT_OF_SCOPE,
        channel: Channel = Channel.PAGE,
        disliked: Complaint | None = None,
        comment: str = "",
    ) -> None:
        recorder = ExchangeRecorder(open_journal(self._settings), self._service.lasting.key)  # type: ignore[union-attr]
        passage = self._service.engine.passages_of("haimen-ip-plan")[3]
        document = self._service.library[passage.document_id]
        cited = Citation(
            1, passage, document, self._service.library.validity(document.id, self._hands().date()), (), None, 1
        )
        for question in questions:
            self._count += 1
            name = f"e{self._count}"
            self._hands.move(seconds=1)
            answer = Answer(question, status, reason, "说不上来。[1]", (cited,), origin=Origin.EXTRACTED)
            recorder.put(Exchange(name, None, channel, self._hands(), answer, 1.0))
            if disliked:
                recorder.put(Feedback(name, self._hands(), False, disliked, comment))
        recorder.queue.close()


@pytest.fixture
def public(settings: Settings, service: Service, hands: Hands) -> Public:
    return Public(settings, service, hands)


def test_questions_that_ask_the_same_are_one_gap_and_are_counted(signed_in: SignIn, public: Public) -> None:
    public.asks(*SAME, SAME[0])
    public.asks(
        "PCT专利海外布局补贴多少", status=Status.RELATED, reason=Reason.AMOUNT_NOT_STATED, channel=Channel.WECHAT
    )
    listed = signed_in("reader").get(GAPS).json()
    assert (listed["total"], listed["waiting"], listed["next_offset"], listed["cut"]) == (2, 2, None, False)
    first, second = listed["gaps"]
    assert (first["count"], first["wordings"], first["state"]) == (4, 2, "open")
    assert first["question"] in SAME
    assert first["reasons"] == [{"value": "out_of_scope", "label": "不在服务范围", "count": 4}]
    assert (second["count"], second["channels"][0]["label"]) == (1, "微信公众号")


def test_gaps_are_chosen_sorted_and_paged(signed_in: SignIn, public: Public, hands: Hands) -> None:
    public.asks(
        "商标注册多少钱", status=Status.ANSWERED, reason=Reason.COMPLETE, disliked=Complaint.OUTDATED, comment="旧了"
    )
    public.asks(*SAME)
    public.asks("明天下雨吗", reason=Reason.NO_EVIDENCE, channel=Channel.WIDGET)
    reader = signed_in("reader")

    def found(**query: object) -> list[str]:
        answer = reader.get(GAPS, params=query)
        assert answer.status_code == 200, answer.text
        return [gap["question"] for gap in answer.json()["gaps"]]

    assert found(disliked=True) == ["商标注册多少钱"]
    assert found(status="answered") == ["商标注册多少钱"]
    assert found(reason="no_evidence", channel="widget") == ["明天下雨吗"]
    assert found(reason="no_evidence", channel="page") == []
    assert found(sort="last")[0] == "明天下雨吗"
    assert found(state="decided") == []
    assert found(most=1, offset=2) == found()[2:]
    assert reader.get(GAPS, params={"most": 2}).json()["next_offset"] == 2
    day = (hands() - timedelta(days=40)).date().isoformat()
    assert found(since=day, until=day) == []
    for wrong in (
        {"since": "2026-02-01", "until": "2026-01-01"},
        {"since": "2020-01-01"},
        {"reason": "x"},
        {"since": "1"},
    ):
        assert reader.get(GAPS, params=wrong).status_code == 422


def test_a_gap_shows_what_was_said_and_what_comes_near(signed_in: SignIn, public: Public) -> None:
    public.asks("知识产权质押融资贴息多少", status=Status.RELATED, reason=Reason.AMOUNT_NOT_STATED)
    public.asks("知识产权质押融资有没有贴息", disliked=Complaint.WRONG, comment="<script>")
    reader = signed_in("reader")
    first, second = reader.get(GAPS).json()["gaps"]
    shown = reader.get(f"{GAPS}/{first['id']}").json()
    assert shown["exchanges"][0]["answer"] == "说不上来。[1]"
    assert shown["exchanges"][0]["cited"][0]["name"].startswith("《南通市海门区")
    assert len(shown["nearest"]) == 5
    assert [other["id"] for other in shown["nearby"]] == [second["id"]]
    assert reader.get(f"{GAPS}/{'0' * 16}").status_code == 404
    assert reader.get(f"{GAPS}/nonsense").status_code == 422


def test_what_is_decided_leaves_the_list_and_who_asks_the_same_joins_it(
    signed_in: SignIn, public: Public, settings: Settings, hands: Hands
) -> None:
    public.asks(SAME[0])
    editor = signed_in("editor")
    gap = editor.get(GAPS).json()["gaps"][0]["id"]
    assert signed_in("reader").post(f"{GAPS}/{gap}/decide", json={"outcome": "noise"}).status_code == 403
    assert editor.post(f"{GAPS}/{gap}/decide", json={"outcome": "needs_document"}).status_code == 422
    body = {"outcome": "needs_document", "comment": "缺社保文件"}
    assert editor.post(f"{GAPS}/{gap}/decide", json=body).json() == {"decided": [gap]}
    assert editor.get(GAPS).json()["total"] == 0
    hands.move(minutes=10)
    public.asks(SAME[1], "养老金在海门区怎么领取")
    again = editor.get(GAPS, params={"state": "decided"}).json()["gaps"]
    assert [(g["id"], g["count"], g["again"], g["decision"]["by"]) for g in again] == [(gap, 3, 2, "editor")]
    assert editor.get(GAPS).json()["total"] == 0
    assert editor.post(f"{GAPS}/{gap}/undo", json={"comment": "找到了"}).status_code == 200
    assert editor.get(GAPS).json()["gaps"][0]["count"] == 3
    assert editor.post(f"{GAPS}/{gap}/undo", json={}).status_code == 422
    history = editor.get(f"{GAPS}/{gap}").json()["history"]
    assert [(h["outcome"], h["undone_by"]) for h in history] == [("needs_document", "editor")]
    noted = [e.action for e in AuditTrail(open_journal(settings), hands).entries()]
    assert noted[:2] == ["gap.undo", "gap.needs_document"]


def test_an_answer_closes_a_gap_and_who_still_gets_none_opens_it(
    signed_in: SignIn, public: Public, service: Service, hands: Hands
) -> None:
    public.asks(SAME[0], "明天下雨吗")
    editor = signed_in("editor")
    first, other = sorted(gap["id"] for gap in editor.get(GAPS).json()["gaps"])
    passage = service.engine.passages_of("haimen-ip-plan")[3].id
    entry = {"id": "c-1", "question": SAME[0], "answer": "规划未写。[1]", "cites": [passage], "expires": "2099-12-31"}
    assert editor.post("/api/v1/staff/curated", json={"entry": entry}).status_code == 201
    body = {"outcome": "answered", "curated_id": "c-1", "also": [other]}
    assert editor.post(f"{GAPS}/{first}/decide", json={**body, "curated_id": "c-none"}).status_code == 422
    assert sorted(editor.post(f"{GAPS}/{first}/decide", json=body).json()["decided"]) == [first, other]
    assert editor.get(GAPS).json()["total"] == 0
    hands.move(minutes=10)
    public.asks(SAME[2])
    reopened = editor.get(GAPS).json()["gaps"]
    assert [(g["state_label"], g["again"], g["decision"]["curated_id"]) for g in reopened] == [("答后又问", 1, "c-1")]


def test_a_table_works_out_nothing(signed_in: SignIn, public: Public) -> None:
    public.asks('=HYPERLINK("http://x")是什么', "@SUM(1)怎么办", " -1+1等于几")
    answer = signed_in("reader").get(f"{GAPS}/export")
    assert answer.content.startswith(b"\xef\xbb\xbf")
    assert answer.headers["content-type"] == "text/csv; charset=utf-8"
    assert "attachment" in answer.headers["content-disposition"]
    rows = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert rows[0][0] == "问题"
    assert len(rows) == 4
    assert not any(cell.strip().startswith(("=", "+", "-", "@")) for row in rows for cell in row)


def test_the_same_questions_make_the_same_gaps_in_whatever_order_they_are_read(
    public: Public, service: Service, settings: Settings, hands: Hands, monkeypatch: pytest.MonkeyPatch
) -> None:
    texts = [question.text for question in random.Random(1).sample(service.library.questions, 60)]
    public.asks(*texts, *SAME, *texts[:10])
    desk = open_gap_desk(replace(service, settings=settings, clock=hands))
    period = Period(hands().date() - timedelta(days=1), hands().date())
    gaps = desk.gaps(period).gaps
    every = [question.id for gap in gaps for question in gap.asked]
    assert len(every) == len(set(every)) == 73  # each in exactly one
    questions, _ = desk.unanswered.between(period.since, period.until)

    def shuffled(*_: object) -> tuple[tuple[Unanswered, ...], bool]:
        return tuple(random.Random(2).sample(questions, len(questions))), False

    monkeypatch.setattr(desk.unanswered, "between", shuffled)
    assert desk.gaps(period).gaps == gaps

"""/api/v1/staff/numbers: who may, which period, and what comes."""

import io
import zipfile
from datetime import timedelta

import pytest
from fastapi.testclient import TestClient

from qa_service.access.gate import Gate
from qa_service.access.scope import Scope
from qa_service.corpus.passages import passages_of
from qa_service.desk.numbers.tables import TableKey
from qa_service.keeping import open_journal
from qa_service.service import Service
from qa_service.settings import Settings
from tests.clocks import Hands
from tests.made_up import exchanges, write
from tests.server.staff.conftest import SignIn

PATH = "/api/v1/staff/numbers"


@pytest.fixture
def filled(settings: Settings, service: Service, hands: Hands) -> None:
    plan = service.library["haimen-ip-plan"]
    write(
        open_journal(settings),
        exchanges(300, hands() + timedelta(hours=2), 45, service.library, passages_of(plan, len)[:5]),
    )


@pytest.mark.usefixtures("filled")
def test_a_period_s_figures_come_whole_and_agree(signed_in: SignIn) -> None:
    answer = signed_in("reader").get(PATH, params={"period": "7d"})
    assert answer.status_code == 200, answer.text
    numbers = answer.json()
    assert numbers["period"] == {"name": "近7天", "first": "2026-06-25", "last": "2026-07-01"}
    assert len(numbers["days"]) == 7
    assert sum(day["asked"] for day in numbers["days"]) == numbers["totals"]["asked"] > 0
    assert all(sum(day["by_channel"].values()) == day["asked"] for day in numbers["days"])
    assert numbers["before"]["asked"] > 0
    assert numbers["documents"][0]["name"].startswith("南通市海门区") or numbers["documents"][0]["name"]
    assert numbers["latency"]["bins"][-1]["below_ms"] is None
    assert numbers["cautions"] == []


def test_without_a_journal_there_are_zeros(signed_in: SignIn) -> None:
    numbers = signed_in("reader").get(PATH).json()
    assert (numbers["totals"]["asked"], numbers["kept_since"], numbers["before"]) == (0, None, None)
    assert len(numbers["days"]) == 30


@pytest.mark.parametrize(
    "query",
    [
        "period=week",
        "period=7d&since=2026-01-01&until=2026-01-02",
        "since=2026-01-01",
        "until=2026-01-01",
        "since=2026-01-02&until=2026-01-01",
        "since=2024-01-01&until=2026-01-01",
        "since=yesterday&until=today",
        "since=0001-01-01&until=0001-01-02",
        "since=9999-12-01&until=9999-12-31",
    ],
)
def test_a_period_that_cannot_be_is_refused(signed_in: SignIn, query: str) -> None:
    client = signed_in("reader")
    for path in (PATH, f"{PATH}/tables"):
        answer = client.get(f"{path}?{query}")
        assert answer.status_code == 422, answer.text
        assert answer.headers["content-type"] == "application/problem+json"
    assert client.get("/desk/numbers?" + query).status_code == 422


@pytest.mark.usefixtures("filled")
@pytest.mark.parametrize("key", list(TableKey))
def test_every_table_is_a_file(signed_in: SignIn, key: TableKey) -> None:
    answer = signed_in("reader").get(f"{PATH}/table", params={"table": key.value, "period": "last_month"})
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "text/csv; charset=utf-8"
    named = answer.headers["content-disposition"]
    assert 'filename="numbers_20260601-20260630.csv"' in named
    assert "filename*=UTF-8''%" in named
    assert named.endswith("_20260601-20260630.csv")
    assert answer.content.startswith(b"\xef\xbb\xbf")


@pytest.mark.usefixtures("filled")
def test_all_tables_come_in_one_archive(signed_in: SignIn) -> None:
    answer = signed_in("reader").get(f"{PATH}/tables", params={"since": "2026-06-01", "until": "2026-06-07"})
    assert answer.headers["content-type"] == "application/zip"
    assert len(zipfile.ZipFile(io.BytesIO(answer.content)).namelist()) == len(TableKey)
    assert "20260601-20260607.zip" in answer.headers["content-disposition"]


def test_a_program_needs_the_journal_s_scope(browser: TestClient, gate: Gate) -> None:
    for scope, status in ((Scope.JOURNAL_READ, 200), (Scope.CURATED_READ, 403)):
        token = gate.tokens.add(f"程序{status}", [scope], "x")
        answer = browser.get(PATH, headers={"Authorization": f"Bearer {token.text}"})
        assert answer.status_code == status
    assert browser.get(PATH).status_code == 401


def test_the_page_is_calm_where_nothing_was_asked(signed_in: SignIn) -> None:
    page = signed_in("reader").get("/desk/numbers")
    assert page.status_code == 200
    assert "还没有记录" in page.text
    assert "<figure" not in page.text


@pytest.mark.usefixtures("filled")
def test_the_page_says_where_a_period_is_empty(signed_in: SignIn) -> None:
    page = signed_in("reader").get("/desk/numbers?since=2026-01-01&until=2026-01-31")
    assert page.status_code == 200
    assert "这段日子没有提问" in page.text
    assert "记录从2026年" in page.text


@pytest.mark.usefixtures("filled")
@pytest.mark.parametrize("query", ["", "?period=today", "?period=year", "?since=2025-06-01&until=2026-07-01"])
def test_the_page_draws_every_period(signed_in: SignIn, query: str) -> None:
    page = signed_in("reader").get(f"/desk/numbers{query}")
    assert page.status_code == 200
    assert page.text.count("<figcaption>") >= 8
    assert "style=" not in page.text


def test_what_is_typed_is_shown_as_text(signed_in: SignIn) -> None:
    page = signed_in("reader").get("/desk/numbers", params={"period": "<script>alert(1)</script>"})
    assert page.status_code == 422
    assert "<script>alert" not in page.text

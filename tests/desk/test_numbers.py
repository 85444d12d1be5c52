"""Figures in words, as tables, as files."""

import csv
import io
import zipfile
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from qa_service.answer.models import Reason, Status
from qa_service.clock import CHINA
from qa_service.corpus.library import Library
from qa_service.corpus.passages import passages_of
from qa_service.desk.numbers.desk import NO_TOPIC, NumbersDesk, NumbersReport
from qa_service.desk.numbers.file import csv_of, file_name, zip_of
from qa_service.desk.numbers.findings import findings_of
from qa_service.desk.numbers.tables import NumbersTable, TableKey, tables_of
from qa_service.desk.numbers.words import change_of_count, change_of_share, milliseconds, percent
from qa_service.desk.words import CHANNELS, COMPLAINTS, REASONS, STATUSES
from qa_service.journal.database import Journal
from qa_service.journal.exchange import Channel
from qa_service.journal.feedback import Complaint
from qa_service.journal.figures_store import FiguresStore
from qa_service.journal.period import Period, own_period
from qa_service.journal.proportion import Share
from tests.made_up import exchanges, write

END = datetime(2026, 7, 1, 20, tzinfo=CHINA)


@pytest.fixture
def desk(tmp_path: Path, tiny_library: Library) -> NumbersDesk:
    """A desk over a journal of 50 days."""
    journal = Journal(None, tmp_path / "var")
    passages = [passage for document in tiny_library.documents.values() for passage in passages_of(document, len)]
    write(journal, exchanges(600, END, 50, tiny_library, passages))
    return NumbersDesk(FiguresStore(journal), tiny_library)


@pytest.fixture
def report(desk: NumbersDesk) -> NumbersReport:
    return desk.report(own_period(date(2026, 6, 15), date(2026, 7, 1)))


def test_every_word_of_the_vocabularies_is_known_in_chinese() -> None:
    assert set(STATUSES) == set(Status)
    assert set(REASONS) == set(Reason)
    assert set(CHANNELS) == set(Channel)
    assert set(COMPLAINTS) == {*Complaint, ""}


@pytest.mark.parametrize(
    ("part", "whole", "said"),
    [(0, 0, "—"), (0, 9, "0%"), (1, 1000, "不到1%"), (999, 1000, "99%以上"), (5, 5, "100%"), (841, 1000, "84%")],
)
def test_a_share_is_said_without_false_precision(part: int, whole: int, said: str) -> None:
    assert percent(part, whole) == said


@pytest.mark.parametrize(("value", "said"), [(None, "—"), (0.4, "不到1毫秒"), (9.4, "9毫秒"), (1234, "1.2秒")])
def test_a_time_is_said_in_its_unit(value: float | None, said: str) -> None:
    assert milliseconds(value) == said


@pytest.mark.parametrize(
    ("now", "before", "said"),
    [
        (110, 100, "比上月多10%（100）"),
        (90, 100, "比上月少10%（100）"),
        (100, 100, "与上月持平（上月100）"),
        (10, 7, "上月7，数目小，不算百分比"),
        (10, 0, "上月没有提问"),
        (0, 0, "与上月一样没有提问"),
        (1200, 100, "是上月的12倍（上月100）"),
    ],
)
def test_a_change_is_honest_of_few(now: int, before: int, said: str) -> None:
    assert change_of_count(now, before, "上月") == said


def test_a_share_changed_only_where_it_is_more_than_chance() -> None:
    assert change_of_share(Share(15, 19), Share(900, 1000), "上月") == "次数太少（上月1,000次），不作比较"
    assert change_of_share(Share(80, 100), Share(78, 100), "上月") == "与上月相差不大（78%）"
    assert change_of_share(Share(850, 1000), Share(780, 1000), "上月") == "比上月高7个百分点（上月78%）"
    assert change_of_share(Share(780, 1000), Share(850, 1000), "上月") == "比上月低7个百分点（上月85%）"


def test_tables_sum_to_what_was_asked(report: NumbersReport) -> None:
    tables = tables_of(report)
    asked = report.figures.totals.asked
    assert list(tables) == list(TableKey)
    assert sum(int(row[1]) for row in tables[TableKey.DAYS].rows) == asked
    assert all(int(row[1]) == sum(map(int, row[2:])) for row in tables[TableKey.DAYS].rows)
    assert sum(int(cell) for row in tables[TableKey.CHANNELS].rows for cell in row[1:]) == asked
    for key, place in ((TableKey.OUTCOMES, 2), (TableKey.HOURS, 1), (TableKey.LATENCY, 1)):
        assert sum(int(row[place]) for row in tables[key].rows) == asked
    assert all(len(row) == len(table.head) for table in tables.values() for row in table.rows)


def test_topics_are_those_of_the_main_ground(report: NumbersReport, tiny_library: Library) -> None:
    by_hand: dict[str, int] = {}
    for document in report.documents:
        for topic in tiny_library[document.id].topics or (NO_TOPIC,):
            by_hand[topic] = by_hand.get(topic, 0) + document.first
    assert dict(report.topics) == by_hand
    answered = [outcome for outcome in report.figures.outcomes if outcome.status in ("answered", "related")]
    assert report.grounds == sum(outcome.asked for outcome in answered)


def test_a_document_that_is_no_longer_there_is_still_counted(desk: NumbersDesk, tiny_library: Library) -> None:
    gone = NumbersDesk(desk._store, Library({}))
    report = gone.report(own_period(date(2026, 6, 15), date(2026, 7, 1)))
    assert all("已不在语料中" in document.name and not document.known for document in report.documents)
    assert set(report.topics) == {NO_TOPIC}


def test_a_period_before_that_is_not_whole_is_not_compared_with(desk: NumbersDesk) -> None:
    whole = desk.report(own_period(date(2026, 6, 15), date(2026, 7, 1)))
    assert whole.before is not None
    assert whole.cautions == ()
    long = desk.report(own_period(date(2026, 4, 1), date(2026, 7, 1)))
    assert long.before is None
    assert "更早的没有记录" in long.cautions[0]
    assert "不作比较" in long.cautions[1]
    assert tables_of(long)[TableKey.SUMMARY].rows[0][2:] == ("", "")


def test_every_finding_is_a_sentence(report: NumbersReport) -> None:
    findings = findings_of(report)
    assert set(findings) == set(TableKey) - {TableKey.SUMMARY, TableKey.REMARKS, TableKey.CURATED}
    assert all(said.endswith("。") for said in findings.values())
    assert f"共{report.figures.totals.asked}问" in findings[TableKey.DAYS]


def read(made: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(made.decode("utf-8-sig"), newline="")))


@pytest.mark.parametrize(
    "typed", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "  =1", "\n=1", "＝1+1", "－2", "　@x", '=HYPERLINK("x")']
)
def test_nothing_in_a_file_is_calculated(typed: str) -> None:
    made = csv_of(NumbersTable(TableKey.QUESTIONS, "问", ("提问", "次数"), ((typed, -3),)))
    assert read(made)[1] == [f"'{typed}", "-3"]


def test_a_file_opens_in_a_spreadsheet_as_it_is() -> None:
    made = csv_of(NumbersTable(TableKey.QUESTIONS, "问", ("提问",), (('他说"好"，\n换行',),)))
    assert made.startswith(b"\xef\xbb\xbf")
    assert read(made) == [["提问"], ['他说"好"，\n换行']]
    assert made.count(b"\r\n") == 2


def test_an_archive_holds_every_table_in_order(report: NumbersReport) -> None:
    period = Period(date(2026, 6, 15), date(2026, 7, 1))
    made = zip_of(tables_of(report).values(), period, datetime(2026, 7, 1, 20, tzinfo=UTC))
    archive = zipfile.ZipFile(io.BytesIO(made))
    assert archive.testzip() is None
    assert archive.namelist()[:2] == ["01总览_20260615-20260701.csv", "02每日提问_20260615-20260701.csv"]
    assert len(archive.namelist()) == len(TableKey)
    assert archive.infolist()[0].date_time == (2026, 7, 2, 4, 0, 0)
    assert file_name("总览", period, "zip") == "总览_20260615-20260701.zip"

import json
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from typer.testing import CliRunner

from qa_service.answer.models import Answer, Origin, Reason, Status
from qa_service.clock import china_clock
from qa_service.commands.journal import journal_app
from qa_service.errors import JournalError, PeriodError
from qa_service.journal.audit import AuditTrail
from qa_service.journal.database import Journal
from qa_service.journal.exchange import Channel, Exchange
from qa_service.journal.exchange_recorder import ExchangeRecorder
from qa_service.secret_key import read_secret_key
from qa_service.service import Service

SESSION = "s" * 32


def run(*arguments: str, answer: str | None = None) -> str:
    result = CliRunner().invoke(journal_app, list(arguments), input=answer, catch_exceptions=False)
    assert result.exit_code == 0, result.output
    return result.output


@pytest.fixture
def journal(tmp_path: Path) -> Journal:
    """A journal with one exchange of today and one of last year."""
    journal = Journal(None, tmp_path / "var")
    recorder = ExchangeRecorder(journal, read_secret_key(None, tmp_path / "var"))
    for number, age in enumerate((0, 365)):
        said = Answer("专利资助多少", Status.ANSWERED, Reason.COMPLETE, "每件一万元。[1]", origin=Origin.EXTRACTED)
        recorder.put(
            Exchange(f"e{number}", SESSION, Channel.API, china_clock() - timedelta(days=age), said, elapsed_ms=1.0)
        )
    recorder.queue.close()
    return journal


def test_without_a_journal_there_is_nothing_to_check_and_none_is_made(tmp_path: Path) -> None:
    assert "还没有" in run("check")
    assert "问答 0 条" in run("purge")
    assert not (tmp_path / "var" / "journal.db").exists()


def test_a_journal_is_checked_and_purged(journal: Journal) -> None:
    assert "完好" in run("check")
    assert "待清除：问答 1 条" in run("purge", "--dry-run")
    assert "已清除：问答 1 条" in run("purge")
    assert "待清除：问答 0 条" in run("check")


def test_a_person_s_session_is_shown_and_erased(journal: Journal) -> None:
    shown = json.loads(run("export", "--session", SESSION))
    assert [entry["id"] for entry in shown] == ["e1", "e0"]
    assert "已删去 2 条" in run("erase", "--session", SESSION)
    assert json.loads(run("export", "--session", SESSION)) == []
    assert "没有这个会话" in run("erase", "--session", SESSION)


def test_a_journal_is_backed_up_and_put_back_and_that_is_noted(journal: Journal, tmp_path: Path) -> None:
    assert "已核对完好" in run("backup", str(tmp_path / "j.bak"))
    run("erase", "--session", SESSION)
    assert "另存为" in run("restore", str(tmp_path / "j.bak"), answer="y\n")
    assert len(json.loads(run("export", "--session", SESSION))) == 2
    entry = AuditTrail(journal, china_clock).entries()[0]
    assert (entry.action, entry.subject) == ("journal.restore", "j.bak")


def test_whoever_does_not_confirm_restores_nothing(journal: Journal, tmp_path: Path) -> None:
    run("backup", str(tmp_path / "j.bak"))
    run("erase", "--session", SESSION)
    result = CliRunner().invoke(journal_app, ["restore", str(tmp_path / "j.bak")], input="n\n")
    assert result.exit_code == 1
    assert json.loads(run("export", "--session", SESSION)) == []


def test_a_file_that_is_no_backup_is_refused(journal: Journal, tmp_path: Path) -> None:
    (tmp_path / "j.bak").write_text("no backup", "utf-8")
    result = CliRunner().invoke(journal_app, ["restore", "-y", str(tmp_path / "j.bak")])
    assert isinstance(result.exception, JournalError)


def test_open_gaps_are_listed_the_most_frequent_first(
    tmp_path: Path, service: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    from qa_service import service as opening

    settings = service.settings.model_copy(update={"data_dir": tmp_path / "var"})
    monkeypatch.setattr(
        opening, "open_service", lambda *_, **__: replace(service, settings=settings, clock=china_clock)
    )
    assert "待处理 0 个" in run("gaps")
    recorder = ExchangeRecorder(Journal(None, tmp_path / "var"), read_secret_key(None, tmp_path / "var"))
    for number, question in enumerate(("明天下雨吗", "海门区养老金怎么领", "请问海门区养老金怎么领取？")):
        said = Answer(question, Status.NO_ANSWER, Reason.OUT_OF_SCOPE, "没有。", origin=Origin.FIXED)
        recorder.put(Exchange(f"g{number}", None, Channel.PAGE, china_clock(), said, elapsed_ms=1.0))
    recorder.queue.close()
    shown = run("gaps", "-n", "1")
    assert "待处理 2 个" in shown
    assert "2 次  " in shown
    assert "明天下雨吗" not in shown
    found = json.loads(run("gaps", "--json"))
    assert [gap["count"] for gap in found["gaps"]] == [2, 1]
    assert found["gaps"][0]["reasons"] == {"out_of_scope": 2}


def test_the_numbers_are_told_in_words_as_json_and_as_files(journal: Journal, tmp_path: Path) -> None:
    said = run("numbers", "--period", "7d")
    assert "近7天共1问" in said
    assert "有依据" in said
    numbers = json.loads(run("numbers", "--json"))
    assert numbers["totals"]["asked"] == 1
    assert "已存为" in run("numbers", "--csv", str(tmp_path / "numbers.zip"))
    assert (tmp_path / "numbers.zip").read_bytes().startswith(b"PK")
    assert "没有提问" in run("numbers", "--since", "2020-01-01", "--until", "2020-01-02")


def test_numbers_of_no_period_are_refused(journal: Journal) -> None:
    with pytest.raises(PeriodError, match="没有“week”"):
        run("numbers", "--period", "week")

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from typer.testing import CliRunner

from qa_service.benchmark import measure
from qa_service.benchmark.machine import Machine
from qa_service.benchmark.report import CorpusSize, Report, Run, save
from qa_service.benchmark.timings import Timings
from qa_service.cli import app
from qa_service.errors import BenchmarkError

MEGABYTE = 1024 * 1024


@pytest.fixture
def report() -> Report:
    timings = Timings(count=30, p50_ms=2.5, p90_ms=4.0, p99_ms=9.25, mean_ms=3.0, per_second=1333.4)
    run = Run(
        corpus=CorpusSize(documents=3, passages=1200, questions=5000),
        cold_start_s=2.345,
        open_s=1.2,
        resident_bytes=290 * MEGABYTE,
        question_encoding_ms=0.0421,
        passages_encoded_per_s=5432.1,
        first_answers=replace(timings, p50_ms=7.0),
        retrieval=timings,
        answering=replace(timings, p50_ms=3.5),
    )
    machine = Machine(cores=2, cpu="某处理器", python="3.11.7", system="Linux", load=0.1)
    return Report("1.0", "2026-07-01T12:00:00+08:00", machine, warm_up=30, seed=7, runs=(run,))


def test_the_table_says_what_was_measured_on_what(report: Report) -> None:
    text = report.as_text()
    for said in (
        "2 核",
        "某处理器",
        "3 份文件，1,200 条条款，5,000 条",
        "2.35 秒",
        "290 MB",
        "0.042 毫秒",
        "每秒 5,432 条",
    ):
        assert said in text
    rows = {line.split()[0]: line.split()[1:] for line in text.split("\n") if line.endswith(" 30")}
    assert rows["检索"] == ["2.5", "4.0", "9.2", "3.0", "1,333", "30"]
    assert [rows[name][0] for name in ("回答，刚启动时", "回答")] == ["7.0", "3.5"]


def test_a_busy_machine_is_said_so(report: Report) -> None:
    assert "机器正忙" not in report.as_text()
    busy = replace(report, machine=replace(report.machine, load=3.0))
    assert "3.0 个进程在跑，机器正忙" in busy.as_text()


def test_memory_that_nobody_tells_is_unknown(report: Report) -> None:
    (run,) = report.runs
    unknown = replace(report, runs=(replace(run, resident_bytes=None),))
    assert "未知" in unknown.as_text()


def test_a_report_is_kept_as_json_and_as_text(report: Report, tmp_path: Path) -> None:
    save(report, tmp_path / "new" / "folder")
    kept = json.loads((tmp_path / "new" / "folder" / "bench.json").read_text("utf-8"))
    assert kept["runs"][0]["retrieval"]["p99_ms"] == 9.25
    assert kept["machine"]["cores"] == 2
    assert (tmp_path / "new" / "folder" / "bench.txt").read_text("utf-8") == report.as_text() + "\n"


def test_a_folder_that_cannot_be_written_is_named(report: Report, tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("")
    with pytest.raises(BenchmarkError, match="taken"):
        save(report, tmp_path / "taken")


@pytest.fixture
def measured(report: Report, monkeypatch: pytest.MonkeyPatch) -> Callable[..., str]:
    """The command, where measuring takes no time; what it prints."""
    monkeypatch.setattr(measure, "benchmark", lambda settings, each, progress: replace(report, warm_up=each))
    return lambda *options: CliRunner().invoke(app, ["bench", *options], catch_exceptions=False).stdout


def test_the_command_prints_a_table_or_json_and_keeps_both(measured: Callable[..., str], tmp_path: Path) -> None:
    assert "刚打开就问 500 题" in measured()
    assert json.loads(measured("--json", "--questions", "40", "--out", str(tmp_path)))["warm_up"] == 40
    assert json.loads((tmp_path / "bench.json").read_text("utf-8"))["warm_up"] == 40

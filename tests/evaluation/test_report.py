import json
from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from qa_service.clock import CHINA
from qa_service.errors import EvaluationError
from qa_service.evaluation.report import Run, newest_report, read_report, refuse_used, write_report
from qa_service.evaluation.verdict import Verdict

MakeVerdict = Callable[..., Verdict]
NOON = datetime(2026, 7, 1, 12, tzinfo=CHINA)


@pytest.fixture
def run(make_verdict: MakeVerdict, refusal_due: MakeVerdict) -> Run:
    verdicts = (make_verdict(answer="第一行\n第二行\u2028[1]"), refusal_due(id="b"))
    return Run(NOON, ("set",), date(2026, 7, 1), 136, verdicts)


def test_what_is_written_is_read_back(run: Run, tmp_path: Path) -> None:
    write_report(run, "页面", tmp_path / "deep" / "report")
    assert read_report(tmp_path / "deep" / "report") == run
    assert (tmp_path / "deep" / "report" / "summary.txt").read_text("utf-8") == "页面\n"


def test_the_summary_holds_the_figures_for_other_programs(run: Run, tmp_path: Path) -> None:
    write_report(run, "", tmp_path)
    summary = json.loads((tmp_path / "summary.json").read_text("utf-8"))
    assert summary["figures"]["accuracy"] == {"value": 1.0, "low": 1.0, "high": 1.0, "questions": 1}
    assert (summary["questions"], summary["failed"], summary["files"]) == (2, 0, ["set"])


def test_a_folder_in_use_is_not_written_over(run: Run, tmp_path: Path) -> None:
    refuse_used(tmp_path / "new")
    refuse_used(tmp_path)
    write_report(run, "", tmp_path / "old")
    for used in (tmp_path / "old", tmp_path / "old" / "summary.txt"):
        with pytest.raises(EvaluationError, match="已有内容"):
            refuse_used(used)


def test_a_folder_that_cannot_be_written_is_named(run: Run, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", "utf-8")
    with pytest.raises(EvaluationError, match="写不进"):
        write_report(run, "", tmp_path / "file" / "report")


def test_a_missing_report_and_a_damaged_one_are_told_apart(run: Run, tmp_path: Path) -> None:
    with pytest.raises(EvaluationError, match="没有评测报告"):
        read_report(tmp_path / "nowhere")
    write_report(run, "", tmp_path / "report")
    (tmp_path / "report" / "questions.jsonl").write_text('{"id": "a"}\n', "utf-8")
    with pytest.raises(EvaluationError, match="已损坏"):
        read_report(tmp_path / "report")


def test_the_newest_report_on_the_same_files_is_found_beside_the_next(run: Run, tmp_path: Path) -> None:
    assert newest_report(tmp_path / "reports" / "next", ["set"]) is None
    write_report(run, "", tmp_path / "z-oldest")
    write_report(replace(run, created=NOON + timedelta(hours=2)), "", tmp_path / "a-newest")
    write_report(replace(run, created=NOON + timedelta(days=1), files=("set", "more")), "", tmp_path / "other")
    (tmp_path / "damaged").mkdir()
    (tmp_path / "damaged" / "summary.json").write_text("{", "utf-8")
    assert newest_report(tmp_path / "next", ["set"]) == tmp_path / "a-newest"
    assert newest_report(tmp_path / "next", ["more", "set"]) == tmp_path / "other"

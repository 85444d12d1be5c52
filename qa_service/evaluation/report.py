"""A run and its report: a folder with every verdict, the figures, and a page to read.

``questions.jsonl`` has a verdict a line; ``summary.json`` the figures with their intervals; ``summary.txt`` what the
terminal showed. ``summary.json`` is written last, so a folder without it is no report.
"""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime
from pathlib import Path

from pydantic import AwareDatetime, BaseModel, ConfigDict, TypeAdapter, ValidationError

from qa_service.errors import EvaluationError
from qa_service.evaluation.figures import estimates, median_answer_length
from qa_service.evaluation.verdict import Verdict

VERDICTS = "questions.jsonl"
_SUMMARY = "summary.json"
_PAGE = "summary.txt"
_verdict = TypeAdapter(Verdict)


@dataclass(frozen=True, slots=True)
class Run:
    """One evaluation."""

    created: datetime
    files: tuple[str, ...]
    """Names of the golden files, without the suffix."""
    day: date
    """The day on which validity was judged for questions that name none."""
    documents: int
    """Documents of the corpus that was asked."""
    verdicts: tuple[Verdict, ...]


class _Head(BaseModel):
    model_config = ConfigDict(extra="ignore")

    created: AwareDatetime
    files: tuple[str, ...]
    day: date
    documents: int


def refuse_used(folder: Path) -> None:
    """Refuse a folder that holds something already, so that no earlier report is lost.

    Raises:
        EvaluationError: it does, or it is a file.
    """
    if folder.is_file() or (folder.is_dir() and any(folder.iterdir())):
        raise EvaluationError(f"{folder} 已有内容，不覆盖。请用 --out 另给一个文件夹，或先移走它。")


def write_report(run: Run, page: str, folder: Path) -> None:
    """Write a report.

    Raises:
        EvaluationError: the folder cannot be written.
    """
    summary = {
        "created": run.created.isoformat(),
        "files": run.files,
        "day": run.day.isoformat(),
        "documents": run.documents,
        "questions": len(run.verdicts),
        "failed": sum(verdict.status == "failed" for verdict in run.verdicts),
        "median_answer_length": median_answer_length(run.verdicts),
        "figures": {figure.value: asdict(estimate) for figure, estimate in estimates(run.verdicts).items()},
    }
    lines = [json.dumps(asdict(verdict), ensure_ascii=False) + "\n" for verdict in run.verdicts]
    try:
        folder.mkdir(parents=True, exist_ok=True)
        (folder / VERDICTS).write_text("".join(lines), "utf-8")
        (folder / _PAGE).write_text(page + "\n", "utf-8")
        (folder / _SUMMARY).write_text(json.dumps(summary, ensure_ascii=False, indent=1) + "\n", "utf-8")
    except OSError as error:
        raise EvaluationError(f"报告写不进 {folder}（{error.strerror}）。请用 --out 另给一个文件夹。") from error


def read_report(folder: Path) -> Run:
    """Read a report back.

    Raises:
        EvaluationError: there is none, or it is damaged.
    """
    try:
        head = _Head.model_validate_json((folder / _SUMMARY).read_text("utf-8"))
        lines = (folder / VERDICTS).read_text("utf-8").rstrip("\n").split("\n")
        verdicts = tuple(_verdict.validate_json(line) for line in lines)
    except OSError as error:
        raise EvaluationError(f"{folder} 里没有评测报告。请给出 qa-service eval 写下的文件夹。") from error
    except (ValidationError, UnicodeDecodeError) as error:
        raise EvaluationError(f"{folder} 里的评测报告已损坏或出自别的版本。请另选一份，或重新评测。") from error
    return Run(head.created, head.files, head.day, head.documents, verdicts)


def newest_report(beside: Path, files: Sequence[str]) -> Path | None:
    """Return the newest report on the same files among the folders next to ``beside``; None where there is none.

    One that cannot be read is passed over.
    """
    found = []
    for summary in beside.absolute().parent.glob(f"*/{_SUMMARY}"):
        try:
            head = _Head.model_validate_json(summary.read_text("utf-8"))
        except (OSError, ValueError):
            continue
        if set(head.files) == set(files):
            found.append((head.created, summary.parent))
    return max(found)[1] if found else None

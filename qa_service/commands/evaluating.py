"""``qa-service eval``: ask the golden questions, show and keep how well they were answered."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from qa_service.clock import CHINA, Clock
from qa_service.evaluation.comparison import compare
from qa_service.evaluation.gates import broken_gates
from qa_service.evaluation.golden import golden_files, read_golden
from qa_service.evaluation.page import comparison_page, figures_page, wrong_page
from qa_service.evaluation.report import Run, newest_report, read_report, refuse_used, write_report
from qa_service.evaluation.runner import evaluate
from qa_service.index.build import Progress
from qa_service.service import open_service
from qa_service.settings import Settings

_FOLDER = "eval"


@dataclass(frozen=True, slots=True)
class Outcome:
    """A run that was reported."""

    page: str
    """Its figures, and what changed since an earlier run."""
    folder: Path
    shortfalls: tuple[str, ...]
    """A clause for all that must fail the command."""


def evaluate_files(
    paths: Sequence[Path],
    settings: Settings,
    clock: Clock,
    *,
    out: Path | None,
    against: Path | None,
    as_of: date | None,
    bounds: Mapping[str, float | None],
    progress: Progress,
) -> Outcome:
    """Evaluate the service on golden files, in this process, and write the report.

    Args:
        paths: golden files, and folders of them.
        settings: corpus, index and model.
        clock: when, for the report's name and the day of validity.
        out: the report's folder; None is ``<data_dir>/eval/<time>``.
        against: an earlier report's folder; None is the newest one on the same files beside ``out``, if any.
        as_of: the day on which validity is judged where a question names none; None is today.
        bounds: what the run must keep (see :mod:`qa_service.evaluation.gates`).
        progress: is told how far the work is.

    Raises:
        EvaluationError: a golden file or an earlier report cannot be used; nothing was asked.
    """
    files = golden_files(paths)
    questions = [question for file in files for question in read_golden(file)]
    now = clock().astimezone(CHINA)
    folder = out or settings.data_dir / _FOLDER / now.strftime("%Y%m%d-%H%M%S")
    refuse_used(folder)
    names = tuple(file.stem for file in files)
    earlier = against or newest_report(folder, names)
    before = read_report(earlier) if earlier else None
    service = open_service(settings, clock=clock, progress=progress)
    day = as_of or now.date()
    verdicts = evaluate(
        questions,
        lambda text, day, said: service.ask(text, conversation=said, as_of=day),
        day=day,
        corpus=[passage.text for passage in service.engine.passages],
        progress=progress,
    )
    run = Run(now, names, day, len(service.library.documents), tuple(verdicts))
    shown = [figures_page(run)]
    if earlier and before:
        shown.append(comparison_page(compare(before.verdicts, run.verdicts), earlier))
    write_report(run, "\n\n".join([*shown, wrong_page(verdicts)]), folder)
    broke = sum(verdict.status == "failed" for verdict in verdicts)
    shortfalls = [*([f"{broke} 题在作答时程序出错"] if broke else []), *broken_gates(verdicts, bounds)]
    return Outcome("\n\n".join(shown), folder, tuple(shortfalls))

"""What was measured, for people and for programs."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from pathlib import Path

from qa_service.benchmark.machine import Machine
from qa_service.benchmark.timings import Timings
from qa_service.errors import BenchmarkError
from qa_service.text.width import aligned

_FORMAT = 1
"""Raised when the JSON changes its shape."""
_MEGABYTE = 1024 * 1024


@dataclass(frozen=True, slots=True)
class CorpusSize:
    """How much is searched."""

    documents: int
    passages: int
    questions: int
    """Everyday questions indexed with the passages."""


@dataclass(frozen=True, slots=True)
class Run:
    """One corpus, measured."""

    corpus: CorpusSize
    cold_start_s: float
    """From starting ``qa-service ask`` to its end: the interpreter, the imports, the index, one answer."""
    open_s: float
    """Opening corpus and index in a process that has imported everything."""
    resident_bytes: int | None
    """Memory of the process with corpus and index open, after all questions; None where nobody tells."""
    question_encoding_ms: float
    """Processor time for the vector of one question."""
    passages_encoded_per_s: float
    """Passages turned into vectors in a second of processor time, with the model that reads questions."""
    first_answers: Timings
    """From question to answer in a process just opened, which has met no passage yet."""
    retrieval: Timings
    """Reading the question and finding the ten best passages."""
    answering: Timings
    """From question to answer."""


@dataclass(frozen=True, slots=True)
class Report:
    """A benchmark: one machine, one run a corpus."""

    version: str
    created: str
    """ISO 8601."""
    machine: Machine
    warm_up: int
    """Questions that the service just opened is asked, before the rest is measured."""
    seed: int
    runs: tuple[Run, ...]

    def as_json(self) -> str:
        """Return the report as a JSON object, for plots and comparisons."""
        return json.dumps({"format": _FORMAT, **asdict(self)}, ensure_ascii=False, indent=2)

    def as_text(self) -> str:
        """Return the report as a Chinese table."""
        machine = self.machine
        lines = [
            f"机器：{machine.cores} 核，{machine.cpu}；Python {machine.python}；{machine.system}",
            f"做法：按固定种子从日常问法里抽题，每题只问一次，没有一题用得上按问题记住的结果。刚打开就问 {self.warm_up} 题，",
            "      算“刚启动时”；再用另外的题测检索，又另外的题测回答。单进程，一题接一题。",
        ]
        if machine.is_busy:
            lines.append(f"注意：测前一分钟平均有 {machine.load:.1f} 个进程在跑，机器正忙，下面的时间偏长。")
        for run in self.runs:
            lines += ["", *_run_lines(run)]
        return "\n".join(lines)


def save(report: Report, folder: Path) -> None:
    """Write the report into ``folder``, made where there is none, as ``bench.json`` and ``bench.txt``.

    Raises:
        BenchmarkError: the folder cannot be written.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "bench.json").write_text(report.as_json() + "\n", "utf-8")
        (folder / "bench.txt").write_text(report.as_text() + "\n", "utf-8")
    except OSError as error:
        raise BenchmarkError(f"测速结果写不进 {folder}（{error}）。请用 --out 另指定一个可写的目录。") from error


def _run_lines(run: Run) -> list[str]:
    memory = "未知" if run.resident_bytes is None else f"{run.resident_bytes / _MEGABYTE:.0f} MB"
    single = [
        ("冷启动：新进程运行 qa-service ask 到答完", f"{run.cold_start_s:.2f} 秒"),
        ("打开语料和索引", f"{run.open_s:.2f} 秒"),
        ("占用内存", memory),
        ("一个问题算成向量（单核）", f"{run.question_encoding_ms:.3f} 毫秒"),
        ("条款算成向量（单核，用回答时的模型）", f"每秒 {run.passages_encoded_per_s:,.0f} 条"),
    ]
    heads = ("毫秒", "p50", "p90", "p99", "平均", "每秒", "题数")
    repeated = [
        _timings_row(name, timings)
        for name, timings in (("回答，刚启动时", run.first_answers), ("检索", run.retrieval), ("回答", run.answering))
    ]
    size = run.corpus
    return [
        f"语料：{size.documents} 份文件，{size.passages:,} 条条款，{size.questions:,} 条日常问法",
        *aligned(single),
        "",
        *aligned([heads, *repeated]),
    ]


def _timings_row(name: str, timings: Timings) -> tuple[str, ...]:
    each = (timings.p50_ms, timings.p90_ms, timings.p99_ms, timings.mean_ms)
    return (name, *(f"{ms:.1f}" for ms in each), f"{timings.per_second:,.0f}", str(timings.count))

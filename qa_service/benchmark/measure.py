"""Measuring the service with one corpus."""

from __future__ import annotations

import os
import random
import statistics
import subprocess
import sys
from collections.abc import Callable, Sequence
from time import perf_counter, process_time

from qa_service import __version__
from qa_service.answer.manners.courtesy import EXAMPLES
from qa_service.benchmark.machine import resident_bytes, this_machine
from qa_service.benchmark.report import CorpusSize, Report, Run
from qa_service.benchmark.sample import SEED, Sample, sample_of
from qa_service.benchmark.timings import Timings, time_each
from qa_service.clock import Clock, china_clock
from qa_service.errors import BenchmarkError
from qa_service.index.build import Progress, silent
from qa_service.index.embedder import passage_input
from qa_service.service import Service, open_service
from qa_service.settings import PREFIX, Settings

_PASSAGES_FOUND = 10
_COLD_STARTS = 3
"""The median of three: the first also makes the index where there is none."""
_LONGEST_START_S = 1800
_PASSAGES_ENCODED = 512
_BATCH = 64
"""Passages that are encoded at once, and questions between two reports of progress."""
_ASK = (sys.executable, "-c", "from qa_service.cli import main; main()", "ask", EXAMPLES[0])


def benchmark(
    settings: Settings,
    each: int,
    *,
    cold_starts: int = _COLD_STARTS,
    clock: Clock = china_clock,
    progress: Progress = silent,
) -> Report:
    """Measure the service as it is set up.

    Args:
        settings: which corpus, index and model.
        each: questions for everything that is measured; fewer where the corpus has not so many.
        cold_starts: how often ``qa-service ask`` is started, at least once; the median counts.
        clock: when it is.
        progress: told of every stage.

    Raises:
        BenchmarkError: ``qa-service ask`` fails.
        QuestionError: the corpus has too few everyday questions.
    """
    machine = this_machine()
    cold_start_s = _cold_start(settings, cold_starts, progress)
    start = perf_counter()
    service = open_service(settings, clock=clock, progress=progress)
    open_s = perf_counter() - start
    sample = sample_of((question.text for question in service.library.questions), each)
    return Report(
        version=__version__,
        created=clock().isoformat(timespec="seconds"),
        machine=machine,
        warm_up=len(sample.warm_up),
        seed=SEED,
        runs=(_run(service, sample, cold_start_s, open_s, progress),),
    )


def _run(service: Service, sample: Sample, cold_start_s: float, open_s: float, progress: Progress) -> Run:
    searcher, answerer, manifest = service.searcher, service.answerer, service.engine.manifest
    day = answerer.today()

    def retrieve(text: str) -> None:
        searcher.search(searcher.understand(text, day), day, _PASSAGES_FOUND)

    return Run(  # in this order: the first answers come first
        first_answers=Timings.of(_timed(answerer.ask, sample.warm_up, "刚启动时的回答", progress)),
        corpus=CorpusSize(manifest.documents, manifest.passages, manifest.questions),
        cold_start_s=cold_start_s,
        open_s=open_s,
        question_encoding_ms=1000 * _question_encoding(service, sample.encoding, progress) / len(sample.encoding),
        passages_encoded_per_s=_passages_encoded_per_s(service, progress),
        retrieval=Timings.of(_timed(retrieve, sample.retrieval, "检索", progress)),
        answering=Timings.of(_timed(answerer.ask, sample.answering, "回答", progress)),
        resident_bytes=resident_bytes(),
    )


def _cold_start(settings: Settings, times: int, progress: Progress) -> float:
    seconds = []
    for done in range(times):
        progress("冷启动", done, times)
        start = perf_counter()
        asked = subprocess.run(_ASK, stdout=subprocess.DEVNULL, env=_environment(settings), timeout=_LONGEST_START_S)
        seconds.append(perf_counter() - start)
        if asked.returncode:
            raise BenchmarkError(f"qa-service ask 没有答出来（退出码 {asked.returncode}），原因见上。请先排除再测速。")
    progress("冷启动", times, times)
    return statistics.median(seconds)


def _environment(settings: Settings) -> dict[str, str]:
    """The environment in which another process has the same settings, wherever ours came from."""
    given = {f"{PREFIX}{name.upper()}": str(value) for name, value in settings if value is not None}
    return {**os.environ, **given}


def _question_encoding(service: Service, questions: Sequence[str], progress: Progress) -> float:
    """Seconds of processor time for the vectors of all ``questions``, one by one."""
    start = process_time()
    _timed(lambda text: service.searcher.embedder.encode_queries([text]), questions, "问题向量", progress)
    return process_time() - start


def _passages_encoded_per_s(service: Service, progress: Progress) -> float:
    passages = service.engine.passages
    chosen = random.Random(SEED).sample(range(len(passages)), min(_PASSAGES_ENCODED, len(passages)))
    texts = [passage_input(service.library[passages[row].document_id].name, passages[row]) for row in chosen]
    start = process_time()
    for begin in range(0, len(texts), _BATCH):
        progress("条款向量", begin, len(texts))
        service.searcher.embedder.encode_passages(texts[begin : begin + _BATCH])
    seconds = process_time() - start
    progress("条款向量", len(texts), len(texts))
    return len(texts) / seconds


def _timed(do: Callable[[str], object], texts: Sequence[str], stage: str, progress: Progress) -> list[float]:
    """Do something with one text after another; how many seconds each took. Progress is told between, unmeasured."""
    seconds: list[float] = []
    for begin in range(0, len(texts), _BATCH):
        progress(stage, begin, len(texts))
        seconds += time_each(do, texts[begin : begin + _BATCH])
    progress(stage, len(texts), len(texts))
    return seconds

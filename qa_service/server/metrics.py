"""What a monitor is told: counts and times, never anything that somebody typed.

Of several worker processes, each keeps its figures in files below the folder that ``PROMETHEUS_MULTIPROC_DIR`` names;
whichever is asked adds them up. A label is a route's template, a closed vocabulary of this service, or a build's name.
"""

import os
from collections.abc import Iterable
from datetime import datetime
from functools import lru_cache

from prometheus_client import (
    CONTENT_TYPE_LATEST,
    CollectorRegistry,
    Counter,
    Gauge,
    Histogram,
    ProcessCollector,
    generate_latest,
)
from prometheus_client.multiprocess import MultiProcessCollector

from qa_service.journal.background_writer import BackgroundWriter
from qa_service.journal.exchange import Exchange
from qa_service.server.handled import Accounts, Handled
from qa_service.server.live import LiveService

FOLDER_VARIABLE = "PROMETHEUS_MULTIPROC_DIR"
CONTENT_TYPE = CONTENT_TYPE_LATEST
_SECONDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30)
_REMEMBERED = 1024


class Metrics:
    """The figures of one application. Safe to share between threads."""

    def __init__(self) -> None:
        registry = self._registry = CollectorRegistry()
        self._several = FOLDER_VARIABLE in os.environ
        self._requests = Counter("qa_requests", "Requests handled", ("route", "method", "status"), registry=registry)
        self._request_seconds = Histogram(
            "qa_request_seconds", "Time to handle a request", ("route",), buckets=_SECONDS, registry=registry
        )
        self._answers = Counter(
            "qa_answers", "Questions answered", ("channel", "status", "reason", "origin"), registry=registry
        )
        self._answer_seconds = Histogram(
            "qa_answer_seconds", "Time to the end of an answer", ("channel",), buckets=_SECONDS, registry=registry
        )
        self._llm_dropped = Counter(
            "qa_llm_dropped", "Sentences of the language model that were not said", ("fault",), registry=registry
        )
        self._dropped = Counter(
            "qa_journal_dropped", "Records that were not written to the journal", ("writer",), registry=registry
        )
        self._reload_failures = Counter("qa_reload_failures", "Builds that could not be taken over", registry=registry)
        self._reloads = Counter("qa_reloads", "Builds that were taken over", registry=registry)
        self._waiting = self._gauge("qa_journal_waiting", "Records that wait to be written", "livesum", "writer")
        self._failing = self._gauge(
            "qa_journal_failing", "Workers whose last records could not be written", "livesum", "writer"
        )
        self._age = self._gauge("qa_index_age_seconds", "Age of the oldest build that answers", "livemax")
        self._info = self._gauge("qa_index_info", "Workers that answer from a build", "livesum", "build", "corpus")
        self._documents = self._gauge("qa_documents", "Documents of the build that answers", "livemax")
        self._passages = self._gauge("qa_passages", "Passages of the build that answers", "livemax")
        self._degraded = self._gauge("qa_degraded", "Workers that answer although something is wrong", "livesum")
        self._in_flight = self._gauge("qa_in_flight", "Requests being handled", "livesum")
        self._known_drops: dict[str, int] = {}
        self._known_swaps = self._known_failures = 0
        self._named: tuple[str, str] | None = None
        if not self._several:
            ProcessCollector(registry=registry)

        @lru_cache(_REMEMBERED)
        def of_requests(route: str, method: str, status: int) -> tuple[Counter, Histogram]:
            return self._requests.labels(route, method, str(status)), self._request_seconds.labels(route)

        self._of_requests = of_requests

    def _gauge(self, name: str, what: str, together: str, *labels: str) -> Gauge:
        return Gauge(name, what, labels, registry=self._registry, multiprocess_mode=together)  # type: ignore[arg-type]

    def handled(self, handled: Handled) -> None:
        """Count a request."""
        count, seconds = self._of_requests(handled.route, handled.method, handled.status)
        count.inc()
        seconds.observe(handled.seconds)

    def answered(self, exchange: Exchange) -> None:
        """Count an answer."""
        answer, channel = exchange.answer, exchange.channel.value
        self._answers.labels(channel, answer.status.value, answer.reason.value, answer.origin.value).inc()
        self._answer_seconds.labels(channel).observe(exchange.elapsed_ms / 1000)
        for dropped in answer.dropped:
            self._llm_dropped.labels(dropped.fault.value).inc()

    def look_at(self, live: LiveService, accounts: Accounts) -> None:
        """Bring up to date what is not counted as it happens; cheap enough for every few seconds."""
        service = live.service
        manifest = service.engine.manifest
        build = service.build.name if service.build else ""
        if self._named != (build, manifest.corpus):
            self._rename(build, manifest.corpus)
        self._age.set(max(0.0, (service.clock() - datetime.fromisoformat(manifest.created)).total_seconds()))
        self._documents.set(manifest.documents)
        self._passages.set(manifest.passages)
        self._degraded.set(bool(service.degraded or live.trouble))
        self._in_flight.set(accounts.running)
        self._reloads.inc(live.swaps - self._known_swaps)
        self._reload_failures.inc(live.failures - self._known_failures)
        self._known_swaps, self._known_failures = live.swaps, live.failures
        self._look_at_writers(service.writers)

    def page(self) -> bytes:
        """Return all figures, those of the other workers too."""
        if not self._several:
            return generate_latest(self._registry)
        together = CollectorRegistry()
        MultiProcessCollector(together)  # type: ignore[no-untyped-call]
        return generate_latest(together)

    def _look_at_writers(self, writers: Iterable[BackgroundWriter[object]]) -> None:
        for writer in writers:
            dropped = writer.dropped
            self._dropped.labels(writer.name).inc(max(0, dropped - self._known_drops.get(writer.name, 0)))
            self._known_drops[writer.name] = dropped
            self._waiting.labels(writer.name).set(writer.waiting)
            self._failing.labels(writer.name).set(writer.failing)

    def _rename(self, build: str, corpus: str) -> None:
        if self._named:
            # Files of several workers have no way to forget a label.
            self._info.labels(*self._named).set(0)
            if not self._several:
                self._info.remove(*self._named)
        self._info.labels(build, corpus).set(1)
        self._named = (build, corpus)

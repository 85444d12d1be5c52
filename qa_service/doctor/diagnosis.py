"""Everything, group by group."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from qa_service import __version__
from qa_service.corpus.library import Library, read_library
from qa_service.doctor.corpus import look_at_corpus
from qa_service.doctor.finding import Finding
from qa_service.doctor.index import look_at_index
from qa_service.doctor.journal import look_at_curated, look_at_journal
from qa_service.doctor.language_model import look_at_language_model
from qa_service.doctor.machine import look_at_machine
from qa_service.doctor.model import look_at_model
from qa_service.doctor.network import look_at_network
from qa_service.doctor.packages import look_at_packages
from qa_service.doctor.secret import look_at_secret
from qa_service.doctor.setting import look_at_settings
from qa_service.errors import QaError
from qa_service.index.embedder import Embedder
from qa_service.service import open_query_embedder
from qa_service.settings import Settings


def diagnose(settings: Settings, flags: Mapping[str, Any]) -> Iterator[Finding]:
    """Look at everything in turn; no finding stops the next."""
    for _, finding in by_group(settings, flags):
        yield finding


def by_group(settings: Settings, flags: Mapping[str, Any]) -> Iterator[tuple[str, Finding]]:
    """Look at everything in turn, each finding with the name of its group."""
    library, faults = _library(settings)
    embedder, model_faults = _embedder(settings)
    groups: list[tuple[str, Callable[[], Iterable[Finding]]]] = [
        ("版本", lambda: [Finding(True, f"qa-service {__version__}"), *look_at_packages()]),
        ("设置", lambda: look_at_settings(settings, flags)),
        ("语料", lambda: look_at_corpus(library) if library else faults),
        ("模型", lambda: look_at_model(settings, embedder) if embedder else model_faults),
        ("索引", lambda: look_at_index(settings, library, embedder)),
        ("记录库", lambda: [*look_at_journal(settings), *look_at_curated(settings, library)]),
        ("密钥", lambda: look_at_secret(settings)),
        ("大模型", lambda: look_at_language_model(settings)),
        ("网络", lambda: look_at_network(settings)),
        ("机器", lambda: look_at_machine(settings)),
    ]
    for name, look in groups:
        try:
            yield from ((name, finding) for finding in look())
        except (QaError, OSError) as error:
            yield name, Finding(False, str(error))


def _library(settings: Settings) -> tuple[Library | None, list[Finding]]:
    try:
        return read_library(settings.corpus_dir), []
    except QaError as error:
        return None, [Finding(False, str(error))]


def _embedder(settings: Settings) -> tuple[Embedder | None, list[Finding]]:
    try:
        return open_query_embedder(settings), []
    except QaError as error:
        return None, [Finding(False, str(error))]

"""Which build is served: the one that fits corpus and model, else the last good one."""

import logging
from pathlib import Path

from qa_service.corpus.library import Library
from qa_service.errors import NoBuildError
from qa_service.index.build import is_current
from qa_service.index.embedder import Embedder
from qa_service.index.engine import EmbeddedEngine
from qa_service.index.store import BuildStore, read_manifest

_TRIES = 20
_log = logging.getLogger(__name__)


def open_fitting(store: BuildStore, library: Library, embedder: Embedder) -> EmbeddedEngine | None:
    """Open the first build that is intact and up to date; a damaged one is passed over, and the operator told.

    Where another process makes builds meanwhile, the one being opened may be removed; then its successor is opened.
    """
    for _ in range(_TRIES):
        builds = store.builds()
        damaged: list[NoBuildError] = []
        for build in builds:
            try:
                if is_current(read_manifest(build), library, embedder):
                    return _opened(build)
            except NoBuildError as error:
                damaged.append(error)
        if store.builds() == builds:
            for reason in damaged:
                _log.warning("skipping a damaged build: %s", reason)
            return None
    return None


def open_last_good(store: BuildStore, library: Library, embedder: Embedder) -> EmbeddedEngine | None:
    """Open the newest intact build of this model all of whose documents are in the library, whatever else has changed.

    For when no build can be made: better the corpus as it was than no answer at all. A build with a document that the
    library lacks is not opened, for nobody could say whether that document is in force.
    """
    for build in store.builds():
        try:
            if read_manifest(build).embedder != embedder.fingerprint:
                continue
            engine = _opened(build)
        except NoBuildError as error:
            _log.warning("skipping a damaged build: %s", error)
            continue
        if all(passage.document_id in library.documents for passage in engine.passages):
            return engine
    return None


def _opened(build: Path) -> EmbeddedEngine:
    try:
        return EmbeddedEngine(build)
    except (OSError, RuntimeError) as error:  # FAISS knows no other
        # It was intact a moment ago: another process has published two builds since and removed it.
        raise NoBuildError(f"索引 {build} 在打开时被移走（{error}）。请运行 qa-service build 重建。") from error

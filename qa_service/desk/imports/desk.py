"""The desk where staff bring in official texts: each is shown as it was understood, then published, and can be taken back."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace

from qa_service import shipped
from qa_service.clock import Clock, today
from qa_service.corpus.batches import IMPORTED
from qa_service.corpus.document_file import document_text
from qa_service.corpus.intake import Consequence, consequences, undo, write_batch
from qa_service.desk.imports.corrections import Corrections
from qa_service.desk.imports.rehearsal import Effects, effects_of, read_corpus, rehearsed
from qa_service.desk.imports.shelved import Shelved, ShelvedBatches
from qa_service.desk.imports.staged import Brought, Stage
from qa_service.desk.imports.staging import Staging
from qa_service.desk.imports.understanding import Understood, understand
from qa_service.errors import CorpusError, CorpusWriteError, ImportConflictError, ImportFileError, JournalError
from qa_service.journal.import_log import ImportLog
from qa_service.settings import Settings


@dataclass(frozen=True, slots=True)
class Preview:
    """An upload, and what publishing it would do."""

    stage: Stage
    files: tuple[Understood, ...] = ()
    consequences: tuple[Consequence, ...] = ()
    effects: Effects | None = None
    fault: str = ""
    """Why nothing of it can be published; empty where something can."""

    @property
    def ready(self) -> tuple[Understood, ...]:
        """The files that would be published."""
        return () if self.fault else tuple(one for one in self.files if one.is_ready)


@dataclass(frozen=True, slots=True)
class UndoPreview:
    """A batch, and what taking it back would do."""

    batch: Shelved
    effects: Effects | None = None
    fault: str = ""
    """Why it cannot be taken back now."""


class ImportDesk:
    """Everything an editor may do with official texts."""

    def __init__(self, settings: Settings, log: ImportLog, clock: Clock, count: Callable[[str], int]) -> None:
        """Know where the texts are.

        Args:
            settings: corpus and data folder.
            log: notes who published and who took back.
            clock: for expiry, the batches' names and what is in force.
            count: the length of a text, as passages are cut by.
        """
        self.staging = Staging(settings.data_dir, clock)
        self._corpus = settings.corpus_dir
        self._log = log
        self._shelved = ShelvedBatches(self._corpus, log)
        self._clock = clock
        self._count = count

    @property
    def closed(self) -> str:
        """Why nothing can be published into this corpus, in a sentence; empty where something can."""
        if shipped.is_in_package(self._corpus):
            return (
                f"现在用的是随软件包安装的语料（{self._corpus}），升级时会被整个换掉，不能往里发布。"
                "请管理员把它复制到别处，把 QA_CORPUS_DIR 设为那个目录，再重启服务。"
            )
        imported = self._corpus / IMPORTED
        folder = imported if imported.is_dir() else self._corpus
        if not os.access(folder, os.W_OK):
            return f"语料目录 {folder} 不能写入。请管理员检查权限，或用 QA_CORPUS_DIR 换一个能写的目录，再重启服务。"
        return ""

    def stage(self, by: str, brought: Sequence[Brought]) -> Stage:
        """Keep what somebody brings; see :meth:`Staging.add`."""
        return self.staging.add(by, brought)

    def preview(self, stage: Stage) -> Preview:
        """Read an upload and see what publishing it would do; nothing is changed.

        Raises:
            CorpusError: the corpus as it is cannot be read.
        """
        if stage.batch:
            return Preview(stage)
        before, day = read_corpus(self._corpus), today(self._clock)
        files = understand(stage, before.documents, self._corpus, day, self._count)
        ready = [one.taken for one in files if one.is_ready and one.taken]
        if not ready:
            return Preview(stage, files, fault="没有一份可以发布，原因见各份文件。")
        try:
            after = rehearsed(self._corpus, {one.file_name: document_text(one.document) for one in ready})
        except CorpusError as error:
            return Preview(stage, files, fault=f"发布后语料会读不出来，不能发布：{error}")
        found = tuple(consequences(ready, before))
        return Preview(stage, files, found, effects_of(before, after, day))

    def correct(self, stage_id: str, key: str, corrections: Corrections) -> Preview:
        """Note what an editor says of a file; returns what is understood now."""
        return self.preview(self.staging.correct(stage_id, key, corrections))

    def publish(self, stage_id: str, by: str, comment: str = "") -> Stage:
        """Write what can be published of an upload into the corpus, all of it or none.

        Raises:
            NotFoundError: there is no such upload.
            ImportConflictError: it is published already, or somebody else publishes right now.
            ImportFileError: nothing of it can be published.
            CorpusWriteError: the corpus cannot be written to.
        """
        if self.closed:
            raise CorpusWriteError(self.closed)
        with self.staging.publishing():
            stage = self.staging.get(stage_id)
            if stage.batch:
                raise ImportConflictError(f"这次上传已经发布（批次 {stage.batch}），不必再发布。")
            preview = self.preview(stage)
            ready = [one.taken for one in preview.ready if one.taken]
            if not ready:
                raise ImportFileError(preview.fault)
            batch = write_batch(ready, self._corpus, self._clock())
            with suppress(OSError):  # the texts are in; that the upload still waits does no harm
                stage = self.staging.published(stage, batch.id, batch.documents)
            with suppress(JournalError):  # a journal in trouble stops no import
                self._log.imported(batch.id, by, batch.documents, [one.source for one in ready], comment)
        return replace(stage, batch=batch.id, documents=batch.documents)

    def note_rebuild(self, by: str) -> None:
        """Note that somebody has the index made anew."""
        with suppress(JournalError):
            self._log.rebuilt(by)

    def batches(self) -> list[Shelved]:
        """Return the batches, in the corpus or taken back, the latest first."""
        return self._shelved.all()

    def undo_preview(self, batch_id: str) -> UndoPreview:
        """See what taking a batch back would do; nothing is changed.

        Raises:
            NotFoundError: there is no such batch.
            CorpusError: the corpus as it is cannot be read.
        """
        batch = self._shelved.get(batch_id)
        if not batch.can_be_undone:
            return UndoPreview(batch, fault=batch.why_not)
        before = read_corpus(self._corpus)
        try:
            after = rehearsed(self._corpus, self._shelved.texts_before(batch.id))
        except CorpusError as error:
            return UndoPreview(batch, fault=f"撤销后语料会读不出来，不能撤销：{error}")
        return UndoPreview(batch, effects_of(before, after, today(self._clock)), self.closed)

    def undo(self, batch_id: str, by: str, comment: str) -> Shelved:
        """Take a batch back.

        Raises:
            NotFoundError: there is no such batch.
            ImportConflictError: it is not the latest, or somebody else publishes right now.
            CorpusWriteError: the corpus cannot be written to.
        """
        if self.closed:
            raise CorpusWriteError(self.closed)
        with self.staging.publishing():
            preview = self.undo_preview(batch_id)
            if preview.fault:
                raise ImportConflictError(preview.fault)
            undo(self._corpus, batch_id)
            with suppress(JournalError):
                self._log.undone(batch_id, by, comment)
        return preview.batch

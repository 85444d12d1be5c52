"""Files that wait to be published: kept below the data folder, so that every worker and the next start find them.

imports/
5f0c…/              one upload; its name cannot be guessed
stage.json        who brought it and when, the files' own names, what was corrected, which batch it became
0.docx 1.pdf      the files; never under a name that came from outside
"""

from __future__ import annotations

import json
import re
import shutil
import uuid
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from filelock import FileLock, Timeout

from qa_service import durable
from qa_service.clock import Clock
from qa_service.corpus.readers.file_type import SUFFIXES
from qa_service.desk.imports.corrections import Corrections
from qa_service.desk.imports.staged import LASTS, Brought, Refused, Stage, StagedFile, harmless_name
from qa_service.errors import ImportConflictError, ImportFileError, NotFoundError

FOLDER = "imports"
MOST_STAGES = 40
MOST_BYTES = 1024 * 1024 * 1024
"""Of all that waits."""
_STATE = "stage.json"
_LOCK = ".lock"
_LOCK_WAIT_S = 10
_ID = re.compile(r"[0-9a-f]{32}")


class Staging:
    """The uploads of one data folder. Safe to share between processes."""

    def __init__(self, data_dir: Path, clock: Clock) -> None:
        self._root = data_dir / FOLDER
        self._clock = clock

    def add(self, by: str, brought: Sequence[Brought]) -> Stage:
        """Keep what somebody brings, the unreadable left out with the reason.

        Raises:
            ImportFileError: too much waits already, or nothing of it could be kept.
            OSError: the data folder cannot be written.
        """
        self.clean()
        self._refuse_too_much()
        stage_id = uuid.uuid4().hex
        folder = self._root / stage_id
        folder.mkdir(parents=True)
        files, refused = list[StagedFile](), list[Refused]()
        try:
            for key, one in enumerate(map(_named, brought)):
                try:
                    files.append(_kept(folder, str(key), one))
                except ImportFileError as error:
                    refused.append(Refused(one.name, str(error)))
            if not files:
                raise ImportFileError("；".join(r.why for r in refused) or "没有选文件，也没有写网址。请选好后再上传。")
            stage = Stage(stage_id, by, self._clock(), tuple(files), tuple(refused))
            self._write(stage)
        except BaseException:
            shutil.rmtree(folder, ignore_errors=True)
            raise
        return stage

    def get(self, stage_id: str) -> Stage:
        """Return an upload.

        Raises:
            NotFoundError: there is none of this id, or it is too old.
        """
        stage = self._read(self._root / stage_id) if _ID.fullmatch(stage_id) else None
        if stage is None or self._clock() > stage.ends:
            raise NotFoundError(
                f"没有这次上传，或者它已过期（上传后保留 {LASTS // timedelta(hours=1)} 小时）。请重新上传。"
            )
        return stage

    def all(self) -> list[Stage]:
        """Return the uploads that are kept, the latest first."""
        now = self._clock()
        found = (self._read(folder) for folder in self._root.glob("*") if _ID.fullmatch(folder.name))
        return sorted((s for s in found if s and now <= s.ends), key=lambda s: (s.at, s.id), reverse=True)

    def correct(self, stage_id: str, key: str, corrections: Corrections) -> Stage:
        """Note what an editor says of a file.

        Raises:
            NotFoundError: there is no such upload, or no such file in it.
            ImportConflictError: it is published already.
        """
        with self._changing(stage_id) as stage:
            stage.file(key)
            files = tuple(replace(f, corrections=corrections) if f.key == key else f for f in stage.files)
            return self._write(replace(stage, files=files, at=self._clock()))

    def drop(self, stage_id: str, key: str) -> Stage:
        """Leave a file out; the upload goes with its last one.

        Raises:
            NotFoundError, ImportConflictError: as :meth:`correct`.
        """
        with self._changing(stage_id) as stage:
            gone = stage.file(key)
            left = replace(stage, files=tuple(f for f in stage.files if f.key != key), at=self._clock())
            if left.files:
                self._write(left)
                gone.path.unlink(missing_ok=True)
            else:
                shutil.rmtree(self._root / stage_id, ignore_errors=True)
            return left

    def discard(self, stage_id: str) -> None:
        """Forget an upload.

        Raises:
            NotFoundError, ImportConflictError: as :meth:`correct`.
        """
        with self._changing(stage_id):
            shutil.rmtree(self._root / stage_id, ignore_errors=True)

    def published(self, stage: Stage, batch: str, documents: Sequence[str]) -> Stage:
        """Note which batch an upload became; its files are no longer needed."""
        done = self._write(replace(stage, batch=batch, documents=tuple(documents), at=self._clock()))
        for file in stage.files:
            file.path.unlink(missing_ok=True)
        return done

    @contextmanager
    def publishing(self) -> Iterator[None]:
        """Let nobody else publish or take back meanwhile.

        Raises:
            ImportConflictError: somebody does.
            OSError: the data folder cannot be written.
        """
        self._root.mkdir(parents=True, exist_ok=True)
        lock = FileLock(self._root / ".publishing", timeout=0)
        try:
            lock.acquire()
        except Timeout as error:
            raise ImportConflictError("另一位同事正在发布或撤销，请几秒后再试。") from error
        try:
            yield
        finally:
            lock.release()

    def clean(self) -> None:
        """Remove what is too old, and what was never finished."""
        now = self._clock()
        for folder in self._root.glob("*"):
            if not _ID.fullmatch(folder.name):
                continue
            stage = self._read(folder)
            if (stage is None and _is_old(folder, now)) or (stage is not None and now > stage.ends):
                shutil.rmtree(folder, ignore_errors=True)

    def _refuse_too_much(self) -> None:
        waiting = [folder for folder in self._root.glob("*") if _ID.fullmatch(folder.name)]
        size = sum(path.stat().st_size for folder in waiting for path in folder.glob("*") if path.is_file())
        if len(waiting) >= MOST_STAGES or size > MOST_BYTES:
            raise ImportFileError(
                f"等着发布的上传已有 {len(waiting)} 次、{size // 1024 // 1024} MB，不能再收。请先发布或丢弃一些。"
            )

    @contextmanager
    def _changing(self, stage_id: str) -> Iterator[Stage]:
        self.get(stage_id)
        lock = FileLock(self._root / _LOCK, timeout=_LOCK_WAIT_S)
        try:
            lock.acquire()
        except Timeout as error:
            raise ImportConflictError("另一位同事正在改上传的文件，请几秒后再试。") from error
        try:
            stage = self.get(stage_id)
            if stage.batch:
                raise ImportConflictError(f"这次上传已经发布（批次 {stage.batch}），不能再改。要改请撤销后重新上传。")
            yield stage
        finally:
            lock.release()

    def _write(self, stage: Stage) -> Stage:
        files = [
            {
                "key": file.key,
                "name": file.name,
                "file": file.path.name,
                "address": file.address,
                "corrections": file.corrections.model_dump(mode="json") if file.corrections else None,
            }
            for file in stage.files
        ]
        state = {
            "by": stage.by,
            "at": stage.at.isoformat(),
            "files": files,
            "refused": [{"name": r.name, "why": r.why} for r in stage.refused],
            "batch": stage.batch,
            "documents": list(stage.documents),
        }
        durable.write(self._root / stage.id / _STATE, json.dumps(state, ensure_ascii=False, indent=1))
        return stage

    def _read(self, folder: Path) -> Stage | None:
        try:
            state: dict[str, Any] = json.loads((folder / _STATE).read_text("utf-8"))
            return Stage(
                folder.name,
                state["by"],
                datetime.fromisoformat(state["at"]),
                tuple(_file(folder, one) for one in state["files"]),
                tuple(Refused(one["name"], one["why"]) for one in state["refused"]),
                state["batch"],
                tuple(state["documents"]),
            )
        except (OSError, ValueError, KeyError, TypeError):
            return None


def _named(brought: Brought) -> Brought:
    return replace(brought, name=harmless_name(brought.name) if not brought.address else brought.name)


def _kept(folder: Path, key: str, one: Brought) -> StagedFile:
    written = one.keep(folder)
    # What it is called ends as its name does, for that is held against what it holds; nothing else of the name is used.
    suffix = written.suffix.lower() if one.address else Path(one.name).suffix.lower()
    if suffix and suffix not in SUFFIXES:
        written.unlink(missing_ok=True)
        raise ImportFileError(
            f"{one.name}：不认识扩展名为 {suffix[:12]} 的文件。能读 docx、pdf、html、md、txt；请另存为其中一种再上传。"
        )
    target = folder / f"{key}{suffix}"
    if written != target:
        written.rename(target)
    return StagedFile(key, one.name, target, one.address)


def _file(folder: Path, state: dict[str, Any]) -> StagedFile:
    corrections = Corrections.model_validate(state["corrections"]) if state["corrections"] else None
    return StagedFile(state["key"], state["name"], folder / Path(state["file"]).name, state["address"], corrections)


def _is_old(folder: Path, now: datetime) -> bool:
    try:
        return folder.stat().st_mtime < (now - LASTS).timestamp()
    except OSError:
        return False

"""A copy of the journal that can be put back, made and put back while servers run.

Both ways go through SQLite's online backup (https://sqlite.org/backup.html): the copy is of one moment, and whoever
writes meanwhile waits or is seen by the next copy.
"""

import os
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from qa_service import durable
from qa_service.errors import JournalError
from qa_service.journal.database import REVISION, Journal

_PATIENCE_S = 30.0
_BESIDE = ("-wal", "-shm")


@dataclass(frozen=True, slots=True)
class JournalFile:
    """What a journal's file is like."""

    path: Path
    size: int
    """Bytes, with what is written ahead."""
    revision: str | None
    """Of its tables; None where there are none."""


def back_up(journal: Journal, to: Path) -> JournalFile:
    """Copy a journal into a file, whole and checked, or not at all.

    Raises:
        JournalError: it is no SQLite file, there is none, or the copy cannot be written or is not intact.
    """
    source = _file_of(journal)
    if not source.is_file():
        raise JournalError(f"记录库 {source} 还没有，没有可备份的内容。")
    draft = durable.draft_of(to)
    with _in_words(f"记录库 {source} 没有备份成 {to}，原有的文件不受影响"):
        durable.make_folder(to.parent)
        try:
            draft.unlink(missing_ok=True)
            descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            os.close(descriptor)
            with closing(_connect(source)) as original, closing(_connect(draft)) as copy:
                original.backup(copy)
                copy.execute("PRAGMA journal_mode = DELETE")
            examined = examine(draft)
            durable.flush(draft)
            durable.rename(draft, to)
        finally:
            for name in (draft, *_beside(draft)):
                name.unlink(missing_ok=True)
    return JournalFile(to, examined.size, examined.revision)


def put_back(backup: Path, journal: Journal, now: datetime) -> Path | None:
    """Let a journal be what it was when it was backed up; returns where what it was until now is kept.

    Servers that run need not be stopped: they see the journal as it is put back with their next question. What they
    write between the two copies is lost.

    Raises:
        JournalError: the backup is damaged or of a newer version, or cannot be put back.
    """
    target = _file_of(journal)
    examined = examine(backup)
    if examined.revision is None:
        raise JournalError(f"{backup} 不是本服务的记录库备份。请核对文件。")
    if examined.revision > REVISION:
        raise JournalError(f"{backup} 是更新的版本写的（{examined.revision}，本版本 {REVISION}）。请先升级本软件包。")
    aside = target.with_name(f"{target.name}.before-{now:%Y%m%dT%H%M%S}") if target.is_file() else None
    with _in_words(f"没有用 {backup} 恢复记录库 {target}"):
        target.parent.mkdir(parents=True, exist_ok=True)
        if aside:
            try:
                back_up(journal, aside)
            except JournalError:
                # It is damaged, which may well be why it is to be replaced.
                for path in (target, *_beside(target)):
                    if path.exists():
                        shutil.move(path, f"{aside}{path.name.removeprefix(target.name)}")
        with closing(_connect(backup)) as original, closing(_connect(target)) as copy:
            original.backup(copy)
        target.chmod(0o600)
    return aside


def examine(path: Path) -> JournalFile:
    """Check a file page by page.

    Raises:
        JournalError: it is no database, or damaged.
    """
    with _in_words(f"{path} 不是完好的记录库"), closing(_connect(path, "ro")) as connection:
        found = [row[0] for row in connection.execute("PRAGMA integrity_check(3)")]
        if found != ["ok"]:
            raise JournalError(f"{path} 已损坏（{'；'.join(found)}）。请改用另一份备份。")
        tables = {row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
        revision = None
        if "alembic_version" in tables:
            (revision,) = connection.execute("SELECT version_num FROM alembic_version").fetchone() or (None,)
    return JournalFile(path, sum(p.stat().st_size for p in (path, *_beside(path)) if p.exists()), revision)


def _file_of(journal: Journal) -> Path:
    if journal.file is None:
        raise JournalError(
            f"记录库 {journal.name} 不是 SQLite 文件。PostgreSQL 请用它自己的工具：备份 pg_dump -Fc -f journal.dump 库名，"
            "恢复 pg_restore --clean --if-exists -d 库名 journal.dump。"
        )
    return journal.file


def _beside(path: Path) -> list[Path]:
    return [path.with_name(f"{path.name}{suffix}") for suffix in _BESIDE]


def _connect(path: Path, mode: str = "rwc") -> sqlite3.Connection:
    return sqlite3.connect(f"{path.absolute().as_uri()}?mode={mode}", uri=True, timeout=_PATIENCE_S)


@contextmanager
def _in_words(what: str) -> Iterator[None]:
    try:
        yield
    except (sqlite3.Error, OSError) as error:
        raise JournalError(f"{what}（{error}）。请检查文件、磁盘空间和目录权限。") from error

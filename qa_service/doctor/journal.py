"""The journal: whether it can be read and written, how large it is, and the curated answers in it."""

import os
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from sqlalchemy import text

from qa_service.answer.curated.answers import Condition
from qa_service.corpus.library import Library
from qa_service.desk.curated import open_desk
from qa_service.doctor.finding import Finding, judged, warning
from qa_service.journal.database import FILE, Journal
from qa_service.keeping import open_journal
from qa_service.settings import Settings

_LARGE_LOG_BYTES = 64 * 1024 * 1024
_SLOW_S = 0.1


def look_at_journal(settings: Settings) -> Iterator[Finding]:
    """Look at the database itself."""
    journal = open_journal(settings)
    yield from _folder(settings.data_dir)
    if not journal.exists():
        yield Finding(True, f"记录库：{journal.name} 还没有，录入第一条人工审核的答案时建立")
        return
    yield _asked(journal)
    if settings.journal_url is None:
        yield from _files(settings.data_dir / FILE)


def look_at_curated(settings: Settings, library: Library | None) -> Iterator[Finding]:
    """Look at the answers that staff approved."""
    journal = open_journal(settings)
    if library is None or not journal.exists():
        return
    standings = open_desk(settings, journal, library=library).standings()
    count = Counter(standing.condition for standing in standings)
    counts = "，".join(f"{condition.label} {count[condition]} 条" for condition in Condition if count[condition])
    yield Finding(
        True, f"记录库：{journal.name}，人工审核的答案 {len(standings)} 条{f'（{counts}）' if counts else ''}"
    )
    if count[Condition.CHANGED]:
        yield Finding(
            False,
            f"{count[Condition.CHANGED]} 条人工审核的答案所引条款有变化，已停止使用。请运行 qa-service curated check 核对。",
        )


def _asked(journal: Journal) -> Finding:
    began = time.perf_counter()
    with journal.reading() as session:
        session.execute(text("SELECT 1"))
    taken = time.perf_counter()
    with journal.reading() as session:
        session.execute(text("SELECT 1"))
    seconds = time.perf_counter() - taken
    shown = f"记录库：{journal.name} 可读，一次查询 {seconds * 1000:.1f} 毫秒（连接 {(taken - began) * 1000:.0f} 毫秒）"
    return judged(seconds < _SLOW_S, shown, "偏慢，请检查数据库服务器的负载和网络。")


def _folder(folder: Path) -> Iterator[Finding]:
    if folder.exists() and not (folder.is_dir() and os.access(folder, os.W_OK | os.X_OK)):
        yield Finding(False, f"运行数据目录 {folder} 不能写。请把它的属主改成运行服务的用户，或另设 QA_DATA_DIR。")


def _files(file: Path) -> Iterator[Finding]:
    if not os.access(file, os.W_OK):
        yield Finding(False, f"记录库 {file} 不能写。请把它的属主改成运行服务的用户。")
    ahead = file.with_name(f"{file.name}-wal")
    size = ahead.stat().st_size if ahead.is_file() else 0
    yield Finding(True, f"记录库文件 {file.stat().st_size / 1e6:.1f} MB，预写日志 {size / 1e6:.1f} MB")
    if size > _LARGE_LOG_BYTES:
        yield warning(
            "预写日志过大：可能有程序长期开着记录库。请重启服务；备份时连同 -wal 文件一起，或用 SQLite 的备份命令。"
        )

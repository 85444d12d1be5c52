"""The machine: disk, memory, cores, limits, clock, character set."""

import codecs
import locale
import os
import shutil
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from qa_service.clock import china_clock
from qa_service.doctor.finding import Finding, judged, warning
from qa_service.settings import Settings

_ENOUGH_DISK_BYTES = 200 * 1024 * 1024
_WORKER_MB = 450
"""Memory of a worker process over the shipped corpus, about."""
_REST_MB = 300
"""Memory that the system itself is left."""
_ENOUGH_FILES = 1024
_FIRST_YEAR = 2026
_SKEW_S = 300


def look_at_machine(settings: Settings) -> Iterator[Finding]:
    """Look at what the service runs on."""
    for folder in dict.fromkeys(_existing(f) for f in (settings.index_dir, settings.data_dir)):
        yield _disk(folder)
    yield from _workers(settings.workers)
    yield from _files()
    yield _temporary()
    yield from _clock(settings)
    yield from _characters()


def _existing(folder: Path) -> Path:
    return next(parent for parent in (folder.absolute(), *folder.absolute().parents) if parent.exists())


def _disk(folder: Path) -> Finding:
    free = shutil.disk_usage(folder).free
    healthy = free >= _ENOUGH_DISK_BYTES
    advice = "" if healthy else "，不足 200 MB，请清理磁盘"
    return Finding(healthy, f"磁盘：{folder} 剩余 {free // 1024 // 1024} MB{advice}")


def _workers(workers: int) -> Iterator[Finding]:
    cores = os.cpu_count() or 1
    shown = f"进程数 {workers}，处理器 {cores} 核"
    yield judged(workers <= cores, shown, f"进程比核多不会更快，只多占内存。请把 QA_WORKERS 改为不超过 {cores}。")
    if sys.platform != "linux":
        return
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") // 1024 // 1024
    needed = workers * _WORKER_MB + _REST_MB
    yield judged(
        needed <= memory, f"内存 {memory} MB，约需 {needed} MB", "请减少 QA_WORKERS，或增加内存；不够时系统会杀掉进程。"
    )


def _files() -> Iterator[Finding]:
    if sys.platform == "win32":
        return
    import resource

    soft, _ = resource.getrlimit(resource.RLIMIT_NOFILE)
    unlimited = soft == resource.RLIM_INFINITY
    advice = "同时在线的人多时会连不上。请提高 ulimit -n，systemd 里是 LimitNOFILE=65536。"
    yield judged(unlimited or soft >= _ENOUGH_FILES, f"可打开文件数 {'不限' if unlimited else soft}", advice)


def _temporary() -> Finding:
    try:
        with tempfile.TemporaryFile():
            return Finding(True, f"临时目录：{tempfile.gettempdir()} 可写")
    except OSError as error:
        return Finding(False, f"临时目录不能写（{error}），不能导入文件。请检查 TMPDIR 和磁盘空间。")


def _clock(settings: Settings) -> Iterator[Finding]:
    now = china_clock()
    newest = max((p.stat().st_mtime for p in (settings.index_dir, settings.data_dir) if p.exists()), default=0.0)
    if now.year < _FIRST_YEAR or newest > now.timestamp() + _SKEW_S:
        yield Finding(
            False,
            f"系统时间是 {now:%Y-%m-%d %H:%M}，不像是对的，效力会判错。请校正时间（timedatectl），并启用时间同步。",
        )
    else:
        yield Finding(True, f"系统时间：{now:%Y-%m-%d %H:%M}（北京时间）")


def _characters() -> Iterator[Finding]:
    if sys.platform == "win32":
        return
    used = {locale.getpreferredencoding(False), sys.getfilesystemencoding()}
    if any(codecs.lookup(name).name != "utf-8" for name in used):
        yield warning(f"字符集是 {'、'.join(sorted(used))}，中文文件名可能读不出。请设 LANG=C.UTF-8 或 PYTHONUTF8=1。")

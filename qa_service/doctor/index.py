"""The builds: whether the live one is whole, fits, and is not too old."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from qa_service.clock import china_clock
from qa_service.corpus.library import Library
from qa_service.doctor.finding import Finding, judged, warning
from qa_service.errors import QaError
from qa_service.index.build import is_current
from qa_service.index.embedder import Embedder
from qa_service.index.store import BuildStore, verify
from qa_service.settings import Settings

_OLD = timedelta(days=365)
"""Laws and fees change within a year; a corpus that nobody looked at for longer ought to be."""


def look_at_index(settings: Settings, library: Library | None, embedder: Embedder | None) -> Iterator[Finding]:
    """Look at every build."""
    store = BuildStore(settings.index_dir)
    builds = store.builds()
    if not builds:
        yield Finding(True, f"索引：{settings.index_dir} 还没有索引，启动时会自动建立")
        return
    if store.current() is None:
        yield warning(f"{settings.index_dir} 里没有 CURRENT，用的是最新的一份。请运行 qa-service build 重建。")
    try:
        manifest = verify(builds[0])
    except QaError as error:
        yield Finding(False, str(error))
        return
    fits = library is not None and embedder is not None and is_current(manifest, library, embedder)
    state = (
        "与语料和模型一致" if fits else "已过期，启动时会自动重建；正在运行的服务仍用旧的，运行 qa-service build 即换"
    )
    yield Finding(True, f"索引：{builds[0].name}，{manifest.passages} 条条款，{state}", not fits)
    age = china_clock() - datetime.fromisoformat(manifest.created)
    yield judged(
        timedelta(0) <= age < _OLD,
        f"索引建于 {manifest.created[:10]}",
        "请核对系统时间。"
        if age < timedelta(0)
        else "已满一年，请核对所收录的文件有没有新版，再运行 qa-service build。",
    )
    for build in builds[1:]:
        try:
            verify(build)
        except QaError as error:
            yield warning(f"旧索引已损坏，不影响回答，可以删掉这个文件夹：{error}")

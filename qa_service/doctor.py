"""What an operator can get wrong, found before the public finds it."""

import asyncio
import shutil
import socket
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from qa_service import __version__
from qa_service.answer.curated.answers import Condition
from qa_service.answer.generation.language_model import ModelFailure
from qa_service.corpus.library import Library, read_library
from qa_service.corpus.models import Form
from qa_service.corpus.passages import passages_of
from qa_service.corpus.questions import questions_by_passage
from qa_service.curated_desk import open_desk
from qa_service.errors import QaError
from qa_service.index.build import is_current
from qa_service.index.embedder import Embedder
from qa_service.index.store import BuildStore, verify
from qa_service.service import open_journal, open_language_model, open_query_embedder
from qa_service.settings import Settings, origins
from qa_service.text.segmenter import Segmenter

_ENOUGH_DISK_BYTES = 200 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at."""

    healthy: bool
    text: str


def diagnose(settings: Settings, flags: Mapping[str, Any]) -> Iterator[Finding]:
    """Look at everything in turn; no finding stops the next."""
    yield Finding(True, f"qa-service {__version__}")
    for origin in origins(settings, flags):
        yield Finding(True, f"{origin.name}={origin.value}  （{origin.source}；{origin.description}）")
    library, embedder = None, None
    try:
        library = read_library(settings.corpus_dir)
        yield Finding(True, f"语料：{len(library.documents)} 份文件，{len(library.questions)} 条日常问法")
        yield from _questions(library)
    except QaError as error:
        yield Finding(False, str(error))
    try:
        embedder = open_query_embedder(settings)
        yield Finding(True, f"向量模型：{embedder.dimension} 维，指纹 {embedder.fingerprint}")
    except QaError as error:
        yield Finding(False, str(error))
    if settings.embedding_model and settings.calibration_file is None:
        yield Finding(True, "校准：换用了其他向量模型，而排序权重和拒答门槛仍是随包模型的，建议重新校准（见 README）")
    yield from _index(settings, library, embedder)
    yield from _journal(settings, library)
    yield _language_model(settings)
    yield _disk(settings.index_dir)
    yield _port(settings)


def _questions(library: Library) -> Iterator[Finding]:
    segmenter = Segmenter(library.lexicon.terms)
    passages = [p for document in library.documents.values() for p in passages_of(document, segmenter.count)]
    _, lost = questions_by_passage(passages, library.questions)
    if library.unclaimed:
        yield Finding(False, f"问法文件没有对应的文件：{'、'.join(library.unclaimed)}。文件名应为文件编号。")
    # Notes leave articles out; their questions wait for the full text.
    lost = tuple(q for q in lost if library[q.document_id].form is not Form.NOTES)
    places = sorted({f"{q.document_id} {q.location} {q.starts}".strip() for q in lost})
    if places:
        yield Finding(
            False, f"{len(lost)} 条日常问法找不到对应条款：{'、'.join(places[:5])}。请核对 location 和 starts。"
        )


def _index(settings: Settings, library: Library | None, embedder: Embedder | None) -> Iterator[Finding]:
    builds = BuildStore(settings.index_dir).builds()
    if not builds:
        yield Finding(True, f"索引：{settings.index_dir} 还没有索引，启动时会自动建立")
        return
    try:
        manifest = verify(builds[0])
    except QaError as error:
        yield Finding(False, str(error))
        return
    fits = library is not None and embedder is not None and is_current(manifest, library, embedder)
    state = "与语料和模型一致" if fits else "已过期，启动时会自动重建"
    yield Finding(True, f"索引：{builds[0].name}，{manifest.passages} 条条款，{state}")


def _journal(settings: Settings, library: Library | None) -> Iterator[Finding]:
    try:
        journal = open_journal(settings)
        if not journal.exists():
            yield Finding(True, f"记录库：{journal.name} 还没有，录入第一条人工审核的答案时建立")
            return
        if library is None:
            return
        standings = open_desk(settings, journal, library=library).standings()
    except QaError as error:
        yield Finding(False, str(error))
        return
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


def _language_model(settings: Settings) -> Finding:
    try:
        endpoint = open_language_model(settings)
        if endpoint is None:
            return Finding(True, "大模型：没有设 QA_LLM_BASE_URL，答复一律摘自原文")
        where = f"大模型：{settings.llm_base_url} 的 {settings.llm_model}"
        listed = asyncio.run(endpoint.models())
    except QaError as error:
        return Finding(False, f"大模型：{error}")
    except ModelFailure as failure:
        advice = "请核对地址、密钥和网络；在此之前答复摘自原文"
        return Finding(False, f"大模型：{settings.llm_base_url} {failure}，{advice}")
    if listed is None:
        return Finding(True, f"{where}，连得上；该接口不列模型，无法核对名称")
    if settings.llm_model not in listed:
        known = "、".join(sorted(listed)[:5]) or "（没有）"
        return Finding(False, f"{where}，连得上，但接口列出的模型里没有它：{known}。请核对 QA_LLM_MODEL。")
    return Finding(True, f"{where}，连得上，模型在列")


def _disk(folder: Path) -> Finding:
    there = next(parent for parent in (folder.absolute(), *folder.absolute().parents) if parent.exists())
    free = shutil.disk_usage(there).free
    healthy = free >= _ENOUGH_DISK_BYTES
    advice = "" if healthy else "，不足 200 MB，请清理磁盘"
    return Finding(healthy, f"磁盘：{there} 剩余 {free // 1024 // 1024} MB{advice}")


def _port(settings: Settings) -> Finding:
    with socket.socket(socket.AF_INET6 if ":" in settings.host else socket.AF_INET) as probe:
        probe.settimeout(1)
        try:
            taken = probe.connect_ex((settings.host, settings.port)) == 0
        except OSError:
            taken = False
    return Finding(True, f"端口：{settings.port} {'已有程序在监听（若不是本服务，请换端口）' if taken else '空闲'}")

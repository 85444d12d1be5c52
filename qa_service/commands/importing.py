"""``qa-service import``: what was understood is shown, what is missing is asked for, and only then is anything written."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

from qa_service.corpus.doubles import refuse_double
from qa_service.corpus.field_names import FIELD_NAMES
from qa_service.corpus.intake import Taken, consequences, files_of, take, undo, write_batch
from qa_service.corpus.library import Library
from qa_service.corpus.models import Document
from qa_service.errors import CorpusError, ImportFileError, JournalError
from qa_service.journal.audit import command_line_actor
from qa_service.journal.import_log import ImportLog
from qa_service.text.book_marks import in_book_marks
from qa_service.text.dates import parse_date

_LABELS = {
    name: FIELD_NAMES[name] for name in ("issuer", "number", "issued", "effective", "expires", "level", "topics")
}
_DATES = frozenset({"issued", "effective", "expires"})
Say = Callable[[str], None]
Ask = Callable[[str], str]


def import_files(
    sources: Sequence[str],
    library: Library,
    corpus: Path,
    now: datetime,
    *,
    given: Mapping[str, Any],
    say: Say,
    ask: Ask | None = None,
    dry_run: bool = False,
    log: Callable[[], ImportLog] | None = None,
) -> int:
    """Import files, folders and addresses; returns how many could not be taken.

    A file that cannot be read is named with the reason and left out; the others are written, in one batch that
    ``qa-service import --undo`` takes back.

    Args:
        sources: paths and http(s) addresses.
        library: the corpus as it is.
        corpus: its folder.
        now: when, for the batch's name.
        given: metadata from the command line, by the names of the front matter.
        say: prints a line.
        ask: asks the operator for what is missing; None where nobody can be asked.
        dry_run: show what would happen, and write nothing.
        log: opens what notes the batch; None notes nothing. A journal in trouble stops no import.
    """
    taken: list[Taken] = []
    failed = 0
    with tempfile.TemporaryDirectory() as scratch:
        known: dict[str, Document] = dict(library.documents)
        for path, source in _files(sources, Path(scratch), say):
            try:
                if path is None:
                    raise ImportFileError(source)
                one = take(path, list(known.values()), given, source=source)
                refuse_double(one, taken, corpus)
            except CorpusError as error:
                say(f"✗ {str(error).replace(str(path), source)}")
                failed += 1
                continue
            one = _completed(one, ask) if ask else one
            known[one.document.id] = one.document
            taken.append(one)
            _show(one, say)
    for consequence in consequences(taken, library):
        say(f"{'→' if consequence.complete else '!'} {consequence.text}")
    if taken and not dry_run:
        batch = write_batch(taken, corpus, now)
        say(f"已导入 {len(taken)} 份（批次 {batch.id}）。撤销：qa-service import --undo")
        sources_taken = [one.source for one in taken]
        _note(log, lambda log: log.imported(batch.id, command_line_actor(), batch.documents, sources_taken), say)
    elif taken:
        say(f"试读 {len(taken)} 份，没有写入任何文件。")
    return failed


def undo_import(corpus: Path, *, say: Say, log: Callable[[], ImportLog] | None = None) -> None:
    """Take the last batch back.

    Raises:
        ImportFileError: there is none.
    """
    batch = undo(corpus)
    say(f"已撤销批次 {batch.id}：{'、'.join(batch.documents)}")
    _note(log, lambda log: log.undone(batch.id, command_line_actor()), say)


def _note(log: Callable[[], ImportLog] | None, note: Callable[[ImportLog], None], say: Say) -> None:
    if log is None:
        return
    try:
        note(log())
    except JournalError as error:
        say(f"! 没有记入操作记录：{error}")


def _files(sources: Sequence[str], scratch: Path, say: Say) -> list[tuple[Path | None, str]]:
    """Return every file with where it came from; an address that cannot be fetched has its reason in place of that."""
    found: list[tuple[Path | None, str]] = []
    for number, source in enumerate(sources):
        try:
            if "://" in source:
                from qa_service.corpus.fetch import fetch

                say(f"下载 {source}")
                folder = scratch / str(number)
                folder.mkdir()
                found.append((fetch(source, folder), source))
            else:
                found += [(path, str(path)) for path in files_of([Path(source)])]
        except ImportFileError as error:
            found.append((None, str(error)))
    return found


def _completed(taken: Taken, ask: Ask) -> Taken:
    """Ask for what was not found; an empty answer leaves it open."""
    document = taken.document
    for name in taken.missing:
        text = ask(f"{in_book_marks(document.title)}的{_LABELS[name]}没有找到，请输入（不知道就回车）").strip()
        while text and name in _DATES and parse_date(text) is None:
            text = ask(f"{text!r} 不是日期，请写成 2026-01-31（不知道就回车）").strip()
        if text:
            entered: dict[str, Any] = {name: parse_date(text) if name in _DATES else text}
            document = replace(document, **entered)
    missing = tuple(name for name in taken.missing if not getattr(document, name))
    return replace(taken, document=document, missing=missing)


def _show(taken: Taken, say: Say) -> None:
    document = taken.document
    say(f"✓ {in_book_marks(document.title)}  编号 {document.id}  （{taken.source}）")
    parts = [
        f"{label} {'、'.join(value) if isinstance(value, tuple) else value}"
        for name, label in _LABELS.items()
        if (value := getattr(document, name))
    ]
    say(f"    {'；'.join(parts)}")
    counts = {"条": taken.articles, "行表格": taken.rows, "个附件": taken.attachments, "组问答": taken.questions}
    shown = "，".join(f"{count} {unit}" for unit, count in counts.items() if count)
    say(f"    读出 {shown or '正文段落'}，共 {len(document.body)} 字")
    if taken.missing:
        names = "、".join(f"{_LABELS[name]}（--{name}）" for name in taken.missing)
        say(f"    ! 没有找到{names}；可加选项重新导入补上")

"""Taking official files into the corpus: read, understood, written, and undone where it was a mistake."""

from __future__ import annotations

import contextlib
import logging
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import yaml

from qa_service.corpus.amendments import Consolidation, consolidations
from qa_service.corpus.batches import IMPORTED as IMPORTED
from qa_service.corpus.batches import Batch as Batch
from qa_service.corpus.batches import Batches
from qa_service.corpus.document_file import document_text, split_front_matter
from qa_service.corpus.identity import Identified, identify
from qa_service.corpus.library import Library
from qa_service.corpus.marker import Rank
from qa_service.corpus.models import Document
from qa_service.corpus.outline import parse_outline
from qa_service.corpus.papers import read_paper
from qa_service.corpus.readers import (
    SUFFIXES,
    FileType,
    Manuscript,
    file_type_of,
    read_manuscript,
    read_paragraphs,
    read_text,
)
from qa_service.corpus.readers.plain_text import read_markdown
from qa_service.corpus.relations import successors_of
from qa_service.errors import CorpusError, CorpusWriteError, ImportConflictError, ImportFileError
from qa_service.text.book_marks import in_book_marks
from qa_service.text.dates import parse_date
from qa_service.text.readable import readable
from qa_service.text.yaml_text import read_yaml

_LONGEST_NAME = 200
"""Bytes of a document's id; file systems allow 255 for a name with what is put around it."""
_FOREIGN_KEYS = {"doc_number": "number", "source": "", "revised": ""}
"""What other publishers of Markdown call what the front matter here calls otherwise; empty where it is left out."""
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Taken:
    """One file as it was understood, not written yet."""

    source: str
    document: Document
    replaces: Document | None
    missing: tuple[str, ...]
    articles: int
    rows: int
    attachments: int
    questions: int

    @property
    def file_name(self) -> str:
        """Where it goes below the folder of imports."""
        return f"{self.document.id}.md"


@dataclass(frozen=True, slots=True)
class Consequence:
    """What a set of imports does to other documents: a sentence in Chinese each."""

    text: str
    complete: bool = True
    """False where a change could not be merged and someone has to look."""


def files_of(paths: Sequence[Path]) -> Iterator[Path]:
    """Yield the files to import: those named, and in a folder every one of a format that is read, READMEs aside.

    Raises:
        ImportFileError: a folder holds none.
    """
    for path in paths:
        if not path.is_dir():
            yield path
            continue
        found = [
            p
            for p in sorted(path.rglob("*"))
            if p.is_file()
            and p.suffix.lower() in SUFFIXES
            and p.stem.lower() != "readme"
            and not p.name.startswith((".", "~$"))
        ]
        if not found:
            raise ImportFileError(f"{path}：文件夹里没有 docx、pdf、html、md、txt 文件。")
        yield from found


def take(
    path: Path, known: Collection[Document], given: Mapping[str, Any] | None = None, *, source: str | None = None
) -> Taken:
    """Read and understand one file; nothing is written.

    Args:
        path: the file.
        known: the documents of the corpus it is for, and those taken before it.
        given: metadata from the operator, by the names of the front matter.
        source: where the file came from, if not from ``path``.

    Raises:
        ImportFileError: it cannot be read, no title or text was found in it, or its metadata contradict each other.
    """
    manuscript = read_manuscript(path)
    stated: dict[str, Any] = {}
    if file_type_of(path) is FileType.MARKDOWN:
        head, body = split_front_matter(readable(read_text(path)))
        if head is not None:
            stated = _foreign(head, path)
            manuscript = Manuscript(
                read_markdown(body).blocks,
                {k: str(stated[k]) for k in ("title", "issuer", "number", "issued") if stated.get(k)},
            )
    stated |= {key: value for key, value in (given or {}).items() if value}
    if source and source.startswith("http"):
        stated.setdefault("source_url", source)
    if title := stated.get("title"):
        manuscript = Manuscript(manuscript.blocks, {**manuscript.stated, "title": str(title)})
    paper = read_paper(manuscript)
    if len(paper.title) < 2:
        raise ImportFileError(f"{path}：没有找到文件标题。请用 --title 写明。")
    if len(paper.body) < len(paper.title) + 20:
        raise ImportFileError(f"{path}：只找到标题{in_book_marks(paper.title)}，没有正文。请核对文件。")
    identified = identify(paper, known, stated)
    document = identified.document
    if document.id.startswith(".") or len(document.id.encode()) > _LONGEST_NAME:
        raise ImportFileError(
            f"{path}：编号 {document.id!r} 不能用作文件名。请用 --id 另给一个不太长、不以点开头的编号。"
        )
    try:
        document_text(document)
    except CorpusError as error:
        raise ImportFileError(f"{path}：{error}请用选项（如 --effective）改正后再导入。") from error
    return _taken(source or str(path), identified)


def consequences(taken: Sequence[Taken], library: Library) -> list[Consequence]:
    """Return what the imports do to the rest of the corpus and to one another."""
    documents = {d.id: d for d in library.documents.values() if d.amended_by is None}
    documents |= {t.document.id: t.document for t in taken}
    ours = {t.document.id for t in taken}
    found = [Consequence(text) for t in taken if (text := _replaced(t))]
    for consolidation in consolidations(documents.values()):
        amendment = consolidation.amendment
        if amendment.notice.id in ours or amendment.target_id in ours:
            found += _amended(consolidation)
    for older, successors in successors_of(documents.values()).items():
        for s in successors:
            if older in documents and (s.document.id in ours or older in ours):
                since = f"自 {s.begins} 起" if s.begins else ""
                ended = f"{in_book_marks(documents[older].title)}（{older}）"
                verb = "废止" if s.repeals else "取代"
                found.append(Consequence(f"{in_book_marks(s.document.title)}{since}{verb}{ended}"))
    return found


def write_batch(taken: Sequence[Taken], corpus: Path, now: datetime) -> Batch:
    """Write the documents into the corpus, all of them or none, so that ``undo`` can take them back.

    Raises:
        CorpusWriteError: the corpus cannot be written to.
        CorpusError: a document does not read back as it was written.
    """
    texts = {t.file_name: document_text(t.document) for t in taken}
    try:
        batch_id = Batches(corpus).write(texts, now.strftime("%Y%m%d-%H%M%S-%f"))
    except OSError as error:
        raise CorpusWriteError(
            f"写不进语料目录 {corpus / IMPORTED}：{error.strerror}。没有导入任何文件。"
            "请检查权限和磁盘空间，或用 QA_CORPUS_DIR 换一个目录。"
        ) from error
    return Batch(batch_id, tuple(t.document.id for t in taken))


def batches(corpus: Path) -> list[Batch]:
    """Return the imports that can be undone, latest first.

    Raises:
        CorpusError: the list of one is damaged.
    """
    return Batches(corpus).finished()


@contextlib.contextmanager
def settled(corpus: Path) -> Iterator[None]:
    """Hold a corpus still while it is read: nothing is imported meanwhile, and no import is half there.

    One that was cut short is taken back first, and the log says so. Where that cannot be done the corpus is read as it
    is, and the log says that, too.
    """
    with contextlib.ExitStack() as stack:
        try:
            for batch in stack.enter_context(Batches(corpus).settled()):
                _log.warning(
                    "import %s had been cut short and was taken back: %s", batch.id, "、".join(batch.documents)
                )
        except (OSError, CorpusError) as error:
            _log.error("an import that was cut short cannot be taken back: %s", error)
        yield


def undo(corpus: Path, batch_id: str | None = None) -> Batch:
    """Take the latest import back: what it wrote goes, what it replaced returns. Cut short, it can be run again.

    Where an import or an undoing was cut short, it is that one that is taken back.

    Raises:
        ImportConflictError: there is none, or a later one must be undone first.
        CorpusWriteError: the corpus cannot be written to.
    """
    store = Batches(corpus)
    try:
        with store.settled() as cut_short:
            pass
    except OSError as error:
        raise CorpusWriteError(f"撤销时写不进 {corpus}：{error.strerror}。请检查权限后再撤销一次。") from error
    if cut_short and batch_id in (None, cut_short[0].id):
        return cut_short[0]
    known = store.finished()
    if not known:
        raise ImportConflictError(f"{corpus / IMPORTED} 里没有可撤销的导入。")
    latest = known[0]
    if batch_id is not None and batch_id != latest.id:
        choices = "、".join(b.id for b in known[:5])
        raise ImportConflictError(
            f"只能从最近一次导入起依次撤销（最近的是 {latest.id}；现有 {choices}），收到 {batch_id!r}。"
        )
    try:
        store.undo(latest.id)
    except OSError as error:
        raise CorpusWriteError(
            f"撤销批次 {latest.id} 时写不进 {corpus}：{error.strerror}。请检查权限后再撤销一次。"
        ) from error
    return latest


def _taken(source: str, identified: Identified) -> Taken:
    document = identified.document
    nodes = [n for _, n in parse_outline(read_paragraphs(document.body, markup="markdown"), document.title).root.walk()]
    counts = {rank: sum(n.rank is rank for n in nodes) for rank in (Rank.ARTICLE, Rank.ATTACHMENT, Rank.QUESTION)}
    return Taken(
        source=source,
        document=document,
        replaces=identified.replaces,
        missing=identified.missing,
        articles=counts[Rank.ARTICLE],
        rows=sum(n.rank is Rank.ROW and n.number > 0 for n in nodes),
        attachments=counts[Rank.ATTACHMENT],
        questions=counts[Rank.QUESTION],
    )


def _foreign(head: str, path: Path) -> dict[str, Any]:
    """Read front matter that may be another publisher's: known keys are taken, the others left."""
    try:
        raw = read_yaml(head)
    except yaml.YAMLError as error:
        raise ImportFileError(f"{path}：文首的元数据不是合法的 YAML（{' '.join(str(error).split())}）。") from error
    if not isinstance(raw, dict):
        return {}
    found: dict[str, Any] = {}
    for key, value in raw.items():
        name = _FOREIGN_KEYS.get(key, key)
        if name in ("issued", "effective", "expires") and isinstance(value, str):
            value = parse_date(value)
        if name and value not in (None, "", []):
            found[name] = tuple(value) if isinstance(value, list) else value
    return found


def _replaced(taken: Taken) -> str:
    if taken.replaces is None:
        return ""
    what = "要点整理" if taken.replaces.form == "notes" else "先前导入的文本"
    return f"{in_book_marks(taken.document.title)}替换{what}（{taken.document.id}），原有日常问法继续有效"


def _amended(consolidation: Consolidation) -> Iterator[Consequence]:
    amendment = consolidation.amendment
    notice, target = in_book_marks(amendment.notice.title), in_book_marks(consolidation.document.title)
    if consolidation.done:
        where = "、".join(dict.fromkeys(change.place.label for change in consolidation.done))
        yield Consequence(f"{notice}自 {amendment.since} 起修改{target}{where}")
    if consolidation.undone:
        rest = "；".join(consolidation.undone)
        yield Consequence(f"{notice}对{target}的下列修改未能自动并入，请人工核对：{rest}", complete=False)

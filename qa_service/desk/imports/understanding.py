"""A staged file as it was understood: what would be published, and what an editor should look at before."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from qa_service.corpus.document_file import document_text, split_front_matter
from qa_service.corpus.doubles import refuse_double
from qa_service.corpus.field_names import FIELD_NAMES
from qa_service.corpus.identity import bare_title
from qa_service.corpus.intake import Taken, take
from qa_service.corpus.models import Document, Form, Passage
from qa_service.corpus.passages import outline_of, passages_of
from qa_service.corpus.readers import FileType, file_type_of, read_text
from qa_service.desk.imports.corrections import as_typed
from qa_service.desk.imports.difference import Difference, difference
from qa_service.desk.imports.staged import Stage, StagedFile
from qa_service.desk.imports.unread import unread_parts
from qa_service.errors import CorpusError, ImportFileError
from qa_service.text.book_marks import in_book_marks
from qa_service.text.letters import letters_of
from qa_service.text.readable import readable

_EXPECTED = ("issuer", "number", "issued", "effective", "level")
"""What an official text should say of itself."""
_OPTIONS = (
    (r"请用选项（如 --effective）改正后再导入", "请在下面改正"),
    (r"请用 --title 写明", "请在下面写明标题"),
    (r"请用 --id 另给", "请在下面另写"),
    (r"，或用 --id 区分", "，或在下面改用另一个编号"),
)
_OWN_WORDS = re.compile(r"^form:[ \t]*['\"]?(?:notes|guide)\b.*$", re.MULTILINE)
_BELOW = "在下面"
_UNREADABLE = "\u25a1"
_FEW_HEADINGS = 2
_LONG = 3000
_MOST_NAMED = 2
_LIKE = 500
"""Characters by which two printings of one text may differ in length."""


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of the outline: how deep it stands, and what it says."""

    depth: int
    text: str


@dataclass(frozen=True, slots=True)
class Understood:
    """One staged file, understood or not."""

    file: StagedFile
    fault: str = ""
    """Why it cannot be published; empty where it can."""
    taken: Taken | None = None
    warnings: tuple[str, ...] = ()
    difference: Difference | None = None
    """How it differs from what is there of the same document."""
    outline: tuple[Heading, ...] = ()
    passages: tuple[Passage, ...] = ()
    tables: int = 0

    @property
    def is_ready(self) -> bool:
        """Whether it can be published."""
        return self.taken is not None and not self.fault

    @property
    def can_be_corrected(self) -> bool:
        """Whether what an editor writes into the form may make it one that can be published."""
        return self.taken is not None or _BELOW in self.fault

    @property
    def form(self) -> dict[str, str]:
        """What the form shows: what was written into it last, or what was read."""
        return as_typed(self.file.corrections or (self.taken.document if self.taken else None))


def understand(
    stage: Stage, known: Mapping[str, Document], corpus: Path, today: date, count: Callable[[str], int]
) -> tuple[Understood, ...]:
    """Read every file of an upload.

    Args:
        stage: the upload.
        known: the documents of the corpus.
        corpus: its folder.
        today: for what an editor is told of dates.
        count: the length of a text, as passages are cut by.
    """
    found, taken = list[Understood](), list[Taken]()
    documents = dict(known)
    for file in stage.files:
        one: Taken | None = None
        try:
            one = _taken(file, documents.values())
            refuse_double(one, taken, corpus)
            against = _against(one.document, one.replaces, known.values())
            compared = difference(against, one.document) if against else None
            if compared and compared.is_none and against and against.id == one.document.id:
                raise ImportFileError("语料里已有这份文件，内容完全相同，不必再发布（也可能是上次发布已经写入）。")
        except CorpusError as error:
            found.append(Understood(file, _in_words(error, file), one))
            continue
        documents[one.document.id] = one.document
        taken.append(one)
        found.append(_shown(file, one, compared, known.values(), today, count))
    return tuple(found)


def _taken(file: StagedFile, known: Collection[Document]) -> Taken:
    stated = file.corrections
    _refuse_own_words(file)
    one = take(file.path, known, stated.given if stated else None, source=file.source)
    if stated is None:
        return one
    document = replace(one.document, **stated.fields)
    document_text(document)
    missing = tuple(name for name in _EXPECTED if not getattr(document, name))
    return replace(one, document=document, missing=missing)


def _refuse_own_words(file: StagedFile) -> None:
    """Refuse notes and guides written for a corpus: taken for an official text, they would be shown as its wording.

    Raises:
        ImportFileError: its front matter says that it is one.
    """
    if file_type_of(file.path) is not FileType.MARKDOWN:
        return
    head, _ = split_front_matter(readable(read_text(file.path)))
    said = _OWN_WORDS.search(head or "")
    if said:
        raise ImportFileError(
            f"文首写着 {said.group().strip()}：是自己整理的要点或指南，不是官方全文，不能当作原文发布。"
            "请放进语料目录的 notes/ 或 guides/，再点“重建索引”。"
        )


def _in_words(error: CorpusError, file: StagedFile) -> str:
    """Return what is wrong with a file as a page says it: without paths, without a command's options."""
    text = str(error)
    for place in (str(file.path), file.source, file.path.name):
        text = text.removeprefix(f"{place}：").replace(place, file.name)
    for option, words in _OPTIONS:
        text = re.sub(option, words, text)
    return text


def _against(document: Document, replaces: Document | None, known: Collection[Document]) -> Document | None:
    """Return the full text that an editor wants to compare with: of the same document, else the version before."""
    if replaces is not None:
        return replaces if replaces.form is Form.FULL_TEXT else None
    title = bare_title(document.title)
    versions = [d for d in known if d.form is Form.FULL_TEXT and d.amended_by is None and bare_title(d.title) == title]
    return max(versions, key=lambda d: str(d.effective or d.issued or ""), default=None)


def _shown(
    file: StagedFile,
    one: Taken,
    compared: Difference | None,
    known: Collection[Document],
    today: date,
    count: Callable[[str], int],
) -> Understood:
    document = one.document
    nodes = list(outline_of(document).root.walk())
    headings = tuple(Heading(len(path), n.heading_text) for path, n in nodes if path and n.heading and n.heading_text)
    return Understood(
        file,
        taken=one,
        warnings=tuple(_warnings(file, one, known, today, len(headings))),
        difference=compared,
        outline=headings,
        passages=passages_of(document, count),
        tables=len(set(re.findall(r"〔(表\d+) 第", document.body))),
    )


def _warnings(file: StagedFile, one: Taken, known: Collection[Document], today: date, headings: int) -> list[str]:
    document, found = one.document, list[str]()
    if one.missing:
        found.append(f"没有找到{'、'.join(FIELD_NAMES[name] for name in one.missing)}，请对照原文补上。")
    if document.expires and document.expires < today:
        found.append(f"有效期至 {document.expires}，已经届满；发布后会标明。")
    if document.effective and document.effective > today:
        found.append(f"自 {document.effective} 起施行，在那之前按“尚未施行”作答。")
    if not one.articles and not one.questions and headings < _FEW_HEADINGS and len(document.body) > _LONG:
        found.append("没有认出章、条或标题，只能按段落引用。若原文有“第一条”，请核对文字是否读全。")
    if unknown := document.body.count(_UNREADABLE) + document.body.count("\ufffd"):
        found.append(f"有 {unknown} 个字读不出（显示为 □），请对照原文。")
    return [*found, *unread_parts(file.path), *_likenesses(document, known)]


def _likenesses(document: Document, known: Collection[Document]) -> Iterator[str]:
    """Yield what other documents have in common with this one that only one document should have."""
    number, body = letters_of(document.number or ""), letters_of(document.body)
    others = [other for other in known if other.id != document.id and not other.amended_by]
    numbered = [other for other in others if number and letters_of(other.number or "") == number]
    if numbered:
        named = "".join(in_book_marks(other.title) for other in numbered[:_MOST_NAMED])
        more = f"等 {len(numbered)} 份" if len(numbered) > _MOST_NAMED else ""
        yield f"文号与已有的{named}{more}相同，请核对是不是同一份文件。"
    for other in others:
        if abs(len(other.body) - len(document.body)) < _LIKE and letters_of(other.body) == body:
            yield f"正文与已有的{in_book_marks(other.title)}（{other.id}）完全相同。"

"""The list of documents: in groups as a person looks for them, and narrowed to what is looked for."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

from pypinyin import lazy_pinyin

from qa_service.corpus.models import Form, ValidityState
from qa_service.corpus.validity import PERIOD_KINDS
from qa_service.server.schemas import DocumentOut

_LONGEST = 100
_PLANS = "本区规划"
_INFORMATION = "情况说明（本服务整理）"
_GUIDES = "办事指南"
_OTHERS = "其他文件"
_GROUPS = {
    "法律": "法律",
    "行政法规": "行政法规",
    "司法解释": "司法解释",
    "部门规章": "部门规章",
    "国家政策": "国家政策和标准",
    "国家标准": "国家政策和标准",
    "江苏省": "省、市、区文件",
    "南通市": "省、市、区文件",
    "海门区": "省、市、区文件",
}
"""Level to group. Levels that are not among them have a group of their own, behind these."""
_FORCE = {"yes": "现行有效", "no": "不是现行有效"}
FORMS = {"full_text": "官方全文", "notes": "要点整理", "guide": "办事指南"}
ORDERS = {"name": "按名称", "date": "按施行日期，新的在前"}


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is looked for; an empty string does not restrict."""

    words: str = ""
    level: str = ""
    topic: str = ""
    force: str = ""
    """``yes`` or ``no``."""
    form: str = ""
    order: str = "name"

    @classmethod
    def of(cls, asked: dict[str, str]) -> Wanted:
        """Read what the address says; values that mean nothing do not restrict, and are not repeated."""
        text = {name: value[:_LONGEST].encode("utf-8", "replace").decode().strip() for name, value in asked.items()}
        return cls(
            words=text["words"],
            level=text["level"],
            topic=text["topic"],
            force=text["force"] if text["force"] in _FORCE else "",
            form=text["form"] if text["form"] in FORMS else "",
            order=text["order"] if text["order"] in ORDERS else "name",
        )

    @property
    def restricts(self) -> bool:
        """Whether anything is left out."""
        return any((self.words, self.level, self.topic, self.force, self.form))

    def meets(self, book: Book) -> bool:
        """Whether a document is among what is looked for: every word stands in its names."""
        document = book.document
        return (
            all(word in book.names for word in folded(self.words).split())
            and self.level in ("", document.level)
            and (not self.topic or self.topic in document.topics)
            and (not self.force or (document.validity.state is ValidityState.IN_FORCE) == (self.force == "yes"))
            and self.form in ("", document.form)
        )


@dataclass(frozen=True, slots=True)
class Book:
    """A document on the shelf."""

    document: DocumentOut
    names: str
    """Its titles and its number, folded, as words are looked for in them."""
    rank: int = 0
    """Its place in its group by name, as pronounced."""
    is_one_of_several: bool = False
    """Another document has the same title: it takes the date to tell them apart."""


@dataclass(frozen=True, slots=True)
class Group:
    """Documents that are looked for together."""

    id: str
    name: str
    books: Sequence[Book]


def folded(text: str) -> str:
    """Return a text as it is compared: full-width letters made half-width, lower case."""
    return unicodedata.normalize("NFKC", text).casefold()


def book_of(document: DocumentOut, aliases: Collection[str] = ()) -> Book:
    """Return a document as it stands on the shelf."""
    names = (document.title, document.short_title or "", *aliases, document.number or "")
    return Book(document, folded(" ".join(filter(None, names))))


def grouped(books: Collection[Book], order: str = "name") -> list[Group]:
    """Return the books in groups: the district's plan first, guides last.

    Args:
        books: all of them.
        order: within a group ``name`` (as pronounced) or ``date`` (the latest first).
    """
    by_name: dict[str, list[Book]] = {}
    titles = Counter(book.document.title for book in books)
    for book in books:
        marked = replace(book, is_one_of_several=titles[book.document.title] > 1)
        by_name.setdefault(_group_of(book.document), []).append(marked)
    known = [_PLANS, *dict.fromkeys(_GROUPS.values())]
    own = sorted(set(by_name) - {*known, _INFORMATION, _GUIDES, _OTHERS})
    names = [name for name in (*known, *own, _OTHERS, _INFORMATION, _GUIDES) if name in by_name]
    return [Group(f"g{n}", name, _ordered(by_name[name], order)) for n, name in enumerate(names, 1)]


def _group_of(document: DocumentOut) -> str:
    if document.form is Form.GUIDE:
        return _GUIDES
    if document.kind == "情况说明":
        return _INFORMATION
    if document.kind in PERIOD_KINDS and document.form is Form.FULL_TEXT and document.level not in _GROUPS:
        return _PLANS
    return _GROUPS.get(document.level or "", document.level or _OTHERS)


def _ordered(books: Sequence[Book], order: str) -> list[Book]:
    by_name = sorted(books, key=lambda book: (lazy_pinyin(display_name(book.document)), book.document.id))
    named = [replace(book, rank=rank) for rank, book in enumerate(by_name)]
    if order == "date":
        return sorted(named, key=lambda book: str(_date_of(book.document) or ""), reverse=True)
    return named


def _date_of(document: DocumentOut) -> object:
    return document.effective or document.issued


def display_name(document: DocumentOut) -> str:
    """Return the title without the state's name, by which a document is looked for."""
    return document.title.removeprefix("中华人民共和国")

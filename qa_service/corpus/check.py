"""What must hold of a corpus, whoever adds to it: found by ``qa-service corpus check``, run by CI."""

import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from qa_service.corpus.library import Library
from qa_service.corpus.marker import Rank
from qa_service.corpus.models import Document, Form, Passage
from qa_service.corpus.outline import parse_outline
from qa_service.corpus.passages import passages_of
from qa_service.corpus.questions import questions_by_passage
from qa_service.corpus.readers import read_paragraphs
from qa_service.text.normal import normalise
from qa_service.text.quantities import Quantity, quantities

LONGEST_SHARED_RUN = 20
"""Characters that a note may share with its statute in a row, punctuation ignored; names and titles aside."""
FEWEST_QUESTIONS = 6
_UNIT_FREE = {"条", "项", "类", "种", "款", "份", "名", "期", "个"}
"""Units that notes count by themselves: 两类, 三种."""
_MEASURED = {"年", "月", "日", "周", "工作日", "小时", "元", "%", "倍", "岁", "人", "件"}
"""Units that are never a note's own counting: 一家, 两次 may be, 两年 may not."""
_NOT_A_LETTER = re.compile(r"[\W_]+")


@dataclass(frozen=True, slots=True)
class Fault:
    """Something in the corpus that must be mended."""

    document_id: str
    location: str
    text: str

    def __str__(self) -> str:
        """Return where and what, in Chinese."""
        return f"{self.document_id} {self.location}：{self.text}".replace(" ：", "：")


def check_library(library: Library, count: Callable[[str], int], statutes: Path | None = None) -> Iterator[Fault]:
    """Yield every fault of a corpus.

    Args:
        library: the corpus.
        count: the length of a text in jieba words.
        statutes: a folder of statute texts, ``<document id>.md``, that the notes are held against; None skips that.
    """
    passages: dict[str, Sequence[Passage]] = {d.id: passages_of(d, count) for d in library.documents.values()}
    by_passage, lost = questions_by_passage([p for group in passages.values() for p in group], library.questions)
    for question in lost:
        if library[question.document_id].form is not Form.NOTES:
            yield Fault(question.document_id, question.location, f"问法“{question.text}”找不到对应条款")
    for document in library.documents.values():
        yield from _metadata(document, library)
        if document.form is not Form.FULL_TEXT and not document.draft:
            for passage in passages[document.id]:
                if (found := len(by_passage.get(passage.id, ()))) < FEWEST_QUESTIONS:
                    yield Fault(document.id, passage.location, f"只有 {found} 条日常问法，至少要 {FEWEST_QUESTIONS} 条")
        statute = statutes / f"{document.id}.md" if statutes else None
        if statute and statute.is_file() and document.form is Form.NOTES:
            yield from _against_statute(document, passages[document.id], statute)


def _metadata(document: Document, library: Library) -> Iterator[Fault]:
    for name in ("kind", "level", "issuer", "topics"):
        if not getattr(document, name):
            yield Fault(document.id, "", f"元数据缺少 {name}")
    if document.form is Form.NOTES and document.effective is None:
        yield Fault(document.id, "", "元数据缺少 effective")
    for older in document.supersedes:
        if older not in library.documents:
            yield Fault(document.id, "", f"supersedes 所列 {older!r} 不在语料中")


def _against_statute(document: Document, passages: Sequence[Passage], statute: Path) -> Iterator[Fault]:
    articles = _articles(statute)
    for passage in passages:
        original = articles.get(passage.location)
        if original is None:
            yield Fault(document.id, passage.location, "法条中没有这一条")
            continue
        text = f"{passage.title} {passage.text}"
        unknown = {q for q in quantities(text) - quantities(original) if not _is_own_count(q)}
        if unknown:
            yield Fault(document.id, passage.location, f"数字不在法条原文中：{'、'.join(sorted(map(str, unknown)))}")
        if run := _shared_run(text, original):
            yield Fault(document.id, passage.location, f"与法条原文连续 {len(run)} 字相同：{run}")


def _is_own_count(quantity: Quantity) -> bool:
    """Whether a note may count so by itself, without a figure in the statute."""
    return quantity.unit in _UNIT_FREE or (quantity.value <= 2 and quantity.unit not in _MEASURED)


def _articles(statute: Path) -> Mapping[str, str]:
    body = statute.read_text("utf-8").split("---", 2)[-1]
    found: dict[str, str] = defaultdict(str)
    for _, node in parse_outline(read_paragraphs(body, markup="markdown")).root.walk():
        if node.rank is Rank.ARTICLE:
            found[node.label] = "\n".join(p.text for p in node.paragraphs)
    return found


def _shared_run(text: str, original: str) -> str:
    """Return the longest run of more than the allowed length that both hold, or an empty string."""
    ours, theirs = (_NOT_A_LETTER.sub("", normalise(t)) for t in (text, original))
    longest, start = "", 0
    for end in range(1, len(ours) + 1):
        while ours[start:end] not in theirs:
            start += 1
        longest = max(longest, ours[start:end], key=len)
    return longest if len(longest) > LONGEST_SHARED_RUN else ""

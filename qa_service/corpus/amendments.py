"""A notice that amends: which documents it changes, and how they read from that day on."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from datetime import date

from qa_service.corpus.consolidation import apply
from qa_service.corpus.instructions import Change, Quotations, read_instructions
from qa_service.corpus.models import Document, Form
from qa_service.corpus.readers import read_paragraphs
from qa_service.corpus.relations import EXPLAINS, NAMED, named_document
from qa_service.text.book_marks import in_book_marks

_ANNOUNCES = re.compile(
    r"[^。；\n《》]{0,40}(?:作(?:出)?(?:如下|以下|下列)修改|修改如下|予以修改|进行修改|部分修改|部分条款)"
)
_NAMED_PLACE = re.compile(r"(?:的|中的|中)?\s*(?:第[一二三四五六七八九十百零0-9]{1,7}条|附件)")
_AMENDS = re.compile(r"(?:修改|修订|调整)(?:[、和及与]|《[^《》]*》(?:[（(][^（）()]*[）)])?)*$")


@dataclass(frozen=True, slots=True)
class Amendment:
    """All that one notice does to one document."""

    notice: Document
    target_id: str
    changes: tuple[Change, ...]
    unread: tuple[str, ...]
    """Instructions that were not understood, as printed."""

    @property
    def since(self) -> date | None:
        """The day from which the changed text applies."""
        return self.notice.effective or self.notice.issued


@dataclass(frozen=True, slots=True)
class Consolidation:
    """A document as it reads from the day an amendment takes effect."""

    document: Document
    amendment: Amendment
    done: tuple[Change, ...]
    undone: tuple[str, ...]
    """What could not be merged: instructions not understood, and changes whose place or words are not in the text."""


def read_amendments(notice: Document, documents: Collection[Document]) -> tuple[Amendment, ...]:
    """Read what ``notice`` changes in which of ``documents``: one amendment each; none where it amends nothing there.

    An instruction belongs to the document that was announced last: 对《甲办法》作如下修改：…, or 将《乙办法》第三条….
    """
    if (
        notice.form is not Form.FULL_TEXT
        or notice.kind in EXPLAINS
        or notice.amended_by is not None
        or (notice.effective or notice.issued) is None
    ):
        return ()
    quotations = Quotations("\n".join(p.text for p in read_paragraphs(notice.body, markup=notice.markup)))
    changes: dict[str, list[Change]] = defaultdict(list)
    unread: dict[str, list[str]] = defaultdict(list)
    announced = set()
    for target, text, solemnly in _stretches(quotations.text, notice, documents):
        found, left = read_instructions(quotations, text)
        changes[target.id] += found
        unread[target.id] += left
        if solemnly:
            announced.add(target.id)
    return tuple(
        Amendment(notice, target_id, tuple(found), tuple(unread[target_id]))
        for target_id, found in changes.items()
        if found or (unread[target_id] and target_id in announced)
    )


def consolidate(document: Document, amendment: Amendment) -> Consolidation:
    """Return the document as it reads from the day the amendment takes effect.

    A change that does not fit the text is left out and named in ``note``. New articles are put in last: until then the
    numbers of the notice are those of the text it amends.
    """
    text, done, undone = document, list[Change](), list(amendment.unread)
    for change in sorted(amendment.changes, key=lambda c: c.adds == "条"):
        altered = apply(text, change)
        if altered is None:
            undone.append(str(change))
        else:
            text = altered
            done.append(change)
    since = amendment.since
    again = document.amended_by is not None and document.effective == since
    note = f"由本服务据{in_book_marks(amendment.notice.title)}合并：{_places(done)}；以官方发布的文本为准。"
    if undone:
        note += f"下列修改未能自动并入，请查看该通知：{'；'.join(undone)}。"
    merged = replace(
        text,
        id=f"{document.id.partition('@')[0]}@{since}",
        effective=since,
        supersedes=document.supersedes if again else (document.id,),
        amended_by=amendment.notice.id,
        note=f"{document.note}{note}" if document.amended_by and document.note else note,
    )
    return Consolidation(merged, amendment, tuple(done), tuple(undone))


def consolidations(documents: Collection[Document]) -> Iterator[Consolidation]:
    """Yield every document that others amend as it reads after each of them, one built on the other."""
    latest = {d.id: d for d in documents}
    amendments = [a for d in documents for a in read_amendments(d, documents)]
    for amendment in sorted(amendments, key=lambda a: (str(a.since), str(a.notice.issued), a.notice.id)):
        consolidation = consolidate(latest[amendment.target_id], amendment)
        latest[amendment.target_id] = consolidation.document
        yield consolidation


def _places(done: Collection[Change]) -> str:
    names = "、".join(dict.fromkeys(f"{'增加' if c.adds else ''}{c.place.label}" for c in done))
    return f"{names}有修改" if names else "没有能够并入的修改"


def _stretches(text: str, notice: Document, documents: Collection[Document]) -> Iterator[tuple[Document, str, bool]]:
    """Yield each announced document with the text up to the next one, and whether it was announced as amended."""
    starts: list[tuple[int, Document | None, bool]] = []
    for match in NAMED.finditer(text):
        solemnly = bool(_ANNOUNCES.match(text, match.end()) or _AMENDS.search(text, 0, match.start()))
        if solemnly or _NAMED_PLACE.match(text, match.end()):
            starts.append((match.end(), _target(match["title"], match["number"], notice, documents), solemnly))
    ends = [start for start, *_ in starts[1:]] + [len(text)]
    for (start, target, solemnly), end in zip(starts, ends, strict=False):
        if target is not None:
            yield target, text[start:end], solemnly


def _target(title: str, number: str | None, notice: Document, documents: Collection[Document]) -> Document | None:
    begins = notice.effective or notice.issued
    versions = [
        d
        for d in named_document(title, number, documents)
        if d.form is Form.FULL_TEXT
        and d.id != notice.id
        and d.amended_by is None
        and (not d.effective or not begins or d.effective <= begins)
    ]
    return max(versions, key=lambda d: str(d.effective or d.issued or ""), default=None)

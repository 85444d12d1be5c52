"""What documents say of one another: which version follows which, and what a paper repeals."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from datetime import date

from qa_service.corpus.identity import bare_title
from qa_service.corpus.marker import Rank, read_marker
from qa_service.corpus.models import Document, Form, Successor
from qa_service.corpus.papers.front import NUMBER
from qa_service.corpus.readers import Paragraph, read_paragraphs
from qa_service.text.dates import dates_in
from qa_service.text.letters import letters_of

EXPLAINS = frozenset({"政策解读"})
"""Kinds of paper that report what others do: they change and repeal nothing themselves."""
NAMED = re.compile(
    r"《(?P<title>(?:[^《》]|《[^《》]*》)+)》"
    r"(?:\s*[（(](?P<number>[^（）()]*?[〔\[（(［【][0-9]{4}[〕\]）)］】][^（）()]*?号|[^（）()]*?(?:令|公告)[^（）()]*?第[^（）()]+?号)[^（）()]*[）)])?"
)
"""A document as others name it: 《title》（number）."""
_REPEAL = re.compile(r"废止|停止执行|停止施行|停止实施|不再执行|不再施行|失效")
_NOT_REPEALED = re.compile(r"(?:未|不予|尚未|是否|另行|不)(?:被)?$")
_QUOTED = re.compile(r"“[^”]*”")
_SENTENCE = re.compile(r"[^。；]+[。；]?")
_GROUND = re.compile(r"根据|依据|依照|按照|按|为贯彻|为落实|为实施|见|经")
_LIST_TITLE = re.compile(r"(?:废止|失效|停止执行).*(?:目录|清单|文件)|(?:目录|清单).*(?:废止|失效)")
_FROM = re.compile(r"自(?P<day>[^，。；自]{8,14}?日)起")


def successors_of(documents: Collection[Document]) -> Mapping[str, tuple[Successor, ...]]:
    """Return, by document id, what takes a document's place or ends it.

    From three sources: ``supersedes`` in the metadata, a later text of the same title, and what full texts say that
    they repeal.
    """
    found: dict[str, dict[str, Successor]] = defaultdict(dict)
    for document in documents:
        for older_id in document.supersedes:
            found[older_id][document.id] = Successor(document)
    for older, newer in _versions(documents):
        found[older.id].setdefault(newer.id, Successor(newer))
    for document in documents:
        for older, since in _repealed(document, documents):
            if not any(s.document.title == older.title for s in found[older.id].values() if not s.document.amended_by):
                found[older.id].setdefault(document.id, Successor(document, repeals=True, since=since))
    return {key: tuple(value.values()) for key, value in found.items() if value}


def named_document(title: str, number: str | None, documents: Collection[Document]) -> tuple[Document, ...]:
    """Return the documents that a text means by 《title》（number）; several where there are several versions."""
    if number and (by_number := _numbered(number, documents)):
        return by_number
    bare = bare_title(title)
    return tuple(
        d
        for d in documents
        if bare in {bare_title(name) for name in (d.title, d.short_title or "", *d.aliases) if name}
    )


def _numbered(number: str, documents: Collection[Document]) -> tuple[Document, ...]:
    wanted = letters_of(number)
    return tuple(d for d in documents if d.number and letters_of(d.number) == wanted)


def _versions(documents: Collection[Document]) -> Iterator[tuple[Document, Document]]:
    by_title = defaultdict(list)
    for document in documents:
        if document.effective:
            by_title[bare_title(document.title)].append((document.effective, document))
    for versions in by_title.values():
        for since, older in versions:
            yield from ((older, newer) for later, newer in versions if later > since)


def _repealed(document: Document, documents: Collection[Document]) -> Iterator[tuple[Document, date | None]]:
    """Yield the documents that a full text says it ends, with the day where it names one for them."""
    begins = document.effective or document.issued
    if document.form is not Form.FULL_TEXT or begins is None or document.kind in EXPLAINS or document.amended_by:
        return
    for text, since in _repealing(read_paragraphs(document.body, markup=document.markup)):
        for older in _named_in(text, documents):
            age = older.effective or older.issued
            if older.id != document.id and (age is None or age < (since or begins)):
                yield older, since


def _repealing(paragraphs: Collection[Paragraph]) -> Iterator[tuple[str, date | None]]:
    """Yield the stretches of text that name what ends: before or behind the verb, in a list under it, in an attachment."""
    listing: tuple[bool, date | None] = (False, None)
    attached = False
    for paragraph in paragraphs:
        text = _QUOTED.sub("", paragraph.text)
        if paragraph.heading_rank:
            attached = bool(_LIST_TITLE.search(text))
            listing = (False, None)
        elif attached or (listing[0] and _is_listed(text)):
            yield text, listing[1]
        else:
            listing = (False, None)
            for sentence in _SENTENCE.findall(text):
                if (verb := _verb(sentence)) is None:
                    continue
                since = next(dates_in(day["day"]), None) if (day := _FROM.search(sentence)) else None
                if sentence.rstrip().endswith(("：", ":")):
                    listing = (True, since)
                yield from ((part, since) for part in _around(sentence, verb))


def _verb(sentence: str) -> re.Match[str] | None:
    found = (m for m in _REPEAL.finditer(sentence) if not _NOT_REPEALED.search(sentence, 0, m.start()))
    return next(found, None)


def _around(sentence: str, verb: re.Match[str]) -> Iterator[str]:
    """Yield what a sentence ends: 废止《甲》《乙》, or 《甲》、《乙》同时废止; what it is grounded on is not meant."""
    behind = sentence[verb.end() :]
    if re.match(r"\s*(?:下列文件|以下文件)?[：:]?\s*(?:原)?(?:《|[\u4e00-\u9fff]{2,14}[〔\[])", behind):
        yield behind
        return
    before = sentence[: verb.start()]
    clauses = re.split(r"[，,](?![^（(]*[）)])", before)
    kept: list[str] = []
    for clause in reversed(clauses):
        ground = _GROUND.match(re.sub(r"^[一二三四五六七八九十0-9（）()、.．\s]+", "", clause))
        if ground:
            break
        kept.append(clause)
    yield "，".join(reversed(kept))


def _is_listed(text: str) -> bool:
    marker = read_marker(text)
    return text.startswith(("《", "原《")) or bool(
        marker and marker.rank in (Rank.FIRST, Rank.SECOND, Rank.THIRD, Rank.ROW)
    )


def _named_in(text: str, documents: Collection[Document]) -> Iterator[Document]:
    """Yield the documents that ``text`` names, by title or by a number alone."""
    for match in NAMED.finditer(text):
        yield from named_document(match["title"], match["number"], documents)
    for match in NUMBER.finditer(NAMED.sub("", text)):
        found = match.group()
        yield from next((by for at in range(len(found)) if (by := _numbered(found[at:], documents))), ())

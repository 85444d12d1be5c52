"""A document found by what it is called, and a clause in it by how it is cited."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches
from itertools import takewhile

from qa_service.corpus.library import Library
from qa_service.corpus.models import Document, Form, Passage, ValidityState
from qa_service.corpus.validity import COMPILED_KINDS
from qa_service.errors import NotFoundError, QuestionError
from qa_service.search.clause import ClauseReference, names_of, read_clauses, resolve
from qa_service.text.book_marks import in_book_marks
from qa_service.text.normal import normalise
from qa_service.text.numerals import NUMERAL, parse_numeral

_STATE = "中华人民共和国"
_MARKS_AND_SPACES = re.compile(r"[\s《》〈〉]+")
_SHORTEST_CONTAINED = 3
"""Characters of a name that is told within other words."""
_NEAR = 5
_NEAR_ENOUGH = 0.4
_MOST_LISTED = 12
_MOST_PASSAGES = 30
"""What is asked for as one clause: the longest section of the plan has 21 passages, the whole plan 46."""
_COUNTED_ON = re.compile(rf"[{NUMERAL[1:-1]}0-9之]")
"""What makes a number another number: 第六 is not the head of 第六十五条."""
_SHORTEST_HEADING = 2
_ARTICLE_NUMBER = re.compile(rf"({NUMERAL}+|[0-9]+)条")


@dataclass(frozen=True, slots=True)
class Clause:
    """A clause as it is cited: the passages it stands in, one after the other, and what is next to them."""

    document: Document
    passages: tuple[Passage, ...]
    previous: Passage | None
    next: Passage | None

    @property
    def text(self) -> str:
        """The source's own text; of several passages, with the heading of each."""
        body, first = self.document.body, self.passages[0]
        start = first.start
        for heading in reversed(first.heading_path[len(self.heading_path) :]):
            before = body[:start].rstrip()
            if not before.endswith(heading):
                break
            start = len(before) - len(heading)
        return body[start : self.passages[-1].end]

    @property
    def location(self) -> str:
        """Where it stands; of a section, from which passage to which."""
        first, last = self.passages[0], self.passages[-1]
        return first.titled_location if first.location == last.location else f"{first.location}至{last.location}"

    @property
    def heading_path(self) -> tuple[str, ...]:
        """The headings above all of it, outermost first."""
        first, *others = (passage.heading_path for passage in self.passages)
        shared = takewhile(lambda n: all(path[:n] == first[:n] for path in others), range(1, len(first) + 1))
        return first[: max(shared, default=0)]


def find_document(library: Library, called: str, day: date) -> Document:
    """Return the document of this id, title, short title or alias, be it with other words around it.

    Args:
        library: where to look.
        called: as a person writes it, with or without book marks and 中华人民共和国.
        day: of several versions so called, the one in force on this day is meant.

    Raises:
        NotFoundError: none is so called; the message names what is near.
        QuestionError: several are; the message names them.
    """
    if document := library.documents.get(called.strip()):
        return document
    wanted = _bare(called)
    names = [(name, document) for document in library.documents.values() for name in _names(document)]
    found = _meant([d for name, d in names if name == wanted], library, day)
    if not found and len(wanted) >= _SHORTEST_CONTAINED:
        within = [(name, d) for name, d in names if len(name) >= _SHORTEST_CONTAINED and name in wanted]
        longest = max((len(name) for name, _ in within), default=0)
        around = [d for name, d in names if wanted in name]
        found = _meant([d for name, d in within if len(name) == longest] or around, library, day)
    if len(found) == 1:
        return found[0]
    if found:
        raise QuestionError(f"“{called}”可能指：{_listed(found)}。请写全名称或编号。")
    near = get_close_matches(wanted, [name for name, _ in names], _NEAR, _NEAR_ENOUGH)
    nearest = dict.fromkeys(d.id for close in near for name, d in names if name == close)
    hint = f"名称相近的有：{_listed([library[i] for i in nearest])}。" if nearest else "也没有名称相近的。"
    raise NotFoundError(f"没有收录名为“{called}”的文件。{hint}请在文件列表中核对名称或编号。")


def find_clause(document: Document, passages: Sequence[Passage], cited: str) -> Clause:
    """Return the clause that stands at a place of a document.

    Args:
        document: the document.
        passages: all its passages, in reading order.
        cited: a passage's id or key, or a place as a person writes it: 第六十五条, 65条, 三（二）2, 4.3.4, or a heading.
            What names a 款 or 项 gets its whole article.

    Raises:
        NotFoundError: there is no such place; the message says what places there are.
        QuestionError: the place is too large to be one clause, or it is several places.
    """
    there = {passage.id for passage in _standing_at(passages, cited)}
    at = [index for index, passage in enumerate(passages) if passage.id in there]
    name = in_book_marks(document.title)
    if not at:
        raise NotFoundError(f"{name}没有“{cited}”。{_places(document, passages, cited)}")
    if at[-1] - at[0] >= len(at):
        places = list(dict.fromkeys(passages[index].titled_location for index in at))
        more = "等" if len(places) > _MOST_LISTED else ""
        raise QuestionError(f"{name}里“{cited}”不止一处：{'、'.join(places[:_MOST_LISTED])}{more}。请一次指定一处。")
    if len(at) > _MOST_PASSAGES:
        raise QuestionError(
            f"{name}的“{cited}”共有 {len(at)} 条，一次最多取 {_MOST_PASSAGES} 条。"
            f"请指定到条，如“{passages[at[0]].location}”。"
        )
    return Clause(
        document,
        tuple(passages[at[0] : at[-1] + 1]),
        passages[at[0] - 1] if at[0] else None,
        passages[at[-1] + 1] if at[-1] + 1 < len(passages) else None,
    )


def _bare(name: str) -> str:
    return _MARKS_AND_SPACES.sub("", normalise(name)).removeprefix(_STATE)


def _names(document: Document) -> set[str]:
    spoken = (document.id, document.title, document.short_title or "", *document.aliases, *names_of(document))
    return {_bare(name) for name in spoken} - {""}


def _meant(found: Sequence[Document], library: Library, day: date) -> list[Document]:
    """Keep, of several documents of one name, the text itself before what we wrote about it, and what is in force."""
    documents = list({document.id: document for document in found}.values())
    for keeps in (
        lambda d: d.kind not in COMPILED_KINDS,
        lambda d: library.validity(d.id, day).state is ValidityState.IN_FORCE,
    ):
        documents = list(filter(keeps, documents)) or documents
    return documents


def _listed(documents: Sequence[Document]) -> str:
    more = "等" if len(documents) > _NEAR else ""
    return "、".join(f"{in_book_marks(d.title)}（编号 {d.id}）" for d in documents[:_NEAR]) + more


def _standing_at(passages: Sequence[Passage], cited: str) -> Sequence[Passage]:
    """Return the passages at a place, by the first way of reading it that some passage answers to."""
    wanted = _bare(cited)
    for found in _ways(passages, cited.strip(), wanted):
        if found:
            return found
    return ()


def _ways(passages: Sequence[Passage], cited: str, wanted: str) -> Iterator[Sequence[Passage]]:
    if not wanted:
        return
    yield [p for p in passages if cited in (p.id, p.key, p.key.partition("~")[0])]
    exact = {p.location for p in passages if wanted in (_bare(p.location), _bare(p.titled_location))}
    yield [p for p in passages if p.location in exact or any(_below(place, p) for place in exact)]
    # A number alone is an article, or a place in the plan: 65条, 4.3.4, 六十五.
    for written in (cited, f"本法{cited}", f"规划{cited}", f"第{cited}条"):
        clauses = resolve(read_clauses(written), passages)
        yield [p for p in passages if any(clause.names(p) for clause in clauses)]
    section = ClauseReference(f"{cited.rstrip('、')}、", cited)
    yield [p for p in passages if section.names(p)]
    yield [p for p in passages if (place := _bare(p.location)).startswith(wanted) and _ends(place, len(wanted))]
    headings = [(p, [_bare(heading) for heading in p.heading_path[1:]]) for p in passages]
    yield [p for p, above in headings if wanted in above]
    if len(wanted) >= _SHORTEST_HEADING:
        yield [p for p, above in headings if any(wanted in heading for heading in above)]


def _below(place: str, passage: Passage) -> bool:
    """Whether a passage stands below a place that is a passage itself: 四、（三）1 below 四、（三）."""
    rest = passage.location.removeprefix(place) if passage.location.startswith(place) else ""
    return bool(rest) and ((place.endswith("）") and rest[0].isdigit()) or (place.endswith("、") and rest[0] == "（"))


def _ends(place: str, length: int) -> bool:
    return not _COUNTED_ON.match(place, length)


def _places(document: Document, passages: Sequence[Passage], cited: str) -> str:
    """Say what places a document has, those near first."""
    places = list(dict.fromkeys(passage.location for passage in passages))
    if len(places) <= _MOST_LISTED:
        return f"这份文件收录的有：{'、'.join(places)}。"
    near = _near(places, cited)
    hint = f"相近的有：{'、'.join(near)}。" if near else ""
    selected = "收录的是要点，不一定逐条都有；" if document.form is Form.NOTES else ""
    return f"{selected}所收录的共 {len(places)} 处，从“{places[0]}”到“{places[-1]}”。{hint}"


def _near(places: Sequence[str], cited: str) -> list[str]:
    """Return the places nearest to one that is not there: of an article by its number, else by its wording."""
    wanted = _article(cited)
    numbered = {place: number for place in places if (number := _article(place))}
    if wanted and numbered:
        nearest = sorted(numbered, key=lambda place: abs(numbered[place] - wanted))[:_NEAR]
        return [place for place in places if place in nearest]
    return get_close_matches(_bare(cited), places, _NEAR, _NEAR_ENOUGH)


def _article(place: str) -> int | None:
    match = _ARTICLE_NUMBER.search(_bare(place))
    return parse_numeral(match[1]) if match else None

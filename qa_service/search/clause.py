"""References to a place in a document: 专利法65条, 规划三（二）第4点, 第四部分第三节, 规划4.3.4."""

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice, takewhile

from qa_service.corpus.models import Document, Passage
from qa_service.corpus.validity import COMPILED_KINDS
from qa_service.text.normal import normalise
from qa_service.text.numerals import NUMERAL, format_numeral, parse_numeral
from qa_service.text.phrases import Phrases

_LARGEST_ARTICLE = 1500
"""The Civil Code, the longest of all, has 1,260."""
_LARGEST_LEVEL = 30
_N = f"(?:{NUMERAL}{{1,7}}|[0-9]{{1,4}})"
_ONE = f"(?:{NUMERAL}{{1,3}}|[0-9]{{1,2}})"
_COUNTS = "年|月|家|件|个|亿|万|人|名|次|倍|成|类|种|%"
_AND = "[、,和及与或至到~—–-]{1,2}"
_ARTICLE = re.compile(
    rf"(?:第|(?<=[法例则定释典])|(?<=[法例则定释典]》))(?P<article>{_N})(?P<more>(?:条?\s?{_AND}\s?第?{_N})*)条(?:之(?P<sub>{NUMERAL}))?"
    rf"(?P<paragraphs>(?:(?:{_AND}|[的里中])?第?{_ONE}款)*)(?:[的里中]?(?:第?(?P<item>{_ONE})项|第?[(](?P<bracketed>{_ONE})[)]项?))?"
)
"""Without 第 only right after the name of a law: 专利法65条 is a reference, 12条产业链 and 一条龙 are not."""
_MORE = re.compile(rf"(?P<to>[至到~—–-])?[\s第]*(?P<number>{_N})(?=\D|$)")
_PARAGRAPH = re.compile(rf"({_ONE})款")
_LONGEST_RANGE = 20
"""Articles: who names more of them names a chapter."""

_STATE = "中华人民共和国"
_ISSUING_PLACE = re.compile(r"^(?:江苏省|南通市|海门区|海门市|人民政府|办公室)+")
"""What people leave out before the name of a local measure."""
_SHORTEST_NAME = 2
_SHORTEST_FAMILY = 3
_LAW_BEFORE_CLAUSE = re.compile(
    rf"(?P<law>[\u4e00-\u9fff]{{2,30}}?(?:法|条例|细则|解释|规定|办法|规则)(?:[(][^()]{{1,12}}[)])?)》?[的里中]?第?{_N}(?:条?{_AND}第?{_N})*条"
)
_VAGUE_LAW = re.compile(
    r".{0,6}(?:本|该|这个?|那个?|此|新|旧|有关|相关|规划|法律|做|方|办|用|看|说)(?:法|条例|细则|解释|规定|办法|规则)"
)
"""该法第三条, 新办法第五条: no name."""
_KIND_BEFORE_CLAUSE = re.compile(
    rf"(?:^|[^\u4e00-\u9fff]|[问按照据查看])(?P<kind>实施细则|细则|实施条例|条例)[的里中]?第?{_N}条"
)
"""细则五十六条: a kind of document for its name."""
_SEPARATOR = r"[\s,，、的里中下]{0,2}"
_SECOND = rf"(?:[(](?P<second_bracketed>{_ONE})[)]|第(?P<second_ordinal>{_ONE})(?:小?节|部分|大?点|条|项|款|小点))"
_THIRD = (
    rf"(?:第(?P<third_ordinal>{_ONE})(?:小?点|条|项|款|段|目)|[(](?P<third_bracketed>{_ONE})[)]"
    rf"|[-.、]?(?P<third_plain>[0-9]{{1,2}})(?![0-9]|{_COUNTS})(?:点|条|项|款)?)"
)
_SPOKEN = re.compile(
    rf"第(?P<first>{_ONE})(?:大?部分|编|章|大点|大项|大块)(?:{_SEPARATOR}{_SECOND}(?:{_SEPARATOR}{_THIRD})?)?"
)
_WRITTEN = re.compile(
    rf"(?<![{NUMERAL[1:-1]}0-9第之])(?P<first>{NUMERAL}{{1,2}})[、,.]?\s*{_SECOND}(?:{_SEPARATOR}{_THIRD})?"
)
_DOTTED = re.compile(
    rf"(?<![0-9.])(?:(?<=规划)|(?<=文件)|(?<=方案)|(?={_ONE}[.-]{_ONE}[.-]))"
    rf"(?P<first>{_ONE})[.-](?P<second_plain>{_ONE})(?:[.-](?P<third_plain>{_ONE}))?(?![0-9.]|{_COUNTS})"
)
"""Two numbers only right after the document's name: 3.15 is a day."""


@dataclass(frozen=True, slots=True)
class ClauseReference:
    """A place in some document, written as ``Passage.location`` writes it."""

    location: str
    text: str
    """As it stands in the question."""
    levels: int = 1
    """How many levels of headings it names; an article is one."""
    paragraph: int | None = None
    item: int | None = None
    """The 款 and the 项 of the article that are asked for."""

    def names(self, passage: Passage) -> bool:
        """Whether the passage stands at this place or below it: 四、（三） names 四、（三）4 as well."""
        if not passage.location.startswith(self.location):
            return False
        rest = passage.location[len(self.location) :]
        return not rest or not (rest[0] == "之" or (rest[0].isdigit() and self.location[-1].isdigit()))


def read_clauses(question: str) -> tuple[ClauseReference, ...]:
    """Return the clauses a question names, in the order it names them."""
    return tuple(dict.fromkeys(_read(normalise(question))))


def resolve(clauses: Sequence[ClauseReference], passages: Sequence[Passage]) -> tuple[ClauseReference, ...]:
    """Keep the references that some passage answers to.

    Where items have titles and no numbers (the —— paragraphs), 第二点 is the second of them.
    """
    resolved = []
    for clause in clauses:
        if any(clause.names(passage) for passage in passages):
            resolved.append(clause)
        elif clause.levels == 3:
            section, _, ordinal = clause.location.rpartition("）")
            items = [p for p in passages if p.location.startswith(f"{section}）") and p.part == 1]
            if ordinal.isdigit() and 0 < int(ordinal) <= len(items):
                resolved.append(ClauseReference(items[int(ordinal) - 1].location, clause.text, clause.levels))
    return tuple(resolved)


def _read(normal: str) -> Iterator[ClauseReference]:
    rest = normal
    for pattern in (_SPOKEN, _WRITTEN, _DOTTED):
        for match in pattern.finditer(rest):
            if clause := _path(match):
                yield clause
                rest = rest.replace(match.group(), "\n")  # its 第3条 is not an article
    for match in _ARTICLE.finditer(rest):
        yield from _articles(match)


def _articles(match: re.Match[str]) -> Iterator[ClauseReference]:
    """Read 第十条, 第65、66条, 第十条至第十二条, 第六十三条第一款和第三款, 第十条之一第二项."""
    numbers = [parse_numeral(match["article"]) or 0]
    for more in _MORE.finditer(match["more"]):
        number = parse_numeral(more["number"]) or 0
        start = numbers[-1] + 1 if more["to"] and number - numbers[-1] <= _LONGEST_RANGE else number
        numbers.extend(range(start, number + 1))
    item = parse_numeral(match["item"] or match["bracketed"] or "")
    paragraphs = [parse_numeral(text) for text in _PARAGRAPH.findall(match["paragraphs"])] or [None]
    for number in dict.fromkeys(n for n in numbers if 0 < n <= _LARGEST_ARTICLE):
        last = number == numbers[-1]
        location = f"第{format_numeral(number)}条" + (f"之{match['sub']}" if match["sub"] and last else "")
        for paragraph in paragraphs if last else (None,):
            yield ClauseReference(location, match.group(), 1, paragraph, item if last else None)


def _path(match: re.Match[str]) -> ClauseReference | None:
    """Read up to three numbers, whatever they are written with, as 四、（三）4."""
    groups = match.groupdict()
    numbers = [
        next((parse_numeral(text) for name, text in groups.items() if name.startswith(level) and text), None)
        for level in ("first", "second", "third")
    ]
    if numbers[0] is None or any(n is not None and not 0 < n <= _LARGEST_LEVEL for n in numbers):
        return None
    location, levels = f"{format_numeral(numbers[0])}、", 1
    if numbers[1]:
        location, levels = f"{location}（{format_numeral(numbers[1])}）", 2
    if numbers[2]:
        location, levels = f"{location}{numbers[2]}", 3
    return ClauseReference(location, match.group(), levels)


def names_of(document: Document) -> Iterator[str]:
    """Yield what a document is called, in normal form, with and without the state's or the issuing place's name.

    What this service put together itself is called after its matter, and who says 版权登记 asks of the matter: it is
    meant only where its title stands in book marks.
    """
    if document.kind in COMPILED_KINDS:
        yield normalise(f"《{document.title}》")
        return
    for name in (document.title, document.short_title, *document.aliases):
        if name:
            plain = normalise(name).removeprefix(_STATE)
            yield from (said for said in (plain, _ISSUING_PLACE.sub("", plain)) if len(said) >= _SHORTEST_NAME)


class DocumentNames:
    """What the documents of a corpus are called: by title, short title and alias, in normal form."""

    def __init__(self, documents: Iterable[Document]) -> None:
        called: dict[str, set[str]] = {}
        for document in documents:
            for name in names_of(document):
                called.setdefault(name, set()).add(document.id)
        self._called = {name: frozenset(called[name]) for name in sorted(called)}
        self._names = tuple(self._called)
        self._phrases = Phrases(called)

    def in_question(self, question: str) -> tuple[frozenset[str], ...]:
        """Return, for each document name that stands in the question, the ids of the documents so called.

        Versions of one law share its name. A name inside a longer one that is also there does not count: 专利法 in
        专利法实施细则.
        """
        # 违反法律 does not speak of 反法.
        normal = normalise(question).replace("违反", "\n")
        return tuple(self._called[name] for name in self._phrases.standing_in(normal))

    def of_kind_in(self, question: str) -> frozenset[str]:
        """Return the one document that is told by its kind alone, as 细则 in 细则五十六条; none where several are."""
        match = _KIND_BEFORE_CLAUSE.search(normalise(question))
        ids = {i for name, ids in self._called.items() if match and name.endswith(match["kind"]) for i in ids}
        return frozenset(ids if len(ids) == 1 else ())

    def family_of(self, ids: Iterable[str]) -> frozenset[str]:
        """Return the documents that carry the name of one of ``ids`` at the head of their own.

        Who speaks of 专利法 may mean what stands in 专利法实施细则.
        """
        wanted = set(ids)
        heads = [name for name, named in self._called.items() if named & wanted and len(name) >= _SHORTEST_FAMILY]
        return frozenset(
            member for head in heads for name in self._headed_by(head) for member in self._called[name] - wanted
        )

    def _headed_by(self, head: str) -> Iterator[str]:
        """Yield the longer names that begin with ``head``: in order, they follow it."""
        first = bisect_right(self._names, head)
        return takewhile(lambda name: name.startswith(head), islice(self._names, first, None))

    def unknown_in(self, question: str) -> str | None:
        """Return the law that a question names right before a clause and that is none of the documents, if any."""
        for match in _LAW_BEFORE_CLAUSE.finditer(normalise(question)):
            law = match["law"].removeprefix(_STATE)
            if not any(law.endswith(name) for name in self._called) and not _VAGUE_LAW.fullmatch(law):
                return law
        return None

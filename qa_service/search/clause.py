"""References to a clause in a question: 专利法65条, 第六十三条第三款, 规划三（二）第4点."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from qa_service.corpus.models import Document, Passage
from qa_service.text.normal import normalise
from qa_service.text.numerals import NUMERAL, format_numeral, parse_numeral

_LARGEST_ARTICLE = 1500
"""The Civil Code, the longest of all, has 1,260."""
_N = f"(?:{NUMERAL}{{1,7}}|[0-9]{{1,4}})"
_ARTICLE = re.compile(rf"(?:第|(?<=[法例则定释])|(?<=[法例则定释]》))(?P<article>{_N})条(?:之(?P<sub>{NUMERAL}))?")
"""Without 第 only right after the name of a law: 专利法65条 is a reference, 12条产业链 and 一条龙 are not."""
_PLAN = re.compile(
    rf"(?:第(?P<part>{_N})(?:部分|大点|大项)|(?<![{NUMERAL[1:-1]}0-9第])(?P<first>{NUMERAL}{{1,2}})[、,.]?)"
    rf"\s*[(](?P<second>{_N})[)]"
    rf"\s*(?:第?(?P<third>{_N})(?![0-9]|年|月|家|件|个|亿|万)(?:点|项|条|款|小点)?|[(](?P<bracketed>[0-9]{{1,2}})[)])?"
)


@dataclass(frozen=True, slots=True)
class ClauseReference:
    """A place in some document, written as ``Passage.location`` writes it."""

    location: str
    text: str
    """As it stands in the question."""

    def names(self, passage: Passage) -> bool:
        """Whether the passage stands at this place or below it: 四、（三） names 四、（三）4 as well."""
        if not passage.location.startswith(self.location):
            return False
        rest = passage.location[len(self.location) :]
        return not rest or not (rest[0].isdigit() and self.location[-1].isdigit())


def read_clauses(question: str) -> tuple[ClauseReference, ...]:
    """Return the clauses a question names, in the order it names them."""
    return tuple(dict.fromkeys(_read(normalise(question))))


def _read(normal: str) -> Iterator[ClauseReference]:
    rest = normal
    for match in _PLAN.finditer(normal):
        first, second = (parse_numeral(match["part"] or match["first"]), parse_numeral(match["second"]))
        if first is None or second is None or max(first, second) > _LARGEST_ARTICLE:
            continue
        third = parse_numeral(match["third"] or match["bracketed"] or "")
        yield ClauseReference(f"{format_numeral(first)}、（{format_numeral(second)}）{third or ''}", match.group())
        rest = rest.replace(match.group(), "\n")  # its 第3条 is not an article
    for match in _ARTICLE.finditer(rest):
        number = parse_numeral(match["article"])
        if number and number <= _LARGEST_ARTICLE:
            sub = f"之{match['sub']}" if match["sub"] else ""
            yield ClauseReference(f"第{format_numeral(number)}条{sub}", match.group())


def named_documents(question: str, documents: Sequence[Document]) -> frozenset[str]:
    """Return the ids of the documents whose title, short title or alias stands in the question.

    A name inside a longer one that is also there does not count: 专利法 in 专利法实施细则.
    """
    normal = normalise(question)
    names = sorted(
        ((normalise(name), d.id) for d in documents for name in (d.title, d.short_title, *d.aliases) if name),
        key=lambda pair: -len(pair[0]),
    )
    found = set()
    for name, document_id in names:
        if name in normal:
            found.add(document_id)
            normal = normal.replace(name, "\n")
    return frozenset(found)

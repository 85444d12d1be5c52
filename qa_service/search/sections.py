"""Sections called by what their heading says: 基本原则有哪几条, 定量指标第4条."""

import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass

from qa_service.corpus.models import Passage
from qa_service.search.clause import ClauseReference
from qa_service.text.normal import normalise
from qa_service.text.numerals import NUMERAL, format_numeral, parse_numeral

_NUMBERED = re.compile(rf"(?:(?P<part>{NUMERAL}{{1,3}})、|\((?P<section>{NUMERAL}{{1,3}})\))(?P<name>.+)")
_LEFT_OUT = "主要"
"""What people leave out before a heading: 定量指标 for 主要定量指标."""
_SHORTEST = 4
"""Characters of a heading that is told from other words."""
_ONE = f"(?:{NUMERAL}{{1,3}}|[0-9]{{1,2}})"
_OF_THEM = "(?:大?[条项点款个块方面类]+)"
_WHOLE = re.compile(
    rf"[\W_]|{_ONE}{_OF_THEM}|{_OF_THEM}|规划|海门区?|南通市?|十四五|知识产权|发展|请问|请|列出?|一下|分别|都|一共|总共|包括|包含|提出"
    r"|确定|明确|规定|定|要求|里面|里|中|了|哪些|哪|几|多少|什么|啥|怎么|如何|有|是|的|讲|说|写|这|那|份|本|文件|内容|具体|呢|吗|给我|我想|知道|看看|看"
)
"""What may stand beside the heading where nothing but the section is asked for."""


@dataclass(frozen=True, slots=True)
class Section:
    """A section of a document, and where it stands."""

    document_id: str
    location: str
    levels: int


class Sections:
    """The numbered sections (一、 and （一）) of a corpus by what their headings say, in normal form."""

    def __init__(self, passages: Iterable[Passage]) -> None:
        called: dict[str, dict[Section, None]] = {}
        for passage in passages:
            for name, section in _sections_of(passage):
                called.setdefault(name, {})[section] = None
                called.setdefault(name.removeprefix(_LEFT_OUT), {})[section] = None
        self._called = {
            name: tuple(called[name]) for name in sorted(called, key=len, reverse=True) if len(name) >= _SHORTEST
        }

    def referred_to(self, normal: str, documents: Collection[str]) -> tuple[Section, ClauseReference] | None:
        """Return the section, or the item of one, that a question asks for by its heading, and the reference to it.

        Args:
            normal: the question in normal form.
            documents: ids of the documents it names; where it names none, the heading has to be of one section alone.

        Returns:
            None where no heading is named, or one beside other matter and without the number of an item.
        """
        for name, sections in self._called.items():
            if name not in normal:
                continue
            own = [s for s in sections if not documents or s.document_id in documents]
            if len(own) == 1 and (reference := _reference(normal, name, own[0])):
                return own[0], reference
        return None


def _sections_of(passage: Passage) -> Iterator[tuple[str, Section]]:
    location = ""
    for heading in passage.heading_path:
        match = _NUMBERED.fullmatch(normalise(heading))
        if match and match["part"]:
            location = f"{match['part']}、"
        elif match and location:
            location = f"{location.partition('、')[0]}、（{match['section']}）"
        if match and location and passage.location.startswith(location):
            yield match["name"].strip(), Section(passage.document_id, location, 1 if match["part"] else 2)


def _reference(normal: str, name: str, section: Section) -> ClauseReference | None:
    item = re.search(rf"第({_ONE}){_OF_THEM}?{name}|{name}[的里中]?第({_ONE}){_OF_THEM}?", normal)
    number = parse_numeral(item[1] or item[2]) if item else None
    if item and number:
        below = f"（{format_numeral(number)}）" if section.levels == 1 else f"{number}"
        return ClauseReference(f"{section.location}{below}", item.group(), section.levels + 1)
    rest = normal.replace(name, " ").replace(_LEFT_OUT, " ")
    return None if _WHOLE.sub("", rest) else ClauseReference(section.location, normal, section.levels)

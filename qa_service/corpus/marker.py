"""The marks that open a division of an official text: 第三章, 第六十五条, 一、, （一）, 1., ——, 附件1, 问：, a table's row."""

import re
from dataclasses import dataclass
from enum import IntEnum

from qa_service.text.numerals import NUMERAL, format_numeral, parse_numeral


class Rank(IntEnum):
    """The kinds of division, outermost first. A law uses the first five, a plan or notice the others."""

    TITLE = 0
    ATTACHMENT = 1
    """附件1. What follows it counts its articles anew."""
    PART = 2
    SUBPART = 3
    CHAPTER = 4
    SECTION = 5
    FIRST = 6
    """一、"""
    SECOND = 7
    """（一）"""
    THIRD = 8
    """1."""
    QUESTION = 9
    """问：, in an official's questions and answers."""
    DASH = 10
    """——"""
    ARTICLE = 11
    """第六十五条. What stands below it (款, 项) is its text."""
    ROW = 12
    """〔表1 第2行〕, a row of a table, within whatever holds the table."""


_LAW_RANKS = {"编": Rank.PART, "分编": Rank.SUBPART, "章": Rank.CHAPTER, "节": Rank.SECTION, "条": Rank.ARTICLE}
_BLANK = r"[ \t\u3000\xa0]"
_NUMBER = f"(?:{NUMERAL}{{1,9}}|[0-9０-９]{{1,4}})"

_LAW = re.compile(
    rf"第(?P<number>{_NUMBER}){_BLANK}?(?P<unit>分编|编|章|节|条)(?:之(?P<sub>{NUMERAL}{{1,3}}))?(?P<gap>[：:]?{_BLANK}*)"
)
_PLAN = (
    (Rank.FIRST, re.compile(rf"(?P<number>{NUMERAL}{{1,4}})、{_BLANK}*")),
    (Rank.SECOND, re.compile(rf"[（(]{_BLANK}*(?P<number>{NUMERAL}{{1,4}}){_BLANK}*[)）]{_BLANK}*、?")),
    (Rank.THIRD, re.compile(rf"(?P<number>[0-9０-９]{{1,3}})[.．、](?![0-9０-９]){_BLANK}*")),
)
_ATTACHMENT = re.compile(rf"附件(?P<number>[0-9]{{1,2}}|{NUMERAL}{{1,3}})?{_BLANK}*")
_QUESTION = re.compile(
    rf"(?:(?:{NUMERAL}{{1,3}}、|[0-9]{{1,2}}[.．、]){_BLANK}*)?(?:问题?|Q){_BLANK}*[0-9]{{0,2}}{_BLANK}*[：:]{_BLANK}*"
)
_ROW = re.compile(r"〔表(?P<table>[0-9]{1,3}) 第(?P<row>[0-9]{1,4})行〕")
_DASH = re.compile(rf"[—－-]{{2}}{_BLANK}*")
_SENTENCE_END = re.compile(r"[。；;：:！？，]$")
_LONGEST_HEADING = 45
_LARGEST_NUMBER = 9999


@dataclass(frozen=True, slots=True)
class Marker:
    """A mark at the start of a paragraph."""

    rank: Rank
    number: int
    """Its place among its siblings; 0 for ——."""
    sub: int
    """The 一 of 第十条之一; the table of a row; else 0."""
    label: str
    """The mark as a citation writes it: 四、 （三） 4 第六十五条, also where the source prints 第65条."""
    length: int
    """How many characters of the paragraph are the mark and its gap."""
    separated: bool
    """Whether a blank, a colon or the line's end follows, so that it cannot be a reference inside a sentence."""


def read_marker(text: str) -> Marker | None:
    """Return the mark ``text`` opens with, if any. Whether it *is* a heading, its place in the document decides."""
    if law := _LAW.match(text):
        return _law_marker(law, text)
    if row := _ROW.match(text):
        label = f"表{row['table']}第{row['row']}行"
        return Marker(Rank.ROW, int(row["row"]), int(row["table"]), label, row.end(), True)
    if question := _QUESTION.match(text):
        return Marker(Rank.QUESTION, 0, 0, "", question.end(), True)
    if attachment := _ATTACHMENT.match(text):
        which = parse_numeral(attachment["number"] or "") or 0
        return Marker(Rank.ATTACHMENT, which, 0, f"附件{which or ''}", attachment.end(), True)
    for rank, pattern in _PLAN:
        if match := pattern.match(text):
            number = parse_numeral(match["number"])
            if number is None:
                return None
            label = {Rank.FIRST: f"{match['number']}、", Rank.SECOND: f"（{match['number']}）"}.get(rank, str(number))
            return Marker(rank, number, 0, label, match.end(), True)
    if dash := _DASH.match(text):
        return Marker(Rank.DASH, 0, 0, "", dash.end(), True)
    return None


def _law_marker(match: re.Match[str], text: str) -> Marker | None:
    number = parse_numeral(match["number"])
    if number is None or number > _LARGEST_NUMBER:
        return None
    rank = _LAW_RANKS[match["unit"]]
    label = f"第{format_numeral(number)}{match['unit']}" + (f"之{match['sub']}" if match["sub"] else "")
    sub = parse_numeral(match["sub"]) or 0 if match["sub"] else 0
    separated = bool(match["gap"]) or match.end() == len(text)
    return Marker(rank, number, sub, label, match.end(), separated)


def is_heading_text(text: str) -> bool:
    """Whether ``text`` can be a heading of its own: short, and not a sentence."""
    return len(text) <= _LONGEST_HEADING and not _SENTENCE_END.search(text)

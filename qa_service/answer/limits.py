"""What a question asks beyond the text: another place, another time, a kind of answer that is not there."""

import re
from collections.abc import Sequence

from qa_service.answer.extract import Sentence
from qa_service.answer.models import Reason
from qa_service.corpus.lexicon import Lexicon
from qa_service.corpus.models import Document
from qa_service.corpus.validity import PERIOD_KINDS
from qa_service.search.expected import Expected
from qa_service.search.question import Question
from qa_service.text.normal import normalise

_YEAR = re.compile(r"(?<![0-9])(?:19|20)[0-9]{2}(?=年|底|末|至|—|-|~)|(?<=by )20[0-9]{2}|(?<=in )20[0-9]{2}")
_MOVING_TIME = re.compile(r"今年|明年|后年|去年|前年|本月|这个月|上个?月|下个?月|上半年|下半年|截至(?:目前|现在)")
"""Times that move with the calendar; in a story they say nothing of what is asked."""
_STANDING = re.compile(
    r"最新|十五五|下一?[期次届场批]|实际(?:完成|达到)|完成(?:了(?:吗|没|多少)|率|情况|得怎么样)|完成没"
)
"""What has become of a target, and what comes next: a text says nothing of either."""
_CLAUSE_END = re.compile(r"[，。；,;!！\n]")
_ASKS = re.compile(r"多少|几|什么|啥|吗|么|呢|哪|怎|如何|谁|何|[?？]")

_LATIN = re.compile(r"(?<![a-z])[a-z]{2,}(?![a-z])")
_HAN = re.compile(r"[\u4e00-\u9fff]")
_MOSTLY_CHINESE = 6
"""Han characters from which a question is a Chinese one."""

_LAST_YEAR_OF = {"十三五": "2020", "十四五": "2025"}


def place_beyond(question: Question, lexicon: Lexicon, texts: Sequence[str], *, national: bool = False) -> str | None:
    """Return the place that is asked about and that none of ``texts`` names or holds for, if any.

    Args:
        question: what is asked.
        lexicon: the places there are.
        texts: what was found, each with its document's title and issuer.
        national: whether all of it holds in the whole country.
    """
    normal = question.spoken
    for own in lexicon.own_places:
        normal = normal.replace(own, "\n")
    places = lexicon.abroad if national else (*lexicon.places, *lexicon.abroad)
    return next((p for p in places if p in normal and not any(p in text for text in texts)), None)


def time_beyond(question: Question, text: str, document: Document) -> str | None:
    """Return the time that is asked about and that ``text`` of ``document`` does not speak of, if any.

    A plan's targets are for its last year, unless the text names years of its own. A rule holds from the day it takes
    effect on, this year and next.
    """
    spoken = normalise(text)
    if document.kind not in PERIOD_KINDS and document.effective:
        years = (year for year in _YEAR.findall(question.normal) if int(year[:4]) < document.effective.year)
        return next((f"{year}年" for year in years if year not in spoken), None)
    standing = _STANDING.search(question.normal)
    timely = question.expected.is_figure or question.expected is Expected.DEADLINE
    moving = _MOVING_TIME.search(_asking_clause(question.normal)) if timely else None
    for found in (standing, moving):
        if found and found.group() not in spoken:
            return found.group()
    own_years = set(_YEAR.findall(spoken)) | {last for name, last in _LAST_YEAR_OF.items() if name in spoken}
    if not own_years and document.kind in PERIOD_KINDS and document.expires:
        own_years = {str(document.expires.year)}
    return next((f"{year}年" for year in _YEAR.findall(question.normal) if year not in own_years), None)


def _asking_clause(normal: str) -> str:
    """The last clause that asks; the others tell a story."""
    clauses = [clause for clause in _CLAUSE_END.split(normal) if _ASKS.search(clause)]
    return clauses[-1] if clauses else normal


def name_beyond(question: Question, text: str) -> str | None:
    """Return an abbreviation (PCT, WIPO) that is asked about and that ``text`` lacks, if any.

    Only in a Chinese question: there an abbreviation is the very thing asked about.
    """
    if len(_HAN.findall(question.normal)) < _MOSTLY_CHINESE:
        return None
    normal = normalise(text)
    return next((name for name in _LATIN.findall(question.normal) if name not in normal and name != "ip"), None)


def kind_missing(question: Question, sentence: Sentence) -> Reason | None:
    """Return why ``sentence`` cannot answer although it speaks of the matter, or None where it can."""
    if sentence.signals.kind:
        return None
    return Reason.AMOUNT_NOT_STATED if question.expected.is_figure else Reason.NOT_STATED

"""What a question asks beyond the text: another place, another time, a kind of answer that is not there."""

import re
from collections.abc import Iterable, Sequence

from qa_service.answer.models import Reason
from qa_service.search.expected import Expected, gives
from qa_service.search.question import Question
from qa_service.text.normal import normalise

_YEAR = re.compile(r"(?<![0-9])(?:19|20)[0-9]{2}(?![0-9])")
_MOVING_TIME = re.compile(
    r"今年|明年|后年|去年|前年|本月|这个月|上个?月|下个?月|上半年|下半年|最新|十五五|截至(?:目前|现在)|下一?[期次届场批]"
    r"|实际(?:完成|达到)|完成(?:了(?:吗|没|多少)|率|情况|得怎么样)|完成没"
)
"""Times that move with the calendar, and what has become of a target: a text says nothing of either."""

_LATIN = re.compile(r"(?<![a-z])[a-z]{2,}(?![a-z])")
_HAN = re.compile(r"[\u4e00-\u9fff]")
_MOSTLY_CHINESE = 6

_LAST_YEAR_OF = {"十三五": "2020", "十四五": "2025"}
_FIGURES = {Expected.AMOUNT, Expected.NUMBER, Expected.SHARE}


def place_beyond(question: Question, places: Iterable[str], texts: Sequence[str]) -> str | None:
    """Return the place that is asked about and that none of ``texts`` names, if any."""
    return next((p for p in places if p in question.normal and not any(p in text for text in texts)), None)


def time_beyond(question: Question, texts: Sequence[str]) -> str | None:
    """Return the time that is asked about and that none of ``texts`` speaks of, if any."""
    text = normalise(" ".join(texts))
    if (moving := _MOVING_TIME.search(question.normal)) and moving.group() not in text:
        return moving.group()
    for year in _YEAR.findall(question.normal):
        spoken_of = year in text or any(year == last and name in text for name, last in _LAST_YEAR_OF.items())
        if not spoken_of:
            return f"{year}年"
    return None


def name_beyond(question: Question, text: str) -> str | None:
    """Return an abbreviation (PCT, WIPO) that is asked about and that ``text`` lacks, if any.

    Only in a Chinese question: there an abbreviation is the very thing asked about.
    """
    if len(_HAN.findall(question.normal)) < _MOSTLY_CHINESE:
        return None
    normal = normalise(text)
    return next((name for name in _LATIN.findall(question.normal) if name not in normal and name != "ip"), None)


def kind_missing(question: Question, sentence: str) -> Reason | None:
    """Return why ``sentence`` cannot answer although it speaks of the matter, or None where it can."""
    if gives(sentence, question.expected):
        return None
    return Reason.AMOUNT_NOT_STATED if question.expected in _FIGURES else Reason.NOT_STATED

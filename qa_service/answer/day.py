"""The day a question asks about, where it is another than today: 2027年以后, 新法施行后."""

import re
from collections.abc import Iterable
from datetime import date

from qa_service.corpus.library import Library
from qa_service.corpus.models import Form, ValidityState
from qa_service.text.dates import dates_in
from qa_service.text.numerals import parse_numeral

_YEAR = re.compile(r"(?P<year>20[0-9]{2})年?(?:度|底|初)?(?!.{0,4}[号版])")
_MONTH = re.compile(r"(?P<year>20[0-9]{2})年(?P<month>1[0-2]|[1-9])月(?![0-9]*日)")
_NEXT_YEAR = re.compile(r"明年|来年|下一年")
_NEW_TEXT = re.compile(
    r"新(?:的)?(?:修订的|修改的|出台的)?[\u4e00-\u9fff]{0,5}法|(?:修订|修改|修正)[后过]的?|新规|施行[后之]"
)
_HELD = frozenset({ValidityState.IN_FORCE, ValidityState.PERIOD_OVER, ValidityState.UNKNOWN})


def day_asked(normal: str, today: date) -> date | None:
    """Return the day that a question, in normal form, asks about; None where it names none.

    A year without a month is meant from its middle on, so that what took effect in it counts.
    """
    if day := next(dates_in(normal), None):
        return day
    if match := _MONTH.search(normal):
        return date(int(match["year"]), parse_numeral(match["month"]) or 1, 28)
    if match := _YEAR.search(normal):
        return date(int(match["year"]), 7, 1)
    return date(today.year + 1, 7, 1) if _NEXT_YEAR.search(normal) else None


def day_of_other_text(normal: str, found: Iterable[str], library: Library, today: date) -> date | None:
    """Return the day asked about where another text than today's holds on it; None where today's will do.

    Args:
        normal: the question in normal form.
        found: ids of the documents that answer today, the best first.
        library: the documents.
        today: the day on which it is asked.
    """
    # A guide speaks of what is coming itself.
    documents = [d for d in found if library[d].form is not Form.GUIDE][:1]
    upcoming = [u for d in documents if (u := library.upcoming(d, today)) and u.effective]
    if asked := day_asked(normal, today):
        return asked if any(library.validity(d, asked).state not in _HELD for d in documents) else None
    if upcoming and _NEW_TEXT.search(normal):
        return upcoming[0].effective
    return None

"""From when and until when a paper says it holds."""

from __future__ import annotations

import re
from datetime import date, timedelta

from qa_service.text.dates import dates_in
from qa_service.text.numerals import parse_numeral

_FIGURE = "[0-9０-９〇○零一二三四五六七八九十]"
_DAY = rf"{_FIGURE}{{4}}\s*年\s*{_FIGURE}{{1,3}}\s*月\s*{_FIGURE}{{1,3}}\s*日"
_OWN = r"(?:本(?:法|条例|办法|规定|细则|解释|通知|公告|意见|决定|措施|规则|政策|方案|批复|规划|文件|实施细则|实施办法|若干规定)[^。《》]{0,12})?"
_FROM_DAY = re.compile(rf"{_OWN}(?:自|从)\s*(?P<day>{_DAY})\s*(?:起|开始)(?:正式)?(?:施行|实施|执行|生效)")
_FROM_ISSUE = re.compile(r"自(?:公布|发布|印发|下发|颁布)之日起(?:正式)?(?:施行|实施|执行|生效)")
_FROM_ISSUE_LATER = re.compile(
    r"自(?:公布|发布|印发)之日起(?P<days>[0-9]{1,3}|[一二三四五六七八九十]{1,3})日后(?:施行|实施|执行)"
)
_UNTIL = re.compile(
    rf"有效期(?:限)?(?:为)?(?:至|到|截至|截止到?|自[^。；]{{4,24}}至)\s*(?P<day>{_DAY})"
    rf"|(?:施行|实施|执行|生效|起)[，,]?\s*(?:至|到)\s*(?P<last>{_DAY})\s*(?:止|终止|失效|废止)?"
)
_OF_ITSELF = re.compile(
    rf"本(?:办法|规定|细则|通知|公告|意见|决定|措施|规则|政策|方案|文件|实施细则|实施办法)"
    rf"|(?:自|从)\s*(?:{_DAY}|(?:公布|发布|印发|下发)之日)\s*起(?:正式)?(?:施行|实施|执行|生效|试行)"
)
_YEARS = re.compile(
    r"(?:有效期(?:限)?|试行期(?:限)?|试行)(?:为|暂定)?\s*(?P<years>[0-9]{1,2}|[一二两三四五六七八九十]{1,2})\s*年"
)
_QUOTED = re.compile(r"“[^”]*”|《[^》]*》")


def effective_of(text: str, issued: date | None) -> date | None:
    """Return the day from which a paper says it applies; what it quotes does not speak for it."""
    own = _QUOTED.sub("", text)
    days = list(_FROM_DAY.finditer(own))
    # A paper that names several days speaks of itself last.
    if days:
        return next(dates_in(days[-1]["day"]), None)
    if issued and (later := _FROM_ISSUE_LATER.search(own)):
        return issued + timedelta(days=(parse_numeral(later["days"]) or 0) + 1)
    return issued if issued and _FROM_ISSUE.search(own) else None


def expires_of(text: str, effective: date | None) -> date | None:
    """Return the last day on which a paper says it applies, or None where it sets no end."""
    own = _QUOTED.sub("", text)
    for sentence in re.split(r"[。\n]", own):
        if not _OF_ITSELF.search(sentence):  # a law speaks of many other periods
            continue
        last = None
        if until := _UNTIL.search(sentence):
            last = next(dates_in(until["day"] or until["last"]), None)
        elif effective and (years := _YEARS.search(sentence)) and (count := parse_numeral(years["years"])):
            last = _years_later(effective, count) - timedelta(days=1)
        if last and (effective is None or last > effective):
            return last
    return None


def _years_later(day: date, years: int) -> date:
    try:
        return day.replace(year=day.year + years)
    except ValueError:  # 29 February
        return date(day.year + years, 3, 1)

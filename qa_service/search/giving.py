"""Whether a text gives the kind of answer that is expected."""

import re
from decimal import Decimal

from qa_service.search.expected import Expected
from qa_service.text.normal import normalise
from qa_service.text.numerals import NUMERAL
from qa_service.text.quantities import COUNTERS, Quantity, quantities

_TIMES = frozenset({"年", "月", "日", "周", "工作日", "小时", "届", "期"})
_NOT_COUNTED = _TIMES | {"元", "%", "岁", "倍"}
_VAGUE = frozenset(Quantity(Decimal(1), unit) for unit in COUNTERS)
"""一批, 一种, 一个: figures in form only."""
_LEADING_NUMBER = re.compile(r"^\s*[0-9]{1,2}[.．、](?![0-9])")
_RHYTHM = re.compile(r"每季度|每年|每月|每周|(?:年|月|季度|五[”\"]?)末|十[三四五]五|[0-9]·[0-9]|定期")
_REACHABLE = re.compile(
    r"[0-9]{3,4}-[0-9]{7,8}|1[0-9]{10}|(?<![0-9])12[0-9]{3}(?![0-9])|[路街][0-9一-九]+号|https?://|www\."
)
_OF_A_SUM = frozenset({"%", "倍"})
_SUM_BY_SHARE = re.compile(r"加收|加付|滞纳金|减缴|减免|减征|罚款|赔偿|利息|贴息|奖励|补助|报酬|提取")
"""A sum may be given as a share of another: 每月加收全额年费的5%."""
_CODE = re.compile(
    r"[〔\[(][0-9]{4}[〕\])]\s*(?:第\s*)?[0-9]+\s*号|第[0-9一二三四五六七八九十百零]+号|[a-z]{2,}(?:/[a-z])?\s?[0-9]{3,}(?:[.-][0-9]+)*"
)
_HOURS = re.compile(
    r"[0-9]{1,2}[::][0-9]{2}|(?:上午|下午|早上|晚上)[0-9一二三四五六七八九十]+[点时]|24小时|(?:周|星期)[一二三四五六日天末]|节假日|工作日(?=[上下办受提接]|[0-9])"
)
OWNS_TO_A_GAP = re.compile(r"没有?(?:核|查到|见到|找到|整理)")
"""What the compiled notes say where they do not know: it gives nothing."""
_REPORTED = re.compile(r"(?:^|[,。;；,\s:：])据[^,。;；]{0,30}(?:报道|消息|信息|公示|书目|转载|转录|通知|名单)")
"""When something was reported is not when it was."""
_TITLE = re.compile(r"《[^》]*》")
_CLAUSE_END = re.compile(r"[,。;；\n]")
_SUM_BY_VALUE = re.compile(r"等值|等额|(?:价值|金额|数额)(?:相当|相等)")
"""A sum may be told by what it equals: 担保不超过货物等值."""
_NAMED = re.compile(r"[“《]")
_WITHOUT_FIGURES = frozenset({Expected.CONTACT, Expected.NAMES, Expected.CODE, Expected.HOURS})
_BY_PATTERN = {
    Expected.CONTACT: _REACHABLE,
    Expected.NAMES: _NAMED,
    Expected.CODE: _CODE,
    Expected.HOURS: _HOURS,
}
_ALIKE = ("家个所户门处座", "人名位个", "件项个份本册张套", "种类项个款处", "条项款", "次场届起个")
"""Counters of which one may be said for another."""
_DATE = re.compile(r"[0-9]{4}[-年.][0-9]{1,2}(?:[-月.][0-9]{1,2}日?)?|[0-9]{1,2}月[0-9]{1,2}日|[0-9]{4}年")
_BRACKETED = re.compile(r"\([^()]*\)")
_ADVICE = re.compile(r"请|可以先|可先|先打|先问|打不通")
_FIRST_YEAR = 1900
"""From here on a number of years is a year."""


def own_words(text: str) -> str:
    """Return what a text says itself, in normal form: without its number, and without who reported it when."""
    return _REPORTED.sub(" ", normalise(_LEADING_NUMBER.sub("", text)))


def kinds_given(text: str) -> frozenset[Expected]:
    """Return the kinds of answer that ``text`` holds, all at once."""
    normal = own_words(text)
    figures = _figures(normal)
    return frozenset(kind for kind in Expected if _gives(normal, figures, kind))


def gives(text: str, kind: Expected) -> bool:
    """Whether ``text`` holds an answer of this kind at all; every text can answer an open question."""
    if kind.is_open:
        return True
    normal = own_words(text)
    return _gives(normal, frozenset() if kind in _WITHOUT_FIGURES else _figures(normal), kind)


def gives_count(text: str, counter: str) -> bool:
    """Whether ``text`` counts what ``counter`` counts: 超过20家 gives a number of 家 and of 个, none of 条."""
    alike = {unit for group in _ALIKE if counter in group for unit in group} | {counter}
    normal = _TITLE.sub(" ", own_words(text))
    # Not every counter is a unit: 超过40起.
    return any(f.unit in alike for f in _figures(normal)) or bool(
        re.search(rf"[0-9{NUMERAL[1:-1]}][多余]?{counter}", normal)
    )


def gives_period(text: str) -> bool:
    """Whether ``text`` gives a stretch of time: 三个月, not 2014年起."""
    normal = own_words(text)
    figures = quantities(_DATE.sub(" ", normal))
    return bool(_RHYTHM.search(normal)) or any(f.unit in _TIMES and f.value < _FIRST_YEAR for f in figures)


def avows(text: str) -> bool:
    """Whether ``text`` says nothing but that something is not known: 电话没有核到，请向登记窗口核实."""
    clauses = [
        c for c in _CLAUSE_END.split(_BRACKETED.sub("", normalise(text))) if c.strip() and not _ADVICE.match(c.strip())
    ]
    return bool(clauses) and all(OWNS_TO_A_GAP.search(clause) for clause in clauses)


def _figures(normal: str) -> frozenset[Quantity]:
    return quantities(_TITLE.sub(" ", normal)) - _VAGUE


def _gives(normal: str, figures: frozenset[Quantity], kind: Expected) -> bool:
    if kind.is_open:
        return True
    if pattern := _BY_PATTERN.get(kind):
        return bool(pattern.search(normal))
    if kind is Expected.DEADLINE:
        return bool(_RHYTHM.search(_TITLE.sub(" ", normal))) or any(figure.unit in _TIMES for figure in figures)
    if kind is Expected.AMOUNT:
        by_share = any(figure.unit in _OF_A_SUM for figure in figures) and _SUM_BY_SHARE.search(normal)
        return any(figure.unit == "元" for figure in figures) or bool(by_share or _SUM_BY_VALUE.search(normal))
    if kind is Expected.SHARE:
        return any(figure.unit in _OF_A_SUM or figure.unit.startswith("/") for figure in figures)
    if kind is Expected.FIGURE:
        return any(figure.unit not in _TIMES for figure in figures)
    return any(figure.unit not in _NOT_COUNTED and not figure.unit.startswith("/") for figure in figures)

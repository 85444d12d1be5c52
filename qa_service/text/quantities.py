"""Figures with their units, as values: 五百万元 = 500万元 = 5000000元, 三个月 = 3个月, 百分之二十 = 两成 = 20%."""

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import NamedTuple

from qa_service.text.normal import normalise
from qa_service.text.numerals import NUMERAL, parse_numeral
from qa_service.text.remembered import remembered

_SCALES = {"": 1, "十": 10, "百": 100, "千": 1_000, "万": 10_000, "亿": 100_000_000}
_SAME_UNIT = {
    "天": "日",
    "个月": "月",
    "周年": "年",
    "块": "元",
    "人次": "人",
    "个工作日": "工作日",
    "个小时": "小时",
    "周岁": "岁",
}
_UNIT = (
    "个工作日|工作日|个小时|小时|个月|周年|周岁|人次|元|年|月|日|天|周|岁|倍|%"
    "|人|件|家|项|次|份|类|条|种|个|名|期|届|册|所|批|位|张|款|场|套"
)
"""Longer ones first, so that 三个小时 is not three pieces."""
_ARABIC = r"[0-9]+(?:,[0-9]{3})*(?:\.[0-9]+)?"
_FIGURE = re.compile(
    rf"(?P<arabic>{_ARABIC})(?P<scale>[百千万亿]?)(?P<unit>{_UNIT})|(?P<chinese>{NUMERAL}+)(?P<unit2>{_UNIT})"
)
_NOT_A_COUNT = "第同另某任每"
"""Before 一: 第一条 is an ordinal, 同一天 and 每一人 count nothing."""
_DECIMAL = f"{NUMERAL}+(?:点{NUMERAL}+)?"
_PERCENT = re.compile(rf"(?P<whole>百|千|万|{NUMERAL}{{1,3}})分之(?P<part>{_DECIMAL}|{_ARABIC})")
_TENTHS = re.compile(
    r"(?<![第零一二两三四五六七八九十百千万亿])(?:(?P<tenths>[一二两三四五六七八九1-9])成(?P<more>[一二三四五六七八九半])?"
    r"(?![套员果立功本为交品长就绩分效不名])|(?P<half>一半)|(?<![上下])(?P<half_year>半年))"
)
"""两成, 三成五, 一半, 半年; 三成套设备 counts sets."""
_LARGE = re.compile(
    rf"(?P<arabic>{_ARABIC})(?P<scale>[万亿])|(?P<chinese>{NUMERAL}{{0,8}}[一二两三四五六七八九十]{NUMERAL}{{0,8}}[万亿])"
)
_ORDINAL = re.compile(rf"第(?P<number>{NUMERAL}{{1,7}}|[0-9]{{1,4}})(?P<of>[条章节类])")
_REMEMBERED = 16_384
COUNTERS = frozenset("批种类项个次家名位套期件份条张款")
"""Units that count things: 一批, 一种 are figures in form only."""


class Quantity(NamedTuple):
    """A figure and what it counts."""

    value: Decimal
    unit: str

    def __str__(self) -> str:
        """Return the figure as plain digits with its unit."""
        return f"{self.value.normalize():f}{self.unit}"


class Placed(NamedTuple):
    """A figure where it stands: a half-open range of characters of a text in normal form."""

    quantity: Quantity
    start: int
    end: int

    @property
    def is_form_only(self) -> bool:
        """Whether it is 一批 or 一种, a figure in form only."""
        return self.quantity.value == 1 and self.quantity.unit in COUNTERS


@remembered(_REMEMBERED)
def quantities(text: str) -> frozenset[Quantity]:
    """Return every figure in ``text`` that has a unit; ordinals such as 第三条 are not figures."""
    return frozenset(_read(normalise(text)))


def placed_quantities(normal: str) -> Iterator[Placed]:
    """Yield the figures of a text in normal form with where they stand: shares first, then the others in order."""
    rest = normal
    for pattern, read in ((_PERCENT, _fraction), (_TENTHS, _tenths)):
        for match in pattern.finditer(rest):
            if share := read(match):
                yield Placed(share, match.start(), match.end())
        rest = pattern.sub(lambda found: "\n" * len(found.group()), rest)
    for match in _FIGURE.finditer(rest):
        if match.start() and rest[match.start() - 1] in _NOT_A_COUNT:
            continue
        if value := _value(match):
            unit = match["unit"] or match["unit2"]
            yield Placed(Quantity(value, _SAME_UNIT.get(unit, unit)), match.start(), match.end())


def gives_a_sum(text: str) -> bool:
    """Whether ``text`` gives a sum of money, and not only how many times or what share."""
    return any(quantity.unit == "元" for quantity in quantities(text))


def figure_terms(normal: str) -> tuple[str, ...]:
    """Return the figures of a text in normal form in one way of writing, each once: what an index finds them by.

    Numbers of ten thousand and more that stand without a unit are there, as 15亿 may be said of 15亿元, and so are the
    numbers of articles.

    >>> sorted(figure_terms("第六十五条：百分之二十，三万元"))
    ['20%', '30000', '30000元', '第65条']
    """
    found = dict.fromkeys(str(q) for q in _read(normal) if q.value != 1 or q.unit not in COUNTERS)
    for match in _LARGE.finditer(normal):
        if (value := _value(match)) is not None:
            found[f"{value.normalize():f}"] = None
    for match in _ORDINAL.finditer(normal):
        if number := parse_numeral(match["number"]):
            found[f"第{number}{match['of']}"] = None
    return tuple(found)


def _read(normal: str) -> Iterator[Quantity]:
    return (placed.quantity for placed in placed_quantities(normal))


def _value(match: re.Match[str]) -> Decimal | None:
    if match["arabic"]:
        return Decimal(match["arabic"].replace(",", "")) * _SCALES[match["scale"]]
    parsed = parse_numeral(match["chinese"])
    return None if parsed is None else Decimal(parsed)


def _tenths(match: re.Match[str]) -> Quantity:
    """两成 is 20 %, 三成五 35 %, 一半 50 %, 半年 six months."""
    if match["half_year"]:
        return Quantity(Decimal(6), "月")
    if match["half"]:
        return Quantity(Decimal(50), "%")
    more = 5 if match["more"] == "半" else parse_numeral(match["more"] or "零")
    return Quantity(Decimal((parse_numeral(match["tenths"]) or 0) * 10 + (more or 0)), "%")


def _fraction(match: re.Match[str]) -> Quantity | None:
    """百分之二十 is 20 %; 三分之一 is 1 of 3."""
    numerator = _decimal(match["part"])
    denominator = {"百": 100, "千": 1000, "万": 10_000}.get(match["whole"]) or parse_numeral(match["whole"])
    if numerator is None or not denominator:
        return None
    return Quantity(numerator, "%" if denominator == 100 else f"/{denominator}")


def _decimal(text: str) -> Decimal | None:
    """Read 三十五点五 and 1,035.5."""
    if text[0].isascii():
        return Decimal(text.replace(",", ""))
    whole, point, part = text.partition("点")
    digits = [parse_numeral(c) for c in part]
    value = parse_numeral(whole)
    if value is None or any(d is None or d > 9 for d in digits):
        return None
    return Decimal(f"{value}.{''.join(map(str, digits))}") if point else Decimal(value)

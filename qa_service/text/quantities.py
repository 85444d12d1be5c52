"""Figures with their units, as values: 五百万元 = 500万元 = 5000000元, 三个月 = 3个月, 百分之二十 = 20%."""

import re
from decimal import Decimal
from typing import NamedTuple

from qa_service.text.normal import normalise
from qa_service.text.numerals import NUMERAL, parse_numeral

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
_PERCENT = re.compile(rf"(?P<whole>百|千|万|{NUMERAL}{{1,3}})分之(?P<part>{NUMERAL}+|{_ARABIC})")


class Quantity(NamedTuple):
    """A figure and what it counts."""

    value: Decimal
    unit: str

    def __str__(self) -> str:
        """Return the figure as plain digits with its unit."""
        return f"{self.value.normalize():f}{self.unit}"


def quantities(text: str) -> frozenset[Quantity]:
    """Return every figure in ``text`` that has a unit; ordinals such as 第三条 are not figures."""
    normal = normalise(text)
    found = set()
    for match in _PERCENT.finditer(normal):
        if (quantity := _fraction(match["whole"], match["part"])) is not None:
            found.add(quantity)
    rest = _PERCENT.sub("\n", normal)
    for match in _FIGURE.finditer(rest):
        if match.start() and rest[match.start() - 1] in _NOT_A_COUNT:
            continue
        if match["arabic"]:
            value = Decimal(match["arabic"].replace(",", "")) * _SCALES[match["scale"]]
        elif parsed := parse_numeral(match["chinese"]):
            value = Decimal(parsed)
        else:
            continue
        unit = match["unit"] or match["unit2"]
        found.add(Quantity(value, _SAME_UNIT.get(unit, unit)))
    return frozenset(found)


def _fraction(whole: str, part: str) -> Quantity | None:
    """百分之二十 is 20 %; 三分之一 is 1 of 3."""
    numerator = Decimal(part.replace(",", "")) if part[0].isdigit() and part[0].isascii() else parse_numeral(part)
    denominator = {"百": 100, "千": 1000, "万": 10_000}.get(whole) or parse_numeral(whole)
    if numerator is None or not denominator:
        return None
    if denominator == 100:
        return Quantity(Decimal(numerator), "%")
    return Quantity(Decimal(numerator), f"/{denominator}")

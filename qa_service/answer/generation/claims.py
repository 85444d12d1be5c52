"""What a sentence claims that can be checked: figures, dates, articles, names, addresses."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from qa_service.answer.models import Fault
from qa_service.text.normal import normalise
from qa_service.text.numerals import NUMERAL, parse_numeral
from qa_service.text.quantities import Placed, placed_quantities

_HAN = "\u3400-\u9fff"
_NUMBER = rf"(?:[0-9]{{1,4}}|{NUMERAL}{{1,7}})"
_YEAR = "(?:[12][0-9]{3}|[一二][零一二三四五六七八九]{3})"
_ADDRESS = re.compile(
    r"(?:https?://|www\.)[^\s\u3000-\u9fff,;()<>\"']+|[a-z0-9._+-]+@[a-z0-9.-]+"
    r"|(?:[a-z0-9-]+\.)+(?:com|cn|gov|org|net|edu|info|io|top|xyz|vip|cc)\b(?:/[^\s\u3000-\u9fff,;()<>\"']*)?"
)
_PHONE = re.compile(r"(?<![0-9])(?:0[0-9]{2,3}-?[0-9]{7,8}|1[3-9][0-9]{9}|[48]00-?[0-9]{3}-?[0-9]{4})(?![0-9])")
_DOCUMENT_NUMBER = re.compile(
    rf"(?P<of>[{_HAN}]{{0,2}})[〔\[(【](?P<year>[12][0-9]{{3}})[〕\])】]第?(?P<number>[0-9]+)号"
)
_NAMED_ARTICLE = re.compile(
    rf"(?:《(?P<marked>[^《》\n]+)》|(?P<plain>[{_HAN}]{{2,24}}?(?:法|典|条例|细则|办法|规定|解释|规则|意见)))的?第(?P<number>{_NUMBER})条"
)
_ORDINAL = re.compile(rf"第(?P<number>{_NUMBER})(?P<of>分编|季度|[{_HAN}])(?P<sub>之{NUMERAL}{{1,3}})?")
_DATES = (
    re.compile(rf"(?P<y>{_YEAR})年(?P<m>{_NUMBER})月(?P<d>{_NUMBER})日"),
    re.compile(r"(?<![0-9])(?P<y>[12][0-9]{3})[-/.](?P<m>[01]?[0-9])[-/.](?P<d>[0-3]?[0-9])(?![0-9])"),
    re.compile(rf"(?P<y>{_YEAR})年(?P<m>{_NUMBER})月"),
    re.compile(rf"(?<![0-9])(?P<y>{_YEAR})[-—–~至到]{{1,2}}(?P<y2>{_YEAR})(?:年|(?![0-9]))"),
    re.compile(rf"(?P<m>{_NUMBER})月(?P<d>{_NUMBER})日"),
    re.compile(rf"(?<![0-9])(?P<y>{_YEAR})年"),
    re.compile(r"(?P<m>1[0-2]|[1-9]|十[一二]?|[一二三四五六七八九])月"),
)
"""Longer forms first. 九月 is a month of the year, 九个月 a length of time."""
_PLAN_PERIOD = re.compile(r"十[一二三四五六七八九]五")
_MORE_UNITS = "秒|分钟|轮|步|旬|季度|级|等奖|档|学时|课时|公里|平方米|米|吨|公斤|户|辆|台|股|票|席|折|亩|号|成|分"
_BARE = re.compile(
    rf"(?P<arabic>[0-9]+(?:,[0-9]{{3}})*(?:\.[0-9]+)?)(?P<scale>[百千万亿]?)"
    rf"|(?P<chinese>{NUMERAL}{{2,}})(?=[{_HAN}])|(?P<one>[一二两三四五六七八九十])(?={_MORE_UNITS})"
)
_NEXT = re.compile(rf"个?({_MORE_UNITS})")
_SCALES = {"": 1, "百": 100, "千": 1_000, "万": 10_000, "亿": 100_000_000}
_RANGE_SIGN = re.compile(r"[-—–~至到、和与或]{1,2}")
_BOOK_TITLE = re.compile(r"《([^《》\n]+)》")
_QUOTED = re.compile(r"[“「『\"]([^“”「」『』\"\n]+)[”」』\"]")
_LATIN = re.compile(r"[a-z][a-z0-9+#&.'-]*[a-z0-9+#]|[a-z]")
_MARKS = str.maketrans("", "", "《》〈〉“”\"'‘’「」『』 ")


@dataclass(frozen=True, slots=True)
class Claim:
    """One thing claimed, in one way of writing."""

    fault: Fault
    """What is wrong with the sentence where the claim is not held."""
    value: str
    """50000元, 2026-9-1, 第65条, 专利法: how the claim is compared."""
    unit: str = ""
    """What a figure counts; 时 of every length of time, 日期 of every date."""
    at: tuple[int, int] = (0, 0)
    """Where it stands in the text in normal form."""


@dataclass(frozen=True, slots=True)
class Claims:
    """All that a text claims."""

    made: tuple[Claim, ...]
    implied: frozenset[str]
    """The values that follow from those made: a day gives its month and its year."""

    @property
    def values(self) -> frozenset[str]:
        """Every value that the text holds."""
        return self.implied | {claim.value for claim in self.made}


def claims_of(normal: str) -> Claims:
    """Read what a text in normal form claims.

    >>> sorted(claims_of("第六十五条自2021年6月1日起，费用减免百分之八十五").values)
    ['2021', '2021-6', '2021-6-1', '6-1', '6月份', '85%', '第65条']
    """
    reader = _Reader(normal)
    return Claims(tuple(sorted(reader.made, key=lambda claim: claim.at)), frozenset(reader.implied))


def bare(text: str) -> str:
    """Return a text as names are searched in it: in normal form, without book marks, quotation marks and blanks."""
    return normalise(text).translate(_MARKS)


def with_numbered_articles(text: str) -> str:
    """Return a bare text with its ordinals in figures: 第六十五条 as 第65条."""
    return _ORDINAL.sub(lambda match: _ordinal(match) or match.group(), text)


def named_articles(normal: str) -> Iterator[tuple[str, bool, str]]:
    """Yield each document named right before an article: its name, whether in book marks, and the article as 第65条."""
    for match in _NAMED_ARTICLE.finditer(normal):
        if (number := parse_numeral(match["number"])) is not None:
            marked = match["marked"]
            yield (marked or match["plain"]).translate(_MARKS), bool(marked), f"第{number}条"


class _Reader:
    """Reads claims off a text; what was read is blanked, so that nothing is read twice."""

    def __init__(self, normal: str) -> None:
        self.made: list[Claim] = []
        self.implied: set[str] = set()
        self._names(normal)
        self._rest = normal
        self._addresses()
        self._articles()
        self._dates()
        self._figures()

    def _names(self, normal: str) -> None:
        for pattern in (_BOOK_TITLE, _QUOTED):
            for match in pattern.finditer(normal):
                self._make(Fault.NAME, match[1].translate(_MARKS), match)

    def _addresses(self) -> None:
        for pattern in (_ADDRESS, _PHONE):
            for match in self._take(pattern):
                self._make(Fault.ADDRESS, match.group().replace("-", "").rstrip("./"), match)
        for match in self._take(_DOCUMENT_NUMBER):
            self._make(Fault.NAME, f"{match['of']}〔{match['year']}〕{int(match['number'])}号", match)
        for match in _LATIN.finditer(self._rest):
            self._make(Fault.NAME, match.group(), match)

    def _articles(self) -> None:
        for match in self._take(_ORDINAL):
            if value := _ordinal(match):
                self._make(Fault.ARTICLE, value, match)
                self.implied.add(value.partition("之")[0])
        for match in self._take(_PLAN_PERIOD):
            self._make(Fault.NAME, match.group(), match)

    def _dates(self) -> None:
        for pattern in _DATES:
            for match in self._take(pattern):
                values = _date_values(match)
                for value in values[: 2 if "y2" in match.groupdict() else 1]:
                    self._make(Fault.DATE, value, match, "日期")
                self.implied.update(values)

    def _figures(self) -> None:
        placed = list(placed_quantities(self._rest))
        for figure in placed:
            if figure.is_form_only and not self._rest[figure.start].isdigit():
                # 一件 of anything claims no figure; 1件 does, and 一件 holds it.
                self.implied.add(str(figure.quantity))
            else:
                claim = Claim(Fault.FIGURE, str(figure.quantity), _dimension(figure), (figure.start, figure.end))
                self.made.append(claim)
            self._blank(figure.start, figure.end)
        starts = {figure.start: figure for figure in placed}
        for match in list(_BARE.finditer(self._rest)):
            self._bare_number(match, starts)

    def _bare_number(self, match: re.Match[str], starts: dict[int, Placed]) -> None:
        if match["arabic"]:
            number = float(match["arabic"].replace(",", "")) * _SCALES[match["scale"]]
        elif (parsed := parse_numeral(match["chinese"] or match["one"])) is not None:
            number = float(parsed)
        else:
            return
        value = f"{number:.10g}" if number < 1e10 else f"{number:.0f}"
        unit = _NEXT.match(self._rest, match.end())
        counted = unit[1] if unit else ""
        self._make(Fault.FIGURE, f"{value}{counted}", match, counted)
        self.implied.add(value)
        sign = _RANGE_SIGN.match(self._rest, match.end())
        if sign and (upper := starts.get(sign.end())):
            # 1—3万元 runs from 1万元.
            scale = 1.0
            if match["arabic"] and not match["scale"] and upper.quantity.value >= 10_000:
                scale = 10_000.0 if upper.quantity.value < 100_000_000 else 100_000_000.0
            self.implied.add(f"{number * scale:.10g}{upper.quantity.unit}")

    def _take(self, pattern: re.Pattern[str]) -> list[re.Match[str]]:
        matches = list(pattern.finditer(self._rest))
        for match in matches:
            self._blank(match.start(), match.end())
        return matches

    def _blank(self, start: int, end: int) -> None:
        self._rest = f"{self._rest[:start]}{chr(10) * (end - start)}{self._rest[end:]}"

    def _make(self, fault: Fault, value: str, match: re.Match[str], unit: str = "") -> None:
        self.made.append(Claim(fault, value, unit, match.span()))


def _ordinal(match: re.Match[str]) -> str | None:
    number = parse_numeral(match["number"])
    return None if number is None else f"第{number}{match['of']}{match['sub'] or ''}"


def _date_values(match: re.Match[str]) -> list[str]:
    """Return the date as precisely as it is given, then all that follows from it."""
    groups = match.groupdict()
    year, month, day, second = (parse_numeral(groups[n]) if groups.get(n) else None for n in ("y", "m", "d", "y2"))
    if second:
        return [f"{year}", f"{second}"]
    parts = [f"{part}" for part in (year, month, day) if part is not None]
    values = ["-".join(parts)] if len(parts) > 1 or year else []
    if year and month:
        values += [f"{year}-{month}", f"{year}"]
    if month and day:
        values.append(f"{month}-{day}")
    if month:
        values.append(f"{month}月份")
    return list(dict.fromkeys(values))


def _dimension(figure: Placed) -> str:
    return "时" if figure.quantity.unit in {"年", "月", "日", "周", "工作日", "小时"} else figure.quantity.unit

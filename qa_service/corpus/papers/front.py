"""The front of a paper: issuer's head, number, title, dates of its making, table of contents.

Source: GB/T 9704-2012 (党政机关公文格式), and the layout in which the national law database prints laws.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from qa_service.corpus.marker import Rank, read_marker
from qa_service.corpus.papers.issuers import is_body_name, names_in
from qa_service.corpus.readers.manuscript import Block, Line, Setting
from qa_service.text.dates import dates_in, parse_date
from qa_service.text.letters import letters_of

NUMBER = re.compile(
    r"[\u4e00-\u9fff]{2,14}\s*[〔\[［【(（]\s*[12][0-9]{3}\s*[〕\]］】)）]\s*第?\s*[0-9]{1,4}\s*号"
    r"|[\u4e00-\u9fff]{0,24}(?:令|公告)\s*(?:[12][0-9]{3}\s*年)?\s*[（(]?\s*(?:第\s*[0-9一二三四五六七八九十百〇零]{1,6}\s*号|[12][0-9]{3}年第\s*[0-9]{1,4}\s*号)[）)]?"
)
"""A document number: 海政办发〔2026〕5号, 国务院令第769号, 公告2023年第7号."""
_NOISE = re.compile(
    r"[（(]?此件(?:公开|依申请公开|不予公开|主动公开)[^）)]{0,12}[）)]?|字[号体][：:].{0,20}|签发人[：:].{0,20}"
    r"|(?:密级|份号|缓急|紧急程度|索引号|主题词|主题分类|公开方式|公开范围|文件状态|有效性|信息来源|来源|浏览次数|时效)[：:].{0,40}|特急|加急|文\s*件"
)
_LABELLED = (
    (
        "issuer",
        re.compile(r"(?:发文机关|发布机构|发布机关|制发机关|发文单位)[：:]\s*(?P<value>[\u4e00-\u9fff、\s]{3,60})"),
    ),
    ("number", re.compile(r"(?:发文字号|文\s*号|文件编号)[：:]\s*(?P<value>.{4,40})")),
)
_SIGNER = re.compile(r"[\s\u3000]*签发人[：:].*$")
_ORDER_HEAD = re.compile(r"[\u4e00-\u9fff、\s]{2,40}(?:令|公告)")
_ORDER_NUMBER = re.compile(r"[（(]?\s*(?:[12][0-9]{3}年)?第\s*[0-9一二三四五六七八九十百〇零]{1,6}\s*号\s*[）)]?")
_HEAD = re.compile(r"(?P<issuer>[\u4e00-\u9fff、\s]{4,80}?)文\s*件")
_ANNOUNCED = re.compile(r"^(?:关于|印发|转发|公布|发布)")
_TITLE_END = re.compile(
    r"(?:法|法典|条例|办法|规定|细则|规则|通知|公告|通告|意见|决定|方案|规划|计划|纲要|措施|解释|批复|解读|指南|规范|标准|政策|问答|"
    r"答记者问|函|清单|名单|目录)(?:[（(][^（）()]{1,16}[）)])?"
)
_CONTENTS = re.compile(r"目\s*[录次]")
_MOST_FRONT_LINES = 40
_LONGEST_TITLE = 120


@dataclass(frozen=True, slots=True)
class Front:
    """What stands before the text."""

    title: str
    issuer: str
    number: str
    history: tuple[date, ...]
    """The days on which it was passed, published and revised, in order."""
    preface: tuple[Line, ...]
    """Lines of the front that are none of these; they stay in the text."""
    length: int
    """How many blocks of the manuscript it takes."""


def read_front(blocks: Sequence[Block], stated_title: str = "") -> Front:
    """Read the front of a paper; a title the file states outside its text is looked for in the text."""
    end = _front_end(blocks)
    lines = _orders_joined([block for block in blocks[:end] if isinstance(block, Line)])
    found: dict[str, str] = {}
    heads: list[str] = []
    history: list[date] = []
    kept: list[Line] = []
    for index, line in enumerate(lines):
        text = _SIGNER.sub("", line.text)
        if (
            not text
            or _NOISE.fullmatch(text)
            or letters_of(text) == letters_of(stated_title)
            or _is_labelled(text, found)
        ):
            continue
        if head := _HEAD.fullmatch(text):
            heads += names_in(head["issuer"]) or [re.sub(r"\s+", "", head["issuer"])]
        elif (number := NUMBER.fullmatch(text.strip("（）() "))) and "number" not in found:
            found["number"] = clean_number(number.group())
        elif _is_history(text):
            history += dates_in(text)
            if (inside := NUMBER.search(text)) and "number" not in found:
                found["number"] = clean_number(inside.group())
        elif _is_head(lines, index):
            heads += names_in(text)
        else:
            kept.append(line)
    title, kept = (stated_title, kept) if stated_title else _take_title(kept)
    issuer = found.get("issuer") or "、".join(dict.fromkeys(heads)) or _issuer_of_order(found.get("number", ""))
    return Front(title, issuer, found.get("number", ""), tuple(history), tuple(kept), end)


def _orders_joined(lines: Sequence[Line]) -> list[Line]:
    """Join 某某市人民政府令 and 第15号 that stand below one another: together they are the number."""
    joined: list[Line] = []
    for line in lines:
        if joined and _ORDER_NUMBER.fullmatch(line.text) and _ORDER_HEAD.fullmatch(joined[-1].text):
            joined[-1] = Line(joined[-1].text + line.text.strip("（）() "), line.setting)
        else:
            joined.append(line)
    return joined


def _issuer_of_order(number: str) -> str:
    order = re.match(r"(?P<issuer>[\u4e00-\u9fff、]{3,24}?)(?:令|公告)", number)
    return order["issuer"] if order and is_body_name(order["issuer"]) else ""


def _is_labelled(text: str, found: dict[str, str]) -> bool:
    for name, pattern in _LABELLED:
        if match := pattern.fullmatch(text):
            value = match["value"].strip()
            found.setdefault(name, clean_number(value) if name == "number" else "、".join(names_in(value)) or value)
            return True
    return False


def _is_head(lines: Sequence[Line], index: int) -> bool:
    """Whether a line is the name of a body and not the first line of a title: 某局 / 关于…的通知."""
    behind = index
    while behind < len(lines) and is_body_name(lines[behind].text):
        behind += 1
    return behind > index and behind < len(lines) and not _ANNOUNCED.match(lines[behind].text)


def without_contents(blocks: Sequence[Block]) -> list[Block]:
    """Return the blocks without a table of contents: from 目录 to where its first entry comes again as a heading."""
    start = next((i for i, b in enumerate(blocks) if isinstance(b, Line) and _CONTENTS.fullmatch(b.text)), None)
    if start is None or start + 1 >= len(blocks):
        return list(blocks)
    first = blocks[start + 1]
    if not isinstance(first, Line):
        return list(blocks)
    entry = _entry(first.text)
    again = next(
        (i for i in range(start + 2, len(blocks)) if isinstance(b := blocks[i], Line) and _entry(b.text) == entry), None
    )
    return [*blocks[:start], *blocks[again:]] if again is not None else list(blocks)


def clean_number(text: str) -> str:
    """Return a document number without blanks, its year in 〔〕."""
    bare = re.sub(r"\s+", "", text)
    return re.sub(r"[\[［【(（〔]([12][0-9]{3})[\]］】)）〕]", r"〔\1〕", bare)


def _front_end(blocks: Sequence[Block]) -> int:
    """The index of the first block of the text itself."""
    for index, block in enumerate(blocks[:_MOST_FRONT_LINES]):
        if not isinstance(block, Line) or _opens_text(block, index):
            return index
    return min(len(blocks), 1)


def _opens_text(line: Line, index: int) -> bool:
    if ((line.heading_rank or 0) >= 2 and index) or re.match(r"[【\[]?(?:问|Q)\s*\d*[】\]：:]", line.text):
        return True
    if _is_history(line.text):
        return False
    marker = read_marker(line.text)
    if marker and marker.rank in (Rank.PART, Rank.CHAPTER, Rank.ARTICLE, Rank.FIRST, Rank.SECOND) and marker.separated:
        return not _ORDER_NUMBER.fullmatch(line.text)
    if any(pattern.fullmatch(line.text) for _, pattern in _LABELLED) or _NOISE.fullmatch(line.text):
        return False
    if line.setting is Setting.CENTRED:
        return False
    ends = {"：": 0, ":": 0, "。": 12, "；": 30, "！": 30}
    return len(line.text) > ends.get(line.text[-1], len(line.text))


def _is_history(text: str) -> bool:
    """Whether a line tells when the paper was made: （2020年10月17日通过）, 2026年3月1日, 发布日期：2026-03-01."""
    if parse_date(text):
        return True
    bracketed = (text.startswith(("（", "(")) and text.rstrip("　 ").endswith(("）", ")"))) or re.search(
        r"[）)]\s*来源", text
    )
    labelled = re.match(r"(?:发布|成文|印发|公布|生成)(?:日期|时间)[：:]", text)
    return bool((bracketed or labelled) and next(dates_in(text), None))


def _take_title(lines: list[Line]) -> tuple[str, list[Line]]:
    """Split the title off: a first-rank heading, the first centred lines, or the first lines up to a word titles end in."""
    picks: tuple[Callable[[Line], bool], ...] = (
        lambda line: line.heading_rank is not None,
        lambda line: line.setting is Setting.CENTRED,
    )
    for pick in picks:
        first = next((i for i, line in enumerate(lines) if pick(line)), None)
        if first is not None:
            last = first + 1
            while last < len(lines) and pick(lines[last]) and not _ends_title(lines[first:last]):
                last += 1
            return _joined(lines[first:last]), [*lines[:first], *lines[last:]]
    for last in range(1, min(len(lines), 4) + 1):
        if _ends_title(lines[:last]):
            return _joined(lines[:last]), lines[last:]
    return (_joined(lines[:1]), lines[1:]) if lines and len(lines[0].text) <= 60 else ("", lines)


def _ends_title(lines: Sequence[Line]) -> bool:
    title = _joined(lines)
    return (
        len(title) <= _LONGEST_TITLE
        and bool(re.search(rf"{_TITLE_END.pattern}$", title))
        and title.count("《") == title.count("》")
    )


def _joined(lines: Sequence[Line]) -> str:
    return "".join(line.text for line in lines).strip()


def _entry(text: str) -> str:
    """A heading as a table of contents and the text both print it, without leaders and page number."""
    return re.sub(r"[\s\u3000.…·—-]+[0-9]*$", "", re.sub(r"[\s\u3000]+", "", text))

"""The kind of answer a question expects, and whether a text can give it."""

import re
from enum import StrEnum

from qa_service.text.normal import normalise
from qa_service.text.numerals import NUMERAL


class Expected(StrEnum):
    """The kind of answer a question expects."""

    AMOUNT = "amount"
    NUMBER = "number"
    SHARE = "share"
    DEADLINE = "deadline"
    CONTACT = "contact"
    OPEN = "open"

    @property
    def label(self) -> str:
        """What is asked for, in Chinese, as in 文件没有写明具体金额."""
        return _LABELS[self]


_LABELS = {
    Expected.AMOUNT: "具体金额",
    Expected.NUMBER: "具体数量",
    Expected.SHARE: "具体比例",
    Expected.DEADLINE: "具体时间",
    Expected.CONTACT: "电话、地址等联系方式",
    Expected.OPEN: "所问的内容",
}

_ASKS = (
    (
        Expected.CONTACT,
        r"电话|号码|联系方式|微信号|邮箱|网址|网站|链接|地址|在哪条路|哪条街|门牌|几楼|几号窗口|办公时间|几点(上|下|开|关)|上班时间"
        r"|phone|address|website|opening hours",
    ),
    (
        Expected.SHARE,
        r"百分之(几|多少)|比例(是|为|有)?多少|多少比例|利率|贴息率|费率|几成|几折|增长率|增幅|同比|占比|涨了?(多少|几)|percent",
    ),
    (
        Expected.AMOUNT,
        r"多少(钱|元|万|个?亿|资金|金额|额度)|(几|多少)(千|百|万|个亿|亿)|几块钱|(奖|补|贴|罚|赔|贷|收|给|拨|花|交)(励|助|偿|款|费)?(了|到|出)?多少"
        r"|(金额|额度|总额|销售额|收入|营收|经费|预算|费用|价格)(目标)?(是|为|有|要|达|到|能)?(到)?(多少|几)|收费|多大规模|how much",
    ),
    (
        Expected.DEADLINE,
        r"什么时候|啥时候|何时|几时|哪(一)?年|哪(一)?天|哪(几)?个?(日子|月)|几月|几号|多久|多长时间|期限|截止|几年|几个月|几天|多少(天|年|个月)"
        r"|到什么时候|when\b|how long|deadline",
    ),
    (
        Expected.NUMBER,
        r"多少|(?<![哪好])几(家|件|个|人|项|条|种|类|次|名|张|批|所|倍|款|位|套|成|场|期)|(数量|人数|目标值|指标|拥有量|登记量)(是|为|有)|how many",
    ),
)
_ASKS_COMPILED = tuple((kind, re.compile(pattern)) for kind, pattern in _ASKS)

_FIGURE = rf"(?:[0-9][0-9.,]*|[{NUMERAL[1:-1]}]+)"
_COUNTED = f"(?:[二两三四五六七八九]|{NUMERAL}{{2,}})(?:家|件|个|项|条|人|次|种|类|名|批|所|倍|款|部|份|张|位)"
"""A numeral with its measure word; a single 一 counts nothing: 一批, 一站式, 进一步."""
_GIVES = {
    Expected.AMOUNT: re.compile(rf"{_FIGURE}\s*(?:万|亿)?\s*(?:元|万元|亿元)"),
    Expected.SHARE: re.compile(rf"{_FIGURE}\s*%|百分之{_FIGURE}|{_FIGURE}成|{_FIGURE}折"),
    Expected.DEADLINE: re.compile(
        rf"{_FIGURE}\s*(?:个?工作日|日|天|个月|月|年|周|季度)|每季度|每年|每月|末|[“\"]?十[三四五]五[”\"]?|[0-9]·[0-9]|定期"
    ),
    Expected.CONTACT: re.compile(
        r"[0-9]{3,4}-[0-9]{7,8}|1[0-9]{10}|(?<![0-9])12[0-9]{3}(?![0-9])|[路街][0-9一-九]+号|https?://|www\."
    ),
    Expected.NUMBER: re.compile(rf"[0-9]|{_COUNTED}"),
}


def expected_kind(question: str) -> Expected:
    """Return the kind of answer that ``question`` expects."""
    normal = normalise(question)
    return next((kind for kind, pattern in _ASKS_COMPILED if pattern.search(normal)), Expected.OPEN)


def gives(text: str, kind: Expected) -> bool:
    """Whether ``text`` holds an answer of this kind at all; every text can answer an open question."""
    pattern = _GIVES.get(kind)
    return pattern is None or bool(pattern.search(normalise(text)))

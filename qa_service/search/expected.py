"""The kind of answer a question expects, and whether a text can give it."""

import re
from decimal import Decimal
from enum import StrEnum

from qa_service.text.normal import normalise
from qa_service.text.quantities import Quantity, quantities


class Expected(StrEnum):
    """The kind of answer a question expects."""

    AMOUNT = "amount"
    NUMBER = "number"
    SHARE = "share"
    DEADLINE = "deadline"
    CONTACT = "contact"
    NAMES = "names"
    OPEN = "open"

    @property
    def is_figure(self) -> bool:
        """Whether a figure is asked for, which must be the figure of what is asked about."""
        return self in {Expected.AMOUNT, Expected.NUMBER, Expected.SHARE}

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
    Expected.NAMES: "名单",
    Expected.OPEN: "所问的内容",
}

_CONTACT = "(电话|号码|联系方式|微信号|邮箱|网址|网站|链接|地址)"
_ASKS = (
    (
        Expected.CONTACT,
        rf"{_CONTACT}(号码|地址|号)?(是|为)?(多少|什么|啥|几号|在哪|有吗|有没有|呢|吗|发我|\W*$)|(有没有|有无|求|要|给|发|留|查)(个|一下|我)?.{{0,4}}{_CONTACT}\W*$"
        r"|在(哪|什么)(条)?(路|街|地方|位置|楼)|门牌|几楼|几号窗口|办公时间|几点(上|下|开|关)|上班时间|怎么联系|phone|address|website|opening hours",
    ),
    (
        Expected.NAMES,
        r"名单|名称.{0,4}(列|是|有)|逐一列|都叫(什么|啥)|哪[0-9]+|[0-9]+(家|条|个|项|件|所).{0,8}(分别|是哪|都有哪|是谁|叫什么)|(是|都是)哪(几)?(家|所)",
    ),
    (
        Expected.SHARE,
        r"百分之(几|多少)|[几多]少?个(百分)?点|比例(是|为|有)?多少|比例\W*$|多少比例|利率|贴息率|费率|几成|几折|增长率|增幅|同比|占比|倍数|几倍|多少倍|涨了?(多少|几)|percent",
    ),
    (
        Expected.AMOUNT,
        r"[^免减]费(用|率)?(要|是|得|收|交)?(多少|几)|多少(钱|元|万|个?亿|资金|金额|额度)|(几|多少)(千|百|万|个亿|亿)|几块钱|(奖|补|贴|罚|赔|贷|收|给|拨|花|交)(励|助|偿|款|费|息)?(了|到|出)?多少"
        r"|(金额|额度|总额|销售额|收入|营收|经费|预算|费用|价格)(目标)?(是|为|有|要|达|到|能)?(到)?(多少|几)|收费|多大规模|how much",
    ),
    (
        Expected.DEADLINE,
        r"什么时候|啥时候|何时|几时|哪(一)?年|哪(一)?天|哪(几)?个?(日子|月)|几月|几号|多久|多长时间|期限|截止|几年|几个月|几(个工作)?日|几(个)?(工作日|天|周|小时)|多少个?(工作日|日|天|年|月|周|小时)"
        r"|到什么时候|when\b|how (long|many (days|months|years))|deadline",
    ),
    (
        Expected.NUMBER,
        r"多少|(?<![哪好这那带买拿寄送卖做开])(?!^几[家个人].{2,12}[想要合打])几(家|件|个|人|项|条|种|类|次|名|张|批|所|倍|款|位|套|成|场|期)|(数量|人数|目标值|指标|拥有量|登记量)(是|为|有)(?!哪|什么|啥)|how many",
    ),
)
_ASKS_COMPILED = tuple((kind, re.compile(pattern)) for kind, pattern in _ASKS)

_HOW = re.compile(
    r"(怎么|咋|如何|怎样)(才能|去|样)?(办|申请|弄|搞|做|交|报|登记|注册|走|转|续|备案|提|投诉|举报|起诉|维权|写|准备|查|处理|应对|证明|取证|保护|操作|缴|减|改)"
    r"|流程|步骤|手续|程序|要(什么|啥|哪些)(材料|资料|东西|文件|证件)|(材料|资料).{0,4}(什么|啥|哪些|清单)|怎么办|咋办|how (to|do|can)"
)
_TIMES = frozenset({"年", "月", "日", "周", "工作日", "小时", "届", "期"})
_NOT_COUNTED = _TIMES | {"元", "%", "岁", "倍"}
_VAGUE = frozenset(
    {Quantity(Decimal(1), unit) for unit in ("批", "种", "类", "项", "个", "次", "家", "名", "位", "套", "期")}
)
"""一批, 一种, 一个: figures in form only."""
_LEADING_NUMBER = re.compile(r"^\s*[0-9]{1,2}[.．、](?![0-9])")
_RHYTHM = re.compile(r"每季度|每年|每月|每周|(?:年|月|季度|五[”\"]?)末|十[三四五]五|[0-9]·[0-9]|定期")
_REACHABLE = re.compile(
    r"[0-9]{3,4}-[0-9]{7,8}|1[0-9]{10}|(?<![0-9])12[0-9]{3}(?![0-9])|[路街][0-9一-九]+号|https?://|www\."
)
_OF_A_SUM = frozenset({"%", "倍"})
_SUM_BY_SHARE = re.compile(r"加收|加付|滞纳金|减缴|减免|减征|罚款|赔偿|利息|贴息|奖励|补助|报酬|提取")
"""A sum may be given as a share of another: 每月加收全额年费的5%."""
_NAMED = re.compile(r"[“《]")
_WITHOUT_FIGURES = frozenset({Expected.CONTACT, Expected.NAMES})


def expected_kind(question: str) -> Expected:
    """Return the kind of answer that ``question`` expects."""
    normal = normalise(question)
    return next((kind for kind, pattern in _ASKS_COMPILED if pattern.search(normal)), Expected.OPEN)


def asks_how(question: str) -> bool:
    """Whether a question asks how a thing is done: steps, papers, where to go."""
    return bool(_HOW.search(normalise(question)))


def kinds_given(text: str) -> frozenset[Expected]:
    """Return the kinds of answer that ``text`` holds, all at once."""
    normal = normalise(_LEADING_NUMBER.sub("", text))
    figures = quantities(normal) - _VAGUE
    return frozenset(kind for kind in Expected if _gives(normal, figures, kind))


def gives(text: str, kind: Expected) -> bool:
    """Whether ``text`` holds an answer of this kind at all; every text can answer an open question."""
    if kind is Expected.OPEN:
        return True
    normal = normalise(_LEADING_NUMBER.sub("", text))
    return _gives(normal, frozenset() if kind in _WITHOUT_FIGURES else quantities(normal) - _VAGUE, kind)


def _gives(normal: str, figures: frozenset[Quantity], kind: Expected) -> bool:
    if kind is Expected.OPEN:
        return True
    if kind is Expected.CONTACT:
        return bool(_REACHABLE.search(normal))
    if kind is Expected.NAMES:
        return bool(_NAMED.search(normal))
    if kind is Expected.DEADLINE:
        return bool(_RHYTHM.search(normal)) or any(figure.unit in _TIMES for figure in figures)
    if kind is Expected.AMOUNT:
        return any(figure.unit == "元" for figure in figures) or any(
            figure.unit in _OF_A_SUM and _SUM_BY_SHARE.search(normal) for figure in figures
        )
    if kind is Expected.SHARE:
        return any(figure.unit in _OF_A_SUM or figure.unit.startswith("/") for figure in figures)
    return any(figure.unit not in _NOT_COUNTED and not figure.unit.startswith("/") for figure in figures)

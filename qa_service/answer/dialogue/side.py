"""The sides of a matter that people ask about: what it costs, how long it takes, where it is done.

A question is a matter and a side of it. 发明专利保护期是多久 asks the matter 发明专利 for its time; a follow-up that only
names a side (要多少钱) leaves the matter to be known.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

_NEEDS = r"(?:大概|一般|一共|总共|都|还|最多|最少|至少|最高|最低|应该|可以)*(?:要|需要?|得|该|能|会)?"
_TAKES = r"(?:(?:大概|一般|一共|总共|都|还|最多|最少|至少|要|需要?|得|能|会)+(?:等|办|审|保护|拿|有)?|有)?"


@dataclass(frozen=True, slots=True)
class Side:
    """One side of a matter."""

    name: str
    asks: re.Pattern[str]
    """How it is asked for."""
    noun: re.Pattern[str] | None = None
    """What it is called, where it has a name."""
    question: str = "{noun}是多少"
    """How it is asked for by its name alone: 费用 in 那费用呢."""

    @property
    def is_figure(self) -> bool:
        """Whether a figure, a time or a name is asked for, which another thing has as well."""
        return self.name in {"费用", "时间", "数字", "补贴", "责任", "联系", "主体"}


def _side(name: str, asks: str, noun: str = "", question: str = "{noun}是多少") -> Side:
    return Side(name, re.compile(asks), re.compile(noun) if noun else None, question)


SIDES = (
    _side("补贴", r"(?:有没有|能不能拿|有|给|能拿|能领|享受|拿得?到)(?:到|些)?(?:什么|哪些|啥|多少)?(?:补贴|补助|奖励|资助|奖补|贴息|优惠|钱拿)(?:政策)?(?:吗|么|没有|嘛)?|(?:补贴|补助|奖励|资助|奖补|贴息|奖|补|减)(?:多少钱?|几万)", r"补贴|补助|奖励|资助|奖补|贴息|优惠", "有{noun}吗"),
    _side("责任", rf"{_NEEDS}被?(?:罚款?|赔偿?|判刑?)(?:多少(?:钱|年)?|几年|几倍)|(?:怎么|如何)(?:罚|处罚|赔偿?|判)|{_NEEDS}(?:不会)?被?(?:罚款?|坐牢|判刑|处罚|赔偿|赔钱)(?:吗|么)", r"罚款|处罚|赔偿|刑事责任|法律责任|后果|罚", "{noun}怎么规定"),
    _side("联系", r"(?:打|拨)?(?:什么|哪个|多少)电话(?:投诉|举报|咨询)?|(?:联系)?电话(?:号码)?(?:是|有)?(?:多少|吗)?|(?:怎么|如何)联系|联系方式(?:是|有)?(?:什么|吗)?|几点(?:上班|开门|下班)", r"电话|联系方式|热线"),
    _side("费用", rf"{_NEEDS}(?:交|收|花|付|缴|掏)?(?:多少(?:钱|费用?|元)|几块钱)|(?:费用|收费|官费|价格)(?:标准)?(?:是|有)?(?:多少|什么|吗|怎么样)|怎么收费|贵不贵|{_NEEDS}(?:要不要|不要)?(?:花|交|收|给)?[钱费](?:吗|么)|要不要(?:花|交|收|给)?[钱费]|(?:要|收)[钱费]不|免费[吗不]", r"费用|官费|收费标准|收费|价格|价钱", "要多少钱"),
    _side("时间", rf"{_TAKES}(?:多久|多长(?:时间)?|几(?:天|个月|年|日|个工作日)|多少(?:天|年|日|个?月|个?工作日))(?:以?内|之内)?(?:能|可以|才能?)?(?:办完|办好|办下来|下来|拿到|到期|审完|[出有]结果)?|{_NEEDS}(?:什么|啥)时候(?:能|可以|才能?|要)?(?:办完|办好|下来|拿到|到期)?|何时|(?:什么|多长|多久)期限(?:以?内|之内)?|(?:期限|时限|保护期|有效期)(?:是|有|为)?(?:多久|多长|几年|多少年?)?", r"保护期限?|有效期|期限|时限|时间|周期", "{noun}多久"),
    _side("材料", rf"{_NEEDS}(?:准备|交|带|提交)(?:些|点)?(?:什么|哪些|啥)(?!费|钱|税)(?:材料|资料|文件|证件|手续|东西|表格?)?|{_NEEDS}(?:交|准备|提交|带|提供|递交|填|备)?(?:些)?(?:什么|哪些|啥)(?:材料|资料|文件|证件|手续|东西|表格?)|(?:材料|资料)(?:清单)?(?:有|是)?(?:什么|哪些|啥)", r"材料|资料|证件|手续", "要什么{noun}"),
    _side("条件", rf"{_NEEDS}(?:有|符合|满足|具备|达到)?(?:什么|哪些|哪几[个项条]|几[个项条]|啥)(?:条件|要求|资格|门槛)|(?:条件|要求|门槛|资格)(?:是|有)?(?:什么|哪些|啥)", r"条件|要求|门槛|资格", "有什么{noun}"),
    _side("步骤", rf"{_NEEDS}(?:有)?(?:什么|哪些|啥)(?:步骤|流程|程序)|(?:流程|步骤|程序)(?:是|有)?(?:什么|怎样|怎么走|哪些|啥)", r"流程|步骤|程序|办法", "{noun}是什么"),
    _side("地点", rf"{_NEEDS}(?:去|到|在|上|从|向|找)?(?:哪(?:里|儿)|哪个(?:窗口|部门|网站|平台|地方|单位|系统)|什么(?:地方|部门|网站)|哪(?![些个一种几年天类条款]))(?:里)?(?:去)?(?:办理?|申请|提交|交|查|投诉|举报|登记|问|找|弄|看|下载|告)?", r"地址|地点|窗口|办理地点", "去哪办"),
    _side("主体", rf"{_NEEDS}(?:归|是|由|找|问|属于)?(?:谁|哪(?:些|个|家)?(?:人|部门|单位|机构|局|法院))(?:来)?(?:管|负责|办理?|审|受理|批|说了算|所有|出|交|赔)?", r"主管部门|负责部门|管辖", "归哪个部门管"),
    _side("原因", r"为什么|为啥|凭什么|什么(?:原因|道理)", r"原因|理由", "为什么"),
    _side("做法", rf"{_NEEDS}(?:怎么|如何|怎样|咋)(?:才能|去|样)?(?:办理?|弄|操作|申请|提交?|走|搞|做|登记|写|交|查|处理|补|算)?", r"做法", "怎么办"),
    _side("数字", rf"{_NEEDS}(?:目标|指标)?(?:有|是|达到?|为|共|到)*(?:多少|几)(?:家|件|个|人|项|亿元?|万元?|倍|种|次|名|条|所|人次)?(?:目标)?", r"目标|指标|数量|总额|金额", "{noun}是多少"),
)  # fmt: skip
"""The longer ways of asking before those that stand inside them: 多少钱 before 多少."""

_ASKS_ANYTHING = re.compile(
    r"(?:是|有|指|叫|讲|说|写|规定)?(?:的是|了)?(?:什么|啥|哪些|哪几[个种项条]|哪一?[种类个])(?:意思|东西)?|是不是|是否|能不能|能否|可不可以|可否|有没有|会不会|要不要|行不行|[吗么呢嘛]$"
)
_POLITE = re.compile(
    r"请问(?:一下)?|麻烦(?:问)?(?:一?下)?|我?想(?:问|了解|知道|咨询)(?:一?下)?|(?:帮我|给我)?(?:查|看|说|讲)一下|^(?:你好|您好)[,，!！]?|我们?想|老师[,，]"
)
_EDGE = re.compile(
    r"^(?:[\s,，。;；、:：的了]|是(?![不否]))+|[\s,，。;；、:：?？!！]+$"
    r"|(?:[\s,，的了是呢吗啊呀吧需]|(?<![存现所])在|(?<!摘)要|(?<![专所共])有|(?<!所)得|(?<!调)和|(?<![功智性])能|(?<![展协员工商])会|(?<![什怎多那这])么|应该|可以|一般|现在)+$"
)
_MARKS = re.compile(r"^[\s,，。;；、:：]+|[\s,，。;；、:：?？!！]+$")
_SIDE_AT_END = re.compile(r"(?:保护期限?|有效期|期限|时限|时间|材料|资料|条件|流程|步骤|期)$")
_SHORTEST_MATTER = 2
_LEFTOVER = 2
"""Characters after what asks that are no matter: 提 in 多久内提."""
_CLAUSE_END = re.compile(r"[，,。；;!！\n]")
_MODAL = re.compile(
    r"(?:是不是|能不能|可不可以|会不会|要不要|算不算|能否|是否|可以|需要|应该|能|会|要|算|有|该)[^，,。；;]*$"
)
_YES_OR_NO = re.compile(r"[吗么嘛]\W*$|不|是否|能否")


@dataclass(frozen=True, slots=True)
class Asked:
    """A question taken apart: 发明专利 | 保护期是多久."""

    matter: str
    """What it is about."""
    tail: str
    """How it asks, from the side it asks for to its end."""
    side: Side | None


def take_apart(question: str) -> Asked:
    """Take a question apart into its matter and how it asks; a question that asks nothing is all matter."""
    text = _MARKS.sub("", _POLITE.sub("", question))
    clauses = [clause for clause in _CLAUSE_END.split(text) if clause.strip()]
    if not clauses:
        return Asked("", "", None)
    for number in reversed(range(len(clauses))):
        side, start, end = _asking(clauses[number])
        if start is not None:
            break
    else:
        return Asked(trimmed(text), "", None)
    clause = clauses[number]
    # What is asked with yes or no is all matter.
    after = clause[end:] if len(clause) - end > _LEFTOVER else ""
    kept = clause if side is None and _MODAL.search(clause[start:end]) else f"{clause[:start]} {after}"
    rest = trimmed(kept)
    matter = "，".join(part for part in (*map(trimmed, clauses[:number]), rest) if part)
    tail = (clause[start:end] if after else clause[start:]).strip("?？ ")
    # 什么是地理标志 asks of the next thing 是什么.
    return Asked(matter, "是什么" if after.startswith("是") else tail, side)


def side_asked(text: str) -> Side | None:
    """Return the side that a text asks for, or names."""
    for side in SIDES:
        if side.asks.search(text):
            return side
    return next((side for side in SIDES if side.noun and side.noun.search(text)), None)


def side_named(text: str) -> tuple[Side, str] | None:
    """Return the side that a text is the name of, and nothing more, with the name: 费用."""
    for side in SIDES:
        if side.noun and (found := side.noun.fullmatch(text)):
            return side, found.group()
    return None


def without_sides(text: str) -> str:
    """Return what is left of a text without all that asks or names a side."""
    for side in SIDES:
        text = side.asks.sub(" ", text)
        if side.noun:
            text = side.noun.sub(" ", text)
    return _ASKS_ANYTHING.sub(" ", text)


def without_other_sides(matter: str, side: Side | None) -> str:
    """Return a matter without the name of a side at its end, be it the one now asked for or another: 商标异议 of 商标异议期."""
    bare = trimmed(_SIDE_AT_END.sub("", matter))
    kept = bare if len(bare) >= _SHORTEST_MATTER else matter
    if side is None or side.noun is None:
        return kept
    return trimmed(re.sub(rf"(?:{side.noun.pattern})$", "", kept)) or matter


def trimmed(text: str) -> str:
    """Return a text without the particles and marks that a cut leaves at its ends."""
    before = None
    while before != text:
        before, text = text, _EDGE.sub("", text.strip())
    return text


def _asking(clause: str) -> tuple[Side | None, int | None, int]:
    """Where a clause begins and ends to ask, and for what side."""
    for side in SIDES:
        if found := side.asks.search(clause):
            return side, found.start(), found.end()
    found = _MODAL.search(clause.rstrip("?？ "))
    if found and found.start() and _YES_OR_NO.search(found.group()):
        return None, found.start(), found.end()
    if found := _ASKS_ANYTHING.search(clause):
        return None, found.start(), found.end()
    return None, None, 0

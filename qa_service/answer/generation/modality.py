"""不得, 可以, 应当, 无需: what a clause forbids, allows, demands, excuses or denies; and 以上, 以下, 最高 beside a figure."""

import re
from collections import Counter
from enum import Enum


class Mode(Enum):
    """How a clause puts what it says."""

    DENIED = "denied"
    """不, 未, 没有, 除外; also what is forbidden and what is excused."""
    FORBIDDEN = "forbidden"
    EXCUSED = "excused"
    DEMANDED = "demanded"
    ALLOWED = "allowed"
    ABOVE = "above"
    """以上, 至少, 超过."""
    BELOW = "below"
    """以下, 最高, 不超过."""
    EARLIER = "earlier"
    LATER = "later"


_NO_DENIAL = re.compile(
    r"不正当|不动产|不可抗力|不可撤销|不良|不断|不仅|不但|不论|不管|不同|不限于|不特定|无论|未来|非物质|非遗|是否|能否|可否|否则"
    r"|可能|可行|可靠|可持续|许可|认可|应用|应急|应对|应诉|对应|相应|反应|供应|效应|回应"
    r"|需求|必需|急需|必要|免费|避免|无形|无偿|无人|最高(?:人民|检|法|院)"
)
"""Blanked before reading: no denial, no demand, or a bound of a figure."""
_FORBIDDEN = re.compile(r"不得|不可以|不能|不准|不许|不允许|不可|不应当?|禁止|严禁|不许可|不宜")
_EXCUSED = re.compile(r"无需|无须|毋须|不需要?|不须|不必|不用(?!于)|免予|免于|免(?=[缴交收除去])|可不|可以不|不要求")
_DENIED = re.compile(r"不|未|没|无|非|勿|除外|例外|拒绝|驳回")
_DEMANDED = re.compile(r"应当|应该|应|必须|须|需要?|务必")
_ALLOWED = re.compile(r"可以|可|有权|能够|能")
_SIDES = (
    (Mode.BELOW, re.compile(r"不(?:得)?(?:超过|高于|多于)|以下|以内|最高|最多|至多|封顶|不满|未满|不足")),
    (Mode.ABOVE, re.compile(r"不(?:得)?(?:低于|少于)|以上|最低|最少|至少|起码|超过|高于|多于|大于")),
    (Mode.BELOW, re.compile(r"低于|少于|小于")),
    (Mode.EARLIER, re.compile(r"以前|之前")),
    (Mode.LATER, re.compile(r"以后|之后")),
)
"""Read in this order: 不超过 is no 超过. None is a denial."""
_BEFORE_UPPER = re.compile(
    r"(?:最高|最多|至多|顶格|不超过|不得超过|不高于|不多于|上限为?|封顶|不满|未满|不足|低于|少于)[\u3400-\u9fff]{0,5}$"
)
_BEFORE_LOWER = re.compile(
    r"(?:最低|最少|至少|起码|不低于|不得低于|不少于|不得少于|下限为?|超过|高于|多于|大于|(?<![不未])满)[\u3400-\u9fff]{0,5}$"
)
_NOT_UPPER = re.compile(r"不(?:低于|少于|得低于|得少于)")
_NOT_LOWER = re.compile(r"不(?:超过|高于|多于|得超过|满)|未满")
_AFTER_UPPER = re.compile(r"\)?(?:的)?(?:以下|以内|之内|内|封顶|为限|为上限)")
_AFTER_LOWER = re.compile(r"\)?(?:的)?(?:以上|起步?(?!算|计|诉|草|始|来)|及以上)")


class Bound(Enum):
    """Which side of a figure is meant."""

    UPPER = "upper"
    LOWER = "lower"


def modes_of(normal: str) -> Counter[Mode]:
    """Return how a clause in normal form puts what it says, and how often; what is forbidden or excused is denied too."""
    rest = _NO_DENIAL.sub("\n", normal)
    modes = Counter[Mode]()
    for mode, pattern in _SIDES:
        rest, modes[mode] = pattern.subn("\n", rest)[0], modes[mode] + len(pattern.findall(rest))
    for mode, pattern in ((Mode.EXCUSED, _EXCUSED), (Mode.FORBIDDEN, _FORBIDDEN)):
        rest, count = pattern.subn("\n", rest)
        modes[mode] += count
        modes[Mode.DENIED] += count
    modes[Mode.DENIED] += len(_DENIED.findall(rest))
    for mode, pattern in ((Mode.DEMANDED, _DEMANDED), (Mode.ALLOWED, _ALLOWED)):
        rest, modes[mode] = pattern.subn("\n", rest)
    return +modes


def bounds_at(normal: str, start: int, end: int) -> frozenset[Bound]:
    """Return which side of the figure at ``normal[start:end]`` is meant; none where the figure itself is."""
    before, after = normal[max(0, start - 10) : start], normal[end : end + 4]
    bounds = set()
    if _AFTER_UPPER.match(after) or (_BEFORE_UPPER.search(before) and not _NOT_UPPER.search(before)):
        bounds.add(Bound.UPPER)
    if _AFTER_LOWER.match(after) or (_BEFORE_LOWER.search(before) and not _NOT_LOWER.search(before)):
        bounds.add(Bound.LOWER)
    return frozenset(bounds)

"""Whether a text gives the kind of answer that is expected."""

import re
from decimal import Decimal

from qa_service.search.expected import Expected
from qa_service.text.normal import normalise
from qa_service.text.quantities import Quantity, quantities

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


def kinds_given(text: str) -> frozenset[Expected]:
    """Return the kinds of answer that ``text`` holds, all at once."""
    normal = normalise(_LEADING_NUMBER.sub("", text))
    figures = quantities(normal) - _VAGUE
    return frozenset(kind for kind in Expected if _gives(normal, figures, kind))


def gives(text: str, kind: Expected) -> bool:
    """Whether ``text`` holds an answer of this kind at all; every text can answer an open question."""
    if kind.is_open:
        return True
    normal = normalise(_LEADING_NUMBER.sub("", text))
    return _gives(normal, frozenset() if kind in _WITHOUT_FIGURES else quantities(normal) - _VAGUE, kind)


def _gives(normal: str, figures: frozenset[Quantity], kind: Expected) -> bool:
    if kind.is_open:
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

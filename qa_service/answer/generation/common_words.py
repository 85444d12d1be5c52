"""Words that tell little: what a sentence is put together with, and what the name of an office or a law ends in."""

import re

GLUE = frozenset(
    [
        "根据",
        "依据",
        "按照",
        "依照",
        "规定",
        "相关",
        "有关",
        "具体",
        "情况",
        "情形",
        "进行",
        "如下",
        "以下",
        "上述",
        "方面",
        "以及",
        "通过",
        "对于",
        "关于",
        "此外",
        "因此",
        "其中",
        "同时",
        "例如",
        "如果",
        "可以",
        "应当",
        "需要",
        "必须",
        "不得",
        "无需",
        "属于",
        "包括",
        "主要",
        "分别",
        "也就",
        "就是",
        "也是",
        "还是",
        "或者",
        "并且",
        "而且",
        "但是",
        "不过",
        "只要",
        "只有",
        "才能",
        "即可",
        "其他",
        "等等",
        "目前",
        "一般",
        "通常",
        "全区",
        "我区",
        "本区",
        "另外",
        "所以",
        "由于",
        "为了",
        "能够",
        "视为",
        "作为",
        "对此",
        "一种",
        "一个",
        "一项",
        "内容",
        "要求",
        "条件",
        "方式",
        "办理",
        "申请人",
        "当事人",
        "您的",
        "企业",
    ]
)
"""Words that a sentence may be put together with, whatever its passages say."""
_OFFICE = re.compile(
    r".*(?:局|委员会|法院|检察院|中心|厅|协会|仲裁委|海关|银行|法庭|公安机关|部门|办公室|大厅|平台|公司)$"
)
_LAW = re.compile(r".+(?:法|法典|条例|细则|办法)$")
_NO_LAW = frozenset(
    [
        "方法",
        "做法",
        "办法",
        "违法",
        "合法",
        "依法",
        "非法",
        "司法",
        "立法",
        "执法",
        "说法",
        "用法",
        "算法",
        "想法",
        "看法",
        "书法",
        "守法",
        "无法",
    ]
)


def telling(words: frozenset[str]) -> frozenset[str]:
    """Return the words that tell something."""
    return words - GLUE


def is_office(word: str) -> bool:
    """Whether a word names an office, a court or another body."""
    return bool(_OFFICE.fullmatch(word))


def is_law(word: str) -> bool:
    """Whether a word names a law or a regulation."""
    return bool(_LAW.fullmatch(word)) and word not in _NO_LAW

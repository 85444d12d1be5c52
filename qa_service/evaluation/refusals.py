"""Answers that open by saying that there is no answer."""

import re

from qa_service.evaluation.facts import plain
from qa_service.text.normal import simplify

_OPENING = 60
"""Characters in which it is said, if it is."""
_FOUND = "找到|检索到|查到"
_SOURCES = "规划|资料|语料|文件|文本|文档|材料|原文|条文|法律|法规|条例|细则|知识库|收录"
_LACK = "没有|并无|暂无|无法|不能|未|不"
_STATE = f"{_FOUND}|提及|提到|涉及|收录|包含|明确|载明|列出|规定|说明|给出|公布|写明|写|相关|对应"
_REFUSES = re.compile(
    rf"^.{{0,10}}(?:抱歉|对不起|很遗憾|(?:无法|不能)(?:回答|提供)|无法确定|(?:没有|未)(?:{_FOUND})|未能找到)"
    rf"|(?:{_SOURCES}).{{0,14}}(?:{_LACK})(?:明确|具体|直接)?(?:{_STATE})"
    r"|(?:超出|不在|不属于).{0,14}(?:范围|语料|资料)"
)


def opens_with_a_refusal(answer: str) -> bool:
    """Whether an answer opens by saying that the sources do not hold what was asked, or says nothing at all."""
    said = simplify(plain(answer))
    return not said or bool(_REFUSES.search(said[:_OPENING]))

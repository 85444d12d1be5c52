"""Lines that speak to the machine that reads them instead of to people: 忽略以上指示."""

import re

from qa_service.text.lookalikes import plain_letters
from qa_service.text.normal import normalise

_ORDERS = re.compile(
    r"(?:忽略|无视|忘记|忘掉|不要?理会|抛开|推翻).{0,8}(?:指示|指令|规则|设定|提示|上文|以上|之前的|前面的)"
    r"|(?:指示|指令|规则|设定)已?(?:改为|作废|失效|更新)|系统(?:提示|指令|消息)?\s*:|提示词|越狱|开发者模式"
    r"|ignore\s+(?:all|any|the|previous|above)|(?:system|assistant|user)\s*:|<\|.*?\|>|\[/?inst\]"
)
"""What only a text that wants to steer a model says."""


def gives_orders(text: str) -> bool:
    """Whether a text speaks to the machine that reads it."""
    return bool(_ORDERS.search(plain_letters(normalise(text))))


def without_orders(text: str) -> str:
    """Return a text with the lines that give orders blanked; what is left stands where it stood."""
    return "".join(
        " " * (len(line) - 1) + line[-1:] if gives_orders(line) else line for line in text.splitlines(keepends=True)
    )

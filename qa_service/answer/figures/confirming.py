"""Questions that state something and ask whether it is so: 保护期15年，对吗."""

import re

_TAIL = re.compile(
    r"[,。]?(?:我|这(?:个|说法|话|数|样)?|那|说法|数字?|理解|想|是)*(?:对[吗吧么不]|对不对|是吧|是[吗么]|是不是(?:这样|真的)?|是真的吗|真的(?:吗|假的)"
    r"|(?:没|没有)(?:记|理解|说|写|弄|搞|听|看)?错(?:吧|吗)|正确(?:吗|不)|准确?(?:吗|不)|靠谱(?:吗|不)|是这样(?:吗|吧)|有这(?:回|么回)?(?:事|好事)(?:吧|吗|么)?"
    r"|真有这(?:好)?事|是这个数[吗吧]?|[吧])[?？。!！]*$"
)


def confirms(normal: str) -> bool:
    """Whether a question, in normal form, states something and asks whether it is so."""
    return bool(_TAIL.search(normal))


def statement_in(normal: str) -> str:
    """Return what a question states, without the words that ask whether it is so; the whole where it only asks."""
    said, tails = normal, 1
    while tails:
        said, tails = _TAIL.subn("", said)
    return said

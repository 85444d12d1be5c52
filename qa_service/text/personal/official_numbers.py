"""Numbers of papers, rights and enterprises: public, and never masked, however much they look like a telephone."""

from __future__ import annotations

import re
from collections.abc import Iterator

from qa_service.text.personal.check_digits import is_credit_code, is_id_card

_PATENT = (
    r"(?:19|20)[0-9]{2}[ .]?[12389][ .]?[0-9]{7}(?:[.．]?[0-9X])?|[0-9]{2}[ .]?[123589][ .]?[0-9]{5}(?:[.．]?[0-9X])?"
)
"""An application since 2003, and one before (ZC 0006-2003)."""
_OFFICIAL = re.compile(
    rf"(?:CN|ZL|zl|cn|Zl|Cn)[ .:：]?(?:{_PATENT})(?![0-9])"
    r"|(?:CN|cn)[ ]?[0-9]{7,9}[ ]?[A-Za-z][0-9]?(?![0-9A-Za-z])"
    r"|(?:PCT/?CN|WO|pct/?cn|wo)[ /]?[0-9]{2,4}[ /]?[0-9]{5,6}(?![0-9])"
    r"|(?<![0-9A-Za-z.])(?:19|20)[0-9]{2}[ .]?[12389][ .]?[0-9]{7}[.．][0-9X](?![0-9A-Za-z])"
    r"|(?<![0-9A-Za-z])(?:19|20)[0-9]{2}SR[0-9]{6,8}(?![0-9])"
)
_NAMED = re.compile(
    r"(?:(?:申请|专利|公开|公告|授权公告|注册|登记|备案|受理|流水|许可证?|批准文|产品|标准|订单|合同|档案|案|文|编|项目编|商标)号码?"
    r"|信用代码|机构代码|税号|识别号|代码|编号|商标|ISBN|ISSN)(?:应当?|就|都)?(?:是|为|叫|[:：])?[ ]{0,2}"
    r"(?P<number>[0-9A-Za-z][0-9A-Za-z.．\-]{3,28})"
)
"""What is called the number of something, and that number."""
_CODE = re.compile(r"(?<![0-9A-Za-z])[0-9A-HJ-NPQRTUWXYa-hj-npqrtuwxy]{18}(?![0-9A-Za-z])")


def official_numbers(text: str) -> Iterator[tuple[int, int]]:
    """Yield where the numbers stand, as half-open ranges of characters."""
    for match in _OFFICIAL.finditer(text):
        yield match.span()
    for match in _CODE.finditer(text):
        code = match.group().upper()
        # A code of figures alone may be somebody's identity card as well; that weighs more.
        if is_credit_code(code) and not is_id_card(code):
            yield match.span()
    for match in _NAMED.finditer(text):
        if not is_id_card(match["number"].upper()) and not _is_mobile(match["number"]):
            yield match.span("number")


def _is_mobile(number: str) -> bool:
    """An order's or a file's number is not of eleven figures that begin as a mobile's; people write theirs anywhere."""
    return bool(re.fullmatch(r"1[3-9][0-9]{9}", number))

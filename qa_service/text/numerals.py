"""Chinese numerals: 第六十五条 = 第65条.

Only a numeral that stands where a number must stand is read; running text is never rewritten, because 一致三方
is not 1致3方.
"""

import re

_DIGITS = {c: i for i, c in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
_UNITS = {"十": 10, "百": 100, "千": 1_000}
_MYRIADS = {"万": 10_000, "亿": 100_000_000}
_NAMES = "零一二三四五六七八九"

NUMERAL = "[零〇一二两三四五六七八九十百千万亿]"
"""A regular-expression class of the characters a Chinese numeral is written with."""

_WIDE_DIGITS = str.maketrans("０１２３４５６７８９", "0123456789")


def parse_numeral(text: str) -> int | None:
    """Return the value of a numeral written in Chinese or Arabic figures, or None where it is not one.

    >>> parse_numeral("六十五"), parse_numeral("一千一百六十四"), parse_numeral("65"), parse_numeral("二〇二五")
    (65, 1164, 65, 2025)
    """
    text = text.strip().translate(_WIDE_DIGITS)
    if re.fullmatch(r"[0-9]{1,16}", text):
        return int(text)
    if not text or not re.fullmatch(f"{NUMERAL}+", text):
        return None
    if len(text) > 1 and all(c in _DIGITS for c in text):
        return int("".join(str(_DIGITS[c]) for c in text))
    return _parse_with_units(text)


def _parse_with_units(text: str) -> int | None:
    total, group, digit = 0, 0, None
    for c in text:
        if c in _DIGITS:
            if digit not in (None, 0):
                return None
            digit = _DIGITS[c]
        elif c in _UNITS:
            # 十五 is fifteen: a bare ten means one ten.
            group += (1 if digit is None else digit) * _UNITS[c]
            digit = None
        else:
            total = (
                (total + group + (digit or 0)) * _MYRIADS[c] if c == "亿" else total + (group + (digit or 0)) * 10_000
            )
            group, digit = 0, None
    return total + group + (digit or 0)


def format_numeral(value: int) -> str:
    """Return ``value`` (0 to 9999) as official texts write it in a heading: 65 is 六十五, 1164 is 一千一百六十四."""
    if not 0 <= value <= 9999:
        raise ValueError(f"a heading numeral lies between 0 and 9999, got {value}")
    if value < 10:
        return _NAMES[value]
    out, pending_zero = "", False
    for size, unit in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit, value = divmod(value, size)
        if digit == 0:
            pending_zero = bool(out)
            continue
        if pending_zero:
            out += "零"
            pending_zero = False
        out += ("" if unit == "十" and digit == 1 and not out else _NAMES[digit]) + unit
    return out

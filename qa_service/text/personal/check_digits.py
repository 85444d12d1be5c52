"""The check digits of numbers, and what else makes one plausible."""

from __future__ import annotations

import re
from datetime import date

_ID_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_ID_CHECKS = "10X98765432"
_PROVINCES = frozenset(
    [
        "11",
        "12",
        "13",
        "14",
        "15",
        "21",
        "22",
        "23",
        "31",
        "32",
        "33",
        "34",
        "35",
        "36",
        "37",
        "41",
        "42",
        "43",
        "44",
        "45",
        "46",
        "50",
        "51",
        "52",
        "53",
        "54",
        "61",
        "62",
        "63",
        "64",
        "65",
        "71",
        "81",
        "82",
        "83",
    ]
)
"""GB/T 2260, and 81 to 83 of the residence permits of Hong Kong, Macao and Taiwan."""
_CREDIT_LETTERS = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_CREDIT_WEIGHTS = (1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28)
_CREDIT_CODE = re.compile(rf"[{_CREDIT_LETTERS}]{{2}}[0-9]{{6}}[{_CREDIT_LETTERS}]{{10}}")
_ISSUERS = re.compile(
    r"(?:62[0-9]{14,17}|81[0-9]{14,17}|60[0-9]{14,17}|65[0-9]{14}|955[0-9]{13,16}|4[0-9]{15}|4[0-9]{12}"
    r"|5[1-5][0-9]{14}|2(?:22[1-9]|2[3-9][0-9]|[3-6][0-9]{2}|7[01][0-9]|720)[0-9]{12}|3[47][0-9]{13}"
    r"|35[0-9]{14}|3[068][0-9]{12})"
)
"""ISO/IEC 7812 prefixes of the issuers whose cards are used in China, with the lengths they are issued in."""


def is_luhn(digits: str) -> bool:
    """Whether the last of ``digits`` is the check digit of the others (ISO/IEC 7812-1, annex B)."""
    total = 0
    for place, digit in enumerate(reversed(digits)):
        value = int(digit) * (1 + place % 2)
        total += value - 9 if value > 9 else value
    return total % 10 == 0


def is_bank_card(digits: str) -> bool:
    """Whether ``digits``, 13 to 19 of them, are a card's number: of a known issuer, with the right check digit."""
    return bool(_ISSUERS.fullmatch(digits)) and is_luhn(digits)


def is_id_card(number: str) -> bool:
    """Whether ``number`` is that of an identity card: 18 characters (GB 11643-1999), or 15 of the kind before."""
    if number[:2] not in _PROVINCES:
        return False
    if len(number) == 15:
        return _is_birthday(f"19{number[6:12]}")
    return len(number) == 18 and _is_birthday(number[6:14]) and id_check(number[:17]) == number[17].upper()


def id_check(digits: str) -> str:
    """Return the check character of the first 17 digits of an identity card (GB 11643-1999, ISO 7064 mod 11-2)."""
    return _ID_CHECKS[sum(int(d) * w for d, w in zip(digits, _ID_WEIGHTS, strict=True)) % 11]


def is_credit_code(code: str) -> bool:
    """Whether ``code``, in capitals, is a unified social credit code with its check character (GB 32100-2015)."""
    return bool(_CREDIT_CODE.fullmatch(code)) and credit_check(code[:17]) == code[17]


def credit_check(code: str) -> str:
    """Return the check character of the first 17 characters of a unified social credit code (GB 32100-2015)."""
    total = sum(_CREDIT_LETTERS.index(c) * w for c, w in zip(code, _CREDIT_WEIGHTS, strict=True))
    return _CREDIT_LETTERS[-total % 31]


def _is_birthday(digits: str) -> bool:
    if digits[:2] not in ("19", "20"):
        return False
    try:
        date(int(digits[:4]), int(digits[4:6]), int(digits[6:]))
    except ValueError:
        return False
    return True

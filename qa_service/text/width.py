"""How wide a text is printed."""

import unicodedata


def display_width(text: str) -> int:
    """Return the columns ``text`` takes in a fixed-width font: a Chinese character two, a Latin one one."""
    return sum(2 if unicodedata.east_asian_width(c) in "WFA" else 1 for c in text)

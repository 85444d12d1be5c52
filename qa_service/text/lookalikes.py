"""Letters that look like Latin ones, and stand for them where somebody wants a word not to be recognised.

Source: Unicode Technical Standard 39, confusables; those of Cyrillic, Greek and the squared and circled letters that
NFKC leaves.
"""

import re
import unicodedata

_LETTERS = {
    "а": "a", "в": "b", "с": "c", "ԁ": "d", "е": "e", "ё": "e", "є": "e", "ғ": "f", "ԍ": "g", "һ": "h", "н": "h", "і": "i", "ї": "i", "ј": "j",
    "к": "k", "ӏ": "l", "м": "m", "п": "n", "о": "o", "р": "p", "ԛ": "q", "г": "r", "ѕ": "s", "т": "t", "у": "y", "ц": "u", "ѵ": "v", "ш": "w", "ԝ": "w", "х": "x",
    "α": "a", "β": "b", "ϲ": "c", "ε": "e", "η": "n", "ι": "i", "κ": "k", "ν": "v", "ο": "o", "ρ": "p", "σ": "o", "τ": "t", "υ": "u", "χ": "x", "ω": "w", "γ": "y",
    "ı": "i", "ɩ": "i", "ɡ": "g", "ɑ": "a", "ʀ": "r", "ɴ": "n", "ɪ": "i", "ʏ": "y", "ʙ": "b", "ʜ": "h", "ʟ": "l", "ᴀ": "a", "ᴄ": "c", "ᴅ": "d", "ᴇ": "e",
    "ᴊ": "j", "ᴋ": "k", "ᴍ": "m", "ᴏ": "o", "ᴘ": "p", "ᴛ": "t", "ᴜ": "u", "ᴠ": "v", "ᴡ": "w", "ᴢ": "z", "ꜱ": "s", "ꮯ": "c", "օ": "o", "ո": "n", "ս": "u", "հ": "h",
}  # fmt: skip
_BLOCKS = ((0x1F130, 26), (0x1F150, 26), (0x1F170, 26), (0x1F1E6, 26))
"""Squared, negative circled, negative squared and regional letters, each from A on."""
_TABLE = str.maketrans(_LETTERS | {chr(first + n): chr(ord("a") + n) for first, count in _BLOCKS for n in range(count)})
_FOREIGN = re.compile("[\u00c0-\u1fff\ua700-\uabff\U0001f100-\U0001f1ff]")
_ACCENTS = re.compile("(?<=[a-z])[\u0300-\u036f]+")


def plain_letters(normal: str) -> str:
    """Return a text in normal form with every letter that looks like a Latin one written as that, accents left out.

    It is compared with, and never shown: Greek and Russian words are no longer to be read in it.
    """
    if not _FOREIGN.search(normal):
        return normal
    apart = unicodedata.normalize("NFD", normal.translate(_TABLE))
    return unicodedata.normalize("NFC", _ACCENTS.sub("", apart))

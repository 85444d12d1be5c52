"""What of a text can be read: what is hidden in it, from people or from machines, is left out.

Text can be smuggled past a reader: as tag characters and variation selectors that show nothing and that a language
model still reads, by marks that turn the direction of writing (CVE-2021-42574), by floods of marks on one letter. Here
is the one place that says what is left of a text, for questions, comments and imported documents alike.
"""

import re

_CONTROLS = "\\x00-\\x08\\x0b\\x0c\\x0e-\\x1f\\x7f-\\x84\\x86-\\x9f"
_SHOWS_NOTHING = (
    "\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b\u200c\u200e\u200f\u2028-\u202e\u2060-\u206f"
    "\u3164\ufeff\uffa0\ufff0-\ufffb\ufffe\uffff\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e00ff"
    "\U000e01f0-\U000e0fff"
)
"""Unicode's Default_Ignorable_Code_Point, joiners and variation selectors aside, the bidirectional controls, the
interlinear marks and what is no character."""
_SURROGATES = "\ud800-\udfff"
_PRIVATE = "\ue000-\uf8ff\U000f0000-\U0010ffff"
_SELECTORS = "\ufe00-\ufe0f\U000e0100-\U000e01ef"
_JOINER = "\u200d"
_UNFOLDING = "\ufdfa\ufdfb"
"""Single characters that NFKC unfolds to a sentence of 18 and 8 letters."""
_MARKS = "\u0300-\u036f\u0483-\u0489\u0591-\u05bd\u0610-\u061a\u064b-\u065f\u06d6-\u06dc\u0e31\u0e34-\u0e3a\u0e47-\u0e4e\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\u3099\u309a\ufe20-\ufe2f"
_MOST_MARKS = 3
"""Vietnamese and pinyin, taken apart, put two marks on a letter."""

_SUSPECT = re.compile(
    f"[{_CONTROLS}{_SHOWS_NOTHING}{_SURROGATES}{_PRIVATE}{_SELECTORS}{_JOINER}{_UNFOLDING}\r\x0b\x0c\x85]|[{_MARKS}]{{{_MOST_MARKS + 1}}}"
)
_HIDDEN = re.compile(f"[{_CONTROLS}{_SHOWS_NOTHING}{_SURROGATES}{_UNFOLDING}]+")
_LINE_END = re.compile("\r\n?|[\x0b\x0c\x85\u2028\u2029]")
_PICTURE = "[\u00a9\u00ae\u2190-\u27bf\u2900-\u2bff\u3030\u303d\u3297\u3299\U0001f000-\U0001faff]"
_EXTRA_SELECTORS = re.compile(f"(?:(?<=[\\s{_SELECTORS}])|^)[{_SELECTORS}]+")
_STRAY_JOINERS = re.compile(
    f"(?<!{_PICTURE})(?<!{_PICTURE}\ufe0f){_JOINER}+|{_JOINER}+(?!{_PICTURE})|(?<={_JOINER}){_JOINER}+"
)
_FLOOD = re.compile(f"([{_MARKS}]{{{_MOST_MARKS}}})[{_MARKS}]+")
_UNREADABLE = "\u25a1"
_BULLETS = re.compile("(?m)^[\uf020-\uf0ff]+")
"""What Word's symbol fonts draw as bullets before a paragraph."""
_PRIVATE_USE = re.compile(f"[{_PRIVATE}]")
_INVISIBLE = re.compile(f"[{_CONTROLS}{_SHOWS_NOTHING}{_SURROGATES}{_SELECTORS}{_JOINER}]")


def readable(text: str) -> str:
    """Return what can be read of ``text``; a text in which nothing is hidden comes back as it is.

    Line ends become line feeds; a character that only its author's font can show becomes □, as Chinese editors print
    it. Joined emoji, one variation selector after a character, and rare Chinese characters stay.
    """
    if not _SUSPECT.search(text):
        return text
    text = _HIDDEN.sub("", _LINE_END.sub("\n", text))
    text = _STRAY_JOINERS.sub("", _EXTRA_SELECTORS.sub("", text))
    return _PRIVATE_USE.sub(_UNREADABLE, _BULLETS.sub("", _FLOOD.sub(r"\1", text)))


def is_invisible(character: str) -> bool:
    """Whether a character shows nothing of itself."""
    return bool(_INVISIBLE.match(character))


def without_invisible(text: str) -> str:
    """Return ``text`` without whatever shows nothing of itself, the selectors and joiners of emoji too."""
    return _INVISIBLE.sub("", text)

"""The kinds of right that a text and a question name, as far as fees and terms differ by them: 发明, 实用新型, 集体商标."""

import re

_PATENT, _MARK = "专利", "商标"
_WIDER = {
    "发明": _PATENT,
    "实用新型": _PATENT,
    "外观设计": _PATENT,
    "集体商标": _MARK,
    "证明商标": _MARK,
    _PATENT: _PATENT,
    _MARK: _MARK,
}
"""Each kind, with the wider one that it is a kind of."""
_KIND = re.compile(
    "集体商标|证明商标|实用新型|外观设计|(?<!职务)发明(?!人|创造|单位|者)|(?<!发明)(?<!实用新型)(?<!外观设计)专利|商标"
)


def rights_in(normal: str) -> frozenset[str]:
    """Return the kinds of right that a text in normal form names; of 发明专利 the narrower.

    >>> sorted(rights_in("发明专利二十年,集体商标"))
    ['发明', '集体商标']
    """
    return frozenset(_KIND.findall(normal))


def may_hold_for(named: frozenset[str], asked: frozenset[str]) -> bool:
    """Whether what is said of the kinds ``named`` holds for those ``asked``.

    What is said of patents holds for a utility model; what is said of inventions neither holds for a utility model nor
    for patents of every kind.
    """
    if not asked:
        return named <= {_PATENT, _MARK}
    return not named or bool(named & (asked | {_WIDER[kind] for kind in asked}))


def besides_rights(word: str) -> str:
    """Return what a word says besides the kind of right: nothing of 发明专利."""
    return re.sub("集体商标|证明商标|实用新型|外观设计|发明|专利|商标", "", word)

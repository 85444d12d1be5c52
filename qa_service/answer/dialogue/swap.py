"""A part of the last question, swapped: 实用新型 for 发明专利 in 发明专利保护期是多久."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from qa_service.corpus.lexicon import Lexicon
from qa_service.search.clause import read_clauses
from qa_service.text.numerals import NUMERAL
from qa_service.text.phrases import Phrases

_YEAR = re.compile(r"(?:到|截至|至)?(?:19|20)[0-9]{2}年?(?:底|末|以前|之前|以后)?")
_ORDINAL_YEAR = re.compile(rf"[第头前](?:{NUMERAL}{{1,3}}|[0-9]{{1,2}})年")
_TIMES = "时期"
_MATTERS = "事项"
_CLAUSES = "条款"
_ORDINAL_YEARS = "年次"
_MODIFIERS = frozenset({_TIMES, _ORDINAL_YEARS, "主体", "地区", "渠道", "情节"})
"""Classes that say when, who, where and how: where the last question says none, they are added to it."""
_PARTICLES = re.compile(r"[的在是用向到也末底“”,，\s]|如果|换成|改成|改为")


_MOSTLY = 0.6
"""Share of what is said that the words of a class must make up: 地理标志产品销售额 is no 地理标志."""


class Parallels:
    """The lexicon's classes of words that may stand for each other."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._class_of = {word: name for name, words in lexicon.parallels.items() for word in words}
        for place in (*lexicon.places, *lexicon.abroad):
            self._class_of.setdefault(place, "地区")
        self._phrases = Phrases(self._class_of)

    def swapped(self, said: str, question: str) -> str | None:
        """Return ``question`` with what ``said`` takes the place of swapped for it, None where it holds no such part."""
        own, theirs = self._members(said), self._members(question, inside=True)
        if not self.mostly(said):
            return None
        pairs = list(_pairs(own, theirs, question))
        if len({name for _, _, name in pairs}) > 1:
            # 实用新型第五年 swaps both the right and the year.
            for word, other, _ in pairs:
                question = _put(word, other, question)
            return question
        return _put(said, pairs[0][1], question) if pairs else None

    def mostly(self, text: str) -> bool:
        """Whether words of a class make up most of ``text``."""
        return sum(len(word) for word, _ in self._members(text)) >= _MOSTLY * len(_PARTICLES.sub("", text))

    def is_word(self, text: str) -> bool:
        """Whether ``text`` is a word of a class, and nothing more."""
        return text.lower() in self._class_of

    def without_times(self, text: str) -> str:
        """Return ``text`` without the times in it: what it asks of one time may be asked of another."""
        for word, name in self._members(text):
            if name == _TIMES:
                text = _without(text, word).replace("\n", "")
        return text

    def has_time(self, text: str) -> bool:
        """Whether a time stands in ``text``."""
        return any(name == _TIMES for _, name in self._members(text))

    def times_in(self, text: str) -> str:
        """Return the times and places that stand in ``text``, in their order: 海门2020年底."""
        members = [word for word, name in self._members(text) if name in {_TIMES, "地区"} and word != "目标"]
        return "".join(sorted(members, key=text.lower().find))

    def modifies(self, said: str) -> bool:
        """Whether ``said`` says when, who, where or how, and nothing more."""
        members = self._members(said)
        rest = said
        for word, _ in members:
            rest = rest.replace(word, "")
        return bool(members) and not _PARTICLES.sub("", rest) and all(name in _MODIFIERS for _, name in members)

    def classes_in(self, text: str) -> frozenset[str]:
        """Return the classes whose words stand in ``text``."""
        return frozenset(name for _, name in self._members(text))

    def of_one_class(self, text: str) -> tuple[str, ...]:
        """Return the words of the first class that two words of ``text`` are of, in the order they stand there."""
        members = self._members(text)
        for _, name in members:
            same = sorted((word for word, other in members if other == name), key=text.lower().find)
            if len(same) > 1:
                return tuple(same)
        return ()

    def _members(self, text: str, *, inside: bool = False) -> list[tuple[str, str]]:
        """The words of a class that stand in ``text``, the longest first; clauses and years are classes of their own.

        With ``inside`` also the words that a matter is made of: 商标 and 注册 in 商标注册.
        """
        found = [(clause.text, _CLAUSES) for clause in read_clauses(text) if clause.text in text]
        found += [(year, _TIMES) for year in _YEAR.findall(text)]
        found += [(year, _ORDINAL_YEARS) for year in _ORDINAL_YEAR.findall(text)]
        words = self._phrases.standing_in(text.lower())
        found += [(word, self._class_of[word]) for word in words]
        for matter in (word for word in words if inside and self._class_of[word] == _MATTERS):
            parts = (word for word in self._class_of if word != matter and word in matter)
            found += [(word, self._class_of[word]) for word in sorted(parts, key=len, reverse=True)]
        return found


def _pairs(
    own: Sequence[tuple[str, str]], theirs: Sequence[tuple[str, str]], question: str
) -> Iterator[tuple[str, str, str]]:
    """Yield of each class what is said, what stands in the question, and the class; the longest words first."""
    found = set[str]()
    # What the whole of it is, tells more than what it is made of.
    for word, name in sorted(own, key=lambda member: -len(member[0])):
        for other, other_name in theirs:
            if other_name == name and name not in found and other != word and word not in _without(question, other):
                found.add(name)
                yield word, other, name


def _without(text: str, part: str) -> str:
    return re.sub(re.escape(part), "\n", text, flags=re.IGNORECASE)


def _put(said: str, other: str, question: str) -> str:
    """Put ``said`` in the place of ``other``; what both it and what follows say, is said once."""
    at = question.lower().find(other.lower())
    before, after = question[:at], question[at + len(other) :]
    bare = said.removesuffix("的")
    if bare != said and after and (after[0] == bare[-1] or after[0] == "的"):
        # 事业单位欠的 for 大企业 in 大企业欠货款.
        said = bare
    for size in range(min(len(said), len(after)), 0, -1):
        if said.endswith(after[:size]):
            after = after[size:]
            break
    for size in range(min(len(said), len(before)), 1, -1):
        if before.endswith(said[:size]):
            before = before[:-size]
            break
    return f"{before}{said}{after}"

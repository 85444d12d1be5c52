"""Messages that try to turn the bot instead of asking it: injection, secrets, forgery, threats, abuse.

The known words of a message are found first, each with what it means ("ignore" and "无视" alike); then short rules
over meanings are compared with them. So a rule holds in Chinese and in English, and an attack in new words is
recognised as soon as its words are known one by one.

A question *about* such things ("how is forgery punished?") is a question: words of consequence and remedy break the
rules that it could otherwise meet.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from qa_service.answer.manners.attack_rules import CODE, RULES
from qa_service.answer.manners.attack_words import CONCEPTS, INERT
from qa_service.text.lookalikes import plain_letters


class Attack(StrEnum):
    """Which reply an attack deserves."""

    DEMAND = "demand"
    ABUSE = "abuse"


_LONGEST_ABUSE = 40
"""In a longer text, in characters, a rude word is likely part of a story that deserves an answer."""

_LATIN = 3
"""How many letters of a Latin text count as one Chinese character."""

_CJK = "\u3400-\u9fff"
_WEDGE = re.compile(rf"(?<=[{_CJK}])(?:[^\w\s,。?!;:、…“”‘’\"'()《》〈〉【】\[\]%]|_)+(?=[{_CJK}])")
"""Symbols put between the characters of a word to hide it."""
_SPELT = re.compile(r"(?<![a-z])(?:[a-z][._*\-]){2,}[a-z](?![a-z])")
_FOREIGN = re.compile(r"[\"-+\-/<-@\[-~]")
"""Letters and symbols that code cannot do without."""
_STOPS = frozenset(",。?!;:、…\n")


def attack(normal: str) -> Attack | None:
    """Return what kind of attack a message in its normal form is, or None where it is a question."""
    grammar = _grammar()
    normal = plain_letters(normal)
    if _FOREIGN.search(normal) and grammar.code.search(normal):
        return Attack.DEMAND
    text = _SPELT.sub(lambda spelt: re.sub(r"[^a-z]", "", spelt.group()), _WEDGE.sub("", normal))
    words = _Words.of(text, grammar.lexicon)
    likely = [rule for rule in grammar.rules if rule.key & words.present]
    for rule in likely:
        if (rule.kind is Attack.DEMAND or len(text) <= _LONGEST_ABUSE) and rule.holds(words):
            return rule.kind
    return None


@dataclass(frozen=True, slots=True)
class _Lexicon:
    """Words and what they mean, a bit for each concept; 0 for a word that hides those inside it."""

    meanings: Mapping[str, int]
    lengths: Mapping[str, tuple[int, ...]]
    """By first character, the lengths of the words that it begins, the longest first."""
    aside: int
    """Meanings that a word has only by itself, not inside a longer word."""


@dataclass(frozen=True, slots=True)
class _Words:
    """The known words of one text."""

    text: str
    spans: tuple[tuple[int, int, int], ...]
    """Start, end and meanings of each, by start."""
    present: int
    """The meanings of all."""
    stretch: int
    """How many characters count as one: Latin words are longer than Chinese ones."""

    @classmethod
    def of(cls, text: str, lexicon: _Lexicon) -> "_Words":
        """Find the words; they may overlap, and a Latin one is a whole word."""
        spans: list[tuple[int, int, int]] = []
        present = hidden = covered = 0
        for start, character in enumerate(text):
            for length in lexicon.lengths.get(character, ()):
                end = start + length
                meaning = lexicon.meanings.get(text[start:end])
                if meaning is None or end <= hidden or _cuts_latin(text, start, end):
                    continue
                if meaning == 0:
                    hidden = end
                    continue
                if end <= covered:
                    meaning &= ~lexicon.aside
                covered = max(covered, end)
                spans.append((start, end, meaning))
                present |= meaning
        return cls(text, tuple(spans), present, _LATIN if text.isascii() else 1)


def _cuts_latin(text: str, start: int, end: int) -> bool:
    return (_is_latin(text[start]) and start > 0 and _is_latin(text[start - 1])) or (
        end < len(text) and _is_latin(text[end]) and _is_latin(text[end - 1])
    )


def _is_latin(character: str) -> bool:
    return "a" <= character <= "z"


@dataclass(frozen=True, slots=True)
class _Step:
    """One meaning, or any of several, at most ``gap`` characters after what came before."""

    meaning: int
    gap: int
    guard: int
    """Meanings that may not stand in the gap."""
    across: bool
    """Whether the gap may hold the end of a clause."""


@dataclass(frozen=True, slots=True)
class _Rule:
    """Meanings in an order."""

    kind: Attack
    steps: tuple[_Step, ...]
    at_start: bool
    """Whether the first meaning must stand near the start of a clause, as an order to the bot does."""
    at_end: bool
    """Whether the last meaning must end its clause."""
    unless: int
    """Meanings that may not stand anywhere."""
    key: int
    """The narrowest step: what to look for first."""

    def holds(self, words: _Words) -> bool:
        present = words.present
        if self.unless & present or not all(step.meaning & present for step in self.steps):
            return False
        return any(self._from(words, 1, end) for end in self._starts(words))

    def _starts(self, words: _Words) -> Iterator[int]:
        first = self.steps[0]
        for start, end, meaning in words.spans:
            if meaning & first.meaning and (not self.at_start or _opens(words, start, first)):
                yield end

    def _from(self, words: _Words, place: int, position: int) -> bool:
        if place == len(self.steps):
            return not self.at_end or words.text[position : position + 1] in {"", *_STOPS}
        step = self.steps[place]
        for start, end, meaning in words.spans:
            if start > position + step.gap * words.stretch:
                break
            if start < position or not meaning & step.meaning or not _free(words, position, start, step):
                continue
            if self._from(words, place + 1, end):
                return True
        return False


def _opens(words: _Words, start: int, step: _Step) -> bool:
    """Whether what is at ``start`` stands near enough the start of its clause."""
    begin = start
    while begin > 0 and words.text[begin - 1] not in _STOPS:
        begin -= 1
    return start - begin <= step.gap * words.stretch and _free(words, begin, start, step)


def _free(words: _Words, position: int, start: int, step: _Step) -> bool:
    if not step.across and not _STOPS.isdisjoint(words.text[position:start]):
        return False
    return not step.guard or not any(
        meaning & step.guard for begin, end, meaning in words.spans if position <= begin and end <= start
    )


@dataclass(frozen=True, slots=True)
class _Grammar:
    lexicon: _Lexicon
    rules: tuple[_Rule, ...]
    code: re.Pattern[str]


@cache
def _grammar() -> _Grammar:
    names = _Names()
    rules = tuple(
        _rule(Attack(kind), line.split(), names)
        for kind, lines in RULES.items()
        for line in lines.splitlines()
        if line.strip() and not line.lstrip().startswith("#")
    )
    return _Grammar(names.lexicon(), rules, re.compile(CODE, re.VERBOSE | re.ASCII))


class _Names:
    """A bit for each concept, and for each literal word of a rule, which becomes a concept of its own."""

    def __init__(self) -> None:
        self._bits = {name: 1 << place for place, name in enumerate(CONCEPTS)}
        self._meanings = dict.fromkeys(INERT.split(), 0)
        for name, listed in CONCEPTS.items():
            for word in listed.split():
                self._add(word.replace("_", " "), self._bits[name])

    def _add(self, word: str, bit: int) -> None:
        self._meanings[word] = self._meanings.get(word, 0) | bit

    def meaning(self, *names: str) -> int:
        """Return the bits of names or literal words."""
        meaning = 0
        for name in names:
            if name not in self._bits:
                self._bits[name] = 1 << len(self._bits)
                self._add(name, self._bits[name])
            meaning |= self._bits[name]
        return meaning

    def lexicon(self) -> _Lexicon:
        lengths: dict[str, set[int]] = {}
        for word in self._meanings:
            lengths.setdefault(word[0], set()).add(len(word))
        by_first = {first: tuple(sorted(sizes, reverse=True)) for first, sizes in lengths.items()}
        return _Lexicon(self._meanings, by_first, self.meaning("FATE", "ABOUT", "PAST", "OTHERS"))


_GAP = re.compile(r"(~+)(\d+)(!?)")


def _rule(kind: Attack, parts: list[str], names: _Names) -> _Rule:
    """Read a rule, in the notation that attack_rules explains."""
    at_start, at_end = parts[0] == "^", "$" in parts
    steps: list[_Step] = []
    unless, gap, guard, across = 0, 0, 0, False
    for part in parts[at_start:]:
        if found := _GAP.fullmatch(part):
            gap, across = int(found[2]), found[1] == "~~"
            guard = names.meaning("ABOUT", "PAST", *(() if steps else ("OTHERS",))) if found[3] else 0
        elif part == "?" or part.startswith("!"):
            unless |= names.meaning(part[1:] or "FATE")
        elif part != "$":
            steps.append(_Step(names.meaning(*part.split("|")), gap, guard, across))
            gap, guard, across = 0, 0, False
    key = min((step.meaning for step in steps), key=int.bit_count)
    return _Rule(kind, tuple(steps), at_start, at_end, unless, key)

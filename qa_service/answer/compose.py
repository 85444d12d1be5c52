"""Sentences to the text of an answer."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import Enum

from qa_service.answer.extract import Sentence, probabilities
from qa_service.text.normal import normalise
from qa_service.text.quantities import quantities

LONGEST_ANSWER = 260
"""Characters an extracted answer may have beyond its first sentence."""
LONGEST_ENTRY = 300
"""Characters that the lines of one entry of notes or of a guide may have together."""
_NEAR = 0.7
"""A passage has at least this share of the score of the best to be on the same matter."""
_MOST_SENTENCES = 3
_WORTH_SAYING = 0.3
"""A further sentence is taken up where it is at least this likely, measured by the likeliest, and not one of many
that are all unlikely …"""
_ONE_OF_MANY = 0.12
_WORTH_COVERING = 0.15
"""… or where it has at least this share of what the question tells that no sentence before it has …"""
_NOT_UNLIKELY = 0.02
"""… and is at least this likely, measured by the likeliest, in the passage of the best sentence …"""
_LIKELY_ELSEWHERE = 0.1
"""… or this likely in another."""
_WORTH_PREFERRING = 0.04
"""A sentence with the expected kind of answer comes first where it is at least this likely, measured by the likeliest:
a figure from a sentence on something else is the worst answer of all."""
_MOST_TOLD, _LEAST_TOLD = 0.6, 0.3
"""A sentence has at least this share of what the best has of the question, and of the question, to speak of the same."""
_NUMBERED = re.compile(r"第[一二三四五六七八九十]+步|[（(][一二三四五六七八九十]+[)）]|其[一二三四五]")
_ISSUED = re.compile(r".*关于印发|《[^》]*》的通知")
_LEADING_MARK = re.compile(r"^(?:——|[-*] +|[0-9]{1,2}[.．、](?![0-9])|〔表[0-9]+ 第[0-9]+行〕|答[：:])")


class Figures(Enum):
    """Whether a question asks for figures."""

    NONE = "none"
    ONE = "one"
    SEVERAL = "several"


@dataclass(frozen=True, slots=True)
class Choice:
    """What is said."""

    best: Sentence
    """The sentence that answers, if any does."""
    sentences: tuple[Sentence, ...]
    """All that is said, in the order it is said."""


def choose_sentences(
    parts: Sequence[Sequence[Sentence]],
    fits: Callable[[Sentence], bool],
    figures: Figures,
    *,
    open_ended: bool = False,
    is_clause: Callable[[Sentence], bool] = lambda sentence: True,
) -> Choice | None:
    """Choose what is said: of each part of the question its best sentence, then what adds to it.

    Args:
        parts: ranked sentences for each part of the question, the whole question's first.
        fits: whether a sentence gives what the whole question asks for.
        figures: whether figures are asked for: nothing is added to a sentence that gives the one, and a figure of
            another passage to that which gives the first of several.
        open_ended: whether neither figure nor time is asked for: of a list that answers, the other lines are said too.
        is_clause: whether a sentence stands in a clause, or in notes on one. Where the best does not, the best that does
            is said with it.

    Returns:
        The choice, or None where there is no sentence to choose from.
    """
    bodies = [[sentence for sentence in ranked if not _is_heading(sentence)] for ranked in parts]
    if not bodies[0]:
        return None
    whole = _fitting_first(bodies[0], fits)
    chosen = _Chosen()
    for ranked in [whole, *bodies[1:]]:
        if ranked:
            chosen.add(ranked[0])
    answered = fits(whole[0])
    if answered and figures is Figures.SEVERAL:
        given = quantities(whole[0].text)
        others = [s for s, _ in _possible(whole) if s.hit.passage.id != whole[0].hit.passage.id and fits(s)]
        # A second figure is one that was not said yet.
        chosen.add(*[s for s in others if quantities(s.text) - given][:1])
    if answered and open_ended and (entry := _entry(whole)):
        chosen.add_entry(entry)
    elif not (answered and figures is Figures.ONE):
        _add_what_adds(chosen, whole)
    if answered and not is_clause(whole[0]):
        clauses = [s for s in whole if is_clause(s) and fits(s) and s.hit.score >= _NEAR * whole[0].hit.score]
        chosen.add_ground(*clauses[:1])
    said = chosen.in_order()
    if answered and open_ended and not _is_numbered(said):
        # The line that answers is heard first; the others of its entry complete it.
        said.sort(key=lambda s: s is not whole[0])
    return Choice(whole[0], tuple(said))


def _fitting_first(ranked: list[Sentence], fits: Callable[[Sentence], bool]) -> list[Sentence]:
    """Put the best sentence that gives what is asked first, where it is not unlikely.

    Where none is, the best that speaks of the same matter: the words of a question may stand in the clause beside.
    """
    chances = probabilities([sentence.score for sentence in ranked])
    likely = [s for s, chance in zip(ranked, chances, strict=True) if chance >= _WORTH_PREFERRING * max(chances)]
    near = [s for s in ranked if _is_as_near(s, ranked[0])]
    first = next((sentence for sentence in (*likely, *near) if fits(sentence)), ranked[0])
    return [first, *(other for other in ranked if other is not first)]


def _is_as_near(sentence: Sentence, best: Sentence) -> bool:
    """Whether a sentence stands in a passage on the matter and has most of what the best has of the question."""
    least = max(_LEAST_TOLD, _MOST_TOLD * best.signals.overlap)
    return sentence.hit.score >= _NEAR * best.hit.score and sentence.signals.overlap >= least


def _possible(ranked: Sequence[Sentence]) -> list[tuple[Sentence, float]]:
    """Keep the sentences that are not unlikely, with their chances measured by the likeliest."""
    chances = probabilities([sentence.score for sentence in ranked])
    shares = [chance / max(chances) for chance in chances]
    return [(s, share) for s, share in zip(ranked, shares, strict=True) if share >= _NOT_UNLIKELY]


def _add_what_adds(chosen: _Chosen, whole: Sequence[Sentence]) -> None:
    chances = probabilities([sentence.score for sentence in whole])
    for sentence, chance in zip(whole, chances, strict=True):
        same_passage = sentence.hit.passage.id == whole[0].hit.passage.id
        likely = chance >= max(_WORTH_SAYING * max(chances), _ONE_OF_MANY)
        possible = chance >= (_NOT_UNLIKELY if same_passage else _LIKELY_ELSEWHERE) * max(chances)
        if likely or (possible and chosen.gain(sentence) >= _WORTH_COVERING):
            chosen.add(sentence)


class _Chosen:
    """The sentences chosen so far, within the bounds of an answer."""

    def __init__(self) -> None:
        self._sentences: list[Sentence] = []

    def add(self, *sentences: Sentence) -> None:
        """Take sentences up while there is room."""
        for sentence in sentences:
            self._add(sentence)

    def _add(self, sentence: Sentence) -> None:
        if self._has(sentence):
            return
        length = sum(len(s.text) for s in self._sentences) + len(sentence.text)
        if not self._sentences or (len(self._sentences) < _MOST_SENTENCES and length <= LONGEST_ANSWER):
            self._sentences.append(sentence)

    def add_ground(self, *sentences: Sentence) -> None:
        """Take up the clause that what is said rests on, whatever the length."""
        self._sentences += [s for s in sentences if not self._has(s)]

    def add_entry(self, sentences: Sequence[Sentence]) -> None:
        """Take up the other lines of an entry, the likeliest first, as far as there is room."""
        for sentence in sentences:
            length = sum(len(s.text) for s in self._sentences) + len(sentence.text)
            if not self._has(sentence) and length <= LONGEST_ENTRY:
                self._sentences.append(sentence)

    def _has(self, sentence: Sentence) -> bool:
        # Another part of the question may have found the same sentence with another score.
        return any((sentence.hit.passage.id, sentence.span) == (s.hit.passage.id, s.span) for s in self._sentences)

    def gain(self, sentence: Sentence) -> float:
        """Return what share of all that is told the sentence would add."""
        told = {term: weight for s in self._sentences for term, weight in s.tells.items()}
        new = sum(weight for term, weight in sentence.tells.items() if term not in told)
        return new / ((sum(told.values()) + new) or 1.0)

    def in_order(self) -> list[Sentence]:
        """Return the sentences: passages as they were first chosen, sentences of one passage as they stand."""
        passages = list(dict.fromkeys(s.hit.passage.id for s in self._sentences))
        return sorted(self._sentences, key=lambda s: (passages.index(s.hit.passage.id), s.span.start))


def _is_numbered(sentences: Sequence[Sentence]) -> bool:
    """Whether the order of the lines tells something: they are steps or items, or follow a sentence that announces them."""
    return any(_NUMBERED.match(spoken(s.text)) for s in sentences) or not any(
        s.text.lstrip().startswith("- ") for s in sentences
    )


def _entry(ranked: Sequence[Sentence]) -> list[Sentence]:
    """Return the list that the best sentence belongs to, if it does.

    That is the lines of an entry of notes or of a guide, the likeliest first, or the items that a sentence ending in a
    colon announces, as they stand.
    """
    best = ranked[0]
    own = [s for s in ranked if s.hit.passage.id == best.hit.passage.id]
    if best.text.lstrip().startswith("- "):
        return own
    if best.text.rstrip().endswith(("：", ":")):
        return sorted((s for s in own if s.span.start > best.span.start), key=lambda s: s.span.start)
    return []


def _is_heading(sentence: Sentence) -> bool:
    """A —— paragraph opens with its own title, a notice names what it issues; neither says what is asked."""
    said = normalise(spoken(sentence.text)).rstrip("。")
    if _ISSUED.fullmatch(said):
        return True
    return any(said == normalise(heading) for heading in sentence.hit.passage.heading_path)


def spoken(text: str) -> str:
    """Return a source sentence as it is said in an answer: without the mark that numbers it."""
    return _LEADING_MARK.sub("", text.strip()).strip()

"""Sentences to the text of an answer."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from qa_service.answer.extract import Sentence, probabilities
from qa_service.answer.figures.figure import is_figure, told_in
from qa_service.corpus.citations import without_sources
from qa_service.search.expected import Expected
from qa_service.search.question import Question
from qa_service.text.normal import normalise
from qa_service.text.numerals import NUMERAL
from qa_service.text.quantities import gives_a_sum, quantities

LONGEST_ANSWER = 260
"""Characters an extracted answer may have beyond its first sentence."""
LONGEST_ENTRY = 300
"""Characters that the lines of one entry of notes or of a guide may have together …"""
LONGEST_BESIDE = 230
"""… and where no list is asked for: with its name and how far it holds, an answer keeps within 300."""
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
_ABOUT = 0.08
"""Cosine by which a clause may be less near than what says the same in other words."""
_WORTH_ADDING = 0.04
"""A line of the best sentence's entry is said to a question that wants one thing where it is at least this likely."""
_MOST_TOLD, _LEAST_TOLD = 0.6, 0.3
"""A sentence has at least this share of what the best has of the question, and of the question, to speak of the same."""
_WANT_ALL = frozenset({Expected.LIST, Expected.HOW, Expected.NAMES})
_WANT_ONE = frozenset({Expected.YES_NO, Expected.WHO, Expected.WHERE, Expected.DEFINITION})
_SEVERAL = re.compile(r"各|分别|与|和|还是|从.+到.+(增|升|降|变|提)|相比|对比|差|、")
"""Words by which more than one figure is asked for."""
_NUMBERED = re.compile(r"第[一二三四五六七八九十]+步|[（(][一二三四五六七八九十]+[)）]|其[一二三四五]")
_ISSUED = re.compile(r".*关于印发|《[^》]*》的通知")
_LEADING_MARK = re.compile(
    rf"^(?:第{NUMERAL}+条(?:之{NUMERAL})?[ \u3000]+|——|[-*] +|[0-9]{{1,2}}[.．、](?![0-9])|〔表[0-9]+ 第[0-9]+行〕|答[：:])"
)


@dataclass(frozen=True, slots=True)
class Choice:
    """What is said."""

    best: Sentence
    """The sentence that answers, if any does."""
    sentences: tuple[Sentence, ...]
    """All that is said, in the order it is said."""
    beside: tuple[Sentence, ...] = ()
    """Sentences of its passage that give another figure and say as much of the question: other cases of the same."""


def choose_sentences(
    ranked: Sequence[Sentence],
    fits: Callable[[Sentence], bool],
    question: Question,
    *,
    is_clause: Callable[[Sentence], bool] = lambda sentence: True,
) -> Choice | None:
    """Choose what is said: the best sentence, then what adds to it.

    To a sentence that gives the one figure asked for the other cases are added for which its passage gives another, and
    a figure of another passage to that which gives the first of several. Of a list that answers, the other lines are
    said too.

    Args:
        ranked: the sentences found, the likeliest to answer first.
        fits: whether a sentence gives what the question asks for.
        question: what is asked.
        is_clause: whether a sentence stands in a clause, or in notes on one. Where the best does not, the best that does
            is said with it, or in its place where it says the same.

    Returns:
        The choice, or None where there is no sentence to choose from.
    """
    bodies = [sentence for sentence in ranked if not _is_heading(sentence)]
    if not bodies:
        return None
    whole = _fitting_first(bodies, fits)
    answered = fits(whole[0])
    ground = _ground(whole, fits, is_clause) if answered else None
    if ground and _says_the_same(ground, whole[0]) and _is_as_plain(ground, whole[0]):
        whole = [ground, *(s for s in whole if s is not ground)]
        ground = None
    elif _wants_a_figure(question) and ground and not _says_the_same(ground, whole[0]):
        # Another figure than the one that answers is no ground for it.
        ground = None
    chosen = _Chosen(whole[0])
    beside = _other_cases(whole, fits, question) if answered else []
    if answered:
        if _wants_a_figure(question):
            chosen.add_entry(beside)
        _complete(chosen, whole, fits, question)
    else:
        _add_what_adds(chosen, whole)
    if ground:
        chosen.add_ground(ground)
    said = chosen.in_order()
    if answered and _is_open(question) and not _is_numbered(said):
        # The line that answers is heard first; the others of its entry complete it.
        said.sort(key=lambda s: s is not whole[0])
    return Choice(whole[0], tuple(said), tuple(beside))


def _complete(chosen: _Chosen, whole: Sequence[Sentence], fits: Callable[[Sentence], bool], question: Question) -> None:
    """Add to the sentence that answers what belongs to the answer."""
    if question.expected is Expected.AMOUNT and not gives_a_sum(whole[0].text):
        # Who asks how much and hears how many times, also hears the sum that stands beside it.
        own = (s for s in whole if s.hit.passage.id == whole[0].hit.passage.id and gives_a_sum(s.text))
        chosen.add(*list(own)[:1])
    if _wants_a_figure(question):
        if _SEVERAL.search(question.normal):
            given = quantities(whole[0].text)
            others = [s for s, _ in _possible(whole) if s.hit.passage.id != whole[0].hit.passage.id and fits(s)]
            # A second figure is one that was not said yet.
            chosen.add(*[s for s in others if quantities(s.text) - given][:1])
            _add_what_adds(chosen, whole)
        return
    if _is_open(question) and (entry := _entry(whole)):
        wanted = entry if question.expected not in _WANT_ONE else _likely_of(entry, whole)
        chosen.add_entry(wanted, LONGEST_ENTRY if question.expected in _WANT_ALL else LONGEST_BESIDE)
    else:
        _add_what_adds(chosen, whole)


def _other_cases(whole: Sequence[Sentence], fits: Callable[[Sentence], bool], question: Question) -> list[Sentence]:
    """Return the sentences beside the best that say of the question what it says and give another figure, as they stand."""
    best, words = whole[0], told_in(question, whole[0].text)
    given, weight = quantities(best.text), _weight_told(best)
    others = [s for s in whole[1:] if s.hit.passage.id == best.hit.passage.id and fits(s)]
    alike = [s for s in others if words <= told_in(question, s.text) and _weight_told(s) >= weight]
    return sorted((s for s in alike if quantities(s.text) - given), key=lambda s: s.span.start)


def _weight_told(sentence: Sentence) -> float:
    """How much of the question a sentence has; the question's own figures say nothing of what they are figures of."""
    return sum(weight for term, weight in sentence.tells.items() if not is_figure(term))


def _wants_a_figure(question: Question) -> bool:
    return question.expected.is_figure or question.expected is Expected.DEADLINE


def _is_open(question: Question) -> bool:
    return question.expected.is_open or question.expected is Expected.NAMES


def _ground(
    whole: Sequence[Sentence], fits: Callable[[Sentence], bool], is_clause: Callable[[Sentence], bool]
) -> Sentence | None:
    """The best sentence of a clause on the same matter, where the best sentence stands in none."""
    if is_clause(whole[0]):
        return None
    least = _NEAR * whole[0].hit.score
    return next((s for s in whole if is_clause(s) and fits(s) and s.hit.score >= least), None)


def _says_the_same(clause: Sentence, other: Sentence) -> bool:
    """Whether a clause gives every figure that another sentence gives, and that gives some."""
    figures = quantities(other.text)
    return bool(figures) and figures <= quantities(clause.text)


def _is_as_plain(clause: Sentence, other: Sentence) -> bool:
    """Whether a clause is about as near to the question: a line may give the figure and leave out what it is for."""
    return clause.signals.vector >= other.signals.vector - _ABOUT


def _likely_of(entry: Sequence[Sentence], whole: Sequence[Sentence]) -> list[Sentence]:
    """Of an entry the lines that may well answer themselves: who asks yes or no, or for one body, wants no list."""
    share = {(s.hit.passage.id, s.span): share for s, share in _possible(whole)}
    return [s for s in entry if share.get((s.hit.passage.id, s.span), 0.0) >= _WORTH_ADDING][:_MOST_SENTENCES]


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

    def __init__(self, first: Sentence) -> None:
        self._sentences = [first]

    def add(self, *sentences: Sentence) -> None:
        """Take sentences up while there is room."""
        for sentence in sentences:
            self._add(sentence)

    def _add(self, sentence: Sentence) -> None:
        if self._has(sentence) or self._says_again(sentence):
            return
        length = sum(len(s.text) for s in self._sentences) + len(sentence.text)
        if len(self._sentences) < _MOST_SENTENCES and length <= LONGEST_ANSWER:
            self._sentences.append(sentence)

    def add_ground(self, *sentences: Sentence) -> None:
        """Take up the clause that what is said rests on, whatever the length."""
        self._sentences += [s for s in sentences if not self._has(s)]

    def add_entry(self, sentences: Sequence[Sentence], most: int = LONGEST_ENTRY) -> None:
        """Take up other lines of an entry, in this order, as far as there is room."""
        for sentence in sentences:
            length = sum(len(s.text) for s in self._sentences) + len(sentence.text)
            if not self._has(sentence) and length <= most:
                self._sentences.append(sentence)

    def _says_again(self, sentence: Sentence) -> bool:
        """Whether a sentence of another passage only repeats the figures of one chosen."""
        return any(s.hit.passage.id != sentence.hit.passage.id and _says_the_same(s, sentence) for s in self._sentences)

    def _has(self, sentence: Sentence) -> bool:
        return any(sentence is s for s in self._sentences)

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
    """Return a source sentence as it is said in an answer: without the mark that numbers it, and its sources behind it."""
    return without_sources(_LEADING_MARK.sub("", text.strip()).strip())

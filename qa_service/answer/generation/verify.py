"""A sentence held against the passages it cites: what they do not hold is not said.

Figures, dates, places, names and addresses must stand in the cited passages; a figure moreover in a clause on the same
matter, with the same 以上 or 以下; nothing may be forbidden, allowed, demanded or denied that the clause does not; and
most words must be the passages' own. The checks err on the strict side: the extracted answer is always there instead.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from qa_service.answer.generation.claims import Claim, bare, claims_of, named_articles
from qa_service.answer.generation.common_words import GLUE, is_law, is_office, telling
from qa_service.answer.generation.figure_check import FigureCheck
from qa_service.answer.generation.ground import Ground, Statement, Words, searched_in, standing_facts, statement_of
from qa_service.answer.generation.manner_check import MannerCheck
from qa_service.answer.models import Citation, Fault
from qa_service.corpus.lexicon import Lexicon
from qa_service.text.normal import normalise
from qa_service.text.segmenter import Segmenter
from qa_service.text.sentences import Span

_STEP = re.compile(r"^[0-9]{1,2}[.．] ", re.MULTILINE)
_SUPPORTED = 0.75
"""The share of a sentence's words that its passages, or the question, must have."""
_CLAUSE_SUPPORTED = 0.5
"""The share of each clause's words that one passage must have, beside what the question has."""
_AS_MUCH = 0.95
_MOST_SPANS = 3
"""Sentences of a passage that are marked as said again: those with most of its words, three at most."""
_REMEMBERED = 2048
_MARKER = re.compile(r"(?:\[[0-9]{1,2}\])+")


@dataclass(frozen=True, slots=True)
class Verdict:
    """What became of a sentence."""

    fault: Fault | None = None
    about: str = ""
    """What it is that the passages do not hold."""
    support: Mapping[int, tuple[Span, ...]] = field(default_factory=dict)
    """The sentences of the cited passages that it says again, by the citation's number."""


class Verifier:
    """Holds sentences against cited passages. Safe to share between threads."""

    def __init__(self, segmenter: Segmenter, lexicon: Lexicon) -> None:
        self._words = Words(segmenter)
        self._terms = frozenset(map(normalise, lexicon.terms))
        self._subjects = frozenset(word for words in lexicon.subjects.values() for word in words)
        self._grounds = lru_cache(_REMEMBERED)(lambda passage, document: Ground(passage, document, self._words))

    def judge(self, sentence: str, cited: Sequence[Citation], question: str = "") -> Verdict:
        """Hold a sentence, without its markers, against the passages it cites.

        Args:
            sentence: what is to be said.
            cited: the citations it names, at least one.
            question: what was asked; its words may be said again, its figures and names may not.
        """
        grounds = [self._grounds(citation.passage, citation.document) for citation in cited]
        said = statement_of(sentence, Span(0, len(sentence)), self._words)
        asked = normalise(question)
        case = _Case(said, grounds, asked, self._words, self._subjects, self._terms)
        fault, about = next(case.faults(), (None, ""))
        support = {c.n: case.support_in(ground) for c, ground in zip(cited, grounds, strict=True)}
        return Verdict(fault, about, {} if fault else {n: spans for n, spans in support.items() if spans})

    def ungrounded(self, text: str, citations: Sequence[Citation], question: str = "") -> list[str]:
        """Return the figures, dates, places and named documents of an answer that its cited passages do not hold.

        A sentence is held against the citations whose numbers follow it; what stands before it without a number leads
        up to it. A citation's title, location and standing count as part of it, and the numbers of steps as nothing.

        Args:
            text: an answer with its [1], [2] …; what follows the last number is held against all that were cited.
            citations: the answer's citations.
            question: what was asked; a part of it may be quoted.
        """
        text = _STEP.sub("", text)
        by_number = {citation.n: citation for citation in citations}
        found, start, last = list[str](), 0, list(citations)
        for match in _MARKER.finditer(text):
            numbers = [int(number) for number in re.findall("[0-9]+", match.group())]
            cited = [by_number[n] for n in numbers if n in by_number]
            found += [f"[{n}]" for n in numbers if n not in by_number]
            found += self._not_in(text[start : match.start()], cited, question)
            start = match.end()
        return found + self._not_in(text[start:], last, question)

    def _not_in(self, text: str, cited: Sequence[Citation], question: str) -> list[str]:
        grounds = [self._grounds(citation.passage, citation.document) for citation in cited]
        facts = normalise("\n".join(map(standing_facts, cited)))
        values = claims_of(facts).values.union(*(ground.values for ground in grounds))
        plain = "\n".join([facts, *(ground.plain for ground in grounds)])
        haystack = "\n".join([searched_in(facts), *(ground.haystack for ground in grounds)])
        made = claims_of(normalise(text)).made
        asked = bare(question)
        return [
            claim.value
            for claim in made
            if not _stands(claim, values, plain, haystack) and not (claim.fault is Fault.NAME and claim.value in asked)
        ]


_Found = tuple[Fault, str]


class _Case:
    """One sentence against the passages it cites."""

    def __init__(
        self,
        said: Statement,
        grounds: Sequence[Ground],
        asked: str,
        words: Words,
        subjects: frozenset[str],
        terms: frozenset[str],
    ) -> None:
        self._said, self._grounds, self._asked, self._words = said, grounds, asked, words
        self._subjects, self._terms = subjects, terms
        self._plain = "\n".join(ground.plain for ground in grounds)
        self._haystack = "\n".join(ground.haystack for ground in grounds)
        self._values = frozenset[str]().union(*(ground.values for ground in grounds))
        self._sources = [statement for ground in grounds for statement in ground.statements]

    def faults(self) -> Iterator[_Found]:
        """Yield what is wrong, what can be told for certain first."""
        yield from self._claims_missing()
        yield from self._articles_elsewhere()
        yield from self._names_missing()
        yield from FigureCheck(self._said, self._asked, self._subjects).faults(self._grounds)
        yield from MannerCheck(self._said, self._subjects).faults(self._grounds)
        yield from self._unsupported()

    def support_in(self, ground: Ground) -> tuple[Span, ...]:
        """Return the sentences of a passage that have most of what is said."""
        wanted, figures = self._said.words, claims_of(self._said.text).values
        scored = [
            (len(wanted & statement.words) + 2 * len(figures & claims_of(statement.text).values), statement.span)
            for statement in ground.statements
        ]
        best = max((score for score, _ in scored), default=0)
        return tuple(span for score, span in scored if best and score >= _AS_MUCH * best)[:_MOST_SPANS]

    def _claims_missing(self) -> Iterator[_Found]:
        for claim in claims_of(self._said.text).made:
            if not _stands(claim, self._values, self._plain, self._haystack):
                yield claim.fault, claim.value

    def _articles_elsewhere(self) -> Iterator[_Found]:
        """A law named with an article is a citation's own, or so named in one."""
        for name, marked, article in named_articles(self._said.text):
            plain = bare(name).removeprefix("中华人民共和国")
            own = any(
                article in ground.location and any(plain == n if marked else plain.endswith(n) for n in ground.names)
                for ground in self._grounds
            )
            if not own and f"{plain if marked else plain[-3:]}{article}" not in self._haystack:
                yield Fault.ARTICLE, f"{name}{article}"

    def _names_missing(self) -> Iterator[_Found]:
        """Offices, laws and the field's terms stand in a cited passage; a term may be the question's."""
        before = ""
        for word in self._words.whole(self._said.text):
            if is_office(word) and not self._office_stands(before, word):
                yield Fault.NAME, f"{before}{word}"
            if is_law(word) and bare(word) not in self._haystack:
                yield Fault.NAME, word
            if word in self._terms and not self._stands_in_pieces(word, f"{self._haystack}\n{self._asked}"):
                yield Fault.NAME, word
            before = word

    def _office_stands(self, before: str, office: str) -> bool:
        """Whether an office stands in a clause, with the word before it where that belongs to its name."""
        if bare(office) not in self._haystack:
            return False
        if f"{before}{office}" not in self._said.text or before in GLUE:
            return True
        clauses = [clause.text for statement in self._sources for clause in statement.clauses if office in clause.text]
        headings = [ground.headings for ground in self._grounds if office in ground.headings]
        return any(before in text for text in (*clauses, *headings))

    def _stands_in_pieces(self, word: str, text: str) -> bool:
        return word in text or all(piece in text for piece in self._words.pieces(word))

    def _unsupported(self) -> Iterator[_Found]:
        said = telling(self._said.words)
        lost = [word for word in said if word not in self._haystack and word not in self._asked]
        if said and len(lost) > (1 - _SUPPORTED) * len(said):
            yield Fault.UNSUPPORTED, "、".join(sorted(lost))
        for clause in self._said.clauses:
            own = [word for word in telling(clause.words) if word not in self._asked]
            best = max((sum(w in g.haystack for w in own) for g in self._grounds), default=0)
            if own and best < _CLAUSE_SUPPORTED * len(own):
                yield Fault.UNSUPPORTED, clause.text


def _stands(claim: Claim, values: frozenset[str], plain: str, haystack: str) -> bool:
    """Whether a claim stands anywhere in the passages: in their values, their normal form, or as names are searched."""
    if claim.fault is Fault.ADDRESS:
        return claim.value in plain.replace("-", "")
    if claim.fault is not Fault.NAME:
        return claim.value in values or f"第{claim.value}" in values
    if claim.value.isascii():
        return bool(re.search(rf"(?<![a-z0-9]){re.escape(claim.value)}(?![a-z0-9])", plain))
    return searched_in(claim.value) in haystack

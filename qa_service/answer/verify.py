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

from qa_service.answer.claims import Claim, bare, claims_of, named_articles
from qa_service.answer.ground import Clause, Ground, Statement, Words, searched_in, standing_facts, statement_of
from qa_service.answer.modality import Bound, Mode, bounds_at
from qa_service.answer.models import Citation, Fault
from qa_service.corpus.lexicon import Lexicon
from qa_service.text.normal import normalise
from qa_service.text.segmenter import Segmenter
from qa_service.text.sentences import Span

_SUPPORTED = 0.75
"""The share of a sentence's words that its passages, or the question, must have."""
_CLAUSE_SUPPORTED = 0.5
"""The share of each clause's words that one sentence of the passages must have beside what the question has."""
_FIGURE_SUPPORTED = 0.5
"""The share of the words around a figure that must stand with it in its source."""
_NEARLY_THE_SAME = 0.75
"""Two clauses that share this much of the longer one's words are nearly the same."""
_FEW_WORDS = 2
"""A clause of so few words that neither forbids nor allows only names what is spoken of."""
_AS_NEAR = 0.95
"""Clauses that share at least this much of what the nearest shares are where a clause may have been taken from."""
_REMEMBERED = 2048
_OFFICE = re.compile(r".*(?:局|委员会|法院|检察院|中心|厅|协会|仲裁委|海关|银行|法庭|公安机关|部门|办公室|大厅|平台|公司)$")
_NAMED_LAW = re.compile(r".{1,}(?:法|法典|条例|细则|办法)$")
_NO_LAW = frozenset("方法 做法 办法 违法 合法 依法 非法 司法 立法 执法 说法 用法 算法 想法 看法 书法 守法 无法".split())
_GLUE = frozenset(
    "根据 依据 按照 依照 规定 相关 有关 具体 情况 情形 进行 如下 以下 上述 方面 以及 通过 对于 关于 此外 因此 其中 同时 例如 如果 可以 应当"
    " 需要 必须 不得 无需 属于 包括 主要 分别 也就 就是 也是 还是 或者 并且 而且 但是 不过 只要 只有 才能 即可 其他 等等 目前 一般 通常"
    " 全区 我区 本区 另外 所以 由于 为了 能够 视为 作为 对此 一种 一个 一项 内容 要求 条件 方式 办理 申请人 当事人 您的 企业".split()
)
"""Words that a sentence may be put together with."""
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

    def ungrounded(self, text: str, citations: Sequence[Citation]) -> list[str]:
        """Return the figures, dates, places and named documents of an answer that its cited passages do not hold.

        A sentence is held against the citations whose numbers follow it; what stands before it without a number leads
        up to it. A citation's title, location and standing count as part of it.

        Args:
            text: an answer with its [1], [2] …; what follows the last number is held against all that were cited.
            citations: the answer's citations.
        """
        by_number = {citation.n: citation for citation in citations}
        found, start, last = list[str](), 0, list(citations)
        for match in _MARKER.finditer(text):
            numbers = [int(number) for number in re.findall("[0-9]+", match.group())]
            cited = [by_number[n] for n in numbers if n in by_number]
            found += [f"[{n}]" for n in numbers if n not in by_number]
            found += self._not_in(text[start : match.start()], cited)
            start = match.end()
        return found + self._not_in(text[start:], last)

    def _not_in(self, text: str, cited: Sequence[Citation]) -> list[str]:
        grounds = [self._grounds(citation.passage, citation.document) for citation in cited]
        facts = normalise("\n".join(map(standing_facts, cited)))
        values = claims_of(facts).values.union(*(ground.values for ground in grounds))
        text_of_all = "\n".join([facts, *(ground.plain for ground in grounds)])
        return [
            claim.value
            for claim in claims_of(normalise(text)).made
            if not _stands(claim, values, text_of_all)
        ]


_Found = tuple[Fault, str]
_COMMANDS = {Mode.DEMANDED, Mode.ALLOWED}
_SIDES = {Mode.ABOVE, Mode.BELOW, Mode.EARLIER, Mode.LATER}


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
        yield from self._figures_elsewhere()
        yield from self._modes_changed()
        yield from self._unsupported()

    def support_in(self, ground: Ground) -> tuple[Span, ...]:
        """Return the sentences of a passage that have most of what is said."""
        wanted, figures = self._said.words, claims_of(self._said.text).values
        scored = [
            (len(wanted & statement.words) + 2 * len(figures & claims_of(statement.text).values), statement.span)
            for statement in ground.statements
        ]
        best = max((score for score, _ in scored), default=0)
        return tuple(span for score, span in scored if best and score >= _AS_NEAR * best)[:3]

    def _claims_missing(self) -> Iterator[_Found]:
        for claim in claims_of(self._said.text).made:
            if not _stands(claim, self._values, self._plain):
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
            if _OFFICE.fullmatch(word) and not self._office_stands(before, word):
                yield Fault.NAME, f"{before}{word}"
            if _NAMED_LAW.fullmatch(word) and word not in _NO_LAW and bare(word) not in self._haystack:
                yield Fault.NAME, word
            if word in self._terms and not self._stands_in_pieces(word, f"{self._haystack}\n{self._asked}"):
                yield Fault.NAME, word
            before = word

    def _office_stands(self, before: str, office: str) -> bool:
        """Whether an office stands in a clause, with the word before it where that belongs to its name."""
        if bare(office) not in self._haystack:
            return False
        if f"{before}{office}" not in self._said.text or before in _GLUE:
            return True
        clauses = [clause.text for statement in self._sources for clause in statement.clauses if office in clause.text]
        headings = [ground.headings for ground in self._grounds if office in ground.headings]
        return any(before in text for text in (*clauses, *headings))

    def _stands_in_pieces(self, word: str, text: str) -> bool:
        return word in text or all(piece in text for piece in self._words.pieces(word))

    def _figures_elsewhere(self) -> Iterator[_Found]:
        """Each figure and date stands with the words it has here in one place of one passage."""
        for at, part in enumerate(self._said.parts):
            figures = [claim for claim in part.claims.made if claim.fault in (Fault.FIGURE, Fault.DATE)]
            for claim in figures:
                faults = [self._tie(claim, figures, at, ground) for ground in self._grounds]
                if all(fault is not None for fault in faults):
                    yield next(fault for fault in faults if fault), claim.value

    def _tie(self, claim: Claim, beside: Sequence[Claim], at: int, ground: Ground) -> Fault | None:
        """What is wrong with a figure by one passage: None where it gives the figure of the same matter.

        Of the places where the figure stands, the one that has most of what is said about it counts, and it has every
        figure said in the same breath.
        """
        parts = self._said.parts
        own, around = self._worded(parts[at].words), self._worded(parts[at].words | _context(parts, at, claim))
        places = [
            (statement, place)
            for statement in (*ground.statements, ground.heading_statement)
            if _all_held_in(beside, statement)
            for place, part in enumerate(statement.parts)
            if _holds(claim, part)
        ]
        near = {where: self._near(*where, claim, ground) for where in places}
        likeness = {w: self._likeness(parts, at, own, around, beside, near[w], *w) for w in places}
        faults = {Fault.BOUND if claim.fault is Fault.FIGURE else Fault.DATE}
        best = max(likeness.values(), default=0)
        for statement, place in (where for where in places if likeness[where] == best):
            source, rivals = statement.parts[place], _rivals(claim, ground, statement)
            if not self._same_matter(own, around, near[statement, place], rivals):
                faults.add(claim.fault)
            elif self._subjects_missing(self._around_text(at, claim), near[statement, place]):
                faults.add(claim.fault)
            elif self._substituted(own, source, f"{statement.label}\n{ground.lead}\n{ground.headings}"):
                faults.add(claim.fault)
            elif claim.fault is Fault.DATE or _same_bound(claim, parts[at], statement.parts[place]):
                return None
        return Fault.BOUND if places and faults == {Fault.BOUND} else claim.fault

    @staticmethod
    def _near(statement: Statement, place: int, claim: Claim, ground: Ground) -> str:
        beside = [part.text for part in statement.parts if not part.has_rival(claim)]
        return "\n".join([statement.parts[place].text, *beside, ground.lead, ground.headings])

    @staticmethod
    def _likeness(
        parts: Sequence[Clause],
        at: int,
        own: frozenset[str],
        around: frozenset[str],
        beside: Sequence[Claim],
        near: str,
        statement: Statement,
        place: int,
    ) -> float:
        part = statement.parts[place]
        figures = sum(_holds(other, part) for other in beside)
        alike = sum(
            len(parts[at + side].words & statement.parts[place + side].words)
            for side in (-1, 1)
            if 0 <= at + side < len(parts) and 0 <= place + side < len(statement.parts)
        )
        return 2 * figures + 2 * sum(w in part.text for w in own) + sum(w in near for w in around) + 0.5 * alike

    def _same_matter(self, own: frozenset[str], around: frozenset[str], near: str, rivals: Sequence[str]) -> bool:
        """Whether the words about a figure are those of its source, and none is that of another figure beside it."""
        counted = [w for w in own if w in near or w not in self._asked]
        held = sum(word in near for word in counted)
        if counted and held < _FIGURE_SUPPORTED * len(counted):
            return False
        missing = [word for word in around if word not in near]
        return not any(word in rival for rival in rivals for word in missing)

    def _around_text(self, at: int, claim: Claim) -> str:
        parts = self._said.parts
        return "\n".join([parts[at].text, *(part.text for part in _beside(parts, at, claim))])

    def _subjects_missing(self, said: str, near: str) -> list[str]:
        """The kinds of right that are spoken of and that a source does not speak of."""
        return [word for word in self._subjects if word in said and word not in near]

    def _substituted(self, own: frozenset[str], source: Clause, above: str) -> bool:
        """Whether words beside a figure took the place of those in its source: 转让金额15亿元 of 质押金额15亿元."""
        brought = any(word not in source.text and word not in above for word in own)
        return brought and any(word not in self._said.text for word in self._worded(source.words))

    def _worded(self, words: frozenset[str]) -> frozenset[str]:
        return frozenset(word for word in words if word not in _GLUE)

    def _modes_changed(self) -> Iterator[_Found]:
        """What a clause forbids, allows, demands or denies, one of the clauses nearest to it does too."""
        for at, clause in enumerate(self._said.clauses):
            nearest = self._nearest(at)
            if nearest and not any(_same_modes(clause, *source) for source in nearest):
                yield Fault.MODALITY, clause.text
            near = "\n".join([*(s.text for s, _ in nearest), *(f"{g.lead}\n{g.headings}" for g in self._grounds)])
            for word in self._subjects_missing(clause.text, near) if nearest else ():
                yield Fault.UNSUPPORTED, word

    def _nearest(self, at: int) -> list[tuple[Statement, Clause]]:
        """The clauses that a clause may have been taken from: those with most of its words, in the most alike place."""
        scored = [
            (_alike(self._said, at, statement, place), statement, source)
            for statement in self._sources
            for place, source in enumerate(statement.clauses)
        ]
        best = max((score for score, _, _ in scored), default=0.0)
        clause = self._said.clauses[at]
        names_only = not clause.modes and 0 < len(clause.words) <= _FEW_WORDS
        return [
            (statement, source)
            for score, statement, source in scored
            if (best > 0 and score >= _AS_NEAR * best) or (names_only and clause.words <= source.words)
        ]

    def _unsupported(self) -> Iterator[_Found]:
        said = [word for word in self._said.words if word not in _GLUE]
        lost = [word for word in said if word not in self._haystack and word not in self._asked]
        if said and len(lost) > (1 - _SUPPORTED) * len(said):
            yield Fault.UNSUPPORTED, "、".join(sorted(lost))
        for clause in self._said.clauses:
            own = [word for word in clause.words if word not in _GLUE and word not in self._asked]
            best = max((sum(w in g.haystack for w in own) for g in self._grounds), default=0)
            if own and best < _CLAUSE_SUPPORTED * len(own):
                yield Fault.UNSUPPORTED, clause.text


def _stands(claim: Claim, values: frozenset[str], plain: str) -> bool:
    """Whether a claim stands anywhere in the passages, whose text is given in normal form."""
    if claim.fault is Fault.ADDRESS:
        return claim.value in plain.replace("-", "")
    if claim.fault is not Fault.NAME:
        return claim.value in values or f"第{claim.value}" in values
    if claim.value.isascii():
        return bool(re.search(rf"(?<![a-z0-9]){re.escape(claim.value)}(?![a-z0-9])", plain))
    return searched_in(claim.value) in searched_in(plain)


def _holds(claim: Claim, part: Clause) -> bool:
    return claim.value in part.claims.values


def _context(parts: Sequence[Clause], at: int, claim: Claim) -> frozenset[str]:
    """The words of the parts around one that hold no other figure of the same kind."""
    return frozenset(word for part in _beside(parts, at, claim) for word in part.words)


def _beside(parts: Sequence[Clause], at: int, claim: Claim) -> Iterator[Clause]:
    """Yield the parts before one, and those after it up to the next figure, without those that have a rival figure."""
    yield from (part for part in parts[:at] if not part.has_rival(claim))
    for part in parts[at + 1 :]:
        if part.has_rival(claim):
            return
        yield part


def _same_bound(claim: Claim, said: Clause, source: Clause) -> bool:
    """Whether a figure is bounded as in its source; 三个月内 may be said as 三个月."""
    ours, theirs = _bounds(claim, said), _bounds(claim, source)
    if ours == theirs:
        return True
    return claim.unit == "时" and not ours and theirs == {Bound.UPPER}


def _bounds(claim: Claim, clause: Clause) -> frozenset[Bound]:
    return frozenset(
        bound for other in clause.claims.made if other.value == claim.value for bound in bounds_at(clause.text, *other.at)
    )


def _all_held_in(claims: Sequence[Claim], statement: Statement) -> bool:
    """Whether one sentence holds all the figures of a breath, in the same order: 从22个月缩到6个月."""
    if not all(any(_holds(claim, part) for part in statement.parts) for claim in claims):
        return False
    made = [claim.value for part in statement.parts for claim in part.claims.made]
    theirs = iter(made)
    return all(claim.value in theirs for claim in claims if claim.value in made)


def _rivals(claim: Claim, ground: Ground, own: Statement) -> list[str]:
    """The texts that hold another figure of the same kind: other sentences, and other parts of the same one."""
    others = [s.text for s in ground.statements if s is not own and any(p.has_rival(claim) for p in s.parts)]
    return [*others, *(part.text for part in own.parts if part.has_rival(claim))]


def _alike(said: Statement, at: int, source: Statement, place: int) -> float:
    """How alike two clauses are: the words and figures they share, then those of the clauses beside them."""
    shared = _shared(said, at, source, place)
    beside = _shared(said, at - 1, source, place - 1) + _shared(said, at + 1, source, place + 1)
    if not (shared or (beside and not said.clauses[at].words)):
        return 0.0
    extra = len(source.clauses[place].words - said.clauses[at].words)
    whole = len(said.words & source.words) / (len(said.words) or 1)
    return max(shared + 0.4 * beside + 2 * whole - 0.1 * extra, 0.01)


def _shared(said: Statement, at: int, source: Statement, place: int) -> int:
    if not (0 <= at < len(said.clauses) and 0 <= place < len(source.clauses)):
        return 0
    ours, theirs = said.clauses[at], source.clauses[place]
    return len(ours.words & theirs.words) + len(ours.claims.values & theirs.claims.values)


def _same_modes(said: Clause, statement: Statement, source: Clause) -> bool:
    """Whether a clause puts it as its source does.

    A clause without 可以 or 应当 of its own takes it from the sentence it stands in. What is nearly the same clause
    denies as often.
    """
    theirs, about = set(source.modes), {mode for clause in statement.clauses for mode in clause.modes}
    theirs |= about & _SIDES
    if not theirs & _COMMANDS:
        theirs |= about & _COMMANDS
    if any(mode not in theirs for mode in said.modes if mode is not Mode.DENIED):
        return False
    shared = len(said.words & source.words)
    if shared >= _NEARLY_THE_SAME * max(len(said.words), len(source.words)):
        return said.modes[Mode.DENIED] == source.modes[Mode.DENIED]
    return (said.modes[Mode.DENIED] > 0) == (source.modes[Mode.DENIED] > 0)

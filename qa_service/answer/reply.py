"""One question on its way to an answer."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from functools import cached_property
from typing import Protocol

from qa_service.answer.citing import Citer, Statement, numbers_of
from qa_service.answer.clause import clauses, is_one_clause
from qa_service.answer.comparison import Comparison, comparison_in
from qa_service.answer.compose import Choice, choose_sentences, spoken
from qa_service.answer.confidence import Confidence, evidence_of
from qa_service.answer.contents import asks_for_the_clause, contents
from qa_service.answer.declining import clause_unknown, document_unknown, missing_in_words, not_answered, unclear
from qa_service.answer.definition import defines, defining_first
from qa_service.answer.extract import Sentence
from qa_service.answer.figures.figure import quantities_on
from qa_service.answer.limits import Limits, known_miss
from qa_service.answer.models import Answer, Citation, Origin, Reason, Status
from qa_service.answer.notices import notices_of, validity_in_words
from qa_service.answer.opening import opening_of
from qa_service.answer.parts import parts_of, with_subject
from qa_service.answer.procedure import guide_on, procedure
from qa_service.answer.referral import referral_for
from qa_service.answer.standing import asks_standing, standing_of
from qa_service.answer.suggestions import suggestions_from
from qa_service.answer.verdict import Verdicts
from qa_service.answer.wording import flowing, in_lines
from qa_service.corpus.models import Document, Form, Passage
from qa_service.corpus.validity import COMPILED_KINDS
from qa_service.search.expected import Expected
from qa_service.search.question import Question
from qa_service.search.searcher import Filters, Hit, Searcher
from qa_service.text.normal import normalise
from qa_service.text.sentences import Span, sentence_spans

_ENOUGH_TO_CHOOSE_FROM = 10
_ANSWERED_FROM = 5
"""Passages that are looked at for the words of an answer."""
_PLAINLY_SAID = 0.8
"""A sentence that gives what is asked and has so much of the question is no near miss."""
_LARGEST_SECTION = 60
"""Passages of a section that is asked for as a whole."""
_DEFINED_AMONG = 20
"""Passages among which the definition of a thing that is compared is looked for."""
_NEAREST = 3
"""Citations of an answer that only comes near."""


class Means(Protocol):
    """What a reply is worked out with."""

    @property
    def searcher(self) -> Searcher:
        """What finds passages."""

    @property
    def confidence(self) -> Confidence:
        """When to answer."""

    @property
    def verdicts(self) -> Verdicts:
        """What tells yes from no."""

    def rank(self, question: Question, hits: Sequence[Hit]) -> list[Sentence]:
        """Return the sentences of the best passages, the likeliest to answer first."""


class Reply:
    """One question on its way to an answer."""

    def __init__(
        self,
        means: Means,
        question: Question,
        top_k: int,
        day: date,
        filters: Filters | None,
        today: date | None = None,
    ) -> None:
        """Look for what answers.

        Args:
            means: what the reply is worked out with.
            question: what is asked.
            top_k: the most citations, unless more passages are said.
            day: the day whose texts answer.
            filters: where to look.
            today: the day on which it is said whether those texts hold; None is ``day``.
        """
        self._today = today or day
        self._means = means
        self._searcher = means.searcher
        self._library = means.searcher.library
        self._top_k = top_k
        self._day = day
        self._filters = filters
        self.question = question
        self._limits = Limits(question, self._library)
        enough = _LARGEST_SECTION if question.clauses or question.documents else _ENOUGH_TO_CHOOSE_FROM
        self._found = self._searcher.search(question, day, max(top_k, enough), filters)
        self._hits = self._found[: max(top_k, _ANSWERED_FROM)] if enough == _ENOUGH_TO_CHOOSE_FROM else self._found

    @property
    def found(self) -> Iterator[str]:
        """Ids of the documents of what was found, the best first."""
        return (hit.passage.document_id for hit in self._hits)

    def compose(self) -> Answer:
        """Decide how the question ends, and say it."""
        if (known := self._of_a_document()) is not None:
            return known
        if not (self._named or self.question.words):
            return unclear(self.question)
        if self._named and self._asks_for_the_clause:
            return self._clause()
        if refused := self._refused():
            return refused
        for composed in (self._compared, self._in_parts, self._by_steps):
            if answer := composed():
                return answer
        return self._stated()

    @cached_property
    def _named(self) -> list[Hit]:
        """The passages whose clause the question names."""
        return [hit for hit in self._hits if self._searcher.is_named(hit.passage, self.question)]

    @cached_property
    def _ranked(self) -> list[Sentence]:
        return self._means.rank(self.question, self._named or self._on_the_matter())

    def _of_a_document(self) -> Answer | None:
        """Answer what is asked of a document itself, or of one or a clause that is not there."""
        question = self.question
        for document_id in question.documents:
            if asks_standing(question, self._library[document_id]):
                return self._standing(self._library[document_id])
        if question.unknown_document and not question.documents:
            return document_unknown(question, question.unknown_document)
        if question.clauses and not self._named and question.documents:
            return clause_unknown(question, self._library)
        return None

    def _on_the_matter(self) -> list[Hit]:
        """Keep to the documents that are named, else to those that are not on another kind of right.

        What a thing is, a clause defines and no guide.
        """
        named = self.question.documents | self.question.family
        own = [hit for hit in self._hits if hit.passage.document_id in named]
        kept = own or [hit for hit in self._hits if hit.features.subject >= 0] or self._hits
        if Expected.DEFINITION in self.question.asks:
            return [hit for hit in kept[:_ANSWERED_FROM] if self._is_clause(hit.passage)] or kept
        return kept

    def _refused(self) -> Answer | None:
        """Refuse what the corpus does not speak of, and what it is known not to say of what it speaks of."""
        if self._named:
            return None
        unanswered = self._searcher.engine.unanswered(self._searcher.vector_of(self.question))
        hits, ranked = self._on_the_matter(), self._ranked
        evidence = evidence_of(self.question, hits, ranked, unanswered, self._searcher.engine)
        named = bool(self.question.documents or (self._filters and self._filters.document_ids))
        if not self._means.confidence.on_topic(evidence, named=named):
            return not_answered(self.question, self._library)
        missed = self._means.confidence.missed(evidence, unanswered)
        if missed is None:
            return None
        if not ranked:
            return not_answered(self.question, self._library)
        reason = known_miss(self.question, Reason(missed), self._library.lexicon)
        plainly = ranked[0].signals.kind >= 1 and ranked[0].signals.overlap >= _PLAINLY_SAID
        if plainly or (reason is Reason.TIME_NOT_COVERED and self._limits.covers_the_time(ranked[0])):
            return None
        return self._related(reason, ranked[0])

    def choice(self) -> Choice | None:
        """Choose what is said of the sentences found."""
        ranked = self._ranked
        if Expected.DEFINITION in self.question.asks:
            ranked = defining_first(ranked, self.question)
        return choose_sentences(
            ranked,
            self._limits.fits,
            self.question,
            is_clause=lambda sentence: self._is_clause(sentence.hit.passage),
        )

    def limit(self, choice: Choice) -> Reason | None:
        """Return why what was found does not give what is asked, if so."""
        return self._limits.beyond(choice)

    def _stated(self) -> Answer:
        """Answer in the words of the sentences that answer."""
        choice = self.choice()
        if choice is None:
            return not_answered(self.question, self._library)
        if reason := self.limit(choice):
            return self._related(reason, choice.best)
        return self._said(self._statements(choice))

    def _statements(self, choice: Choice) -> list[Statement]:
        opening = opening_of(self.question, choice, self._searcher, self._means.verdicts, self._today)
        sentences = [choice.best] if opening and opening.settles else choice.sentences
        said = [Statement.of(sentence, spoken(sentence.text)) for sentence in sentences]
        return [Statement(opening.text, choice.best.hit.passage, opens=True), *said] if opening else said

    def _compared(self) -> Answer | None:
        """Say of each of two things that are compared what the text says of it."""
        comparison = comparison_in(self.question.normal)
        return self._sides(comparison) if comparison else None

    def _sides(self, comparison: Comparison) -> Answer | None:
        asked = comparison.questions()
        if not comparison.aspect:
            defined = [self._definition(*side) for side in zip(comparison.sides, asked, strict=True)]
            return self._said([s for side in defined for s in side]) if all(defined) else None
        replies = [self._reply_on(text) for text in asked]
        sides = [
            (reply, best)
            for reply, name in zip(replies, comparison.sides, strict=True)
            if reply and (best := reply.best_on(name))
        ]
        if len(sides) < len(comparison.sides):
            return None
        said = [Statement.of(best, spoken(best.text)) for _, best in sides]
        verdict = self._alike(comparison, sides)
        first = [Statement(verdict, said[0].passage, opens=True)] if verdict else []
        return self._said(_each_once([*first, *said]))

    def _alike(self, comparison: Comparison, sides: Sequence[tuple["Reply", Sentence]]) -> str:
        """Say whether both sides have the same figure, where that is asked and the text gives one of each."""
        if not comparison.asks_whether_alike:
            return ""
        weigh = self._searcher.engine.idf
        first, second = (quantities_on(reply.question, best.text, lambda q: True, weigh) for reply, best in sides)
        if len(first) != 1 or len(second) != 1:
            return ""
        return "一样。" if first == second else "不一样。"

    def best_on(self, name: str) -> Sentence | None:
        """Return the sentence that answers, where it speaks of ``name``."""
        choice = None if self._refused() else self.choice()
        if choice is None or self.limit(choice):
            return None
        best = choice.best
        return best if name in normalise(f"{best.hit.passage.title}{best.text}") else None

    def _reply_on(self, text: str) -> "Reply | None":
        """Return the reply to a part of the question, as a question of its own; None where that asks of nothing."""
        question = self._searcher.understand(text, self._day)
        if not question.words:
            return None
        return Reply(self._means, question, self._top_k, self._day, self._filters, self._today)

    def _definition(self, name: str, text: str) -> list[Statement]:
        """Return what says what ``name`` is, which ``text`` asks, one sentence; nothing where no clause does."""
        question = self._searcher.understand(text, self._day)
        hits = self._searcher.search(question, self._day, _DEFINED_AMONG, self._filters)
        defining = [hit for hit in hits if any(defines(span.of(hit.passage.text), [name]) for span in _spans(hit))]
        ranked = [s for s in self._means.rank(question, defining) if defines(s.text, [name])]
        return [Statement.of(s, spoken(s.text)) for s in ranked[:1]]

    def _in_parts(self) -> Answer | None:
        """Answer each of several questions in one from its own passage."""
        parts = parts_of(self.question.text)
        if len(parts) < 2:
            return None
        lexicon = self._library.lexicon
        answers = [self._part(with_subject(part, self.question, lexicon)) for part in parts]
        if not any(answers):
            return None
        missing = [part for part, answer in zip(parts, answers, strict=True) if not answer]
        said = [statement for answer in answers for statement in answer]
        return self._said(_each_once([*said, *self._of_the_whole(said)]), missing=missing)

    def _of_the_whole(self, said: Sequence[Statement]) -> list[Statement]:
        """Return the sentence that answers the parts together, where it stands in a passage that no part has found."""
        choice = self.choice()
        if choice is None or self.limit(choice) or choice.best.hit.passage.id in {s.passage.id for s in said}:
            return []
        return [Statement.of(choice.best, spoken(choice.best.text))]

    def _part(self, text: str) -> list[Statement]:
        """Return what answers a part of the question; nothing where the corpus does not."""
        reply = self._reply_on(text)
        choice = None if reply is None or reply._refused() else reply.choice()
        return reply._statements(choice) if reply and choice and not reply.limit(choice) else []

    def _by_steps(self) -> Answer | None:
        """Answer from the guide to what is to be done."""
        guide = guide_on(self.question, self._found, self._searcher)
        if guide is None:
            return None
        statements = procedure(guide, self.question, self._found, self._searcher)
        return self._said(statements, as_lines=True) if statements else None

    def _said(self, statements: Sequence[Statement], *, missing: Sequence[str] = (), as_lines: bool = False) -> Answer:
        """Say statements, and close with how far their texts hold."""
        citations = self._citer.cite(statements)
        number = numbers_of(citations)
        text = in_lines(statements, number) if as_lines else flowing(statements, number, self._library)
        text += validity_in_words(_said_in(text, citations))
        if missing:
            wanted = "、".join(f"“{part}”" for part in missing)
            text += f"\n另外，{wanted}在所收录的文件里没有查到。{self._referral}"
        reason = Reason.PARTIAL if missing else Reason.COMPLETE
        return self._answer(Status.ANSWERED, reason, text, citations)

    @cached_property
    def _citer(self) -> Citer:
        return Citer(self._library, self._today, self._hits, self._top_k)

    def _is_clause(self, passage: Passage) -> bool:
        document = self._library[passage.document_id]
        return document.form is Form.FULL_TEXT or (document.form is Form.NOTES and document.kind not in COMPILED_KINDS)

    def _related(self, reason: Reason, nearest: Sentence) -> Answer:
        """Say which part is missing, what comes nearest, and where to ask."""
        statement = Statement.of(nearest, spoken(nearest.text))
        citations = self._citer.cite([statement])[:_NEAREST]
        near = flowing([statement], numbers_of(citations), self._library)
        text = f"所收录的文件谈到了相关内容，但{missing_in_words(reason, self.question.expected)}。最接近的规定：{near}{self._referral}"
        return self._answer(Status.RELATED, reason, text, citations)

    @property
    def _referral(self) -> str:
        return referral_for(self.question.normal, self._library.lexicon)

    @cached_property
    def _asks_for_the_clause(self) -> bool:
        """Whether nothing but the clause is asked for: 规划四（三）4讲什么."""
        return asks_for_the_clause(self.question, [hit.passage for hit in self._named], self._searcher.segmenter)

    def _clause(self) -> Answer:
        """Show the clause asked for; of a whole section, what it consists of."""
        passages = sorted((h.passage for h in self._named), key=lambda p: (p.document_id, p.start))
        if is_one_clause(passages, self.question.clauses):
            statements = [
                statement
                for document_id in dict.fromkeys(p.document_id for p in passages)
                for statement in clauses(
                    [p for p in passages if p.document_id == document_id],
                    self.question.clauses,
                    self._library[document_id],
                    self._searcher.engine,
                )
            ]
        else:
            statements = contents(passages, self.question.clauses[0], self._library)
        citations = self._citer.cite(statements, beside=False)
        text = in_lines(statements, numbers_of(citations))
        text += validity_in_words(_said_in(text, citations))
        return self._answer(Status.ANSWERED, Reason.COMPLETE, text, citations)

    def _standing(self, document: Document) -> Answer:
        """Say whether a document is in force, citing where it names itself."""
        validity = self._library.validity(document.id, self._day)
        said = standing_of(document, validity, self.question)
        own = [hit for hit in self._hits if hit.passage.document_id == document.id]
        naming = sorted(own, key=lambda hit: (document.title not in hit.passage.text, -hit.score))[:1]
        citations = self._citer.cite([Statement(said, hit.passage) for hit in naming], beside=False)
        return self._answer(Status.ANSWERED, Reason.COMPLETE, f"{said}[1]" if citations else said, citations)

    def _answer(self, status: Status, reason: Reason, text: str, citations: tuple[Citation, ...]) -> Answer:
        return Answer(
            self.question.text,
            status,
            reason,
            text,
            citations,
            notices_of(_said_in(text, citations)),
            suggestions_from(self._hits, self.question.text),
            origin=Origin.EXTRACTED,
        )


def _said_in(text: str, citations: Sequence[Citation]) -> list[Citation]:
    return [citation for citation in citations if f"[{citation.n}]" in text]


def _each_once(statements: Iterable[Statement]) -> list[Statement]:
    return list({(s.passage.id, s.text): s for s in statements}.values())


def _spans(hit: Hit) -> Sequence[Span]:
    return sentence_spans(hit.passage.text)

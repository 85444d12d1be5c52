"""The one entry: a question and what was said before in, an answer out."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from qa_service.answer.confidence import Confidence
from qa_service.answer.curated.reply import CuratedReply
from qa_service.answer.day import day_of_other_text
from qa_service.answer.dialogue.clarifying import Clarifying, picked
from qa_service.answer.dialogue.conversation import Conversation
from qa_service.answer.dialogue.dialogue import Dialogue
from qa_service.answer.dialogue.reading import Reading
from qa_service.answer.extract import Sentence, SentenceWeights, rank_sentences
from qa_service.answer.handover import Handover, said
from qa_service.answer.manners.courtesy import EXAMPLES, courtesy
from qa_service.answer.models import Answer, Reason, Status
from qa_service.answer.reply import Reply
from qa_service.answer.verdict import Verdicts
from qa_service.clock import Clock, today
from qa_service.search.question import Question
from qa_service.search.searcher import Filters, Hit, Searcher
from qa_service.text.personal import without_personal
from qa_service.text.readable import readable


class Answerer:
    """Answers from one build. Stateless between calls, and safe to share between threads."""

    def __init__(
        self,
        searcher: Searcher,
        confidence: Confidence,
        sentences: SentenceWeights,
        verdicts: Verdicts,
        clock: Clock,
        curated: CuratedReply | None = None,
        handover: Handover | None = None,
    ) -> None:
        self.searcher = searcher
        self.confidence = confidence
        self.verdicts = verdicts
        self._sentences = sentences
        self._clock = clock
        self._curated = curated
        self._handover = handover
        self._dialogue = Dialogue(searcher)
        self.clarifying = Clarifying(searcher)

    def today(self) -> date:
        """Return the day on which validity is judged when none is asked for."""
        return today(self._clock)

    def ask(
        self,
        text: str,
        *,
        conversation: Conversation = (),
        top_k: int = 5,
        as_of: date | None = None,
        filters: Filters | None = None,
        counted: bool = True,
    ) -> Answer:
        """Answer a question.

        Args:
            text: the question as typed; what is hidden in it is not asked, nor told on.
            conversation: what was said before in the session, the oldest first.
            top_k: the most citations, at least 1.
            as_of: the day on which validity is judged; None is today, unless the question itself asks about another.
            filters: where to look.
            counted: whether a curated answer that is given counts as given; not where staff only look at it.
        """
        text = readable(text)
        day = as_of or self.today()
        if fixed := courtesy(text):
            told = fixed.text or said(self._handover)
            return Answer(text, fixed.status, fixed.reason, told, suggestions=EXAMPLES)
        typed = self.searcher.understand(without_personal(text), day)
        reading = self._read(typed, conversation, day)
        question = self.searcher.understand(reading.text, day) if reading.leans else typed
        answer = self._answer(question, reading.within(filters), filters, top_k, as_of, counted=counted)
        return replace(
            answer,
            question=text,
            understood=typed.understood,
            interpreted=reading.text if reading.leans else None,
        )

    def _answer(
        self,
        question: Question,
        within: Filters | None,
        filters: Filters | None,
        top_k: int,
        as_of: date | None,
        *,
        counted: bool,
    ) -> Answer:
        """Answer a question that stands alone: what staff approved wins, and what may mean several things is asked back."""
        day = as_of or self.today()
        if self._curated and (approved := self._curated.to(question, day, filters, counted=counted)):
            return approved
        narrowed = bool(filters and filters.document_ids)
        if not narrowed and (back := self.clarifying.ask_back(question, day)):
            return Answer(question.text, Status.CLARIFY, Reason.PARTIAL, back.text, choices=back.choices)
        reply = Reply(self, question, top_k, day, within)
        if as_of is None and (other := self._other_day(question, reply, day)):
            question = self.searcher.understand(question.text, other)
            reply = Reply(self, question, top_k, other, within, today=day)
        return reply.compose()

    def _other_day(self, question: Question, reply: Reply, day: date) -> date | None:
        """Return the day that the question asks about, where another text than today's answers on it."""
        return day_of_other_text(question.normal, reply.found, self.searcher.library, day)

    def _read(self, typed: Question, conversation: Conversation, day: date) -> Reading:
        """Read a question as it was meant: as the reply to a question back, as a follow-up, or as it is."""
        if not conversation:
            return Reading(typed.text)
        last = conversation[-1]
        if last.choices and (choice := picked(typed.text, last.choices)):
            return Reading(choice, leans=True)
        return self._dialogue.read(typed.understood or typed.text, conversation, day)

    def rank(self, question: Question, hits: Sequence[Hit]) -> list[Sentence]:
        """Return the sentences of the best passages, the likeliest to answer first."""
        return rank_sentences(question, hits, self.searcher, self._sentences)

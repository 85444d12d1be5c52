"""The one entry: a question and what was said before in, an answer out."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from qa_service.answer.confidence import Confidence
from qa_service.answer.conversation import Conversation
from qa_service.answer.courtesy import EXAMPLES, courtesy
from qa_service.answer.curated_reply import CuratedReply
from qa_service.answer.extract import Sentence, SentenceWeights, rank_sentences
from qa_service.answer.models import Answer
from qa_service.answer.reply import Reply
from qa_service.clock import Clock, today
from qa_service.search.question import Question
from qa_service.search.searcher import Filters, Hit, Searcher


class Answerer:
    """Answers from one build. Stateless between calls, and safe to share between threads."""

    def __init__(
        self,
        searcher: Searcher,
        confidence: Confidence,
        sentences: SentenceWeights,
        clock: Clock,
        curated: CuratedReply | None = None,
    ) -> None:
        self.searcher = searcher
        self.confidence = confidence
        self._sentences = sentences
        self._clock = clock
        self._curated = curated

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
    ) -> Answer:
        """Answer a question.

        Args:
            text: the question as typed.
            conversation: what was said before in the session, the oldest first.
            top_k: the most citations, at least 1.
            as_of: the day on which validity is judged; None is today.
            filters: where to look.
        """
        if fixed := courtesy(text):
            return Answer(text, fixed.status, fixed.reason, fixed.text, suggestions=EXAMPLES)
        day = as_of or self.today()
        question = self.searcher.understand(text, day)
        if self._curated and (approved := self._curated.to(question, day, filters)):
            return replace(approved, understood=question.understood)
        reply = Reply(self, question, top_k, day, filters)
        return replace(reply.compose(), understood=question.understood)

    def rank(self, question: Question, hits: Sequence[Hit]) -> list[Sentence]:
        """Return the sentences of the best passages, the likeliest to answer first."""
        return rank_sentences(question, hits, self.searcher, self._sentences)

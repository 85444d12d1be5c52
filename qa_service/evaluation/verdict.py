"""What is to be said of one answer."""

from collections.abc import Sequence
from dataclasses import dataclass

from qa_service.answer.models import Answer, Status
from qa_service.evaluation.facts import states
from qa_service.evaluation.golden import Evidence, GoldenQuestion
from qa_service.evaluation.quotes import holds, letters_to_compare
from qa_service.evaluation.refusals import opens_with_a_refusal

_GIVES_AN_ANSWER = frozenset({Status.ANSWERED, Status.SMALLTALK})


@dataclass(frozen=True, slots=True)
class Verdict:
    """One question, the answer it got, and how good that is."""

    file: str
    id: str
    question: str
    asker: str
    kind: str
    answerable: bool
    must_be_refused: bool
    needs_all: bool
    places: int
    """Places of evidence there are."""
    status: str
    """How the service ended the question; ``failed`` where it broke."""
    reason: str
    answer: str
    citations: tuple[str, ...]
    """《document》location of each citation, the best first."""
    refused: bool
    facts: tuple[bool, ...]
    """Of each fact, whether the answer states it."""
    missing: tuple[str, ...]
    """The facts it does not state, their alternatives set apart by 或."""
    ranks: tuple[int, ...]
    """Of each place of evidence that was cited, the rank (from 1) of the first citation that holds it; ascending."""
    evidence_absent: bool = False
    """The evidence is not in the corpus at all, so nothing could have found it."""

    @property
    def key(self) -> tuple[str, str, str]:
        """What tells the question apart from others, in this run and in earlier ones."""
        return self.file, self.id, self.question

    @property
    def correct(self) -> bool:
        """Whether an answerable question was answered, with every fact."""
        return self.answerable and not self.refused and bool(self.facts) and all(self.facts)

    @property
    def right(self) -> bool:
        """Whether the service did what it should: answer, refuse, or say something civil to small talk."""
        if self.answerable:
            return self.correct
        return self.refused if self.must_be_refused else bool(self.answer.strip())

    def cites_evidence(self, k: int) -> bool:
        """Whether one of the first ``k`` citations holds a quote that proves the answer."""
        return bool(self.ranks) and self.ranks[0] <= k

    def cites_all_evidence(self, k: int) -> bool:
        """Whether the first ``k`` citations together hold every place of the evidence."""
        return 0 < self.places == sum(rank <= k for rank in self.ranks)


def judge(question: GoldenQuestion, answer: Answer) -> Verdict:
    """Judge an answer.

    The service's own status says whether it refused. Where it claims an answer and opens by saying that the sources
    hold none, that is a refusal too, unless it goes on to state every fact.
    """
    facts = tuple(states(answer.text, fact) for fact in question.facts)
    complete = question.answerable and bool(facts) and all(facts)
    declined = answer.status not in _GIVES_AN_ANSWER
    return _verdict(
        question,
        status=answer.status.value,
        reason=answer.reason.value,
        answer=answer.text,
        citations=tuple(f"《{c.document.name}》{c.passage.location}" for c in answer.citations),
        refused=declined or (opens_with_a_refusal(answer.text) and not complete),
        facts=facts,
        ranks=_ranks(question.evidence, [citation.passage.text for citation in answer.citations]),
    )


def failed(question: GoldenQuestion, error: Exception) -> Verdict:
    """Judge a question that the service broke on: neither answered nor refused."""
    return _verdict(
        question,
        status="failed",
        reason=f"{type(error).__name__}: {error}",
        answer="",
        citations=(),
        refused=False,
        facts=(False,) * len(question.facts),
        ranks=(),
    )


def _verdict(
    question: GoldenQuestion,
    *,
    status: str,
    reason: str,
    answer: str,
    citations: tuple[str, ...],
    refused: bool,
    facts: tuple[bool, ...],
    ranks: tuple[int, ...],
) -> Verdict:
    return Verdict(
        file=question.file,
        id=question.id,
        question=question.text,
        asker=question.asker,
        kind=question.kind,
        answerable=question.answerable,
        must_be_refused=question.must_be_refused,
        needs_all=question.needs_all,
        places=len(question.evidence),
        status=status,
        reason=reason,
        answer=answer,
        citations=citations,
        refused=refused,
        facts=facts,
        missing=tuple("或".join(fact) for fact, stated in zip(question.facts, facts, strict=True) if not stated),
        ranks=ranks,
    )


def _ranks(evidence: Sequence[Evidence], cited: Sequence[str]) -> tuple[int, ...]:
    texts = [letters_to_compare(text) for text in cited]
    found = []
    for place in evidence:
        quotes = [letters_to_compare(quote) for quote in place.quotes]
        ranks = (rank for rank, text in enumerate(texts, 1) if any(holds(text, quote) for quote in quotes))
        found.append(next(ranks, None))
    return tuple(sorted(rank for rank in found if rank))

"""Asking the golden questions, one after another."""

import logging
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import date

from qa_service.answer.dialogue.conversation import Conversation, Turn, continued
from qa_service.answer.models import Answer
from qa_service.evaluation.golden import GoldenQuestion
from qa_service.evaluation.quotes import holds, letters_to_compare
from qa_service.evaluation.verdict import Verdict, failed, judge
from qa_service.index.build import Progress

Ask = Callable[[str, date, Conversation], Answer]
"""Answers a question, judging validity on a day, after what was said before."""

_MOST_TURNS = 6
_log = logging.getLogger(__name__)


def evaluate(
    questions: Sequence[GoldenQuestion],
    ask: Ask,
    *,
    day: date,
    corpus: Iterable[str],
    progress: Progress,
) -> list[Verdict]:
    """Ask every question and judge the answer.

    The turns of a dialogue are asked in order, each after those before it; every dialogue begins afresh, and a question
    that is no turn is asked alone.

    Args:
        questions: what to ask.
        ask: asks the service.
        day: the day for questions that name none.
        corpus: the texts of the passages, in which evidence that was not cited is looked for.
        progress: is told how many were asked.
    """
    verdicts = []
    dialogue: tuple[str, str] | None = None
    said: Conversation = ()
    for number, question in enumerate(questions):
        progress("逐题作答", number, len(questions))
        if question.dialogue is None or (question.file, question.dialogue) != dialogue:
            said = ()
        dialogue = (question.file, question.dialogue) if question.dialogue else None
        verdict, turn = _verdict(question, ask, day, said)
        verdicts.append(verdict)
        said = continued(said, turn, _MOST_TURNS) if turn else said
    progress("逐题作答", len(questions), len(questions))
    return _with_absent_evidence(questions, verdicts, corpus)


def _verdict(question: GoldenQuestion, ask: Ask, day: date, said: Conversation) -> tuple[Verdict, Turn | None]:
    try:
        answer = ask(question.text, question.as_of or day, said)
    except Exception as error:
        # A run of many questions is worth more than its first crash; the crash is counted, shown, and fails the run.
        _log.exception("the service broke on %s %s", question.file, question.id)
        return failed(question, error), None
    return judge(question, answer), Turn.of(answer)


def _with_absent_evidence(
    questions: Sequence[GoldenQuestion], verdicts: Sequence[Verdict], corpus: Iterable[str]
) -> list[Verdict]:
    """Mark the questions whose evidence no passage holds: a question on official wording, where only notes are."""
    unseen = [bool(q.evidence) and not v.ranks for q, v in zip(questions, verdicts, strict=True)]
    passages = [letters_to_compare(text) for text in corpus] if any(unseen) else []

    def absent(question: GoldenQuestion) -> bool:
        quotes = [letters_to_compare(quote) for place in question.evidence for quote in place.quotes]
        return not any(holds(passage, quote) for passage in passages for quote in quotes)

    return [
        replace(verdict, evidence_absent=sought and absent(question))
        for question, verdict, sought in zip(questions, verdicts, unseen, strict=True)
    ]

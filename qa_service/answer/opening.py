"""What an answer opens with: the figure asked for, or whether it is as the question says."""

from dataclasses import dataclass

from qa_service.answer.extract import Sentence
from qa_service.answer.figure import figure_given
from qa_service.answer.premise import premise_of
from qa_service.answer.verdict import Verdicts, asks_yes_or_no, verdict_in_words
from qa_service.search.question import Question
from qa_service.search.searcher import Searcher

_HEARD_AT_ONCE = 12
"""A sentence whose figure ends within so many characters gives it at once."""


@dataclass(frozen=True, slots=True)
class Opening:
    """The word that answers, said before the sentence that holds it."""

    text: str
    settles: bool = False
    """Nothing but the sentence that holds it needs to be said."""


def opening_of(question: Question, best: Sentence, searcher: Searcher, verdicts: Verdicts) -> Opening | None:
    """Return the word that answers, None where none is plain.

    Args:
        question: what is asked.
        best: the sentence that answers.
        searcher: what found it.
        verdicts: what tells yes from no.
    """
    weigh = searcher.engine.idf
    if premise := premise_of(question, best.text, weigh):
        return Opening(premise.opening, settles=True)
    if asks_yes_or_no(question):
        asked = searcher.engine.asked_of(best.hit.passage.id, searcher.vector_of(question))
        verdict = verdicts.of(question, best, asked)
        return Opening(verdict_in_words(verdict, question.normal)) if verdict else None
    figure = figure_given(question, best.text, weigh)
    if figure is None or best.text.find(figure) + len(figure) <= _HEARD_AT_ONCE:
        return None
    return Opening(f"{figure}。")

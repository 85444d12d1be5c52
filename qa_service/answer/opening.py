"""What an answer opens with: the figure asked for, or whether it is as the question says."""

from dataclasses import dataclass

from qa_service.answer.extract import Sentence
from qa_service.answer.figure import figure_given, is_figure
from qa_service.answer.premise import premise_of
from qa_service.answer.right import besides_rights
from qa_service.search.question import Question
from qa_service.search.searcher import Searcher
from qa_service.text.normal import normalise

_ASKING = frozenset({"几年", "几天", "几月", "多久", "多长", "多少", "时间", "工作日", "小时"})
"""Words that say what kind of figure is asked for and not of what."""
_HEARD_AT_ONCE = 12
"""A sentence whose figure ends within so many characters gives it at once."""


@dataclass(frozen=True, slots=True)
class Opening:
    """The word that answers, said before the sentence that holds it."""

    text: str
    settles: bool = False
    """Nothing but the sentence that holds it needs to be said."""


def opening_of(question: Question, best: Sentence, searcher: Searcher) -> Opening | None:
    """Return the word that answers, None where none is plain.

    Args:
        question: what is asked.
        best: the sentence that answers.
        searcher: what found it.
    """
    weigh = searcher.engine.idf
    if not _is_on(question, best):
        return None
    if premise := premise_of(question, best.text, weigh):
        return Opening(premise.opening, settles=True)
    figure = figure_given(question, best.text, weigh)
    if figure is None or best.text.find(figure) + len(figure) <= _HEARD_AT_ONCE:
        return None
    return Opening(f"{figure}。")


def _is_on(question: Question, best: Sentence) -> bool:
    """Whether a sentence says something of the question beside the kind of right.

    Of 外观设计优先审查多久 a sentence on 外观设计 and 优先权 says nothing.
    """
    passage = best.hit.passage
    said = normalise(f"{' '.join(passage.heading_path)} {passage.title} {best.text}")
    words = {w for w in (*question.words, *question.official) if besides_rights(w) and not is_figure(w)}
    return any(word in said for word in words - _ASKING)

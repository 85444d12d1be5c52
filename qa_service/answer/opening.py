"""What an answer opens with: the figure asked for, or whether it is as the question says."""

import re
from dataclasses import dataclass
from datetime import date

from qa_service.answer.compose import Choice
from qa_service.answer.extract import Sentence
from qa_service.answer.figures.figure import CHANGES, figure_given, is_figure
from qa_service.answer.figures.premise import bears_out, premise_of
from qa_service.answer.figures.right import besides_rights
from qa_service.answer.subject import SAYS_THE_KIND, TELLING_IDF
from qa_service.answer.verdict import Verdicts, asks_yes_or_no, verdict_in_words
from qa_service.search.giving import OWNS_TO_A_GAP
from qa_service.search.question import Question
from qa_service.search.searcher import Searcher
from qa_service.text.dates import dates_in
from qa_service.text.normal import normalise

_ASKING = re.compile(r"[几每多].*|是不是|时间|工作日|小时")
"""Words that say what kind of figure is asked for and not of what."""
_CLAUSE = re.compile(r"[，；]")
_YEAR = re.compile(r"20[0-9]{2}年?")
_HEARD_AT_ONCE = 12
"""A sentence whose figure ends within so many characters gives it at once."""


@dataclass(frozen=True, slots=True)
class Opening:
    """The word that answers, said before the sentence that holds it."""

    text: str
    settles: bool = False
    """Nothing but the sentence that holds it needs to be said."""


def opening_of(question: Question, choice: Choice, searcher: Searcher, verdicts: Verdicts, day: date) -> Opening | None:
    """Return the word that answers, None where none is plain: the text may tell several cases of the same.

    Args:
        question: what is asked.
        choice: the sentence that answers, and those beside it.
        searcher: what found them.
        verdicts: what tells yes from no.
        day: on which it is to hold.
    """
    best, weigh = choice.best, searcher.engine.idf
    said = _said(best, searcher)
    official = any(word in said for word in question.official)
    of_what = _of_what(question)
    tells = official or any(besides_rights(word) and word in said for word in of_what)
    if OWNS_TO_A_GAP.search(best.text) or not tells:
        return None
    # Of 外观设计优先审查多久 a sentence on 外观设计 and 优先权 has only half.
    whole = all(weigh(word) < TELLING_IDF or set(word) <= set(said) for word in of_what)
    text = best.text if _YEAR.search(question.normal) else _as_it_is(best.text, day)
    if premise := premise_of(question, text, weigh):
        cases = (premise_of(question, other.text, weigh) for other in choice.beside)
        told_apart = any(case and case != premise for case in cases)
        return Opening(premise.opening, settles=True) if whole and not told_apart else None
    if asks_yes_or_no(question):
        return _verdict(question, best, searcher, verdicts)
    if choice.beside or not (whole or official):
        return None
    figure = figure_given(question, text, weigh)
    if figure is None or best.text.find(figure) + len(figure) <= _HEARD_AT_ONCE:
        return None
    return Opening(f"{figure}。")


def _verdict(question: Question, best: Sentence, searcher: Searcher, verdicts: Verdicts) -> Opening | None:
    asked = searcher.engine.asked_of(best.hit.passage.id, searcher.vector_of(question))
    verdict = verdicts.of(question, best, asked)
    if verdict is None or not bears_out(question, best.text, verdict):
        return None
    return Opening(verdict_in_words(verdict, question.normal))


def _of_what(question: Question) -> list[str]:
    """The words of a question that say what it is about, and not what kind of figure it is for."""
    return [w for w in question.words if not (is_figure(w) or _ASKING.fullmatch(w) or w in SAYS_THE_KIND)]


def _said(sentence: Sentence, searcher: Searcher) -> str:
    """What a sentence says, with the titles it stands under."""
    passage = sentence.hit.passage
    return normalise(f"{searcher.library[passage.document_id].title} {passage.title} {sentence.text}")


def _as_it_is(text: str, day: date) -> str:
    """Leave out of a sentence what it says of a change to come: 是3个月，2027年1月1日起改为2个月."""
    clauses = _CLAUSE.split(text)
    coming = [c for c in clauses if CHANGES.search(c) and all(day < since for since in dates_in(c)) and [*dates_in(c)]]
    return "，".join(c for c in clauses if c not in coming) if coming else text

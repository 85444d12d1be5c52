"""What is said where nothing is answered: why not, and where to turn."""

from qa_service.answer.manners.courtesy import COVERS, EXAMPLES
from qa_service.answer.models import Answer, Reason, Status
from qa_service.answer.referral import referral_for
from qa_service.corpus.library import Library
from qa_service.search.expected import Expected
from qa_service.search.question import Question

_MOST_NAMES = 3


def unclear(question: Question) -> Answer:
    """Ask for more where a question speaks of nothing: 几家."""
    text = "请说得具体一点：您想问的是哪件事？例如：" + "、".join(EXAMPLES)
    return _declined(question, Status.CLARIFY, Reason.PARTIAL, text)


def not_answered(question: Question, library: Library) -> Answer:
    """Say that the corpus has no answer, of a matter of the field or of another."""
    referral = referral_for(question.normal, library.lexicon)
    if library.lexicon.holds_a_term(question.normal):
        text = f"所收录的文件没有这个问题的答案。{referral}"
        return _declined(question, Status.NO_ANSWER, Reason.NO_EVIDENCE, text)
    text = f"这个问题不在本服务的范围内。{COVERS}。{referral}"
    return _declined(question, Status.NO_ANSWER, Reason.OUT_OF_SCOPE, text)


def clause_unknown(question: Question, library: Library) -> Answer:
    """Say that the documents named have no such clause."""
    places = "、".join(dict.fromkeys(clause.location for clause in question.clauses))
    documents = sorted(question.documents or library.documents)[:_MOST_NAMES]
    names = "、".join(f"《{library[document_id].title}》" for document_id in documents)
    text = f"{names}中没有“{places}”这一条。请核对编号，或直接说想问的事。"
    return _declined(question, Status.RELATED, Reason.NOT_STATED, text)


def document_unknown(question: Question, law: str) -> Answer:
    """Say that the corpus does not hold the law whose clause is asked for."""
    text = f"所收录的文件里没有“{law}”，无法引用它的条文。请核对名称，或在国家法律法规数据库等官方渠道查原文。"
    return _declined(question, Status.RELATED, Reason.NOT_STATED, text)


def missing_in_words(reason: Reason, asked: Expected) -> str:
    """Return which part of what is asked the text lacks: 没有写明具体金额."""
    if reason is Reason.PLACE_NOT_COVERED:
        return "没有所问地区的内容"
    if reason is Reason.TIME_NOT_COVERED:
        return "没有所问时间的内容"
    if asked.is_open and reason is Reason.AMOUNT_NOT_STATED:
        asked = Expected.AMOUNT
    return f"没有写明{asked.label}"


def _declined(question: Question, status: Status, reason: Reason, text: str) -> Answer:
    return Answer(question.text, status, reason, text, suggestions=EXAMPLES)

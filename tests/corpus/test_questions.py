from collections.abc import Callable

from qa_service.corpus.models import Document
from qa_service.corpus.passages import passages_of
from qa_service.corpus.questions import printed_questions, questions_by_passage


def test_a_question_that_a_paper_answers_leads_to_its_answer(make_document: Callable[..., Document]) -> None:
    document = make_document("一、申报", "问：分公司能申报吗？", "答：不能。", "问：没有回答的？", title="政策解读")
    passages = passages_of(document, len)
    found, lost = questions_by_passage(passages, printed_questions(document))
    assert lost == ()
    answers = {p.text for p in passages if p.id in found}
    assert ([q.text for group in found.values() for q in group], answers) == (["分公司能申报吗？"], {"答：不能。"})

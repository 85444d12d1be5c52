from collections.abc import Callable
from pathlib import Path

import pytest

from qa_service.corpus.models import Document, Verdict
from qa_service.corpus.passages import passages_of
from qa_service.corpus.questions import printed_questions, questions_by_passage, read_questions
from qa_service.errors import CorpusError


def test_a_question_that_a_paper_answers_leads_to_its_answer(make_document: Callable[..., Document]) -> None:
    document = make_document("一、申报", "问：分公司能申报吗？", "答：不能。", "问：没有回答的？", title="政策解读")
    passages = passages_of(document, len)
    found, lost = questions_by_passage(passages, printed_questions(document))
    assert lost == ()
    answers = {p.text for p in passages if p.id in found}
    assert ([q.text for group in found.values() for q in group], answers) == (["分公司能申报吗？"], {"答：不能。"})


def test_a_question_may_be_judged_yes_or_no(tmp_path: Path) -> None:
    path = tmp_path / "law.jsonl"
    path.write_text(
        '{"location": "第一条", "questions": ["怎么转让", {"ask": "能转让吗", "verdict": "yes"}]}\n', "utf-8"
    )
    assert [(q.text, q.verdict) for q in read_questions(path)] == [("怎么转让", None), ("能转让吗", Verdict.YES)]


@pytest.mark.parametrize("question", ['{"ask": "能转让吗", "verdict": "maybe"}', '{"ask": "能转让吗"}', "3"])
def test_a_verdict_that_is_none_is_refused(tmp_path: Path, question: str) -> None:
    path = tmp_path / "law.jsonl"
    path.write_text(f'{{"location": "第一条", "questions": [{question}]}}\n', "utf-8")
    with pytest.raises(CorpusError, match="law"):
        read_questions(path)

from datetime import date

import pytest

from qa_service.corpus.lexicon import Lexicon
from qa_service.corpus.library import Library
from qa_service.corpus.models import Document, Form, Passage
from qa_service.search.question import QuestionReader
from qa_service.search.subject_matter import SubjectMatter
from qa_service.text.segmenter import Segmenter

LIBRARY = Library(
    {
        name: Document(name, name, Form.NOTES, "文")
        for name in ("商标法", "专利法", "民法典技术合同章", "知识产权海关保护条例")
    },
    lexicon=Lexicon(
        everyday={"牌子": ("商标",)},
        subjects={"商标": ("商标",), "专利": ("专利", "发明"), "海关": ("海关",)},
    ),
)
SUBJECTS = SubjectMatter(LIBRARY)
READER = QuestionReader(LIBRARY, Segmenter(), (), {})


def fit(document_id: str, text: str, question: str) -> float:
    passage = Passage("p", document_id, "第一条", (), "", text, 0, len(text))
    return SUBJECTS.fit(passage, SUBJECTS.of(READER.read(question, date(2026, 1, 1))))


@pytest.mark.parametrize(
    ("document_id", "text", "question", "share"),
    [
        ("商标法", "期限为十年。", "商标管几年", 1.0),
        ("商标法", "期限为十年。", "牌子管几年", 1.0),
        ("商标法", "参照专利处理。", "专利管几年", -1.0),
        ("民法典技术合同章", "专利有效期内可以许可。", "专利管几年", 1.0),
        ("民法典技术合同章", "合同应当书面。", "专利管几年", 0.0),
        ("知识产权海关保护条例", "商标权人可以备案。", "商标和专利海关管不管", 2 / 3),
        ("商标法", "期限为十年。", "管几年", 0.0),
    ],
)
def test_a_passage_fits_by_the_kinds_of_right_it_speaks_of(
    document_id: str, text: str, question: str, share: float
) -> None:
    assert fit(document_id, text, question) == pytest.approx(share)

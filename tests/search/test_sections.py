import pytest

from qa_service.corpus.models import Passage
from qa_service.search.sections import Sections


def passage(location: str, *headings: str, document: str = "plan") -> Passage:
    return Passage(f"{document}#{location}", document, location, headings, "", "文。", 0, 2)


SECTIONS = Sections(
    [
        passage("一、（一）1", "某规划", "一、发展目标", "（一）主要量化指标"),
        passage("一、（二）", "某规划", "一、发展目标", "（二）远景展望"),
        passage("二、（一）", "某规划", "二、组织保障", "（一）加强领导"),
        passage("三、", "另一规划", "三、组织保障", document="other"),
    ]
)


@pytest.mark.parametrize(
    ("question", "documents", "location"),
    [
        ("发展目标有哪些", (), "一、"),
        ("量化指标第3条怎么说", (), "一、（一）3"),
        ("第二条主要量化指标对园区有什么要求", (), "一、（一）2"),
        ("发展目标的第二点是什么", (), "一、（二）"),
        ("组织保障包括哪几条", ("plan",), "二、"),
        ("组织保障包括哪几条", ("other",), "三、"),
    ],
)
def test_a_section_is_referred_to_by_its_heading(question: str, documents: tuple[str, ...], location: str) -> None:
    found = SECTIONS.referred_to(question, documents)
    assert found is not None
    assert found[1].location == location
    assert not documents or found[0].document_id in documents


@pytest.mark.parametrize(
    "question", ["组织保障包括哪几条", "发展目标里企业贯标多少家", "我厂的发展目标贷款能批吗", "商标法第三条"]
)
def test_a_heading_of_two_documents_or_beside_other_matter_refers_to_none(question: str) -> None:
    assert SECTIONS.referred_to(question, ()) is None

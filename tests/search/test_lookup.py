from collections.abc import Callable
from datetime import date

import pytest

from qa_service.corpus.library import Library
from qa_service.corpus.models import Document
from qa_service.corpus.passages import passages_of
from qa_service.errors import NotFoundError, QuestionError
from qa_service.search.lookup import Clause, find_clause, find_document
from qa_service.service import Service

DAY = date(2026, 7, 1)
MakeDocument = Callable[..., Document]


@pytest.fixture
def clause(service: Service) -> Callable[[str, str], Clause]:
    def find(called: str, cited: str) -> Clause:
        document = find_document(service.library, called, DAY)
        return find_clause(document, [p for p in service.engine.passages if p.document_id == document.id], cited)

    return find


@pytest.mark.parametrize(
    ("called", "document_id"),
    [
        ("haimen-ip-plan", "haimen-ip-plan"),
        ("专利法", "专利法"),
        ("《中华人民共和国专利法》", "专利法"),
        ("專利法", "专利法"),
        ("专利法（2020年修正）", "专利法"),
        ("专利法实施细则", "专利法实施细则"),
        ("中华人民共和国专利法实施细则（2023年修订）", "专利法实施细则"),
        ("海门十四五规划", "haimen-ip-plan"),
        ("费减办法", "专利收费减缴办法"),
    ],
)
def test_a_document_is_found_by_what_it_is_called(service: Service, called: str, document_id: str) -> None:
    assert find_document(service.library, called, DAY).id == document_id


def test_a_document_that_is_not_there_is_told_with_those_of_near_names(service: Service) -> None:
    with pytest.raises(NotFoundError, match=r"没有收录名为“专力法”的文件.*《中华人民共和国专利法》（编号 专利法）"):
        find_document(service.library, "专力法", DAY)
    with pytest.raises(NotFoundError, match="没有名称相近的"):
        find_document(service.library, "🚗🚗🚗🚗", DAY)


def test_a_name_of_several_documents_is_asked_about(service: Service) -> None:
    with pytest.raises(QuestionError, match=r"可能指：.*编号"):
        find_document(service.library, "司法解释", DAY)


def test_of_several_versions_the_one_in_force_on_the_day_is_meant(make_document: MakeDocument) -> None:
    old = make_document("第一条 旧。", id="old", effective=date(2020, 1, 1))
    new = make_document("第一条 新。", id="new", effective=date(2026, 10, 1))
    library = Library({d.id: d for d in (old, new)})
    assert find_document(library, "奖励办法", DAY).id == "old"
    assert find_document(library, "奖励办法", date(2027, 1, 1)).id == "new"


@pytest.mark.parametrize(
    ("called", "cited", "keys"),
    [
        ("专利法", "第六十五条", ["第六十五条"]),
        ("专利法", "65条", ["第六十五条"]),
        ("专利法", "第65条第二款", ["第六十五条"]),
        ("专利法", "65", ["第六十五条"]),
        ("专利法", "《专利法》第六十五条", ["第六十五条"]),
        ("专利法", "第六", ["第六条"]),
        ("专利法", "被侵权了找谁处理", ["第六十五条"]),
        ("haimen-ip-plan", "三（二）2", ["三-二-2"]),
        ("haimen-ip-plan", "三、(二)2", ["三-二-2"]),
        ("haimen-ip-plan", "4.3.4", ["四-三-4"]),
        ("haimen-ip-plan", "四-三-4", ["四-三-4"]),
        ("haimen-ip-plan", "haimen-ip-plan#四-三-4", ["四-三-4"]),
        ("haimen-ip-plan", "四、（三）4 创新知识产权金融服务", ["四-三-4"]),
        ("haimen-ip-plan", "第四部分第三节", ["四-三-1", "四-三-2", "四-三-3", "四-三-4"]),
        ("haimen-ip-plan", "三", ["三-一", "三-二-1", "三-二-2", "三-二-3", "三-二-4", "三-二-5"]),
        ("haimen-ip-plan", "主要定量指标", ["三-二-1", "三-二-2", "三-二-3", "三-二-4", "三-二-5"]),
        ("haimen-ip-plan", "引言", ["引言"]),
        ("haimen-ip-plan", "一、（二）", ["一-二~1", "一-二~2"]),
        ("haimen-ip-plan", "一-二", ["一-二~1", "一-二~2"]),
        ("haimen-ip-plan", "haimen-ip-plan#一-二~2", ["一-二~2"]),
    ],
)
def test_a_clause_is_found_as_people_cite_it(
    clause: Callable[[str, str], Clause], called: str, cited: str, keys: list[str]
) -> None:
    assert [passage.key for passage in clause(called, cited).passages] == keys


def test_a_clause_has_its_neighbours(clause: Callable[[str, str], Clause]) -> None:
    section = clause("haimen-ip-plan", "四、（三）")
    assert section.previous
    assert section.next
    assert (section.previous.key, section.next.key) == ("四-二-5", "四-四-1")
    assert section.location == "四、（三）1至四、（三）4"
    assert clause("haimen-ip-plan", "印发通知").previous is None
    assert clause("haimen-ip-plan", "五、（四）").next is None


def test_a_section_has_the_headings_that_all_of_it_stands_under_and_reads_from_its_first(
    clause: Callable[[str, str], Clause],
) -> None:
    section = clause("haimen-ip-plan", "四、（三）")
    assert section.heading_path[1:] == ("四、主要任务", "（三）高效益引导知识产权运用")
    assert section.text.startswith("1.赋能知识产权强企建设\n")
    assert "\n4.创新知识产权金融服务\n" in section.text
    assert section.text in section.document.body


def test_a_clause_that_is_cut_in_parts_is_given_whole(clause: Callable[[str, str], Clause]) -> None:
    whole = clause("haimen-ip-plan", "一、（二）")
    first, second = whole.passages
    assert whole.text.startswith(first.text)
    assert whole.text.endswith(second.text)
    assert "面临形势" in whole.location


def test_what_is_not_there_is_told_with_what_is(clause: Callable[[str, str], Clause]) -> None:
    with pytest.raises(NotFoundError, match=r"没有“第九百条”.*收录的是要点.*共 71 处.*相近的有：.*第八十一条"):
        clause("专利法", "第九百条")
    with pytest.raises(NotFoundError, match="这份文件收录的有：适合谁"):
        clause("知识产权贯标指南", "第三条")
    with pytest.raises(NotFoundError):
        clause("haimen-ip-plan", " ")


def test_several_places_are_not_given_as_one(clause: Callable[[str, str], Clause]) -> None:
    with pytest.raises(QuestionError, match=r"不止一处：.*请一次指定一处"):
        clause("haimen-ip-plan", "知识产权")
    with pytest.raises(QuestionError, match=r"不止一处：.*第二条.*第六十五条"):
        clause("专利法", "第二条和第六十五条")


def test_a_division_too_large_to_read_is_not_given(make_document: MakeDocument) -> None:
    document = make_document("## 第一章 总则", *(f"第{n}条 内容。" for n in "一二三四五六七八九十"), "## 第二章 附则")
    many = make_document("## 第一章 总则", *(f"第{n}条 内容。" for n in range(1, 40)), title="长办法")
    few = find_clause(document, passages_of(document, len), "第一章")
    assert len(few.passages) == 10
    with pytest.raises(QuestionError, match="共有 39 条，一次最多取 30 条"):
        find_clause(many, passages_of(many, len), "总则")

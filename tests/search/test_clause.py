import pytest

from qa_service.corpus.models import Document, Form, Passage
from qa_service.search.clause import named_documents, read_clauses


def passage(location: str) -> Passage:
    return Passage("d#x", "d", location, (), "", "文", 0, 1)


@pytest.mark.parametrize(
    ("question", "locations"),
    [
        ("规划四（三）4讲什么", ["四、（三）4"]),
        ("规划三（二）第4点", ["三、（二）4"]),
        ("三、（二）2", ["三、（二）2"]),
        ("第四部分（一）第3条任务", ["四、（一）3"]),
        ("四(三)讲什么", ["四、（三）"]),
        ("专利法65条", ["第六十五条"]),
        ("《专利法》第六十五条和第六十六条", ["第六十五条", "第六十六条"]),
        ("商标法第六十三条第三款", ["第六十三条"]),
        ("第１０条之一", ["第十条之一"]),
    ],
)
def test_a_clause_is_read_as_its_document_writes_it(question: str, locations: list[str]) -> None:
    assert [clause.location for clause in read_clauses(question)] == locations


@pytest.mark.parametrize(
    "question", ["聚焦多少条产业链", "12条产业链有哪些", "能不能一条龙服务", "一（般）", "贯标要20家吗"]
)
def test_what_is_no_reference_is_not_read_as_one(question: str) -> None:
    assert read_clauses(question) == ()


def test_a_section_names_everything_below_it() -> None:
    (clause,) = read_clauses("规划四（三）")
    assert clause.names(passage("四、（三）4"))
    assert not clause.names(passage("四、（二）4"))


def test_item_one_does_not_name_item_ten() -> None:
    (clause,) = read_clauses("规划四（三）1")
    assert clause.names(passage("四、（三）1"))
    assert not clause.names(passage("四、（三）10"))


def test_a_name_inside_a_longer_one_does_not_count() -> None:
    law = Document("law", "中华人民共和国专利法", Form.NOTES, "文", short_title="专利法")
    rules = Document("rules", "中华人民共和国专利法实施细则", Form.NOTES, "文", short_title="专利法实施细则")
    assert named_documents("专利法实施细则第十条", [law, rules]) == {"rules"}
    assert named_documents("专利法第十条", [law, rules]) == {"law"}

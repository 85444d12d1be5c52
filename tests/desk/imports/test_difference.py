from qa_service.desk.imports.difference import difference
from tests.conftest import MakeDocument

ARTICLES = ("第一条 为了促进发展，制定本办法。", "第二条 每件奖励三万元。", "第三条 自2026年1月1日起施行。")


def test_clauses_are_told_apart_by_where_they_stand(make_document: MakeDocument) -> None:
    before = make_document(*ARTICLES)
    after = make_document(ARTICLES[0], "第二条 每件奖励五万元。", number="示发〔2026〕1号")
    found = difference(before, after)
    assert [(c.where, c.before, c.after) for c in found.clauses] == [
        ("第二条", ARTICLES[1], "第二条 每件奖励五万元。"),
        ("第三条", ARTICLES[2], ""),
    ]
    assert [(c.where, c.before, c.after) for c in found.fields] == [("文号", "", "示发〔2026〕1号")]
    assert found.same == 1


def test_the_same_text_has_no_difference(make_document: MakeDocument) -> None:
    assert difference(make_document(*ARTICLES), make_document(*ARTICLES)).is_none

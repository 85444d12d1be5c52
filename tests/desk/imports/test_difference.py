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


def test_an_article_in_between_leaves_those_that_follow_the_same(make_document: MakeDocument) -> None:
    added = "第二条 本区行政区域内的企业适用本办法。"
    moved = [text.replace("第三条", "第四条").replace("第二条", "第三条") for text in ARTICLES[1:]]
    found = difference(make_document(*ARTICLES), make_document(ARTICLES[0], added, *moved))
    assert [(c.where, c.before, c.after) for c in found.clauses] == [("第二条", "", added)]
    assert (found.same, found.moved, found.is_none) == (3, 2, False)


def test_an_article_that_was_changed_and_renumbered_says_both(make_document: MakeDocument) -> None:
    added = "第二条 本区行政区域内的企业适用本办法。"
    changed = ["第三条 每件奖励五万元。", "第四条 自2026年1月1日起施行。"]
    found = difference(make_document(*ARTICLES), make_document(ARTICLES[0], added, *changed))
    assert ("第三条（原第二条）", ARTICLES[1], changed[0]) in [(c.where, c.before, c.after) for c in found.clauses]

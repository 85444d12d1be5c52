from pathlib import Path

import pytest
import yaml

from qa_service import shipped
from qa_service.corpus.document_file import read_document
from qa_service.corpus.marker import Rank
from qa_service.corpus.outline import parse_outline
from qa_service.corpus.passages import outline_of
from qa_service.corpus.readers import read_paragraphs

LAWS = Path(__file__).parents[3] / "shared" / "reference" / "laws"
LAW_FILES = sorted(p for p in LAWS.glob("*.md") if p.name != "README.md") if LAWS.is_dir() else []


def count_articles(text: str) -> int:
    return parse_outline(read_paragraphs(text)).count(Rank.ARTICLE)


def test_the_plan_has_the_divisions_a_reader_counts() -> None:
    plan = read_document(shipped.corpus_folder() / "plan" / "haimen-ip-plan.md")
    outline = outline_of(plan)
    counts = {rank: outline.count(rank) for rank in (Rank.FIRST, Rank.SECOND, Rank.THIRD, Rank.DASH)}
    assert counts == {Rank.FIRST: 5, Rank.SECOND: 15, Rank.THIRD: 26, Rank.DASH: 10}


def test_a_reference_that_opens_a_line_is_not_a_heading() -> None:
    text = "第一条 甲。\n第二条 乙，依照\n第十一条的规定处理。\n第一条规定的情形除外。\n第三条 丙。"
    assert count_articles(text) == 3


def test_a_reference_with_the_next_number_is_not_a_heading() -> None:
    assert count_articles("第一条 甲。\n第二条 乙，依照\n第三条规定处理。\n第三条 丙。") == 3


def test_articles_are_found_without_a_blank_after_their_number() -> None:
    assert count_articles("第一条为了保护专利权。\n第二条本法所称。\n第三条中华人民共和国境内。") == 3


def test_an_inserted_article_counts_as_one_of_its_own() -> None:
    assert count_articles("第十条 甲。\n第十条之一 乙。\n第十一条 丙。") == 3


def test_items_within_an_article_are_its_text() -> None:
    outline = parse_outline(read_paragraphs("第一条 有下列情形之一：\n（一）甲；\n（二）乙。\n第二条 丙。"))
    first = next(node for _, node in outline.root.walk() if node.label == "第一条")
    assert [p.text for p in first.paragraphs] == ["第一条 有下列情形之一：", "（一）甲；", "（二）乙。"]


def test_numbering_starts_anew_under_a_new_parent() -> None:
    outline = parse_outline(read_paragraphs("一、甲\n（一）子\n文一\n（二）丑\n文二\n二、乙\n（一）寅\n文三"))
    titles = [node.heading_text for _, node in outline.root.walk() if node.rank is Rank.SECOND]
    assert titles == ["（一）子", "（二）丑", "（一）寅"]


def test_a_number_out_of_turn_is_text() -> None:
    outline = parse_outline(read_paragraphs("一、甲\n3.这不是第一项\n二、乙\n文"))
    assert outline.count(Rank.THIRD) == 0


@pytest.mark.skipif(not LAW_FILES, reason="statute texts stand beside the checkout in ../shared, which is absent")
@pytest.mark.parametrize("path", LAW_FILES, ids=lambda path: path.stem)
def test_every_statute_yields_the_articles_its_front_matter_counts(path: Path) -> None:
    _, head, body = path.read_text("utf-8").split("---", 2)
    meta = yaml.safe_load(head)
    outline = parse_outline(read_paragraphs(body, markup="markdown"), meta["title"])
    numbers = [node.number for _, node in outline.root.walk() if node.rank is Rank.ARTICLE]
    assert len(numbers) == meta["articles"]
    assert numbers == list(range(numbers[0], numbers[0] + len(numbers))) if numbers else meta["articles"] == 0


def test_notes_head_each_article_and_may_leave_some_out() -> None:
    text = "## 第二条 三种专利\n- 发明。\n\n## 第三条 归谁管\n- 国家。\n\n## 第四十二条 保护多久\n- 见第十一条。\n"
    outline = parse_outline(read_paragraphs(text, markup="markdown"))
    articles = [node for _, node in outline.root.walk() if node.rank is Rank.ARTICLE]
    assert [(n.label, n.title, n.heading_text) for n in articles] == [
        ("第二条", "三种专利", "第二条 三种专利"),
        ("第三条", "归谁管", "第三条 归谁管"),
        ("第四十二条", "保护多久", "第四十二条 保护多久"),
    ]
    assert [[p.text for p in n.paragraphs] for n in articles] == [["- 发明。"], ["- 国家。"], ["- 见第十一条。"]]


def test_a_row_of_a_table_is_text_however_short() -> None:
    outline = parse_outline(read_paragraphs("第一条 甲。\n〔表1 第1行〕项目：专利\n第二条 乙。"))
    row = next(node for _, node in outline.root.walk() if node.rank is Rank.ROW)
    assert (row.label, [p.text for p in row.paragraphs]) == ("表1第1行", ["〔表1 第1行〕项目：专利"])


def test_text_behind_a_table_is_none_of_its_rows() -> None:
    outline = parse_outline(read_paragraphs("第一条 甲。\n〔表1 第1行〕项目：专利\n第二款。\n第二条 乙。"))
    labels = [node.label for _, node in outline.root.walk() if node.rank is Rank.ROW]
    assert labels == ["表1第1行", "表1之后"]


def test_an_attachment_counts_its_articles_anew() -> None:
    text = "第一条 甲。\n第二条 乙。\n# 附件1 细则\n第一条 丙。\n第二条 丁。"
    outline = parse_outline(read_paragraphs(text, markup="markdown"))
    assert [n.label for _, n in outline.root.walk() if n.rank is Rank.ARTICLE] == ["第一条", "第二条"] * 2


def test_a_question_holds_its_whole_answer() -> None:
    text = "一、问：怎样申报？\n答：有两步。\n1.网上申报。\n（一）提交材料。\n二、问：何时申报？\n答：九月。\n问：谁管？\n局。"
    outline = parse_outline(read_paragraphs(text))
    asked = [node for _, node in outline.root.walk() if node.rank is Rank.QUESTION]
    assert [(n.label, n.title, len(n.paragraphs)) for n in asked] == [
        ("问答1", "怎样申报？", 3),
        ("问答2", "何时申报？", 1),
        ("问答3", "谁管？", 1),
    ]

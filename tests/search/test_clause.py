import pytest

from qa_service.corpus.models import Document, Form, Passage
from qa_service.search.clause import DocumentNames, read_clauses, resolve


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
        ("第五部分第三条", ["五、（三）"]),
        ("规划第四章第二节第5点", ["四、（二）5"]),
        ("规划4.3.4", ["四、（三）4"]),
        ("四-二-4 新业态", ["四、（二）4"]),
        ("第三部分第二点的指标", ["三、（二）"]),
        ("第四大部分第二节", ["四、（二）"]),
        ("四、（一）-3", ["四、（一）3"]),
        ("规划第四部分", ["四、"]),
        ("规划第三部分第二节", ["三、（二）"]),
        ("惩罚性赔偿解释第五条", ["第五条"]),
        ("细则五十六条", ["第五十六条"]),
        ("新商标法第十条", ["第十条"]),
        ("专利法 65 条", ["第六十五条"]),
        ("刑法217条", ["第二百一十七条"]),
        ("民法典1185条怎么说", ["第一千一百八十五条"]),
        ("商标法第65、66条", ["第六十五条", "第六十六条"]),
        ("专利法第65条、66条", ["第六十五条", "第六十六条"]),
        ("第六十五条及第六十七条", ["第六十五条", "第六十七条"]),
        ("专利法第十条至第十二条", ["第十条", "第十一条", "第十二条"]),
        ("专利法第65—67条", ["第六十五条", "第六十六条", "第六十七条"]),
        ("第十条到十二条", ["第十条", "第十一条", "第十二条"]),
        ("第1条至第500条", ["第一条", "第五百条"]),
        ("第10条之一第二款", ["第十条之一"]),
        ("专利法65条第2款", ["第六十五条"]),
        ("商标法第四条、第十条第二款", ["第四条", "第十条"]),
    ],
)
def test_a_clause_is_read_as_its_document_writes_it(question: str, locations: list[str]) -> None:
    assert [clause.location for clause in read_clauses(question)] == locations


@pytest.mark.parametrize(
    ("question", "paragraph", "item"),
    [
        ("商标法第六十三条第三款", 3, None),
        ("专利法22条3款", 3, None),
        ("专利法65条第2款", 2, None),
        ("商标法第10条第1款第2项", 1, 2),
        ("著作权法10条1款12项", 1, 12),
        ("专利法第二条第（三）项", None, 3),
        ("第三条第3项", None, 3),
        ("第十条之一第二款", 2, None),
        ("第四条和第十条第二款", 2, None),
        ("专利法第65条", None, None),
    ],
)
def test_the_paragraph_and_item_of_an_article_are_read(question: str, paragraph: int | None, item: int | None) -> None:
    clause = read_clauses(question)[-1]
    assert (clause.paragraph, clause.item) == (paragraph, item)


def test_two_paragraphs_of_one_article_are_two_references() -> None:
    assert [(c.location, c.paragraph) for c in read_clauses("商标法第六十三条第一款和第三款")] == [
        ("第六十三条", 1),
        ("第六十三条", 3),
    ]


def test_what_a_reference_says_is_kept_whole() -> None:
    assert [c.text for c in read_clauses("商标法第10条第1款第2项讲什么")] == ["第10条第1款第2项"]


@pytest.mark.parametrize(
    "question",
    [
        "聚焦多少条产业链",
        "12条产业链有哪些",
        "能不能一条龙服务",
        "一（般）",
        "贯标要20家吗",
        "达到20.33件吗",
        "3.15那天做什么",
        "2020-2025年",
    ],
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


def test_an_ordinal_counts_items_that_have_titles_for_numbers() -> None:
    items = [passage("一、（一）综合改革"), passage("一、（一）保护工作"), passage("一、（二）")]
    (second,) = resolve(read_clauses("规划一（一）第二段"), items)
    assert second.location == "一、（一）保护工作"


def test_a_place_that_is_not_there_does_not_resolve() -> None:
    assert resolve(read_clauses("规划七（一）和第三条"), [passage("四、（三）4")]) == ()


def test_a_name_inside_a_longer_one_does_not_count() -> None:
    law = Document("law", "中华人民共和国专利法", Form.NOTES, "文", short_title="专利法")
    rules = Document("rules", "中华人民共和国专利法实施细则", Form.NOTES, "文", short_title="专利法实施细则")
    assert DocumentNames([law, rules]).in_question("专利法实施细则第十条") == ({"rules"},)
    assert DocumentNames([law, rules]).in_question("专利法第十条") == ({"law"},)


def test_versions_of_one_law_share_its_name() -> None:
    old = Document("old", "中华人民共和国商标法", Form.NOTES, "文", short_title="商标法")
    new = Document("new", "中华人民共和国商标法", Form.NOTES, "文", short_title="商标法（2026修订）")
    assert DocumentNames([old, new]).in_question("商标法第十条") == ({"old", "new"},)
    assert DocumentNames([old, new]).in_question("商标法（2026修订）第十条") == ({"new"},)


@pytest.mark.parametrize(
    ("question", "unknown"),
    [
        ("海洋环境保护法第十六条", "海洋环境保护法"),
        ("专利法第十条", None),
        ("请问专利法里第十条", None),
        ("该办法第三条", None),
        ("第三条讲什么", None),
        ("中华人民共和国专利法第2条", None),
    ],
)
def test_a_law_named_with_its_clause_that_is_not_there_is_noticed(question: str, unknown: str | None) -> None:
    law = Document("law", "中华人民共和国专利法", Form.NOTES, "文", short_title="专利法")
    assert DocumentNames([law]).unknown_in(question) == unknown


def test_the_name_of_a_local_measure_is_known_without_its_place() -> None:
    measure = Document("m", "南通市海门区专利质押贴息实施细则", Form.FULL_TEXT, "文")
    assert DocumentNames([measure]).in_question("专利质押贴息实施细则还有效吗") == ({"m"},)


@pytest.mark.parametrize("question", ["细则五十六条", "请按实施细则第五条", "问细则里第三条"])
def test_a_kind_of_document_is_a_name_where_there_is_one_such(question: str) -> None:
    law = Document("law", "中华人民共和国专利法", Form.NOTES, "文", short_title="专利法")
    rules = Document("rules", "中华人民共和国专利法实施细则", Form.NOTES, "文", short_title="专利法实施细则")
    local = Document("local", "示例市奖励实施细则", Form.FULL_TEXT, "文")
    assert DocumentNames([law, rules]).of_kind_in(question) == {"rules"}
    assert DocumentNames([law, rules, local]).of_kind_in(question) == frozenset()
    assert DocumentNames([law, rules]).of_kind_in("申报细则第五条") == frozenset()


def test_who_speaks_of_breaking_a_law_does_not_name_one() -> None:
    law = Document("law", "反不正当竞争法", Form.NOTES, "文", aliases=("反法",))
    assert DocumentNames([law]).in_question("违反法律怎么罚") == ()
    assert DocumentNames([law]).in_question("反法第十二条") == ({"law"},)
    assert DocumentNames([law]).in_question("违反反法第十二条") == ({"law"},)


def test_who_names_a_law_may_mean_its_rules() -> None:
    law = Document("law", "中华人民共和国专利法", Form.NOTES, "文", short_title="专利法")
    rules = Document("rules", "中华人民共和国专利法实施细则", Form.NOTES, "文", short_title="专利法实施细则")
    other = Document("other", "商标法", Form.NOTES, "文")
    assert DocumentNames([law, rules, other]).family_of({"law"}) == {"rules"}
    assert DocumentNames([law, rules, other]).family_of({"rules"}) == frozenset()

import pytest

from qa_service.answer.dialogue.follow_up import Leaning, asks_for_detail, content_of, follow_up_of


@pytest.mark.parametrize(
    ("text", "leaning", "rest"),
    [
        ("那实用新型呢？", Leaning.OTHER_THING, "实用新型"),
        ("那實用新型呢", Leaning.OTHER_THING, "实用新型"),
        ("商标也要吗", Leaning.OTHER_THING, "商标"),
        ("我问的是商标", Leaning.OTHER_THING, "商标"),
        ("目标呢", Leaning.OTHER_THING, "目标"),
        ("要多少钱？", Leaning.ELLIPSIS, "要多少钱"),
        ("那去哪办", Leaning.ELLIPSIS, "去哪办"),
        ("有补贴吗", Leaning.ELLIPSIS, "有补贴吗"),
        ("多久内", Leaning.ELLIPSIS, "多久内"),
        ("要是独家委托拍的呢", Leaning.OTHER_CASE, "独家委托拍的呢"),
        ("如果是企业申请，要多少钱", Leaning.OTHER_CASE, "是企业申请，要多少钱"),
        ("除了它还能去哪", Leaning.BESIDES, "能去哪"),
        ("除此之外，还有哪里能投诉", Leaning.BESIDES, "有哪里能投诉"),
        ("还有吗", Leaning.MORE, ""),
        ("还有别的吗？", Leaning.MORE, ""),
        ("同一条里贴标企业的比例是多少", Leaning.SAME_CLAUSE, "贴标企业的比例是多少"),
        ("除了罚款，营业执照会吊销吗", Leaning.BESIDES, "营业执照会吊销吗"),
        ("下一条讲什么", Leaning.NEIGHBOUR, ""),
        ("那它的上一条呢", Leaning.NEIGHBOUR, ""),
        ("其中企业有几家", Leaning.SAME_CLAUSE, "企业有几家"),
        ("详细说说", Leaning.SAME_CLAUSE, ""),
        ("其中一方不同意呢", Leaning.OTHER_THING, "其中一方不同意"),
        ("它保护多久", Leaning.PRONOUN, "保护多久"),
        ("这种情况怎么办", Leaning.PRONOUN, "怎么办"),
        ("被驳回了怎么办", Leaning.PERHAPS, "被驳回了怎么办"),
        ("那今天天气怎么样", Leaning.PERHAPS, "今天天气怎么样"),
    ],
)
def test_a_follow_up_is_told_by_what_it_leaves_out(text: str, leaning: Leaning, rest: str) -> None:
    found = follow_up_of(text)
    assert (found.leaning, found.rest) == (leaning, rest)


@pytest.mark.parametrize(
    ("text", "ordinal"), [("第二条详细说说", 2), ("第3点呢", 3), ("最后一条呢", -1), ("上面的第一条讲什么", 1)]
)
def test_a_point_is_told_by_its_number(text: str, ordinal: int) -> None:
    found = follow_up_of(text)
    assert (found.leaning, found.ordinal) == (Leaning.POINT, ordinal)
    assert asks_for_detail(found.rest)


def test_a_long_question_stands_alone() -> None:
    question = "我们公司去年请外面的设计师画了一批花型一直没有签合同现在对方说版权是他的要我们停止使用该怎么应对"
    assert follow_up_of(question).leaning is Leaning.NONE


@pytest.mark.parametrize(
    ("text", "content"), [("要多少钱", []), ("去哪里办理", []), ("被驳回了怎么办", ["驳回"]), ("醉驾罚多少", ["醉驾"])]
)
def test_what_asks_and_leans_is_no_content(text: str, content: list[str]) -> None:
    assert content_of(text) == content


@pytest.mark.parametrize("text", ["", "？", "呢", "那", "那呢", "如果", "第", "除了", "它"])
def test_fragments_do_no_harm(text: str) -> None:
    assert follow_up_of(text).leaning in Leaning

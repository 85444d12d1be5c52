import pytest

from qa_service.answer.dialogue.matter import kind_asked, tidied, without_scope


@pytest.mark.parametrize(
    ("text", "tidy"),
    [
        ("“”末专利拥有量是多少", "专利拥有量是多少"),
        ("商标商标收到通知多久内补", "商标收到通知多久内补"),
        ("惩罚性赔偿最晚 提出来", "惩罚性赔偿最晚提出来"),
        ("PCT 申请要多少钱", "PCT 申请要多少钱"),
        ("发明专利保护多久", "发明专利保护多久"),
        ("", ""),
    ],
)
def test_a_reading_is_written_as_one_would_ask(text: str, tidy: str) -> None:
    assert tidied(text) == tidy


@pytest.mark.parametrize(
    ("question", "bare"),
    [
        ("（限《规划》三、（二）3）贯标企业累计多少家", "贯标企业累计多少家"),
        ("（限《专利法》第六十五条）找谁处理", "找谁处理"),
        ("《专利法》第六十五条，找谁处理", "找谁处理"),
        ("贯标企业累计多少家", "贯标企业累计多少家"),
    ],
)
def test_the_clause_that_is_asked_within_is_no_matter(question: str, bare: str) -> None:
    assert without_scope(question) == bare


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("委托别人拍的照片版权归谁", "照片版权归谁"),
        ("请人拍的照片，没签合同，版权算谁的", "照片，版权算谁的"),
        ("卖出去的东西，卖到多少钱算犯罪", "卖到多少钱算犯罪"),
        ("商标注册要多久", None),
    ],
)
def test_what_another_case_leaves_as_it_is(question: str, kind: str | None) -> None:
    assert kind_asked(question) == kind

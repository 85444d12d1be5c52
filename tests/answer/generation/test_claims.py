import pytest

from qa_service.answer.generation.claims import claims_of, named_articles
from qa_service.answer.models import Fault
from qa_service.text.normal import normalise


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("奖励五万元", {"50000元"}),
        ("奖励5万元", {"50000元"}),
        ("减免百分之八十五", {"85%"}),
        ("三个月内", {"3月"}),
        ("九月", {"9月份"}),
        ("2021年6月1日", {"2021-6-1"}),
        ("二〇二一年六月一日", {"2021-6-1"}),
        ("2021-06-01", {"2021-6-1"}),
        ("2021—2025年", {"2021", "2025"}),
        ("第六十五条", {"第65条"}),
        ("第65条第二款", {"第65条", "第2款"}),
        ("第十条之一", {"第10条之一"}),
        ("国知发保字〔2021〕1号", {"保字〔2021〕1号"}),
        ("《商标法》", {"商标法"}),
        ("“知产贷”", {"知产贷"}),
        ("“十四五”", {"十四五"}),
        ("PCT", {"pct"}),
        ("见https://a.example.com/b。", {"https://a.example.com/b"}),
        ("电话0513-82212345", {"051382212345"}),
        ("拨打12345热线", {"12345"}),
        ("二十秒", {"20秒"}),
        ("累计3754", {"3754"}),
        ("一致三方，一种，一批", set()),
    ],
)
def test_what_a_text_claims_is_read_in_one_way_of_writing(text: str, values: set[str]) -> None:
    assert {claim.value for claim in claims_of(normalise(text)).made} == values


def test_a_range_holds_its_lower_end_with_the_unit_of_its_upper() -> None:
    assert {"10000元", "30000元"} <= claims_of(normalise("资助1—3万元")).values
    assert {"50000元", "100000元"} <= claims_of(normalise("5万—10万元")).values


def test_a_day_gives_its_month_and_its_year() -> None:
    assert {"2021", "2021-6", "6-1", "6月份"} <= claims_of(normalise("2021年6月1日")).values
    assert "6月" not in claims_of(normalise("2021年6月1日")).values, "six months"


def test_an_article_is_read_with_the_law_that_is_named_before_it() -> None:
    text = normalise("根据《商标法》第五条和专利法第六十五条")
    (marked, plain) = named_articles(text)
    assert marked == ("商标法", True, "第5条")
    assert plain[0].endswith("专利法")
    assert plain[1:] == (False, "第65条")


def test_each_claim_knows_what_is_wrong_where_it_is_not_held() -> None:
    faults = {
        claim.fault for claim in claims_of(normalise("第五条，2026年1月1日起奖励5万元，见《办法》，www.a.cn")).made
    }
    assert faults == {Fault.ARTICLE, Fault.DATE, Fault.FIGURE, Fault.NAME, Fault.ADDRESS}

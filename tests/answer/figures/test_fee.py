import pytest

from qa_service.answer.figures.fee import is_another_fee


@pytest.mark.parametrize(
    ("asked", "text", "another"),
    [
        ("商标续展多少钱", "商标续展迟延费250元", True),
        ("商标续展晚了要多交多少", "商标续展迟延费250元", False),
        ("发明申请费多少", "申请费从900元减到135元", True),
        ("实用新型年费多少", "单个申请人的年费减85%", True),
        ("年费减缴多少", "单个申请人的年费减85%", False),
        ("发明申请费多少", "发明专利申请费900元", False),
        ("高新企业税率多少", "减按15%的税率", False),
    ],
)
def test_what_is_paid_late_or_by_those_who_pay_less_is_another_fee(asked: str, text: str, another: bool) -> None:
    assert is_another_fee(asked, text) is another

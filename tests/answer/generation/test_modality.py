import pytest

from qa_service.answer.generation.modality import Bound, Mode, bounds_at, modes_of
from qa_service.text.normal import normalise


@pytest.mark.parametrize(
    ("text", "modes"),
    [
        ("不得转让", {Mode.FORBIDDEN, Mode.DENIED}),
        ("无需缴纳", {Mode.EXCUSED, Mode.DENIED}),
        ("免缴年费", {Mode.EXCUSED, Mode.DENIED}),
        ("不予注册", {Mode.DENIED}),
        ("应当提交", {Mode.DEMANDED}),
        ("可以申请", {Mode.ALLOWED}),
        ("不正当竞争", set()),
        ("可能许可他人应用", set()),
        ("是否属于不动产", set()),
        ("不超过五年", {Mode.BELOW}),
        ("不低于五年", {Mode.ABOVE}),
        ("县级以上", {Mode.ABOVE}),
        ("最高人民法院", set()),
        ("三年以前", {Mode.EARLIER}),
    ],
)
def test_how_a_clause_puts_it_is_read(text: str, modes: set[Mode]) -> None:
    assert set(modes_of(normalise(text))) == modes


def test_denials_are_counted() -> None:
    assert modes_of("未声明或逾期未提交的")[Mode.DENIED] == 2


@pytest.mark.parametrize(
    ("text", "figure", "bounds"),
    [
        ("最高5万元", "5万元", {Bound.UPPER}),
        ("最高奖励5万元", "5万元", {Bound.UPPER}),
        ("5万元以下", "5万元", {Bound.UPPER}),
        ("不超过5万元", "5万元", {Bound.UPPER}),
        ("不低于5万元", "5万元", {Bound.LOWER}),
        ("5万元以上", "5万元", {Bound.LOWER}),
        ("满5年", "5年", {Bound.LOWER}),
        ("不满5年", "5年", {Bound.UPPER}),
        ("达5万元", "5万元", set()),
    ],
)
def test_which_side_of_a_figure_is_meant_is_read(text: str, figure: str, bounds: set[Bound]) -> None:
    at = text.index(figure)
    assert bounds_at(text, at, at + len(figure)) == bounds

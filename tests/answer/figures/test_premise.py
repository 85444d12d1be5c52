from collections.abc import Callable
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa_service.answer.figures.premise import premise_of
from qa_service.search.question import Question
from qa_service.service import Service
from qa_service.text.numerals import format_numeral

TERMS = "专利权的期限（保护期）：发明专利二十年，实用新型十年，外观设计十五年，均自申请日起计算。"
PER_KIND = "复审费：发明1000元，实用新型、外观设计各300元。"
FIRST_YEARS = "发明专利第1–3年，每年年费900元。"
LATER_YEARS = "发明专利第4–6年，每年年费1200元。"
TARGET = "知识产权质押金额累计15亿元。"


@pytest.fixture(scope="session")
def opens(service: Service) -> Callable[[str, str], str | None]:
    def opening(text: str, sentence: str) -> str | None:
        question: Question = service.searcher.understand(text, date(2026, 7, 1))
        premise = premise_of(question, sentence, lambda word: 1.0)
        return premise.opening if premise else None

    return opening


@pytest.mark.parametrize(
    ("question", "sentence", "opening"),
    [
        ("发明专利保护期15年对吗", TERMS, "不对，是20年。"),
        ("发明专利保护期20年对吗", TERMS, "对。"),
        ("实用新型保护期是不是二十年", TERMS, "不对，是10年。"),
        ("专利保护期20年对吗", TERMS, None),
        ("实用新型复审费1000元对吗", PER_KIND, "不对，是300元。"),
        ("发明复审费1000元对吗", PER_KIND, "对。"),
        ("复审费1000元对吗", PER_KIND, None),
        ("发明专利第三年年费是900元对吗", FIRST_YEARS, "对。"),
        ("发明专利第三年年费是1200元对吗", FIRST_YEARS, "不对，是900元。"),
        ("发明专利第三年年费是1200元对吗", LATER_YEARS, None),
        ("发明专利年费是1200元吗", LATER_YEARS, None),
        ("质押金额目标是50亿对吗", TARGET, "不对，是15亿元。"),
        ("质押金额目标15亿元是吧", TARGET, "对。"),
        ("专利代理机构目标10家对吗", "全区现有专利代理机构10家。", None),
        ("商标续展费250元对吗", "商标续展迟延费250元。", None),
        ("商标续展晚了交250元对吗", "商标续展迟延费250元。", "对。"),
        ("宽展期是三个月对吗", "未能办理的，可以给予六个月的宽展期。", "不对，是6个月。"),
        ("假冒专利罚款是违法所得的五倍对吗", "并可以处罚款（违法所得五倍以下）。", None),
        ("奖金是4000元对吗", "一项发明专利奖金不少于4000元。", None),
        ("发明专利奖金不少于4000元对吗", "一项发明专利奖金不少于4000元。", "对。"),
        ("驰名商标恶意注册受五年限制吗", "恶意注册的，驰名商标所有人请求宣告无效不受五年的时间限制。", None),
        ("商标注册费是1500元吗", "集体商标的注册费1500元。", None),
        ("惩罚性赔偿最高三倍对吗", "一倍以上五倍以下确定赔偿。", None),
        ("3年没用会被撤吗", "连续三年不使用的，可以申请撤销。", None),
        ("商标注册要多少钱", "商标注册费300元。", None),
    ],
)
def test_a_figure_taken_for_granted_is_held_against_the_text(
    opens: Callable[[str, str], str | None], question: str, sentence: str, opening: str | None
) -> None:
    assert opens(question, sentence) == opening


@given(
    st.integers(1, 99), st.integers(1, 99), st.sampled_from(["保护期{}年，自申请日起计算。", "示例法：保护期为{}年。"])
)
def test_a_figure_that_differs_is_never_confirmed(
    opens: Callable[[str, str], str | None], claimed: int, true: int, wording: str
) -> None:
    for written in (str(true), format_numeral(true)):
        opening = opens(f"布图设计保护期{claimed}年对吗", wording.format(written))
        assert (opening == "对。") == (claimed == true)
        assert opening in {"对。", f"不对，是{true}年。"}


@given(st.integers(1, 20), st.sampled_from(["发明", "实用新型", "外观设计"]))
def test_of_an_enumeration_only_the_own_figure_is_confirmed(
    opens: Callable[[str, str], str | None], claimed: int, kind: str
) -> None:
    due = {"发明": 20, "实用新型": 10, "外观设计": 15}[kind]
    assert opens(f"{kind}保护期{claimed}年对吗", TERMS) == ("对。" if claimed == due else f"不对，是{due}年。")

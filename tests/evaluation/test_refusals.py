import pytest

from qa_service.evaluation.refusals import opens_with_a_refusal


@pytest.mark.parametrize(
    "answer",
    [
        "抱歉，这个问题暂时回答不了。",
        "没有找到相关内容。",
        "您好，无法回答这个问题。",
        "规划中没有写明具体金额。",
        "《规划》未明确规定贴息比例，请咨询主管部门。",
        "這個問題超出了本服務的範圍。",
        "这不属于所收录的资料。",
        "  ",
    ],
)
def test_an_opening_that_says_there_is_no_answer_refuses(answer: str) -> None:
    assert opens_with_a_refusal(answer)


@pytest.mark.parametrize(
    "answer",
    [
        "知识产权质押金额累计15亿元。[1]",
        "专利权期限为二十年，自申请日起计算。[1]",
        "《商标法》第四十三条：未经备案，不得对抗善意第三人。[1]",
        "商标有效期十年，自核准注册之日起计算；期满前十二个月内办理续展手续，未能办理的可以给予六个月的宽展期，"
        "宽展期满仍未办理的注销。规划中没有写明费用。",
    ],
)
def test_an_answer_is_no_refusal_whatever_it_adds_later(answer: str) -> None:
    assert not opens_with_a_refusal(answer)

from collections.abc import Callable
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa_service.answer.figures.figure import bounds_in, figure_given, is_figure, part_on, speaks_of
from qa_service.search.question import Question
from qa_service.service import Service
from qa_service.text.ordinals import ordinals_in

TERMS = "专利权的期限（保护期）：发明专利二十年，实用新型十年，外观设计十五年，均自申请日起计算。"
PER_KIND = "复审费：发明1000元，实用新型、外观设计各300元。"
EXAMINED = "发明专利实质审查费2500元；实用新型和外观设计只作初步审查，没有这项费。"
YEARS = "外观设计年费第1–3年每年600元，第4–5年每年900元。"
FINED = "商标侵权罚款：违法经营额五万元以上，可以处违法经营额五倍以下罚款；没有违法经营额或不足五万元，可以处二十五万元以下罚款。"
OTHER_FINED = "假冒专利没有违法所得或违法所得在五万元以下的，罚款可以处二十五万元以下。"
COMPENSATED = (
    "新药专利期限补偿：可以给予专利权期限补偿；补偿期限不超过五年，且新药批准上市后的总有效专利权期限不超过十四年。"
)


@pytest.fixture(scope="session")
def ask(service: Service) -> Callable[[str], Question]:
    return lambda text: service.searcher.understand(text, date(2026, 7, 1))


@pytest.mark.parametrize(
    ("question", "sentence", "figure"),
    [
        ("发明专利保护期几年", TERMS, "二十年"),
        ("实用新型保护期几年", TERMS, "十年"),
        ("外观设计的保护期是多久", TERMS, "十五年"),
        ("专利保护期几年", TERMS, None),
        ("实用新型复审费多少钱", PER_KIND, "300元"),
        ("发明复审费多少钱", PER_KIND, "1000元"),
        ("复审费多少钱", PER_KIND, None),
        ("发明专利实质审查费多少钱", EXAMINED, "2500元"),
        ("实用新型实质审查费多少钱", EXAMINED, None),
        ("外观设计年费第三年多少钱", YEARS, "600元"),
        ("外观设计年费第5年多少钱", YEARS, "900元"),
        ("外观设计年费第一年到第三年多少钱", YEARS, "600元"),
        ("外观设计年费第12年多少钱", YEARS, None),
        ("外观设计年费多少钱", YEARS, None),
        ("发明专利第八年年费多少钱", "发明专利第7–9年，每年年费2000元。", "2000元"),
        ("发明专利第三年年费多少钱", "发明专利第7–9年，每年年费2000元。", None),
        ("商标侵权罚款多少", FINED, None),
        ("商标侵权违法经营额不足五万罚多少", FINED, None),
        ("假冒专利没有违法所得罚款多少", OTHER_FINED, None),
        (
            "侵犯商业秘密罚款多少",
            "侵犯商业秘密情节严重的：处一百万元以上五百万元以下罚款。",
            "一百万元以上五百万元以下",
        ),
        ("新药专利期限补偿最多几年", COMPENSATED, None),
        ("假冒注册商标罪判几年", "假冒注册商标罪最高判10年有期徒刑。", None),
        ("专利许可备案几个工作日", "专利实施许可合同应自生效之日起3个月内备案。", None),
        ("专利许可合同几个月内备案", "专利实施许可合同应自生效之日起3个月内备案。", "3个月内"),
        ("商标异议期多久", "商标异议期是公告之日起3个月，2027年1月1日起改为2个月。", None),
        ("商标注册费多少钱", "集体商标、证明商标的注册费各1500元。", None),
        ("申请费多少钱", "发明专利申请费900元。", None),
        ("怎么申请", "发明专利申请费900元。", None),
    ],
)
def test_the_figure_is_that_of_what_is_asked_about_or_none(
    ask: Callable[[str], Question], question: str, sentence: str, figure: str | None
) -> None:
    given_figure = figure_given(ask(question), sentence, lambda word: 1.0)
    # 三个月 may be said with or without 内.
    assert given_figure == figure or (figure and given_figure == figure.removesuffix("内"))


def test_a_figure_stands_in_its_sentence_word_for_word(service: Service) -> None:
    found = 0
    for asked in service.library.questions[::9]:
        question = service.searcher.understand(asked.text, date(2026, 7, 1))
        if not (question.expected.is_figure or question.expected == "deadline"):
            continue
        for hit in service.searcher.search(question, date(2026, 7, 1), 1):
            text = hit.passage.text
            figure = figure_given(question, text, service.engine.idf)
            assert figure is None or figure in text
            found += figure is not None
    assert found > 20


@given(st.integers(1, 30), st.integers(100, 9000), st.integers(100, 9000))
def test_another_years_fee_is_never_given(ask: Callable[[str], Question], year: int, early: int, late: int) -> None:
    sentence = f"示例专利年费第1–9年每年{early}元，第10–20年每年{late}元。"
    figure = figure_given(ask(f"示例专利年费第{year}年多少钱"), sentence, lambda word: 1.0)
    due = f"{early}元" if year <= 9 else f"{late}元" if year <= 20 else None
    assert figure in {due, None}
    assert year > 20 or figure == due


def test_a_part_that_says_nothing_of_its_own_is_on_what_the_part_before_is_on(ask: Callable[[str], Question]) -> None:
    question = ask("发明专利第5年年费多少钱")
    sentence = "发明专利第4–6年，每年年费1200元；发明专利第7–9年，每年年费2000元。"
    assert part_on(question, sentence, lambda part: "元" in part, lambda word: 1.0) == "每年年费1200元"


def test_a_part_may_speak_of_numbered_years_only_if_it_holds_those_asked_for() -> None:
    assert speaks_of("第1–3年每年600元", ordinals_in("第三年"))
    assert speaks_of("每年600元", ordinals_in("第三年"))
    assert not speaks_of("第4–6年每年1200元", ordinals_in("第三年"))


def test_bounds_are_told_apart() -> None:
    assert bounds_in("不少于4000元") == {"least"}
    assert bounds_in("五倍以下") == bounds_in("最高10年") == {"most"}
    assert bounds_in("一百万元以上五百万元以下") == {"least", "most"}
    assert bounds_in("累计15亿元") == frozenset()


def test_figures_among_the_words_of_a_question_are_known() -> None:
    assert all(map(is_figure, ("15", "1000元", "十五年", "第三年", "五百")))
    assert not any(map(is_figure, ("保护期", "年费", "千灯湖")))

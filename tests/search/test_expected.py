import pytest

from qa_service.search.expected import Expected, asks_how, expected_kind, gives, kinds_given


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("补贴多少钱", Expected.AMOUNT),
        ("质押金额目标是多少", Expected.AMOUNT),
        ("一年卖到多大规模", Expected.AMOUNT),
        ("有几家服务机构", Expected.NUMBER),
        ("培训多少人次", Expected.NUMBER),
        ("同比涨了多少", Expected.SHARE),
        ("贷款利率几成", Expected.SHARE),
        ("规划到什么时候结束", Expected.DEADLINE),
        ("维权电话是多少", Expected.CONTACT),
        ("服务站地址在哪", Expected.CONTACT),
        ("How much is the subsidy", Expected.AMOUNT),
        ("有哪几类联盟", Expected.OPEN),
        ("不想跑好几个地方", Expected.OPEN),
        ("拿专利能贷款吗", Expected.OPEN),
    ],
)
def test_the_expected_kind_of_answer_is_read(question: str, kind: Expected) -> None:
    assert expected_kind(question) is kind


@pytest.mark.parametrize(
    ("text", "kind", "given"),
    [
        ("质押金额累计15亿元。", Expected.AMOUNT, True),
        ("处五百万元以下罚款", Expected.AMOUNT, True),
        ("降低企业质押融资成本。", Expected.AMOUNT, False),
        ("培训500人次。", Expected.NUMBER, True),
        ("有三种方式", Expected.NUMBER, True),
        ("2016年成功获批示范城市", Expected.NUMBER, False),
        ("1.提升创新能力", Expected.NUMBER, False),
        ("2016年成功获批示范城市", Expected.DEADLINE, True),
        ("百折不挠地推进", Expected.SHARE, False),
        ("加工粉末冶金", Expected.DEADLINE, False),
        ("形成一批高价值专利，进一步提升一站式服务。", Expected.NUMBER, False),
        ("同比增长210%", Expected.SHARE, True),
        ("应当在三个月内提出", Expected.DEADLINE, True),
        ("每月加收全额年费的5%的滞纳金", Expected.AMOUNT, True),
        ("占比5%", Expected.AMOUNT, False),
        ("处违法经营额五倍以下罚款", Expected.SHARE, True),
        ("每季度开展执法行动", Expected.DEADLINE, True),
        ("提供维权投诉服务", Expected.CONTACT, False),
        ("拨打0513-82100000咨询", Expected.CONTACT, True),
        ("随便什么", Expected.OPEN, True),
    ],
)
def test_whether_a_text_gives_a_kind_of_answer(text: str, kind: Expected, given: bool) -> None:
    assert gives(text, kind) is given


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("多少个工作日内完成", Expected.DEADLINE),
        ("几日内答复", Expected.DEADLINE),
        ("罚款倍数各是多少", Expected.SHARE),
        ("几家出口企业想办基金", Expected.OPEN),
        ("这几家企业想办基金", Expected.OPEN),
        ("how many years is it valid", Expected.DEADLINE),
    ],
)
def test_a_count_of_days_is_a_time(question: str, kind: Expected) -> None:
    assert expected_kind(question) is kind


@pytest.mark.parametrize(
    ("question", "how"),
    [
        ("商标怎么续展", True),
        ("咋办理质押", True),
        ("要什么材料", True),
        ("办理流程", True),
        ("专利保护几年", False),
        ("谁能申请", False),
    ],
)
def test_whether_a_question_asks_how_a_thing_is_done(question: str, how: bool) -> None:
    assert asks_how(question) is how


@pytest.mark.parametrize(
    "text", ["每件奖励2万元，三个月内拨付。", "电话0513-82119001，地址江海路18号", "《专利法》占比20%", "无"]
)
def test_the_kinds_given_are_those_that_each_alone_is_given(text: str) -> None:
    assert kinds_given(text) == {kind for kind in Expected if gives(text, kind)}

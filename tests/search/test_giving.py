import pytest

from qa_service.search.expected import Expected
from qa_service.search.giving import avows, gives, gives_count, gives_period, kinds_given


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
        ("按每日万分之五支付", Expected.FIGURE, True),
        ("第1—3年每年600元", Expected.FIGURE, True),
        ("自2021年6月1日起施行", Expected.FIGURE, False),
        ("国知发保字〔2021〕1号", Expected.CODE, True),
        ("现在用GB/T 29490-2023", Expected.CODE, True),
        ("研究制定管理办法", Expected.CODE, False),
        ("工作日上午9:00至11:30", Expected.HOURS, True),
        ("设维权举报投诉服务站", Expected.HOURS, False),
        ("《“十四五”知识产权规划》的通知", Expected.DEADLINE, False),
        ("据2022年11月的公开报道，南通建有仲裁服务中心", Expected.DEADLINE, False),
        ("随便什么", Expected.OPEN, True),
        ("担保金额不超过货物等值。", Expected.AMOUNT, True),
        ("应当向海关提供担保。", Expected.AMOUNT, False),
    ],
)
def test_whether_a_text_gives_a_kind_of_answer(text: str, kind: Expected, given: bool) -> None:
    assert gives(text, kind) is given


@pytest.mark.parametrize("kind", [kind for kind in Expected if kind.is_open])
def test_any_text_may_answer_an_open_question(kind: Expected) -> None:
    assert gives("随便什么", kind)


@pytest.mark.parametrize("text", ["提取两成作为奖励", "分给发明人一半", "不低于百分之三十五点五"])
def test_a_share_may_be_given_in_words(text: str) -> None:
    assert gives(text, Expected.SHARE)


@pytest.mark.parametrize(
    "text", ["每件奖励2万元，三个月内拨付。", "电话0513-82119001，地址江海路18号", "《专利法》占比20%", "无"]
)
def test_the_kinds_given_are_those_that_each_alone_is_given(text: str) -> None:
    assert kinds_given(text) == {kind for kind in Expected if gives(text, kind)}


@pytest.mark.parametrize(
    ("text", "counter", "given"),
    [
        ("专利代理机构10家", "家", True),
        ("专利代理机构10家", "个", True),
        ("聚焦12条产业链，组建培育中心", "家", False),
        ("境外纠纷超过40起", "起", True),
        ("相似外观最多10项", "个", True),
    ],
)
def test_a_count_is_of_what_is_counted(text: str, counter: str, given: bool) -> None:
    assert gives_count(text, counter) is given


@pytest.mark.parametrize(
    ("text", "given"),
    [("三个月内提出", True), ("2014年起服务", False), ("2026-09-01起施行", False), ("保护期10年", True)],
)
def test_a_day_is_no_stretch_of_time(text: str, given: bool) -> None:
    assert gives_period(text) is given


@pytest.mark.parametrize(
    ("text", "avowed"),
    [
        ("中心的电话没有核到，请打12345核实。（《某办法》还查不到的）", True),
        ("3个工作日办结，南通的时限没有核到", False),
        ("电话12345", False),
    ],
)
def test_what_only_says_that_nothing_is_known_is_told(text: str, avowed: bool) -> None:
    assert avows(text) is avowed

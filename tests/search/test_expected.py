import pytest

from qa_service.search.expected import Expected, asks_for_a_period, counter_asked, kinds_asked

PHRASINGS = {
    Expected.LIST: [
        "质押要交哪些材料",
        "商标注册需要什么条件",
        "专利有哪几种类型",
        "哪些情形不授予专利权",
        "包括什么内容",
        "有哪几类联盟",
        "要准备啥资料",
        "什么材料",
        "不能当商标的标志都有哪些",
        "侵权要承担什么责任，列一下",
        "申请条件是什么",
        "哪些行为算侵权",
        "What documents do I need to file?",
        "What types of patents are there?",
        "which signs cannot be registered",
    ],
    Expected.WHO: [
        "谁能申请",
        "归谁管",
        "找哪个部门",
        "专利归哪个局管",
        "由谁来裁决",
        "什么人可以提异议",
        "哪家机构受理",
        "职务发明归谁",
        "哪些单位能报",
        "主管部门是哪个部门",
        "Who owns an invention made at work?",
        "which authority handles it",
        "who can oppose a trademark",
    ],
    Expected.WHERE: [
        "去哪里办",
        "在哪儿交",
        "到哪个法院起诉",
        "哪里可以查",
        "上哪办质押",
        "在哪个窗口办",
        "什么地方能登记",
        "哪个网站能查商标",
        "去哪告",
        "往哪投诉",
        "从哪下载表格",
        "Where do I file?",
        "where can I complain",
        "which court has jurisdiction",
    ],
    Expected.HOW: [
        "商标怎么续展",
        "咋办理质押",
        "如何申请优先审查",
        "办理流程",
        "维权怎么办",
        "怎样才能领到补贴",
        "怎么退费",
        "登记的步骤",
        "异议手续",
        "怎么备案",
        "如何取证",
        "How do I renew a trademark?",
        "how to file an opposition",
        "怎么投诉",
    ],
    Expected.DEFINITION: [
        "什么是专利",
        "什么叫地理标志",
        "专利池是什么",
        "惩罚性赔偿是啥意思",
        "何为商业秘密",
        "何谓抢注",
        "先用权的定义",
        "反向工程是指什么",
        "贯标指的是什么",
        "啥叫开放许可",
        "宽展期是什么意思",
        "请问什么是驰名商标",
        "What is a design patent?",
        "what does bad faith mean",
        "definition of trade secret",
    ],
    Expected.YES_NO: [
        "拿专利能贷款吗",
        "能不能自己申请",
        "是否需要公证",
        "可不可以转让",
        "会不会坐牢",
        "要不要评估",
        "有没有补贴",
        "算不算侵权",
        "个人可否申请",
        "商标能转让不",
        "海外展会有资助吗",
        "必须要备案么",
        "Can I register a sound as a trademark?",
        "Is there a subsidy for patents?",
        "对方该不该赔",
        "一定要公证嘛",
    ],
    Expected.DEADLINE: [
        "专利保护几年",
        "什么时候续展",
        "多久能批",
        "几天内答复",
        "异议期限",
        "哪年到期",
        "多长时间下证",
        "几个月内提出",
        "截止到哪天",
        "啥时候交年费",
        "几个工作日",
        "多少天",
        "How long does a design patent last?",
        "when must I renew",
    ],
    Expected.AMOUNT: [
        "补贴多少钱",
        "年费多少",
        "罚多少",
        "赔偿多少",
        "费用是多少",
        "能贷多少",
        "奖几万",
        "注册费要多少",
        "质押金额目标是多少",
        "收费标准",
        "多少元",
        "几块钱",
        "How much is the fee?",
    ],
    Expected.SHARE: [
        "减免百分之多少",
        "比例是多少",
        "利率多少",
        "贴息率",
        "几成",
        "同比涨了多少",
        "罚几倍",
        "多少倍赔偿",
        "占比",
        "费率",
        "增长率",
        "几个百分点",
        "what percent is reduced",
    ],
    Expected.NUMBER: [
        "有几家服务机构",
        "培训多少人次",
        "多少件专利",
        "几个基地",
        "拥有量指标是多少",
        "几名调解员",
        "数量是多少",
        "登记量是多少",
        "多少家企业",
        "几条产业链",
        "多少项任务",
        "几次",
        "How many patents",
    ],
    Expected.CONTACT: [
        "维权电话是多少",
        "服务站地址在哪",
        "网址是什么",
        "联系方式",
        "怎么联系",
        "在哪条路",
        "受理窗口在几楼",
        "给个电话",
        "留个邮箱",
        "在哪条街",
        "门牌号",
        "求链接",
        "what is the phone number",
    ],
    Expected.NAMES: [
        "给个名单",
        "10家都叫什么",
        "3个平台分别是哪些",
        "是哪几家",
        "都叫啥",
        "列出名单",
        "名称是什么",
        "5所学校分别叫什么",
        "是哪家",
        "哪3个",
        "7家机构都有哪些",
        "都是哪所",
    ],
    Expected.FIGURE: [
        "罚金多少",
        "外观一年的维持要多少",
        "最高判多少",
        "逾期一天按多少算",
        "标准是多少",
        "能减多少",
        "质押目标多少",
        "一件多少",
        "提成按多少给",
        "上限是多少",
        "多少才算严重",
        "一类多少",
    ],
    Expected.CODE: [
        "这份办法的发文字号是什么",
        "文号是多少",
        "标准号是多少",
        "编号多少",
        "国家局第几号公告",
        "是几号令",
        "备案号是什么",
        "有没有文号",
        "案号是多少",
        "多少号文",
        "令号是多少",
        "登记号是多少",
    ],
    Expected.HOURS: [
        "办公时间",
        "几点下班",
        "几点开门",
        "周末有人值班吗",
        "星期天上班吗",
        "中午能办吗，中午上班不",
        "节假日办公吗",
        "服务站双休日开门不",
        "上班时间",
        "受理时间是怎么安排的",
        "窗口几点关",
        "what are the opening hours",
    ],
    Expected.OPEN: [
        "专利质押",
        "我想了解商标",
        "马德里商标国际注册",
        "剑网行动",
        "规划三",
        "知识产权金融",
        "被人仿冒了",
        "商标续展费用减免",
        "外观设计专利权",
        "",
        "patent pledge loan",
        "trade secrets",
    ],
}
"""Everyday and terse ways to ask for each kind of answer."""


def above_all(question: str) -> Expected:
    return next(iter(kinds_asked(question)), Expected.OPEN)


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
        ("有哪几类联盟", Expected.LIST),
        ("不想跑好几个地方", Expected.OPEN),
        ("拿专利能贷款吗", Expected.YES_NO),
    ],
)
def test_the_expected_kind_of_answer_is_read(question: str, kind: Expected) -> None:
    assert above_all(question) is kind


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
    assert above_all(question) is kind


@pytest.mark.parametrize(("kind", "question"), [(kind, q) for kind, asked in PHRASINGS.items() for q in asked])
def test_a_kind_of_answer_is_known_in_all_its_phrasings(kind: Expected, question: str) -> None:
    assert above_all(question) is kind


def test_every_kind_has_a_dozen_phrasings() -> None:
    assert set(PHRASINGS) == set(Expected)
    assert min(map(len, PHRASINGS.values())) >= 12


@pytest.mark.parametrize(
    ("question", "kinds"),
    [
        ("商标怎么续展，要多少钱", (Expected.AMOUNT, Expected.HOW)),
        ("去哪个部门办，要什么材料", (Expected.WHERE, Expected.WHO, Expected.LIST, Expected.HOW)),
        ("要不要公证，几天能好", (Expected.DEADLINE, Expected.YES_NO)),
        ("质押融资", ()),
        ("PCT是什么", (Expected.DEFINITION,)),
    ],
)
def test_a_question_may_ask_for_several_kinds_at_once(question: str, kinds: tuple[Expected, ...]) -> None:
    assert kinds_asked(question) == kinds


@pytest.mark.parametrize("question", ["商标怎么续展", "咋办理质押", "要什么材料", "办理流程", "怎么投诉要多少钱"])
def test_a_question_for_steps_or_papers_asks_how(question: str) -> None:
    assert Expected.HOW in kinds_asked(question)


@pytest.mark.parametrize("question", ["专利保护几年", "谁能申请", "怎么算恶意抢注", "怎么赔偿"])
def test_a_question_without_steps_does_not_ask_how(question: str) -> None:
    assert Expected.HOW not in kinds_asked(question)


@pytest.mark.parametrize("question", ["申请条件是什么", "法律后果是什么", "和版权有什么区别", "是什么流程"])
def test_what_a_thing_has_is_not_what_it_is(question: str) -> None:
    assert Expected.DEFINITION not in kinds_asked(question)


def test_only_figures_times_contacts_and_names_are_not_open() -> None:
    closed = {"amount", "number", "share", "figure", "code", "hours", "deadline", "contact", "names"}
    assert {kind.value for kind in Expected if not kind.is_open} == closed
    assert all(kind.label for kind in Expected)


@pytest.mark.parametrize(
    "question",
    [
        "我们几家搞纺织机械的想合伙办联盟",
        "几家印染厂凑钱打官司，政策上赞成吗",
        "放过几本盗版书的仓库算存放地吗",
        "一份申请能不能多报几类",
        "囤了几百个名字的代理公司合规吗",
    ],
)
def test_some_of_a_kind_are_not_counted(question: str) -> None:
    assert not above_all(question).is_figure


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("被投诉的店铺多久能恢复链接", Expected.DEADLINE),
        ("客户名单算不算技术秘密", Expected.YES_NO),
        ("假冒专利罪最高刑期是多少", Expected.DEADLINE),
        ("保护期多长", Expected.DEADLINE),
        ("代理所收费推荐产品怎么处理", Expected.HOW),
    ],
)
def test_a_word_beside_the_matter_does_not_tell_the_kind(question: str, kind: Expected) -> None:
    assert above_all(question) is kind


@pytest.mark.parametrize(
    ("question", "counter"),
    [
        ("培育几家机构", "家"),
        ("登记了多少件", "件"),
        ("几千件商标", "件"),
        ("补贴多少钱", None),
        ("我们几家想联合", None),
    ],
)
def test_what_is_counted_is_read(question: str, counter: str | None) -> None:
    assert counter_asked(question) == counter


@pytest.mark.parametrize(
    ("question", "period"),
    [
        ("多久办好", True),
        ("几个月内答复", True),
        ("保护几年", True),
        ("几月几日施行", False),
        ("哪几年", False),
        ("哪年发的", False),
    ],
)
def test_a_stretch_of_time_is_told_from_a_day(question: str, period: bool) -> None:
    assert asks_for_a_period(question) is period


@pytest.mark.parametrize("question", ["法院怎么算赔多少", "赔偿额按什么确定，多少钱怎么定"])
def test_who_asks_how_a_sum_is_reckoned_asks_for_no_figure(question: str) -> None:
    assert not any(kind.is_figure for kind in kinds_asked(question))


def test_a_figure_asked_for_beside_how_it_is_reckoned_is_asked_for() -> None:
    assert kinds_asked("赔偿怎么算，最高多少钱")[0] is Expected.AMOUNT


@pytest.mark.parametrize("question", ["平台几天之内要恢复链接", "平台不删侵权链接怎么办"])
def test_a_link_that_is_taken_down_is_no_contact(question: str) -> None:
    assert Expected.CONTACT not in kinds_asked(question)

from datetime import date

import pytest

from qa_service.answer.subject import Subject
from qa_service.service import Service


@pytest.mark.parametrize(
    ("question", "sentence", "given"),
    [
        ("质押金额目标是多少钱", "质押融资额明显增长，知识产权质押金额累计15亿元。", True),
        ("商标注册费多少钱", "万人一般作品登记量达20.33件，地理标志产品销售额达15亿元。", False),
        ("卖假货罚多少钱", "地理标志产品销售额达15亿元。", False),
        ("海门有几家电影院", "知识产权服务机构超过20家，专利代理机构10家。", False),
        ("专利代理机构有几家", "知识产权服务机构超过20家，专利代理机构10家。", True),
        ("房贷利率百分之多少", "质押融资额1亿元，同比增长210%。", False),
        ("贯标奖多少钱", "对首次贯标的企业，给予一次性奖励5万元。", True),
        ("示范企业奖多少钱", "〔表1 第5行〕项目：知识产权示范企业；标准：国家级20万元；备注：省级10万元", True),
        ("有补贴吗", "完善资助政策。", True),
        ("一共多少钱", "累计15亿元。", True),
        ("卖假酒多少钱够立案", "商标注册费每类300元。", False),
        ("侵犯商业秘密罚款多少", "侵犯商业秘密，法院判决五百万元以下的赔偿。", False),
        ("发明专利申请费多少钱", "一家企业单独申请发明专利，申请费从900元减到135元。", False),
        ("发明专利申请费能减多少", "一家企业单独申请发明专利，申请费从900元减到135元。", True),
        ("培育中心建几家", "聚焦12条产业链，组建高价值专利培育中心。", False),
        ("花型快速授权要多久", "快维中心2014年起做外观设计快速授权。", False),
        ("质押登记的电话是多少", "专利质押登记的电话没有核到，可以先打12345。", False),
        ("省战略推进计划的企业名单", "培育省战略推进计划企业5家。", False),
        ("外观设计年费第三年多少", "外观设计年费第6–8年每年1200元。", False),
        ("外观设计年费第三年多少", "外观设计年费第1–3年每年600元。", True),
        ("实用新型年费第11年多少", "实用新型申请的权利要求从第11项起每项加150元。", False),
        ("实用新型年费多少", "符合费减条件的，单个申请人的实用新型年费减85%。", False),
        ("发明专利第三年年费是1200元对吗", "发明专利第4–6年，每年年费1200元。", False),
        ("地理标志产品的名单", "将“海门山羊”、“海门山羊肉”等国家地理标志产品推向市场。", True),
    ],
)
def test_a_figure_is_given_only_of_what_is_asked_about(
    service: Service, question: str, sentence: str, given: bool
) -> None:
    subject = Subject(service.searcher.understand(question, date(2026, 7, 1)), service.searcher)
    assert subject.is_given_in(sentence) is given

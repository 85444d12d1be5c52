from datetime import date

import pytest

from qa_service.corpus.models import Form
from qa_service.search.ranking import Features
from qa_service.search.searcher import Filters, Hit
from qa_service.service import Service

DAY = date(2026, 7, 1)


def search(service: Service, text: str, k: int = 5, filters: Filters | None = None) -> list[Hit]:
    return service.searcher.search(service.searcher.understand(text, DAY), DAY, k, filters)


@pytest.mark.parametrize(
    ("question", "location"),
    [
        ("知识产权质押金额目标", "三、（二）2"),
        ("拿发明证书找银行借钱", "适合谁"),
        ("发明专利保护期几年", "第四十二条"),
        ("knowledge about patent pledge loan", "四、（三）4"),
        ("剑网行动", "四、（二）4"),
        ("海门累计注册了多少商标", "一、（一）知识产权创造能力稳步提高"),
    ],
)
def test_everyday_words_find_the_official_passage(service: Service, question: str, location: str) -> None:
    assert location in [hit.passage.location for hit in search(service, question, 3)]


def test_a_named_clause_comes_first_and_says_why(service: Service) -> None:
    hit = search(service, "规划五（三）写了什么")[0]
    assert hit.passage.location == "五、（三）"
    assert hit.contributions["clause"] > sum(v for name, v in hit.contributions.items() if name != "clause")


@pytest.mark.parametrize(
    ("question", "document", "location"),
    [
        ("专利法65条", "专利法", "第六十五条"),
        ("商标法第六十三条第三款", "商标法", "第六十三条"),
        ("规划三（二）第4点", "haimen-ip-plan", "三、（二）4"),
        ("细则五十六条", "专利法实施细则", "第五十六条"),
        ("专利法细则第56条", "专利法实施细则", "第五十六条"),
        ("反法第十三条", "反不正当竞争法", "第十三条"),
        ("反不正当法第十三条", "反不正当竞争法", "第十三条"),
        ("电商法42条", "电子商务法", "第四十二条"),
        ("科技成果转化法第四十五条", "促进科技成果转化法", "第四十五条"),
        ("知产海关条例第十二条", "知识产权海关保护条例", "第十二条"),
        ("信网权条例第14条", "信息网络传播权保护条例", "第十四条"),
        ("布图条例第十二条", "集成电路布图设计保护条例", "第十二条"),
        ("惩罚性赔偿解释第五条", "惩罚性赔偿解释", "第五条"),
        ("刑法217条", "刑法知识产权犯罪条款", "第二百一十七条"),
        ("民法典1185条", "民法典侵权责任编", "第一千一百八十五条"),
        ("专力法65条", "专利法", "第六十五条"),
        ("專利法第６５條", "专利法", "第六十五条"),
    ],
)
def test_a_clause_is_found_by_whatever_name_its_document_goes(
    service: Service, question: str, document: str, location: str
) -> None:
    first = search(service, question)[0].passage
    assert (first.document_id, first.location) == (document, location)


def test_a_named_document_is_preferred_and_says_so(service: Service) -> None:
    hits = search(service, "专利法实施细则里奖金最低多少")
    assert hits[0].passage.document_id == "专利法实施细则"
    assert hits[0].contributions["document"] > 0


def test_a_hit_says_why_it_is_there(service: Service) -> None:
    hit = search(service, "质押融资")[0]
    assert set(hit.contributions) == set(Features._fields)
    assert hit.score == pytest.approx(sum(hit.contributions.values()))
    assert hit.asked[0][1] == hit.signals.question_vector


def test_hits_come_best_first_and_no_more_than_asked(service: Service) -> None:
    hits = search(service, "知识产权保护", 7)
    assert len(hits) == 7
    assert [h.score for h in hits] == sorted((h.score for h in hits), reverse=True)


@pytest.mark.parametrize(
    ("filters", "found"),
    [
        (Filters(document_ids=("haimen-ip-plan",)), True),
        (Filters(document_ids=("another",)), False),
        (Filters(levels=("区级规划",)), True),
        (Filters(levels=("没有的层级",)), False),
        (Filters(topics=("资助", "别的")), True),
        (Filters(topics=("别的",)), False),
        (Filters(document_ids=("haimen-ip-plan",), in_force=True), False),
        (Filters(document_ids=("haimen-ip-plan",), forms=(Form.FULL_TEXT, Form.GUIDE)), True),
        (Filters(document_ids=("haimen-ip-plan",), forms=(Form.NOTES,)), False),
    ],
)
def test_filters_restrict_where_to_look(service: Service, filters: Filters, found: bool) -> None:
    assert bool(search(service, "质押融资", 5, filters)) is found


def test_a_question_without_words_finds_nothing(service: Service) -> None:
    assert search(service, "？！") == []

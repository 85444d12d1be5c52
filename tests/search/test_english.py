from datetime import date

import pytest

from qa_service.answer.models import Status
from qa_service.corpus.lexicon import Lexicon
from qa_service.search.english import English
from qa_service.search.expected import Expected
from qa_service.search.question import Question
from qa_service.service import Service

DAY = date(2026, 7, 1)
ENGLISH = English(
    Lexicon(
        terms=("外观设计", "专利", "专利法"),
        english={
            "patent": ("专利",),
            "design patent": ("外观设计",),
            "how long": ("多久", "期限"),
            "patent law": ("专利法",),
            "license": ("许可",),
            "the": (),
            "a": (),
            "of": (),
        },
    )
)

QUESTIONS = [
    ("How long does a utility model patent last?", ["专利法#第四十二条"]),
    ("Who owns an invention made by an employee at work?", ["专利法#第六条", "专利法实施细则#第十三条"]),
    ("Can two companies jointly own a patent, and how is it exploited?", ["专利法#第十四条"]),
    ("When do I have to request substantive examination of an invention patent?", ["专利法#第三十五条"]),
    (
        "What happens if I pay the patent annual fee late?",
        ["专利法实施细则#第一百一十五条", "专利收费标准#年费缴晚了", "指南-专利年费与权利恢复#"],
    ),
    ("Which inventions are not patentable?", ["专利法#第二十五条", "专利法#第五条"]),
    (
        "My product was shown at an exhibition before filing, is novelty lost?",
        ["专利法#第二十四条", "专利法实施细则#第三十三条"],
    ),
    (
        "What documents are needed to file a design patent application?",
        ["专利法#第二十七条", "专利法实施细则#第三十条", "指南-申请外观设计专利#"],
    ),
    (
        "How do I appeal against the rejection of a patent application?",
        ["专利法#第四十一条", "专利法实施细则#第六十五条", "指南-专利复审与无效宣告#"],
    ),
    ("Who can request invalidation of a patent?", ["专利法#第四十五条"]),
    ("What is the statute of limitations for patent infringement?", ["专利法#第七十四条", "知识产权诉讼时效与起诉#"]),
    ("How much compensation can I get for patent infringement?", ["专利法#第七十一条", "知识产权侵权赔偿对照#"]),
    ("What is an open license and how is it declared?", ["专利法#第五十条", "专利法实施细则#第八十五条"]),
    ("Does a patent assignment have to be registered?", ["专利法#第十条", "指南-专利转让登记#"]),
    (
        "Is confidentiality review required before filing a patent abroad?",
        ["专利法#第十九条", "专利法实施细则#第八条", "指南-PCT与海外专利布局#"],
    ),
    (
        "What reward must be paid to the inventor of a service invention?",
        ["专利法#第十五条", "专利法实施细则#第九十三条", "专利法实施细则#第九十四条", "指南-职务发明奖酬#"],
    ),
    ("What acts are not regarded as patent infringement?", ["专利法#第七十五条"]),
    ("What is the penalty for passing off a patent?", ["专利法#第六十八条"]),
    ("Can the prior art be used as a defense?", ["专利法#第六十七条"]),
    ("Do foreign companies need a patent agency in China?", ["专利法#第十八条"]),
    ("When can I get a compulsory license?", ["专利法#第五十三条"]),
    (
        "When must a PCT application enter the Chinese national phase?",
        ["专利法实施细则#第一百二十条", "指南-PCT与海外专利布局#"],
    ),
    ("Who may request a patent evaluation report?", ["专利法实施细则#第六十二条", "指南-专利权评价报告#"]),
    ("How long is a registered trademark valid?", ["商标法#第三十九条"]),
    ("How do I renew a trademark registration?", ["商标法#第四十条", "指南-商标续展#", "商标法实施条例#第三十三条"]),
    ("Can a color combination or a three-dimensional mark be registered as a trademark?", ["商标法#第八条"]),
    ("Which signs may not be used as trademarks?", ["商标法#第十条"]),
    (
        "Somebody registered my trademark in bad faith, what can I do?",
        [
            "商标法#第三十二条",
            "商标法#第四十四条",
            "商标法#第四十五条",
            "商标法#第十五条",
            "指南-注册商标无效宣告#",
            "指南-商标异议#",
        ],
    ),
    ("How many months do I have to oppose a trademark?", ["商标法#第三十三条", "指南-商标异议#"]),
    (
        "A trademark has not been used for three years, can it be cancelled?",
        ["商标法#第四十九条", "指南-撤三#", "商标法实施条例#第六十六条"],
    ),
    ("How is a well-known trademark recognized?", ["商标法#第十四条", "驰名商标解释#"]),
    ("How long does the trademark office take to examine an application?", ["商标法#第二十八条"]),
    (
        "Must a trademark license be recorded?",
        ["商标法#第四十三条", "商标法实施条例#第六十九条", "指南-商标变更转让与许可#"],
    ),
    ("How much are statutory damages for trademark infringement?", ["商标法#第六十三条", "知识产权侵权赔偿对照#"]),
    (
        "The seller did not know the goods were counterfeit, must he pay compensation?",
        ["商标法#第六十四条", "商标法实施条例#第八十条"],
    ),
    ("How is a trademark transferred?", ["商标法#第四十二条", "商标法实施条例#第三十一条", "指南-商标变更转让与许可#"]),
    ("What is the term of copyright protection?", ["著作权法#第二十三条"]),
    ("Who owns the copyright in a commissioned work?", ["著作权法#第十九条"]),
    ("What is fair use of a copyrighted work?", ["著作权法#第二十四条"]),
    ("Does the copyright in works created by employees belong to the company?", ["著作权法#第十八条"]),
    ("How long is software copyright protected?", ["计算机软件保护条例#第十四条"]),
    (
        "How to register software copyright?",
        ["指南-软件著作权登记#", "作品登记与软件登记#", "计算机软件保护条例#第七条"],
    ),
    ("What counts as a trade secret?", ["商业秘密规定#第一条", "反不正当竞争法#第十条", "指南-商业秘密保护#"]),
    ("Can a customer list be protected as a trade secret?", ["商业秘密规定#第二条", "商业秘密规定#第一条"]),
    ("Is reverse engineering an infringement of trade secrets?", ["商业秘密规定#第十四条"]),
    ("What fine is imposed for false advertising?", ["反不正当竞争法#第二十五条"]),
    ("Which acts constitute confusion under the unfair competition law?", ["反不正当竞争法#第七条"]),
    ("How are punitive damages calculated?", ["惩罚性赔偿解释#"]),
    ("How do I record my trademark with customs?", ["知识产权海关保护条例#第七条", "指南-海关备案与扣留#"]),
    ("How much security must I provide when asking customs to detain goods?", ["知识产权海关保护条例#第十四条"]),
    ("How long is a customs recordal valid?", ["知识产权海关保护条例#第十条"]),
    (
        "What evidence can be preserved before filing a lawsuit?",
        [
            "专利法#第七十三条",
            "商标法#第六十六条",
            "著作权法#第五十七条",
            "指南-诉前保全与证据保全#",
            "知识产权民事诉讼证据规定#第十一条",
        ],
    ),
    (
        "How can I get a preliminary injunction?",
        ["知识产权行为保全规定#", "专利法#第七十二条", "商标法#第六十五条", "指南-诉前保全与证据保全#"],
    ),
    (
        "What should I do when my online shop gets an infringement notice?",
        ["电子商务法#第四十三条", "指南-电商平台投诉与反通知#", "信息网络传播权保护条例#第十六条"],
    ),
    (
        "How do I notify an e-commerce platform of infringement?",
        ["电子商务法#第四十二条", "指南-电商平台投诉与反通知#", "信息网络传播权保护条例#第十四条"],
    ),
    ("Can small companies get a reduction of patent fees?", ["专利收费减缴办法#", "指南-专利费用减缴备案#"]),
    (
        "What materials are needed to register a patent pledge?",
        ["专利权质押登记办法#第七条", "指南-专利权质押登记与融资#"],
    ),
    ("How many years are layout designs of integrated circuits protected?", ["集成电路布图设计保护条例#第十二条"]),
    (
        "What is the prison sentence for counterfeiting registered trademarks?",
        ["刑法知识产权犯罪条款#第二百一十三条", "知识产权刑事解释（2025）#"],
    ),
    ("How long does protection for a new plant variety last?", ["植物新品种保护条例#第三十五条"]),
]
"""Each with the places that answer it: document id # beginning of the location."""


def understand(service: Service, text: str) -> Question:
    return service.searcher.understand(text, DAY)


@pytest.mark.parametrize(
    ("question", "chinese"),
    [
        ("how long a design patent", "多久，期限，外观设计"),
        ("patents, licensed", "专利，许可"),
        ("the trips patent", "trips，专利"),
        ("article 65 of the patent law", "专利法，第65条"),
        ("patent law art. 65, paragraph 2", "专利法，第65条第2款"),
    ],
)
def test_an_english_question_is_said_in_chinese(question: str, chinese: str) -> None:
    assert ENGLISH.in_chinese(question) == chinese


@pytest.mark.parametrize("question", ["专利 patent 多久", "2025", "", "how long is a film", "the of"])
def test_what_is_no_english_question_on_the_field_is_left(question: str) -> None:
    assert ENGLISH.in_chinese(question) is None


def test_without_a_lexicon_nothing_is_translated() -> None:
    assert English(Lexicon()).in_chinese("how long is a patent") is None


def test_most_english_questions_find_the_article_that_answers(service: Service) -> None:
    ranks = []
    for text, places in QUESTIONS:
        hits = service.searcher.search(understand(service, text), DAY, 5)
        found = [f"{hit.passage.document_id}#{hit.passage.location}" for hit in hits]
        ranks.append(next((i for i, at in enumerate(found, 1) if at.startswith(tuple(places))), 99))
    assert sum(rank <= 1 for rank in ranks) / len(ranks) >= 0.7
    assert sum(rank <= 3 for rank in ranks) / len(ranks) >= 0.9


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("How long does a design patent last in China?", Expected.DEADLINE),
        ("Who owns an invention made at work?", Expected.WHO),
        ("Can I register a sound as a trademark?", Expected.YES_NO),
        ("How much is the official fee for a trademark?", Expected.AMOUNT),
        ("How do I renew a trademark registration?", Expected.HOW),
    ],
)
def test_an_english_question_tells_what_it_expects(service: Service, question: str, kind: Expected) -> None:
    assert understand(service, question).expected is kind


def test_an_english_question_names_its_clause(service: Service) -> None:
    question = understand(service, "What does Article 65 of the Patent Law say?")
    assert question.documents == {"专利法"}
    assert [clause.location for clause in question.clauses] == ["第六十五条"]


@pytest.mark.parametrize("question", ["How do I cook fish?", "Who won the world cup?", "How do I apply for a visa?"])
def test_an_english_question_on_another_field_is_not_answered(service: Service, question: str) -> None:
    assert service.answerer.ask(question).status is Status.NO_ANSWER


@pytest.mark.parametrize("question", ["PCT 国际申请怎么办", "TRIPs 协定", "logo 能注册商标吗", "app 被侵权了"])
def test_english_words_in_a_chinese_question_stay_as_they_are(service: Service, question: str) -> None:
    read = understand(service, question)
    assert read.spoken == read.normal
    assert question.split()[0].lower() in read.words


def test_a_place_named_in_english_is_a_place(service: Service) -> None:
    answer = service.answerer.ask("What is the pledge financing target of Shanghai?")
    assert answer.status is not Status.ANSWERED

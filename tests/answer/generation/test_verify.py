"""What stands in its passages is kept, what does not is dropped: sentence by sentence, and over the whole corpus."""

import re
from dataclasses import replace
from datetime import date
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qa_service.answer.generation.verify import Verifier
from qa_service.answer.models import Citation, Fault
from qa_service.corpus.models import Document, Form, Passage, Validity, ValidityState
from qa_service.service import Service
from qa_service.text.sentences import sentence_spans

LAW = "专利权的期限：发明专利二十年，实用新型十年，外观设计十五年，均自申请日起计算。"
FEES = "- 单个申请人符合条件的，专利费减掉85%。\n- 两个及以上共同申请、且都符合条件的，专利费减掉70%。"
FINE = "- 假冒专利没有违法所得或违法所得在五万元以下的，罚款可以处二十五万元以下。\n- 逾期未缴足的，视为未提出请求，不予受理。"
AWARD = "资助标准如下：\n- 马德里国际注册商标：每件资助1—3万元。\n- 发明专利：每件资助五千元，申请人应当在2026年9月1日前提交。"
PLAN = "2.知识产权许可转让及质押融资额明显增长，知识产权质押金额累计15亿元。"


def citation(text: str, title: str = "示例市专利条例", location: str = "第六条") -> Citation:
    document = Document(title, title, Form.FULL_TEXT, text, issuer="示例市人民政府", issued=date(2020, 5, 1))
    passage = Passage(f"{title}#{location}", title, location, (location,), "", text, 0, len(text))
    return Citation(1, passage, document, Validity(ValidityState.IN_FORCE, "现行有效"), (), None, 0.9)


@pytest.fixture(scope="module")
def verifier(service: Service) -> Verifier:
    return Verifier(service.searcher.segmenter, service.library.lexicon)


@pytest.mark.parametrize(
    ("sentence", "source"),
    [
        ("发明专利权的期限为二十年，自申请日起计算。", LAW),
        ("发明专利20年，实用新型10年，外观设计15年，都从申请日起计算。", LAW),
        ("实用新型专利的期限是10年。", LAW),
        ("根据《示例市专利条例》第六条，发明专利的期限为20年。", LAW),
        ("根据示例市专利条例第6条，发明专利的期限为20年。", LAW),
        ("两个及以上共同申请且都符合条件的，专利费减掉百分之七十。", FEES),
        ("没有违法所得或者违法所得在5万元以下的，罚款可以处25万元以下。", FINE),
        ("逾期没有缴足的，视为未提出请求，不予受理。", FINE),
        ("马德里国际注册商标每件资助1—3万元。", AWARD),
        ("发明专利每件资助5000元。", AWARD),
        ("申请人应当在2026年9月1日前提交。", AWARD),
        ("知识产权质押金额累计达到15亿元。", PLAN),
    ],
)
def test_an_honest_rewording_is_kept(verifier: Verifier, sentence: str, source: str) -> None:
    verdict = verifier.judge(sentence, [citation(source)], "问")
    assert verdict.fault is None, verdict.about


@pytest.mark.parametrize(
    ("sentence", "source", "fault"),
    [
        ("发明专利权的期限为三十年。", LAW, Fault.FIGURE),
        ("发明专利权的期限为二十个月。", LAW, Fault.FIGURE),
        ("发明专利权的期限为十年。", LAW, Fault.FIGURE),
        ("实用新型专利权的期限为二十年。", LAW, Fault.FIGURE),
        ("植物新品种权的期限为二十年。", LAW, Fault.NAME),
        ("发明专利十年，实用新型二十年。", LAW, Fault.FIGURE),
        ("实用新型、发明、外观设计的期限分别为二十年、十年、十五年。", LAW, Fault.FIGURE),
        ("两个及以上共同申请且都符合条件的，专利费减掉85%。", FEES, Fault.FIGURE),
        ("单个申请人符合条件的，专利费减掉70%。", FEES, Fault.FIGURE),
        ("假冒专利没有违法所得或违法所得在五万元以上的，罚款可以处二十五万元以下。", FINE, Fault.BOUND),
        ("违法所得在五万元以下的，罚款可以处二十五万元。", FINE, Fault.BOUND),
        ("违法所得在五万元以下的，罚款应当处二十五万元以下。", FINE, Fault.MODALITY),
        ("逾期未缴足的，视为提出请求，不予受理。", FINE, Fault.MODALITY),
        ("逾期未缴足的，视为未提出请求，应当受理。", FINE, Fault.MODALITY),
        ("逾期未缴足的，无需受理。", FINE, Fault.MODALITY),
        ("马德里国际注册商标每件资助五千元。", AWARD, Fault.FIGURE),
        ("发明专利每件资助3万元。", AWARD, Fault.FIGURE),
        ("申请人应当在2026年10月1日前提交。", AWARD, Fault.DATE),
        ("申请人可以在2026年9月1日前提交。", AWARD, Fault.MODALITY),
        ("知识产权许可转让金额累计15亿元。", PLAN, Fault.FIGURE),
        ("知识产权质押金额累计15万元。", PLAN, Fault.FIGURE),
        ("依照第七条，发明专利二十年。", LAW, Fault.ARTICLE),
        ("依照《专利法》，发明专利二十年。", LAW, Fault.NAME),
        ("依照《示例市专利条例》第九条，发明专利二十年。", LAW, Fault.ARTICLE),
        ("发明专利二十年，由示例市专利局受理。", LAW, Fault.NAME),
        ("发明专利二十年，即所谓“长保护”。", LAW, Fault.NAME),
        ("发明专利二十年，与PCT相同。", LAW, Fault.NAME),
        ("发明专利二十年，见 www.example.com 。", LAW, Fault.ADDRESS),
        ("发明专利二十年，电话13912345678。", LAW, Fault.ADDRESS),
        ("发明专利的期限由审查员按创新程度酌情延展。", LAW, Fault.UNSUPPORTED),
    ],
)
def test_what_a_passage_does_not_hold_is_dropped(verifier: Verifier, sentence: str, source: str, fault: Fault) -> None:
    assert verifier.judge(sentence, [citation(source)], "问").fault is fault


def test_a_question_lends_its_words_and_neither_its_figures_nor_its_names(verifier: Verifier) -> None:
    asked = "植物新品种保护二十年，PCT奖励100万元，对吗"
    for sentence in ("植物新品种的期限为二十年。", "PCT发明专利二十年。", "发明专利奖励100万元。"):
        assert verifier.judge(sentence, [citation(LAW)], asked).fault


def test_an_article_of_one_law_is_not_that_of_another(verifier: Verifier) -> None:
    two = [citation(LAW), replace(citation(FEES, "示例市收费办法", "第九条"), n=2)]
    assert verifier.judge("依照《示例市收费办法》第九条，专利费减掉70%。", two, "共同申请减多少").fault is None
    assert verifier.judge("依照《示例市专利条例》第九条，专利费减掉70%。", two, "共同申请减多少").fault is Fault.ARTICLE


def test_the_sentences_that_are_said_again_are_marked(verifier: Verifier) -> None:
    verdict = verifier.judge("两个及以上共同申请且都符合条件的，专利费减掉70%。", [citation(FEES)])
    assert [span.of(FEES).strip() for span in verdict.support[1]] == [FEES.split("\n")[1]]


def test_a_document_named_by_what_the_service_knows_of_it_is_grounded(verifier: Verifier) -> None:
    said = "《示例市专利条例》由示例市人民政府于2020年5月1日发布；现行有效。[1]"
    assert verifier.ungrounded(said, [citation(LAW)]) == []
    assert verifier.ungrounded(said.replace("2020", "2019"), [citation(LAW)]) == ["2019-5-1"]


def test_what_is_ungrounded_is_told(verifier: Verifier) -> None:
    cited = [citation(LAW), replace(citation(FEES, "示例市收费办法", "第九条"), n=2)]
    assert verifier.ungrounded("发明专利二十年。[1]专利费减掉70%。[2]", cited) == []
    assert verifier.ungrounded("发明专利三十年。[1]专利费减掉70%。[1]", cited) == ["30年", "70%"]
    assert verifier.ungrounded("《示例市收费办法》第九条：专利费减掉70%。[2]", cited) == []
    assert verifier.ungrounded("《商标法》第九条：专利费减掉70%。[2]", cited) == ["商标法"]
    assert verifier.ungrounded("发明专利二十年。[3]", cited) == ["[3]", "20年"]


def _all(service: Service) -> list[Citation]:
    library = service.library
    return [
        Citation(1, p, library[p.document_id], library.validity(p.document_id, date(2026, 7, 1)), (), None, 0.9)
        for p in service.engine.passages
    ]


def test_every_sentence_of_the_corpus_stands_in_its_own_passage(verifier: Verifier, service: Service) -> None:
    """A model that copies is never held up: on a third of the corpus, drawn by a fixed seed."""
    lost = [
        (said, verdict.about)
        for c in Random(6).sample(_all(service), 700)
        for span in sentence_spans(c.passage.text)
        if (said := span.of(c.passage.text).strip()) and (verdict := verifier.judge(said, [c])).fault
    ]
    assert lost == []


_NUMBER = re.compile(r"[0-9]+(?:\.[0-9]+)?")
_NUMERAL = re.compile(r"(?<![第零一二三四五六七八九十百千万亿])[二三四五六七八九十]+(?=个?[年月日天万元倍件项家])")


def test_every_sentence_of_the_corpus_with_another_figure_is_dropped(verifier: Verifier, service: Service) -> None:
    kept = []
    for c in Random(7).sample(_all(service), 700):
        for span in sentence_spans(c.passage.text):
            said = span.of(c.passage.text).strip()
            others = [(m, str(int(float(m.group())) * 3 + 7)) for m in _NUMBER.finditer(said)]
            others += [(m, "十七") for m in _NUMERAL.finditer(said) if "十七" not in c.passage.text]
            for match, figure in others:
                changed = f"{said[: match.start()]}{figure}{said[match.end() :]}"
                if figure not in c.passage.text and not verifier.judge(changed, [c]).fault:
                    kept.append(changed)
    assert kept == []


def test_hardly_any_turned_sentence_of_the_corpus_is_kept(verifier: Verifier, service: Service) -> None:
    """不得 for 可以, 以下 for 以上, and the figures of a sentence changed round: what is kept is one in fifty at most."""
    turns = [("不得", "可以"), ("应当", "可以"), ("可以", "不得"), ("以上", "以下"), ("以下", "以上"), ("不予", "给予")]
    kept, turned = [], 0
    for c in Random(8).sample(_all(service), 700):
        for span in sentence_spans(c.passage.text):
            said = span.of(c.passage.text).strip()
            for before, after in turns:
                for match in re.finditer(before, said):
                    turned += 1
                    changed = f"{said[: match.start()]}{after}{said[match.end() :]}"
                    if not verifier.judge(changed, [c]).fault:
                        kept.append(changed)
    assert turned > 300
    assert len(kept) <= turned / 50, kept


@settings(max_examples=200, deadline=None)
@given(figure=st.integers(1, 10**6), unit=st.sampled_from(["元", "万元", "年", "个月", "日", "%", "件", "家", "倍"]))
def test_no_figure_passes_that_is_not_there(verifier: Verifier, figure: int, unit: str) -> None:
    verdict = verifier.judge(f"发明专利{figure}{unit}。", [citation(LAW)])
    assert bool(verdict.fault) is not (f"{figure}{unit}" == "20年")


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=80))
def test_whatever_is_said_is_judged(verifier: Verifier, sentence: str) -> None:
    verifier.judge(sentence, [citation(AWARD)], sentence)
    verifier.ungrounded(sentence, [citation(AWARD)])

import random
from collections import defaultdict
from collections.abc import Callable

import pytest

from qa_service.search.question import Question
from qa_service.search.spelling import Correction, Spelling
from qa_service.service import Service
from qa_service.text.normal import normalise
from qa_service.text.pinyin import Sounds

Read = Callable[[str], Question]


@pytest.fixture(scope="module")
def read(service: Service) -> Read:
    day = service.answerer.today()
    return lambda text: service.searcher.understand(text, day)


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("专力", "专利"),
        ("我的专力被别人用了", "我的专利被别人用了"),
        ("商标抢住怎么办", "商标抢注怎么办"),
        ("知识产全", "知识产权"),
        ("侵全行为怎么罚", "侵权行为怎么罚"),
        ("质亚融资", "质押融资"),
        ("质呀贷款", "质押贷款"),
        ("实用新行保护几年", "实用新型保护几年"),
        ("外观涉及专利", "外观设计专利"),
        ("马的里商标注测", "马德里商标注册"),
        ("年非怎么交", "年费怎么交"),
        ("惩罚性陪偿", "惩罚性赔偿"),
        ("商业秘蜜被偷", "商业秘密被偷"),
        ("行政才决找谁", "行政裁决找谁"),
        ("软件著做权登计", "软件著作权登记"),
        ("海们区有补贴吗", "海门区有补贴吗"),
        ("專力年費", "专利年费"),
    ],
)
def test_a_slip_is_read_as_what_is_meant(read: Read, said: str, meant: str) -> None:
    assert read(said).normal == meant


@pytest.mark.parametrize(
    "text",
    [
        "复审要多久",
        "涉及外观的纠纷",
        "受权的代理人",
        "年底前交齐",
        "冒用注册商标罚多少",
        "专利是谁的",
        "我跟朋友合伙开火锅店",
        "工程款优先受偿怎么算",
        "他弟弟出车祸了保险公司不赔",
        "隔壁的人剪断了管子",
        "《专力侵全指南》是什么",
        "一共三十五万元",
        "PCT、TRIPs、logo 和 app",
        "知产快维贯标撤三费减",
        "how do i register a patent",
        "",
    ],
)
def test_what_people_write_is_left_alone(read: Read, text: str) -> None:
    assert read(text).corrections == ()


def test_the_question_stays_as_typed_beside_what_it_is_read_as(read: Read) -> None:
    question = read("PCT 专力多少钱")
    assert question.text == "PCT 专力多少钱"
    assert question.corrections == (Correction("专力", "专利"),)
    assert question.understood == "PCT 专利多少钱"
    assert "专利" in question.words
    assert read("PCT 专利多少钱").understood is None


def test_of_seeded_slips_in_terms_most_are_put_right(service: Service, read: Read) -> None:
    slips = seeded_slips(service, 150)
    right = [said for said, meant in slips if read(said).normal == normalise(meant)]
    assert len(right) / len(slips) >= 0.9


def test_everyday_questions_are_hardly_ever_changed(service: Service, read: Read) -> None:
    """About one in thirty holds a slip, on purpose."""
    questions = service.library.questions[::20]
    changed = [q.text for q in questions if read(q.text).corrections]
    assert 0.01 < len(changed) / len(questions) < 0.05


def test_a_word_that_is_common_is_not_taken_for_another() -> None:
    general = {"设计": 1e-4, "涉及": 1e-4, "外观": 1e-6}
    spelling = Spelling({"设计": 0.1, "外观设计": 0.5}, {"外观设计"}, lambda word: general.get(word, 0.0))
    assert spelling.correct("涉及什么") == ("涉及什么", ())
    assert spelling.correct("外观涉及")[0] == "外观设计"


def test_without_words_nothing_is_corrected() -> None:
    assert Spelling({}, (), lambda word: 0.0).correct("专力") == ("专力", ())


def seeded_slips(service: Service, count: int) -> list[tuple[str, str]]:
    """Terms in questions, one character of each replaced by a common homophone that makes no word."""
    frequency, sounds, rng = service.searcher.segmenter.frequency, Sounds(), random.Random(7)
    alike = defaultdict(list)
    for code in range(0x4E00, 0x9FA6):
        if frequency(chr(code)) > 1e-5:
            alike[sounds.exact(chr(code))].append(chr(code))
    terms = [t for t in service.library.lexicon.terms if 2 <= len(t) <= 6 and all("一" <= c <= "龥" for c in t)]
    carriers = ("{}怎么办", "公司的{}要多少钱", "{}找哪个部门", "办{}要什么材料", "海门的{}政策有哪些")
    slips = list[tuple[str, str]]()
    while len(slips) < count:
        term, carrier = rng.choice(terms), rng.choice(carriers)
        at = rng.randrange(len(term))
        others = [c for c in alike[sounds.exact(term[at])] if c != term[at]]
        slip = f"{term[:at]}{rng.choice(others)}{term[at + 1 :]}" if others else term
        if slip != term and not frequency(slip):
            slips.append((carrier.format(slip), carrier.format(term)))
    return slips

import pytest

from qa_service.answer.parts import parts_of, with_subject
from qa_service.service import Service


@pytest.mark.parametrize(
    ("question", "parts"),
    [
        ("专利无效：谁都能提吗，判过的赔偿还退吗", ["专利无效 谁都能提吗", "专利无效 判过的赔偿还退吗"]),
        ("专利保护几年？商标呢？", ["专利保护几年", "商标呢"]),
        ("专利保护几年", ["专利保护几年"]),
        ("备注：我是海门企业", ["备注：我是海门企业"]),
        ("打官司：先封证据，能行吗", ["打官司 先封证据，能行吗"]),
    ],
)
def test_a_question_is_cut_into_what_it_asks(question: str, parts: list[str]) -> None:
    assert parts_of(question) == parts


@pytest.mark.parametrize(
    ("whole", "part", "read"),
    [
        ("申请商标要多少钱，要多长时间", "要多长时间", "申请商标要多长时间"),
        ("专利费减怎么办理，能减多少", "能减多少", "专利费减能减多少"),
        ("怎么注册商标，要多少钱", "要多少钱", "注册商标要多少钱"),
        ("商标保护几年？专利呢？", "专利呢", "专利呢"),
    ],
)
def test_a_part_without_a_subject_takes_that_of_the_first(service: Service, whole: str, part: str, read: str) -> None:
    question = service.searcher.understand(whole, service.answerer.today())
    assert with_subject(part, question, service.library.lexicon) == read

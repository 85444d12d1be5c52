import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa_service import shipped
from qa_service.answer.calibration import read_calibration
from qa_service.answer.curated.likeness import asked_form, reading_of
from qa_service.service import Service
from qa_service.text.normal import normalise

HERE = Path(__file__).parent
PUNCTUATION = "，。！？；：、“”《》（）,.!?;:·… \t\n\u200b"


@pytest.mark.parametrize(
    "typed",
    [
        "请问发明专利年费多少？",
        "您好，请问一下：发明专利年费多少啊？谢谢！",
        "發明專利年費多少",
        "发明 专利 年费 多少……",
        "“发明专利”年费，多少?",
        "发明专利年费多少呢",
    ],
)
def test_how_a_question_is_typed_does_not_matter(typed: str) -> None:
    assert asked_form(typed) == asked_form("发明专利年费多少")


@pytest.mark.parametrize("other", ["发明专利年费多少钱", "实用新型专利年费多少", "发明专利年费", "发明专利年费多少吗"])
def test_another_word_makes_another_form(other: str) -> None:
    assert asked_form(other) != asked_form("发明专利年费多少")


@pytest.mark.parametrize("text", ["", "？？", "请问", "您好，谢谢", "  "])
def test_what_says_nothing_has_no_form_of_a_question(text: str) -> None:
    assert asked_form(text) in {"", "请问", "您好"}


@given(st.text(max_size=60))
def test_the_form_of_a_form_is_itself(text: str) -> None:
    assert asked_form(asked_form(text)) == asked_form(text)


@given(
    st.lists(st.sampled_from("专利商标年费多少申请怎么办3月"), min_size=4, max_size=20),
    st.lists(st.tuples(st.integers(0, 20), st.sampled_from(PUNCTUATION)), max_size=8),
    st.sampled_from(["", "请问，", "您好！请问", "咨询一下，"]),
    st.sampled_from(["", "？", "？谢谢！", "。。。"]),
)
def test_punctuation_anywhere_and_civility_do_not_matter(
    letters: list[str], marks: list[tuple[int, str]], before: str, behind: str
) -> None:
    plain = "".join(letters)
    typed = list(plain)
    for place, mark in marks:
        typed.insert(min(place, len(typed)), mark)
    assert asked_form(f"{before}{''.join(typed)}{behind}") == asked_form(plain)


@given(st.text(alphabet=st.characters(categories=["Lo", "Ll", "Nd"]), min_size=1, max_size=30))
def test_no_letter_inside_is_lost(text: str) -> None:
    inside = f"专利{text}费"
    assert asked_form(inside) == "".join(c for c in normalise(inside) if c.isalnum())


PAIRS = ("curated_pairs.jsonl", "curated_pairs_held_out.jsonl")


@pytest.mark.parametrize("name", PAIRS)
def test_paraphrases_match_and_near_questions_do_not(service: Service, name: str) -> None:
    threshold = read_calibration(shipped.calibration_file()).same_question
    assert threshold is not None
    same, other = list[bool](), list[bool]()
    for line in (HERE / name).read_text("utf-8").splitlines():
        entry = json.loads(line)
        for kind, found in (("same", same), ("other", other)):
            found += [matches(service, entry["question"], text, threshold) for text in entry[kind]]
    assert sum(same) / len(same) >= 0.9
    assert sum(other) / len(other) <= 0.03


def matches(service: Service, first: str, second: str, threshold: float) -> bool:
    searcher, day = service.searcher, service.answerer.today()
    a, b = searcher.understand(first, day), searcher.understand(second, day)
    lexicon = service.library.lexicon
    if reading_of(a, lexicon).is_apart_from(reading_of(b, lexicon)):
        return asked_form(first) == asked_form(second)
    return float(searcher.vector_of(a) @ searcher.vector_of(b)) >= threshold


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("发明专利年费多少", "实用新型专利年费多少"),
        ("海门专利奖励多少", "通州专利奖励多少"),
        ("能不能申请专利质押", "怎么申请专利质押"),
        ("专利年费多少", "专利申请费多少"),
        ("2025年专利奖励多少", "2024年专利奖励多少"),
        ("专利法第六十五条讲什么", "专利法第六十六条讲什么"),
        ("专利法第六十五条讲什么", "商标法第六十五条讲什么"),
        ("没有登记的软件受保护吗", "登记的软件受保护吗"),
        ("高校的专利给企业用收费吗", "企业的专利给高校用收费吗"),
        ("技术进口要登记吗", "技术出口要登记吗"),
        ("省里对专利授权有奖励吗", "区里对专利授权有奖励吗"),
        ("商标异议期几个月", "商标宽展期几个月"),
    ],
)
def test_a_rule_tells_near_questions_apart_both_ways(service: Service, first: str, second: str) -> None:
    day, lexicon = service.answerer.today(), service.library.lexicon
    a, b = (reading_of(service.searcher.understand(text, day), lexicon) for text in (first, second))
    assert a.is_apart_from(b)
    assert b.is_apart_from(a)
    assert not a.is_apart_from(a)


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("专利法65条讲什么", "《专利法》第六十五条讲的是什么"),
        ("海门区对专利有奖励吗", "对专利有没有奖励"),
        ("发明专利年费一年多少钱", "发明专利年费多少"),
        ("软著登记要多久", "软件著作权登记要多久"),
        ("许可费退不退", "许可费要退吗"),
    ],
)
def test_no_rule_parts_the_same_question(service: Service, first: str, second: str) -> None:
    day, lexicon = service.answerer.today(), service.library.lexicon
    a, b = (reading_of(service.searcher.understand(text, day), lexicon) for text in (first, second))
    assert not a.is_apart_from(b)

from hypothesis import given
from hypothesis import strategies as st

from qa_service.text.normal import normalise, simplify, strip_invisible


def test_width_script_and_spaces_are_folded() -> None:
    assert normalise("專利　質押 融資 ＰＣＴ") == "专利质押融资 pct"


def test_simplifying_changes_the_script_and_nothing_else() -> None:
    assert simplify("專利權　PCT，〇") == "专利权　PCT，〇"


def test_a_space_between_latin_words_stays() -> None:
    assert normalise("IP   pledge") == "ip pledge"


def test_tag_characters_and_zero_width_marks_disappear() -> None:
    assert strip_invisible("专\u200b利\U000e0041") == "专利"


@given(st.text(max_size=60))
def test_normalising_twice_changes_nothing_more(text: str) -> None:
    once = normalise(text)
    assert normalise(once) == once

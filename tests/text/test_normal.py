from hypothesis import given
from hypothesis import strategies as st

from qa_service.text.normal import normalise, simplify


def test_width_script_and_spaces_are_folded() -> None:
    assert normalise("專利　質押 融資 ＰＣＴ") == "专利质押融资 pct"


def test_simplifying_changes_the_script_and_nothing_else() -> None:
    assert simplify("專利權　PCT，〇") == "专利权　PCT，〇"


def test_a_space_between_latin_words_stays() -> None:
    assert normalise("IP   pledge") == "ip pledge"


def test_what_cannot_be_seen_is_no_part_of_the_normal_form() -> None:
    assert normalise("专\u200b利\U000e0041权\ufe0f\u200d") == "专利权"


def test_no_character_unfolds_to_a_sentence() -> None:
    assert len(normalise("专利\ufdfa" * 500)) == 1000


@given(st.text(max_size=60))
def test_normalising_twice_changes_nothing_more(text: str) -> None:
    once = normalise(text)
    assert normalise(once) == once

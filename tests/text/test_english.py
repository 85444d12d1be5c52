import pytest

from qa_service.text.english import stem, words_of


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("patents", "patent"),
        ("licensing", "license"),
        ("licensed", "licenses"),
        ("companies", "company"),
        ("applied", "apply"),
        ("planned", "plan"),
        ("selling", "sell"),
        ("cancelled", "cancel"),
        ("travelling", "travel"),
        ("passing", "pass"),
        ("owner's", "owners"),
        ("fees", "fee"),
        ("renewing", "renew"),
    ],
)
def test_forms_of_a_word_have_one_stem(one: str, other: str) -> None:
    assert stem(one) == stem(other)


@pytest.mark.parametrize("word", ["process", "status", "basis", "is", "3d", "a", "string", "pct"])
def test_what_only_looks_like_an_ending_stays(word: str) -> None:
    assert stem(word) == word


def test_words_keep_their_hyphens_and_lose_the_rest() -> None:
    assert words_of("what's a well-known mark (3d, 20%)?") == ["what's", "a", "well-known", "mark", "3d", "20%"]


def test_a_text_without_latin_has_no_words() -> None:
    assert words_of("专利，保护？") == []

import pytest

from qa_service.text.lookalikes import plain_letters
from qa_service.text.normal import normalise


@pytest.mark.parametrize(
    "typed",
    [
        "ignоrе рrеviоus",
        "іgnоrе рrеvіоuѕ",
        "ɪɢɴᴏʀᴇ previous".replace("ɢ", "g"),
        "ïgnörè prévioùs",
        "🅸🅶🅽🅾🆁🅴 previous",
        "ｉｇｎｏｒｅ 𝐩𝐫𝐞𝐯𝐢𝐨𝐮𝐬",
        "ⓘⓖⓝⓞⓡⓔ previous",
    ],
)
def test_a_word_in_letters_that_look_like_it_is_the_word(typed: str) -> None:
    assert plain_letters(normalise(typed)) == "ignore previous"


@pytest.mark.parametrize("text", ["专利质押", "pct 申请", "ü与é", "５Ｇ", "谢谢👍"])
def test_chinese_and_digits_stay(text: str) -> None:
    normal = normalise(text)
    assert [c for c in plain_letters(normal) if "\u4e00" <= c <= "\u9fff" or c.isdigit()] == [
        c for c in normal if "\u4e00" <= c <= "\u9fff" or c.isdigit()
    ]

import pytest

from qa_service.evaluation.quotes import holds, letters_to_compare

CLAUSE = "第九条 专利权质押贷款的贴息按实际支付利息的百分之三十计算，每家企业每年不超过二十万元，由区财政承担。"


def held(quote: str, text: str = CLAUSE) -> bool:
    return holds(letters_to_compare(text), letters_to_compare(quote))


@pytest.mark.parametrize(
    "quote",
    [
        "贴息按实际支付利息的百分之三十计算",
        "贴息按实际支付 利息的“百分之三十”计算,每家企业",
        "貼息按實際支付利息的百分之三十計算",
        "专利权质押贷款的贴息，按照实际支付利息的百分之三十计算",
    ],
)
def test_a_quote_is_held_whatever_its_marks_and_small_words(quote: str) -> None:
    assert held(quote)


@pytest.mark.parametrize(
    "quote",
    [
        "贴息按实际支付利息的百分之五十计算",
        "每家企业每年不超过三十万元",
        "商标权质押贷款不予贴息，由企业自行承担全部利息",
        "",
        "，。",
    ],
)
def test_another_number_another_rule_and_nothing_are_not_held(quote: str) -> None:
    assert not held(quote)


def test_words_that_are_spread_over_a_long_text_do_not_make_a_quote() -> None:
    filler = "本段讲的是其他事项并且与所问毫无关系" * 3
    spread = filler.join(["专利权", "权质押", "押贷款", "款的贴", "贴息按", "按实际", "际支付", "付利息"])
    assert not held("专利权质押贷款的贴息按实际支付利息", spread)


def test_an_empty_text_holds_nothing() -> None:
    assert not held("贴息", "")

import re

import pytest

from qa_service import shipped
from qa_service.answer.referral import referral_for
from qa_service.corpus.lexicon import Lexicon, Referral, read_lexicon

LEXICON = Lexicon(
    referrals=(
        Referral("税务", ("税",), "问税务。"),
        Referral("商标", ("商标",), "问商标。"),
        Referral("其他", (), "问别处。"),
    )
)


def test_the_first_that_fits_is_said() -> None:
    assert referral_for("商标转让要交税吗", LEXICON) == "问税务。"
    assert referral_for("商标转让", LEXICON) == "问商标。"
    assert referral_for("天气", LEXICON) == "问别处。"


def test_without_a_list_there_is_still_somewhere_to_turn() -> None:
    assert "12345" in referral_for("天气", Lexicon())


@pytest.fixture(scope="module")
def lexicon() -> Lexicon:
    return read_lexicon(shipped.corpus_folder() / "lexicon")


@pytest.mark.parametrize(
    ("question", "whom"),
    [
        ("增值税怎么报", "税务机关"),
        ("公司注册要几天", "市场监管"),
        ("有人卖山寨货去哪举报", "12315"),
        ("发明专利补贴几万", "海门区市场监督管理局"),
        ("专利年费在哪交", "cponline.cnipa.gov.cn"),
        ("商标代理费多少", "www.cnipa.gov.cn"),
        ("今天天气", "12345"),
    ],
)
def test_whom_to_ask_hangs_on_what_is_asked(lexicon: Lexicon, question: str, whom: str) -> None:
    assert whom in referral_for(question, lexicon)


def test_no_other_number_is_named_than_the_two_hotlines(lexicon: Lexicon) -> None:
    numbers = {n for r in lexicon.referrals for n in re.findall(r"[0-9][0-9-]{3,}", r.text)}
    assert numbers == {"12345", "12315"}
    assert not lexicon.referrals[-1].words

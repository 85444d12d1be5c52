from pathlib import Path

import pytest

from qa_service import shipped
from qa_service.corpus.lexicon import Lexicon, Referral, read_lexicon
from qa_service.corpus.library import read_library
from qa_service.errors import CorpusError
from qa_service.text.normal import normalise

LEXICON = Lexicon(everyday={"专利贷款": ("质押融资",), "贷款": ("融资",), "补贴": ("资助", "奖励")})


def test_an_everyday_word_brings_the_official_ones() -> None:
    assert LEXICON.official_words("有补贴吗") == ("资助", "奖励")


def test_a_longer_word_hides_the_shorter_inside_it() -> None:
    assert LEXICON.official_words("专利贷款") == ("质押融资",)


def test_a_word_that_is_already_there_is_not_added() -> None:
    assert LEXICON.official_words("资助和补贴") == ("奖励",)


def test_subjects_are_told_by_their_words(tmp_path: Path) -> None:
    (tmp_path / "subjects.yaml").write_text("- name: 商标\n  words: [商标, 牌子, Trademark]\n", "utf-8")
    lexicon = read_lexicon(tmp_path)
    assert lexicon.subjects_in("牌子被人用了") == lexicon.subjects_in("register a trademark") == {"商标"}
    assert lexicon.subjects_in("发明被人用了") == frozenset()


def test_a_malformed_subject_is_refused_with_the_file(tmp_path: Path) -> None:
    (tmp_path / "subjects.yaml").write_text("- name: 商标\n", "utf-8")
    with pytest.raises(CorpusError, match=r"subjects\.yaml"):
        read_lexicon(tmp_path)


def test_missing_files_make_an_empty_lexicon(tmp_path: Path) -> None:
    assert read_lexicon(tmp_path) == Lexicon()


def test_a_malformed_entry_is_refused_with_the_file(tmp_path: Path) -> None:
    (tmp_path / "everyday.yaml").write_text("- say: 补贴\n", "utf-8")
    with pytest.raises(CorpusError, match=r"everyday\.yaml"):
        read_lexicon(tmp_path)


def test_the_shipped_lexicon_translates_common_words() -> None:
    lexicon = read_lexicon(shipped.corpus_folder() / "lexicon")
    assert "资助" in lexicon.official_words("有补贴吗")
    assert len(lexicon.terms) == len(set(lexicon.terms)) > 500


def test_topics_are_told_by_their_words(tmp_path: Path) -> None:
    (tmp_path / "topics.yaml").write_text(
        "- name: 保护\n  words: [侵权, Infring]\n- name: 运用\n  words: [质押]\n", "utf-8"
    )
    lexicon = read_lexicon(tmp_path)
    assert lexicon.topics_in("被侵权了还能质押吗") == {"保护", "运用"}
    assert lexicon.topics_in("is my patent infringed") == {"保护"}
    assert lexicon.topics_in("你好") == frozenset()


def test_a_malformed_topic_is_refused_with_the_file(tmp_path: Path) -> None:
    (tmp_path / "topics.yaml").write_text("- words: [侵权]\n", "utf-8")
    with pytest.raises(CorpusError, match=r"topics\.yaml"):
        read_lexicon(tmp_path)


def test_the_topics_a_question_speaks_of_are_mostly_those_of_its_document() -> None:
    library = read_library(shipped.corpus_folder())
    told = [
        (library.lexicon.topics_in(normalise(q.text)), set(library[q.document_id].topics))
        for q in library.questions
        if q.document_id != "haimen-ip-plan"  # the plan is on everything
    ]
    pairs = [topic in own for topics, own in told for topic in topics]
    assert sum(pairs) / len(pairs) >= 0.9
    assert sum(1 for topics, _ in told if topics) / len(told) >= 0.4


def test_english_phrases_may_be_left_out(tmp_path: Path) -> None:
    (tmp_path / "english.yaml").write_text("- say: [Patent]\n  text: [专利]\n- say: [the]\n  text: []\n", "utf-8")
    assert read_lexicon(tmp_path).english == {"patent": ("专利",), "the": ()}


def test_an_everyday_word_needs_its_official_ones(tmp_path: Path) -> None:
    (tmp_path / "everyday.yaml").write_text("- say: [补贴]\n  text: []\n", "utf-8")
    with pytest.raises(CorpusError, match=r"everyday\.yaml"):
        read_lexicon(tmp_path)


def test_the_shipped_english_lexicon_covers_the_field() -> None:
    english = read_lexicon(shipped.corpus_folder() / "lexicon").english
    assert len(english) > 1000
    assert english["design patent"] == ("外观设计",)


def test_a_text_speaks_of_the_field_by_its_terms_subjects_or_topics() -> None:
    lexicon = Lexicon(
        terms=("质押", "海门"), own_places=("海门",), subjects={"商标": ("牌子",)}, topics={"保护": ("侵权",)}
    )
    assert all(map(lexicon.speaks_of_the_field, ("质押多久", "这牌子", "侵权了")))
    assert not lexicon.speaks_of_the_field("海门天气")


def test_the_corpus_own_places_tell_no_field() -> None:
    lexicon = Lexicon(terms=("专利", "海门", "海门区"), own_places=("海门",))
    assert lexicon.holds_a_term("海门的专利")
    assert not lexicon.holds_a_term("海门区哪里好玩")


def test_whom_to_ask_is_read_in_order_with_the_words_in_normal_form(tmp_path: Path) -> None:
    (tmp_path / "referrals.yaml").write_text(
        "- name: 域名\n  words: [域名, WHOIS]\n  text: 问登记机构。\n- name: 其他\n  words: []\n  text: 问别处。\n",
        "utf-8",
    )
    assert read_lexicon(tmp_path).referrals == (
        Referral("域名", ("域名", "whois"), "问登记机构。"),
        Referral("其他", (), "问别处。"),
    )


@pytest.mark.parametrize(
    "entry", ["- name: 其他\n  words: []\n", "- name: 其他\n  words: []\n  text: ''\n", "- 12345\n", "a: [\n"]
)
def test_a_malformed_referral_is_refused_with_the_file(tmp_path: Path, entry: str) -> None:
    (tmp_path / "referrals.yaml").write_text(entry, "utf-8")
    with pytest.raises(CorpusError, match=r"referrals\.yaml.*name、words、text"):
        read_lexicon(tmp_path)

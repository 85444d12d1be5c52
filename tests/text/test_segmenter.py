import pytest

from qa_service.text.segmenter import Segmenter


@pytest.mark.parametrize("term", ["质押融资", "地理标志", "行政裁决", "高价值发明专利", "海门区", "惩罚性赔偿"])
def test_a_term_of_the_field_stays_whole(segmenter: Segmenter, term: str) -> None:
    assert term in segmenter.words(f"海门区{term}怎么办理") or term in segmenter.words(f"关于{term}的规定")


def test_without_the_lexicon_jieba_would_cut_the_term() -> None:
    assert "高价值发明专利" not in Segmenter().words("高价值发明专利")


def test_a_compound_is_found_by_its_parts(segmenter: Segmenter) -> None:
    terms = segmenter.index_terms("知识产权质押融资")
    assert {"质押", "融资", "质押融资"} <= set(terms)


def test_two_segmenters_do_not_share_their_terms() -> None:
    Segmenter(["海门山羊肉节"])
    assert "海门山羊肉节" not in Segmenter().words("海门山羊肉节")


def test_function_words_and_punctuation_are_not_terms(segmenter: Segmenter) -> None:
    assert not {"的", "吗", "，", "？"} & set(segmenter.index_terms("专利的，保护吗？"))


def test_a_figure_is_found_however_it_is_written(segmenter: Segmenter) -> None:
    assert "20%" in set(segmenter.index_terms("提取百分之二十")) & set(segmenter.index_terms("能拿两成吗"))


def test_running_text_is_not_rewritten(segmenter: Segmenter) -> None:
    assert "一致" in segmenter.index_terms("一致三方")

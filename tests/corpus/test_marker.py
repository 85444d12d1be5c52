import pytest

from qa_service.corpus.marker import Rank, read_marker


@pytest.mark.parametrize(
    ("text", "rank", "label"),
    [
        ("一、规划背景", Rank.FIRST, "一、"),
        ("十二、附则", Rank.FIRST, "十二、"),
        ("（一）总体目标", Rank.SECOND, "（一）"),
        ("(二)主要定量指标", Rank.SECOND, "（二）"),
        ("1.提升创新主体创新能力", Rank.THIRD, "1"),
        ("2．推进", Rank.THIRD, "2"),
        ("——坚持改革创新。以改革促发展", Rank.DASH, ""),
        ("第三章　专利的申请", Rank.CHAPTER, "第三章"),
        ("第二节 监护", Rank.SECTION, "第二节"),
        ("第一编 总则", Rank.PART, "第一编"),
        ("第六十五条 未经专利权人许可", Rank.ARTICLE, "第六十五条"),
        ("第十条之一 专利权人", Rank.ARTICLE, "第十条之一"),
        ("第65条 未经许可", Rank.ARTICLE, "第六十五条"),
    ],
)
def test_a_mark_is_read(text: str, rank: Rank, label: str) -> None:
    marker = read_marker(text)
    assert marker is not None
    assert (marker.rank, marker.label) == (rank, label)


@pytest.mark.parametrize(
    "text", ["2016年，我区成功获批", "20.33件的目标", "依照本法第十一条规定", "一致三方同意", "到2025年"]
)
def test_running_text_has_no_mark(text: str) -> None:
    assert read_marker(text) is None

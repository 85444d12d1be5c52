from qa_service.corpus.readers.manuscript import Setting
from qa_service.corpus.readers.unwrap import SetLine, unwrap


def test_a_full_line_goes_on_in_the_next_that_is_not_indented() -> None:
    lines = [SetLine("为了促进", 2, 0), SetLine("发展，制定本办法。", 0, 10), SetLine("第二段。", 2, 20)]
    assert [line.text for line in unwrap(lines)] == ["为了促进发展，制定本办法。", "第二段。"]


def test_latin_words_are_joined_with_a_blank() -> None:
    assert unwrap([SetLine("the World", 2, 0), SetLine("Intellectual", 0, 9)])[0].text == "the World Intellectual"


def test_an_article_begins_anew_behind_a_full_line() -> None:
    lines = [SetLine("第一条　甲。", 0, 0), SetLine("第二条　乙。", 0, 0)]
    assert len(unwrap(lines)) == 2


def test_centred_lines_are_never_joined_to_text() -> None:
    lines = unwrap([SetLine("示例办法", 12, 12), SetLine("正文。", 0, 10)])
    assert [line.setting for line in lines] == [Setting.CENTRED, Setting.BODY]

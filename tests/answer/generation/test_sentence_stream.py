import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa_service.answer.generation.sentence_stream import SentenceStream, Thinking, Written


def cut(text: str, size: int = 1000) -> list[Written]:
    stream = SentenceStream()
    found = [sentence for at in range(0, len(text), size) for sentence in stream.feed(text[at : at + size])]
    return found + stream.close()


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("甲。【k7d2】乙。【m3f4】", [("甲。", ("k7d2",)), ("乙。", ("m3f4",))]),
        ("甲【k7d2】。乙【m3f4】。", [("甲。", ("k7d2",)), ("乙。", ("m3f4",))]),
        ("甲。【k7d2】【m3f4】", [("甲。", ("k7d2", "m3f4"))]),
        ("甲。【k7d2、m3f4】", [("甲。", ("k7d2", "m3f4"))]),
        ("甲。[k7d2] 乙。〔m3f4〕", [("甲。", ("k7d2",)), ("乙。", ("m3f4",))]),
        ("甲；乙。【k7d2】", [("甲；乙。", ("k7d2",))]),
        ("甲【k7d2】；乙【m3f4】。", [("甲；", ("k7d2",)), ("乙。", ("m3f4",))]),
        ("他说“甲。”【k7d2】", [("他说“甲。”", ("k7d2",))]),
        ("1. **甲**【k7d2】\n2. 乙【m3f4】", [("甲", ("k7d2",)), ("乙", ("m3f4",))]),
        ("3.5万元。【k7d2】", [("3.5万元。", ("k7d2",))]),
        ("国知发〔2021〕1号。【k7d2】", [("国知发〔2021〕1号。", ("k7d2",))]),
    ],
)
def test_sentences_are_cut_with_their_markers_however_they_come(
    text: str, sentences: list[tuple[str, tuple[str, ...]]]
) -> None:
    for size in (1, 2, 5, 1000):
        assert [(s.text, s.markers) for s in cut(text, size)] == sentences, size
        assert not any(s.foreign_marks for s in cut(text, size))


@pytest.mark.parametrize("mark", ["[1]", "【1】", "[^1]", "[来源1]", "【材料2】", "[abcd]", "[1, 2]"])
def test_a_mark_of_another_form_is_noticed_and_taken_out(mark: str) -> None:
    sentence = cut(f"甲{mark}。【k7d2】")[0]
    assert sentence.foreign_marks
    assert sentence.text == "甲。"


def test_what_was_cut_off_is_told() -> None:
    assert [s.finished for s in cut("甲。【k7d2】乙")] == [True, False]


def test_a_line_that_was_begun_is_told() -> None:
    assert [s.on_new_line for s in cut("甲。【k7d2】乙。【k7d2】\n丙。【k7d2】")] == [False, False, True]


@given(st.text(alphabet="甲乙。；\n【】[]k7d2m3f4、“”", max_size=60), st.integers(1, 7))
def test_no_cut_of_the_stream_changes_what_is_read(text: str, size: int) -> None:
    assert [s.text for s in cut(text, size)] == [s.text for s in cut(text, 1)]


@pytest.mark.parametrize("size", [1, 3, 100])
def test_thinking_is_not_heard(size: int) -> None:
    text = "前<think>100万元<b></think>甲<thin>乙"
    thinking = Thinking()
    assert "".join(thinking.feed(text[at : at + size]) for at in range(0, len(text), size)) == "前甲<thin>乙"


def test_thinking_that_never_opened_withdraws_what_came_before() -> None:
    thinking = Thinking()
    assert thinking.feed("是30年吧") == "是30年吧"
    assert not thinking.restarted
    assert thinking.feed("</think>甲") == "甲"
    assert thinking.restarted

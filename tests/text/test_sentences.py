from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from qa_service.text.sentences import sentence_spans


def test_a_closing_quotation_mark_belongs_to_its_sentence() -> None:
    text = "他说“可以。”然后走了。"
    assert [span.of(text) for span in sentence_spans(text)] == ["他说“可以。”", "然后走了。"]


@given(st.text(alphabet="甲乙。！？”\n ，", max_size=80))
def test_spans_touch_and_cover_the_text(text: str) -> None:
    spans = sentence_spans(text)
    assert "".join(span.of(text) for span in spans) == text
    assert all(a.end == b.start for a, b in pairwise(spans))

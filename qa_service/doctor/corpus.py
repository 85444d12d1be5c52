"""The corpus, and whether its everyday questions find their clauses."""

from collections.abc import Iterator

from qa_service.corpus.library import Library
from qa_service.corpus.models import Form
from qa_service.corpus.passages import passages_of
from qa_service.corpus.questions import questions_by_passage
from qa_service.doctor.finding import Finding
from qa_service.text.segmenter import Segmenter


def look_at_corpus(library: Library) -> Iterator[Finding]:
    """Look at a corpus that could be read."""
    yield Finding(True, f"语料：{len(library.documents)} 份文件，{len(library.questions)} 条日常问法")
    segmenter = Segmenter(library.lexicon.terms)
    passages = [p for document in library.documents.values() for p in passages_of(document, segmenter.count)]
    _, lost = questions_by_passage(passages, library.questions)
    if library.unclaimed:
        yield Finding(False, f"问法文件没有对应的文件：{'、'.join(library.unclaimed)}。文件名应为文件编号。")
    # Notes leave articles out; their questions wait for the full text.
    lost = tuple(q for q in lost if library[q.document_id].form is not Form.NOTES)
    places = sorted({f"{q.document_id} {q.location} {q.starts}".strip() for q in lost})
    if places:
        yield Finding(
            False, f"{len(lost)} 条日常问法找不到对应条款：{'、'.join(places[:5])}。请核对 location 和 starts。"
        )

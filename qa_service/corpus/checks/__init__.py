"""What must hold of a corpus, whoever adds to it: found by ``qa-service corpus check``, run by CI."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

from qa_service.corpus.checks.facts import Facts
from qa_service.corpus.checks.fault import Fault
from qa_service.corpus.checks.guides import check_guide
from qa_service.corpus.checks.questions import check_near_copies, check_questions
from qa_service.corpus.checks.statutes import check_against_statute
from qa_service.corpus.library import Library
from qa_service.corpus.models import Document, Form, Passage
from qa_service.corpus.passages import passages_of
from qa_service.corpus.questions import questions_by_passage

__all__ = ["Fault", "check_library"]

_LAWS, _FACTS, _TESTS = "reference/laws", "reference/facts", "bench/golden"
"""Below the reference folder: statute texts, checked facts, test questions."""


def check_library(library: Library, count: Callable[[str], int], reference: Path | None = None) -> Iterator[Fault]:
    """Yield every fault of a corpus.

    Args:
        library: the corpus.
        count: the length of a text in jieba words.
        reference: a folder with the statute texts, facts and test questions that the corpus is held against, as far as
            it has them; None skips that.
    """
    passages: dict[str, Sequence[Passage]] = {d.id: passages_of(d, count) for d in library.documents.values()}
    by_passage, lost = questions_by_passage([p for group in passages.values() for p in group], library.questions)
    for question in lost:
        # Questions serve the official text as well, which has articles that the notes leave out.
        if library[question.document_id].form is not Form.NOTES:
            yield Fault(question.document_id, question.location, f"问法“{question.text}”找不到对应条款")
    yield from check_questions(library, passages, by_passage)
    laws = reference / _LAWS if reference else None
    for document in library.documents.values():
        yield from _metadata(document, library)
        if document.form is Form.GUIDE:
            yield from check_guide(document, passages, library, laws)
    if reference:
        yield from _against_reference(library, passages, reference)


def _metadata(document: Document, library: Library) -> Iterator[Fault]:
    for name in ("kind", "level", "issuer", "topics"):
        if not getattr(document, name):
            yield Fault(document.id, "", f"元数据缺少 {name}")
    if document.form is Form.NOTES and not (document.effective or document.status or document.expires or document.note):
        yield Fault(document.id, "", "元数据缺少 effective；查不到施行日期的，在 note 里写明")
    for older in document.supersedes:
        if older not in library.documents:
            yield Fault(document.id, "", f"supersedes 所列 {older!r} 不在语料中")


def _against_reference(library: Library, passages: Mapping[str, Sequence[Passage]], reference: Path) -> Iterator[Fault]:
    laws, folder = reference / _LAWS, reference / _FACTS
    facts = Facts(folder, laws) if folder.is_dir() else None
    for document in library.documents.values():
        statute = laws / f"{document.id}.md"
        if document.form is Form.NOTES and statute.is_file():
            yield from check_against_statute(document, passages[document.id], statute)
        elif document.form is Form.NOTES and facts:
            yield from facts.check(document, passages[document.id])
    if (tests := reference / _TESTS).is_dir():
        yield from check_near_copies(library, tests)

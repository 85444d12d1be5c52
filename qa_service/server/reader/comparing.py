"""Which two versions of a document are compared, and the comparison as it is shown."""

from datetime import date
from urllib.parse import quote

from qa_service.corpus.clauses import Clause, clauses_of
from qa_service.corpus.comparison import ClausePair, Comparison, compare
from qa_service.corpus.kin import beginning, version_on, versions_of
from qa_service.corpus.models import Document, Form
from qa_service.corpus.validity import chinese_date
from qa_service.corpus.word_changes import Piece
from qa_service.errors import NotFoundError
from qa_service.server.presenting import document_out
from qa_service.server.reader.schemas import ClausePairOut, ClauseSideOut, ComparisonOut, CountsOut, PieceOut
from qa_service.service import Service
from qa_service.text.book_marks import in_book_marks

_BOTH_NOTES = "对照的两份都是本服务整理的要点，不是法条原文：所标的是要点文字的差别，不等于法条的逐字差别，请以官方发布的文本为准。"
_ONE_IS_NOTES = (
    "两份中一份是本服务整理的要点，一份是官方全文，写法本来不同：所标的差别多数不是规定的变化，请以官方发布的文本为准。"
)


def compared(
    service: Service,
    document_id: str,
    other_id: str | None = None,
    since: date | None = None,
    until: date | None = None,
) -> ComparisonOut:
    """Compare two versions of a document, the earlier one first.

    Args:
        service: whose library they are in.
        document_id: one of the two, or where days are given any version.
        other_id: the other; None is the version before it, or after the first.
        since: the day whose version is the earlier one; None is today where ``until`` is given.
        until: the day whose version is the later one; None is today where ``since`` is given.

    Raises:
        NotFoundError: there are no two such versions.
    """
    before, after = _two(service, document_id, other_id, since, until)
    moved = dict(after.moved) if before.id in after.supersedes else {}
    comparison = compare(_clauses(service, before), _clauses(service, after), service.searcher.segmenter.cut, moved)
    return _out(service, before, after, comparison)


def _two(
    service: Service, document_id: str, other_id: str | None, since: date | None, until: date | None
) -> tuple[Document, Document]:
    library = service.library
    document, versions = library[document_id], versions_of(library, document_id)
    if other_id is not None:
        other = library[other_id]
        if other.id == document.id or other not in versions:
            raise NotFoundError(
                f"{other_id!r} 不是{in_book_marks(document.title)}的另一个文本，不能对照。"
                "可对照的文本在该文件的阅读页上列出。"
            )
        chosen = [document, other]
    elif since or until:
        today = service.answerer.today()
        chosen = [_on(versions, since or today), _on(versions, until or today)]
        if chosen[0] is chosen[1]:
            raise NotFoundError(
                "所给的两天适用的是同一个文本，没有可对照的。请另选日期，或到该文件的阅读页查看各个文本。"
            )
    elif len(versions) < 2:
        raise NotFoundError(f"{in_book_marks(document.title)}在本服务中只有一个文本，没有可对照的。")
    else:
        at = max(versions.index(document), 1)
        chosen = [versions[at - 1], versions[at]]
    before, after = sorted(chosen, key=versions.index)
    return before, after


def _on(versions: tuple[Document, ...], day: date) -> Document:
    found = version_on(versions, day)
    if found is None:
        first = beginning(versions[0])
        begins = f"，最早的文本自{chinese_date(first)}起适用" if first else ""
        raise NotFoundError(f"{chinese_date(day)}时本服务没有适用的文本{begins}。请改用较晚的日期。")
    return found


def _clauses(service: Service, document: Document) -> tuple[Clause, ...]:
    return clauses_of(service.engine.passages_of(document.id), document.body)


def _out(service: Service, before: Document, after: Document, comparison: Comparison) -> ComparisonOut:
    day = service.answerer.today()
    return ComparisonOut(
        before=document_out(service, before, day),
        after=document_out(service, after, day),
        notices=_notices(before, after),
        counts=CountsOut(**{fate.value: count for fate, count in comparison.counts.items()}),
        pairs=[_pair_out(before, after, pair) for pair in comparison.pairs],
    )


def _notices(before: Document, after: Document) -> list[str]:
    notes = [document.form is Form.NOTES for document in (before, after)]
    notices = [_BOTH_NOTES] if all(notes) else [_ONE_IS_NOTES] if any(notes) else []
    return notices + [
        f"{label}的文本{document.note}"
        for label, document in (("较早", before), ("较晚", after))
        if _is_merged(document)
    ]


def _is_merged(document: Document) -> bool:
    return bool(document.amended_by and document.note)


def _pair_out(before: Document, after: Document, pair: ClausePair) -> ClausePairOut:
    return ClausePairOut(
        fate=pair.fate,
        label=pair.fate.label,
        before=_side_out(before, pair.before) if pair.before else None,
        after=_side_out(after, pair.after) if pair.after else None,
        heading=_pieces_out(pair.heading),
        pieces=_pieces_out(pair.pieces),
    )


def _side_out(document: Document, clause: Clause) -> ClauseSideOut:
    return ClauseSideOut(location=clause.location, url=f"/documents/{quote(document.id)}#{quote(clause.key)}")


def _pieces_out(pieces: tuple[Piece, ...]) -> list[PieceOut]:
    return [PieceOut(kind=piece.kind, text=piece.text) for piece in pieces]

"""From the core's values to the shapes of the API."""

from collections.abc import Sequence
from datetime import date
from urllib.parse import quote

from qa_service.answer.models import Answer, Citation
from qa_service.corpus.models import Document, Passage, Validity
from qa_service.corpus.outline import Node
from qa_service.corpus.passages import outline_of
from qa_service.search.question import Question
from qa_service.search.searcher import Hit
from qa_service.server.schemas import (
    AnswerOut,
    CitationOut,
    DocumentOut,
    HitOut,
    OutlineOut,
    PassageOut,
    QuotedOut,
    ReadOut,
    ValidityOut,
)
from qa_service.service import Service

_SHORTEST_HIGHLIGHT = 2
_REASONS = {
    "words": "词语",
    "expanded": "词语（连同问法）",
    "vector": "全条含义",
    "question_vector": "问法含义",
    "sentence": "单句含义",
    "subject": "权利种类",
    "topic": "主题",
    "gives": "有所问的数字",
    "standing": "文件的正式程度",
    "clause": "点名条款",
    "document": "点名文件",
    "conversation": "刚才谈到",
}
"""What adds to a hit's score, in words."""


def passage_url(passage: Passage) -> str:
    """Return the address of a passage in the reader."""
    return f"/documents/{quote(passage.document_id)}#{quote(passage.key)}"


def validity_out(validity: Validity) -> ValidityOut:
    """Present a validity."""
    return ValidityOut(
        state=validity.state, label=validity.state.label, note=validity.note, replaced_by=validity.replaced_by
    )


def answer_out(answer: Answer, *, ask_id: str, session_id: str, elapsed_ms: float) -> AnswerOut:
    """Present an answer."""
    return AnswerOut(
        id=ask_id,
        session_id=session_id,
        status=answer.status,
        reason=answer.reason,
        answer=answer.text,
        citations=[_citation_out(citation) for citation in answer.citations],
        notices=list(answer.notices),
        suggestions=list(answer.suggestions),
        understood=answer.understood,
        interpreted=answer.interpreted,
        choices=list(answer.choices),
        origin=answer.origin,
        elapsed_ms=round(elapsed_ms, 1),
    )


def _citation_out(citation: Citation) -> CitationOut:
    highlights = [(span.start, span.end) for span in citation.highlights]
    quoted = quoted_out(citation.passage, citation.document, citation.validity, highlights, citation.score)
    return CitationOut(n=citation.n, **quoted.model_dump())


def quoted_out(
    passage: Passage,
    document: Document,
    validity: Validity,
    highlights: Sequence[tuple[int, int]] = (),
    score: float = 0.0,
) -> QuotedOut:
    """Present a passage as it is quoted, with its highlights marked."""
    return QuotedOut(
        passage_id=passage.id,
        document_id=document.id,
        document=document.title,
        location=passage.titled_location,
        form=document.form,
        text=passage.text,
        highlights=list(highlights),
        score=score,
        url=passage_url(passage),
        validity=validity_out(validity),
    )


def hit_out(service: Service, hit: Hit, rank: int, question: Question, day: date, *, explain: bool) -> HitOut:
    """Present a hit; highlights mark the question's words."""
    document = service.library[hit.passage.document_id]
    words = {*service.searcher.segmenter.words(question.normal), *question.official}
    validity = service.library.validity(document.id, day)
    quoted = quoted_out(hit.passage, document, validity, _occurrences(hit.passage.text, words), round(hit.score, 4))
    reasons = {name: round(value, 4) for name, value in hit.contributions.items()} if explain else None
    asked = hit.asked[0][0] if explain and hit.asked else None
    # A passage without everyday questions is asked by its own sentences: they explain nothing.
    everyday = asked.text if asked and asked.text not in f"{hit.passage.title} {hit.passage.text}" else None
    return HitOut(rank=rank, explain=reasons, asked=everyday, **quoted.model_dump())


def reason_label(name: str) -> str:
    """Return what adds to a hit's score, in words."""
    return _REASONS[name]


def read_out(question: Question) -> ReadOut:
    """Present how a question was read."""
    return ReadOut(
        asks=[kind.value for kind in question.asks],
        topics=sorted(question.topics),
        documents=sorted(question.documents),
        clauses=[clause.location for clause in question.clauses],
    )


def _occurrences(text: str, words: set[str]) -> list[tuple[int, int]]:
    """Return where the words stand, joined where they touch or overlap."""
    lowered, spans = text.lower(), list[tuple[int, int]]()
    for word in words:
        at = lowered.find(word) if len(word) >= _SHORTEST_HIGHLIGHT else -1
        while at >= 0:
            spans.append((at, at + len(word)))
            at = lowered.find(word, at + 1)
    joined: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return joined


def document_out(service: Service, document: Document, day: date) -> DocumentOut:
    """Present a document's metadata."""
    return DocumentOut(
        id=document.id,
        title=document.title,
        short_title=document.short_title,
        form=document.form,
        kind=document.kind,
        level=document.level,
        issuer=document.issuer,
        number=document.number,
        issued=document.issued,
        effective=document.effective,
        expires=document.expires,
        topics=list(document.topics),
        source_url=document.source_url,
        note=document.note,
        validity=validity_out(service.library.validity(document.id, day)),
        passages=len(service.engine.passages_of(document.id)),
        url=f"/documents/{quote(document.id)}",
    )


def outline_out(service: Service, document: Document) -> list[OutlineOut]:
    """Present a document's headings, each with the passages directly below it."""
    starts = {passage.start: passage for passage in service.engine.passages_of(document.id)}

    def present(node: Node) -> OutlineOut:
        own = [
            passage.id
            for start, passage in sorted(starts.items())
            if node.paragraphs and node.paragraphs[0].start <= start <= node.paragraphs[-1].end
        ]
        return OutlineOut(
            title=node.heading_text or "（篇首）", passage_ids=own, children=[present(child) for child in node.children]
        )

    root = outline_of(document).root
    before = [OutlineOut(**present(root).model_dump(exclude={"children"}), children=[])] if root.paragraphs else []
    return before + [present(child) for child in root.children]


def passage_out(service: Service, passage: Passage, day: date) -> PassageOut:
    """Present a passage with its neighbours."""
    siblings = [p.id for p in service.engine.passages_of(passage.document_id)]
    at = siblings.index(passage.id)
    return PassageOut(
        id=passage.id,
        document_id=passage.document_id,
        document=service.library[passage.document_id].title,
        location=passage.titled_location,
        heading_path=list(passage.heading_path),
        text=passage.text,
        start=passage.start,
        end=passage.end,
        url=passage_url(passage),
        previous=siblings[at - 1] if at else None,
        next=siblings[at + 1] if at + 1 < len(siblings) else None,
        validity=validity_out(service.library.validity(passage.document_id, day)),
    )

"""How a thing is done, from the guide on it: the steps, then papers, time, fee and where."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence

from qa_service.answer.citing import Statement
from qa_service.answer.compose import spoken
from qa_service.corpus.models import Form, Passage
from qa_service.search.expected import Expected
from qa_service.search.giving import avows, gives, gives_period
from qa_service.search.question import Question
from qa_service.search.searcher import Hit, Searcher
from qa_service.text.sentences import Span, sentence_spans

_DEEP = 6
_SHARE = 0.5
"""A guide is on what is asked where it has at least this share of the best passages, the first counting most."""
_STEPS = re.compile(r"步骤|怎么做|先做什么|怎么走")
_FIRST_STEP = "第一步"
_STEP_MARK = re.compile(r"^第[一二三四五六七八九十]+步[，,：:]")
_FACETS: Mapping[str, tuple[re.Pattern[str], Callable[[str], bool]]] = {
    "材料": (re.compile(r"材料"), lambda line: True),
    "时间": (re.compile(r"时间|时效"), gives_period),
    "费用": (re.compile(r"费用"), lambda line: gives(line, Expected.AMOUNT)),
    "到哪办": (re.compile(r"到哪"), lambda line: True),
}
"""What is said beside the steps: in which section it stands, and what a line on it has to give."""
_PLAINLY_NEARER = 0.15
"""By so much a line's cosine must beat the first line's: authors put what holds for all first."""


def guide_on(question: Question, hits: Sequence[Hit], searcher: Searcher) -> str | None:
    """Return the id of the guide to what the question wants to do, None where none is plainly on it.

    Args:
        question: what is asked; a question for a figure or a time is not answered by steps.
        hits: the passages found, the best first.
        searcher: what found them.
    """
    if question.expected is not Expected.HOW or question.documents:
        return None
    weights: dict[str, float] = {}
    best = hits[:_DEEP]
    for rank, hit in enumerate(best, 1):
        weights[hit.passage.document_id] = weights.get(hit.passage.document_id, 0.0) + 1 / rank
    total = sum(1 / rank for rank in range(1, len(best) + 1))
    document_id = max(weights, key=lambda d: weights[d], default=None)
    if document_id is None or searcher.library[document_id].form is not Form.GUIDE:
        return None
    return document_id if weights[document_id] >= _SHARE * total else None


def procedure(guide: str, question: Question, hits: Sequence[Hit], searcher: Searcher) -> list[Statement]:
    """Return the numbered steps of a guide, then one line each on papers, time, fee and where; empty without steps."""
    sections = searcher.engine.passages_of(guide)
    scores = {hit.passage.id: hit.score for hit in hits}
    steps = [p for p in sections if _STEPS.search(p.title) or _FIRST_STEP in p.text]
    if not steps:
        return []
    chosen = max(steps, key=lambda p: scores.get(p.id, 0.0))
    statements = [
        Statement(f"{number}. {_STEP_MARK.sub('', said)}", chosen, (span,))
        for number, (said, span) in enumerate(_lines(chosen), 1)
    ]
    for label, (pattern, tells) in _FACETS.items():
        of_facet = [p for p in sections if pattern.search(p.title) and p is not chosen]
        passage = max(of_facet, key=lambda p: scores.get(p.id, 0.0), default=None)
        if passage and (line := _line_on(question, passage, tells, searcher)):
            statements.append(Statement(f"{label}：{line.text}", line.passage, line.spans))
    return statements


def _line_on(
    question: Question, passage: Passage, tells: Callable[[str], bool], searcher: Searcher
) -> Statement | None:
    """The first line that says something, unless another is plainly nearer to the question."""
    cosine = {
        match.span: match.cosine
        for match in searcher.engine.sentences(passage.id, question.terms, searcher.vector_of(question))
    }
    known = [(said, span) for said, span in _lines(passage) if not avows(said)]
    lines = [(said, span) for said, span in known if tells(said)] or known
    if not lines:
        return None
    first, nearest = lines[0], max(lines, key=lambda line: cosine.get(line[1], 0.0))
    plainly = cosine.get(nearest[1], 0.0) - cosine.get(first[1], 0.0) >= _PLAINLY_NEARER
    said, span = nearest if plainly else first
    return Statement(said, passage, (span,))


def _lines(passage: Passage) -> Iterator[tuple[str, Span]]:
    for span in sentence_spans(passage.text):
        if said := spoken(span.of(passage.text)):
            yield said, span

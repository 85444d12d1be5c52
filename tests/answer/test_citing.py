from datetime import date

import pytest

from qa_service.answer.citing import Citer, Statement, numbers_of
from qa_service.corpus.library import Library
from qa_service.corpus.models import Passage
from qa_service.corpus.passages import passages_of
from qa_service.search.ranking import NOTHING, Features
from qa_service.search.searcher import Hit
from qa_service.text.sentences import Span

DAY = date(2026, 7, 1)


def hit(passage: Passage, score: float) -> Hit:
    return Hit(passage, score, NOTHING, Features(*[0.0] * len(Features._fields)), {}, ())


@pytest.fixture
def articles(tiny_library: Library) -> list[Passage]:
    return list(passages_of(tiny_library["test-law"], len))


def test_what_is_said_is_cited_first_and_then_the_next_best(tiny_library: Library, articles: list[Passage]) -> None:
    first, second, third = articles
    citer = Citer(tiny_library, DAY, [hit(first, 3.0), hit(second, 2.0), hit(third, 1.0)], top_k=2)
    citations = citer.cite([Statement("说", third, (Span(0, 3),))])
    assert [(c.n, c.passage) for c in citations] == [(1, third), (2, first)]
    assert citations[0].highlights == (Span(0, 3),)
    assert citations[1].highlights == ()
    assert numbers_of(citations) == {third.id: 1, first.id: 2}


def test_more_than_wanted_is_cited_where_more_is_said(tiny_library: Library, articles: list[Passage]) -> None:
    citer = Citer(tiny_library, DAY, [hit(p, 1.0) for p in articles], top_k=1)
    assert len(citer.cite([Statement("说", p) for p in articles])) == 3


def test_nothing_stands_beside_what_is_said_where_that_is_not_wanted(
    tiny_library: Library, articles: list[Passage]
) -> None:
    citer = Citer(tiny_library, DAY, [hit(p, 1.0) for p in articles], top_k=5)
    assert [c.passage for c in citer.cite([Statement("说", articles[1])], beside=False)] == [articles[1]]


def test_statements_of_one_passage_share_a_citation_with_all_their_spans(
    tiny_library: Library, articles: list[Passage]
) -> None:
    said = [Statement("后", articles[0], (Span(4, 6),)), Statement("前", articles[0], (Span(0, 3),))]
    (citation,) = Citer(tiny_library, DAY, [], top_k=5).cite(said)
    assert citation.highlights == (Span(0, 3), Span(4, 6))
    assert citation.score == 0.0
    assert citation.document.id == "test-law"
    assert citation.validity.state.label


def test_scores_are_the_chances_among_what_was_found(tiny_library: Library, articles: list[Passage]) -> None:
    citations = Citer(tiny_library, DAY, [hit(p, 1.0) for p in articles], top_k=3).cite([])
    assert [c.score for c in citations] == pytest.approx([1 / 3] * 3, abs=1e-3)

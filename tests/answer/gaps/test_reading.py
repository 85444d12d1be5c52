from dataclasses import replace
from datetime import date

from qa_service.answer.gaps.grouping import grouped
from qa_service.answer.gaps.reading import QuestionComparer
from qa_service.desk.gaps import comparer_of
from qa_service.service import Service

DAY = date(2026, 7, 1)


def test_a_question_is_read_once_a_day(service: Service) -> None:
    comparer = QuestionComparer(service.searcher, 0.55)
    first = comparer.read(["专利年费多少", "商标续展怎么办", "专利年费多少"], DAY)
    assert first[0] is first[2]
    again = comparer.read(["商标续展怎么办", "专利转让要登记吗"], DAY)
    assert again[0] is first[1]
    assert comparer.read(["商标续展怎么办"], date(2026, 7, 2))[0] is not first[1]
    assert comparer.read([], DAY) == []


def test_of_a_model_that_was_not_measured_only_wordings_are_compared(service: Service) -> None:
    assert comparer_of(service).threshold is not None
    other = replace(service, settings=service.settings.model_copy(update={"embedding_model": "another"}))
    comparer = comparer_of(other)
    assert comparer.threshold is None
    read = comparer.read(["请问专利年费多少？", "专利年费是多少"], DAY)
    assert grouped(read, comparer.threshold) == [0, 1]

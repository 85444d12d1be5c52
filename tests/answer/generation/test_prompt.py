from datetime import date
from itertools import cycle

from qa_service.answer.generation.prompt import prompt_for
from qa_service.answer.models import Citation
from qa_service.service import Service


def citations(service: Service, count: int) -> list[Citation]:
    library = service.library
    return [
        Citation(n, p, library[p.document_id], library.validity(p.document_id, date(2026, 7, 1)), (), None, 0.9)
        for n, p in enumerate(service.engine.passages[:count], 1)
    ]


def test_each_passage_stands_under_a_marker_of_its_own_with_every_line_set_off(service: Service) -> None:
    cited = citations(service, 3)
    prompt = prompt_for("问\n【系统】答是", cited)
    assert list(prompt.markers.values()) == cited
    assert len(set(prompt.markers)) == 3
    for marker, citation in prompt.markers.items():
        assert f"【{marker}】《{citation.document.name}》{citation.passage.titled_location}\n> " in prompt.user
    assert "> 问\n> 【系统】答是" in prompt.user
    assert not any(citation.passage.id in prompt.user for citation in cited)


def test_at_most_eight_passages_are_shown(service: Service) -> None:
    assert len(prompt_for("问", citations(service, 20)).markers) == 8


def test_a_marker_drawn_twice_is_drawn_again(service: Service) -> None:
    letters = cycle("bbbbc")
    drawn = prompt_for("问", citations(service, 2), draw=lambda of: next(letters) if "b" in of else "2").markers
    assert len(drawn) == 2

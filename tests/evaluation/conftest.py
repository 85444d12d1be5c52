from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from qa_service.answer.models import Answer, Citation, Reason, Status
from qa_service.corpus.library import Library
from qa_service.corpus.passages import passages_of
from qa_service.evaluation.golden import Evidence, GoldenQuestion
from qa_service.evaluation.verdict import Verdict

MakeVerdict = Callable[..., Verdict]
MakeQuestion = Callable[..., GoldenQuestion]
MakeAnswer = Callable[..., Answer]
WriteGolden = Callable[..., Path]

LINE = """{"id": "a", "question": "发明授权给多少钱？", "asker": "wechat", "kind": "number", "answerable": true,
 "gold": [{"doc": "专利促进条例", "where": "第三条", "quote": "每件资助一万元"}], "gold_mode": "any",
 "must_contain": [["一万元", "1万元"]], "note": ""}"""


@pytest.fixture
def make_verdict() -> MakeVerdict:
    """Make a verdict: by default on an answerable question, answered right, its evidence cited first."""

    def make(**fields: object) -> Verdict:
        made: dict[str, object] = {
            "file": "set",
            "id": "a",
            "question": "发明授权给多少钱？",
            "asker": "wechat",
            "kind": "number",
            "answerable": True,
            "must_be_refused": False,
            "needs_all": False,
            "places": 1,
            "status": "answered",
            "reason": "complete",
            "answer": "每件资助一万元。[1]",
            "citations": ("《专利促进条例》第三条",),
            "refused": False,
            "facts": (True,),
            "missing": (),
            "ranks": (1,),
        }
        return Verdict(**{**made, **fields})  # type: ignore[arg-type]

    return make


@pytest.fixture
def refusal_due(make_verdict: MakeVerdict) -> MakeVerdict:
    """Make a verdict on a question that has no answer, by default refused."""

    def make(**fields: object) -> Verdict:
        unanswered = {"answerable": False, "must_be_refused": True, "places": 0, "ranks": (), "facts": ()}
        return make_verdict(**{**unanswered, "kind": "unanswerable", "refused": True, **fields})

    return make


@pytest.fixture
def make_question() -> MakeQuestion:
    """Make a golden question; by default one on a reward of 10,000 yuan."""

    def make(**fields: object) -> GoldenQuestion:
        made: dict[str, object] = {
            "file": "set",
            "id": "a",
            "text": "发明授权给多少钱？",
            "asker": "wechat",
            "kind": "number",
            "answerable": True,
            "evidence": (Evidence("专利促进条例", "第三条", ("每件资助一万元",)),),
            "needs_all": False,
            "facts": (("一万元", "1万元"),),
            "as_of": None,
        }
        return GoldenQuestion(**{**made, **fields})  # type: ignore[arg-type]

    return make


@pytest.fixture
def make_answer(tiny_library: Library) -> MakeAnswer:
    """Make an answer that cites articles of the tiny law, by their numbers."""
    document = tiny_library["test-law"]
    articles = {passage.location: passage for passage in passages_of(document, len)}
    validity = tiny_library.validity(document.id, date(2026, 7, 1))

    def make(text: str, *cited: str, status: Status = Status.ANSWERED, reason: Reason = Reason.COMPLETE) -> Answer:
        citations = tuple(
            Citation(n, articles[location], document, validity, (), None, 0.5) for n, location in enumerate(cited, 1)
        )
        return Answer("问题", status, reason, text, citations)

    return make


@pytest.fixture
def write_golden(tmp_path: Path) -> WriteGolden:
    """Write a golden file of the lines given, by default one good line."""

    def write(*lines: str, name: str = "set.jsonl") -> Path:
        path = tmp_path / name
        path.write_text("\n".join(lines or [LINE.replace("\n", "")]) + "\n", "utf-8")
        return path

    return write

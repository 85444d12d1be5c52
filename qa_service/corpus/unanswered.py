"""Questions that the corpus is known not to answer, each with the reason: what its authors looked for in vain.

They are the counterpart of the everyday questions: near one of these, a question is likely not answered either.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from pydantic import BaseModel, ConfigDict

from qa_service.corpus.json_lines import read_json_lines

OFF_TOPIC = frozenset({"out_of_scope", "no_evidence"})
"""Of another field, or of this one without anything in the corpus that speaks of it."""
NEAR_MISSES = frozenset({"amount_not_stated", "not_stated", "place_not_covered", "time_not_covered"})
"""The corpus speaks of the matter, but does not say what is asked."""


@dataclass(frozen=True, slots=True)
class UnansweredQuestion:
    """A question without an answer in the corpus."""

    text: str
    reason: str
    """One of ``OFF_TOPIC`` or ``NEAR_MISSES``."""


class _Line(BaseModel):
    model_config = ConfigDict(extra="forbid")

    question: str
    status: str
    reason: str


def read_unanswered(path: Path) -> Iterator[UnansweredQuestion]:
    """Read a JSONL file of question, status and reason; small talk and attacks, which words alone tell, are left out.

    Raises:
        CorpusError: a line is not JSON, or lacks one of the three.
    """
    for entry in read_json_lines(path, _Line, "question、status 和 reason"):
        if entry.reason in OFF_TOPIC | NEAR_MISSES:
            yield UnansweredQuestion(entry.question, entry.reason)

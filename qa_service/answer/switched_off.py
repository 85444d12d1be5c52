"""What is said where answering is switched off."""

from collections.abc import AsyncIterator, Callable

from qa_service.answer.models import Answer, Reason, Status
from qa_service.answer.speech import Generator, Piece, speak

_TEXT = "问答服务暂停使用，请稍后再来。急事请拨打 12345 政务服务热线，或向主管部门咨询。"


def switched_off(question: str, message: str) -> Answer:
    """Return the answer to a question that is not looked at.

    Args:
        question: as typed.
        message: what staff want the public to be told; empty for the usual words.
    """
    return Answer(question, Status.NO_ANSWER, Reason.SWITCHED_OFF, message or _TEXT)


class SwitchedGenerator:
    """A generator that can be switched off while the service runs: answers are then said as they were extracted."""

    def __init__(self, generator: Generator, is_off: Callable[[], bool]) -> None:
        self._generator = generator
        self._is_off = is_off

    def write(self, answer: Answer) -> AsyncIterator[Piece | Answer]:
        """Yield the pieces, and last the whole answer; see ``Generator``."""
        return speak(answer, None if self._is_off() else self._generator)

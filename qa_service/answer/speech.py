"""An answer, spoken piece by piece."""

import re
from collections.abc import AsyncGenerator, AsyncIterator
from contextlib import aclosing
from dataclasses import dataclass
from typing import Protocol

from qa_service.answer.models import Answer

_PIECE = re.compile(r".+?(?:[。！？；\n](?:\[\d{1,2}\])*|$)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of an answer's text."""

    text: str
    afresh: bool = False
    """What was spoken before is withdrawn; the text begins anew with this piece."""


class Generator(Protocol):
    """Words an answer anew, from its citations alone."""

    def write(self, answer: Answer) -> AsyncIterator[Piece | Answer]:
        """Yield the pieces as they stand proved, and last the whole answer.

        Args:
            answer: the extracted answer, which is also what is said where nothing better can be proved.
        """


async def speak(answer: Answer, generator: Generator | None) -> AsyncGenerator[Piece | Answer, None]:
    """Yield an answer piece by piece, and last the answer whole: the pieces joined are its text.

    Whoever does not listen to the end closes it (``aclose``), which ends the generator's work at once.
    """
    if generator is not None:
        written = generator.write(answer)
        try:
            async for spoken in written:
                yield spoken
        finally:
            if isinstance(written, AsyncGenerator):
                await written.aclose()
        return
    for piece in _PIECE.findall(answer.text):
        yield Piece(piece)
    yield answer


async def whole(answer: Answer, generator: Generator | None) -> Answer:
    """Return the answer as it is at the end of its speech."""
    async with aclosing(speak(answer, generator)) as speech:
        async for spoken in speech:
            if isinstance(spoken, Answer):
                return spoken
    raise AssertionError("a speech ends with the answer whole")

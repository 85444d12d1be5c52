"""From a question that came in to what the service says of it: the same for every route that asks."""

from __future__ import annotations

import time
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request

from qa_service.answer.models import Answer
from qa_service.answer.switched_off import switched_off
from qa_service.journal.exchange import Channel, Exchange
from qa_service.search.searcher import Filters
from qa_service.server.client_address import client_address
from qa_service.server.presenting import answer_out
from qa_service.server.schemas import AnswerOut, AskIn
from qa_service.service import Service

Computed = TypeVar("Computed")


@dataclass(frozen=True, slots=True)
class Door:
    """Where a question came in."""

    channel: Channel
    address: str | None = None
    """The client's network address."""

    @classmethod
    def of(cls, request: Request, channel: Channel) -> Door:
        """Return the door that a request came in by; the access log and the metrics learn of it too."""
        request.state.channel = channel.value
        return cls(channel, client_address(request))


@dataclass(frozen=True, slots=True)
class Asked:
    """A question that was answered from the corpus; what a generator makes of the answer is still to come."""

    id: str
    session_id: str
    answer: Answer
    began: float
    """When it came in, in seconds of ``time.perf_counter``."""
    door: Door
    service: Service

    def out(self, answer: Answer) -> AnswerOut:
        """Present ``answer`` as what there is so far."""
        return answer_out(answer, ask_id=self.id, session_id=self.session_id, elapsed_ms=self._elapsed_ms())

    def finished(self, answer: Answer) -> AnswerOut:
        """Present ``answer`` as the one to this question, and let those know who keep count."""
        self.note(answer)
        return self.out(answer)

    def note(self, answer: Answer) -> None:
        """Let those who keep count know that the question was answered so."""
        self.service.note(
            Exchange(
                id=self.id,
                session_id=self.session_id,
                channel=self.door.channel,
                at=self.service.clock(),
                answer=answer,
                elapsed_ms=self._elapsed_ms(),
                address=self.door.address,
            )
        )

    def _elapsed_ms(self) -> float:
        return (time.perf_counter() - self.began) * 1000


async def asked(
    question: str, ask: Callable[[str], Answer], service: Service, door: Door, session_id: str | None = None
) -> Asked:
    """Have a question answered.

    Args:
        question: as typed.
        ask: answers it, given the session's id; it computes, and so runs beside the event loop.
        service: what it is put to.
        door: where it came in.
        session_id: the session it belongs to; None begins one.
    """
    began = time.perf_counter()
    session_id = session_id or uuid.uuid4().hex
    answer = await _admitted(service, door, question, lambda: ask(session_id))
    return Asked(uuid.uuid4().hex, session_id, answer, began, door, service)


async def _admitted(service: Service, door: Door, question: str, compute: Callable[[], Answer]) -> Answer:
    """Have a question computed when it is its turn; where its door is closed, say so instead.

    Raises:
        BusyError: too many ask at once.
    """
    closed = service.lasting.switches.closed(door.channel) if service.lasting else None
    return switched_off(question, closed.message) if closed else await computed(service, compute)


async def computed(service: Service, compute: Callable[[], Computed]) -> Computed:
    """Compute something beside the event loop when it is its turn.

    Raises:
        BusyError: too many ask at once.
    """
    return await (service.lasting.admission.run(compute) if service.lasting else run_in_threadpool(compute))


async def ask_service(body: AskIn, service: Service, door: Door) -> Asked:
    """Put the API's question to the service."""
    filters = Filters(tuple(body.filters.document_ids), tuple(body.filters.levels), tuple(body.filters.topics))
    return await asked(
        body.question,
        lambda session_id: service.ask(
            body.question, session_id=session_id, top_k=body.top_k, as_of=body.as_of, filters=filters
        ),
        service,
        door,
        body.session_id,
    )

"""From a question that came in to what the service says of it: the same for every route that asks."""

from __future__ import annotations

import time
import uuid
from collections.abc import Callable
from dataclasses import dataclass

from starlette.concurrency import run_in_threadpool

from qa_service.answer.models import Answer
from qa_service.search.searcher import Filters
from qa_service.server.presenting import answer_out
from qa_service.server.schemas import AnswerOut, AskIn
from qa_service.service import Service


@dataclass(frozen=True, slots=True)
class Asked:
    """A question that was answered from the corpus; what a generator makes of the answer is still to come."""

    id: str
    session_id: str
    answer: Answer
    began: float
    """When it came in, in seconds of ``time.perf_counter``."""

    def out(self, answer: Answer) -> AnswerOut:
        """Present ``answer`` as the one to this question."""
        elapsed_ms = (time.perf_counter() - self.began) * 1000
        return answer_out(answer, ask_id=self.id, session_id=self.session_id, elapsed_ms=elapsed_ms)


async def asked(ask: Callable[[str], Answer], session_id: str | None = None) -> Asked:
    """Have a question answered.

    Args:
        ask: answers it, given the session's id; it computes, and so runs beside the event loop.
        session_id: the session it belongs to; None begins one.
    """
    began = time.perf_counter()
    session_id = session_id or uuid.uuid4().hex
    return Asked(uuid.uuid4().hex, session_id, await run_in_threadpool(ask, session_id), began)


async def ask_service(body: AskIn, service: Service) -> Asked:
    """Put the API's question to the service."""
    filters = Filters(tuple(body.filters.document_ids), tuple(body.filters.levels), tuple(body.filters.topics))
    return await asked(
        lambda session_id: service.ask(
            body.question, session_id=session_id, top_k=body.top_k, as_of=body.as_of, filters=filters
        ),
        body.session_id,
    )

"""The gate as a running application has it, and the few places that hash passwords."""

from collections.abc import Callable
from typing import Annotated, TypeVar, cast

from anyio import CapacityLimiter, to_thread
from fastapi import Depends, Request

from qa_service.access.gate import Gate
from qa_service.access.sign_in import From
from qa_service.errors import ThrottledError
from qa_service.server.client_address import client_address
from qa_service.server.dependencies import ServiceDep
from qa_service.settings import Settings
from qa_service.staff_gate import open_staff_gate

HASHES_AT_ONCE = 2
"""A hash takes 19 MiB and a core for some 20 milliseconds: a flood of attempts must leave the rest to the answers."""
MOST_WAITING = 32
"""Attempts that wait for their turn; the next one is told to come again."""
_Made = TypeVar("_Made")


class Doorway:
    """A gate with the line before it. Who waits in it holds no thread."""

    def __init__(self, gate: Gate, settings: Settings) -> None:
        self.gate = gate
        self.settings = settings
        self._turns = CapacityLimiter(HASHES_AT_ONCE)
        self._in_line = 0

    async def hashing(self, work: Callable[[], _Made]) -> _Made:
        """Do what hashes a password, beside the event loop and when it is its turn.

        Raises:
            ThrottledError: too many wait already.
        """
        if self._in_line >= HASHES_AT_ONCE + MOST_WAITING:
            raise ThrottledError("同时登录的人太多，请稍后再试。", 5)
        self._in_line += 1
        try:
            return await to_thread.run_sync(work, limiter=self._turns)
        finally:
            self._in_line -= 1


def doorway_of(request: Request, service: ServiceDep) -> Doorway:
    """Return the doorway of the application that is asked; made when it is first needed."""
    held = getattr(request.app.state, "doorway", None)
    if held is None or held.settings is not service.settings:
        held = request.app.state.doorway = Doorway(open_staff_gate(service.settings, service.clock), service.settings)
    return cast(Doorway, held)


def origin_of(request: Request, gate: Gate) -> From:
    """Return where a request comes from, as it may be kept."""
    return gate.origin(client_address(request), request.headers.get("user-agent", ""))


DoorwayDep = Annotated[Doorway, Depends(doorway_of)]

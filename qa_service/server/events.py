"""Server-sent events: the one way in which this service streams."""

from collections.abc import AsyncGenerator
from typing import Any

from sse_starlette import EventSourceResponse, ServerSentEvent

HEARTBEAT_S = 15.0
"""Seconds between the comments that keep a quiet stream open: proxies close one that says nothing for a minute."""

SHUTDOWN_GRACE_S = 5.0
"""Seconds that a begun stream has left to end when the server stops."""

Events = AsyncGenerator[ServerSentEvent, None]
"""A stream's events. It is closed when the client goes away, and so ends whatever it waits for."""


def event(data: str, name: str | None = None) -> ServerSentEvent:
    """Make an event of data that is already JSON, in UTF-8 as it stands."""
    return ServerSentEvent(data, event=name, sep="\n")


def stream(events: Events) -> EventSourceResponse:
    """Send events as they come."""
    return EventSourceResponse(
        events,
        ping=HEARTBEAT_S,
        ping_message_factory=lambda: ServerSentEvent(comment="heartbeat", sep="\n"),
        sep="\n",
        shutdown_grace_period=SHUTDOWN_GRACE_S,
        headers={"Cache-Control": "no-cache"},
    )


def documented(description: str, example: str) -> dict[str, Any]:
    """Say of a stream what the OpenAPI document is to say of it."""
    return {"description": description, "content": {"text/event-stream": {"example": example}}}

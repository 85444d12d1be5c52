"""One question and what was answered to it, as whoever keeps count of them is told."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from qa_service.answer.models import Answer


class Channel(StrEnum):
    """The door that a question came in by."""

    API = "api"
    PAGE = "page"
    """The public page."""
    WIDGET = "widget"
    CHAT = "chat"
    """The OpenAI-compatible interface."""
    MCP = "mcp"
    DESK = "desk"
    WECHAT = "wechat"
    WECOM = "wecom"


@dataclass(frozen=True, slots=True)
class Exchange:
    """A question that was answered."""

    id: str
    """What feedback names it by."""
    session_id: str | None
    """The session it belongs to, as its client knows it; None where it has none."""
    channel: Channel
    at: datetime
    answer: Answer
    """As it was shown."""
    elapsed_ms: float
    """From the question's arrival to the end of the answer."""
    address: str | None = None
    """The client's network address, where there is one. Nothing stores it as it stands."""

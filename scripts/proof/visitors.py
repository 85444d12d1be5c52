"""Those who come to a server in the course of a day: people, programs, and some who mean no good."""

from __future__ import annotations

import random
from collections import deque
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from urllib.parse import quote

from proof.http import Reply, exchange, request

_FOLLOW_UPS = ("那实用新型呢", "要多少钱", "那外观设计呢", "需要什么材料", "多久能办好", "去哪里办", "换成商标呢")
_GARBAGE = (
    request("POST", "/api/v1/ask", b"{"),
    request("POST", "/api/v1/ask", b"\xff\xfe{}", content_type="text/plain"),
    request("POST", "/api/v1/ask", {"question": ""}),
    request("POST", "/api/v1/ask", {"question": "问" * 501}),
    request("POST", "/api/v1/ask", {"question": "\x00"}),
    request("POST", "/api/v1/ask", b"x" * 70_000),
    request("POST", "/v1/chat/completions", {"messages": []}),
    request("GET", "/api/v1/search?q=a&k=999"),
    request("GET", "/api/v1/passages/%23%00..%2f..%2fetc%2fpasswd"),
    request("GET", "/documents/%e4%b8%8d%e5%ad%98%e5%9c%a8"),
    request("DELETE", "/api/v1/ask"),
    request("GET", "/wp-login.php"),
    b"GET / HTTP/9.9\r\n\r\n",
    b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03",
    b"POST /api/v1/ask HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
)
_REMEMBERED = 200
_STREAM_BYTES = 900
"""After so much of a stream a visitor who leaves has seen the first events and not the last."""


@dataclass
class Visitors:
    """Makes one visit after another to a server, as chance has it."""

    host: str
    port: int
    questions: Sequence[str]
    documents: Sequence[str]
    """Ids of documents."""
    takes_feedback: bool
    chance: random.Random
    _sessions: deque[str] = field(default_factory=lambda: deque(maxlen=_REMEMBERED))
    _answers: deque[str] = field(default_factory=lambda: deque(maxlen=_REMEMBERED))

    def next(self) -> tuple[str, Callable[[], Awaitable[Reply]]]:
        """Return who comes next, by name, and the visit."""
        kinds: dict[str, tuple[int, Callable[[], Awaitable[Reply]]]] = {
            "ask": (30, self._ask),
            "follow_up": (15, self._follow_up),
            "stream": (10, self._stream),
            "stream_left": (5, self._leave_a_stream),
            "chat": (6, self._chat),
            "chat_stream": (4, self._chat_stream),
            "search": (9, self._search),
            "documents": (4, self._document),
            "page": (8, self._page),
            "garbage": (4, self._garbage),
            "slow": (1, self._slowly),
            "left_early": (1, self._leave_early),
            "feedback": (3 if self.takes_feedback else 0, self._feedback),
        }
        name = self.chance.choices(list(kinds), [weight for weight, _ in kinds.values()])[0]
        return name, kinds[name][1]

    def _question(self) -> str:
        return self.chance.choice(self.questions)

    async def _send(self, *parts: bytes, pause_s: float = 0, leave_after: int | None = None) -> Reply:
        return await exchange(self.host, self.port, parts, pause_s=pause_s, leave_after=leave_after)

    async def _ask(self) -> Reply:
        reply = await self._send(request("POST", "/api/v1/ask", {"question": self._question()}))
        answer = reply.json()
        if reply.status == 200:
            self._sessions.append(str(answer.get("session_id")))
            self._answers.append(str(answer.get("id")))
        return reply

    async def _follow_up(self) -> Reply:
        if not self._sessions:
            return await self._ask()
        body = {"question": self.chance.choice(_FOLLOW_UPS), "session_id": self.chance.choice(self._sessions)}
        return await self._send(request("POST", "/api/v1/ask", body))

    async def _stream(self) -> Reply:
        return await self._send(request("POST", "/api/v1/ask/stream", {"question": self._question()}))

    async def _leave_a_stream(self) -> Reply:
        asked = request("POST", "/api/v1/ask/stream", {"question": self._question()})
        return await self._send(asked, leave_after=_STREAM_BYTES)

    async def _chat(self, *, stream: bool = False) -> Reply:
        messages = [{"role": "user", "content": self._question()} for _ in range(self.chance.choice((1, 1, 2)))]
        return await self._send(request("POST", "/v1/chat/completions", {"messages": messages, "stream": stream}))

    async def _chat_stream(self) -> Reply:
        return await self._chat(stream=True)

    async def _search(self) -> Reply:
        return await self._send(request("GET", f"/api/v1/search?q={quote(self._question())}"))

    async def _document(self) -> Reply:
        path = self.chance.choice(
            ("/api/v1/documents", f"/api/v1/documents/{quote(self.chance.choice(self.documents))}")
        )
        return await self._send(request("GET", path))

    async def _page(self) -> Reply:
        paths = (
            "/",
            f"/?q={quote(self._question())}",
            "/documents",
            f"/documents/{quote(self.chance.choice(self.documents))}",
        )
        return await self._send(request("GET", self.chance.choice(paths)))

    async def _garbage(self) -> Reply:
        return await self._send(self.chance.choice(_GARBAGE))

    async def _slowly(self) -> Reply:
        asked = request("POST", "/api/v1/ask", {"question": self._question()})
        third = len(asked) // 3
        return await self._send(asked[:third], asked[third : 2 * third], asked[2 * third :], pause_s=2)

    async def _leave_early(self) -> Reply:
        asked = request("POST", "/api/v1/ask", {"question": self._question()})
        return await self._send(asked, leave_after=0)

    async def _feedback(self) -> Reply:
        if not self._answers:
            return await self._ask()
        body = {"ask_id": self.chance.choice(self._answers), "helpful": self.chance.random() < 0.8}
        return await self._send(request("POST", "/api/v1/feedback", body))

"""How much one client may ask in a stretch of time.

Says so in the fields ``RateLimit-Policy`` and ``RateLimit`` of draft-ietf-httpapi-ratelimit-headers-10, and, to whom
has asked too much, with ``Retry-After`` (RFC 9110, 10.2.3).
"""

from __future__ import annotations

import logging
import math
import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from fastapi import HTTPException
from limits import RateLimitItem, parse
from limits.aio.storage import MemoryStorage, RedisStorage
from limits.aio.strategies import SlidingWindowCounterRateLimiter
from starlette.datastructures import MutableHeaders
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from qa_service.errors import SettingsError
from qa_service.server.client_address import client_address
from qa_service.server.costly import asks
from qa_service.server.problems import problem
from qa_service.subnet import subscriber_of
from qa_service.trouble import Trouble

OFF = "off"
_UNLIMITED = ("/healthz", "/readyz", "/metrics", "/static/")
_WHILE_TYPING = ("/api/v1/staff/search", "/api/v1/staff/passage")
"""What the desk asks at every pause in typing; several of the staff often share one address."""
_PATIENCE_S = 0.25
_AFTER_FAILURE_S = 10.0
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Allowance:
    """What is left to a client."""

    name: str
    limit: RateLimitItem
    left: int
    reset_s: int
    """Seconds until all is there again."""

    @property
    def is_used_up(self) -> bool:
        """Whether the request is one too many."""
        return self.left < 0

    @property
    def headers(self) -> Mapping[str, str]:
        """What the client is told."""
        told = {
            "RateLimit-Policy": f'"{self.name}";q={self.limit.amount};w={self.limit.get_expiry()}',
            "RateLimit": f'"{self.name}";r={max(self.left, 0)};t={self.reset_s}',
        }
        return {**told, "Retry-After": str(max(self.reset_s, 1))} if self.is_used_up else told


class RateLimits:
    """Counts requests: in this process, or on a Redis server that several share.

    Where the server cannot be reached, this process counts by itself until it can be again.
    """

    def __init__(
        self, *, asking: str, session: str, reading: str, desk: str = OFF, redis_url: str | None = None
    ) -> None:
        """Begin to count.

        Args:
            asking: how much one address may ask, such as ``30/minute``; ``off`` for no limit.
            session: how much one session may ask.
            reading: how much else one address may request.
            desk: how much one address may search at the desk.
            redis_url: where to count; None is this process.

        Raises:
            SettingsError: a limit or the address cannot be used.
        """
        self._limits = {
            "asking": _limit(asking),
            "session": _limit(session),
            "reading": _limit(reading),
            "desk": _limit(desk),
        }
        self._here = SlidingWindowCounterRateLimiter(MemoryStorage())
        self._server = _server(redis_url) if redis_url else None
        self._there = SlidingWindowCounterRateLimiter(self._server) if self._server else None
        self._there_again_at = float("-inf")
        self._trouble = Trouble(_log, "the Redis server cannot be reached, requests are counted in this process: %s")

    async def close(self) -> None:
        """Close the connections to the server."""
        if self._server:
            connections: Any = self._server.bridge
            await connections.storage.aclose()

    async def take(self, name: str, client: str) -> Allowance | None:
        """Count a request and return what is left, None where there is no such limit.

        Args:
            name: ``asking``, ``session``, ``reading`` or ``desk``.
            client: who makes it.
        """
        limit = self._limits[name]
        if limit is None:
            return None
        if self._there and time.monotonic() >= self._there_again_at:
            try:
                taken = await _take(self._there, name, limit, client)
                self._trouble.over()
                return taken
            except Exception as error:
                # Whatever a network or a driver comes up with: nobody is turned away for it, nor let in uncounted.
                self._there_again_at = time.monotonic() + _AFTER_FAILURE_S
                self._trouble.met(error)
        return await _take(self._here, name, limit, client)


class RateLimitMiddleware:
    """Turns away who asks too much, before anything of the request's body is read."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle one request."""
        limits: RateLimits | None = getattr(scope["app"].state, "limits", None) if scope["type"] == "http" else None
        name = _limit_on(scope) if limits else None
        if limits is None or name is None:
            await self._app(scope, receive, send)
            return
        request = Request(scope)
        allowance = await limits.take(name, client_of(client_address(request)))
        if allowance is None:
            await self._app(scope, receive, send)
        elif allowance.is_used_up:
            response = problem(request, 429, _too_many(allowance))
            response.headers.update(allowance.headers)
            await response(scope, receive, send)
        else:
            await self._app(scope, receive, _telling(allowance, send))


async def limit_session(request: Request, session_id: str | None) -> None:
    """Count a question of a session.

    Raises:
        HTTPException: it is one too many.
    """
    limits: RateLimits | None = getattr(request.app.state, "limits", None)
    allowance = await limits.take("session", session_id) if limits and session_id else None
    if allowance and allowance.is_used_up:
        raise HTTPException(429, _too_many(allowance), headers=dict(allowance.headers))


def _too_many(allowance: Allowance) -> str:
    return f"提问太频繁，请 {max(allowance.reset_s, 1)} 秒后再试。"


def client_of(address: str | None) -> str:
    """Return what a client is counted by: its address, of IPv6 the network of one subscriber."""
    return subscriber_of(address or "") or "unknown"


def _limit_on(scope: Scope) -> str | None:
    if scope["path"].startswith(_UNLIMITED):
        return None
    if scope["path"] in _WHILE_TYPING:
        return "desk"
    return "asking" if asks(scope) and scope["method"] != "OPTIONS" else "reading"


def _telling(allowance: Allowance, send: Send) -> Send:
    async def send_with_headers(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            for name, value in allowance.headers.items():
                headers.setdefault(name, value)
        await send(message)

    return send_with_headers


async def _take(strategy: SlidingWindowCounterRateLimiter, name: str, limit: RateLimitItem, client: str) -> Allowance:
    taken = await strategy.hit(limit, name, client)
    stats = await strategy.get_window_stats(limit, name, client)
    return Allowance(name, limit, stats.remaining if taken else -1, max(0, math.ceil(stats.reset_time - time.time())))


def _limit(text: str) -> RateLimitItem | None:
    if text == OFF:
        return None
    try:
        return parse(text)
    except ValueError as error:
        raise SettingsError(f"限流 {text!r} 不可用。写法如 30/minute、500/hour，不限写 off。") from error


def _server(url: str) -> RedisStorage:
    try:
        return RedisStorage(
            f"async+{url}",
            implementation="redispy",
            socket_timeout=_PATIENCE_S,
            socket_connect_timeout=_PATIENCE_S,
        )
    except Exception as error:
        raise SettingsError(
            "QA_REDIS_URL 不可用，或没有安装 redis。写法如 redis://:密码@主机:6379/0；安装用 pip install 'qa-service[redis]'。"
        ) from error

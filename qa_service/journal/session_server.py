"""Conversations that servers share through Redis."""

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

from qa_service.answer.dialogue.conversation import Conversation, Turn, continued
from qa_service.errors import SettingsError
from qa_service.journal.session_file import TURNS
from qa_service.trouble import Trouble

_PREFIX = "qa:session:"
_PATIENCE_S = 0.3
_log = logging.getLogger(__name__)


class RedisSessions:
    """Sessions on a Redis server, which forgets each by itself when it falls silent.

    How many there may be is the server's business (``maxmemory``). Of two turns of one session that are added in the
    same instant one may be lost. Where the server cannot be reached, a follow-up is read as a question of its own.
    """

    def __init__(self, url: str, pseudonym: Callable[[str], str], *, turns: int, age: timedelta) -> None:
        """Know where the server is; nothing is sent yet.

        Args:
            url: as redis-py takes it: ``redis://host:6379/0``.
            pseudonym: what stands for a session's id on the server.
            turns: how many turns of a session are kept, at least 1.
            age: how long a session may be silent.

        Raises:
            SettingsError: the address cannot be used, or the package is not installed.
        """
        try:
            import redis
        except ImportError as error:
            raise SettingsError(
                "设了 QA_REDIS_URL，没有安装 redis。请运行 pip install 'qa-service[redis]'。"
            ) from error
        try:
            self._server: Any = redis.Redis.from_url(
                url, socket_timeout=_PATIENCE_S, socket_connect_timeout=_PATIENCE_S
            )
        except ValueError as error:
            raise SettingsError("QA_REDIS_URL 不是可用的地址。写法如 redis://:密码@主机:6379/0。") from error
        self._faults = (redis.RedisError, OSError, ValueError)
        self._pseudonym = pseudonym
        self._turns = turns
        self._age = age
        self._trouble = Trouble(_log, "conversations cannot be remembered on the Redis server: %s")

    def conversation(self, session_id: str) -> Conversation:
        """Return what was said in a session; nothing where it is unknown, or has been silent too long."""
        said: Conversation = ()
        with self._spared():
            said = self._said(self._key(session_id))
        return said  # noqa: RET504  (nothing was said where a fault was passed over)

    def add(self, session_id: str, turn: Turn) -> None:
        """Add a turn; the oldest makes room for it."""
        with self._spared():
            key = self._key(session_id)
            said = continued(self._said(key), turn, self._turns)
            self._server.set(key, TURNS.dump_json(tuple(said)), ex=self._age)

    def forget(self, session_id: str) -> None:
        """Forget a session."""
        with self._spared():
            self._server.delete(self._key(session_id))

    def close(self) -> None:
        """Close the connections; the next turn opens one again."""
        self._server.close()

    def _key(self, session_id: str) -> str:
        return f"{_PREFIX}{self._pseudonym(session_id)}"

    def _said(self, key: str) -> Conversation:
        found = self._server.get(key)
        return () if found is None else TURNS.validate_json(found)

    @contextmanager
    def _spared(self) -> Iterator[None]:
        """Spare the answer what goes wrong on the way to the server."""
        try:
            yield
            self._trouble.over()
        except self._faults as error:
            self._trouble.met(error)

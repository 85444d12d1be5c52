"""Where conversations are kept between questions."""

from collections import OrderedDict
from datetime import datetime, timedelta
from threading import Lock
from typing import Protocol

from qa_service.answer.dialogue.conversation import Conversation, Turn, continued
from qa_service.clock import Clock


class Sessions(Protocol):
    """Keeps the conversations of sessions. Safe to share between threads."""

    def conversation(self, session_id: str) -> Conversation:
        """Return what was said in a session, the oldest first; nothing where it is unknown, or over."""

    def add(self, session_id: str, turn: Turn) -> None:
        """Add a turn to a session, which begins with its first."""

    def forget(self, session_id: str) -> None:
        """Forget a session, known or not."""

    def close(self) -> None:
        """Let go of whatever the sessions are kept with; they can be used all the same."""


class MemorySessions:
    """Sessions in this process: as many as fit, each a few turns long, each forgotten when it falls silent.

    Of more sessions than there is room for, the one that was silent longest is forgotten. A restart forgets them all,
    and processes do not share them: a follow-up is then read as a question of its own.
    """

    def __init__(self, clock: Clock, *, most: int, turns: int, age: timedelta) -> None:
        """Begin with no session.

        Args:
            clock: tells how long a session has been silent.
            most: how many sessions are kept, at least 1.
            turns: how many turns of each, at least 1.
            age: how long a session may be silent.
        """
        self._clock = clock
        self._most = most
        self._turns = turns
        self._age = age
        self._sessions: OrderedDict[str, tuple[datetime, Conversation]] = OrderedDict()
        self._lock = Lock()

    def __len__(self) -> int:
        return len(self._sessions)

    def conversation(self, session_id: str) -> Conversation:
        """Return what was said in a session; nothing where it is unknown, or has been silent too long."""
        with self._lock:
            return self._alive(session_id, self._clock())

    def add(self, session_id: str, turn: Turn) -> None:
        """Add a turn; the oldest turn and the sessions that are over make room for it."""
        now = self._clock()
        with self._lock:
            said = continued(self._alive(session_id, now), turn, self._turns)
            self._sessions[session_id] = (now, said)
            self._sessions.move_to_end(session_id)
            self._forget(now)

    def forget(self, session_id: str) -> None:
        """Forget a session, known or not."""
        with self._lock:
            self._sessions.pop(session_id, None)

    def close(self) -> None:
        """Do nothing: memory is let go of with the process."""

    def _alive(self, session_id: str, now: datetime) -> Conversation:
        last, said = self._sessions.get(session_id, (now, ()))
        return said if abs(now - last) <= self._age else ()  # a clock set back must not keep it for longer

    def _forget(self, now: datetime) -> None:
        """Forget the sessions that are too many or over: in the order they were last spoken in, they come first."""
        while self._sessions:
            oldest = next(iter(self._sessions))
            if len(self._sessions) <= self._most and abs(now - self._sessions[oldest][0]) <= self._age:
                return
            del self._sessions[oldest]

"""Conversations that several processes of one machine share: a follow-up may reach another one than its question did."""

import logging
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from threading import Lock

from pydantic import TypeAdapter

from qa_service.answer.dialogue.conversation import Conversation, Turn, continued
from qa_service.clock import Clock
from qa_service.trouble import Trouble

FILE = "sessions.db"
TURNS = TypeAdapter(tuple[Turn, ...])
"""How a conversation is written down where processes share it: JSON."""
_FORGET_EVERY = 200
"""Turns between two looks for sessions that are over."""
_PATIENCE_S = 0.5
_TABLE = (
    "CREATE TABLE IF NOT EXISTS session (id TEXT PRIMARY KEY, last REAL NOT NULL, said TEXT NOT NULL) WITHOUT ROWID",
    "CREATE INDEX IF NOT EXISTS ix_session_last ON session (last)",
)
_log = logging.getLogger(__name__)


class FileSessions:
    """Sessions in an SQLite file beside the journal; as short-lived as those in memory.

    What is lost with the power is a conversation of minutes: nothing waits for the disk. Where the file cannot be used,
    a follow-up is read as a question of its own, and the operator is told once.
    """

    def __init__(
        self, folder: Path, clock: Clock, pseudonym: Callable[[str], str], *, most: int, turns: int, age: timedelta
    ) -> None:
        """Know where the sessions are; the file is made when the first is remembered.

        Args:
            folder: the data folder.
            clock: tells how long a session has been silent.
            pseudonym: what stands for a session's id in the file.
            most: how many sessions are kept, at least 1.
            turns: how many turns of each, at least 1.
            age: how long a session may be silent.
        """
        self._path = folder / FILE
        self._clock = clock
        self._pseudonym = pseudonym
        self._most = most
        self._turns = turns
        self._age_s = age.total_seconds()
        self._lock = Lock()
        self._opened: sqlite3.Connection | None = None
        self._added = 0
        self._trouble = Trouble(_log, "conversations cannot be remembered in %s: %s")

    def __len__(self) -> int:
        with self._connection() as connection:
            return int(connection.execute("SELECT count(*) FROM session").fetchone()[0])

    def conversation(self, session_id: str) -> Conversation:
        """Return what was said in a session; nothing where it is unknown, or has been silent too long."""
        said: Conversation = ()
        with self._spared(), self._connection() as connection:
            said = self._said(connection, self._pseudonym(session_id))
        return said  # noqa: RET504  (nothing was said where a fault was passed over)

    def add(self, session_id: str, turn: Turn) -> None:
        """Add a turn; the oldest turn and the sessions that are over make room for it."""
        with self._spared(), self._connection() as connection:
            key, now = self._pseudonym(session_id), self._clock().timestamp()
            connection.execute("BEGIN IMMEDIATE")
            with connection:
                said = continued(self._said(connection, key), turn, self._turns)
                connection.execute(
                    "INSERT OR REPLACE INTO session VALUES (?, ?, ?)", (key, now, TURNS.dump_json(tuple(said)).decode())
                )
                if self._added % _FORGET_EVERY == 0:
                    self._forget(connection, now)
                self._added += 1

    def forget(self, session_id: str) -> None:
        """Forget a session."""
        with self._spared(), self._connection() as connection:
            connection.execute("DELETE FROM session WHERE id = ?", (self._pseudonym(session_id),))

    def close(self) -> None:
        """Close the file; the next turn opens it again."""
        with self._lock:
            if self._opened:
                self._opened.close()
            self._opened = None

    def _said(self, connection: sqlite3.Connection, key: str) -> Conversation:
        found = connection.execute("SELECT last, said FROM session WHERE id = ?", (key,)).fetchone()
        if found is None or self._clock().timestamp() - found[0] > self._age_s:
            return ()
        return TURNS.validate_json(found[1])

    def _forget(self, connection: sqlite3.Connection, now: float) -> None:
        connection.execute("DELETE FROM session WHERE last < ?", (now - self._age_s,))
        connection.execute(
            "DELETE FROM session WHERE id IN (SELECT id FROM session ORDER BY last DESC LIMIT -1 OFFSET ?)",
            (self._most,),
        )

    @contextmanager
    def _connection(self) -> Iterator[sqlite3.Connection]:
        with self._lock:
            if self._opened is None:
                self._opened = _open(self._path)
            yield self._opened

    @contextmanager
    def _spared(self) -> Iterator[None]:
        """Spare the answer what goes wrong with the file."""
        try:
            yield
            self._trouble.over()
        except (sqlite3.Error, OSError, ValueError) as error:
            self.close()
            self._trouble.met(self._path, error)


def _open(path: Path) -> sqlite3.Connection:
    path.parent.mkdir(parents=True, exist_ok=True)
    connection = sqlite3.connect(path, timeout=_PATIENCE_S, isolation_level=None, check_same_thread=False)
    try:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = OFF")
        for statement in _TABLE:
            connection.execute(statement)
    except sqlite3.Error:
        connection.close()
        raise
    path.chmod(0o600)
    return connection

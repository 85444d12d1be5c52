"""Kill switches: what staff have switched off, seen by every process within seconds."""

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from qa_service.clock import Clock
from qa_service.errors import SwitchError
from qa_service.journal.audit import AuditTrail
from qa_service.journal.database import Journal
from qa_service.journal.exchange import Channel
from qa_service.journal.glance import Glance
from qa_service.journal.switch_tables import SwitchRow

ANSWERS, LLM = "answers", "llm"
_CHANNEL = "channel:"
NAMES: Mapping[str, str] = {
    ANSWERS: "对公众的问答",
    LLM: "大模型改写",
    **{f"{_CHANNEL}{channel}": f"渠道 {channel}" for channel in Channel},
}
"""All there are, with what people call them."""
_LOOK_EVERY_S = 1.0
_AFTER_FAILURE_S = 15.0


@dataclass(frozen=True, slots=True)
class Off:
    """Something that is switched off."""

    name: str
    at: datetime
    by: str
    comment: str
    message: str


class SwitchStore:
    """Switches in a journal. Every method raises ``JournalError`` where that cannot be read or written."""

    def __init__(self, journal: Journal, clock: Clock) -> None:
        self._journal = journal
        self._clock = clock
        self._audit = AuditTrail(journal, clock)

    def off(self) -> tuple[Off, ...]:
        """Return what is off, by name; nothing where there is no journal, and none is made."""
        if not self._journal.exists():
            return ()
        with self._journal.reading() as session:
            rows = session.scalars(select(SwitchRow).order_by(SwitchRow.name))
            return tuple(Off(row.name, row.at, row.by, row.comment, row.message) for row in rows)

    def switch_off(self, name: str, by: str, comment: str, message: str = "") -> None:
        """Switch something off, or say anew why it is off.

        Raises:
            SwitchError: there is no such switch, or no reason was given.
        """
        _check(name, comment)
        with self._journal.writing() as session:
            session.merge(SwitchRow(name=name, at=self._clock(), by=by, comment=comment, message=message))
            self._audit.note_in(session, by, "switch.off", name, comment)

    def switch_on(self, name: str, by: str, comment: str) -> None:
        """Switch something on again; what is on stays on.

        Raises:
            SwitchError: there is no such switch, or no reason was given.
        """
        _check(name, comment)
        with self._journal.writing() as session:
            if row := session.get(SwitchRow, name):
                session.delete(row)
                self._audit.note_in(session, by, "switch.on", name, comment)


class Switches:
    """What is off, as whoever answers asks: from memory, at most a second old. Safe to share between threads.

    Where the journal cannot be read, what was known last stays.
    """

    def __init__(self, store: SwitchStore, monotonic: Callable[[], float] = time.monotonic) -> None:
        self._off = Glance[Mapping[str, Off]](
            "switches",
            lambda _: {off.name: off for off in store.off()},
            {},
            every_s=_LOOK_EVERY_S,
            after_failure_s=_AFTER_FAILURE_S,
            monotonic=monotonic,
        )

    def off(self, name: str) -> Off | None:
        """Return what is said of a switch that is off, None where it is on."""
        return self._off.now().get(name)

    def closed(self, channel: Channel) -> Off | None:
        """Return why a channel does not answer, None where it does. The staff's own is never closed with the others."""
        own = self.off(f"{_CHANNEL}{channel}")
        return own if channel is Channel.DESK else self.off(ANSWERS) or own


def _check(name: str, comment: str) -> None:
    if name not in NAMES:
        raise SwitchError(f"没有名为 {name!r} 的开关。可用的：{'、'.join(NAMES)}。")
    if not comment.strip():
        raise SwitchError(f"请写明为什么改动开关 {name}，会记入操作记录。")

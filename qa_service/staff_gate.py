"""The gate that the settings describe: the server's and the command line's are the same."""

from datetime import timedelta

from qa_service.access.gate import Gate, open_gate
from qa_service.clock import Clock, china_clock
from qa_service.keeping import open_journal, open_secret_key
from qa_service.settings import Settings


def open_staff_gate(settings: Settings, clock: Clock = china_clock) -> Gate:
    """Return the gate; nothing is asked of the journal yet.

    Raises:
        SettingsError: the secret key cannot be read or made.
        JournalError: the journal's address cannot be used.
    """
    return open_gate(
        open_journal(settings),
        open_secret_key(settings),
        clock,
        lifetime=timedelta(hours=settings.staff_session_hours),
        idle=timedelta(minutes=settings.staff_idle_minutes),
    )

"""The journal and what is in it, the secret key, conversations: opened where the settings name them."""

from __future__ import annotations

from datetime import timedelta
from functools import partial

from qa_service.answer.dialogue.sessions import MemorySessions, Sessions
from qa_service.clock import Clock
from qa_service.journal.audit import AuditTrail
from qa_service.journal.curated_shelf import CuratedShelf
from qa_service.journal.curated_store import CuratedStore
from qa_service.journal.database import PATIENCE_S, Journal
from qa_service.journal.exchange_recorder import session_pseudonym
from qa_service.journal.exchange_store import ExchangeStore
from qa_service.journal.hit_writer import HitWriter
from qa_service.journal.retention import Purge, Retention
from qa_service.journal.session_file import FileSessions
from qa_service.journal.session_server import RedisSessions
from qa_service.secret_key import SecretKey, read_secret_key
from qa_service.settings import Settings

PATIENCE_OF_AN_ANSWER_S = 0.2
"""How long an answer waits for the journal's lock, in seconds."""


def open_journal(settings: Settings, *, patience_s: float = PATIENCE_S) -> Journal:
    """Return the journal that the settings name; nothing is opened or written yet.

    Raises:
        JournalError: its address cannot be used.
    """
    url = settings.journal_url.get_secret_value() if settings.journal_url else None
    return Journal(url, settings.data_dir, patience_s=patience_s)


def open_exchanges(settings: Settings, clock: Clock) -> ExchangeStore:
    """Return what was asked and answered, as it can be read and erased."""
    journal = open_journal(settings)
    return ExchangeStore(journal, open_secret_key(settings), AuditTrail(journal, clock))


def open_purge(settings: Settings, clock: Clock) -> Purge:
    """Return what deletes from the journal what is older than the settings let it be."""
    retention = Retention(settings.retention_days, settings.retention_hits_days, settings.retention_audit_days)
    return Purge(open_journal(settings), retention, clock)


def open_curated(settings: Settings, clock: Clock) -> CuratedShelf:
    """Return the curated answers as they are given: an answer waits for them no longer than it must."""
    journal = open_journal(settings, patience_s=PATIENCE_OF_AN_ANSWER_S)
    return CuratedShelf(journal, CuratedStore(journal, clock), HitWriter(open_journal(settings), clock))


def open_secret_key(settings: Settings) -> SecretKey:
    """Return the installation's secret key, which is made where there is none.

    Raises:
        SettingsError: it cannot be used, read or written.
    """
    return read_secret_key(settings.secret_key.get_secret_value() if settings.secret_key else None, settings.data_dir)


def open_sessions(settings: Settings, key: SecretKey, clock: Clock) -> Sessions:
    """Return where conversations are kept: where every process that may get the follow-up finds them.

    Raises:
        SettingsError: the Redis server's address cannot be used.
    """
    turns, age = settings.session_turns, timedelta(minutes=settings.session_minutes)
    if settings.workers == 1 and settings.redis_url is None:
        return MemorySessions(clock, most=settings.session_count, turns=turns, age=age)
    pseudonym = partial(session_pseudonym, key)
    if settings.redis_url is None:
        return FileSessions(settings.data_dir, clock, pseudonym, most=settings.session_count, turns=turns, age=age)
    return RedisSessions(settings.redis_url.get_secret_value(), pseudonym, turns=turns, age=age)

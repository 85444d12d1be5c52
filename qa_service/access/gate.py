"""The gate: everything that is needed to know who comes, and to say who may."""

from dataclasses import dataclass
from datetime import timedelta

from qa_service.access.accounts import Accounts
from qa_service.access.addresses import address_pseudonym
from qa_service.access.passwords import Passwords
from qa_service.access.seal import Seal
from qa_service.access.sessions import StaffSessions
from qa_service.access.sign_in import From, SignIn
from qa_service.access.throttle import Throttle
from qa_service.access.tokens import ApiTokens
from qa_service.clock import Clock
from qa_service.journal.database import Journal
from qa_service.secret_key import SecretKey

LIFETIME, IDLE = timedelta(hours=12), timedelta(minutes=60)


@dataclass(frozen=True)
class Gate:
    """Accounts, sessions and tokens of one installation. Nothing is opened or written before it is used."""

    key: SecretKey
    seal: Seal
    accounts: Accounts
    sessions: StaffSessions
    sign_in: SignIn
    tokens: ApiTokens
    lifetime: timedelta

    def origin(self, address: str | None, agent: str) -> From:
        """Return where a request comes from, as it may be kept."""
        return From(address_pseudonym(self.key, address), agent)


def open_gate(
    journal: Journal,
    key: SecretKey,
    clock: Clock,
    *,
    lifetime: timedelta = LIFETIME,
    idle: timedelta = IDLE,
    passwords: Passwords | None = None,
) -> Gate:
    """Return the gate of a journal.

    Args:
        journal: where accounts are kept.
        key: what cookies are sealed with.
        clock: what time it is.
        lifetime: how long somebody stays signed in at most.
        idle: how long, when nothing is done.
        passwords: how passwords are kept.
    """
    passwords = passwords or Passwords()
    sessions = StaffSessions(journal, clock, lifetime=lifetime, idle=idle)
    throttle = Throttle(journal, key, clock)
    return Gate(
        key,
        Seal(key),
        Accounts(journal, clock, passwords, sessions, throttle),
        sessions,
        SignIn(journal, clock, passwords, sessions, throttle),
        ApiTokens(journal, clock),
        lifetime,
    )

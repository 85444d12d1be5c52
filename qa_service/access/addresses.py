"""Network addresses as they are kept: under a pseudonym, an IPv6 household as one."""

from qa_service.journal.account_tables import PSEUDONYM
from qa_service.secret_key import SecretKey
from qa_service.subnet import subscriber_of

_PURPOSE = "staff-address"


def address_pseudonym(key: SecretKey, address: str | None) -> str | None:
    """Return what stands for an address; None where it is not known."""
    return key.pseudonym(_PURPOSE, subscriber_of(address) or address, characters=PSEUDONYM) if address else None

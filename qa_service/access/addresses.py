"""Network addresses as they are kept: under a pseudonym, an IPv6 household as one."""

from ipaddress import IPv6Address, ip_address, ip_network

from qa_service.journal.account_tables import PSEUDONYM
from qa_service.secret_key import SecretKey

_PURPOSE = "staff-address"
_HOUSEHOLD = 64
"""The bits of an IPv6 address that a subscriber cannot choose."""


def address_pseudonym(key: SecretKey, address: str | None) -> str | None:
    """Return what stands for an address; None where it is not known."""
    return key.pseudonym(_PURPOSE, _household(address), characters=PSEUDONYM) if address else None


def _household(address: str) -> str:
    try:
        parsed = ip_address(address)
    except ValueError:
        return address
    if isinstance(parsed, IPv6Address) and parsed.ipv4_mapped is None:
        return str(ip_network((parsed, _HOUSEHOLD), strict=False))
    return str(parsed.ipv4_mapped if isinstance(parsed, IPv6Address) else parsed)

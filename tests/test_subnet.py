import pytest

from qa_service.subnet import subnet_of, subscriber_of


@pytest.mark.parametrize(
    ("address", "subscriber", "network"),
    [
        ("203.0.113.9", "203.0.113.9", "203.0.113.0/24"),
        ("::ffff:203.0.113.9", "203.0.113.9", "203.0.113.0/24"),
        ("2001:db8:1:2:3::4", "2001:db8:1:2::/64", "2001:db8:1::/48"),
        ("fe80::1%eth0", "fe80::/64", "fe80::/48"),
        ("testclient", None, None),
        ("", None, None),
        ("203.0.113.0/24", None, None),
    ],
)
def test_an_address_is_looked_at_as_near_as_is_wanted(
    address: str, subscriber: str | None, network: str | None
) -> None:
    assert subscriber_of(address) == subscriber
    assert subnet_of(address, ipv4_bits=24, ipv6_bits=48) == network

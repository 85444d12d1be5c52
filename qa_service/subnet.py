"""The network that an address belongs to: how near one looks at who comes."""

from ipaddress import IPv6Address, ip_address, ip_network


def subnet_of(address: str, *, ipv4_bits: int, ipv6_bits: int) -> str | None:
    """Return the network of an address, or the address itself where that is all of it; None of what is no address.

    An IPv4 address that IPv6 carries (::ffff:192.0.2.1) is an IPv4 address.

    Args:
        address: as a socket or a header has it; the zone of an IPv6 address is left out.
        ipv4_bits: how many bits of an IPv4 address its network has.
        ipv6_bits: how many of an IPv6 address.
    """
    try:
        parsed = ip_address(address.partition("%")[0])
    except ValueError:
        return None
    if isinstance(parsed, IPv6Address) and parsed.ipv4_mapped:
        parsed = parsed.ipv4_mapped
    network = ip_network((parsed, ipv4_bits if parsed.version == 4 else ipv6_bits), strict=False)
    return str(network if network.prefixlen < network.max_prefixlen else parsed)


def subscriber_of(address: str) -> str | None:
    """Return what one subscriber comes from: an IPv4 address, or the /64 of IPv6, of which he chooses the rest himself."""
    return subnet_of(address, ipv4_bits=32, ipv6_bits=64)

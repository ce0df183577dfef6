"""Does an address of the network belong to the public, or to somebody's own machines?"""

from __future__ import annotations

from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address

_NAT64 = IPv6Network("64:ff9b::/96")
_COMPATIBLE = IPv6Network("::/96")


def is_public(address: str) -> bool:
    """False for loopback, private, link-local, shared, reserved and multicast addresses, for an IPv6
    one that carries such an IPv4 one within, and for anything that is no address."""
    try:
        ip = ip_address(address)
    except ValueError:
        return False
    return all(_is_global(one) for one in (ip, *_within(ip)))


def _is_global(ip: IPv4Address | IPv6Address) -> bool:
    local = ip.is_multicast or ip.is_reserved or ip.is_unspecified
    if isinstance(ip, IPv6Address):
        # Translated and mapped ones are judged by the address within.
        carries = ip in _NAT64 or ip.ipv4_mapped is not None
        return carries or (ip.is_global and not local and not ip.is_site_local)
    return ip.is_global and not local


def _within(ip: IPv4Address | IPv6Address) -> list[IPv4Address]:
    if isinstance(ip, IPv4Address):
        return []
    found = [ip.ipv4_mapped, ip.sixtofour, *(ip.teredo or ())]
    if ip in _NAT64 or ip in _COMPATIBLE:
        found.append(IPv4Address(int(ip) & 0xFFFFFFFF))
    return [one for one in found if one is not None]

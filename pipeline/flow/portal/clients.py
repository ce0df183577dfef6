"""Who asks so often? A client is told apart by a hash that only this installation can make."""

from __future__ import annotations

from datetime import datetime
from hashlib import sha256
from ipaddress import IPv6Address, IPv6Network

from ...ports import Signer


def told_apart(signer: Signer, client: str, now: datetime) -> str:
    """The same for one client through a year; it is not found again from what is kept. Whoever has an IPv6 address
    has a whole network of them (RFC 6177): that is one client."""
    epoch = now.replace(month=1, day=1, hour=0, minute=0, second=0, microsecond=0)
    return sha256(signer.sign("client", {"client": _one(client)}, epoch).encode()).hexdigest()[:32]


def _one(client: str) -> str:
    try:
        found = IPv6Address(client)
    except ValueError:
        return client
    # One of IPv4, written as IPv6.
    if found.ipv4_mapped is not None:
        return str(found.ipv4_mapped)
    return str(IPv6Network((int(found), 64), strict=False))

"""Is a host this machine itself? What is said to it leaves nobody's house, and needs no encryption."""

from __future__ import annotations

import ipaddress


def is_this_machine(host: str) -> bool:
    try:
        return host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False

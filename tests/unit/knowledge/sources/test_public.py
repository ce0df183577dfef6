"""Which addresses are the public's, and which are somebody's own machines."""

from __future__ import annotations

import pytest

from knowledge.sources.public import is_public

OWN = [
    *("127.0.0.1", "127.9.9.9", "10.0.0.1", "172.16.0.1", "192.168.1.1", "169.254.169.254"),
    *("100.64.0.1", "0.0.0.0", "255.255.255.255", "224.0.0.1", "239.1.1.1", "240.0.0.1"),
    *("192.0.2.1", "198.18.0.1", "::1", "::", "fe80::1", "fe80::1%eth0", "fc00::1", "fec0::1"),
    *("ff02::1", "ff0e::1", "::ffff:127.0.0.1", "::ffff:10.0.0.1", "::127.0.0.1", "2001:db8::1"),
    *("64:ff9b::7f00:1", "64:ff9b::a00:1", "2002:7f00:1::", "2002:a00:1::1"),
    *("", "localhost", "127.1", "0x7f000001", "2130706433"),
]


@pytest.mark.parametrize("address", OWN)
def test_what_only_we_can_reach_is_not_public(address: str) -> None:
    """In any way of writing, and however it is wrapped in IPv6."""
    assert not is_public(address)


@pytest.mark.parametrize(
    "address", ["8.8.8.8", "93.184.216.34", "2606:4700::1111", "::ffff:8.8.8.8", "64:ff9b::808:808"]
)
def test_what_everybody_can_reach_is_public(address: str) -> None:
    """The same of IPv4 within IPv6."""
    assert is_public(address)

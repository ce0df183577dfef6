"""Where do ids come from? From time and chance in service, from a count in samples and replay."""

from __future__ import annotations

import itertools
import secrets
import threading

from ..ports import Clock

_ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"


def _base32(value: int, width: int) -> str:
    digits = []
    for _ in range(width):
        value, digit = divmod(value, 32)
        digits.append(_ALPHABET[digit])
    return "".join(reversed(digits))


class TimeIds:
    """48 bits of milliseconds and 80 random ones, in Crockford's base 32, as in a ULID."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock

    def new(self, prefix: str) -> str:
        millis = int(self._clock.now().timestamp() * 1000)
        return f"{prefix}_{_base32(millis, 10)}{_base32(secrets.randbits(80), 16)}"


class CountedIds:
    """`evt_000001`, `evt_000002`, …: the same run gives the same ids."""

    def __init__(self) -> None:
        self._count = itertools.count(1)
        self._lock = threading.Lock()

    def new(self, prefix: str) -> str:
        with self._lock:
            return f"{prefix}_{next(self._count):06d}"

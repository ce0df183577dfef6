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
    """48 bits of milliseconds and 80 random ones, in Crockford's base 32, as in a ULID. Within one
    millisecond, and when the clock is set back, the random part counts on: what is due at the same
    moment leaves in the order in which it was decided."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._lock = threading.Lock()
        self._millis = self._chance = 0

    def new(self, prefix: str) -> str:
        millis = int(self._clock.now().timestamp() * 1000)
        with self._lock:
            if millis > self._millis:
                # One bit less than there is room for: counting on never runs over.
                self._millis, self._chance = millis, secrets.randbits(79)
            else:
                self._chance += 1 + secrets.randbits(32)
            return f"{prefix}_{_base32(self._millis, 10)}{_base32(self._chance, 16)}"


class CountedIds:
    """`evt_00000001`, `evt_00000002`, …: the same run gives the same ids."""

    def __init__(self) -> None:
        self._count = itertools.count(1)
        self._lock = threading.Lock()

    def new(self, prefix: str) -> str:
        with self._lock:
            return f"{prefix}_{next(self._count):08d}"

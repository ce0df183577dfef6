"""Everything that is due is done, on a clock that stands still: for samples, replay and tests."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

MOST_TURNS = 100_000


class Settable(Protocol):
    """A clock that is moved by hand."""

    def now(self) -> datetime: ...

    def set(self, to: datetime) -> None: ...


@dataclass(frozen=True, kw_only=True)
class Step:
    """One worker's turn, and when its earliest row is due."""

    name: str
    turn: Callable[[], bool]
    next_due: Callable[[], datetime | None]


def drain(steps: Sequence[Step]) -> None:
    """Turn every worker until none has anything to do at this instant.

    Raises RuntimeError when they never come to rest, which is a fault of ours.
    """
    for _ in range(MOST_TURNS):
        worked = [step.turn() for step in steps]
        if not any(worked):
            return
    raise RuntimeError("the workers do not come to rest")


def advance(clock: Settable, to: datetime, steps: Sequence[Step]) -> None:
    """Move the clock to `to`, stopping at every instant at which a row is due on the way."""
    drain(steps)
    while True:
        due = [at for step in steps if (at := step.next_due()) is not None]
        ahead = min((at for at in due if clock.now() < at <= to), default=None)
        if ahead is None:
            break
        clock.set(ahead)
        drain(steps)
    clock.set(max(to, clock.now()))
    drain(steps)

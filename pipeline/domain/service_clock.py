"""How much of a service level is used up on one ticket? A clock that runs, stands still, and ends.

There is one for the response and one for the resolution, in each round between an opening, or a
reopening, and the end.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from itertools import pairwise
from typing import Any

from pydantic import model_validator

from .directory import Key, Value
from .lattices import WaitingFor
from .times import Instant


class What(StrEnum):
    """What has to be done in time."""

    RESPONSE = "response"
    RESOLUTION = "resolution"


class ClockState(StrEnum):
    """MET and MISSED are ends; DROPPED: no service level asks for it any more."""

    RUNNING = "running"
    PAUSED = "paused"
    MET = "met"
    MISSED = "missed"
    DROPPED = "dropped"


GOING = frozenset({ClockState.RUNNING, ClockState.PAUSED})
DESK = "desk"
"""The basis of a clock whose deadline the outside desk gave."""


class Stage(Value):
    """A moment at which somebody is told: `name` is how the rules write it (`75%`, `breach+2h`); `at` is None
    while the clock stands still before it."""

    name: Key
    at: Instant | None = None
    tell: tuple[Key, ...]


class Stretch(Value):
    """A time in which the clock ran."""

    begin: Instant
    end: Instant


class Turn(Value):
    """From this moment on its ticket waits for this, or for nobody. `stops` of a wait for which the rules of then
    stopped the clock, in the rows of an earlier release, which do not say what it was for."""

    at: Instant
    waits: WaitingFor | None = None
    stops: bool = False


class ServiceClock(Value):
    """`basis` is the policy, or `DESK`; `limit` is in seconds of the calendar's working time, None for the
    desk's. `turns` are what was said of waiting, in the order of its times, however late it came; `since` and
    `ran` are made of them: when it began to run last, and the stretches before. `told` are the stages that
    somebody was told of in this round, `cards` the newest warning for each audience.
    """

    id: Key
    incident: Key
    what: What
    round: int = 1
    state: ClockState = ClockState.RUNNING
    basis: Key
    calendar: Key | None = None
    limit: int | None = None
    started_at: Instant
    turns: tuple[Turn, ...] = ()
    ran: tuple[Stretch, ...] = ()
    since: Instant | None = None
    deadline: Instant | None = None
    ended_at: Instant | None = None
    stages: tuple[Stage, ...] = ()
    told: tuple[Key, ...] = ()
    cards: dict[str, str] = {}

    @model_validator(mode="before")
    @classmethod
    def _of_an_earlier_release(cls, stored: Any) -> Any:
        """Its rows hold stretches alone. What lay between them was a wait that the rules of then stopped for."""
        if not isinstance(stored, dict) or "turns" in stored:
            return stored
        if stored.get("ran") and all(isinstance(one, dict) for one in stored["ran"]):
            return {**stored, "turns": _between(stored)}
        return stored

    @property
    def look_at(self) -> Instant | None:
        """When the next stage is to be told; None while it stands still, and when none is left."""
        if self.state is not ClockState.RUNNING:
            return None
        ahead = (s.at for s in self.stages if s.name not in self.told and s.at is not None)
        return min(ahead, default=None)

    def passed(self, now: Instant) -> tuple[Stage, ...]:
        """The stages that are due to be told, in their order."""
        due = (s for s in self.stages if s.name not in self.told)
        return tuple(s for s in due if s.at is not None and s.at <= now)

    def is_overdue(self, now: Instant) -> bool:
        """It passed, and the work is not done."""
        return self.state in GOING and self.deadline is not None and self.deadline <= now


_UNKNOWN = {"waits": WaitingFor.OTHER, "stops": True}


def _between(stored: Mapping[str, Any]) -> list[dict[str, Any]]:
    turns = []
    last = stored["ran"][-1]
    begun = [*stored["ran"], *([{"begin": stored["since"]}] if stored.get("since") else [])]
    for one, other in pairwise(begun):
        turns += [{"at": one["end"], **_UNKNOWN}, {"at": other["begin"]}]
    if stored.get("since") is None and last["end"] != stored.get("ended_at"):
        turns.append({"at": last["end"], **_UNKNOWN})
    return turns

"""How does each clock of a ticket stand, for whoever looks at it now?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from pipeline.domain.incident import Incident
from pipeline.domain.service_clock import DESK, GOING, ClockState, ServiceClock
from pipeline.flow.clock_reading import reading_of
from pipeline.policy.rules import RulePack

Standing = Literal["running", "soon", "overdue", "paused", "met", "missed", "dropped"]
STANDINGS: tuple[Standing, ...] = (
    *("running", "soon", "overdue", "paused"),
    *("met", "missed", "dropped"),
)
WhyNone = Literal["desk", "priority", "policy"]


@dataclass(frozen=True, kw_only=True)
class ClockView:
    """`left` is in seconds of working time, where there is a deadline ahead; `late` in seconds, where it was
    passed; `by_desk` when the deadline is the desk's own."""

    clock: ServiceClock
    standing: Standing
    left: int | None
    late: int | None
    next_stage: str | None

    @property
    def by_desk(self) -> bool:
        return self.clock.basis == DESK


def clock_view(clock: ServiceClock, rules: RulePack, now: datetime) -> ClockView:
    left = reading_of(clock, rules, now).left if clock.state is ClockState.RUNNING else None
    until = clock.ended_at or now
    passed = clock.is_overdue(now) or (clock.deadline is not None and clock.deadline < until)
    late = until - clock.deadline if passed and clock.deadline else None
    ahead = (s for s in clock.stages if s.at is not None and s.at > now)
    return ClockView(
        clock=clock,
        standing=_standing(clock, now),
        left=_seconds(left),
        late=_seconds(late),
        next_stage=next((s.name for s in ahead), None) if clock.state in GOING else None,
    )


def newest_first(clocks: Sequence[ServiceClock]) -> list[ServiceClock]:
    """The newest round of each, then those before it."""
    return sorted(clocks, key=lambda c: (-c.round, c.what.value != "response"))


def why_none(incident: Incident, clocks: Sequence[ServiceClock]) -> WhyNone | None:
    """Why a ticket has no clock; None for one that has, or that nobody reported."""
    if clocks or incident.requester is None:
        return None
    if incident.owner == "desk":
        return "desk"
    return "priority" if incident.priority is None else "policy"


def _standing(clock: ServiceClock, now: datetime) -> Standing:
    if clock.is_overdue(now):
        return "overdue"
    match clock.state:
        case ClockState.RUNNING:
            return "soon" if clock.told else "running"
        case ClockState.PAUSED:
            return "paused"
        case ClockState.MET:
            return "met"
        case ClockState.MISSED:
            return "missed"
        case ClockState.DROPPED:
            return "dropped"


def _seconds(length: timedelta | None) -> int | None:
    return None if length is None else int(length.total_seconds())

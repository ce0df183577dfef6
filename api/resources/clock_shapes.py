"""How is a clock of a service level told to a program?"""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, Field

from pipeline.domain.incident import Incident
from pipeline.domain.service_clock import ClockState, ServiceClock, What
from pipeline.domain.times import Instant

from .shapes import IncidentSummary, incident_summary


class ClockStage(BaseModel):
    name: str = Field(examples=["75%", "breach", "breach+4h"])
    at: Instant | None = Field(description="Null while the clock stands still before it.")
    tell: list[str]
    told: bool


class ClockSummary(BaseModel):
    """Until when a ticket is to be answered, or solved, in one round."""

    what: What
    round: int = Field(description="Counted from 1; a reopening begins the next.")
    state: ClockState
    overdue: bool = Field(description="Its deadline has passed, and the work is not done.")
    policy: str | None = Field(description="Null for the deadline of an outside desk.")
    origin: Literal["policy", "desk"]
    calendar: str | None
    limit_seconds: int | None = Field(description="Of the calendar's working time.")
    started_at: Instant
    deadline: Instant | None = Field(description="Null while the clock stands still.")
    ended_at: Instant | None
    stages: list[ClockStage]


class IncidentDetail(IncidentSummary):
    clocks: list[ClockSummary] = Field(description="Of service levels, in the order of rounds.")


def incident_detail(i: Incident, clocks: list[ServiceClock], now: Instant) -> IncidentDetail:
    summary = incident_summary(i).model_dump()
    return IncidentDetail(**summary, clocks=[clock_summary(c, now) for c in clocks])


def clock_summary(c: ServiceClock, now: Instant) -> ClockSummary:
    by_desk = c.basis == "desk"
    return ClockSummary(
        what=c.what,
        round=c.round,
        state=c.state,
        overdue=c.is_overdue(now),
        policy=None if by_desk else c.basis,
        origin="desk" if by_desk else "policy",
        calendar=c.calendar,
        limit_seconds=c.limit,
        started_at=c.started_at,
        deadline=c.deadline,
        ended_at=c.ended_at,
        stages=[
            ClockStage(name=s.name, at=s.at, tell=list(s.tell), told=s.name in c.told)
            for s in c.stages
        ],
    )

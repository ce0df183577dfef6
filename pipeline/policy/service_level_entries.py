"""How are service levels written in a rule file? Contradictions and nonsense are refused, with a sentence.

A policy names whom it is for and has a line of limits for each priority. Of the lines that fit a ticket the
most specific counts: one for its customer before one for its service, before one for its priority.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import timedelta
from itertools import combinations, pairwise
from typing import Annotated, Literal

from pydantic import AfterValidator, BeforeValidator, Field, field_validator, model_validator

from ..domain.directory import Key
from ..domain.lattices import WaitingFor
from ..domain.major_events import Severity
from ..domain.service_clock import DESK
from .audiences import ROLES
from .calendars import Calendar
from .calendars.calendar import DAY_LONG
from .calendars.entries import CalendarEntry
from .entries import Spec
from .service_levels import PAUSES, ServiceLevel, StageRule

ALWAYS = "always"
"""A calendar that is there without being written: every hour counts."""
LONGEST_LIMIT = timedelta(hours=1000)
LONGEST_AFTER = timedelta(hours=500)
MOST_STAGES = 12
MOST_DAYS_OPEN = 90
_AMOUNT = re.compile(r"(\d{1,5})(m|h)", re.ASCII)
_DAYS = re.compile(r"(\d{1,3})d", re.ASCII)
_SHARE = re.compile(r"(\d{1,2})%", re.ASCII)
_AFTER = re.compile(r"breach(?:\+(\d{1,5}[mh]))?", re.ASCII)


def always() -> Calendar:
    return Calendar(id=ALWAYS, name=None, zone="UTC", week=(DAY_LONG,) * 7)


def _amount(written: object) -> timedelta:
    found = _AMOUNT.fullmatch(written) if isinstance(written, str) else None
    if found is None:
        raise ValueError(
            "is working time in minutes or hours, such as 30m or 8h: how long a day is depends on the calendar"
        )
    return timedelta(minutes=int(found[1])) if found[2] == "m" else timedelta(hours=int(found[1]))


def _limit(written: object) -> timedelta:
    amount = _amount(written)
    if not amount:
        raise ValueError("is zero: that could never be kept; leave it out for no limit")
    if amount > LONGEST_LIMIT:
        raise ValueError("is longer than 1000h")
    return amount


def _named(value: frozenset[str] | None) -> frozenset[str] | None:
    if value is not None and not value:
        raise ValueError("names nobody, and would fit no ticket; leave it out for all")
    return value


def _days(written: object) -> timedelta:
    found = _DAYS.fullmatch(written) if isinstance(written, str) else None
    if found is None or not 1 <= int(found[1]) <= MOST_DAYS_OPEN:
        raise ValueError(f"is a number of days, from 1d to {MOST_DAYS_OPEN}d")
    return timedelta(days=int(found[1]))


Limit = Annotated[timedelta, BeforeValidator(_limit)]
Names = Annotated[frozenset[Key] | None, AfterValidator(_named)]


class _Limits(Spec):
    response: Limit | None = None
    resolution: Limit | None = None
    calendar: Key | None = None

    @model_validator(mode="after")
    def _limits_something(self) -> _Limits:
        if self.response is None and self.resolution is None:
            raise ValueError("limits nothing: it needs response, resolution or both")
        if self.response and self.resolution and self.response > self.resolution:
            raise ValueError("lets the response take longer than the resolution")
        return self


class _Stage(Spec):
    at: str
    tell: tuple[str, ...] = Field(min_length=1)

    @field_validator("at")
    @classmethod
    def _is_a_stage(cls, value: str) -> str:
        if _SHARE.fullmatch(value) and not value.startswith("0"):
            return value
        after = _AFTER.fullmatch(value)
        if after is None or (after[1] and not timedelta() < _amount(after[1]) <= LONGEST_AFTER):
            raise ValueError(
                'is a share such as 75%, "breach", or a time after it such as breach+2h'
            )
        return value

    @field_validator("tell")
    @classmethod
    def _are_audiences(cls, value: tuple[str, ...]) -> tuple[str, ...]:
        for name in value:
            if name not in ("in_charge", "managers"):
                known = "in_charge, managers"
                role = "may not know of service levels" if name in ROLES else "is not an audience"
                raise ValueError(f"{name} {role}; known: {known}")
        return value

    def compiled(self) -> StageRule:
        tell = tuple(dict.fromkeys(self.tell))
        if share := _SHARE.fullmatch(self.at):
            return StageRule(name=self.at, share=int(share[1]) / 100, tell=tell)
        after = self.at.partition("+")[2]
        return StageRule(name=self.at, after=_amount(after) if after else timedelta(), tell=tell)


class PolicyEntry(Spec):
    id: Annotated[str, Field(pattern=r"^[a-z][a-z0-9-]{0,79}$")]
    customers: Names = None
    services: Names = None
    calendar: Key = ALWAYS
    limits: dict[Severity | Literal["any"], _Limits] = Field(min_length=1)
    response_is: Literal["assignment", "contact"] = "assignment"
    pauses: frozenset[WaitingFor] = PAUSES
    stages: tuple[_Stage, ...] = Field(default=(), max_length=MOST_STAGES)

    @field_validator("id")
    @classmethod
    def _is_not_the_desk(cls, value: str) -> str:
        if value == DESK:
            raise ValueError(
                "desk stands for the outside desk's own deadlines; choose another name"
            )
        return value

    @field_validator("stages")
    @classmethod
    def _follow_each_other(cls, value: tuple[_Stage, ...]) -> tuple[_Stage, ...]:
        for one, other in pairwise(value):
            if _place(one.compiled()) >= _place(other.compiled()):
                raise ValueError(f"{other.at} does not come after {one.at}")
        return value

    def compiled(self, calendars: Mapping[str, Calendar], where: str) -> list[ServiceLevel]:
        """One line for each priority. Raises ValueError for a calendar that is not there."""
        return [
            ServiceLevel(
                id=self.id,
                customers=self.customers,
                services=self.services,
                priority=None if priority == "any" else str(priority),
                calendar=_calendar(calendars, limits.calendar or self.calendar),
                response=limits.response,
                resolution=limits.resolution,
                response_is=self.response_is,
                pauses=self.pauses,
                stages=tuple(stage.compiled() for stage in self.stages),
                where=where,
            )
            for priority, limits in self.limits.items()
        ]


def _place(stage: StageRule) -> tuple[float, timedelta]:
    return (1.0 if stage.share is None else stage.share), stage.after


def _calendar(calendars: Mapping[str, Calendar], name: str) -> Calendar:
    if name not in calendars:
        raise ValueError(f"there is no calendar {name}; known: {', '.join(sorted(calendars))}")
    return calendars[name]


class ServiceLevelFile(Spec):
    """What a rule file may say about service levels; a file may hold nothing else."""

    calendars: dict[Annotated[str, Field(pattern=r"^[a-z][a-z0-9-]{0,79}$")], CalendarEntry] = {}
    service_levels: tuple[PolicyEntry, ...] = ()
    close_after: Annotated[timedelta | None, BeforeValidator(_days)] = None


def only_response(within: Mapping[str, timedelta], where: str) -> list[ServiceLevel]:
    """The short form `response_within`: a limit for the first contact, by priority, and nobody is warned."""
    return [
        ServiceLevel(
            id="response-within",
            priority=priority,
            calendar=always(),
            response=limit,
            response_is="contact",
            where=where,
        )
        for priority, limit in within.items()
    ]


def ties(levels: Sequence[ServiceLevel]) -> Iterable[tuple[str, str]]:
    """(where, sentence) of each two lines of which neither goes before the other."""
    for one, other in combinations(levels, 2):
        if one.ties_with(other):
            about = f" for {one.priority}" if one.priority else ""
            both = f"{other.id} and {one.id} ({one.where}) are equally specific{about}"
            yield other.where, f"{both}: name a customer, a service or a priority in one of them"

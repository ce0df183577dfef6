"""When did a service fail, as far as it was announced, and for how much of the time did it work?

Counted is the time of every failure that was announced on the public page, whatever its effect, from its
recorded start to its recorded restoration. A false alarm counts for nothing. Time of which nothing is on
record counts for nothing either: it is neither up nor down.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from ..domain.communication import Kind
from ..domain.events import Event
from ..domain.lattices import Impact
from ..domain.major_events import Declared, Relapsed, Restored

DAYS = 90


class Level(StrEnum):
    """How a service stands, gravest first. `problem` is a failure whose effect nobody told."""

    OUTAGE = "outage"
    PROBLEM = "problem"
    DEGRADED = "degraded"
    MAINTENANCE = "maintenance"
    WORKING = "working"
    UNKNOWN = "unknown"


@dataclass(frozen=True, kw_only=True)
class Spell:
    """One failure; `until` is None while it lasts."""

    since: datetime
    until: datetime | None
    level: Level


@dataclass(frozen=True, kw_only=True)
class Announced:
    """What the page said, and when."""

    kind: Kind
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Day:
    """One day of a service: its gravest level, and how long it failed."""

    day: date
    level: Level
    down: timedelta


@dataclass(frozen=True, kw_only=True)
class Availability:
    """`days` end with today. `share` is the part of the observed time without a failure, from 0 to 1; None
    where nothing was observed."""

    days: tuple[Day, ...]
    observed: timedelta
    down: timedelta

    @property
    def share(self) -> float | None:
        return 1 - self.down / self.observed if self.observed else None

    @property
    def per_cent(self) -> str | None:
        """With two places, rounded down: a failure of a minute is not 100 %."""
        if not self.observed:
            return None
        hundredths = int((self.observed - self.down) * 10_000 / self.observed)
        return f"{hundredths // 100}.{hundredths % 100:02d}"


def level_of(impact: str | None) -> Level:
    """`impact` as it was told; an outage is a full one only (rule N4)."""
    if impact is None:
        return Level.PROBLEM
    full = f"impact.{Impact.UNAVAILABLE.value}"
    return Level.OUTAGE if impact == full else Level.DEGRADED


def standing_of(told: Sequence[Announced]) -> str:
    """`open`, `restored` or `withdrawn`, by what was announced last (oldest first)."""
    newest = told[-1].kind
    if newest is Kind.WITHDRAWAL:
        return "withdrawn"
    return "restored" if newest is Kind.RECOVERY else "open"


def spells_of(told: Sequence[Announced], turns: Iterable[Event], level: Level) -> tuple[Spell, ...]:
    """Each failure that was announced, with its recorded times; where one was not recorded, the time of
    its announcement. `told` and `turns` are oldest first."""
    if not told or standing_of(told) == "withdrawn":
        return ()
    recorded = _recorded(turns)
    found: list[tuple[datetime, datetime | None]] = []
    for entry in told:
        lasts = bool(found) and found[-1][1] is None
        of_record = recorded[len(found) - 1] if lasts and len(found) <= len(recorded) else None
        if entry.kind is Kind.RECOVERY and lasts:
            until = of_record[1] if of_record and of_record[1] else entry.at
            found[-1] = (found[-1][0], max(until, found[-1][0]))
        elif entry.kind is Kind.RELAPSE and lasts:
            continue
        elif entry.kind in (Kind.FIRST_CONTACT, Kind.RELAPSE) or not found:
            since = recorded[len(found)][0] if len(found) < len(recorded) else None
            found.append((min(since or entry.at, entry.at), None))
    return tuple(Spell(since=since, until=until, level=level) for since, until in found)


def _recorded(turns: Iterable[Event]) -> list[tuple[datetime | None, datetime | None]]:
    """(start, end) of each failure on record; None for what nobody recorded."""
    found: list[tuple[datetime | None, datetime | None]] = []
    for event in turns:
        data = event.data
        match data:
            case Declared() if not found:
                found.append((data.started_at, None))
            case Declared() if data.started_at is not None and found[-1][0] is None:
                found[-1] = (data.started_at, found[-1][1])
            case Restored() if found and found[-1][1] is None:
                found[-1] = (found[-1][0], data.restored_at or event.occurred_at)
            case Relapsed() if found and found[-1][1] is not None:
                found.append((data.started_at or event.occurred_at, None))
            case _:
                pass
    return found


def availability(
    spells: Iterable[Spell], *, known_since: datetime | None, now: datetime, zone: str
) -> Availability:
    """The last `DAYS` days in `zone`; before `known_since` nothing is on record."""
    here = ZoneInfo(zone)
    today = now.astimezone(here).date()
    spans = [(s.since, min(s.until or now, now), s.level) for s in spells if s.since < now]
    days, observed, down = [], timedelta(), timedelta()
    for n in reversed(range(DAYS)):
        day = today - timedelta(days=n)
        begins, ends = _bounds(day, here)
        begins, ends = max(begins, known_since or now), min(ends, now)
        if ends <= begins:
            days.append(Day(day=day, level=Level.UNKNOWN, down=timedelta()))
            continue
        hit = [(max(a, begins), min(b, ends), level) for a, b, level in spans if a < ends and b > begins]  # fmt: skip
        lost = _covered([(a, b) for a, b, _ in hit])
        gravest = min((level for _, _, level in hit), key=list(Level).index, default=Level.WORKING)
        days.append(Day(day=day, level=gravest, down=lost))
        observed, down = observed + (ends - begins), down + lost
    return Availability(days=tuple(days), observed=observed, down=down)


def _bounds(day: date, zone: ZoneInfo) -> tuple[datetime, datetime]:
    """A day that clocks are changed on is longer or shorter."""
    begins = datetime(day.year, day.month, day.day, tzinfo=zone)
    after = day + timedelta(days=1)
    ends = datetime(after.year, after.month, after.day, tzinfo=zone)
    utc = ZoneInfo("UTC")
    return begins.astimezone(utc), ends.astimezone(utc)


def _covered(spans: Iterable[tuple[datetime, datetime]]) -> timedelta:
    """How long at least one of them lasts: two failures at once are one."""
    total, reached = timedelta(), None
    for begins, ends in sorted(spans):
        start = begins if reached is None else max(begins, reached)
        if ends > start:
            total += ends - start
            reached = ends
    return total

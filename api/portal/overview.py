"""What does the overview show of each service? How it stands, its last ninety days, and how much of them it
worked, with the days behind the bars in words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from pipeline.domain.directory import Names
from pipeline.flow.portal.publishing import Snapshot, listed
from pipeline.policy.availability import Availability, Day, Level, availability

BAR, GAP, HEIGHT = 5, 2, 34


@dataclass(frozen=True, kw_only=True)
class Bar:
    """A day in the plot: its place, and how it was."""

    x: int
    day: Day


@dataclass(frozen=True, kw_only=True)
class ServiceRow:
    """A service as the overview lists it."""

    id: str
    name: Names
    level: Level
    past: Availability

    @property
    def bars(self) -> list[Bar]:
        return [Bar(x=n * (BAR + GAP), day=day) for n, day in enumerate(self.past.days)]

    @property
    def width(self) -> int:
        return len(self.past.days) * (BAR + GAP) - GAP

    @property
    def troubled(self) -> list[Day]:
        """Days of a failure, newest first: what the table tells."""
        return [
            d for d in reversed(self.past.days) if d.level not in (Level.WORKING, Level.UNKNOWN)
        ]

    @property
    def quiet(self) -> int:
        return sum(d.level is Level.WORKING for d in self.past.days)

    @property
    def unknown(self) -> int:
        return sum(d.level is Level.UNKNOWN for d in self.past.days)

    @property
    def observed(self) -> int:
        """In seconds."""
        return int(self.past.observed.total_seconds())

    def seconds(self, day: Day) -> int:
        return int(day.down.total_seconds())


@dataclass(frozen=True, kw_only=True)
class Month:
    """A month of the history, by its first moment and the first of the next."""

    year: int
    month: int

    @property
    def key(self) -> str:
        return f"{self.year:04d}-{self.month:02d}"

    @property
    def first(self) -> date:
        return date(self.year, self.month, 1)

    @property
    def after(self) -> Month:
        return Month(year=self.year + self.month // 12, month=self.month % 12 + 1)

    @property
    def before(self) -> Month:
        day = self.first - timedelta(days=1)
        return Month(year=day.year, month=day.month)


def services_of(snapshot: Snapshot, now: datetime, zone: str) -> list[ServiceRow]:
    """Those that stand worst come first; the others by name."""
    rows = [
        _row(snapshot, service, names, now, zone) for service, names in snapshot.services.items()
    ]
    return sorted(rows, key=lambda row: list(Level).index(row.level))


def overall(rows: list[ServiceRow], snapshot: Snapshot, now: datetime) -> Level:
    """The gravest of what is open, with what names no service; without any, maintenance under way."""
    levels = [row.level for row in rows] + [p.level for p in snapshot.open]
    levels += [Level.MAINTENANCE for _ in snapshot.works_at(now)]
    return min(levels, key=list(Level).index, default=Level.WORKING)


def _row(snapshot: Snapshot, service: str, name: Names, now: datetime, zone: str) -> ServiceRow:
    spells = [spell for found in snapshot.of_service(service) for spell in found.spells]
    past = availability(spells, known_since=snapshot.known_since, now=now, zone=zone)
    return ServiceRow(id=service, name=name, level=listed(snapshot, service, now), past=past)

"""At which hour of which day of the week do tickets come? Counts in the reader's zone, as cells of a map."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from pipeline.trend_ports import Hour

CELL, GAP, LEFT, TOP = 26, 2, 84, 22
STEPS = 5
"""Shades of cells that hold something; the darkest is the most of all."""
DAYS, HOURS = 7, 24
EACH = 3
"""Hours between two that are written."""


@dataclass(frozen=True, kw_only=True)
class Cell:
    """`day` from Monday (0); `shade` is 0 where nothing came."""

    day: int
    hour: int
    n: int
    shade: int
    x: int
    y: int


@dataclass(frozen=True, kw_only=True)
class Heat:
    cells: tuple[Cell, ...]
    rows: tuple[tuple[int, ...], ...]
    """Counts by day, then by hour."""
    most: int
    shades: tuple[int, ...] = tuple(range(1, STEPS + 1))
    cell: int = CELL
    width: int = LEFT + HOURS * (CELL + GAP)
    height: int = TOP + DAYS * (CELL + GAP)

    @property
    def hours(self) -> list[tuple[int, int]]:
        """(hour, its place) of those that are written."""
        return [(hour, LEFT + hour * (CELL + GAP)) for hour in range(0, HOURS, EACH)]

    @property
    def days(self) -> list[tuple[int, int]]:
        return [(day, TOP + day * (CELL + GAP) + CELL - 8) for day in range(DAYS)]


def heat_of(hours: Iterable[Hour], zone: str) -> Heat | None:
    """None when nothing came."""
    counted: Counter[tuple[int, int]] = Counter()
    own = ZoneInfo(zone)
    for one in hours:
        here = one.at.astimezone(own)
        counted[here.weekday(), here.hour] += one.n
    if not counted:
        return None
    most = max(counted.values())
    cells = tuple(
        Cell(
            day=day,
            hour=hour,
            n=(n := counted[day, hour]),
            shade=-(-n * STEPS // most),
            x=LEFT + hour * (CELL + GAP),
            y=TOP + day * (CELL + GAP),
        )
        for day in range(DAYS)
        for hour in range(HOURS)
    )
    rows = tuple(tuple(counted[day, hour] for hour in range(HOURS)) for day in range(DAYS))
    return Heat(cells=cells, rows=rows, most=most)

"""How high is each week's bar in a plot? Counts by week, with lines at whole numbers."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from pipeline.domain.times import monday

WEEKS = 12
WIDTH, HEIGHT = 480, 200
"""Units of the drawing, which is made as wide as its place: small enough to be read on a telephone."""
LEFT, RIGHT, TOP, BOTTOM = 36, 32, 14, 30
_GAP = 0.28
"""Share of a week's room that stays free between it and the next."""
MOST_LINES = 5
_STEPS = (1, 2, 5)
WEEK = timedelta(days=7)
Counted = tuple[date, tuple[int, ...]]


@dataclass(frozen=True, kw_only=True)
class Bar:
    """One count of one week. `series` has a word."""

    series: str
    value: int
    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True, kw_only=True)
class Week:
    """`begins` is its Monday; `x` its middle."""

    begins: date
    x: float
    values: tuple[int, ...]
    bars: tuple[Bar, ...]


@dataclass(frozen=True, kw_only=True)
class Bars:
    """Weeks from the oldest to that of today, and lines at whole counts."""

    series: tuple[str, ...]
    weeks: tuple[Week, ...]
    lines: tuple[tuple[float, int], ...]
    width: int = WIDTH
    height: int = HEIGHT
    left: int = LEFT
    bottom: int = HEIGHT - BOTTOM


def first_day(today: date) -> date:
    """Of the weeks that a plot shows."""
    return monday(today) - (WEEKS - 1) * WEEK


def bars_of(days: Iterable[Counted], series: Sequence[str], today: date) -> Bars | None:
    """None when there is nothing to be seen. Each day's counts are in the order of `series`."""
    sums: dict[date, list[int]] = defaultdict(lambda: [0] * len(series))
    for day, counted in days:
        for n, value in enumerate(counted):
            sums[monday(day)][n] += value
    weeks = [first_day(today) + n * WEEK for n in range(WEEKS)]
    most = max(max(sums[week], default=0) for week in weeks)
    if most == 0:
        return None
    step = _step(most)
    top = -(-most // step) * step
    return Bars(
        series=tuple(series),
        weeks=tuple(_week(n, week, series, sums[week], top) for n, week in enumerate(weeks)),
        lines=tuple((_y(value, top), value) for value in range(0, top + 1, step)),
    )


def _week(n: int, begins: date, series: Sequence[str], values: Sequence[int], top: int) -> Week:
    room = (WIDTH - LEFT - RIGHT) / WEEKS
    left, width = LEFT + room * (n + _GAP / 2), room * (1 - _GAP) / len(series)
    bars = tuple(
        Bar(
            series=name,
            value=value,
            x=round(left + width * place, 1),
            y=_y(value, top),
            width=round(width - 1, 1),
            height=round(HEIGHT - BOTTOM - _y(value, top), 1),
        )
        for place, (name, value) in enumerate(zip(series, values, strict=True))
        if value
    )
    middle = round(LEFT + room * (n + 0.5), 1)
    return Week(begins=begins, x=middle, values=tuple(values), bars=bars)


def _y(value: int, top: int) -> float:
    return round(HEIGHT - BOTTOM - (HEIGHT - BOTTOM - TOP) * value / top, 1)


def _step(most: int) -> int:
    """1, 2, 5, 10, 20 and so on: the least that needs few lines."""
    scale = 1
    while True:
        for step in _STEPS:
            if most <= step * scale * MOST_LINES:
                return step * scale
        scale *= 10

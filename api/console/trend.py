"""How satisfied were people, week by week? The average of each week's scores, as points of a plot."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from pipeline.decision_ports import Scores
from pipeline.domain.times import monday
from pipeline.policy.surveys import SCORES

from .bars import WEEK, WEEKS, first_day

WIDTH, HEIGHT = 480, 200
LEFT, RIGHT, TOP, BOTTOM = 36, 32, 14, 30


@dataclass(frozen=True, kw_only=True)
class Figures:
    """`counts` are of each score, 1 to 5."""

    counts: tuple[int, ...]
    low_until: int

    @property
    def answers(self) -> int:
        return sum(self.counts)

    @property
    def low(self) -> int:
        return sum(self.counts[: self.low_until])

    @property
    def average(self) -> float | None:
        """To one decimal; None without an answer."""
        total = sum(score * n for score, n in zip(SCORES, self.counts, strict=True))
        return round(total / self.answers, 1) if self.answers else None


@dataclass(frozen=True, kw_only=True)
class Point:
    """One week: `y` is None where nobody answered."""

    begins: date
    figures: Figures
    x: float
    y: float | None


@dataclass(frozen=True, kw_only=True)
class Trend:
    """`runs` are weeks that follow each other with answers in each: a line is drawn through no gap."""

    points: tuple[Point, ...]
    runs: tuple[str, ...]
    lines: tuple[tuple[float, int], ...]
    width: int = WIDTH
    height: int = HEIGHT
    left: int = LEFT
    bottom: int = HEIGHT - BOTTOM


def summed(scores: Iterable[Scores], low: int) -> Figures:
    counts = [0] * len(SCORES)
    for one in scores:
        for n, count in enumerate(one.counts):
            counts[n] += count
    return Figures(counts=tuple(counts), low_until=low)


def trend_of(scores: Sequence[Scores], low: int, today: date) -> Trend | None:
    """None when nobody answered in these weeks."""
    by_week: dict[date, list[Scores]] = defaultdict(list)
    for one in scores:
        by_week[monday(one.day)].append(one)
    weeks = [first_day(today) + n * WEEK for n in range(WEEKS)]
    if not any(by_week[week] for week in weeks):
        return None
    points = [_point(n, week, summed(by_week[week], low)) for n, week in enumerate(weeks)]
    return Trend(
        points=tuple(points), runs=tuple(_runs(points)), lines=tuple((_y(s), s) for s in SCORES)
    )


def _point(n: int, begins: date, figures: Figures) -> Point:
    x = round(LEFT + (WIDTH - LEFT - RIGHT) / WEEKS * (n + 0.5), 1)
    average = figures.average
    return Point(begins=begins, figures=figures, x=x, y=None if average is None else _y(average))


def _runs(points: Iterable[Point]) -> Iterable[str]:
    run: list[str] = []
    for point in points:
        if point.y is not None:
            run.append(f"{point.x},{point.y}")
            continue
        if len(run) > 1:
            yield " ".join(run)
        run = []
    if len(run) > 1:
        yield " ".join(run)


def _y(score: float) -> float:
    share = (score - SCORES[0]) / (SCORES[-1] - SCORES[0])
    return round(HEIGHT - BOTTOM - (HEIGHT - BOTTOM - TOP) * share, 1)

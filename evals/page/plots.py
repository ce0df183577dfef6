"""What is drawn? Shares with their intervals and goals, as plain values that the page's template draws."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

_TOPS = (0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1.0)
_QUARTERS = 4


class Verdict(StrEnum):
    """How a figure stands to its goal; `within_chance` misses it, but its interval does not."""

    MET = "met"
    WITHIN_CHANCE = "within_chance"
    MISSED = "missed"


@dataclass(frozen=True, kw_only=True)
class Goal:
    """A share that is to be reached, or with `most` not to be passed."""

    at: float
    most: bool = False

    def verdict(self, share: float, between: tuple[float, float] | None) -> Verdict:
        if self._holds(share):
            return Verdict.MET
        if between and self._holds(between[0] if self.most else between[1]):
            return Verdict.WITHIN_CHANCE
        return Verdict.MISSED

    def _holds(self, share: float) -> bool:
        return share <= self.at if self.most else share >= self.at


@dataclass(frozen=True, kw_only=True)
class Bar:
    """One figure: what it is of, its share from 0 to 1, its 95 % interval, and of how many it is one.

    Raises ValueError for what is no share, or no interval.
    """

    label: str
    of_which: str = ""
    """What sets it apart from its neighbours of the same label: a language, a way."""
    share: float
    between: tuple[float, float] | None = None
    of: int | None = None
    goal: Goal | None = None

    def __post_init__(self) -> None:
        low, high = self.between or (self.share, self.share)
        if not (0 <= self.share <= 1 and 0 <= low <= high <= 1):
            raise ValueError(f"{self.label}: {self.share} ({low} to {high}) is no share")

    @property
    def verdict(self) -> Verdict | None:
        return self.goal.verdict(self.share, self.between) if self.goal else None


@dataclass(frozen=True, kw_only=True)
class Plot:
    """Bars on one scale, from 0 to the least round share that holds them all."""

    title: str
    bars: tuple[Bar, ...]
    in_percent: bool = True

    def shown(self, share: float) -> str:
        """As many digits as a share near an end needs to be told from it."""
        if not self.in_percent:
            return f"{share:.3g}"
        apart = min(share, 1 - share) * 100
        digits = 1 if apart == 0 or apart >= 1 else 2 if apart >= 0.1 else 3
        return f"{100 * share:.{digits}f}".rstrip("0").rstrip(".") + " %"

    @property
    def top(self) -> float:
        return next(top for top in _TOPS if top >= max(_ends(self.bars), default=1.0))

    @property
    def ticks(self) -> list[float]:
        return [self.top * n / _QUARTERS for n in range(_QUARTERS + 1)]

    def x(self, share: float) -> float:
        """Where a share stands, in hundredths of the width."""
        return round(100 * share / self.top, 2)


@dataclass(frozen=True, kw_only=True)
class Table:
    """Figures that are no shares: latencies, counts. A value that is absent was not measured."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str | float | None, ...], ...]


@dataclass(frozen=True, kw_only=True)
class Section:
    """What one run found: its figures, and what somebody has to know to read them."""

    title: str
    lead: str
    plots: Sequence[Plot] = field(default_factory=tuple)
    tables: Sequence[Table] = field(default_factory=tuple)


def _ends(bars: Iterable[Bar]) -> Iterable[float]:
    for bar in bars:
        yield bar.between[1] if bar.between else bar.share
        yield bar.share
        if bar.goal:
            yield bar.goal.at

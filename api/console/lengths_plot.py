"""How long did it take? Tickets by classes of length, as bars, with the median and nine of ten."""

from __future__ import annotations

from dataclasses import dataclass

from pipeline.trend_ports import UNTIL, Lasted

WIDTH, ROW, LEFT, RIGHT = 480, 26, 134, 54


@dataclass(frozen=True, kw_only=True)
class LengthBar:
    """One class: `until` in seconds, None for what takes longer than all; `percent` of those that are counted."""

    until: int | None
    n: int
    percent: int
    y: int
    width: float


@dataclass(frozen=True, kw_only=True)
class LengthsPlot:
    lasted: Lasted
    bars: tuple[LengthBar, ...]
    last: int = UNTIL[-1]
    width: int = WIDTH
    height: int = ROW * (len(UNTIL) + 1) + 6
    row: int = ROW
    left: int = LEFT


def lengths_plot(lasted: Lasted) -> LengthsPlot | None:
    """None when no ticket has such a moment."""
    most = max(lasted.classes)
    if most == 0:
        return None
    ends: tuple[int | None, ...] = (*UNTIL, None)
    bars = tuple(
        LengthBar(
            until=until,
            n=n,
            percent=round(100 * n / lasted.n),
            y=ROW * place,
            width=round((WIDTH - LEFT - RIGHT) * n / most, 1),
        )
        for place, (until, n) in enumerate(zip(ends, lasted.classes, strict=True))
    )
    return LengthsPlot(lasted=lasted, bars=bars)

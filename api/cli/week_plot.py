"""How did it go, week by week? A plot that any terminal shows."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import Any

from pipeline.domain.times import monday

WIDTH = 40
NAMES = ("searched", "suggested", "solved")
SOLVED, SUGGESTED, SEARCHED = "█", "▒", "·"


def plotted(days: Sequence[dict[str, Any]]) -> Iterator[str]:
    """A line for each week from the first to the last day, weeks without a ticket too."""
    weeks: dict[date, dict[str, int]] = defaultdict(lambda: dict.fromkeys(NAMES, 0))
    for day in days:
        counted = weeks[monday(date.fromisoformat(day["day"]))]
        for name in NAMES:
            counted[name] += day[name]
    most = max(counted["searched"] for counted in weeks.values())
    yield f"{'week of':<12}{'tickets':>9}{'told':>9}{'solved':>9}  {SOLVED} solved {SUGGESTED} told {SEARCHED} neither"
    week, last = min(weeks), max(weeks)
    while week <= last:
        counted = weeks[week]
        figures = "".join(f"{counted[name]:>9,}" for name in NAMES)
        yield f"{week.isoformat():<12}{figures}  {_bar(counted, most)}"
        week += timedelta(days=7)


def _bar(counted: dict[str, int], most: int) -> str:
    def long(n: int) -> int:
        # What happened at all is seen.
        return max(round(n * WIDTH / max(most, 1)), 1 if n else 0)

    solved = long(counted["solved"])
    told = max(long(counted["suggested"]) - solved, 0)
    return (
        SOLVED * solved
        + SUGGESTED * told
        + SEARCHED * max(long(counted["searched"]) - solved - told, 0)
    )

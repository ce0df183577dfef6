"""What is a figure? A name, values of several runs, a unit, and what was hoped for."""

from __future__ import annotations

import math
from dataclasses import dataclass
from statistics import median


@dataclass(frozen=True, kw_only=True)
class Figure:
    """`goal` is text for the table, such as "≤ 3 s"; `met` is None where there is none."""

    name: str
    values: tuple[float, ...]
    unit: str
    goal: str = ""
    met: bool | None = None
    note: str = ""

    @property
    def middle(self) -> float:
        return median(self.values)

    @property
    def spread(self) -> str:
        return (
            f"{shown(min(self.values))}–{shown(max(self.values))}" if len(self.values) > 1 else ""
        )


def shown(value: float) -> str:
    if value == 0:
        return "0"
    if abs(value) >= 100:
        return f"{value:,.0f}"
    return f"{value:.3g}"


def percentile(values: list[float], share: float) -> float:
    """The nearest-rank percentile: the least value that `share` of all values do not exceed."""
    # Rounded first: .07 of 100 is a hair more than 7 in binary, and would be the eighth.
    rank = math.ceil(round(share * len(values), 9))
    return sorted(values)[max(rank, 1) - 1]

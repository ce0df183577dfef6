"""How soon is a chain proposed, and how much is proposed that is none?"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from statistics import median
from typing import Any

from pipeline.recurrence.proposing import Kind
from pipeline.recurrence.watching import Proposed

from .rows import Row, Stream

CASES = 3


@dataclass
class Counted:
    """Over several streams. `cases` has for each chain that was proposed at which of its cases it was."""

    chains: int = 0
    by_third: int = 0
    false: int = 0
    again: int = 0
    tickets: int = 0
    cases: list[int] = field(default_factory=list)
    hours: list[float] = field(default_factory=list)
    missed: Counter[str] = field(default_factory=Counter)
    told_false: list[tuple[str, ...]] = field(default_factory=list)
    kinds: Counter[str] = field(default_factory=Counter)
    kinds_by_third: Counter[str] = field(default_factory=Counter)
    """Of chains, by the manner in which they come back."""

    def figures(self) -> dict[str, Any]:
        """None where nothing is known of the chains."""
        known = self.chains > 0
        return {
            "proposed_by_third": round(self.by_third / self.chains, 3) if known else None,
            "false_per_1000": round(1000 * self.false / self.tickets, 2) if known else None,
            "median_cases_to_proposal": median(self.cases) if self.cases else None,
            "proposed_at_all": round(len(self.cases) / self.chains, 3) if known else None,
            "proposed_again": self.again,
            "median_hours_to_proposal": round(median(self.hours), 1) if self.hours else None,
            "chains": self.chains,
            "tickets": self.tickets,
        }

    def intervals(self) -> dict[str, list[float] | None]:
        """At 95 %: Wilson's for a share, Garwood's for a count of rare ones."""
        if not self.chains:
            return {"proposed_by_third": None, "false_per_1000": None}
        return {
            "proposed_by_third": wilson(self.by_third, self.chains),
            "false_per_1000": [round(1000 * n / self.tickets, 2) for n in garwood(self.false)],
        }

    def by_kind(self) -> dict[str, dict[str, int]]:
        return {
            kind: {"chains": chains, "proposed_by_third": self.kinds_by_third[kind]}
            for kind, chains in sorted(self.kinds.items())
        }


def wilson(of: int, among: int) -> list[float]:
    share, z = of / among, 1.96
    middle = (share + z * z / (2 * among)) / (1 + z * z / among)
    half = z * math.sqrt(share * (1 - share) / among + z * z / (4 * among**2)) / (1 + z * z / among)
    return [round(middle - half, 3), round(middle + half, 3)]


def garwood(seen: int) -> tuple[float, float]:
    """Bounds of a Poisson count's mean, by Wilson and Hilferty's approximation of chi-square."""
    z = 1.96
    low = seen * (1 - 1 / (9 * seen) - z / (3 * math.sqrt(seen))) ** 3 if seen else 0.0
    more = seen + 1
    return low, more * (1 - 1 / (9 * more) + z / (3 * math.sqrt(more))) ** 3


def count(into: Counted, stream: Stream, proposals: Sequence[Proposed]) -> None:
    """A proposal is right when at least two of its cases, and most of them, are of one chain; a second one
    for the same chain counts apart. Wishes are suggestions, and no proposals."""
    opened: defaultdict[str, list[Row]] = defaultdict(list)
    for row in stream.rows:
        if row["event"] == "opened" and (chain := stream.chain_of.get(str(row["id"]))):
            opened[chain].append(row)
    first: dict[str, Proposed] = {}
    for proposed in proposals:
        if proposed.kind is Kind.REQUEST:
            continue
        named = Counter(stream.chain_of.get(id_) for id_ in proposed.members)
        chain, most = named.most_common(1)[0]
        if chain is None or most < CASES - 1 or 2 * most <= len(proposed.members):
            into.false += 1
            into.told_false.append(proposed.members)
        elif chain in first:
            into.again += 1
        else:
            first[chain] = proposed
    into.tickets += stream.tickets
    for chain, rows in opened.items():
        if len(rows) >= CASES:
            soon = _one(into, chain, rows, first.get(chain))
            into.kinds[kind := stream.kind_of.get(chain, "unknown")] += 1
            into.kinds_by_third[kind] += soon


def _one(into: Counted, chain: str, rows: Sequence[Row], proposed: Proposed | None) -> bool:
    """Whether it was proposed by its third case."""
    into.chains += 1
    at = sum(row["time"] <= proposed.at for row in rows) if proposed else None
    if proposed is not None and at is not None:
        into.cases.append(at)
        into.hours.append((proposed.at - rows[0]["time"]).total_seconds() / 3600)
    soon = at is not None and at <= CASES
    into.by_third += soon
    into.missed[chain] += not soon
    return soon

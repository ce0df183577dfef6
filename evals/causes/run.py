"""`python -m evals causes`: does the true cause stand first, beside the simple rule "the newest change before it"?"""

from __future__ import annotations

import json
import math
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from rich.console import Console
from rich.table import Table

from pipeline.causes.ranking import Ranked, candidates, rank

from .recording import Case, cases
from .streams import made

SURE = 1.96
"""Standard deviations on each side of a 95 % interval."""
BINS = (0.0, 0.2, 0.4, 0.6, 0.8, 1.0001)


@dataclass
class Share:
    right: int = 0
    of: int = 0

    def count(self, is_right: bool) -> None:
        self.right, self.of = self.right + is_right, self.of + 1

    def figures(self) -> dict[str, Any]:
        """With Wilson's interval."""
        if not self.of:
            return {"share": None, "n": 0}
        p, n = self.right / self.of, self.of
        middle = (p + SURE**2 / (2 * n)) / (1 + SURE**2 / n)
        half = SURE * math.sqrt(p * (1 - p) / n + SURE**2 / (4 * n * n)) / (1 + SURE**2 / n)
        low, high = max(0.0, middle - half), min(1.0, middle + half)
        return {"share": round(p, 3), "between": [round(low, 3), round(high, 3)], "n": n}


@dataclass
class Counted:
    """`on_record`: the true cause is among what was looked at; else no order could show it."""

    first: dict[str, Share] = field(default_factory=dict)
    three: dict[str, Share] = field(default_factory=dict)
    unknown_told: Share = field(default_factory=Share)
    unknown_right: Share = field(default_factory=Share)
    on_record: Share = field(default_factory=Share)
    bins: list[list[tuple[float, bool]]] = field(default_factory=lambda: [[] for _ in BINS[1:]])


def run(seeds: Sequence[int], incidents: int, *, as_json: bool) -> None:
    ours, rule = Counted(), Counted()
    for seed in seeds:
        for case in cases(made(seed, incidents)):
            _count(ours, case, rank(case.seen))
            _count_rule(rule, case)
    shown = {"ours": _figures(ours), "newest_change": _figures(rule), "calibration": _bins(ours)}
    if as_json:
        print(json.dumps(shown, indent=2))
    else:
        _print(shown)


def _count(into: Counted, case: Case, ranked: Ranked) -> None:
    keys = [one.candidate.key for one in ranked.likely]
    unknown = ranked.is_unknown
    _judge(into, case, keys, unknown)
    top = ranked.likely[0].probability if ranked.likely and not unknown else ranked.unknown
    right = case.truth is None if unknown else bool(keys) and keys[0] == case.truth
    into.bins[_bin(top)].append((top, right))


def _count_rule(into: Counted, case: Case) -> None:
    """The newest changes on the path whose work began before it; unknown where there is none."""
    latest = sorted(case.seen.changes, key=lambda one: one.change.began_at, reverse=True)
    known = {one.key for one in candidates(case.seen)}
    keys = [f"change:ci:{one.change.number}" for one in latest]
    _judge(into, case, [key for key in keys if key in known], not keys)


def _judge(into: Counted, case: Case, keys: Sequence[str], unknown: bool) -> None:
    if case.truth is not None:
        for of in ("all", case.kind):
            into.first.setdefault(of, Share()).count(keys[:1] == [case.truth])
            into.three.setdefault(of, Share()).count(case.truth in keys[:3])
        found = {one.key for one in candidates(case.seen)}
        into.on_record.count(case.truth in found)
    else:
        into.unknown_told.count(unknown)
    if unknown:
        into.unknown_right.count(case.truth is None)


def _figures(counted: Counted) -> dict[str, Any]:
    return {
        "rank_1": {of: share.figures() for of, share in sorted(counted.first.items())},
        "rank_3": {of: share.figures() for of, share in sorted(counted.three.items())},
        "on_record": counted.on_record.figures(),
        "unknown_told_of_unknown": counted.unknown_told.figures(),
        "unknown_right_of_told": counted.unknown_right.figures(),
    }


def _bin(probability: float) -> int:
    return next(n for n, top in enumerate(BINS[1:]) if probability < top)


def _bins(counted: Counted) -> dict[str, Any]:
    """Of what is shown first, "unknown" too: how likely it was said to be, and how often it was right."""
    whole = sum(map(len, counted.bins))
    rows, error = [], 0.0
    for n, found in enumerate(counted.bins):
        if not found:
            continue
        said = sum(p for p, _ in found) / len(found)
        right = sum(is_right for _, is_right in found) / len(found)
        error += len(found) / whole * abs(said - right)
        rows.append(
            {
                "from": BINS[n],
                "said": round(said, 3),
                "right": round(right, 3),
                "n": len(found),
            }
        )
    return {"error": round(error, 3), "bins": rows}


def _print(shown: dict[str, Any]) -> None:
    table = Table(title="causes")
    for name in ("who", "what", "share", "between", "n"):
        table.add_column(name)
    for who in ("ours", "newest_change"):
        for what, figures in shown[who].items():
            of = figures.items() if "share" not in figures else [("", figures)]
            for name, one in of:
                between = one.get("between") or ["", ""]
                table.add_row(
                    who,
                    f"{what} {name}".strip(),
                    str(one["share"]),
                    f"{between[0]} to {between[1]}",
                    str(one["n"]),
                )
    Console().print(table)
    Console().print_json(data=shown["calibration"])

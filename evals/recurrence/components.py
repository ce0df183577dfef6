"""`python -m evals components`: of public status reports, do those of one component find each other by their first words alone?

What failed of one component are many failures, so a component is no chain of one cause: what is asked is whether
the nearest earlier reports, and what is proposed, keep to one component although no component is shown.
"""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

from pipeline.recurrence.case import Case
from pipeline.recurrence.signature import Signer
from pipeline.recurrence.watching import Proposed, Watch

from ..chains.judging import wilson
from ..retrieval.sets import json_rows

LOOKED_AT = 5
LEAST = 3
"""Reports of a component that is told of."""


@dataclass
class Component:
    reports: int = 0
    asked: int = 0
    """Those that have an earlier report of the component."""
    nearest: int = 0
    among_five: int = 0
    by_chance: float = 0.0
    """The share of earlier reports that are of the component, summed over what was asked."""
    proposed: list[int] = field(default_factory=list)
    """Of each proposal whose most frequent component it is, how many of its reports are of it."""
    members: int = 0


def run(folder: Path, *, as_json: bool) -> None:
    """Raises FileNotFoundError and ValueError for a folder that is none."""
    found = watched(list(_reports(folder)))
    shown = {name: _figures(one) for name, one in found.items() if one.reports >= LEAST}
    if as_json:
        print(json.dumps({"components": shown, "all": _figures(_sum(found))}, indent=2))
    else:
        _print({**shown, "all": _figures(_sum(found))})


def watched(reports: Sequence[tuple[Case, frozenset[str]]]) -> dict[str, Component]:
    watch, of = Watch(Signer()), {case.id: components for case, components in reports}
    found: defaultdict[str, Component] = defaultdict(Component)
    before: Counter[str] = Counter()
    for number, (case, components) in enumerate(reports):
        judged, proposed = watch.opened(case)
        near = [of[one.earlier.id] for one in judged.similar[:LOOKED_AT]]
        for name in components:
            _count(found[name], name, near, before[name] / number if number else 0.0)
        before.update(components)
        if proposed:
            _proposed(found, proposed, of)
    return dict(found)


def _count(one: Component, name: str, near: Sequence[frozenset[str]], share: float) -> None:
    one.reports += 1
    if share:
        one.asked += 1
        one.by_chance += share
        one.nearest += bool(near) and name in near[0]
        one.among_five += any(name in other for other in near)


def _proposed(
    found: defaultdict[str, Component], told: Proposed, of: dict[str, frozenset[str]]
) -> None:
    named = Counter(name for id_ in told.members for name in sorted(of[id_]))
    if named:
        name, times = named.most_common(1)[0]
        found[name].proposed.append(times)
        found[name].members += len(told.members)


def _sum(found: dict[str, Component]) -> Component:
    every = Component()
    for one in found.values():
        every.reports += one.reports
        every.asked += one.asked
        every.nearest += one.nearest
        every.among_five += one.among_five
        every.by_chance += one.by_chance
        every.proposed += one.proposed
        every.members += one.members
    return every


def _figures(one: Component) -> dict[str, Any]:
    asked = max(one.asked, 1)
    return {
        "reports": one.reports,
        "nearest": round(one.nearest / asked, 3),
        "nearest_interval": wilson(one.nearest, asked),
        "among_five": round(one.among_five / asked, 3),
        "by_chance": round(one.by_chance / asked, 3),
        "proposals": len(one.proposed),
        "of_one_component": round(sum(one.proposed) / one.members, 3) if one.members else None,
    }


def _reports(folder: Path) -> Iterator[tuple[Case, frozenset[str]]]:
    """In order of time, each with what was known first; planned work is none."""
    rows = json_rows(folder / "incidents.jsonl", ("id", "title", "start", "components", "updates"))
    for row in sorted(rows, key=lambda row: str(row["start"])):
        if row.get("impact") == "maintenance" or not row["components"]:
            continue
        first = row["updates"][0]["text"] if row["updates"] else ""
        at = datetime.fromisoformat(str(row["start"]))
        case = Case(id=str(row["id"]), at=at, title=str(row["title"]), text=str(first))
        yield case, frozenset(str(name) for name in row["components"])


def _print(shown: dict[str, dict[str, Any]]) -> None:
    table = Table(title="components")
    table.add_column("component")
    for column in next(iter(shown.values())):
        table.add_column(column)
    for name, figures in shown.items():
        table.add_row(name, *(str(figure) for figure in figures.values()))
    Console(width=140).print(table)

"""What does a chain's page show? Its cases on an axis of time, what they share, what they cost, what was tried."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from pipeline.bootstrap import Heliograph
from pipeline.domain.directory import Service
from pipeline.domain.errors import UnknownThing
from pipeline.domain.facts import FactValue
from pipeline.domain.incident import Incident
from pipeline.domain.problem import Problem
from pipeline.domain.recurring import Chain, ChainState
from pipeline.flow.recurrence.cases import cases as cases_of
from pipeline.flow.recurrence.reading import (
    LOOKED_AT,
    cost_of,
    names_of,
    reported,
    service_named,
)
from pipeline.recurrence.costing import Cost
from pipeline.recurrence.describing import Life, life_of, names_in
from pipeline.recurrence.proposing import days_between
from pipeline.recurrence.suggesting import owner_of, priority_of, service_of

WIDTH, EDGE = 960, 40
MOST_CASES = 500
_TICKS = 6


@dataclass(frozen=True, kw_only=True)
class Dot:
    """A case in the plot. Those that would lie on each other are stacked."""

    x: float
    y: float
    incident: Incident


@dataclass(frozen=True, kw_only=True)
class Plot:
    dots: tuple[Dot, ...]
    ticks: tuple[tuple[float, date], ...]
    height: int
    width: int = WIDTH


@dataclass(frozen=True, kw_only=True)
class Shown:
    """`every` is the usual time from one case to the next, in seconds. `shared` are names (and services) of at least half the cases, `varying` those of fewer; `owner` and
    `priority` are what is suggested for a problem record, `names` what ids of groups and people are called."""

    chain: Chain
    cases: tuple[Incident, ...]
    plot: Plot
    every: int | None
    shared: tuple[str, ...]
    varying: tuple[str, ...]
    fixes: tuple[tuple[Incident, str], ...]
    cost: Cost
    life: Life
    problem: Problem | None
    service: Service | None
    owner: str | None
    priority: str | None
    names: Mapping[str, FactValue]


def chain_shown(app: Heliograph, chain_id: str, zone: str) -> Shown:
    """Its days are those of `zone`. Raises UnknownThing."""
    with app.store.read() as tx:
        chain = tx.chain(chain_id)
        if chain is None:
            raise UnknownThing(f"no chain {chain_id[:100]}")
        members = tx.members([chain_id]).get(chain_id, [])[-MOST_CASES:]
        ids = [member.incident for member in members]
        incidents = cases_of(tx, ids)
        cases = [incidents[name] for name in ids if name in incidents]
        shared, varying = names_in([reported(case) for case in cases[-LOOKED_AT:]])
        problem = tx.problems_of([chain_id]).get(chain_id)
        service = service_named(tx, problem.service if problem else service_of(cases))
        owner = owner_of(cases, service)
        missed = tx.missed_levels(ids, app.clock.now())
        named = [name for name in (owner, problem.owner if problem else None) if name]
        cost, names = cost_of(tx, cases, service, missed), names_of(tx, named)
    times = [case.opened_at for case in cases]
    return Shown(
        chain=chain,
        cases=tuple(cases),
        plot=plot_of(cases, zone),
        every=_every(times),
        shared=shared,
        varying=varying,
        fixes=tuple((c, c.resolution.value.fix_summary) for c in cases if c.resolution),
        cost=cost,
        life=_life(app, chain, times),
        problem=problem,
        service=service,
        owner=owner,
        priority=priority_of(cases),
        names=names,
    )


def _life(app: Heliograph, chain: Chain, times: Sequence[datetime]) -> Life:
    rules = app.library.rules.recurrence
    return life_of(
        times,
        app.clock.now(),
        watched=chain.state is ChainState.WATCHED,
        from_case=rules.from_case,
        quiet_after=rules.quiet_after,
    )


def _every(times: Sequence[datetime]) -> int | None:
    """Told to what matters: whole days beyond two, whole hours beyond two."""
    days = days_between(times)
    if days is None:
        return None
    seconds = days * _DAY
    unit = next((unit for unit in (_DAY, _HOUR) if seconds >= 2 * unit), 1)
    return round(seconds / unit) * unit


_DAY, _HOUR = 86_400, 3_600


def plot_of(cases: Sequence[Incident], zone: str) -> Plot:
    if not cases:
        return Plot(dots=(), ticks=(), height=_FLOOR)
    first, last = cases[0].opened_at, cases[-1].opened_at
    span = max((last - first).total_seconds(), 1.0)

    def place(at: datetime) -> float:
        return round(EDGE + (WIDTH - 2 * EDGE) * (at - first).total_seconds() / span, 1)

    found: list[tuple[float, int]] = []
    for case in cases:
        x = place(case.opened_at)
        found.append((x, sum(abs(other - x) < _DOT for other, _ in found[-_HIGHEST:])))
    height = _FLOOR + _DOT * max(level for _, level in found)
    dots = [
        Dot(x=x, y=height - _LINE - level * _DOT, incident=case)
        for case, (x, level) in zip(cases, found, strict=True)
    ]
    steps = [first + (last - first) * n / (_TICKS - 1) for n in range(_TICKS)]
    days: dict[date, float] = {}
    for at in steps:
        days.setdefault(at.astimezone(ZoneInfo(zone)).date(), place(at))
    ticks = tuple((x, day) for day, x in days.items())
    return Plot(dots=tuple(dots), ticks=ticks, height=height)


_DOT, _HIGHEST, _LINE, _FLOOR = 10, 20, 36, 60
"""A dot's size, how many of them are stacked, and where the lowest lies above the foot of the plot."""

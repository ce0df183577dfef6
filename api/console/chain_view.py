"""What does a chain's page show? Its cases on an axis of time, what they share, what they cost, what was tried."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from pipeline.bootstrap import Heliograph
from pipeline.domain.errors import UnknownThing
from pipeline.domain.incident import Incident
from pipeline.domain.lattices import TicketState
from pipeline.domain.recurring import Chain
from pipeline.flow.history.cases import cases as cases_of
from pipeline.recurrence.kept import read
from pipeline.recurrence.proposing import days_between
from pipeline.recurrence.signature import Signature

WIDTH, HEIGHT, EDGE = 960, 90, 40
MOST_CASES = 500
_TICKS = 6
_OVER = (TicketState.RESOLVED, TicketState.CLOSED)


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
    width: int = WIDTH
    height: int = HEIGHT


@dataclass(frozen=True, kw_only=True)
class Cost:
    """Hours from the opening of each case to its solution, those that are solved; 1 decimal."""

    hours: tuple[float, ...]
    unsolved: int

    @property
    def total(self) -> float:
        return round(sum(self.hours), 1)


@dataclass(frozen=True, kw_only=True)
class Shown:
    """`shared` are names (and services) of at least half the cases, `varying` those of fewer."""

    chain: Chain
    cases: tuple[Incident, ...]
    plot: Plot
    every_days: float | None
    shared: tuple[str, ...]
    varying: tuple[str, ...]
    fixes: tuple[tuple[Incident, str], ...]
    cost: Cost


def chain_shown(app: Heliograph, chain_id: str) -> Shown:
    """Raises UnknownThing."""
    with app.store.read() as tx:
        chain = tx.chain(chain_id)
        if chain is None:
            raise UnknownThing(f"no chain {chain_id[:100]}")
        members = tx.members([chain_id]).get(chain_id, [])[-MOST_CASES:]
        ids = [member.incident for member in members]
        incidents = cases_of(tx, ids)
        signatures = [read(body) for body in tx.signature_bodies(tx.places_of(ids))]
    cases = [incidents[name] for name in ids if name in incidents]
    shared, varying = _names(signatures)
    return Shown(
        chain=chain,
        cases=tuple(cases),
        plot=plot_of(cases),
        every_days=days_between([case.opened_at for case in cases]),
        shared=shared,
        varying=varying,
        fixes=tuple((c, c.resolution.value.fix_summary) for c in cases if c.resolution),
        cost=cost_of(cases),
    )


def cost_of(cases: Sequence[Incident]) -> Cost:
    over = [case for case in cases if case.state.value in _OVER]
    hours = (round((c.state.at - c.opened_at) / timedelta(hours=1), 1) for c in over)
    return Cost(hours=tuple(max(0.0, h) for h in hours), unsolved=len(cases) - len(over))


def plot_of(cases: Sequence[Incident]) -> Plot:
    if not cases:
        return Plot(dots=(), ticks=())
    first, last = cases[0].opened_at, cases[-1].opened_at
    span = max((last - first).total_seconds(), 1.0)

    def place(at: datetime) -> float:
        return round(EDGE + (WIDTH - 2 * EDGE) * (at - first).total_seconds() / span, 1)

    dots: list[Dot] = []
    for case in cases:
        x = place(case.opened_at)
        near = sum(abs(dot.x - x) < _DOT for dot in dots[-_HIGHEST:])
        dots.append(Dot(x=x, y=HEIGHT - 36 - near * 10, incident=case))
    steps = [first + (last - first) * n / (_TICKS - 1) for n in range(_TICKS)]
    days: dict[date, float] = {}
    for at in steps:
        days.setdefault(at.date(), place(at))
    return Plot(dots=tuple(dots), ticks=tuple((x, day) for day, x in days.items()))


_DOT, _HIGHEST = 10, 5


def shown_name(name: str) -> str:
    """Without the marks by which names of machines are kept apart from words."""
    bare = name[1:]
    return bare[1:] if bare[:1] == "n" and bare[1:].isdigit() else bare


def _names(signatures: Sequence[Signature]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """As they are compared: without marks and capitals."""
    told = Counter(
        name
        for one in signatures
        for name in {
            *(shown_name(name) for names in one.names.values() for name in names),
            *([one.service] if one.service else []),
        }
    )
    most = [name for name, _ in told.most_common()]
    half = len(signatures) / 2
    shared = tuple(name for name in most if told[name] >= max(2, half))
    return shared[:12], tuple(name for name in most if name not in shared)[:12]

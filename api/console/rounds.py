"""Which communications belong together? Those of one kind that left in one minute, to several audiences."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from pipeline.domain.communication import Communication, Kind
from pipeline.domain.promise import Promise, PromiseState

_OUTWARD = ("affected", "public", "leaders", "front_line", "owner")
AUDIENCES = {audience: place for place, audience in enumerate(_OUTWARD)}
"""In this order the audiences of a major incident are shown; others follow."""


@dataclass(frozen=True, kw_only=True)
class Round:
    """At least one communication."""

    kind: Kind
    at: datetime
    communications: tuple[Communication, ...]


@dataclass(frozen=True, kw_only=True)
class Announced:
    """One announced time, and all the audiences that were given it."""

    what: str
    at: datetime
    state: PromiseState
    audiences: tuple[str, ...]


def rounds_of(communications: Iterable[Communication], *, newest_first: bool = True) -> list[Round]:
    """In the order of their times."""
    by_time = sorted(communications, key=_place, reverse=newest_first)
    found = []
    for (at, kind), group in groupby(by_time, _place):
        told = sorted(group, key=lambda c: AUDIENCES.get(c.audience, len(AUDIENCES)))
        found.append(Round(kind=kind, at=at, communications=tuple(told)))
    return found


def announced_by(promises: Sequence[Promise]) -> list[Announced]:
    """What lies ahead first, the nearest on top; then the past, newest first."""
    together: dict[tuple[PromiseState, datetime, str], list[str]] = {}
    for promise in promises:
        key = (promise.state, promise.promised_at, promise.what)
        together.setdefault(key, []).append(promise.audience or "")
    rows = [
        Announced(what=what, at=at, state=state, audiences=tuple(sorted({a for a in to if a})))
        for (state, at, what), to in together.items()
    ]
    ahead = sorted((r for r in rows if r.state is PromiseState.OPEN), key=lambda r: r.at)
    past = sorted((r for r in rows if r.state is not PromiseState.OPEN), key=lambda r: r.at)
    return [*ahead, *reversed(past)]


def _place(c: Communication) -> tuple[datetime, Kind]:
    return c.due_at.replace(second=0, microsecond=0), c.kind

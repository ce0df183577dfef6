"""Which communications belong together? Those of one kind that left in one minute, to several audiences."""

from __future__ import annotations

from collections.abc import Iterable
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
    """One announced time of one ticket: a promise to each audience that was told it, at least one."""

    promises: tuple[Promise, ...]

    @property
    def first(self) -> Promise:
        """What, when and whether kept is the same in all of them."""
        return self.promises[0]

    @property
    def audiences(self) -> list[str]:
        named = {p.audience for p in self.promises if p.audience}
        return sorted(named, key=lambda a: AUDIENCES.get(a, len(AUDIENCES)))


def rounds_of(communications: Iterable[Communication], *, newest_first: bool = True) -> list[Round]:
    """In the order of their times."""
    by_time = sorted(communications, key=_place, reverse=newest_first)
    found = []
    for (at, kind), group in groupby(by_time, _place):
        told = sorted(group, key=lambda c: AUDIENCES.get(c.audience, len(AUDIENCES)))
        found.append(Round(kind=kind, at=at, communications=tuple(told)))
    return found


def announced_by(promises: Iterable[Promise]) -> list[Announced]:
    """In the order in which each was met first."""
    together: dict[tuple[object, ...], list[Promise]] = {}
    for p in promises:
        together.setdefault((p.incident, p.what, p.promised_at, p.state), []).append(p)
    return [Announced(promises=tuple(found)) for found in together.values()]


def ahead_first(announced: Iterable[Announced]) -> list[Announced]:
    """What lies ahead, the nearest on top; then the past, newest first."""
    by_time = sorted(announced, key=lambda a: a.first.promised_at)
    ahead = [a for a in by_time if a.first.state is PromiseState.OPEN]
    return [*ahead, *(a for a in reversed(by_time) if a.first.state is not PromiseState.OPEN)]


def _place(c: Communication) -> tuple[datetime, Kind]:
    return c.due_at.replace(second=0, microsecond=0), c.kind

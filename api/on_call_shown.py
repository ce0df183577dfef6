"""How is an on-call calendar shown, on a page or over the API? With its age, and never with its address."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from pipeline.bootstrap import Heliograph
from pipeline.domain.directory import Group, Person
from pipeline.domain.rota import Rota, Shift, age_of, is_stale
from pipeline.flow.on_call.keeping import Standing

MOST_NEXT = 5


@dataclass(frozen=True, kw_only=True)
class Turn:
    """A shift with the person that it means; `known` is None for a stranger."""

    shift: Shift
    known: Person | None


@dataclass(frozen=True, kw_only=True)
class Shown:
    rota: Rota
    now: Sequence[Turn]
    next: Sequence[Turn]
    instead: Group | None
    """Who is told now, where it is not those who have it."""
    group: Group | None
    host: str
    age: timedelta | None
    stale: bool


def shown(app: Heliograph, standing: Sequence[Standing]) -> list[Shown]:
    """In the same order; the directory is read once for all."""
    turns = [s for one in standing for s in (*one.now, *one.next[:MOST_NEXT])]
    people = app.queries.people(sorted({s.person for s in turns if s.person}))
    groups = app.queries.groups(sorted({one.rota.fallback for one in standing}))
    now = app.clock.now()
    return [_one(standing, people, groups, now) for standing in standing]


def _one(
    standing: Standing, people: dict[str, Person], groups: dict[str, Group], now: datetime
) -> Shown:
    rota = standing.rota
    having = _turns(standing.now, people)
    told = any(turn.known is not None and turn.known.active for turn in having)
    group = groups.get(rota.fallback)
    return Shown(
        rota=rota,
        now=having,
        next=_turns(standing.next[:MOST_NEXT], people),
        instead=None if told else group,
        group=group,
        host=urlsplit(rota.url).hostname or "" if rota.url else "",
        age=age_of(rota, now),
        stale=is_stale(rota, now),
    )


def _turns(shifts: Sequence[Shift], people: dict[str, Person]) -> list[Turn]:
    return [Turn(shift=s, known=people.get(s.person) if s.person else None) for s in shifts]

"""How long did each part take? Every length is the difference of two moments of the record, or is not known."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from ..domain.events import Event
from ..domain.facts import Level
from ..domain.promise import Promise, PromiseState
from ..domain.report import Told


class Moment(StrEnum):
    """Moments between which lengths are counted."""

    STARTED = "started"
    DETECTED = "detected"
    DECLARED = "declared"
    FIRST_CONTACT = "first_contact"
    CALLED = "called"
    ACCEPTED = "accepted"
    IDENTIFIED = "identified"
    REPAIRED = "repaired"
    RESTORED = "restored"
    CONFIRMED = "confirmed"


@dataclass(frozen=True, kw_only=True)
class Mark:
    """When it was, and which event (or communication) says so."""

    at: datetime
    cite: str


Marks = Mapping[Moment, Mark]


@dataclass(frozen=True, kw_only=True)
class Span:
    """`seconds` are counted from minute to minute, as both ends are told: a reader who subtracts finds the same.
    None where an end is missing, or where the end lies before the beginning (a conflict of the record)."""

    code: str
    since: Mark | None
    until: Mark | None
    level: Level

    @property
    def seconds(self) -> int | None:
        if self.since is None or self.until is None or self.is_turned:
            return None
        return int((_minute(self.until.at) - _minute(self.since.at)).total_seconds())

    @property
    def is_turned(self) -> bool:
        return self.since is not None and self.until is not None and self.until.at < self.since.at

    @property
    def cites(self) -> tuple[str, ...]:
        return tuple(mark.cite for mark in (self.since, self.until) if mark is not None)


_SPANS = (
    ("to_detect", Moment.STARTED, Moment.DETECTED, Level.INTERNAL),
    ("to_declare", Moment.DETECTED, Moment.DECLARED, Level.INTERNAL),
    ("to_first_contact", Moment.DECLARED, Moment.FIRST_CONTACT, Level.INTERNAL),
    ("to_accept", Moment.CALLED, Moment.ACCEPTED, Level.INTERNAL),
    ("to_cause", Moment.STARTED, Moment.IDENTIFIED, Level.INTERNAL),
    ("to_repair", Moment.STARTED, Moment.REPAIRED, Level.INTERNAL),
    ("down", Moment.STARTED, Moment.RESTORED, Level.PUBLIC),
    ("to_confirm", Moment.RESTORED, Moment.CONFIRMED, Level.INTERNAL),
)


def spans_of(marks: Marks) -> list[Span]:
    """In the order of an incident's life."""
    return [
        Span(code=code, since=marks.get(since), until=marks.get(until), level=level)
        for code, since, until, level in _SPANS
    ]


def marks_of(events: Sequence[Event], told: Iterable[Told]) -> dict[Moment, Mark]:
    """The first moment of each kind; of recoveries the last, which is the one that held. A start that was said
    anew counts as it was said last."""
    found: dict[Moment, Mark] = {}
    for event in events:
        for moment, at in _said(event):
            mark = Mark(at=at, cite=event.id)
            if (
                moment in (Moment.STARTED, Moment.RESTORED, Moment.CONFIRMED)
                or moment not in found
                or at < found[moment].at
            ):
                found[moment] = mark
    if Moment.DETECTED not in found and Moment.DECLARED in found:
        # Whoever declares what nobody reported has noticed it.
        found[Moment.DETECTED] = found[Moment.DECLARED]
    for one in told:
        if one.kind == "first_contact" and one.audience == "affected":
            mark = Mark(at=one.at, cite=one.communication)
            known = found.get(Moment.FIRST_CONTACT)
            found[Moment.FIRST_CONTACT] = mark if known is None or one.at < known.at else known
    return found


def _said(event: Event) -> Iterator[tuple[Moment, datetime]]:
    data: Any = event.data
    name, at = event.name, event.occurred_at
    if name == "declared" and data.started_at is not None:
        yield Moment.STARTED, data.started_at
    if name in ("alerted", "reported"):
        yield Moment.DETECTED, at
    if name == "phase_changed":
        yield from _phase(data.phase.value, at)
    if name == "restored":
        yield Moment.RESTORED, data.restored_at or at
        yield Moment.CONFIRMED, at
    simple = {
        "declared": Moment.DECLARED,
        "team_called": Moment.CALLED,
        "accepted": Moment.ACCEPTED,
    }
    if name in simple:
        yield simple[name], at
    if name == "declared" and data.team is not None:
        yield Moment.CALLED, at


def _phase(phase: str, at: datetime) -> Iterator[tuple[Moment, datetime]]:
    if phase == "identified":
        yield Moment.IDENTIFIED, at
    if phase == "monitoring":
        yield Moment.REPAIRED, at


@dataclass(frozen=True, kw_only=True)
class Kept:
    """Of the times that were announced: how many were kept, late, and broken."""

    kept: int
    late: int
    broken: int

    @property
    def all(self) -> int:
        return self.kept + self.late + self.broken


def kept_of(promises: Iterable[Promise]) -> Kept:
    states = [promise.state for promise in promises]
    return Kept(
        kept=states.count(PromiseState.KEPT),
        late=states.count(PromiseState.LATE),
        broken=states.count(PromiseState.BROKEN),
    )


def _minute(moment: datetime) -> datetime:
    return moment.replace(second=0, microsecond=0)

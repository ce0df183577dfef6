"""What happened in a history, as events of ours? Only what it records: no cause, no effect, no scope."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from pipeline.domain.cloudevents import Incoming, parse
from pipeline.domain.times import EARLIEST, LATEST, to_text

from .histories import History, Statement

SOURCE = "history"
UNENDED = timedelta(hours=24)
"""How long a history without an end is followed."""
LONGEST_SILENCE = timedelta(days=14)
"""Longest time without a word while a failure is open. Updates are composed through all of it, every
quarter of an hour at worst: a slip in a month would take many minutes, one in a year for ever."""
MARGIN = timedelta(days=2)
"""What is played begins a minute before the first statement, may end a day after the last, and promises
updates some hours ahead: all of it must be a time that the product takes."""
OVER = frozenset({"resolved", "completed", "postmortem"})
_PHASES = {"identified": "identified", "monitoring": "monitoring"}


@dataclass(frozen=True, kw_only=True)
class Step:
    """Events of one history that come in together."""

    at: datetime
    history: str
    events: tuple[dict[str, Any], ...]

    def incoming(self, now: datetime) -> list[Incoming]:
        return [parse(event, now=now, ours=True) for event in self.events]


def steps_of(history: History) -> list[Step]:
    """One step for each statement, and the end of a record that has none. A history that begins with
    its end declares nothing that anybody would be told of.

    Raises ValueError, one sentence, for times that nobody can have meant."""
    if history.planned:
        return []
    made: list[Step] = []
    at: datetime | None = None
    declared = over = False
    for n, statement in enumerate(history.statements):
        _refuse_edge(statement.at, f"updates.{n}.at")
        if at is not None and not over:
            _refuse_gap(at, statement.at, f"updates.{n}.at")
        # Clocks go back in some records; what was published later was not said before.
        at = statement.at if at is None else max(at, statement.at)
        events = list(_events(history, statement, declared, over))
        over, declared = statement.status.casefold() in OVER, True
        made.append(_step(history, at, n, events))
    if at is not None and not over:
        ended = _end(history, at)
        closed = ("heliograph.ticket.closed.v1", {"silent": True})
        made.append(_step(history, ended, len(made), [closed]))
    return made


def _end(history: History, last: datetime) -> datetime:
    if history.end is None:
        return last + UNENDED
    _refuse_edge(history.end, "end")
    _refuse_gap(last, history.end, "end")
    return max(history.end, last)


def _refuse_gap(before: datetime, at: datetime, where: str) -> None:
    if abs(at - before) > LONGEST_SILENCE:
        days, side = abs(at - before).days, "after" if at > before else "before"
        raise ValueError(
            f"{where}: {_shown(at)} lies {days:,} days {side} the update before it ({_shown(before)}), "
            f"and at most {LONGEST_SILENCE.days} are played; correct the time, or make two histories"
        )


def _refuse_edge(at: datetime, where: str) -> None:
    first, last = EARLIEST + MARGIN, LATEST - MARGIN
    if not first <= at <= last:
        raise ValueError(
            f"{where}: {_shown(at)} cannot be played; "
            f"correct the time to one from {_shown(first)} to {_shown(last)}"
        )


def _shown(at: datetime) -> str:
    return at.strftime("%Y-%m-%dT%H:%M:%SZ")


def _events(
    history: History, said: Statement, declared: bool, was_over: bool
) -> Iterator[tuple[str, dict[str, Any]]]:
    status = said.status.casefold()
    if not declared:
        service = service_of(history)
        yield (
            "heliograph.incident.declared.v1",
            {
                "severity": history.severity,
                "headline": history.title,
                "basis": "source",
                **({"service": service} if service else {}),
            },
        )
    elif was_over and status not in OVER:
        yield "heliograph.incident.relapsed.v1", {}
    if said.text is not None:
        yield "heliograph.incident.stated.v1", {"text": said.text, "visibility": "public"}
    if status in _PHASES:
        yield "heliograph.incident.phase_changed.v1", {"phase": _PHASES[status]}
    if status in OVER and not was_over:
        yield "heliograph.incident.restored.v1", {}


def service_of(history: History) -> str | None:
    """The components together, as one service; None when the history names none."""
    return " + ".join(history.components)[:190] or None


def _step(
    history: History, at: datetime, n: int, events: Sequence[tuple[str, dict[str, Any]]]
) -> Step:
    return Step(
        at=at,
        history=history.id,
        events=tuple(
            {
                "specversion": "1.0",
                "id": f"{history.id}/{n}/{m}",
                "source": SOURCE,
                "subject": history.id,
                "type": type_,
                "time": to_text(at),
                "data": data,
            }
            for m, (type_, data) in enumerate(events)
        ),
    )

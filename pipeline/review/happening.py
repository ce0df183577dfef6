"""What happened, in order? Each row of a timeline with the events that say so, cut for its readers."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from ..domain.directory import Bilingual
from ..domain.events import Event
from ..domain.facts import FactValue, Level
from ..domain.payload import ERASED, Payload
from ..domain.report import Told

LATE = timedelta(minutes=10)
"""What reached the record this much after it happened is marked: memory, not a log."""
Value = FactValue
Named = Callable[[str, str], FactValue]
"""(`group` or `person`, id) → what it is called."""


@dataclass(frozen=True, kw_only=True)
class Row:
    """`code` finds its sentence, which takes `values`; `cites` are the ids of the events (or communications)
    that it rests on. `recorded_at` is set where it was written down late."""

    at: datetime
    code: str
    values: Mapping[str, Value] = field(default_factory=dict)
    level: Level
    cites: tuple[str, ...]
    recorded_at: datetime | None = None


_FIELDS: Mapping[str, tuple[Level, tuple[str, ...]]] = {
    "reported": (Level.INTERNAL, ("title",)),
    "alerted": (Level.INTERNAL, ("signal", "detail")),
    "tickets_surged": (Level.INTERNAL, ()),
    "alert_cleared": (Level.INTERNAL, ("signal",)),
    "declared": (Level.PUBLIC, ("severity",)),
    "withdrawn": (Level.PUBLIC, ()),
    "team_called": (Level.INTERNAL, ("team",)),
    "accepted": (Level.AFFECTED, ("team",)),
    "scope_changed": (Level.AFFECTED, ("scope",)),
    "severity_changed": (Level.PUBLIC, ("severity",)),
    "phase_changed": (Level.PUBLIC, ("phase",)),
    "progressed": (Level.AFFECTED, ("action",)),
    "workaround_verified": (Level.AFFECTED, ("workaround",)),
    "decision_asked": (Level.INTERNAL, ("decision",)),
    "stated": (Level.AFFECTED, ("text",)),
    "relapsed": (Level.PUBLIC, ()),
    "assigned": (Level.INTERNAL, ("assignee",)),
    "handed_over": (Level.INTERNAL, ("group",)),
    "noted": (Level.INTERNAL, ("text",)),
    "resolved": (Level.INTERNAL, ("fix_summary",)),
    "reopened": (Level.INTERNAL, ("reason",)),
    "closed": (Level.INTERNAL, ()),
}
_NAMED = {"team": "group", "group": "group", "assignee": "person"}
_STATES = ("severity", "phase")


def rows_of(events: Sequence[Event], told: Iterable[Told], named: Named) -> list[Row]:
    """All rows, the earliest first; of equal moments a beginning before what was seen of it, and else in the
    order of the record. Nothing is cut yet."""
    found = [row for event in events for row in _of_event(event, named)]
    found += _of_told(told)
    return sorted(found, key=lambda row: (row.at, not row.code.startswith("began")))


def _of_event(event: Event, named: Named) -> Iterator[Row]:
    data, name = event.data, event.name
    if name in ("declared", "relapsed"):
        yield from _began(event)
    if name == "restored":
        yield from _restored(event)
    elif name in _FIELDS:
        level, fields = _FIELDS[name]
        code = "under_way" if name == "progressed" and not getattr(data, "done", True) else name
        yield _row(
            event, code, event.occurred_at, _values(data, fields, named), _level(data, level)
        )
    if getattr(data, "cause", None) is not None and name in ("phase_changed", "restored"):
        yield _row(
            event, "cause", event.occurred_at, _values(data, ("cause",), named), Level.AFFECTED
        )


def _began(event: Event) -> Iterator[Row]:
    """Before the first symptom was seen by anybody who wrote it down."""
    started = getattr(event.data, "started_at", None)
    if started is not None and started < event.occurred_at:
        code = "began" if event.name == "declared" else "began_again"
        yield _row(event, code, started, {}, Level.PUBLIC)


def _restored(event: Event) -> Iterator[Row]:
    data: Any = event.data
    if data.restored_at is not None and data.restored_at != event.occurred_at:
        yield _row(event, "restored", data.restored_at, {}, Level.PUBLIC)
        code = "confirmed"
    else:
        code = "restored"
    values = _values(data, ("confirmed_role", "measures"), lambda _, id_: id_)
    yield _row(event, code, event.occurred_at, values, Level.AFFECTED if values else Level.PUBLIC)


def _row(event: Event, code: str, at: datetime, values: Mapping[str, Value], level: Level) -> Row:
    late = event.recorded_at - event.occurred_at > LATE
    return Row(
        at=at,
        code=code,
        values=values,
        level=level,
        cites=(event.id,),
        recorded_at=event.recorded_at if late else None,
    )


def _values(data: Payload, fields: Iterable[str], named: Named) -> dict[str, Value]:
    """What was said of them, without what was erased."""
    values: dict[str, Value] = {}
    for name in fields:
        said: Any = getattr(data, name, None)
        if name in _NAMED and said is not None:
            said = named(_NAMED[name], getattr(said, "id", said))
        if name in _STATES and said is not None:
            said = f"{name}.{getattr(said, 'value', said)}"
        if said is not None and said != ERASED:
            values[name] = said if isinstance(said, Bilingual) else str(said)
    return values


def _level(data: Payload, usual: Level) -> Level:
    """Who may read it is sometimes said with it."""
    seen = getattr(data, "visibility", None)
    return {
        "public": Level.PUBLIC,
        "affected": Level.AFFECTED,
        "requester": Level.INTERNAL,
        "internal": Level.INTERNAL,
    }.get(str(seen), usual)


def _of_told(told: Iterable[Told]) -> Iterator[Row]:
    """What left for several audiences within a minute is one row for each circle of readers."""
    alike: dict[tuple[str, datetime, Level], list[Told]] = {}
    for one in sorted(told, key=lambda one: one.at):
        level = Level.PUBLIC if one.audience in _OUTSIDE else Level.INTERNAL
        minute = one.at.replace(second=0, microsecond=0)
        code = f"told_{one.kind}" if one.kind in _TOLD else "told"
        alike.setdefault((code, minute, level), []).append(one)
    for (code, _, level), ones in alike.items():
        audiences = dict.fromkeys(one.audience for one in ones)
        yield Row(
            at=ones[0].at,
            code=code,
            values={"people": sum(one.people for one in ones), "audiences": ",".join(audiences)},
            level=level,
            cites=tuple(one.communication for one in ones),
        )


_TOLD = frozenset({"first_contact", "recovery", "relapse", "withdrawal"})
_OUTSIDE = frozenset({"affected", "public"})
"""Audiences of whom everybody may know that they were told."""

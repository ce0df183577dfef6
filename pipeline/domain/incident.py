"""An incident is the fold of its events, in the order in which they were recorded.

An event that tells of an earlier moment than what is already known of the same attribute is *late*:
it is kept on the timeline and fills gaps, but never moves a state back.
"""

from __future__ import annotations

from datetime import datetime
from typing import Generic, Literal, TypeVar

from .directory import Key, Value
from .errors import IncidentClosed, UnknownIncident
from .events import (
    Assigned,
    Closed,
    Event,
    HandedOver,
    Link,
    Noted,
    Payload,
    PersonRef,
    Reopened,
    Reported,
    Resolved,
    StateChanged,
)
from .lattices import Phase, TicketState, WaitingFor
from .times import Instant

T = TypeVar("T")
NOTES_KEPT = 50
"""Notes held in the fold itself; older ones stay in the event stream."""

Owner = Literal["heliograph", "desk"]


class Recorded(Value, Generic[T]):
    """A value with the moment it was true from and the event that says so."""

    value: T
    at: Instant
    event: Key


class Expectation(Value):
    """When a result is expected, and on whose word."""

    at: Instant
    origin: Literal["technician", "service_level"] | None = None


class Incident(Value):
    """A ticket as it stands. `version` counts the events folded so far."""

    id: Key
    source: Key
    number: Key
    owner: Owner = "heliograph"
    url: Link | None = None
    version: int
    opened_at: Instant
    updated_at: Instant
    title: Recorded[str]
    description: Recorded[str] | None = None
    requester: Recorded[PersonRef]
    service: Recorded[str] | None = None
    priority: Recorded[str] | None = None
    site: str | None = None
    customer: str | None = None
    major: bool = False
    phase: Phase = Phase.INVESTIGATING
    state: Recorded[TicketState]
    waiting_for: WaitingFor | None = None
    message: Recorded[str] | None = None
    respond_by: Recorded[Instant] | None = None
    assignee: Recorded[PersonRef] | None = None
    group: Recorded[str] | None = None
    handed_from: str | None = None
    handed_over_at: Instant | None = None
    handover_reason: Recorded[str] | None = None
    expected: Recorded[Expectation] | None = None
    tried: tuple[Recorded[str], ...] = ()
    notes: tuple[Recorded[Noted], ...] = ()
    resolution: Recorded[Resolved] | None = None
    reopening: Recorded[Reopened] | None = None
    reopened_times: int = 0


def is_late(incident: Incident | None, event: Event) -> bool:
    """True when the event tells of a moment before the latest known change of state.

    The moment itself is not late: two steps of one minute keep the order in which they came. Nor is
    what seems to precede the opening itself: there, two clocks differ.
    """
    if incident is None:
        return False
    state = incident.state
    as_opened = state.value is TicketState.NEW and state.at == incident.opened_at
    return event.occurred_at < state.at and not as_opened


def fold(incident: Incident | None, event: Event, *, owner: Owner = "heliograph") -> Incident:
    """The incident after one more event.

    Raises UnknownIncident when the first event is not a report, and IncidentClosed when anything but
    a note, a repeated closing or a reopening follows a closing.
    """
    if incident is None:
        if not isinstance(event.data, Reported):
            raise UnknownIncident(
                f"no ticket {event.number} is known from {event.source}; send its report first",
                field="subject",
            )
        return _opened(event, event.data, owner)
    late = is_late(incident, event)
    if (
        incident.state.value is TicketState.CLOSED
        and not late
        and not isinstance(event.data, Noted | Reopened | Closed)
    ):
        raise IncidentClosed(
            f"ticket {incident.number} is closed; send a reopening first", field="type"
        )
    changes = _changes(incident, event, late)
    moved = changes.get("state")
    if isinstance(moved, Recorded) and moved.at < incident.state.at:
        changes["state"] = moved.model_copy(update={"at": incident.state.at})
    latest = max(incident.updated_at, event.occurred_at)
    return incident.model_copy(update={**changes, "version": event.version, "updated_at": latest})


def fold_all(events: list[Event], *, owner: Owner = "heliograph") -> Incident:
    """The fold over a whole stream. Raises UnknownIncident for an empty one."""
    incident: Incident | None = None
    for event in events:
        incident = fold(incident, event, owner=owner)
    if incident is None:
        raise UnknownIncident("this ticket has no events")
    return incident


def _recorded(event: Event, value: T) -> Recorded[T]:
    return Recorded(value=value, at=event.occurred_at, event=event.id)


def _opened(event: Event, data: Reported, owner: Owner) -> Incident:
    def maybe(value: T | None) -> Recorded[T] | None:
        return None if value is None else _recorded(event, value)

    return Incident(
        id=event.incident_id,
        source=event.source,
        number=event.number,
        owner=owner,
        url=data.url,
        version=event.version,
        opened_at=event.occurred_at,
        updated_at=event.occurred_at,
        title=_recorded(event, data.title),
        description=maybe(data.description),
        requester=_recorded(event, data.requester),
        service=maybe(data.service),
        priority=maybe(data.priority),
        site=data.site,
        customer=data.customer,
        group=maybe(data.group),
        respond_by=maybe(data.respond_by),
        state=_recorded(event, TicketState.NEW),
    )


def _newer(old: Recorded[T] | None, event: Event, value: T | None) -> Recorded[T] | None:
    """The later word on one attribute; `None` says nothing."""
    return old if value is None or _precedes(event, old) else _recorded(event, value)


def _precedes(event: Event, known: Recorded[T] | None) -> bool:
    """True when the event tells of a moment before the one that is known already."""
    return known is not None and event.occurred_at < known.at


def _changes(incident: Incident, event: Event, late: bool) -> dict[str, object]:
    data: Payload = event.data
    match data:
        case Assigned():
            return _assigned(incident, event, data, late)
        case StateChanged():
            return _state_changed(incident, event, data, late)
        case HandedOver():
            return _handed_over(incident, event, data)
        case Noted():
            return _noted(incident, event, data)
        case Resolved():
            found: dict[str, object] = {"resolution": _newer(incident.resolution, event, data)}
            return found if late else {**found, **_moved(event, TicketState.RESOLVED)}
        case Reopened():
            back = TicketState.ASSIGNED if incident.assignee else TicketState.NEW
            reopening = {
                "reopening": _newer(incident.reopening, event, data),
                "reopened_times": incident.reopened_times + 1,
            }
            was_over = incident.state.value in (TicketState.RESOLVED, TicketState.CLOSED)
            moved = {**_moved(event, back), "expected": None}
            return {**reopening, **moved} if was_over and not late else {}
        case Closed():
            return {} if late else _moved(event, TicketState.CLOSED)
        case _:  # a second report of a known ticket changes nothing but its place in the stream
            return {}


def _moved(
    event: Event, state: TicketState, waiting_for: WaitingFor | None = None
) -> dict[str, object]:
    """The step to a state; a word to the requester belonged to the state before."""
    return {"message": None, "state": _recorded(event, state), "waiting_for": waiting_for}


def _expected(
    incident: Incident, event: Event, at: datetime | None, origin: object
) -> Recorded[Expectation] | None:
    # A time that was set before the reopening was for the work that proved not to be enough.
    stale = _precedes(event, incident.reopening)
    value = (
        None if at is None or stale else Expectation.model_validate({"at": at, "origin": origin})
    )
    return _newer(incident.expected, event, value)


def _assigned(incident: Incident, event: Event, data: Assigned, late: bool) -> dict[str, object]:
    # Who worked on it before the hand-over says nothing of who works on it now.
    passed_on = incident.handed_over_at is not None and event.occurred_at < incident.handed_over_at
    assignee = None if passed_on else data.assignee
    changes: dict[str, object] = {
        "assignee": _newer(incident.assignee, event, assignee),
        "group": _newer(incident.group, event, data.group),
        "expected": _expected(incident, event, data.expected_at, data.expected_from),
    }
    if incident.state.value is TicketState.NEW and not late:
        changes |= _moved(event, TicketState.ASSIGNED)
    return changes


def _state_changed(
    incident: Incident, event: Event, data: StateChanged, late: bool
) -> dict[str, object]:
    changes: dict[str, object] = {
        "expected": _expected(incident, event, data.expected_at, data.expected_from)
    }
    if not late:
        message = None if data.message is None else _recorded(event, data.message)
        changes |= _moved(event, data.state, data.waiting_for) | {"message": message}
    return changes


def _handed_over(incident: Incident, event: Event, data: HandedOver) -> dict[str, object]:
    tried = (*incident.tried, *(_recorded(event, step) for step in data.tried))[-NOTES_KEPT:]
    newest = _newer(incident.group, event, data.group)
    if newest is incident.group:
        return {"tried": tried}
    return {
        "group": newest,
        "handed_from": incident.group.value if incident.group else None,
        "handover_reason": None if data.reason is None else _recorded(event, data.reason),
        "handed_over_at": event.occurred_at,
        "assignee": incident.assignee if _precedes(event, incident.assignee) else None,
        "tried": tried,
    }


def _noted(incident: Incident, event: Event, data: Noted) -> dict[str, object]:
    changes: dict[str, object] = {"notes": (*incident.notes, _recorded(event, data))[-NOTES_KEPT:]}
    if data.tried:
        changes["tried"] = (*incident.tried, _recorded(event, data.text))[-NOTES_KEPT:]
    return changes

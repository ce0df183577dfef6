"""An incident is the fold of its events, in the order in which they were recorded.

An event that tells of an earlier moment than what is already known of the same attribute is *late*:
it is kept on the timeline and fills gaps, but never moves a state back.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any, TypeVar

from . import cause_events, correction_events, decision_events, problems_events, review_events
from .alert_events import PAYLOADS as ALERTS
from .alert_events import AlertFlapping, AlertSteadied
from .approvals import fold_approvals
from .attachment import attached_after
from .cause import ruled
from .conversation_events import ConversationAdded, ConversationRemoved
from .errors import IncidentClosed, UnknownIncident
from .events import (
    Assigned,
    Closed,
    Event,
    HandedOver,
    Noted,
    Reopened,
    Reported,
    Resolved,
    StateChanged,
)
from .incident import Expectation, Incident, Owner
from .lattices import TicketState
from .maintenance import fold_maintenance
from .maintenance_events import PAYLOADS as MAINTENANCE
from .maintenance_events import (
    ChangeAnnounced,
    MaintenancePlanned,
)
from .major import fold_major
from .major_events import PAYLOADS as MAJOR
from .major_events import AlertCleared, Alerted, Declared, Withdrawn
from .mark_events import ArticleJudged, Marked
from .payload import Payload
from .portal_events import Attached, Detached
from .question import asked_after
from .recorded import Recorded, newer, precedes, recorded
from .signals import Signal, signalled
from .surge_events import TicketsSurged
from .texts_events import Classified
from .ticket_steps import moved_to, of_maintenance

T = TypeVar("T")
_AFTER_CLOSING: tuple[Any, ...] = (
    *(Noted, ConversationAdded, ConversationRemoved, ArticleJudged),
    *(Marked, Reopened, Closed, Classified, Detached, *decision_events.AFTER_CLOSING),
    *cause_events.PAYLOADS,
    *problems_events.PAYLOADS,
)
NOTES_KEPT = 50
"""Notes held in the fold itself; older ones stay in the event stream."""


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

    Raises UnknownIncident when the first event is no report, alert, declaration or plan, and IncidentClosed
    when anything but a note, a conversation, a word on an article, a mark, a word on its cause, how an approval ended, a repeated closing or a
    reopening follows a closing. A major incident goes on: its failure is not over because somebody closed the ticket.
    """
    if incident is None:
        return _opened(event, owner)
    late = is_late(incident, event)
    if (
        incident.state.value is TicketState.CLOSED
        and not late
        and not isinstance(event.data, _AFTER_CLOSING)
        and not _goes_on(incident, event)
    ):
        raise IncidentClosed(
            f"ticket {incident.number} is closed; send a reopening first", field="type"
        )
    changes = _changes(incident, event, late)
    moved = changes.get("state")
    if isinstance(moved, Recorded) and moved.at < incident.state.at:
        changes["state"] = moved.model_copy(update={"at": incident.state.at})
    causes, major = ruled(incident.causes, fold_major(incident.major, event), event)
    changes |= {
        "major": major,
        "causes": causes,
        "approvals": fold_approvals(incident.approvals, event),
        "maintenance": fold_maintenance(incident.maintenance, event),
        "version": event.version,
        "updated_at": max(incident.updated_at, event.occurred_at),
    }
    return incident.model_copy(update=changes)


_AFTERWARDS = (*correction_events.PAYLOADS, *review_events.PAYLOADS)
_OF_FAILURES: tuple[Any, ...] = (*MAJOR, *ALERTS, ChangeAnnounced, *_AFTERWARDS)


def _goes_on(incident: Incident, event: Event) -> bool:
    """A major incident and a plan are not over because somebody closed their ticket."""
    if incident.major is not None and isinstance(event.data, _OF_FAILURES):
        return True
    return incident.maintenance is not None and isinstance(event.data, MAINTENANCE)


def _opened(event: Event, owner: Owner) -> Incident:
    data = event.data
    if isinstance(data, Reported):
        return _ticket(event, owner, data.title, data.service, _as_reported(event, data))
    more: dict[str, object]
    if isinstance(data, Alerted):
        alert = Signal(signal=data.signal, first=recorded(event, data))
        more = {"url": data.url, "signals": (alert,)}
        return _ticket(event, owner, data.title, data.service, more)
    if isinstance(data, Declared):
        title = data.headline or data.service or event.number
        more = {"major": fold_major(None, event), "group": _maybe(event, data.team)}
        return _ticket(event, owner, title, data.service, more)
    if isinstance(data, MaintenancePlanned):
        more = {"maintenance": fold_maintenance(None, event)}
        return _ticket(event, owner, data.title, data.services[0], more)
    raise UnknownIncident(
        f"no ticket {event.number} is known from {event.source}; send its report first, or, if another "
        "source reported it, the event as that source",
        field="subject",
    )


def _ticket(
    event: Event, owner: Owner, title: str, service: str | None, more: Mapping[str, object]
) -> Incident:
    blank = Incident(
        id=event.incident_id,
        source=event.source,
        number=event.number,
        owner=owner,
        version=event.version,
        opened_at=event.occurred_at,
        updated_at=event.occurred_at,
        title=recorded(event, title),
        service=_maybe(event, service),
        state=recorded(event, TicketState.NEW),
    )
    return blank.model_copy(update=more)


def _as_reported(event: Event, data: Reported) -> dict[str, object]:
    return {
        "url": data.url,
        "description": _maybe(event, data.description),
        "requester": recorded(event, data.requester),
        "priority": _maybe(event, data.priority),
        "category": data.category,
        "site": data.site,
        "customer": data.customer,
        "group": _maybe(event, data.group),
        "respond_by": _maybe(event, data.respond_by),
        "resolve_by": _maybe(event, data.resolve_by),
    }


def _maybe(event: Event, value: T | None) -> Recorded[T] | None:
    return None if value is None else recorded(event, value)


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
            found: dict[str, object] = {"resolution": newer(incident.resolution, event, data)}
            return found if late else {**found, **moved_to(event, TicketState.RESOLVED)}
        case Reopened():
            back = TicketState.ASSIGNED if incident.assignee else TicketState.NEW
            reopening = {
                "reopening": newer(incident.reopening, event, data),
                "reopened_times": incident.reopened_times + 1,
            }
            was_over = incident.state.value.is_over
            moved = {**moved_to(event, back), "expected": None, "solved_by": None}
            return {**reopening, **moved} if was_over and not late else {}
        case Closed():
            return {} if late else _closed(event, data)
        case Marked():
            return {"models": newer(incident.models, event, data.models)}
        case Classified():
            return {"classified": newer(incident.classified, event, data.incident_type)}
        case Attached() | Detached():
            return attached_after(incident, event)
        case Alerted() | AlertCleared() | AlertFlapping() | AlertSteadied():
            return {"signals": signalled(incident.signals, event, data)}
        case TicketsSurged() | Withdrawn():
            return asked_after(incident, event)
        case Declared():
            return _now_major(incident, event, data)
        case _:
            return of_maintenance(incident, event, late)


def _closed(event: Event, data: Closed) -> dict[str, object]:
    return {
        **moved_to(event, TicketState.CLOSED),
        "solved_by": None if data.solved_by is None else recorded(event, data.solved_by),
    }


def _expected(
    incident: Incident, event: Event, at: datetime | None, origin: object
) -> Recorded[Expectation] | None:
    # A time that was set before the reopening was for the work that proved not to be enough.
    stale = precedes(event, incident.reopening)
    value = (
        None if at is None or stale else Expectation.model_validate({"at": at, "origin": origin})
    )
    return newer(incident.expected, event, value)


def _assigned(incident: Incident, event: Event, data: Assigned, late: bool) -> dict[str, object]:
    # Who worked on it before the hand-over says nothing of who works on it now.
    passed_on = incident.handed_over_at is not None and event.occurred_at < incident.handed_over_at
    assignee = None if passed_on else data.assignee
    changes: dict[str, object] = {
        "assignee": newer(incident.assignee, event, assignee),
        "group": newer(incident.group, event, data.group),
        "expected": _expected(incident, event, data.expected_at, data.expected_from),
    }
    if incident.state.value is TicketState.NEW and not late:
        changes |= moved_to(event, TicketState.ASSIGNED)
    return changes


def _state_changed(
    incident: Incident, event: Event, data: StateChanged, late: bool
) -> dict[str, object]:
    changes: dict[str, object] = {
        "expected": _expected(incident, event, data.expected_at, data.expected_from)
    }
    if not late:
        message = None if data.message is None else recorded(event, data.message)
        changes |= moved_to(event, data.state, data.waiting_for) | {"message": message}
    return changes


def _handed_over(incident: Incident, event: Event, data: HandedOver) -> dict[str, object]:
    tried = (*incident.tried, *(recorded(event, step) for step in data.tried))[-NOTES_KEPT:]
    newest = newer(incident.group, event, data.group)
    if newest is incident.group:
        return {"tried": tried}
    return {
        "group": newest,
        "handed_from": incident.group.value if incident.group else None,
        "handover_reason": None if data.reason is None else recorded(event, data.reason),
        "handed_over_at": event.occurred_at,
        "assignee": incident.assignee if precedes(event, incident.assignee) else None,
        "tried": tried,
    }


def _noted(incident: Incident, event: Event, data: Noted) -> dict[str, object]:
    changes: dict[str, object] = {"notes": (*incident.notes, recorded(event, data))[-NOTES_KEPT:]}
    if data.tried:
        changes["tried"] = (*incident.tried, recorded(event, data.text))[-NOTES_KEPT:]
    return changes


def _now_major(incident: Incident, event: Event, data: Declared) -> dict[str, object]:
    # A question about a service that stands in titles alone says which one it is.
    asked = incident.surge.value.service if incident.surge and incident.is_surging else None
    service = data.service or (asked if incident.service is None else None)
    return {
        "service": newer(incident.service, event, service),
        "group": newer(incident.group, event, data.team),
        "attached": None,
    }

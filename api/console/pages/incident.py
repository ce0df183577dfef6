"""One ticket: timeline, facts, and every communication, told or not, with its reason."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from pipeline.bootstrap import Heliograph
from pipeline.domain.communication import Communication, CommunicationState
from pipeline.domain.errors import UnknownIncident
from pipeline.domain.events import Event
from pipeline.domain.folding import fold, is_late
from pipeline.domain.incident import Incident
from pipeline.drafting.record import facts_of
from pipeline.policy.service_levels import first_contact_by

from ...auth.visitors import heliograph_of, visitor_of
from ..names import names_of
from ..rendering import page

router = APIRouter()
_GROUPS = {
    CommunicationState.PLANNED: "planned",
    CommunicationState.HELD: "waiting",
    CommunicationState.PARKED: "waiting",
    CommunicationState.RELEASED: "sent",
    CommunicationState.SKIPPED: "unsent",
    CommunicationState.MERGED: "unsent",
}


@router.get("/incidents/{number}")
def show(request: Request, number: str) -> HTMLResponse:
    visitor = visitor_of(request)
    app = heliograph_of(request)
    incident = app.queries.incident(number)
    if incident is None:
        raise UnknownIncident(f"no ticket {number[:100]}")
    values = {"incident": incident, **_everything(app, incident)}
    part = request.headers.get("hx-target") == "live"
    return page(request, "incident_live.html" if part else "incident.html", values, visitor=visitor)


def _everything(app: Heliograph, incident: Incident) -> dict[str, Any]:
    messages = app.queries.messages(incident_id=incident.id)
    by_communication: dict[str, list[Any]] = {}
    for message in messages:
        for carried in message.contents:
            by_communication.setdefault(carried, []).append(message)
    events = app.queries.stream(incident.id)
    names = names_of(app.queries, [incident], events)
    return {
        "names": names,
        "events": events,
        "late": _late(events),
        "event_numbers": {event.id: event.version for event in events},
        "facts": facts_of(
            incident, names, first_contact_by=first_contact_by(app.library.rules, incident)
        ),
        "communications": _grouped(app.queries.communications(incident.id)),
        "messages": by_communication,
        "promises": app.queries.promises(incident.id),
        "requests": app.queries.requests(incident_id=incident.id, open_only=False),
    }


def _late(events: list[Event]) -> set[str]:
    """Those that told of something earlier than what was known already."""
    late: set[str] = set()
    incident: Incident | None = None
    for event in events:
        if is_late(incident, event):
            late.add(event.id)
        incident = fold(incident, event)
    return late


def _grouped(communications: list[Communication]) -> dict[str, list[Communication]]:
    """Newest first; what waits for a person comes on top."""
    found: dict[str, list[Communication]] = {"waiting": [], "planned": [], "sent": [], "unsent": []}
    for communication in communications:
        found[_GROUPS[communication.state]].append(communication)
    return found

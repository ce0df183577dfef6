"""One ticket: timeline, facts, and every communication, told or not, with its reason."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from pipeline.bootstrap import Heliograph
from pipeline.domain.communication import Communication, CommunicationState
from pipeline.domain.directory import Language, Role
from pipeline.domain.errors import UnknownIncident
from pipeline.domain.events import Event
from pipeline.domain.folding import fold, is_late
from pipeline.domain.incident import Incident
from pipeline.domain.lattices import Phase
from pipeline.domain.major import Major
from pipeline.domain.message import Message
from pipeline.domain.portal_parts import Part
from pipeline.domain.promise import Promise
from pipeline.drafting.record import facts_of
from pipeline.flow.promises import NEXT_UPDATE
from pipeline.policy.service_levels import first_contact_by

from ...auth.visitors import heliograph_of, visitor_of
from ...similar_tickets import likes_of
from ..act_forms import OF_MODELS, offered, words_of
from ..axis import axis_of
from ..cause_view import causes_shown
from ..clock_view import clock_view, newest_first, why_none
from ..correcting_acts import CORRECTING
from ..correction_view import corrections_on
from ..names import names_of
from ..phase_bands import turns_of
from ..rendering import language_of, page
from ..rounds import Round, ahead_first, announced_by, rounds_of
from ..summary_view import texts_on
from ..ticket_articles import SAID, articles_on, is_over
from .attached import attached_on

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
def show(request: Request, number: str, said: str = "", attaching: str = "") -> HTMLResponse:
    visitor = visitor_of(request)
    app = heliograph_of(request)
    incident = app.queries.incident(number)
    if incident is None:
        raise UnknownIncident(f"no ticket {number[:100]}")
    part = request.headers.get("hx-target") == "live"
    may_act = visitor.role.includes(Role.TECHNICIAN)
    values = {
        "incident": incident,
        "may_act": may_act,
        "acts": [
            act
            for act in offered(incident)
            if act not in OF_MODELS or incident.models or app.models.state()
        ],
        "answered_with": said if said in SAID else "",
        "over": is_over(incident),
        **articles_on(app, visitor, incident),
        "likes": likes_of(app, incident, lambda _: True),
        "causes": causes_shown(app, incident, language_of(request, visitor), visitor.person.zone)
        if may_act
        else None,
        **attached_on(app, incident, attaching),
        **_everything(app, incident, language_of(request, visitor)),
        **({} if part else texts_on(app, visitor, incident, may_act=may_act)),
    }
    return page(request, "incident_live.html" if part else "incident.html", values, visitor=visitor)


def _everything(app: Heliograph, incident: Incident, language: Language) -> dict[str, Any]:
    events = app.queries.stream(incident.id)
    communications = app.queries.communications(incident.id)
    promises = app.queries.promises(incident.id)
    names = names_of(app.queries, [incident], events)
    return {
        "names": names,
        **_clocks(app, incident),
        "events": events,
        "late": _late(events),
        "event_numbers": {event.id: event.version for event in events},
        "facts": facts_of(
            incident, names, first_contact_by=first_contact_by(app.library.rules, incident)
        ),
        "rounds": _rounds(communications),
        "messages": _messages(app, incident),
        "announced": ahead_first(announced_by(promises)),
        "requests": app.queries.requests(incident_id=incident.id, open_only=False),
        "words_of": words_of,
        "correcting": CORRECTING,
        "corrections": corrections_on(app, incident, communications, language)
        if incident.major
        else [],
        **(_major(app, incident.major, events, communications, promises) if incident.major else {}),
    }


def _clocks(app: Heliograph, incident: Incident) -> dict[str, Any]:
    kept, now = app.clocks.of_incident(incident.id), app.clock.now()
    views = [clock_view(clock, app.library.rules, now) for clock in newest_first(kept)]
    return {"clocks": views, "no_clock": why_none(incident, kept)}


def _messages(app: Heliograph, incident: Incident) -> dict[str, list[Message]]:
    """By the communications that they carry."""
    found: dict[str, list[Message]] = {}
    for message in app.queries.messages(incident_id=incident.id):
        for carried in message.contents:
            found.setdefault(carried, []).append(message)
    return found


def _major(
    app: Heliograph,
    major: Major,
    events: list[Event],
    communications: list[Communication],
    promises: list[Promise],
) -> dict[str, Any]:
    """What only a major incident has."""
    now, failing = app.clock.now(), major.standing == "open"
    ahead = [p.promised_at for p in promises if p.what == NEXT_UPDATE and p.state == "open"]
    published = any(c.audience == "public" for c in communications)
    return {
        "phases": [phase.value for phase in Phase],
        "next_update": min(ahead, default=None),
        "on_page": Part.STATUS_PAGE in app.settings.parts and published,
        "axis": axis_of(
            *(events, communications, promises, now), failing=failing, turns=turns_of(events)
        ),
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


def _rounds(communications: list[Communication]) -> dict[str, list[Round]]:
    """What waits for a person comes on top; what is planned begins with what is next."""
    found: dict[str, list[Communication]] = {"waiting": [], "planned": [], "sent": [], "unsent": []}
    for communication in communications:
        found[_GROUPS[communication.state]].append(communication)
    return {name: rounds_of(of, newest_first=name != "planned") for name, of in found.items()}

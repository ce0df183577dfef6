"""A requester looks at her ticket, and says that it is not right yet. Opening the page changes nothing."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta
from typing import Annotated

import structlog
from fastapi import APIRouter, Form, Request
from fastapi.responses import HTMLResponse

from pipeline.bootstrap import Heliograph
from pipeline.domain.classified import is_secret
from pipeline.domain.directory import is_visible
from pipeline.domain.errors import BadSignature, HeliographError, UnknownThing, WrongState
from pipeline.domain.facts import Fact, cut
from pipeline.domain.incident import Incident
from pipeline.domain.lattices import TicketState
from pipeline.domain.message import Message, MessageState, Outbound
from pipeline.domain.portal_parts import Part
from pipeline.domain.wishes import Muting
from pipeline.drafting.outage_record import stands_aside, waits_for_end
from pipeline.drafting.record import facts_of
from pipeline.flow.links import TICKET
from pipeline.flow.portal.publishing import Published
from pipeline.policy.audiences import audience_of

from ..auth.visitors import check_origin, heliograph_of
from ..console.names import names_of
from ..console.rendering import page
from .article import told_for
from .door import is_on, need
from .opened import desk_of, gone, is_requester, language_for
from .rendered import renderings_of

log = structlog.get_logger(__name__)
router = APIRouter(include_in_schema=False)
REQUESTER = "requester"
SHOWN = (
    "assignee",
    "assignee_phone",
    "group",
    "service",
    "expected_at",
    "message",
    "fix_summary",
    "user_action",
    "cause",
    "close_at",
    "description",
)
"""Facts that a requester looks for, in this order; all are cut for her first."""
OF_RESULTS = frozenset({"fix_summary", "user_action", "cause", "close_at"})
"""After a reopening they are history, and no instruction any more."""
OF_OPEN_TICKETS = frozenset({"expected_at", "message"})
SHOWN_OF_OUTAGE = ("impact", "phase", "started_at", "restored_at")
"""Facts of the major incident that her ticket belongs to, as far as the public was told."""
LONGEST_MUTE = 30
"""Days."""
_OVER = (TicketState.RESOLVED, TicketState.CLOSED)


@router.get("/t/{token}")
def show(request: Request, token: str) -> HTMLResponse:
    need(request, Part.TICKET_PAGE)
    opened = _open(request, token)
    return gone(request) if opened is None else _ticket(request, token, *opened)


@router.post("/t/{token}")
def reopen(
    request: Request, token: str, reason: Annotated[str, Form(max_length=4000)] = ""
) -> HTMLResponse:
    """The signed link is the permission; another site cannot know it, and may not use it."""
    need(request, Part.TICKET_PAGE)
    check_origin(request)
    opened = _open(request, token)
    if opened is None:
        return gone(request)
    incident, person = opened
    if not is_visible(reason):
        # Whoever works on it next would have nothing to go by; the page asks, and nothing is changed.
        return _ticket(request, token, incident, person, wordless=True)
    app = heliograph_of(request)
    done = ""
    try:
        done = app.acts.reopen(incident.id, person, reason)
    except WrongState:
        log.info("reopening refused", incident=incident.id)
    again = app.queries.incident(incident.id) or incident
    return _ticket(request, token, again, person, done=done)


@router.post("/t/{token}/quiet")
def mute(
    request: Request, token: str, days: Annotated[int, Form(ge=0, le=LONGEST_MUTE)] = 0
) -> HTMLResponse:
    """No news of this ticket for some days, but for what must be told; none for 0, which ends it."""
    need(request, Part.TICKET_PAGE)
    check_origin(request)
    opened = _open(request, token)
    if opened is None:
        return gone(request)
    incident, person = opened
    app = heliograph_of(request)
    now = app.clock.now()
    with app.store.write() as tx:
        # One of an earlier release ends with it.
        tx.mute(person, incident.id, now)
    if days == 0:
        with suppress(UnknownThing):
            app.own_wishes.end(f"person:{person}", f"incident:{incident.id}")
    else:
        app.own_wishes.mute(
            Muting(
                whose="person",
                reader=person,
                of="incident",
                about=incident.id,
                until=now + timedelta(days=days),
                by=person,
                at=now,
            )
        )
    return _ticket(request, token, incident, person)


def _open(request: Request, token: str) -> tuple[Incident, str] | None:
    app = heliograph_of(request)
    try:
        said = app.signer.open(TICKET, token, app.clock.now())
    except BadSignature:
        return None
    incident = app.queries.incident(said["incident"])
    if incident is None or not is_requester(incident, said["person"]):
        return None
    return incident, said["person"]


def _ticket(
    request: Request,
    token: str,
    incident: Incident,
    person_id: str,
    *,
    done: str = "",
    wordless: bool = False,
) -> HTMLResponse:
    app = heliograph_of(request)
    person = app.queries.people([person_id], source=incident.source).get(person_id)
    with app.store.read() as tx:
        older = tx.mutes([person_id], app.clock.now()).get((person_id, incident.id))
    mine = app.own_wishes.of(person_id).mutings
    lasting = (m.until for m in mine if (m.of, m.about) == ("incident", incident.id))
    muted = next(lasting, older)
    failure = _failure_of(request, incident)
    values = {
        "muted": muted,
        "quiet_path": f"/t/{token}/quiet",
        "incident": incident,
        "facts": _facts(app, incident, aside=failure.awaited),
        **_shown_of(app, failure.published),
        "messages": _messages(app, incident, person_id),
        "told": told_for(app, incident, person_id, app.signer.until(TICKET, token)),
        "over": incident.state.value in _OVER,
        "again": "again" in request.query_params,
        "done": done,
        "wordless": wordless,
        **desk_of(app),
    }
    return page(
        request,
        "ticket.html",
        values,
        language=language_for(request, app, person),
        zone=person.zone if person else app.settings.zone,
    )


@dataclass(frozen=True, kw_only=True)
class _Failure:
    """The major incident that a ticket belongs to, or is: as the public knows it, and whether the ticket waits for its
    end. Of a security incident nobody learns by her ticket, from the moment at which it is one."""

    published: Published | None = None
    awaited: bool = False


def _failure_of(request: Request, ticket: Incident) -> _Failure:
    app, major = heliograph_of(request), ticket if ticket.major else None
    if ticket.attached_to is not None:
        major = app.queries.incident(ticket.attached_to)
    if major is None:
        return _Failure()
    services = app.queries.services(list(major.services))
    if is_secret(major, services):
        return _Failure()
    return _Failure(
        published=renderings_of(request).snapshot().of_incident(major.id),
        awaited=waits_for_end(ticket, major, services),
    )


def _shown_of(app: Heliograph, outage: Published | None) -> dict[str, object]:
    facts = outage.facts if outage else {}
    return {
        "outage": outage,
        "outage_facts": [facts[name] for name in SHOWN_OF_OUTAGE if name in facts],
        "on_page": is_on(app, Part.STATUS_PAGE),
        "now": app.clock.now(),
    }


def _facts(app: Heliograph, incident: Incident, *, aside: bool) -> list[Fact]:
    """What was announced for her ticket alone is left out where it stands aside."""
    lookup = names_of(app.queries, [incident])
    known = cut(facts_of(incident, lookup), audience_of(REQUESTER, incident))
    over = incident.state.value in _OVER
    gone = OF_OPEN_TICKETS if over else OF_RESULTS
    shown = [f for name in SHOWN for f in known if f.attribute == name and name not in gone]
    return [f for f in shown if not (aside and stands_aside(f, incident))]


def _messages(
    app: Heliograph, incident: Incident, person_id: str
) -> list[tuple[Message, Outbound]]:
    """Those that reached her, or may have; newest first."""
    told = (
        MessageState.DELIVERED.value,
        MessageState.MAYBE_SENT.value,
        MessageState.BUNDLED.value,
    )
    found = []
    for message in app.queries.messages(incident_id=incident.id, states=told):
        # What left as a part of a digest is shown by itself: a digest may tell of other tickets too.
        if message.recipient.key != f"person:{person_id}" or len(message.contents) > 1:
            continue
        try:
            found.append((message, app.preview(message)))
        except HeliographError:
            # A text that was erased is not shown, and takes none of the others with it.
            continue
    return found

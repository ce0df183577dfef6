"""Somebody who was asked reads a text that waits, and lets it leave or stops it. Opening the page changes
nothing: mail scanners open links too."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Form, Request
from fastapi.responses import HTMLResponse

from pipeline.bootstrap import Heliograph
from pipeline.domain.agreement import Ballot, Voter
from pipeline.domain.communication import Communication, CommunicationState
from pipeline.domain.directory import Person, Role
from pipeline.domain.errors import BadSignature, NotAllowed, WrongState
from pipeline.domain.findings import FindingLevel, Verdict
from pipeline.domain.incident import Incident
from pipeline.flow.held_text import shown
from pipeline.flow.links import RELEASE

from ..auth.visitors import check_origin, heliograph_of
from ..console.agreements import Standing, has_voted, standings
from ..console.findings import told
from ..console.rendering import page
from .opened import desk_of, gone, language_for

router = APIRouter(include_in_schema=False)


@dataclass(frozen=True, kw_only=True)
class Opened:
    """A link that counts: this text, for somebody who is still among those asked."""

    incident: Incident
    communication: Communication
    standing: Standing
    person: Person


@router.get("/release/{token}")
def show(request: Request, token: str) -> HTMLResponse:
    opened = _open(heliograph_of(request), token)
    return gone(request) if opened is None else _page(request, opened)


@router.post("/release/{token}")
def decide(
    request: Request,
    token: str,
    ballot: Annotated[str, Form(max_length=20)] = "",
    reason: Annotated[str, Form(max_length=1000)] = "",
) -> HTMLResponse:
    """The signed link is the permission; another site cannot know it, and may not use it."""
    check_origin(request)
    app = heliograph_of(request)
    opened = _open(app, token)
    if opened is None:
        return gone(request)
    if ballot not in set(Ballot):
        return _page(request, opened)
    manages = opened.person.role is not None and opened.person.role.includes(Role.INCIDENT_MANAGER)
    voter = Voter(id=opened.person.id, via="link", manages=manages)
    error = ""
    try:
        app.releasing.vote(opened.communication.id, voter, Ballot(ballot), reason.strip())
    except WrongState as refused:
        error = refused.hindrance.value
    except NotAllowed:
        return gone(request)
    again = _open(app, token)
    return gone(request) if again is None else _page(request, again, error=error)


def _open(app: Heliograph, token: str) -> Opened | None:
    try:
        said = app.signer.open(RELEASE, token, app.clock.now())
    except BadSignature:
        return None
    incident = app.queries.incident(said["incident"])
    communication = app.queries.communication(said["communication"])
    person = app.queries.person(said["person"])
    standing = standings(app, [said["communication"]]).get(said["communication"])
    if incident is None or communication is None or person is None or standing is None:
        return None
    if not person.active or not _is_asked(standing, person):
        # She has left, or left the group, since: the mail in her inbox is no permission any more.
        return None
    return Opened(incident=incident, communication=communication, standing=standing, person=person)


def _is_asked(standing: Standing, person: Person) -> bool:
    if person.role is not None and person.role.includes(Role.INCIDENT_MANAGER):
        return True
    return any(
        person.id in group.members or group.id in person.groups for group, _ in standing.asked
    )


def _page(request: Request, opened: Opened, *, error: str = "") -> HTMLResponse:
    app, held = heliograph_of(request), opened.communication
    language = language_for(request, app, opened.person)
    verdict = Verdict(
        findings=tuple(f for d in app.queries.drafts(held.id) for f in d.verdict.findings)
    )
    with app.store.read() as tx:
        texts = shown(tx, held.id)
    values = {
        "incident": opened.incident,
        "communication": held,
        "waits": held.state is CommunicationState.HELD,
        "standing": opened.standing,
        "texts": texts,
        "findings": told(verdict.findings, language, app.library.texts.phrases),
        "blocked": verdict.level is FindingLevel.BLOCK,
        "held_by_findings": verdict.level is FindingLevel.HOLD,
        "voted": has_voted(opened.standing, opened.person.id),
        "wrote": opened.standing.needed > 1
        and opened.person.id in {a.id for a in opened.standing.agreement.authors},
        "error": error,
        **desk_of(app),
    }
    return page(request, "release.html", values, language=language, zone=opened.person.zone)

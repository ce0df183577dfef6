"""Somebody says how it went: a requester of her ticket, or whoever was told of a major incident. The link of a score
only chooses it on the page: what counts is pressed there, for mail scanners open links too."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Annotated

import structlog
from fastapi import APIRouter, Form, Request
from fastapi.responses import HTMLResponse

from pipeline.bootstrap import Heliograph
from pipeline.domain.classified import type_of
from pipeline.domain.directory import Person, Service
from pipeline.domain.errors import BadSignature, Refused
from pipeline.domain.incident import Incident
from pipeline.domain.incident_types import IncidentType
from pipeline.domain.subscription import Choice
from pipeline.domain.survey import Survey, SurveyKind
from pipeline.flow.links import SURVEY
from pipeline.policy.surveys import SCORES

from ..auth.visitors import check_origin, heliograph_of
from ..console.rendering import page
from .opened import desk_of, gone, is_requester, language_for

log = structlog.get_logger(__name__)
router = APIRouter(include_in_schema=False)
MOST_WORDS = 4000


@dataclass(frozen=True, kw_only=True)
class Opened:
    """`reader` says in which language and zone it is read; None where nobody is known any more."""

    survey: Survey
    incident: Incident
    service: Service | None = None
    reader: Person | Choice | None = None


@router.get("/v/{token}")
def show(request: Request, token: str) -> HTMLResponse:
    opened = _open(heliograph_of(request), token)
    if opened is None:
        return gone(request)
    return _page(request, opened, chosen=_score(request.query_params.get("score", "")))


@router.post("/v/{token}")
def answer(
    request: Request,
    token: str,
    score: Annotated[str, Form(max_length=20)] = "",
    comment: Annotated[str, Form(max_length=MOST_WORDS)] = "",
) -> HTMLResponse:
    """The signed link is the permission; saying it again changes the answer, or nothing."""
    check_origin(request)
    app = heliograph_of(request)
    opened = _open(app, token)
    if opened is None:
        return gone(request)
    given = _score(score)
    if given is None:
        return _page(request, opened, comment=comment, problem=True)
    try:
        said = app.deciding.surveys.answer(opened.survey.id, given, comment)
    except Refused as refused:
        log.info("an answer was refused", survey=opened.survey.id, why=str(refused))
        return gone(request)
    return _page(request, replace(opened, survey=said), done=True)


def _open(app: Heliograph, token: str) -> Opened | None:
    try:
        said = app.signer.open(SURVEY, token, app.clock.now())
    except BadSignature:
        return None
    with app.store.read() as tx:
        survey = tx.survey(said["survey"])
        incident = tx.incident(survey.incident) if survey else None
        services = tx.services(incident.services) if incident else {}
        subscription = tx.subscription(_subscriber(survey)) if survey else None
    if survey is None or incident is None or not _may_answer(survey, incident, services):
        return None
    found = app.queries.people([survey.person], source=incident.source)
    return Opened(
        survey=survey,
        incident=incident,
        service=services.get(survey.service or ""),
        reader=found.get(survey.person) or (subscription.choice if subscription else None),
    )


def _may_answer(survey: Survey, incident: Incident, services: Mapping[str, Service]) -> bool:
    """The link is a requester's as long as the ticket is hers. Of a major incident it is whoever's was asked, unless it
    turned out to be one about which nobody is."""
    if survey.kind is SurveyKind.REPAIR:
        return is_requester(incident, survey.person)
    return type_of(incident, services) is not IncidentType.SECURITY


def _subscriber(survey: Survey) -> str:
    """The subscription that was asked, by its key (`Recipient.key`); empty for a person."""
    kind, _, name = survey.person.partition(":")
    return name if survey.kind is SurveyKind.INFORMED and kind == "subscriber" else ""


def _score(text: str) -> int | None:
    return int(text) if text in {str(n) for n in SCORES} else None


def _page(
    request: Request,
    opened: Opened,
    *,
    chosen: int | None = None,
    comment: str | None = None,
    problem: bool = False,
    done: bool = False,
) -> HTMLResponse:
    app, survey = heliograph_of(request), opened.survey
    values = {
        "incident": opened.incident,
        "survey": survey,
        "informed": survey.kind is SurveyKind.INFORMED,
        "service": opened.service,
        "scores": SCORES,
        "chosen": chosen or survey.score,
        "comment": survey.comment or "" if comment is None else comment,
        "problem": problem,
        "done": done,
        **desk_of(app),
    }
    return page(
        request,
        "survey.html",
        values,
        language=language_for(request, app, opened.reader),
        zone=opened.reader.zone if opened.reader else app.settings.zone,
        status=422 if problem else 200,
    )

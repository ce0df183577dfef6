"""Post-incident reports: drafted, read by edition, written section by section, published."""

from __future__ import annotations

from typing import Annotated, Literal

from fastapi import APIRouter, Depends, Query, Request, Response

from pipeline.bootstrap import Heliograph
from pipeline.domain.directory import Language, Zone
from pipeline.domain.errors import UnknownThing
from pipeline.domain.incident import Incident
from pipeline.domain.report import Edition, Section, SectionText

from ..auth.callers import Caller, allowed
from ..auth.visitors import heliograph_of
from ..documentation import ACTING, READING
from ..exports import FORMATS
from ..json_routes import JsonRoute
from .of_incident import incident_named
from .report_shapes import (
    ActionBody,
    ActionChange,
    ActionShape,
    AnnounceBody,
    DraftBody,
    EditionName,
    PublishBody,
    ReportShape,
    SectionName,
    WriteBody,
    action_shape,
    report_shape,
)

router = APIRouter(prefix="/incidents", tags=["reports"], route_class=JsonRoute)
Worker = Annotated[Caller, Depends(allowed("act"))]
"""A report is for those who work on the ticket, whichever edition they look at."""
Wanted = Annotated[EditionName, Query(description="For whom it is cut.")]
Spoken = Annotated[Language, Query()]
Where = Annotated[Zone | None, Query(description="Of its times; default: the installation's.")]
ONE = "/{name:path}/report"


@router.post(ONE, summary="Draft a report", responses=ACTING)
def draft(request: Request, caller: Worker, name: str, body: DraftBody) -> ReportShape:
    """Of a major incident that is over, from its record, in every edition and both languages. Sent again it
    changes nothing."""
    app, incident = heliograph_of(request), incident_named(request, name, caller)
    app.reviewing.reports.open(incident, by=caller.name)
    return _shape(app, incident, Edition.ENGINEERS, "en", None)


@router.get(ONE, summary="A report", responses=READING)
def read(
    request: Request,
    caller: Worker,
    name: str,
    edition: Wanted = "engineers",
    language: Spoken = "en",
    zone: Where = None,
) -> ReportShape:
    """With the sources of every row. What code computed is as the record is now."""
    app, incident = heliograph_of(request), incident_named(request, name, caller)
    return _shape(app, incident, Edition(edition), language, zone)


@router.get(ONE + "/file", summary="A report as a file", response_class=Response, responses=READING)
def file(
    request: Request,
    caller: Worker,
    name: str,
    ending: Annotated[Literal["md", "html", "docx", "pdf"], Query(alias="format")],
    edition: Wanted = "engineers",
    language: Spoken = "en",
    zone: Where = None,
) -> Response:
    """The same words in every format; Chinese needs no font of yours."""
    app, incident = heliograph_of(request), incident_named(request, name, caller)
    _report_of(app, incident)
    shown, _ = app.reviewing.reports.shown(
        incident, Edition(edition), language, zone or app.settings.zone
    )
    made = FORMATS[ending]
    return Response(made.make(shown), media_type=made.media_type)


@router.put(ONE + "/sections/{section}", summary="Write a section", responses=ACTING)
def write(
    request: Request, caller: Worker, name: str, section: SectionName, body: WriteBody
) -> ReportShape:
    """`revision` is the one that you saw: when somebody was quicker it is refused, and nothing is lost."""
    app, incident = heliograph_of(request), incident_named(request, name, caller)
    _report_of(app, incident)
    wanted = SectionText(
        incident=incident.id,
        edition=Edition(body.edition),
        section=Section(section),
        language=body.language,
        revision=body.revision + 1,
        text=body.text,
        by=caller.name,
        at=app.clock.now(),
    )
    app.reviewing.reports.write(incident, wanted, zone=app.settings.zone)
    return _shape(app, incident, Edition(body.edition), body.language, None)


@router.post(ONE + "/actions", summary="Add an action", status_code=201, responses=ACTING)
def add_action(request: Request, caller: Worker, name: str, body: ActionBody) -> ActionShape:
    """Its owner is reminded of it, once, when its day has passed."""
    app, incident = heliograph_of(request), incident_named(request, name, caller)
    _report_of(app, incident)
    made = app.reviewing.acts.add_action(
        incident, text=body.text, owner=body.owner, due=body.due, link=body.link, by=caller.name
    )
    return action_shape(made)


@router.post(ONE + "/actions/{action}", summary="Change an action", responses=ACTING)
def change_action(
    request: Request, caller: Worker, name: str, action: str, body: ActionChange
) -> ActionShape:
    """With the revision that you saw: 409 where somebody changed it meanwhile."""
    app, incident = heliograph_of(request), incident_named(request, name, caller)
    changed = app.reviewing.acts.change_action(
        incident,
        action,
        revision=body.revision,
        state=body.state,
        due=body.due,
        owner=body.owner,
    )
    return action_shape(changed)


@router.post(ONE + "/announce", summary="Announce the review", responses=ACTING)
def announce(request: Request, caller: Worker, name: str, body: AnnounceBody) -> ReportShape:
    """Those who were told of the failure hear by when they will hear what was found; it is a promise."""
    app, incident = heliograph_of(request), incident_named(request, name, caller)
    app.reviewing.acts.announce(incident, review_by=body.review_by, by=caller.name)
    return _shape(app, incident, Edition.OUTSIDE, "en", None)


@router.post(ONE + "/publish", summary="Publish the findings", responses=ACTING)
def publish(request: Request, caller: Worker, name: str, body: PublishBody) -> ReportShape:
    """The summary, the factors and the lessons of the edition for readers outside, in both languages."""
    app, incident = heliograph_of(request), incident_named(request, name, caller)
    app.reviewing.acts.publish(incident, by=caller.name, why=body.reason)
    return _shape(app, incident, Edition.OUTSIDE, "en", None)


def _report_of(app: Heliograph, incident: Incident) -> None:
    """Raises UnknownThing where nobody has drafted one."""
    if app.reviewing.reports.one(incident.id) is None:
        raise UnknownThing(f"{incident.number} has no report yet: draft one with POST")


def _shape(
    app: Heliograph, incident: Incident, edition: Edition, language: Language, zone: str | None
) -> ReportShape:
    report = app.reviewing.reports.one(incident.id)
    if report is None:
        raise UnknownThing(f"{incident.number} has no report yet: draft one with POST")
    shown, texts = app.reviewing.reports.shown(
        incident, edition, language, zone or app.settings.zone
    )
    actions = app.reviewing.reports.actions(incident.id)
    return report_shape(report, edition, shown, dict(texts), list(actions))

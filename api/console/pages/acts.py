"""Recording by hand what happened in a major incident: a form for each act."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response
from starlette.datastructures import FormData

from pipeline.bootstrap import Heliograph
from pipeline.domain.directory import Role
from pipeline.domain.errors import (
    ContentDiffers,
    Refused,
    StaleVersion,
    UnknownIncident,
    UnknownThing,
)
from pipeline.domain.incident import Incident
from pipeline.domain.maintenance_events import MaintenanceChanged
from pipeline.flow.plans import Over

from ...auth.visitors import Visitor, check_csrf, heliograph_of, require, visitor_of
from ..act_forms import ACTS, offered, payload_of, problems_of
from ..rendering import page

router = APIRouter()
MOST = 64 * 1024


@router.get("/incidents/{name}/acts/{act}")
def ask(request: Request, name: str, act: str) -> Response:
    visitor = visitor_of(request)
    require(visitor, Role.TECHNICIAN)
    incident = incident_of(heliograph_of(request), name)
    return _form(request, visitor, incident, act, _known(incident, act))


@router.post("/incidents/{name}/acts/{act}")
async def record(request: Request, name: str, act: str) -> Response:
    form = await request.form(max_fields=60, max_part_size=MOST)
    return await run_in_pool(_recorded, request, name, act, plain(form))


def _recorded(request: Request, name: str, act: str, given: dict[str, str]) -> Response:
    visitor = visitor_of(request)
    require(visitor, Role.TECHNICIAN)
    check_csrf(request, given, visitor)
    app = heliograph_of(request)
    incident = incident_of(app, name)
    if act not in ACTS:
        raise UnknownThing("there is nothing of that kind to do")
    if act not in offered(incident):
        return _form(request, visitor, incident, act, given, [("", "refused")])
    try:
        data = payload_of(act, given, visitor.person.id, visitor.person.zone)
        if isinstance(data, MaintenanceChanged):
            app.monitoring.plans.check_move(data)
        app.acts.record(incident.id, data, version=version_of(given))
    except Over:
        over = [("maintenance_until", "over")]
        return _form(request, visitor, incident, act, given, over)
    except ValueError as wrong:
        return _form(request, visitor, incident, act, given, problems_of(act, wrong))
    except (ContentDiffers, StaleVersion):
        changed = [("", "changed")]
        return _form(request, visitor, incident_of(app, name), act, given, changed)
    except Refused:
        return _form(request, visitor, incident, act, given, [("", "refused")])
    return RedirectResponse(f"/incidents/{incident.id}", status_code=303)


def _form(
    request: Request,
    visitor: Visitor,
    incident: Incident,
    act: str,
    given: dict[str, str],
    problems: list[tuple[str, str]] | None = None,
) -> Response:
    if act not in ACTS:
        raise UnknownThing("there is nothing of that kind to do")
    app = heliograph_of(request)
    values: dict[str, Any] = {
        "incident": incident,
        "act": act,
        "fields": ACTS[act].fields,
        "offered": act in offered(incident),
        "given": given,
        "problems": problems or [],
        "already": _already(app, incident) if act == "declare" else [],
        "groups": app.queries.groups().values(),
        "services": [s for s in app.queries.services().values() if not s.deleted],
        "path": f"/incidents/{incident.id}/acts/{act}",
    }
    status = 200 if not problems else 422
    return page(request, "act.html", values, visitor=visitor, status=status)


def _known(incident: Incident, act: str) -> dict[str, str]:
    """What an alert, or so many tickets, have said already, when somebody is to declare."""
    known: dict[str, str] = {}
    if act in ("declare", "severity"):
        # Not the highest unless somebody chose it: it wakes people.
        known["severity"] = incident.severity or "P2"
    if act == "declare":
        known["service"] = next(iter(incident.services), "")
        known["impact"] = incident.impact.value if incident.impact else ""
    team = (incident.major.called or incident.group) if incident.major else None
    if act in ("accepted", "team_called") and team:
        known["team"] = team.value
    return known


def _already(app: Heliograph, incident: Incident) -> list[Incident]:
    """Open major incidents that this may be: the one that the ticket belongs to, and those of its service. Of one
    failure declared twice everybody would be told twice."""
    home, services = incident.attached_to, set(incident.services)
    majors = (m for m in app.queries.majors("open") if m.id != incident.id)
    return [m for m in majors if m.id == home or services.intersection(m.services)]


def incident_of(app: Heliograph, name: str) -> Incident:
    found = app.queries.incident(name)
    if found is None:
        raise UnknownIncident(f"no ticket {name[:100]}")
    return found


def plain(form: FormData) -> dict[str, str]:
    """The fields of a form; files are none of ours."""
    return {name: value for name, value in form.multi_items() if isinstance(value, str)}


def version_of(given: dict[str, str]) -> int:
    """Of the ticket that the visitor saw. Raises StaleVersion for a page without one."""
    text = given.get("version", "")
    if not text.isdecimal() or len(text) > 9:
        raise StaleVersion("the page does not say which version it showed")
    return int(text)


async def run_in_pool(function: Any, *args: Any) -> Response:
    """Beside the event loop, like every other page."""
    from starlette.concurrency import run_in_threadpool

    answer: Response = await run_in_threadpool(function, *args)
    return answer

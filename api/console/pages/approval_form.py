"""Asking for an approval by hand: what, of whom, and until when."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime
from zoneinfo import ZoneInfo

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response
from pydantic import ValidationError

from pipeline.bootstrap import Heliograph
from pipeline.domain.decision_events import ApprovalAsked, Approver
from pipeline.domain.directory import Role
from pipeline.domain.errors import Malformed, Refused
from pipeline.domain.incident import Incident
from pipeline.flow.approvals.acts import Question

from ...auth.visitors import Visitor, check_csrf, heliograph_of, require, visitor_of
from ..rendering import page
from .acts import MOST, incident_of, plain, run_in_pool

router = APIRouter()
FIELDS = ("what", "effect", "cost", "approvers", "mode", "due_by")
UNKNOWN, REFUSED = "unknown", "refused"
PROBLEMS = (*FIELDS, UNKNOWN, REFUSED)
_BETWEEN = re.compile(r"[\s,;，；]+")


@router.get("/incidents/{name}/approvals/new")
def form(request: Request, name: str) -> Response:
    visitor = visitor_of(request)
    require(visitor, Role.TECHNICIAN)
    return _form(request, visitor, incident_of(heliograph_of(request), name), {})


@router.post("/incidents/{name}/approvals/new")
async def ask(request: Request, name: str) -> Response:
    given = await request.form(max_fields=20, max_part_size=MOST)
    return await run_in_pool(_asked, request, name, plain(given))


def _asked(request: Request, name: str, given: dict[str, str]) -> Response:
    visitor = visitor_of(request)
    require(visitor, Role.TECHNICIAN)
    check_csrf(request, given, visitor)
    app = heliograph_of(request)
    incident = incident_of(app, name)
    try:
        question = question_of(given, visitor.person.zone)
    except ValidationError as wrong:
        fields = {str(e["loc"][0]) for e in wrong.errors(include_input=False) if e["loc"]}
        return _form(request, visitor, incident, given, sorted(fields & set(FIELDS)))
    except ValueError:
        return _form(request, visitor, incident, given, ["due_by"])
    if strangers := _strangers(app, question):
        return _form(request, visitor, incident, given, [UNKNOWN], strangers)
    try:
        app.deciding.approvals.ask(incident.id, question, visitor.person.id)
    except Malformed:
        # Further ahead than anybody means.
        return _form(request, visitor, incident, given, ["due_by"])
    except Refused:
        return _form(request, visitor, incident, given, [REFUSED])
    return RedirectResponse(f"/incidents/{incident.id}", status_code=303)


def question_of(given: Mapping[str, str], zone: str) -> Question:
    """Raises ValidationError for what no event can hold, ValueError for a time that is none."""
    said = {name: given.get(name, "").strip() or None for name in ("effect", "cost")}
    due = given.get("due_by", "").strip()
    moment = datetime.fromisoformat(due).replace(tzinfo=ZoneInfo(zone)) if due else None
    people = [Approver(id=one) for one in _BETWEEN.split(given.get("approvers", "")) if one]
    checked = ApprovalAsked.model_validate(
        {
            "approval": "new",
            "approvers": people,
            "what": given.get("what", "").strip(),
            "mode": given.get("mode", "any"),
            "due_by": moment,
            **said,
        }
    )
    return Question(**{field: getattr(checked, field) for field in FIELDS})


def _strangers(app: Heliograph, question: Question) -> list[str]:
    """Whom the directory does not know: a slip of the pen would ask nobody."""
    return [one.id for one in question.approvers if app.queries.person(one.id) is None]


def _form(
    request: Request,
    visitor: Visitor,
    incident: Incident,
    given: Mapping[str, str],
    problems: list[str] | None = None,
    strangers: list[str] | None = None,
) -> Response:
    people = heliograph_of(request).queries.directory().people
    values = {
        "incident": incident,
        "given": given,
        "problems": problems or [],
        "strangers": strangers or [],
        "people": [p for p in people if p.active and p.addresses],
        "path": f"/incidents/{incident.id}/approvals/new",
    }
    status = 422 if problems else 200
    return page(request, "approval_form.html", values, visitor=visitor, status=status)

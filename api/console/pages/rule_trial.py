"""Trying rules on one event, of the record or pasted: what would be told to whom, and why not the rest?"""

from __future__ import annotations

from fastapi import APIRouter, Request
from fastapi.responses import Response

from pipeline.bootstrap import Heliograph
from pipeline.domain.cloudevents import parse
from pipeline.domain.directory import Role
from pipeline.domain.errors import Misconfigured, Refused
from pipeline.domain.events import Event
from pipeline.flow.trying import Trial
from pipeline.policy.rules import RulePack

from ...auth.visitors import check_csrf, heliograph_of, visitor_with
from ...strict_json import read_json
from ..rendering import page
from .acts import plain, run_in_pool

router = APIRouter()
MOST = 256 * 1024


@router.get("/rules/try")
def ask(request: Request, version: str = "", ticket: str = "", event: str = "") -> Response:
    return _tried(request, {"version": version, "ticket": ticket, "event": event})


@router.post("/rules/try")
async def paste(request: Request) -> Response:
    form = await request.form(max_fields=20, max_part_size=MOST)
    return await run_in_pool(_pasted, request, plain(form))


def _pasted(request: Request, given: dict[str, str]) -> Response:
    check_csrf(request, given, visitor_with(request, Role.ADMINISTRATOR))
    return _tried(request, given)


def _tried(request: Request, given: dict[str, str]) -> Response:
    visitor = visitor_with(request, Role.ADMINISTRATOR)
    app = heliograph_of(request)
    trial, problem = None, ""
    try:
        trial = _trial(app, given)
    except (Refused, Misconfigured) as wrong:
        problem = str(wrong)
    values = {
        "given": given,
        "trial": trial,
        "problem": problem,
        "events": _events(app, given.get("ticket", "")),
        "versions": app.rule_keeping.versions.versions(),
    }
    status = 422 if problem else 200
    return page(request, "rule_trial.html", values, visitor=visitor, status=status)


def _trial(app: Heliograph, given: dict[str, str]) -> Trial | None:
    if given.get("pasted", "").strip():
        raw = read_json(given["pasted"].encode(), field="event")
        # Rules speak of what Heliograph itself records, too.
        incoming = parse(raw, now=app.clock.now(), ours=True)
        return app.rule_keeping.trials.pasted(_pack(app, given), incoming)
    if given.get("event"):
        return app.rule_keeping.trials.recorded(_pack(app, given), given["event"])
    return None


def _pack(app: Heliograph, given: dict[str, str]) -> RulePack:
    if given.get("version"):
        return app.library.rules_of(app.rule_keeping.versions.version(given["version"]).files)
    app.library.keep_up()
    return app.library.rules


def _events(app: Heliograph, ticket: str) -> list[Event]:
    """Newest first; none for a ticket that nobody knows."""
    incident = app.queries.incident(ticket.strip()) if ticket.strip() else None
    return list(reversed(app.queries.stream(incident.id))) if incident else []

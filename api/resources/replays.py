"""One ticket of our own again: what was sent then, and what these rules and texts would send."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Request
from pydantic import BaseModel, Field

from pipeline.domain.errors import Misconfigured, UnknownIncident

from ..auth.callers import Caller, allowed
from ..auth.visitors import heliograph_of
from ..bodies import Body
from ..documentation import ACTING, PROBLEMS
from ..json_routes import JsonRoute
from ..refusals import PackRefused
from ..replay.difference import difference
from ..replay.dry_runs import result_of, sentence
from ..replay.own_run import Script, play_part
from ..replay.past import past_of
from ..replay.sent import ledger, sent_about, to_subscribers
from ..replay.texts import texts_in_force
from .rules import checked_files

router = APIRouter(tags=["incidents"], route_class=JsonRoute)
Administrator = Annotated[Caller, Depends(allowed("admin"))]
MOST_TEXTS = 500


class ReplayBody(Body):
    """Rules: `files`, a `version`, or those in force. Texts are laid over those in force."""

    files: dict[str, str] | None = Field(default=None, max_length=50)
    version: str | None = Field(default=None, max_length=64)
    templates: dict[str, str] | None = Field(default=None, max_length=MOST_TEXTS)


class ReplayShape(BaseModel):
    """Changes by how the second telling differs: added, gone, earlier, later, held, freed, reworded; or unclear, with
    a note in both languages. `played_with` are tickets that hang together with this one; `left_out` says in sentences
    what is not compared."""

    incident: str
    tickets: int
    played_with: list[str]
    left_out: list[dict[str, str]]
    same: int
    counts: dict[str, int]
    by_kind: list[dict[str, Any]]
    changes: list[dict[str, Any]]
    cut: bool
    refused: list[dict[str, str]]


@router.post(
    "/incidents/{name}/replay",
    summary="Play one ticket again through other rules or texts",
    responses={**ACTING, 422: PROBLEMS[422]},
)
def replay(request: Request, _: Administrator, name: str, body: ReplayBody) -> ReplayShape:
    """Against what was really sent. Nothing is kept and nobody is told; articles and chat models are not asked."""
    app = heliograph_of(request)
    incident = app.queries.incident(name)
    if incident is None:
        raise UnknownIncident(f"no ticket {name[:100]}")
    now = app.clock.now()
    try:
        texts = texts_in_force(app) | (body.templates or {})
        script = Script(rules=_rules(request, body), templates=texts)
        told = ledger(app, incident)
        past = past_of(app, [incident], {incident.id: told})
        played = play_part(past, app.settings, script, until=now)
    except Misconfigured as wrong:
        raise PackRefused(str(wrong), wrong.problems) from wrong
    changes = difference(sent_about(app, incident, told), played.rows, of_record=True)
    unplayed = to_subscribers(told)
    left_out = [sentence(app.library, "subscribers", messages=str(unplayed))] if unplayed else []
    return ReplayShape(
        incident=incident.number,
        played_with=[ticket.number for ticket in past.tickets if not ticket.asked],
        left_out=left_out,
        **result_of(changes, played, 1, app.library),
    )


def _rules(request: Request, body: ReplayBody) -> dict[str, str]:
    app = heliograph_of(request)
    if body.files is not None:
        return checked_files(body.files)
    if body.version is not None:
        return dict(app.rule_keeping.versions.version(body.version).files)
    app.library.keep_up()
    return dict(app.rule_keeping.versions.version(app.library.rules.version).files)

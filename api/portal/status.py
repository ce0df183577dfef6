"""What may everybody know of the failures that are open, or were? The public pages.

Looking changes nothing. What they may show is decided in `pipeline/flow/portal/publishing.py`.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from fastapi import APIRouter, Request
from fastapi.responses import Response
from starlette.concurrency import run_in_threadpool

from pipeline.bootstrap import Heliograph
from pipeline.domain.portal_parts import Part
from pipeline.flow.portal.publishing import Published, Snapshot

from ..auth.visitors import heliograph_of
from ..console.rendering import in_other_language, language_of, page
from . import maintenance
from .door import admit
from .overview import HEIGHT, Month, overall, services_of
from .rendered import Made, answer, at_once, kept_for, renderings_of

router = APIRouter(include_in_schema=False)
MOST_ENDED = 20


@router.get("/status")
async def overview(request: Request) -> Response:
    await admit(request, Part.STATUS_PAGE)
    return await answer(request, ("overview",), lambda: _overview(request))


@router.get("/status/history")
async def history(request: Request) -> Response:
    """The failures of one month, newest first."""
    await admit(request, Part.STATUS_PAGE)
    app = heliograph_of(request)
    snapshot = await run_in_threadpool(renderings_of(request).snapshot)
    months = _months(app, snapshot)
    asked = request.query_params.get("month")
    chosen = [m for m in months if m.key == asked] if asked is not None else months[:1]
    if not chosen:
        return nothing_here(request)
    return await answer(
        request, ("history", chosen[0].key), lambda: _history(request, months, chosen[0])
    )


@router.get("/s/{number:path}")
async def incident_page(request: Request, number: str) -> Response:
    await admit(request, Part.STATUS_PAGE)
    key = ("incident", number)
    kept = at_once(request, key)
    if kept is not None:
        return kept
    found, lately = await run_in_threadpool(_numbered, request, number)
    if found is None or not lately:
        return _sent(request, await run_in_threadpool(_incident, request, found))
    return await answer(request, key, lambda: _incident(request, found))


def _numbered(request: Request, number: str) -> tuple[Published | None, bool]:
    """The newest of this number, and whether a crowd may come to look at it."""
    snapshot = renderings_of(request).snapshot()
    of_number = [p for p in (*snapshot.open, *snapshot.over) if p.number == number]
    if of_number:
        return max(of_number, key=lambda p: (p.opened_at, p.id)), True
    return heliograph_of(request).portal.publishing.numbered(number[:200]), False


def _incident(request: Request, found: Published | None) -> Made:
    if found is None:
        return _plan(request)
    values = {"shown": found, "now": heliograph_of(request).clock.now()}
    return html_of(request, "status_incident.html", values)


def _plan(request: Request) -> Made:
    """Planned maintenance has a page of its own; whatever else has a number has none."""
    app, number = heliograph_of(request), request.path_params.get("number", "")
    plan = maintenance.numbered(app, number[:200], language_of(request, None))
    if plan is None:
        return html_of(request, "no_status.html", {}, status=404)
    return html_of(request, "status_maintenance.html", {"shown": plan})


def nothing_here(request: Request) -> Response:
    return _sent(request, html_of(request, "no_status.html", {}, status=404))


def _sent(request: Request, made: Made) -> Response:
    """What is kept nowhere here: outside, as long as any page."""
    headers = {"Cache-Control": kept_for(request), "Vary": "Accept-Language, Cookie"}
    return Response(made.body, made.status, headers, media_type=made.media_type)


def _overview(request: Request) -> Made:
    app, snapshot = heliograph_of(request), renderings_of(request).snapshot()
    now, zone = app.clock.now(), app.settings.zone
    rows = services_of(snapshot, now, zone)
    values = {
        "open": snapshot.open,
        "planned": maintenance.ahead(app, language_of(request, None)),
        "works": {work.number: work for work in snapshot.works_at(now)},
        "ended": snapshot.over[:MOST_ENDED],
        "services": rows,
        "overall": overall(rows, snapshot, now),
        "height": HEIGHT,
        "now": now,
        "known_since": snapshot.known_since,
    }
    return html_of(request, "status.html", values)


def _history(request: Request, months: list[Month], chosen: Month) -> Made:
    app = heliograph_of(request)
    here = ZoneInfo(app.settings.zone)
    since, until = (_first(m, here) for m in (chosen, chosen.after))
    values = {
        "months": months,
        "chosen": chosen,
        "incidents": app.portal.publishing.begun(since, until),
        "in_other_language": in_other_language(request, {"month": chosen.key}),
    }
    return html_of(request, "status_history.html", values)


def _months(app: Heliograph, snapshot: Snapshot) -> list[Month]:
    """From this one back to the first of which anything is on record; others do not exist."""
    here = ZoneInfo(app.settings.zone)
    now = app.clock.now().astimezone(here)
    first = (snapshot.known_since or now).astimezone(here)
    found = [Month(year=now.year, month=now.month)]
    while found[-1].first > first.date():
        found.append(found[-1].before)
    return found


def _first(month: Month, zone: ZoneInfo) -> datetime:
    return datetime(month.year, month.month, 1, tzinfo=zone)


def html_of(request: Request, template: str, values: dict[str, Any], status: int = 200) -> Made:
    app = heliograph_of(request)
    desk = {"desk_name": app.settings.desk_name, "desk_phone": app.settings.desk_phone}
    # Kept for others: nothing that this reader's address says besides, least of all a key, may stand in it.
    alike = {"in_other_language": in_other_language(request, {})}
    shown = page(
        request, template, {**desk, **alike, **values}, zone=app.settings.zone, status=status
    )
    return Made(body=bytes(shown.body), status=status)

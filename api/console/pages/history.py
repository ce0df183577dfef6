"""Bringing in the past from a browser: a file is looked at, sent up, and read while somebody watches."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from starlette.datastructures import FormData, UploadFile

from knowledge.errors import Refused
from pipeline.domain.directory import Role, is_visible, zone_name
from pipeline.domain.errors import Malformed, UnknownThing
from pipeline.domain.history import PREFIX
from pipeline.flow.history.looking import Look, look
from pipeline.history.moments import Dates
from pipeline.history.naming import naming
from pipeline.history.tickets import Reading

from ...auth.visitors import Visitor, check_csrf, heliograph_of, require, visitor_of
from ...resources.history import LARGEST_BODY, MOST_MEGABYTES, mapped
from ...resources.history_shapes import read_share
from ..rendering import page
from .acts import plain, run_in_pool

router = APIRouter()
PATH = "/history"
EDITOR = Role.ADMINISTRATOR
LONGEST_SOURCE = 200
MOST_SHOWN = 50
__all__ = ["LARGEST_BODY", "PATH", "router"]


@router.get(PATH)
def ask(request: Request) -> Response:
    visitor = visitor_of(request)
    require(visitor, EDITOR)
    return _page(request, visitor, {"zone": heliograph_of(request).settings.zone})


@router.post(PATH)
async def take(request: Request) -> Response:
    # Before the file: nobody else may send us as much.
    await run_in_pool(_admitted, request)
    async with request.form(max_fields=20, max_files=2) as form:
        return await run_in_pool(_taken, request, form)


@router.get(PATH + "/imports/{name}")
def show(request: Request, name: str) -> HTMLResponse:
    visitor = visitor_of(request)
    require(visitor, EDITOR)
    with heliograph_of(request).store.read() as tx:
        found = tx.history_import(name)
        left = tx.left_to_compare() if found and found.propose else 0
    if found is None:
        raise UnknownThing(f"no import {name[:100]}")
    values = {
        "one": found,
        "percent": round(100 * read_share(found)),
        "broken": found.broken[:MOST_SHOWN],
        "left": left,
        "path": PATH,
    }
    return page(request, "history_import.html", values, visitor=visitor)


@router.get(PATH + "/tickets/{name}")
def ticket(request: Request, name: str) -> HTMLResponse:
    visitor = visitor_of(request)
    with heliograph_of(request).store.read() as tx:
        found = tx.past_tickets([name]).get(name)
    if found is None:
        raise UnknownThing(f"no past ticket {name[:100]}")
    return page(request, "history_ticket.html", {"ticket": found}, visitor=visitor)


@router.get("/incidents/" + PREFIX + "{rest}")
def elsewhere(rest: str) -> Response:
    """A past ticket where an incident is looked for: it is shown as what it is."""
    return RedirectResponse(f"{PATH}/tickets/{PREFIX}{rest}", status_code=303)


def _admitted(request: Request) -> Response:
    require(visitor_of(request), EDITOR)
    return Response()


def _taken(request: Request, form: FormData) -> Response:
    visitor, given = visitor_of(request), plain(form)
    require(visitor, EDITOR)
    check_csrf(request, given, visitor)
    files = [f for f in form.getlist("files") if isinstance(f, UploadFile) and f.filename]
    source = " ".join(given.get("source", "").split())[:LONGEST_SOURCE]
    if not files:
        return _page(request, visitor, given, problem="no_file")
    if not is_visible(source):
        return _page(request, visitor, given, problem="missing")
    try:
        columns = mapped(given.get("map", "").splitlines())
        naming(columns)
        zone = zone_name(given.get("zone", "").strip())
    except (Malformed, ValueError) as wrong:
        return _page(request, visitor, given, said=str(wrong))
    return _begun(request, visitor, given, files[0], columns, zone=zone, source=source)


def _begun(
    request: Request,
    visitor: Visitor,
    given: dict[str, str],
    file: UploadFile,
    columns: dict[str, str],
    *,
    zone: str,
    source: str,
) -> Response:
    app = heliograph_of(request)
    dates: Dates = "dmy" if given.get("dates") == "dmy" else "mdy" if given.get("dates") else ""
    # Only the button called `keep` takes anything in.
    if "keep" not in given:
        reading = Reading(
            source=source, zone=ZoneInfo(zone), now=app.clock.now(), dates=dates, columns=columns
        )
        try:
            return _page(request, visitor, given, found=look(file.file, reading))
        except Refused as refused:
            return _page(request, visitor, given, said=str(refused))
    begun = app.history.imports.begin(
        file.file,
        file=file.filename or "",
        source=source,
        zone=zone,
        dates=dates,
        columns=columns,
        propose="propose" in given,
        by=visitor.person.id,
    )
    app.history.wake()
    return RedirectResponse(f"{PATH}/imports/{begun.id}", status_code=303)


def _page(
    request: Request,
    visitor: Visitor,
    given: dict[str, str],
    *,
    found: Look | None = None,
    problem: str = "",
    said: str = "",
) -> Response:
    """`problem` is one of ours, `said` what the reading said, in English."""
    with heliograph_of(request).store.read() as tx:
        imports = tx.history_imports(20)
    values = {
        "given": given,
        "found": found,
        "broken": found.broken[:MOST_SHOWN] if found else (),
        "problem": problem,
        "said": said,
        "imports": imports,
        "most_megabytes": MOST_MEGABYTES,
        "path": PATH,
    }
    status = 422 if problem or said else 200
    return page(request, "history.html", values, visitor=visitor, status=status)

"""Adding a log to a ticket from a browser, and looking at what was said in it."""

from __future__ import annotations

from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response

from pipeline.domain.directory import Role
from pipeline.domain.errors import Malformed, TooLarge
from pipeline.domain.incident import Incident
from pipeline.drafting.conversation import NAMES, LogFile
from pipeline.flow.summaries.brought import MOST_FILES, SIZE, Brought, Unreadable
from pipeline.flow.summaries.conversations import MOST_OF_A_TICKET

from ...auth.visitors import Visitor, check_csrf, heliograph_of, visitor_with
from ...resources.log_bodies import files_in
from ..rendering import page
from .acts import incident_of, plain, run_in_pool

router = APIRouter()
PROBLEMS = ("no_file", "unreadable", "too_large", "zone")
LONGEST_PASTED = 4 * 1024 * 1024
PASTED = "pasted.txt"
SHOWN = 500
"""Lines on one page: the newest are on the first one."""


@router.get("/incidents/{name}/conversations")
def ask(request: Request, name: str) -> Response:
    visitor = visitor_with(request, Role.TECHNICIAN)
    return _form(request, visitor, incident_of(heliograph_of(request), name), {})


@router.post("/incidents/{name}/conversations")
async def add(request: Request, name: str) -> Response:
    # Before the files: nobody else may send us as much.
    await run_in_pool(visitor_with, request, Role.TECHNICIAN)
    async with request.form(
        max_fields=20, max_files=MOST_FILES, max_part_size=LONGEST_PASTED
    ) as form:
        files = await run_in_pool(files_in, form)
        return await run_in_pool(_added, request, name, plain(form), files)


@router.get("/incidents/{name}/conversations/{conversation}")
def show(request: Request, name: str, conversation: str, before: int = 0) -> Response:
    visitor = visitor_with(request, Role.TECHNICIAN)
    app = heliograph_of(request)
    incident = incident_of(app, name)
    kept = app.summarising.conversations.one(incident.id, conversation)
    lines = app.summarising.conversations.lines(kept.id)
    until = [line for line in lines if not before or line.n < before]
    values = {
        "incident": incident,
        "kept": kept,
        "lines": until[-SHOWN:],
        "earlier": len(until) > SHOWN,
        "later": bool(before),
        "people": app.queries.people(
            sorted({line.person for line in lines if line.person} | {kept.added_by}),
            source=incident.source,
        ),
    }
    return page(request, "conversation.html", values, visitor=visitor)


@router.get("/incidents/{name}/conversations/{conversation}/files")
def files(request: Request, name: str, conversation: str) -> Response:
    visitor_with(request, Role.TECHNICIAN)
    app = heliograph_of(request)
    kept = app.summarising.conversations.one(incident_of(app, name).id, conversation)
    headers = {
        "Content-Disposition": f'attachment; filename="{kept.id}.zip"',
        "Cache-Control": "no-store",
    }
    content = app.summarising.conversations.files(kept.id)
    return Response(content, media_type="application/zip", headers=headers)


@router.post("/incidents/{name}/conversations/{conversation}/remove")
async def remove(request: Request, name: str, conversation: str) -> Response:
    form = await request.form(max_fields=5)
    return await run_in_pool(_removed, request, name, conversation, plain(form))


def _removed(request: Request, name: str, conversation: str, given: dict[str, str]) -> Response:
    visitor = visitor_with(request, Role.TECHNICIAN)
    check_csrf(request, given, visitor)
    app = heliograph_of(request)
    incident = incident_of(app, name)
    app.summarising.conversations.remove(incident, conversation, by=visitor.person.id)
    return RedirectResponse(f"/incidents/{incident.id}#conversations", status_code=303)


def _added(
    request: Request, name: str, given: dict[str, str], files: tuple[LogFile, ...]
) -> Response:
    visitor = visitor_with(request, Role.TECHNICIAN)
    check_csrf(request, given, visitor)
    app = heliograph_of(request)
    incident = incident_of(app, name)
    try:
        brought = _brought(given, files, visitor)
        if not brought.files:
            return _form(request, visitor, incident, given, "no_file")
        kept, _ = app.summarising.conversations.add(incident, brought, by=visitor.person.id)
    except ZoneInfoNotFoundError:
        return _form(request, visitor, incident, given, "zone")
    except (Malformed, TooLarge) as refused:
        return _form(request, visitor, incident, given, _problem(refused), refused)
    return RedirectResponse(f"/incidents/{incident.id}/conversations/{kept.id}", status_code=303)


def _brought(given: dict[str, str], files: tuple[LogFile, ...], visitor: Visitor) -> Brought:
    """Files, or what was pasted when there are none. Raises ZoneInfoNotFoundError."""
    pasted = given.get("text", "").strip()
    own = (LogFile(name=PASTED, content=pasted.encode()),) if pasted else ()
    zone = given.get("zone", "").strip() or visitor.person.zone
    try:
        meant = ZoneInfo(zone)
    except (ValueError, OSError) as unknown:
        raise ZoneInfoNotFoundError(zone) from unknown
    chosen = given.get("format", "")
    return Brought(
        files=files or own,
        zone=meant,
        given=chosen if chosen in NAMES else None,
        shared=given.get("shared") == "on",
    )


def _problem(refused: Malformed | TooLarge) -> str:
    return "too_large" if isinstance(refused, TooLarge) else "unreadable"


def _form(
    request: Request,
    visitor: Visitor,
    incident: Incident,
    given: dict[str, str],
    problem: str = "",
    refused: Malformed | TooLarge | None = None,
) -> Response:
    """`problem` has its words; what was `refused` besides tells its own."""
    reasons = refused.reasons if isinstance(refused, Unreadable) else ()
    values: dict[str, Any] = {
        "incident": incident,
        "given": given,
        "problem": problem,
        "limits": {"files": MOST_FILES, "size": SIZE, "most": MOST_OF_A_TICKET},
        "reasons": reasons,
        "detail": refused.detail if refused and not reasons else "",
        "formats": NAMES,
    }
    status = 422 if problem else 200
    return page(request, "conversation_form.html", values, visitor=visitor, status=status)

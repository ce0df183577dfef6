"""Who is on call now and next? And, for administrators, the calendars that say so."""

from __future__ import annotations

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from pydantic import ValidationError
from starlette.datastructures import UploadFile

from pipeline.domain.directory import Role
from pipeline.domain.errors import Malformed, Refused
from pipeline.domain.rota import LARGEST_CALENDAR, Rota
from pipeline.flow.on_call.keeping import Wanted

from ...auth.visitors import Visitor, check_csrf, heliograph_of, require, visitor_of
from ...on_call_shown import shown
from ..rendering import page
from .acts import plain, run_in_pool

router = APIRouter()
PROBLEMS = ("id", "name", "fallback", "zone", "url", "calendar")
FIELDS = ("id", "zh", "en", "fallback", "zone", "url")


@router.get("/on-call")
def show(request: Request) -> HTMLResponse:
    visitor = visitor_of(request)
    require(visitor, Role.TECHNICIAN)
    return _page(request, visitor, {})


@router.post("/on-call")
async def write(request: Request) -> Response:
    form = await request.form(max_fields=20, max_part_size=LARGEST_CALENDAR)
    file = form.get("file")
    content = b""
    if isinstance(file, UploadFile):
        content = await file.read(LARGEST_CALENDAR + 1)
    return await run_in_pool(_written, request, plain(form), content)


@router.post("/on-call/{rota_id}/{act}")
async def do(request: Request, rota_id: str, act: str) -> Response:
    form = await request.form(max_fields=5)
    return await run_in_pool(_done, request, plain(form), rota_id, act)


def _written(request: Request, given: dict[str, str], content: bytes) -> Response:
    visitor = _administrator(request, given)
    said = {name: given.get(name, "").strip() for name in FIELDS}
    try:
        wanted = _wanted(said, content)
        heliograph_of(request).rotas.write(wanted, by=visitor.person.id)
    except ValidationError as wrong:
        return _page(request, visitor, given, str(wrong.errors()[0]["loc"][0]))
    except Malformed as wrong:
        field = wrong.field if wrong.field in PROBLEMS else "calendar"
        return _page(request, visitor, given, field or "", str(wrong))
    return RedirectResponse("/on-call", status_code=303)


def _wanted(said: dict[str, str], content: bytes) -> Wanted:
    """Its fields are checked as those of a calendar are. Raises ValidationError."""
    names = {"zh": said["zh"] or said["en"], "en": said["en"] or said["zh"]}
    moment = "2026-01-01T00:00:00Z"
    checked = Rota.model_validate(
        {
            "id": said["id"],
            "name": names,
            "fallback": said["fallback"],
            "zone": said["zone"] or "UTC",
            "url": said["url"] or None,
            "saved_by": "page",
            "saved_at": moment,
            "due_at": moment,
        }
    )
    return Wanted(
        id=checked.id,
        name=checked.name,
        fallback=checked.fallback,
        zone=checked.zone,
        url=checked.url,
        content=content or None,
    )


def _done(request: Request, given: dict[str, str], rota_id: str, act: str) -> Response:
    _administrator(request, given)
    rotas = heliograph_of(request).rotas
    if act == "read":
        rotas.read_again(rota_id)
    elif act == "remove":
        rotas.remove(rota_id)
    else:
        raise Refused("an on-call calendar knows no such act")
    return RedirectResponse("/on-call", status_code=303)


def _administrator(request: Request, given: dict[str, str]) -> Visitor:
    visitor = visitor_of(request)
    require(visitor, Role.ADMINISTRATOR)
    check_csrf(request, given, visitor)
    return visitor


def _page(
    request: Request, visitor: Visitor, given: dict[str, str], problem: str = "", detail: str = ""
) -> HTMLResponse:
    app = heliograph_of(request)
    values = {
        "rotas": shown(app, app.rotas.standing()),
        "groups": app.queries.groups().values(),
        "given": {name: given.get(name, "") for name in FIELDS},
        "zone_given": given.get("zone") or app.settings.zone,
        "problem": problem,
        "detail": detail,
        "may_act": visitor.role.includes(Role.ADMINISTRATOR),
    }
    status = 422 if problem else 200
    return page(request, "on_call.html", values, visitor=visitor, status=status)

"""One service: what is known of it, what hangs on what, and who changed it."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response

from pipeline.bootstrap import Heliograph
from pipeline.domain.directory import Service
from pipeline.domain.errors import StaleVersion
from pipeline.domain.register import Change
from pipeline.domain.register_gaps import missing_of
from pipeline.flow.register.editing import NotRight
from pipeline.flow.register.tabular import COLUMNS, cells_of

from ...auth.visitors import check_csrf, heliograph_of, require, visitor_of
from ...service_list import live_channels
from ..dependencies import drawn
from ..rendering import language_of, page
from .acts import plain, run_in_pool
from .services import EDITOR, may_edit

router = APIRouter()
LONGEST_VERSION = 9


@router.get("/services/{name:path}")
def show(request: Request, name: str) -> Response:
    return _page(request, name)


@router.post("/services/{name:path}/delete")
async def delete(request: Request, name: str) -> Response:
    return await run_in_pool(_acted, request, name, await _given(request), _delete)


@router.post("/services/{name:path}/undo")
async def undo(request: Request, name: str) -> Response:
    return await run_in_pool(_acted, request, name, await _given(request), _undo)


async def _given(request: Request) -> dict[str, str]:
    return plain(await request.form(max_fields=10, max_files=0, max_part_size=10_000))


def _delete(app: Heliograph, name: str, given: dict[str, str], by: str) -> None:
    app.registering.register.delete(name, by=by, expected=version_of(given))


def _undo(app: Heliograph, name: str, given: dict[str, str], by: str) -> None:
    n = given.get("n", "")
    if not n.isdecimal() or len(n) > LONGEST_VERSION:
        raise StaleVersion("the page does not say which step it means")
    app.registering.register.undo(name, int(n), by=by, expected=version_of(given))


def _acted(request: Request, name: str, given: dict[str, str], act: Any) -> Response:
    visitor = visitor_of(request)
    require(visitor, EDITOR)
    check_csrf(request, given, visitor)
    try:
        act(heliograph_of(request), name, given, visitor.person.id)
    except StaleVersion:
        return _page(request, name, status=409, stale=True)
    except NotRight as wrong:
        return _page(request, name, status=422, problems=wrong.found)
    return RedirectResponse(address_of(name), status_code=303)


def version_of(given: dict[str, str]) -> int:
    """Of the service that the visitor saw. Raises StaleVersion for a page without one."""
    said = given.get("version", "")
    if not said.isdecimal() or len(said) > LONGEST_VERSION:
        raise StaleVersion("the page does not say which version it showed")
    return int(said)


def address_of(name: str) -> str:
    from urllib.parse import quote

    return f"/services/{quote(name, safe='')}"


def _page(
    request: Request, name: str, *, status: int = 200, stale: bool = False, problems: Any = ()
) -> Response:
    visitor = visitor_of(request)
    app = heliograph_of(request)
    kept = app.registering.register.one(name)
    directory = app.queries.directory()
    known = {s.id: s for s in directory.services}
    with app.store.read() as tx:
        needing = tx.services_needing([name]).get(name, ())
    needing = tuple(n for n in needing if n in known and not known[n].deleted)
    lacking = next(
        (m for m in missing_of(directory, live_channels(app)) if m.service.id == name), None
    )
    values = {
        "kept": kept,
        "service": kept.service,
        "drawing": drawn(kept.service, needing, known, language_of(request, visitor)),
        "needing": [known[n] for n in needing],
        "needs": [known.get(n, n) for n in kept.service.depends_on],
        "people": {p.id: p for p in directory.people},
        "groups": {g.id: g for g in directory.groups},
        "sites": {s.id: s for s in directory.sites},
        "customers": {c.id: c for c in directory.customers},
        "lacking": lacking,
        "steps": steps_of(app.registering.register.history(name)),
        "may_edit": may_edit(visitor),
        "stale": stale,
        "problems": problems,
    }
    return page(request, "service.html", values, visitor=visitor, status=status)


def steps_of(history: list[Change]) -> list[tuple[Change, list[tuple[str, str, str]]]]:
    """Newest first, each with (column, before, after) of what it changed; of the oldest that is kept,
    nothing is known of before."""
    before = [*history[1:], None]
    return [
        (change, differences(old.service, change.service) if old else [])
        for change, old in zip(history, before, strict=True)
    ]


def differences(before: Service, after: Service) -> list[tuple[str, str, str]]:
    old, new = cells_of(before), cells_of(after)
    return [(name, old[name], new[name]) for name in COLUMNS if old[name] != new[name]]

"""Taking in a table of services from a browser: first what it would change, then, with the same file, the change."""

from __future__ import annotations

from fastapi import APIRouter, Request
from fastapi.responses import Response
from starlette.datastructures import FormData, UploadFile

from pipeline.flow.register.importing import MOST_SERVICES, Imported
from pipeline.flow.register.tabular import COLUMNS

from ...auth.visitors import Visitor, check_csrf, heliograph_of, require, visitor_of
from ..rendering import page
from .acts import plain, run_in_pool
from .services import EDITOR

router = APIRouter()
PATH = "/services/import"
MOST_SHOWN = 200


@router.get(PATH)
def ask(request: Request) -> Response:
    visitor = visitor_of(request)
    require(visitor, EDITOR)
    return _page(request, visitor)


@router.post(PATH)
async def take(request: Request) -> Response:
    # Before the file: nobody else may send us as much.
    await run_in_pool(_admitted, request)
    async with request.form(max_fields=10, max_files=2) as form:
        return await run_in_pool(_taken, request, form)


def _admitted(request: Request) -> Response:
    require(visitor_of(request), EDITOR)
    return Response()


def _taken(request: Request, form: FormData) -> Response:
    visitor, given = visitor_of(request), plain(form)
    require(visitor, EDITOR)
    check_csrf(request, given, visitor)
    files = [f for f in form.getlist("files") if isinstance(f, UploadFile) and f.filename]
    if not files:
        return _page(request, visitor, no_file=True)
    tables = heliograph_of(request).registering.tables
    # Only the button called `keep` writes.
    done = tables.take(files[0].file.read(), by=visitor.person.id, dry_run="keep" not in given)
    return _page(request, visitor, done=done)


def _page(
    request: Request, visitor: Visitor, *, done: Imported | None = None, no_file: bool = False
) -> Response:
    steps = [s for s in done.steps if s.outcome != "unchanged"] if done else []
    values = {
        "done": done,
        "no_file": no_file,
        "steps": steps[:MOST_SHOWN],
        "more": max(0, len(steps) - MOST_SHOWN),
        "columns": COLUMNS,
        "most": f"{MOST_SERVICES:,}",
        "path": PATH,
    }
    wrong = no_file or (done is not None and done.problems)
    return page(
        request, "service_import.html", values, visitor=visitor, status=422 if wrong else 200
    )

"""The past is brought in: tickets in batches, or a file that is read by and by."""

from __future__ import annotations

from typing import Annotated, Literal

from fastapi import APIRouter, Depends, File, Form, Request, UploadFile

from pipeline.domain.directory import Key, Zone
from pipeline.domain.errors import Malformed, UnknownThing

from ..auth.callers import Caller, allowed
from ..auth.visitors import heliograph_of
from ..documentation import ACTING, READING
from ..json_routes import JsonRoute
from .history_shapes import CountsShape, ImportShape, PastTicketsBody, PastTicketShape

Administrator = Annotated[Caller, Depends(allowed("admin"))]
PATH = "/api/v1/history/imports"
MOST_MEGABYTES = 2048
LARGEST_BODY = MOST_MEGABYTES * 1024 * 1024
"""Of a file, in octets; it goes to the disk as it comes."""
router = APIRouter(prefix="/history", tags=["recurrence"])
# A file comes as a form, which is no JSON; whatever else comes here is read as strictly as everywhere.
_json = APIRouter(route_class=JsonRoute)


@_json.post("/tickets", summary="Take in past tickets", responses=ACTING)
def take_in(request: Request, caller: Administrator, body: PastTicketsBody) -> CountsShape:
    """At most 500 at once, whole or not at all. Sent again, they are `unchanged`.

    Nobody is told of them, and they are nobody's work: later tickets are compared with them, and show what
    helped then.
    """
    app = heliograph_of(request)
    tickets = body.checked(app.clock.now())
    counts = app.history.past.take(tickets, propose=body.propose)
    app.history.wake()
    return CountsShape.of(counts)


@_json.get("/tickets/{name}", summary="One past ticket", responses=READING)
def show_ticket(
    request: Request, caller: Annotated[Caller, Depends(allowed("read"))], name: str
) -> PastTicketShape:
    """As it was taken in: no event tells of it, and nobody was told."""
    with heliograph_of(request).store.read() as tx:
        found = tx.past_tickets([name]).get(name)
    if found is None or not caller.reaches(found.source):
        raise UnknownThing(f"no past ticket {name[:100]}")
    return PastTicketShape.of(found)


@router.post(
    "/imports", summary="Take in a file of past tickets", status_code=202, responses=ACTING
)
def begin(
    request: Request,
    caller: Administrator,
    file: Annotated[UploadFile, File(description="CSV, or a JSON object on each line.")],
    source: Annotated[
        Key, Form(description="What these come from; the name of a live source, if it is one.")
    ],
    zone: Annotated[Zone | None, Form(description="Of times that name none.")] = None,
    dates: Annotated[Literal["", "dmy", "mdy"], Form(description="How 03/04/2025 is meant.")] = "",
    map_: Annotated[
        list[str] | None, Form(alias="map", description="field=column, for columns not known.")
    ] = None,
    propose: Annotated[bool, Form()] = False,
) -> ImportShape:
    """Read by and by; ask for it again to see how far. The export of ServiceDesk Plus, Jira or ServiceNow is
    known by its columns, in UTF-8, UTF-16 or GB18030. Rows that cannot be used are told with their line and the reason."""
    app = heliograph_of(request)
    begun = app.history.imports.begin(
        file.file,
        file=file.filename or "",
        source=source,
        zone=zone or app.settings.zone,
        dates=dates,
        columns=mapped(map_ or []),
        propose=propose,
        by=caller.name,
    )
    app.history.wake()
    return ImportShape.of(begun)


@_json.get("/imports", summary="Files of past tickets", responses=READING)
def list_imports(request: Request, caller: Administrator) -> list[ImportShape]:
    """Newest first."""
    with heliograph_of(request).store.read() as tx:
        return [ImportShape.of(one) for one in tx.history_imports()]


@_json.get("/imports/{name}", summary="How far a file is", responses=READING)
def show_import(request: Request, caller: Administrator, name: str) -> ImportShape:
    """What was new, changed, the same and refused until now, with the first refused lines."""
    with heliograph_of(request).store.read() as tx:
        found = tx.history_import(name)
    if found is None:
        raise UnknownThing(f"no import {name[:100]}")
    return ImportShape.of(found)


def mapped(said: list[str]) -> dict[str, str]:
    """Raises Malformed for what is not field=column."""
    found: dict[str, str] = {}
    for one in said:
        field, equals, column = one.partition("=")
        if not equals or not field.strip() or not column.strip():
            raise Malformed(f"{one[:80]} is not field=column", field="map")
        found[field.strip()] = column.strip()
    return found


router.include_router(_json)

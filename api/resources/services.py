"""The register of services: read, written with a version check, taken in and given out as a table."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, File, Form, Query, Request, Response, UploadFile

from pipeline.domain.directory import Service
from pipeline.domain.errors import Malformed
from pipeline.domain.register_gaps import missing_of
from pipeline.flow.register.tabular import Encoding

from ..auth.callers import Caller, allowed
from ..auth.visitors import heliograph_of
from ..documentation import ACTING, READING
from ..json_routes import JsonRoute
from ..service_list import Wanted, listed, live_channels
from .service_shapes import (
    ChangeShape,
    ImportShape,
    MissingShape,
    ServiceDetail,
    ServiceShape,
    ServicesPage,
    UndoBody,
    change_shape,
    import_shape,
    missing_shape,
    shape_of,
)

router = APIRouter(tags=["services"])
_json = APIRouter(prefix="/services", route_class=JsonRoute)
Administrator = Annotated[Caller, Depends(allowed("admin"))]
Reader = Annotated[Caller, Depends(allowed("read"))]
Version = Annotated[int, Query(ge=0, description="The version that you saw; 0 for a new one.")]
TABLE = "text/csv; charset="


@_json.get("", summary="Services", responses=READING)
def list_services(
    request: Request,
    _: Reader,
    q: Annotated[str, Query(max_length=200, description="Part of a name, alias or id.")] = "",
    critical: bool = False,
    after: str | None = None,
    limit: Annotated[int, Query(ge=1, le=500)] = 100,
) -> ServicesPage:
    """By id; deleted ones are left out."""
    wanted = Wanted(q=q, critical=critical, after=after, limit=limit)
    found, ahead = listed(heliograph_of(request), wanted)
    return ServicesPage(services=[shape_of(kept) for kept in found], after=ahead)


@_json.get("/missing", summary="What is missing before it is needed", responses=READING)
def list_missing(request: Request, _: Administrator) -> list[MissingShape]:
    """Critical services first, then those that lack most."""
    app = heliograph_of(request)
    found = missing_of(app.queries.directory(), live_channels(app))
    return [missing_shape(one) for one in found]


@_json.get("/export", summary="All of them as a table", responses=READING, response_class=Response)
def export(request: Request, _: Reader, encoding: Encoding = "utf-8") -> Response:
    """CSV with one service a line, as `import` takes it; cells that look like formulas are defused."""
    content = heliograph_of(request).registering.tables.written(encoding)
    charset = "gb18030" if encoding == "gbk" else "utf-8"
    headers = {"Content-Disposition": 'attachment; filename="services.csv"'}
    return Response(content, media_type=f"{TABLE}{charset}", headers=headers)


@router.post("/services/import", summary="Take in a table", responses=ACTING)
def import_table(
    request: Request,
    caller: Administrator,
    files: Annotated[UploadFile, File(description="CSV in UTF-8 or GBK, columns as exported.")],
    dry_run: Annotated[bool, Form(description="Only say what would change.")] = False,
) -> ImportShape:
    """Whole or not at all. Services that it does not name stay, and so do columns that it does not have;
    the same table again changes nothing."""
    content = files.file.read()
    tables = heliograph_of(request).registering.tables
    return import_shape(tables.take(content, by=caller.name, dry_run=dry_run))


@_json.get("/{service_id:path}/changes", summary="Who changed what, and when", responses=READING)
def changes(request: Request, _: Administrator, service_id: str) -> list[ChangeShape]:
    """Newest first."""
    register = heliograph_of(request).registering.register
    register.one(service_id)
    return [change_shape(one) for one in register.history(service_id)]


@_json.post("/{service_id:path}/undo", summary="Take a step back", responses=ACTING)
def undo(request: Request, caller: Administrator, service_id: str, body: UndoBody) -> ServiceShape:
    """The service is again as it was before step `n`. That is a step of its own."""
    register = heliograph_of(request).registering.register
    return shape_of(register.undo(service_id, body.n, by=caller.name, expected=body.version))


@_json.get("/{service_id:path}", summary="One service", responses=READING)
def show(request: Request, _: Reader, service_id: str) -> ServiceDetail:
    """A deleted one too: tickets may name it."""
    app = heliograph_of(request)
    kept = app.registering.register.one(service_id)
    with app.store.read() as tx:
        needing = tx.services_needing([service_id]).get(service_id, ())
    return ServiceDetail(**shape_of(kept).model_dump(), needed_by=list(needing))


@_json.put("/{service_id:path}", summary="Make or change a service", responses=ACTING)
def put(
    request: Request, caller: Administrator, service_id: str, version: Version, body: Service
) -> ServiceShape:
    """Refused with 409 when somebody else changed it since `version`; nothing of theirs is lost."""
    if body.id != service_id:
        raise Malformed("is not the id of the address", field="id")
    register = heliograph_of(request).registering.register
    return shape_of(register.write(body, by=caller.name, expected=version))


@_json.delete("/{service_id:path}", summary="Delete a service", responses=ACTING)
def delete(
    request: Request, caller: Administrator, service_id: str, version: Version
) -> ServiceShape:
    """Tickets that name it go on to show its name."""
    register = heliograph_of(request).registering.register
    return shape_of(register.delete(service_id, by=caller.name, expected=version))


router.include_router(_json)

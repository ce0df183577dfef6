"""What is the running server set to?"""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Request

from ..auth.callers import Caller, allowed
from ..auth.visitors import heliograph_of
from ..documentation import READING
from ..json_routes import JsonRoute
from ..shown_settings import Shown, shown

router = APIRouter(tags=["administration"], route_class=JsonRoute)


@router.get("/settings", summary="Settings in force", responses=READING)
def show_settings(
    request: Request, _: Annotated[Caller, Depends(allowed("admin"))]
) -> dict[str, Shown]:
    """As the server was started. Of a secret only whether it is set."""
    return shown(heliograph_of(request).settings)

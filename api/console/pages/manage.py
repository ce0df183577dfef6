"""Where does somebody set Heliograph up? A list of the pages that are not part of the daily work."""

from __future__ import annotations

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from ...auth.visitors import visitor_of
from ..managed import ENTRIES
from ..rendering import page

router = APIRouter()


@router.get("/manage")
def show(request: Request) -> HTMLResponse:
    visitor = visitor_of(request)
    entries = [entry for entry in ENTRIES if visitor.role.includes(entry.role)]
    return page(request, "manage.html", {"entries": entries}, visitor=visitor)

"""Webhooks of other tools: which mappings are there, and what would this payload become? Nothing of it is kept."""

from __future__ import annotations

import json
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, Response

from pipeline.domain.directory import Role
from pipeline.domain.errors import Malformed

from ...auth.visitors import check_csrf, heliograph_of, require, visitor_of
from ...strict_json import read_json
from ...webhooks.generic import TriedPayload, tried_text
from ..rendering import page
from .acts import plain, run_in_pool

router = APIRouter()
MOST_PASTED = 512 * 1024


@router.get("/webhooks")
def show(request: Request, mapping: str = "") -> HTMLResponse:
    visitor = visitor_of(request)
    require(visitor, Role.ADMINISTRATOR)
    text = heliograph_of(request).monitoring.mappings.text(mapping[:200])
    return _page(request, {"mapping": text})


@router.post("/webhooks")
async def try_out(request: Request) -> Response:
    form = await request.form(max_fields=10, max_part_size=MOST_PASTED)
    return await run_in_pool(_tried, request, plain(form))


def _tried(request: Request, given: dict[str, str]) -> Response:
    visitor = visitor_of(request)
    require(visitor, Role.ADMINISTRATOR)
    check_csrf(request, given, visitor)
    app = heliograph_of(request)
    try:
        payload = read_json(given.get("payload", "").encode(), field="payload")
        # A browser sends a text area's lines with its own line ends.
        text = given.get("mapping", "").replace("\r\n", "\n")
        found = tried_text(app, text, payload)
    except Malformed as wrong:
        return _page(request, given, problems=wrong.problems)
    return _page(request, given, found=found)


def _page(
    request: Request,
    given: dict[str, str],
    found: TriedPayload | None = None,
    problems: list[tuple[str, str]] | None = None,
) -> HTMLResponse:
    values: dict[str, Any] = {
        "mappings": heliograph_of(request).monitoring.mappings.all(),
        "given": given,
        "problems": problems or [],
        "found": found,
        "shown": [_readable(one) for one in (*found.alerts, *found.events)] if found else [],
        "base_url": heliograph_of(request).settings.base_url,
    }
    status = 422 if problems else 200
    visitor = visitor_of(request)
    return page(request, "webhooks.html", values, visitor=visitor, status=status)


def _readable(one: dict[str, Any]) -> str:
    return json.dumps(one, ensure_ascii=False, indent=2)

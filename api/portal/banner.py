"""How does another site show what is open? As a frame, as JSON, or by a script that draws it."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path
from typing import Any
from urllib.parse import quote

from fastapi import APIRouter, Request
from fastapi.responses import Response

from pipeline.bootstrap import Heliograph
from pipeline.domain.directory import LANGUAGES
from pipeline.domain.portal_parts import Part
from pipeline.domain.times import to_text
from pipeline.flow.portal.announced_work import AnnouncedWork
from pipeline.flow.portal.publishing import Published

from ..auth.visitors import heliograph_of
from .door import admit_program, is_on, need_public
from .rendered import Made, answer, feed, renderings_of
from .status import html_of

router = APIRouter(include_in_schema=False)
SCRIPT = Path(__file__).with_name("banner.js").read_bytes()
FRAMED = "default-src 'none'; style-src 'self'; base-uri 'none'; frame-ancestors *"
JSON = "application/json"


@router.get("/banner")
async def banner(request: Request) -> Response:
    """To be shown in a frame of another page, for instance of the desk's own portal."""
    need_public(request, Part.BANNER)
    answered = await answer(request, ("banner",), lambda: _frame(request))
    answered.headers["Content-Security-Policy"] = FRAMED
    return answered


@router.get("/banner.json")
async def banner_json(request: Request) -> Response:
    """The same for programs: each open failure and the maintenance under way, in both languages."""
    await admit_program(request, Part.BANNER)
    return await feed(request, ("banner.json",), lambda: as_json(_shown_now(request)))


@router.get("/banner.js")
async def script(request: Request) -> Response:
    """`<script src="…/banner.js" async></script>` draws it where it stands. It keeps nothing, sends no
    cookies, and writes what it read as text alone."""
    need_public(request, Part.BANNER)
    return await feed(
        request,
        ("banner.js",),
        lambda: Made(body=SCRIPT, media_type="text/javascript; charset=utf-8"),
    )


def as_json(found: dict[str, Any]) -> Made:
    return Made(body=json.dumps(found, ensure_ascii=False).encode(), media_type=JSON)


def incident_json(app: Heliograph, shown: Published) -> dict[str, Any]:
    now = app.clock.now()
    since, next_update = shown.facts.get("started_at"), shown.next_update(now)
    return {
        "number": shown.number,
        "title": {language: shown.title(language) for language in LANGUAGES},
        "text": {language: shown.entries[language][0].said.text for language in LANGUAGES},
        "phase": (shown.phase or "").removeprefix("phase.") or None,
        "since": to_text(since.value) if since and isinstance(since.value, datetime) else None,
        "updated_at": to_text(shown.updated_at),
        "next_update": to_text(next_update) if next_update else None,
        "url": page_of(app, shown),
    }


def work_json(app: Heliograph, work: AnnouncedWork) -> dict[str, Any]:
    return {
        "number": work.number,
        "title": {language: work.titles[language] for language in LANGUAGES},
        "from": to_text(work.starts_at),
        "until": to_text(work.ends_at),
        "url": page_of(app, work),
    }


def page_of(app: Heliograph, shown: Published | AnnouncedWork) -> str | None:
    """None where there are no such pages."""
    if not is_on(app, Part.STATUS_PAGE):
        return None
    return f"{app.settings.base_url}/s/{quote(shown.number, safe='')}"


def _open(request: Request) -> Iterable[Published]:
    return renderings_of(request).snapshot().open


def _works(request: Request) -> Iterable[AnnouncedWork]:
    return renderings_of(request).snapshot().works_at(heliograph_of(request).clock.now())


def _shown_now(request: Request) -> dict[str, list[dict[str, Any]]]:
    app = heliograph_of(request)
    return {
        "incidents": [incident_json(app, shown) for shown in _open(request)],
        "maintenance": [work_json(app, work) for work in _works(request)],
    }


def _frame(request: Request) -> Made:
    values = {
        "open": list(_open(request)),
        "works": list(_works(request)),
        "now": heliograph_of(request).clock.now(),
    }
    return html_of(request, "banner.html", values)

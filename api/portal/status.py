"""What may everybody know of the failures that are open, or were? The public page and the banner.

Only what was delivered to the public page is shown, and facts that a public audience may know. No
sign-in; looking changes nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import quote

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, JSONResponse

from pipeline.bootstrap import Heliograph
from pipeline.domain.directory import LANGUAGES, Language
from pipeline.domain.facts import Fact, cut
from pipeline.domain.incident import Incident
from pipeline.domain.message import Outbound
from pipeline.domain.times import to_text
from pipeline.drafting.brief import comparable
from pipeline.drafting.outside_names import as_outside
from pipeline.drafting.record import facts_of
from pipeline.flow.promises import NEXT_UPDATE
from pipeline.policy.audiences import audience_of

from ..auth.visitors import heliograph_of
from ..console.names import names_of
from ..console.rendering import language_of, page
from . import maintenance
from .entries import entries_of, title_of

router = APIRouter(include_in_schema=False)
PUBLIC = "public"
SECONDS = 15
"""How long anybody may keep a page: a crowd is served from caches, and news is there soon."""
MOST_ENDED = 20
_SHOWN = {
    # While it is open, a recovery on record is that of an earlier failure.
    "open": ("service", "impact", "phase", "symptom", "started_at"),
    "restored": ("service", "symptom", "started_at", "restored_at"),
    # There was no failure, whatever was believed.
    "withdrawn": ("service",),
}


@dataclass(frozen=True, kw_only=True)
class Published:
    """A major incident as its page shows it, in one language."""

    number: str
    standing: str
    title: str
    facts: dict[str, Fact]
    entries: list[tuple[datetime, Outbound]]
    next_update: datetime | None


@router.get("/s/{number:path}")
def incident_page(request: Request, number: str) -> HTMLResponse:
    app, language = heliograph_of(request), _language(request)
    # Two desks may use one number: the page is that of the newest of them that was published.
    named = app.queries.majors_numbered(number[:200]) if app.settings.status_page else []
    for found in _all(app, named, language):
        return _answer(request, "status_incident.html", {"shown": found})
    plan = maintenance.numbered(app, number[:200], language) if app.settings.status_page else None
    if plan is not None:
        return _answer(request, "status_maintenance.html", {"shown": plan})
    return _answer(request, "no_status.html", {}, status=404)


@router.get("/status")
def overview(request: Request) -> HTMLResponse:
    app, language = heliograph_of(request), _language(request)
    if not app.settings.status_page:
        return _answer(request, "no_status.html", {}, status=404)
    ended = [
        *app.queries.majors("restored", MOST_ENDED),
        *app.queries.majors("withdrawn", MOST_ENDED),
    ]
    newest = sorted(ended, key=lambda i: i.updated_at, reverse=True)[:MOST_ENDED]
    values = {
        "open": _all(app, app.queries.majors("open"), language),
        "planned": maintenance.ahead(app, language),
    }
    return _answer(request, "status.html", {**values, "ended": _all(app, newest, language)})


@router.get("/banner")
def banner(request: Request) -> HTMLResponse:
    """To be shown in a frame of another page, for instance of the desk's own portal."""
    app, language = heliograph_of(request), _language(request)
    shown = app.queries.majors("open") if app.settings.status_page else []
    answer = _answer(request, "banner.html", {"open": _all(app, shown, language)})
    answer.headers["Content-Security-Policy"] = (
        "default-src 'none'; style-src 'self'; base-uri 'none'; frame-ancestors *"
    )
    return answer


@router.get("/banner.json")
def banner_json(request: Request) -> JSONResponse:
    """The same for programs: each open failure, in both languages."""
    app = heliograph_of(request)
    shown = app.queries.majors("open") if app.settings.status_page else []
    answer = JSONResponse({"incidents": [i for i in (_as_json(app, s) for s in shown) if i]})
    answer.headers["Cache-Control"] = f"public, max-age={SECONDS}"
    # Nothing in it is for anybody in particular.
    answer.headers["Access-Control-Allow-Origin"] = "*"
    return answer


def _language(request: Request) -> Language:
    return language_of(request, None)


def _answer(
    request: Request, template: str, values: dict[str, Any], status: int = 200
) -> HTMLResponse:
    app = heliograph_of(request)
    desk = {"desk_name": app.settings.desk_name, "desk_phone": app.settings.desk_phone}
    answer = page(request, template, {**desk, **values}, zone=app.settings.zone, status=status)
    answer.headers["Cache-Control"] = f"public, max-age={SECONDS}"
    answer.headers["Vary"] = "Accept-Language, Cookie"
    return answer


def _all(app: Heliograph, incidents: list[Incident], language: Language) -> list[Published]:
    found = (_published(app, incident, language) for incident in incidents)
    return [shown for shown in found if shown is not None]


def _published(app: Heliograph, incident: Incident, language: Language) -> Published | None:
    """None for what nobody declared, and as long as nothing stands on its page."""
    if incident.major is None:
        return None
    entries = entries_of(app, incident, language)
    if not entries:
        return None
    return Published(
        number=incident.number,
        standing=incident.major.standing,
        title=title_of(app, incident, entries, language),
        facts=_facts(app, incident),
        entries=entries,
        next_update=_next(app, incident),
    )


def _facts(app: Heliograph, incident: Incident) -> dict[str, Fact]:
    """Only what its readers have been told: what waits for a person, or has just come in, is not public."""
    names = names_of(app.queries, [incident])
    service = names.services.get(incident.service.value) if incident.service else None
    recorded = as_outside(facts_of(incident, names), PUBLIC, service)
    known = cut(recorded, audience_of(PUBLIC, incident))
    told = app.queries.told(incident.id, PUBLIC)
    shown = _SHOWN[incident.major.standing] if incident.major else ()
    return {
        f.attribute: f
        for name in shown
        for f in known
        if f.attribute == name and told.get(name) == comparable(f)
    }


def _next(app: Heliograph, incident: Incident) -> datetime | None:
    """The next update that was promised to the public, while it lies ahead."""
    now = app.clock.now()
    ahead = [
        p.promised_at
        for p in app.queries.promises(incident.id)
        if (p.what, p.audience, p.state.value) == (NEXT_UPDATE, PUBLIC, "open")
        and p.promised_at > now
    ]
    return min(ahead, default=None)


def _as_json(app: Heliograph, incident: Incident) -> dict[str, Any] | None:
    texts: dict[Language, Published | None] = {
        language: _published(app, incident, language) for language in LANGUAGES
    }
    zh, en = texts["zh"], texts["en"]
    if zh is None or en is None or incident.major is None:
        return None
    since = en.facts.get("started_at")
    return {
        "number": en.number,
        "title": {"zh": zh.title, "en": en.title},
        "text": {"zh": zh.entries[0][1].text, "en": en.entries[0][1].text},
        "phase": incident.major.phase.value.value,
        "since": to_text(since.value) if since and isinstance(since.value, datetime) else None,
        "updated_at": to_text(en.entries[0][0]),
        "next_update": to_text(en.next_update) if en.next_update else None,
        "url": f"{app.settings.base_url}/s/{quote(en.number, safe='')}",
    }

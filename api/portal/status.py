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
from pipeline.delivery.plan import PAGE
from pipeline.domain.communication import Kind
from pipeline.domain.directory import LANGUAGES, Language
from pipeline.domain.errors import HeliographError
from pipeline.domain.facts import Fact, cut
from pipeline.domain.incident import Incident
from pipeline.domain.keys import message_key
from pipeline.domain.message import MessageState, Outbound
from pipeline.domain.times import to_text
from pipeline.drafting.brief import comparable
from pipeline.drafting.outside_names import as_outside
from pipeline.drafting.record import facts_of
from pipeline.flow.promises import NEXT_UPDATE
from pipeline.policy.audiences import audience_of

from ..auth.visitors import heliograph_of
from ..console.names import names_of
from ..console.rendering import language_of, page

router = APIRouter(include_in_schema=False)
PUBLIC = "public"
SECONDS = 15
"""How long anybody may keep a page: a crowd is served from caches, and news is there soon."""
MOST_ENTRIES, MOST_ENDED = 500, 20
_SHOWN = {
    # While it is open, a recovery on record is that of an earlier failure.
    "open": ("service", "impact", "phase", "symptom", "started_at"),
    "restored": ("service", "symptom", "started_at", "restored_at"),
    # There was no failure, whatever was believed.
    "withdrawn": ("service",),
}
_DELIVERED = (MessageState.DELIVERED.value,)


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
    values = {"open": _all(app, app.queries.majors("open"), language)}
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
    entries = _entries(app, incident, language)
    if not entries:
        return None
    return Published(
        number=incident.number,
        standing=incident.major.standing,
        title=_title(app, incident, entries, language),
        facts=_facts(app, incident),
        entries=entries,
        next_update=_next(app, incident),
    )


def _title(
    app: Heliograph,
    incident: Incident,
    entries: list[tuple[datetime, Outbound]],
    language: Language,
) -> str:
    """That of the newest entry that tells how things stand: what a correction says is of the past."""
    righted = {
        message_key(c.id, c.revision, f"page:{language}", PAGE)
        for c in app.queries.communications(incident.id)
        if c.kind is Kind.CORRECTION
    }
    subjects = [entry.subject for _, entry in entries if entry.key not in righted]
    return (subjects or [entries[0][1].subject])[0]


def _entries(
    app: Heliograph, incident: Incident, language: Language
) -> list[tuple[datetime, Outbound]]:
    """What was delivered to the page in this language, newest first."""
    found = []
    for message in app.queries.messages(
        incident_id=incident.id,
        recipient=f"page:{language}",
        states=_DELIVERED,
        limit=MOST_ENTRIES,
    ):
        try:
            found.append((message.created_at, app.preview(message)))
        except HeliographError:
            # A text that was erased is not shown, and takes none of the others with it.
            continue
    return found


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

"""The status page for programs: JSON, Atom, RSS, and a calendar of what was announced for a certain time."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from email.utils import format_datetime
from typing import Any
from xml.etree.ElementTree import Element, SubElement, register_namespace, tostring

from fastapi import APIRouter, Request
from fastapi.responses import Response

from pipeline.bootstrap import Heliograph
from pipeline.domain.directory import LANGUAGES, Language
from pipeline.domain.portal_parts import Part
from pipeline.domain.times import to_text
from pipeline.flow.portal.publishing import Entry, Published, Snapshot

from ..auth.visitors import heliograph_of
from ..console.words import word
from .banner import as_json, incident_json, page_of, work_json
from .door import admit_program, is_on
from .overview import overall, services_of
from .rendered import Made, feed, renderings_of

router = APIRouter(include_in_schema=False)
ATOM = "http://www.w3.org/2005/Atom"
MOST_ENTRIES, MOST_OVER = 50, 20
_NOT_IN_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""XML 1.0 2.2: such a character may not stand there even as a reference."""
register_namespace("", ATOM)


@dataclass(frozen=True, kw_only=True)
class Dated:
    """Something that was announced for a time: what a calendar holds. `uid` is the same for ever."""

    uid: str
    begins: datetime
    ends: datetime
    title: str
    url: str | None
    changed_at: datetime


@router.get("/status.json")
async def status_json(request: Request) -> Response:
    """How each service stands, what is open, and what was lately, in both languages."""
    return await _fed(request, ("status.json",), lambda app, found: _as_json(app, found))


@router.get("/status.atom")
async def atom(request: Request) -> Response:
    language = _language(request)
    return await _fed(request, ("atom", language), lambda app, found: _atom(app, found, language))


@router.get("/status.rss")
async def rss(request: Request) -> Response:
    language = _language(request)
    return await _fed(request, ("rss", language), lambda app, found: _rss(app, found, language))


@router.get("/status.ics")
async def calendar(request: Request) -> Response:
    language = _language(request)
    return await _fed(
        request, ("ics", language), lambda app, found: _calendar(app, found, language)
    )


async def _fed(request: Request, key: tuple[str, ...], make: Any) -> Response:
    await admit_program(request, Part.FEEDS)
    app = heliograph_of(request)
    return await feed(request, key, lambda: make(app, renderings_of(request).snapshot()))


def _language(request: Request) -> Language:
    """By the address alone: feed readers keep one answer for all of their readers."""
    asked = request.query_params.get("lang")
    found = [language for language in LANGUAGES if language == asked]
    return found[0] if found else heliograph_of(request).settings.language


def _as_json(app: Heliograph, found: Snapshot) -> Made:
    now = app.clock.now()
    rows = services_of(found, now, app.settings.zone)
    services = [
        {
            "id": row.id,
            "name": {language: row.name.in_language(language) for language in LANGUAGES},
            "status": row.level.value,
            "uptime_per_cent": row.past.per_cent,
            "observed_seconds": int(row.past.observed.total_seconds()),
            "failed_seconds": int(row.past.down.total_seconds()),
        }
        for row in rows
    ]
    over = [incident_json(app, p) | {"standing": p.standing} for p in found.over[:MOST_OVER]]
    return as_json(
        {
            "status": overall(rows, found, now).value,
            "days": len(rows[0].past.days) if rows else 0,
            "services": services,
            "open": [incident_json(app, p) | {"standing": p.standing} for p in found.open],
            "over": over,
            "maintenance": [work_json(app, work) for work in found.works_at(now)],
        }
    )


def _entries(found: Snapshot, language: Language) -> list[tuple[Published, Entry]]:
    """Each text that stands on the page, newest first."""
    told = [(p, e) for p in (*found.open, *found.over) for e in p.entries[language]]
    return sorted(told, key=lambda one: (one[1].at, one[0].id), reverse=True)[:MOST_ENTRIES]


def _atom(app: Heliograph, found: Snapshot, language: Language) -> Made:
    base, entries = app.settings.base_url, _entries(found, language)
    root = Element(f"{{{ATOM}}}feed")
    here = f"{base}/status.atom?lang={language}"
    for name, text in (("title", _title(app, language)), ("id", here)):
        _text(root, f"{{{ATOM}}}{name}", text)
    newest = entries[0][1].at if entries else (found.known_since or app.clock.now())
    _text(root, f"{{{ATOM}}}updated", to_text(newest))
    SubElement(root, f"{{{ATOM}}}link", {"rel": "self", "href": here})
    if is_on(app, Part.STATUS_PAGE):
        SubElement(root, f"{{{ATOM}}}link", {"href": f"{base}/status?lang={language}"})
    author = SubElement(root, f"{{{ATOM}}}author")
    _text(author, f"{{{ATOM}}}name", app.settings.desk_name or _title(app, language))
    for published, entry in entries:
        one = SubElement(root, f"{{{ATOM}}}entry")
        _text(one, f"{{{ATOM}}}title", entry.said.subject)
        where = page_of(app, published)
        _text(one, f"{{{ATOM}}}id", f"{where or base}#{entry.said.key}")
        _text(one, f"{{{ATOM}}}updated", to_text(entry.at))
        if where:
            SubElement(one, f"{{{ATOM}}}link", {"href": where})
        _text(one, f"{{{ATOM}}}content", entry.said.text).set("type", "text")
    return _xml(root, "application/atom+xml")


def _rss(app: Heliograph, found: Snapshot, language: Language) -> Made:
    base = app.settings.base_url
    root = Element("rss", {"version": "2.0"})
    channel = SubElement(root, "channel")
    _text(channel, "title", _title(app, language))
    # RSS 2.0 wants a link: without a page it is the feed's own.
    page = "status" if is_on(app, Part.STATUS_PAGE) else "status.rss"
    _text(channel, "link", f"{base}/{page}?lang={language}")
    _text(channel, "description", _title(app, language))
    _text(channel, "language", "zh-cn" if language == "zh" else "en")
    for published, entry in _entries(found, language):
        item = SubElement(channel, "item")
        _text(item, "title", entry.said.subject)
        where = page_of(app, published)
        if where:
            _text(item, "link", where)
        _text(item, "guid", entry.said.key).set("isPermaLink", "false")
        _text(item, "pubDate", format_datetime(entry.at))
        _text(item, "description", entry.said.text)
    return _xml(root, "application/rss+xml")


def dated(app: Heliograph, found: Snapshot, language: Language) -> Iterator[Dated]:
    """What was announced for a time: of open failures the next update."""
    host = app.settings.base_url.partition("://")[2]
    for published in found.open:
        at = published.next_update(app.clock.now())
        if at is not None:
            said = word(language, "Next update by")
            yield Dated(
                uid=f"{published.id}-next-update@{host}",
                begins=at,
                ends=at + timedelta(minutes=5),
                title=f"{said}: {published.title(language)}",
                url=page_of(app, published),
                changed_at=published.updated_at,
            )


def _calendar(app: Heliograph, found: Snapshot, language: Language) -> Made:
    # Loaded when somebody asks: most installations never do.
    from icalendar import Calendar, Event

    shown = Calendar()
    shown.add("prodid", "-//Heliograph//status//EN")
    shown.add("version", "2.0")
    shown.add("method", "PUBLISH")
    shown.add("x-wr-calname", _title(app, language))
    for one in dated(app, found, language):
        event = Event()
        event.add("uid", one.uid)
        event.add("dtstamp", one.changed_at)
        event.add("dtstart", one.begins)
        event.add("dtend", one.ends)
        event.add("summary", one.title)
        if one.url:
            event.add("url", one.url)
        event.add("transp", "TRANSPARENT")
        shown.add_component(event)
    return Made(body=shown.to_ical(), media_type="text/calendar; charset=utf-8")


def _title(app: Heliograph, language: Language) -> str:
    said = word(language, "Service status")
    return f"{said} · {app.settings.desk_name}" if app.settings.desk_name else said


def _text(parent: Element, name: str, text: str) -> Element:
    child = SubElement(parent, name)
    child.text = _NOT_IN_XML.sub("", text)
    return child


def _xml(root: Element, media_type: str) -> Made:
    body = tostring(root, encoding="utf-8", xml_declaration=True)
    return Made(body=body, media_type=f"{media_type}; charset=utf-8")

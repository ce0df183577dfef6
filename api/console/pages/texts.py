"""The texts: which there are, which one tells a ticket, and writing, trying and putting one in force."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request
from fastapi.responses import RedirectResponse, Response

from pipeline.bootstrap import Heliograph
from pipeline.domain.communication import Form
from pipeline.domain.directory import LANGUAGES, Language, Role
from pipeline.domain.errors import (
    HeliographError,
    Malformed,
    Refused,
    StaleVersion,
    UnknownThing,
)
from pipeline.domain.incident import Incident
from pipeline.domain.message import Recipient
from pipeline.domain.text_version import FILES, TextVersion
from pipeline.flow.text_versions import LARGEST, Shown
from pipeline.flow.written_texts import part_named

from ...auth.visitors import Visitor, check_csrf, heliograph_of, require, visitor_of
from ..changes import Line, changed_lines
from ..findings import told
from ..rendering import language_of, page
from ..text_listing import candidates, listing
from .acts import plain, run_in_pool, version_of

router = APIRouter()
SAVED_MEANWHILE, NO_TICKET = PROBLEMS = ("saved_meanwhile", "no_ticket")


@dataclass(kw_only=True)
class _Tried:
    """What came of looking at a text, or of trying to put it in force."""

    problems: list[tuple[str, str]] = field(default_factory=list)
    shown: list[Shown] = field(default_factory=list)
    error: str = ""
    fit: bool = False


@router.get("/texts")
def show_all(request: Request, ticket: Annotated[str, Query(max_length=200)] = "") -> Response:
    """With a ticket: which of them tells it, and why not the others."""
    visitor = visitor_of(request)
    app = heliograph_of(request)
    incident = app.queries.incident(ticket.strip()) if ticket.strip() else None
    texts = listing(app)
    values = {
        "texts": texts,
        "ticket": ticket,
        "incident": incident,
        "candidates": _candidates(app, incident) if incident else {},
        "path": "/texts",
    }
    return page(request, "texts.html", values, visitor=visitor)


@router.get("/texts/{kind}/{part}")
def show(
    request: Request,
    kind: str,
    part: str,
    version: Annotated[int | None, Query(ge=0)] = None,
    ticket: Annotated[str, Query(max_length=200)] = "",
) -> Response:
    """What is in force, or one of its versions, in the editor."""
    visitor = visitor_of(request)
    app, name = heliograph_of(request), f"{kind}/{part}"
    texts = app.text_versions.text(name, version)
    given = {"zh": texts["zh"], "en": texts["en"], "ticket": ticket}
    return _page(request, visitor, name, given, _Tried())


@router.post("/texts/{kind}/{part}")
async def act(request: Request, kind: str, part: str) -> Response:
    """Looks and checks, or keeps, or puts in force: as the button says."""
    form = await request.form(max_fields=20, max_part_size=LARGEST * 2)
    return await run_in_pool(_acted, request, f"{kind}/{part}", plain(form))


def _acted(request: Request, name: str, given: dict[str, str]) -> Response:
    visitor = visitor_of(request)
    require(visitor, Role.ADMINISTRATOR)
    check_csrf(request, given, visitor)
    app, by, why = heliograph_of(request), visitor.person.id, given.get("why", "").strip()[:1000]
    part_named(name)
    texts: dict[Language, str] = {k: given.get(k, "").replace("\r\n", "\n") for k in LANGUAGES}
    tried = _Tried()
    try:
        if "save" in given:
            made = app.text_versions.save(name, texts, by=by, why=why, after=version_of(given))
            return RedirectResponse(f"/texts/{name}?version={made.version}", status_code=303)
        if "activate" in given:
            chosen = version_of({"version": given["activate"]})
            app.text_versions.activate(name, chosen, by=by, why=why)
            return RedirectResponse(f"/texts/{name}", status_code=303)
        if "rollback" in given:
            app.text_versions.roll_back(name, by=by, why=why)
            return RedirectResponse(f"/texts/{name}", status_code=303)
        tried = _tried(app, visitor, name, texts, given.get("ticket", "").strip())
    except StaleVersion:
        tried.error = SAVED_MEANWHILE
    except Malformed as wrong:
        tried.problems = wrong.problems
    if not any(texts.values()):
        texts = dict(app.text_versions.text(name))
    shown = {"zh": texts["zh"], "en": texts["en"], **_fields(given)}
    return _page(request, visitor, name, shown, tried)


def _fields(given: dict[str, str]) -> dict[str, str]:
    return {k: given[k] for k in ("ticket", "why") if k in given}


def _tried(
    app: Heliograph, visitor: Visitor, name: str, texts: dict[Language, str], ticket: str
) -> _Tried:
    tried = _Tried(problems=app.text_versions.problems(name, texts))
    tried.fit = not tried.problems
    if not ticket:
        return tried
    incident = app.queries.incident(ticket)
    if incident is None:
        tried.error = NO_TICKET
        return tried
    reader = Recipient(
        kind="person",
        id=visitor.person.id,
        name=visitor.person.name,
        channel="mail",
        address="preview@heliograph.example",
        language=visitor.person.language,
        zone=visitor.person.zone,
    )
    try:
        tried.shown = app.text_versions.preview(name, texts, incident.id, reader)
    except Refused:
        raise
    except HeliographError as unusable:
        tried.problems = [*tried.problems, (incident.number, str(unusable))]
    return tried


def _page(
    request: Request, visitor: Visitor, name: str, given: dict[str, str], tried: _Tried
) -> Response:
    app = heliograph_of(request)
    kind, audience, _ = part_named(name)
    catalogue = app.text_versions.catalogue(name)
    versions = app.text_versions.rows.text_versions(name)
    done = app.text_versions.rows.activations(name)
    language = language_of(request, visitor)
    phrases = app.library.texts.phrases
    values = {
        "name": name,
        "kind": kind.value,
        "audience": audience,
        "given": given,
        "slots": sorted(catalogue.slots),
        "required": catalogue.required,
        "versions": [(v, _difference(app, v, versions)) for v in versions],
        "newest": versions[0].version if versions else FILES,
        "activations": done,
        "in_force": done[0].version if done else FILES,
        "people": app.queries.people(
            sorted({*(v.author for v in versions), *(a.author for a in done)})
        ),
        "tried": tried,
        "shown": [
            (s, told((f for f in s.draft.verdict.findings if f.form == s.form), language, phrases))
            for s in tried.shown
        ],
        "forms": list(Form),
        "may_act": visitor.role.includes(Role.ADMINISTRATOR),
        "path": f"/texts/{name}",
    }
    return page(request, "text.html", values, visitor=visitor)


def _difference(
    app: Heliograph, version: TextVersion, versions: list[TextVersion]
) -> dict[Language, tuple[Line, ...] | None]:
    """To the one before, the first of them to the file."""
    before: Any = next((v.texts for v in versions if v.version < version.version), None)
    if before is None:
        try:
            before = app.text_versions.text(version.name, FILES)
        except UnknownThing:
            before = dict.fromkeys(LANGUAGES, "")
    return {k: changed_lines(before[k], version.texts[k]) for k in LANGUAGES}


def _candidates(app: Heliograph, incident: Incident) -> dict[str, str]:
    """By text: `wins`, or the condition that it does not meet, or that another one is more particular."""
    found: dict[str, str] = {}
    for kind, audience in app.library.templates.population:
        try:
            asked = candidates(app, f"{kind.value}/{audience}", incident)
        except HeliographError:
            continue
        for one in asked:
            found[one.name] = "wins" if one.wins else one.misfit or "less_particular"
    return found

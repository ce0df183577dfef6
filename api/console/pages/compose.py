"""A statement in a person's own words: written, looked at as each reader gets it, and sent."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response
from pydantic import ValidationError

from pipeline.domain.directory import LANGUAGES, Role
from pipeline.domain.errors import ContentDiffers, HeliographError, Refused, StaleVersion
from pipeline.domain.incident import Incident
from pipeline.domain.major_events import Stated
from pipeline.domain.payload import PersonRef

from ...auth.visitors import Visitor, check_csrf, heliograph_of, require, visitor_of
from ..findings import told
from ..rendering import language_of, page
from .acts import MOST, incident_of, plain, run_in_pool, version_of

router = APIRouter()


@router.get("/incidents/{name}/compose")
def write(request: Request, name: str) -> Response:
    visitor = visitor_of(request)
    require(visitor, Role.TECHNICIAN)
    return _page(request, visitor, incident_of(heliograph_of(request), name), {})


@router.post("/incidents/{name}/compose")
async def act(request: Request, name: str) -> Response:
    """Looks, or sends: only the button called `send` records anything."""
    form = await request.form(max_fields=20, max_part_size=MOST)
    return await run_in_pool(_acted, request, name, plain(form))


def _acted(request: Request, name: str, given: dict[str, str]) -> Response:
    visitor = visitor_of(request)
    require(visitor, Role.TECHNICIAN)
    check_csrf(request, given, visitor)
    app = heliograph_of(request)
    incident = incident_of(app, name)
    said = _said(given, visitor)
    if "send" not in given or said is None:
        unfit = "too_long" if said is None and _wrote(given) else ""
        return _page(request, visitor, incident, given, said, unfit)
    if incident.major is None or incident.major.withdrawn is not None:
        return _page(request, visitor, incident, given, said, "refused")
    try:
        app.acts.record(incident.id, said, version=version_of(given))
    except (ContentDiffers, StaleVersion):
        return _page(request, visitor, incident_of(app, name), given, said, "changed")
    except Refused:
        return _page(request, visitor, incident, given, said, "refused")
    return RedirectResponse(f"/incidents/{incident.id}", status_code=303)


def _wrote(given: dict[str, str]) -> bool:
    return any(given.get(f"text.{language}", "").strip() for language in LANGUAGES)


def _said(given: dict[str, str], visitor: Visitor) -> Stated | None:
    """None as long as nothing is written that anybody could read, and for more than can be told."""
    texts = {language: given.get(f"text.{language}", "").strip() for language in LANGUAGES}
    written = {language: text for language, text in texts.items() if text}
    if not written:
        return None
    text: Any = written if len(written) == len(LANGUAGES) else next(iter(written.values()))
    visibility = "public" if given.get("visibility") == "public" else "affected"
    try:
        return Stated.model_validate(
            {"text": text, "visibility": visibility, "by": PersonRef(id=visitor.person.id)}
        )
    except ValidationError:
        return None


def _page(
    request: Request,
    visitor: Visitor,
    incident: Incident,
    given: dict[str, str],
    said: Stated | None = None,
    error: str = "",
) -> Response:
    app = heliograph_of(request)
    previews: list[Any] = []
    if said is not None:
        try:
            previews = app.drafts.of(incident.id, said)
        except HeliographError:
            error = error or "refused"
    language = language_of(request, visitor)
    phrases = app.library.texts.phrases
    values = {
        "incident": incident,
        "given": given,
        "written": said is not None,
        "previews": previews,
        "told": [told(preview.findings, language, phrases) for preview in previews],
        "stopped": [preview for preview in previews if preview.texts and not preview.leaves],
        "error": error,
        "path": f"/incidents/{incident.id}/compose",
    }
    part = request.headers.get("hx-target") == "preview"
    template = "compose_preview.html" if part else "compose.html"
    return page(request, template, values, visitor=visitor)

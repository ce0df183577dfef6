"""What do all pages behind a signed link share? Whose it is, in which language, and the page when it is spent."""

from __future__ import annotations

from fastapi import Request
from fastapi.responses import HTMLResponse

from pipeline.bootstrap import Heliograph
from pipeline.domain.directory import LANGUAGES, Language, Person
from pipeline.domain.incident import Incident
from pipeline.domain.subscription import Choice

from ..auth.visitors import heliograph_of
from ..console.rendering import page


def is_requester(incident: Incident | None, person: str) -> bool:
    """A link is for the requester alone: when somebody else took the ticket over it ends."""
    requester = incident.requester.value.id if incident and incident.requester else None
    return requester is not None and requester == person


def language_for(request: Request, app: Heliograph, person: Person | Choice | None) -> Language:
    """The one she asks for on this page, else hers."""
    asked = request.query_params.get("lang")
    for language in LANGUAGES:
        if asked == language:
            return language
    return person.language if person else app.settings.language


def desk_of(app: Heliograph) -> dict[str, str]:
    """Whom she calls when the page is no help."""
    return {"desk_name": app.settings.desk_name, "desk_phone": app.settings.desk_phone}


def gone(request: Request) -> HTMLResponse:
    return page(request, "gone.html", desk_of(heliograph_of(request)), status=401)

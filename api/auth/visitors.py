"""Which person looks at this page? A session's cookie says so; every change needs its CSRF value too."""

from __future__ import annotations

import hmac
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit

from fastapi import Request

from pipeline.bootstrap import Heliograph
from pipeline.domain.directory import Person, Role
from pipeline.domain.errors import NotAllowed

from ..refusals import GoSignIn, NotOurPage
from .secret_values import hashed

COOKIE = "heliograph_session"
CSRF_FIELD, CSRF_HEADER = "csrf", "X-CSRF-Token"


@dataclass(frozen=True, kw_only=True)
class Visitor:
    """A signed-in person. `csrf` must come back with every change."""

    person: Person
    role: Role
    csrf: str


def heliograph_of(request: Request) -> Heliograph:
    app: Heliograph = request.app.state.heliograph
    return app


def visitor_of(request: Request) -> Visitor:
    """Raises GoSignIn without a session that counts; neither a person without a role nor one who left
    may sign in."""
    found = find_visitor(request)
    if found is None:
        raise GoSignIn
    return found


def find_visitor(request: Request) -> Visitor | None:
    secret = request.cookies.get(COOKIE)
    if not secret:
        return None
    app = heliograph_of(request)
    session = app.access.session(hashed(secret), app.clock.now())
    person = app.queries.person(session.person) if session else None
    if session is None or person is None or person.role is None or not person.active:
        return None
    return Visitor(person=person, role=person.role, csrf=session.csrf)


def require(visitor: Visitor, role: Role) -> None:
    """Raises NotAllowed for a lesser role."""
    if not visitor.role.includes(role):
        raise NotAllowed(f"this needs the role {role.value}; yours is {visitor.role.value}")


def visitor_with(request: Request, role: Role) -> Visitor:
    """Who looks. Raises GoSignIn, and NotAllowed for a lesser role."""
    visitor = visitor_of(request)
    require(visitor, role)
    return visitor


def check_csrf(request: Request, form: Mapping[str, object], visitor: Visitor) -> None:
    """Raises NotOurPage unless the change comes from a page that we gave to this session."""
    given = request.headers.get(CSRF_HEADER) or str(form.get(CSRF_FIELD) or "")
    if not hmac.compare_digest(given.encode(), visitor.csrf.encode()):
        raise NotOurPage("the page is out of date or not ours; load it again and repeat")
    check_origin(request)


def check_origin(request: Request) -> None:
    """A browser says where a change comes from; another site's is refused."""
    origin = request.headers.get("origin")
    if origin is None or origin == "null":
        if request.headers.get("sec-fetch-site") in ("cross-site", "same-site"):
            raise NotOurPage("the change came from another site")
        return
    base = urlsplit(heliograph_of(request).settings.base_url)
    ours = {base.netloc, request.headers.get("host", "")}
    if _host_of(origin) not in ours:
        raise NotOurPage("the change came from another site")


def _host_of(origin: str) -> str | None:
    try:
        return urlsplit(origin).netloc
    except ValueError:  # for instance `http://[`
        return None

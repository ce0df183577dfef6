"""Who reads the portal, where one has to sign in for it? Whoever is signed in to the console, or came by a link
that was mailed to their own address. A reader's session opens nothing but the portal."""

from __future__ import annotations

from fastapi import Request, Response

from pipeline.access import Session
from pipeline.bootstrap import Heliograph
from pipeline.domain.portal_reader import SESSION_LASTS
from pipeline.settings import Settings

from .secret_values import hashed, new_secret
from .visitors import find_visitor, heliograph_of

COOKIE = "heliograph_reader"
_KIND = "reader:"
"""Before the secret that is hashed: so the console finds no session of a reader by it, whatever its cookie is
called."""


def find_reader(request: Request) -> str | None:
    """The person's id."""
    visitor = find_visitor(request)
    if visitor is not None:
        return visitor.person.id
    secret = request.cookies.get(COOKIE)
    if not secret:
        return None
    app = heliograph_of(request)
    session = app.access.session(hashed(_KIND + secret), app.clock.now())
    if session is None:
        return None
    begun = session.expires_at - SESSION_LASTS
    return session.person if app.portal.letting_in.counts(session.person, begun) else None


def begin(app: Heliograph, person: str) -> str:
    """A session; the value of its cookie."""
    value = new_secret()
    app.access.add_session(
        Session(
            secret_hash=hashed(_KIND + value),
            person=person,
            csrf=new_secret(),
            expires_at=app.clock.now() + SESSION_LASTS,
        )
    )
    return value


def set_cookie(response: Response, value: str, settings: Settings) -> None:
    response.set_cookie(
        COOKIE,
        value,
        max_age=int(SESSION_LASTS.total_seconds()),
        httponly=True,
        samesite="lax",
        secure=settings.base_url.startswith("https://"),
        path="/",
    )


def end(request: Request, response: Response) -> None:
    """Here and in the browser."""
    secret = request.cookies.get(COOKIE)
    if secret:
        heliograph_of(request).access.drop_session(hashed(_KIND + secret))
    response.delete_cookie(COOKIE, path="/")

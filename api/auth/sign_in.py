"""How does a person sign in? With a link that works once, for a quarter of an hour, after one click more.

Opening the link changes nothing: mail scanners open links too. Only the button on its page takes it.
"""

from __future__ import annotations

from datetime import timedelta

from fastapi import Request, Response

from pipeline.access import Session
from pipeline.bootstrap import Heliograph
from pipeline.domain.errors import NotAllowed, UnknownThing
from pipeline.settings import Settings

from .secret_values import hashed, new_secret
from .visitors import COOKIE, heliograph_of

LINK_LASTS = timedelta(minutes=15)


def make_link(app: Heliograph, person_id: str) -> str:
    """A link for one person. Raises UnknownThing, and NotAllowed for somebody without a role, or who left."""
    person = app.queries.person(person_id)
    if person is None:
        raise UnknownThing(f"nobody in the directory has the id {person_id}", field="person")
    if person.role is None:
        raise NotAllowed(f"{person_id} has no role, so may not sign in; give one in the directory")
    if not person.active:
        raise NotAllowed(f"{person_id} has left, by the directory, so may not sign in")
    secret = new_secret()
    app.access.add_sign_in(hashed(secret), person_id, app.clock.now() + LINK_LASTS)
    return f"{app.settings.base_url}/sign-in/{secret}"


def take(app: Heliograph, secret: str) -> tuple[Session, str] | None:
    """Use a link up: the session and its cookie's value, or None for a link that does not count."""
    now = app.clock.now()
    person = app.access.take_sign_in(hashed(secret), now)
    if person is None:
        return None
    value = new_secret()
    session = Session(
        secret_hash=hashed(value),
        person=person,
        csrf=new_secret(),
        expires_at=now + timedelta(hours=app.settings.session_hours),
    )
    app.access.add_session(session)
    return session, value


def set_cookie(response: Response, value: str, settings: Settings) -> None:
    response.set_cookie(
        COOKIE,
        value,
        max_age=settings.session_hours * 3600,
        httponly=True,
        samesite="lax",
        secure=settings.base_url.startswith("https://"),
        path="/",
    )


def sign_out(request: Request, response: Response) -> None:
    """End the session here and in the browser."""
    secret = request.cookies.get(COOKIE)
    if secret:
        heliograph_of(request).access.drop_session(hashed(secret))
    response.delete_cookie(COOKIE, path="/")

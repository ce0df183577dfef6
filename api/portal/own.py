"""A person's own page: quiet hours, digest, rate, and what they want to hear no more of. By a signed link from any mail,
or by a sign-in. Opening it changes nothing."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from pydantic import ValidationError

from pipeline.domain.errors import Malformed, UnknownThing
from pipeline.domain.incident import Incident
from pipeline.domain.wishes import Muting, Wishes
from pipeline.flow.wishes import Own

from ..auth.visitors import check_origin, heliograph_of, visitor_of
from ..console.pages.acts import plain, run_in_pool
from ..console.rendering import page
from .opened import desk_of, gone, language_for

router = APIRouter(include_in_schema=False)
DAYS = (1, 7, 30, 90)
RATES = ((3, 60), (6, 10), (10, 60))
"""(messages, minutes) that the page offers."""
MOST_MESSAGES, MOST_TICKETS = 40, 8
DONE = ("saved", "muted", "heard", "refused")
WHY = ("half", "quiet", "digest_at", "rate", "until", "unknown", "unreadable")
"""What may be wrong with what somebody said."""


@router.get("/own")
def mine(request: Request) -> Response:
    """Signed in, the same page with a link of its own."""
    visitor = visitor_of(request)
    app = heliograph_of(request)
    own = app.links.own(visitor.person.id, app.clock.now())
    return RedirectResponse(own.removeprefix(app.links.base_url), status_code=303)


@router.get("/own/{token}")
def show(request: Request, token: str) -> HTMLResponse:
    person = heliograph_of(request).own_wishes.opened(token)
    if person is None:
        return gone(request)
    done = request.query_params.get("done", "")
    return _page(request, token, person, done if done in DONE else "")


@router.post("/own/{token}")
async def change(request: Request, token: str) -> Response:
    form = plain(await request.form(max_fields=20))
    return await run_in_pool(_changed, request, token, form)


def _changed(request: Request, token: str, form: dict[str, str]) -> Response:
    check_origin(request)
    app = heliograph_of(request)
    person = app.own_wishes.opened(token)
    if person is None:
        return gone(request)
    try:
        done = _done(app.own_wishes.of(person), form, request)
    except (ValidationError, Malformed, ValueError, OverflowError) as wrong:
        return _page(request, token, person, "refused", why=_why(wrong), status=422)
    except UnknownThing:
        done = "heard"
    asked = request.query_params.get("lang")
    spoken = f"&lang={asked}" if asked in ("zh", "en") else ""
    return RedirectResponse(f"/own/{token}?done={done}{spoken}", status_code=303)


def _done(own: Own, form: Mapping[str, str], request: Request) -> str:
    app, person = heliograph_of(request), own.person.id
    if form.get("act") == "mute":
        app.own_wishes.mute(_muting(own, form, request))
        return "muted"
    if form.get("act") == "hear":
        app.own_wishes.end(f"person:{person}", form.get("about", ""))
        return "heard"
    app.own_wishes.say(_wishes(own, form, request))
    return "saved"


class _Unfit(ValueError):
    """What was said cannot be kept, by a code of `WHY`."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def _why(wrong: Exception) -> str:
    """A code of `WHY`: what is wrong with what was said."""
    if isinstance(wrong, ValidationError):
        field = str(wrong.errors()[0]["loc"][0]) if wrong.errors()[0]["loc"] else ""
        return field if field in WHY else "unreadable"
    if isinstance(wrong, Malformed):
        return "until" if wrong.field == "until" else "unknown"
    return wrong.code if isinstance(wrong, _Unfit) else "unreadable"


def _wishes(own: Own, form: Mapping[str, str], request: Request) -> Wishes:
    """Raises ValueError for half a stretch of quiet hours, and for what is no time."""
    since, until = form.get("since", ""), form.get("until", "")
    if bool(since) != bool(until):
        raise _Unfit("half")
    rate = form.get("rate", "")
    messages, _, minutes = rate.partition("/")
    said: dict[str, Any] = {
        "person": own.person.id,
        "quiet": {"since": since, "until": until} if since else None,
        "digest_at": form.get("digest_at") or None,
        "rate": {"messages": messages, "minutes": minutes} if rate else None,
        "zone": own.person.zone,
        "changed_at": heliograph_of(request).clock.now(),
    }
    return Wishes.model_validate(said)


def _muting(own: Own, form: Mapping[str, str], request: Request) -> Muting:
    now = heliograph_of(request).clock.now()
    of, _, about = form.get("about", "").partition(":")
    if of == "incident" and about not in _told_of(request, own.person.id):
        raise _Unfit("unknown")
    return Muting(
        whose="person",
        reader=own.person.id,
        of="incident" if of == "incident" else "service",
        about=about,
        until=now + timedelta(days=int(form.get("days", ""))),
        by=own.person.id,
        at=now,
    )


def _told_of(request: Request, person: str) -> dict[str, Incident]:
    """The tickets of the newest messages: of another one there is nothing to be muted, and nothing to be seen."""
    queries = heliograph_of(request).queries
    sent = queries.messages(recipient=f"person:{person}", limit=MOST_MESSAGES)
    newest = list(dict.fromkeys(message.incident for message in sent))[:MOST_TICKETS]
    return {name: found for name in newest if (found := queries.incident(name)) is not None}


def _page(
    request: Request, token: str, person: str, done: str, *, why: str = "", status: int = 200
) -> HTMLResponse:
    app = heliograph_of(request)
    own = app.own_wishes.of(person)
    services = app.queries.services()
    named = sorted({one.about for one in own.mutings if one.of == "incident"})
    tickets = {name: found for name in named if (found := app.queries.incident(name)) is not None}
    muted = {(one.of, one.about) for one in own.mutings if one.whose == "person"}
    told_of = _told_of(request, person)
    groups = app.queries.groups(sorted({m.reader for m in own.mutings if m.whose == "group"}))
    rate = own.wishes.rate
    values = {
        "own": own,
        "token": token,
        "done": done,
        "why": why,
        "services": services,
        "to_mute": {
            "service": [
                n for n, s in services.items() if not s.deleted and ("service", n) not in muted
            ],
            "incident": [n for n in told_of if ("incident", n) not in muted],
        },
        "tickets": tickets,
        "told_of": told_of,
        "groups": groups,
        "people": app.queries.people(sorted({one.by for one in own.mutings})),
        "days": DAYS,
        "rates": RATES,
        "rate": (rate.messages, rate.minutes) if rate else None,
        "path_with": f"/own/{token}?lang={request.query_params.get('lang', '')}",
        **desk_of(app),
    }
    spoken = language_for(request, app, own.person if own.person.name != person else None)
    return page(request, "own.html", values, language=spoken, zone=own.person.zone, status=status)

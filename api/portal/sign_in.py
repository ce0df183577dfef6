"""A reader of the portal asks to be let in, is, and goes. Opening a page changes nothing: mail scanners open
links too."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Annotated, Any

from fastapi import APIRouter, Form, Query, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from pydantic import TypeAdapter, ValidationError

from pipeline.domain.directory import MailAddress
from pipeline.domain.portal_parts import Part

from ..auth.readers import begin, end, find_reader, set_cookie
from ..auth.visitors import check_origin, heliograph_of
from ..console.rendering import language_of, page
from .door import ReadersSignIn, is_on, need_signing_in
from .opened import desk_of

router = APIRouter(include_in_schema=False)
Words = Annotated[str, Form(max_length=300)]
HERE = "/status/you"
_OURS = re.compile(r"/(?:status|s)(?:/[!-\[\]-~]*)?")
"""A page of the portal, as it stands in an address. Two slashes at the beginning would be another host."""
_ADDRESS: TypeAdapter[str] = TypeAdapter(MailAddress)
FEEDS = ("atom", "rss", "ics", "json")
TOO_MANY, BAD = 429, 422


@router.get("/status/sign-in")
def form(request: Request, to: Annotated[str, Query(max_length=300)] = "") -> Response:
    need_signing_in(request)
    return _page(request, "reader_sign_in.html", {**_FORM, "to": _ours(to)})


@router.post("/status/sign-in")
def ask(request: Request, address: Words = "", to: Words = "") -> Response:
    """Whoever asks is told the same, whether or not the address is known."""
    need_signing_in(request)
    check_origin(request)
    given = {**_FORM, "address": address, "to": _ours(to)}
    try:
        mail = _ADDRESS.validate_python(address.strip())
    except ValidationError:
        return _page(request, "reader_sign_in.html", {**given, "unfit": True}, status=BAD)
    letting_in = heliograph_of(request).portal.letting_in
    client = request.client.host if request.client else ""
    if not letting_in.ask(mail, language_of(request, None), given["to"], client=client):
        return _page(request, "reader_sign_in.html", {**given, "too_many": True}, status=TOO_MANY)
    return _page(request, "reader_asked.html", {"address": mail})


@router.get("/status/sign-in/{token}")
def show(request: Request, token: str) -> Response:
    need_signing_in(request)
    link = heliograph_of(request).portal.letting_in.asked(token)
    return _spent(request) if link is None else _page(request, "reader_enter.html", {})


@router.post("/status/sign-in/{token}")
def enter(request: Request, token: str) -> Response:
    need_signing_in(request)
    check_origin(request)
    app = heliograph_of(request)
    link = app.portal.letting_in.take(token)
    if link is None or link.person is None:
        return _spent(request)
    answer = RedirectResponse(_ours(link.to) or HERE, status_code=303)
    set_cookie(answer, begin(app, link.person), app.settings)
    return answer


@router.get(HERE)
def you(request: Request) -> Response:
    """Her own addresses for feed readers, and the way out."""
    need_signing_in(request)
    person = find_reader(request)
    if person is None:
        raise ReadersSignIn(HERE)
    app = heliograph_of(request)
    key = app.portal.letting_in.key(person)
    base = app.settings.base_url
    feeds = {form: f"{base}/status.{form}?key={key}" for form in FEEDS}
    values = {
        "feeds": feeds if is_on(app, Part.FEEDS) else {},
        "person": app.queries.person(person),
        "banner": f"{base}/banner.json?key={key}" if is_on(app, Part.BANNER) else "",
    }
    return _page(request, "reader.html", values)


@router.post("/status/sign-out")
def leave(request: Request, where: Words = "here") -> Response:
    need_signing_in(request)
    check_origin(request)
    person = find_reader(request)
    if where == "everywhere" and person is not None:
        app = heliograph_of(request)
        app.portal.letting_in.sign_out_everywhere(person)
        # Whoever works here reads the portal with their console's session, too.
        app.access.drop_sessions_of(person)
    answer = RedirectResponse("/status/sign-in", status_code=303)
    end(request, answer)
    return answer


_FORM: Mapping[str, Any] = {"address": "", "unfit": False, "too_many": False}


def _ours(path: str) -> str:
    """Where she wanted to go, if that is a page of the portal; else nowhere."""
    return path if _OURS.fullmatch(path) and not path.startswith("/status/sign-") else ""


def _spent(request: Request) -> HTMLResponse:
    return _page(request, "reader_spent.html", {}, status=401)


def _page(
    request: Request, template: str, values: Mapping[str, Any], *, status: int = 200
) -> HTMLResponse:
    app = heliograph_of(request)
    shown = {**desk_of(app), **values}
    return page(request, template, shown, zone=app.settings.zone, status=status)

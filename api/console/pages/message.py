"""One message: the finished text for its recipient, and every attempt to hand it over."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated

from fastapi import APIRouter, Form, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from pipeline.bootstrap import Heliograph
from pipeline.domain.directory import Role
from pipeline.domain.errors import HeliographError, UnknownThing, WrongState
from pipeline.domain.message import Message

from ...auth.visitors import check_csrf, heliograph_of, require, visitor_of
from ..attention import FAILED
from ..rendering import page
from .communication import framed

router = APIRouter()


@router.get("/messages/{name}")
def show(request: Request, name: str) -> HTMLResponse:
    return _page(request, name)


def _page(request: Request, name: str, error: str = "") -> HTMLResponse:
    visitor = visitor_of(request)
    app = heliograph_of(request)
    found = _message(request, name)
    try:
        finished, unfinished = app.preview(found), ""
    except HeliographError as unusable:
        finished, unfinished = None, str(unusable)
    values = {
        "message": found,
        "incident": app.queries.incident(found.incident),
        "finished": finished,
        "unfinished": unfinished,
        "by_model": _by_model(app, found),
        "attempts": app.queries.attempts([name]).get(name, []),
        "may_resend": found.state.value in FAILED and visitor.role.includes(Role.TECHNICIAN),
        "error": error,
        "path": f"/messages/{name}",
    }
    return page(request, "message.html", values, visitor=visitor)


def _by_model(app: Heliograph, message: Message) -> bool:
    parts = (message.rendition, message.english.rendition if message.english else None)
    texts = [app.queries.rendition(name) for name in parts if name]
    return any(text is not None and text.by_model for text in texts)


@router.get("/messages/{name}/html")
def html_of(request: Request, name: str) -> Response:
    visitor_of(request)
    finished = heliograph_of(request).preview(_message(request, name))
    if finished.html is None:
        raise UnknownThing("this message has no HTML")
    return framed(finished.html)


@router.post("/messages/{name}/resend")
def resend(request: Request, name: str, csrf: Annotated[str, Form()] = "") -> Response:
    return _done(request, name, csrf, heliograph_of(request).acts.resend)


@router.post("/messages/{name}/give-up")
def give_up(request: Request, name: str, csrf: Annotated[str, Form()] = "") -> Response:
    return _done(request, name, csrf, heliograph_of(request).acts.give_up)


def _done(request: Request, name: str, csrf: str, act: Callable[[str, str], None]) -> Response:
    visitor = visitor_of(request)
    require(visitor, Role.TECHNICIAN)
    check_csrf(request, {"csrf": csrf}, visitor)
    try:
        act(name, visitor.person.id)
    except WrongState as refused:
        return _page(request, name, refused.hindrance.value)
    return RedirectResponse(f"/messages/{name}", status_code=303)


def _message(request: Request, name: str) -> Message:
    found = heliograph_of(request).queries.message(name)
    if found is None:
        raise UnknownThing(f"no message {name[:100]}")
    return found

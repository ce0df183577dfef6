"""Somebody asks to be told, confirms it, changes it and ends it, without an account. Opening a page changes
nothing: mail scanners open links too.
"""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Form, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from pydantic import ValidationError

from pipeline.domain.directory import Address, Language
from pipeline.domain.errors import Malformed
from pipeline.domain.portal_parts import Part
from pipeline.domain.subscription import LONGEST_CHOICE, Subscription

from ..auth.visitors import check_origin, heliograph_of
from ..console.rendering import language_of, page
from .door import need, reader_of
from .opened import desk_of
from .rendered import renderings_of

router = APIRouter(include_in_schema=False)
Words = Annotated[str, Form(max_length=300)]
Services = Annotated[list[str] | None, Form(max_length=LONGEST_CHOICE)]
TOO_MANY, BAD = 429, 422


@router.get("/status/subscribe")
def form(request: Request) -> Response:
    need(request, Part.SUBSCRIPTIONS)
    mine = _own_addresses(request)
    return _form(request, address=mine[0] if mine else "")


@router.post("/status/subscribe")
def ask(
    request: Request, address: Words = "", language: Words = "", services: Services = None
) -> Response:
    """Whoever asks is told the same, whether or not the address is known."""
    need(request, Part.SUBSCRIPTIONS)
    check_origin(request)
    spoken = _language(request, language)
    try:
        given = Address(channel="mail", value=address.strip())
    except ValidationError:
        return _form(request, address=address, unfit=True, status=BAD)
    mine = _own_addresses(request)
    if mine is not None and given.value.casefold() not in {one.casefold() for one in mine}:
        return _form(request, address=address, foreign=True, status=BAD)
    client = request.client.host if request.client else ""
    subscribing = heliograph_of(request).portal.subscribing
    try:
        taken = subscribing.ask(given, spoken, services or (), client=client)
    except Malformed:
        return _form(request, address=address, status=BAD)
    if not taken:
        return _form(request, address=address, too_many=True, status=TOO_MANY)
    return _page(request, "subscribe_asked.html", {"address": given.value})


@router.get("/status/confirm/{token}")
def show_question(request: Request, token: str) -> Response:
    need(request, Part.SUBSCRIPTIONS)
    asked = heliograph_of(request).portal.subscribing.asked(token)
    if asked is None:
        return _gone(request)
    values = {
        "address": asked.choice.address.value,
        "names": _names(request, asked.choice.services),
    }
    return _page(request, "subscribe_confirm.html", values, language=asked.choice.language)


@router.post("/status/confirm/{token}")
def confirm(request: Request, token: str) -> Response:
    need(request, Part.SUBSCRIPTIONS)
    check_origin(request)
    subscribing = heliograph_of(request).portal.subscribing
    begun = subscribing.confirm(token)
    if begun is None:
        return _gone(request)
    return RedirectResponse(f"/status/subscription/{subscribing.token(begun)}?begun=1", 303)


@router.get("/status/subscription/{token}")
def show(request: Request, token: str) -> Response:
    need(request, Part.SUBSCRIPTIONS)
    found = heliograph_of(request).portal.subscribing.opened(token)
    done = "begun" if "begun" in request.query_params else ""
    return _gone(request) if found is None else _managed(request, token, found, done)


@router.post("/status/subscription/{token}")
def change(
    request: Request,
    token: str,
    act: Words = "end",
    language: Words = "",
    services: Services = None,
) -> Response:
    """What a mail program posts by itself (RFC 8058) has no other field: that ends it."""
    check_origin(request)
    subscribing = heliograph_of(request).portal.subscribing
    if act != "save":
        # While this part is off, too: whoever wants no more of it is not told again when it is on.
        ended = subscribing.end(token)
        need(request, Part.SUBSCRIPTIONS)
        return _page(request, "subscribe_ended.html", {}) if ended else _gone(request)
    need(request, Part.SUBSCRIPTIONS)
    found = subscribing.opened(token)
    if found is None:
        return _gone(request)
    try:
        saved = subscribing.choose(token, _language(request, language), services or ())
    except Malformed:
        saved = None
    if saved is None:
        return _managed(request, token, found, "refused")
    return _managed(request, token, saved, "saved")


def _own_addresses(request: Request) -> list[str] | None:
    """Where readers sign in: the ones she may subscribe. Nobody carries on outside what is told inside. Raises
    ReadersSignIn without a reader."""
    app = heliograph_of(request)
    if not app.settings.readers_sign_in:
        return None
    person = app.queries.person(reader_of(request))
    return [a.value for a in person.addresses if a.channel == "mail"] if person else []


def _form(
    request: Request,
    *,
    address: str = "",
    unfit: bool = False,
    too_many: bool = False,
    foreign: bool = False,
    status: int = 200,
) -> HTMLResponse:
    values = {
        "address": address,
        "unfit": unfit,
        "too_many": too_many,
        "foreign": foreign,
        "services": renderings_of(request).snapshot().services,
        "chosen": (),
        "spoken": language_of(request, None),
    }
    return _page(request, "subscribe.html", values, status=status)


def _managed(request: Request, token: str, found: Subscription, done: str) -> HTMLResponse:
    listed = renderings_of(request).snapshot().services
    values = {
        "token": token,
        "found": found,
        "done": done,
        "services": {**_names(request, found.choice.services), **listed},
        "chosen": found.choice.services,
        "spoken": found.choice.language,
    }
    return _page(request, "subscription.html", values, language=found.choice.language)


def _names(request: Request, services: tuple[str, ...]) -> dict[str, Any]:
    """What is chosen stays in sight, also when the page lists it no longer."""
    found = heliograph_of(request).queries.services(services)
    return {service.id: service.name for service in found.values()}


def _gone(request: Request) -> HTMLResponse:
    return _page(request, "subscribe_gone.html", {}, status=401)


def _language(request: Request, asked: str) -> Language:
    if asked == "zh":
        return "zh"
    return "en" if asked == "en" else language_of(request, None)


def _page(
    request: Request,
    template: str,
    values: dict[str, Any],
    *,
    language: Language | None = None,
    status: int = 200,
) -> HTMLResponse:
    app = heliograph_of(request)
    spoken = language if "lang" not in request.query_params else None
    shown = {**desk_of(app), **values}
    return page(request, template, shown, language=spoken, zone=app.settings.zone, status=status)

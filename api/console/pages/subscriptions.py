"""Subscriptions for administrators: who is told, whose address fails, and the acts on one."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Form, Query, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from pipeline.domain.directory import Role
from pipeline.domain.errors import UnknownThing
from pipeline.domain.subscription import SubscriptionState

from ...auth.visitors import check_csrf, heliograph_of, visitor_with
from ..rendering import page

router = APIRouter()
MOST = 50


@router.get("/subscriptions")
def show(
    request: Request,
    q: Annotated[str, Query(max_length=200)] = "",
    state: Annotated[str, Query(max_length=20)] = "",
    after: Annotated[str | None, Query(max_length=300)] = None,
) -> HTMLResponse:
    visitor = visitor_with(request, Role.ADMINISTRATOR)
    portal = heliograph_of(request).portal
    standing = next((s for s in SubscriptionState if s.value == state), None)
    found, more = portal.queries.subscriptions(q, standing, MOST, after)
    named = {service for one in found for service in one.choice.services}
    values = {
        "found": found,
        "after": more,
        "first": after is None,
        "q": q,
        "state": standing.value if standing else "",
        "counts": portal.queries.subscription_counts(),
        "names": heliograph_of(request).queries.services(sorted(named)),
        "hosts": heliograph_of(request).settings.webhook_hosts,
    }
    return page(request, "subscriptions.html", values, visitor=visitor)


@router.post("/subscriptions/{name}/{act}")
def do(request: Request, name: str, act: str, csrf: Annotated[str, Form()] = "") -> Response:
    visitor = visitor_with(request, Role.ADMINISTRATOR)
    check_csrf(request, {"csrf": csrf}, visitor)
    subscribing, by = heliograph_of(request).portal.subscribing, visitor.person.id
    if act == "suspend":
        subscribing.suspend(name, by=by)
    elif act == "resume":
        subscribing.resume(name, by=by)
    elif act == "remove":
        subscribing.remove(name, by=by)
    else:
        raise UnknownThing("a subscription knows no such act")
    return RedirectResponse("/subscriptions", status_code=303)

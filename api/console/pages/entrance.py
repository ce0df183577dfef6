"""Signing in and out. Opening a link changes nothing; its button does."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Form, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from ...auth.sign_in import set_cookie, sign_out, take
from ...auth.visitors import check_csrf, check_origin, heliograph_of, visitor_of
from ..rendering import page

router = APIRouter()


@router.get("/sign-in")
def explain(request: Request) -> HTMLResponse:
    answer = page(request, "sign_in.html", {"secret": None, "failed": False})
    if "hx-request" in request.headers:
        # The session ended while somebody searched: the whole page goes, not its middle.
        answer.headers["HX-Redirect"] = "/sign-in"
    return answer


@router.get("/sign-in/{secret}")
def ask(request: Request, secret: str) -> HTMLResponse:
    return page(request, "sign_in.html", {"secret": secret, "failed": False})


@router.post("/sign-in/{secret}")
def enter(request: Request, secret: str) -> Response:
    check_origin(request)
    app = heliograph_of(request)
    taken = take(app, secret)
    if taken is None:
        return page(request, "sign_in.html", {"secret": None, "failed": True}, status=401)
    answer = RedirectResponse("/incidents", status_code=303)
    set_cookie(answer, taken[1], app.settings)
    return answer


@router.post("/sign-out")
def leave(request: Request, csrf: Annotated[str, Form()] = "") -> Response:
    check_csrf(request, {"csrf": csrf}, visitor_of(request))
    answer = RedirectResponse("/sign-in", status_code=303)
    sign_out(request, answer)
    return answer

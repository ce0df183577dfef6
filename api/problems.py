"""How does a refusal become an answer? RFC 9457 problem details, for every way to fail.

Whatever goes wrong, the answer names the field, tells no internals, and has a page that explains it.
"""

from __future__ import annotations

import html
import json
from collections.abc import Sequence
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from pydantic import BaseModel, Field
from starlette.exceptions import HTTPException

from pipeline.domain.errors import Refused, UnknownThing
from pipeline.domain.findings import Finding
from pipeline.domain.unfit_values import in_words

from .auth.visitors import find_visitor
from .plain_pages import plain_page
from .problem_kinds import BY_STATUS, KINDS
from .refusals import GoSignIn

MEDIA_TYPE = "application/problem+json"
_SHOWN_PATH = 200


class FieldProblem(BaseModel):
    """One field at fault."""

    field: str = Field(description="Path into what was sent.", examples=["data.assignee.id"])
    detail: str = Field(examples=["Field required"])


class Problem(BaseModel):
    """RFC 9457 problem details, as every refusal is answered."""

    type: str = Field(
        description="Its page explains the problem.", examples=["/problems/malformed"]
    )
    title: str
    status: int
    detail: str
    instance: str = Field(description="The path that was asked.")
    field: str | None = Field(default=None, description="The first field at fault.")
    errors: list[FieldProblem] = []
    findings: list[Finding] = Field(
        default=[], description="What the checks found in a text that may not leave for it."
    )


def problem(
    slug: str,
    detail: str,
    *,
    instance: str,
    status: int | None = None,
    field: str | None = None,
    errors: Sequence[tuple[str, str]] = (),
    findings: Sequence[Finding] = (),
    headers: dict[str, str] | None = None,
) -> Response:
    """The answer for one problem; `errors` are (field, sentence)."""
    kind = KINDS[slug]
    body: dict[str, Any] = {
        "type": f"/problems/{slug}",
        "title": kind.title,
        "status": status or kind.status,
        "detail": detail,
        "instance": instance[:_SHOWN_PATH],
    }
    if field is not None:
        body["field"] = field
    if findings:
        body["findings"] = [finding.model_dump(mode="json") for finding in findings]
    if errors:
        body["errors"] = [{"field": f, "detail": d} for f, d in errors]
    # ASCII escapes: a detail may quote a lone surrogate, which UTF-8 cannot carry.
    content = json.dumps(body)
    return Response(content, status or kind.status, media_type=MEDIA_TYPE, headers=headers)


def _for_person(request: Request) -> bool:
    """A browser that asked for a page; programs and the API get JSON."""
    return "text/html" in request.headers.get("accept", "") and not request.url.path.startswith(
        "/api/"
    )


def _answer(
    request: Request,
    slug: str,
    detail: str,
    *,
    status: int | None = None,
    field: str | None = None,
    errors: Sequence[tuple[str, str]] = (),
    findings: Sequence[Finding] = (),
    headers: dict[str, str] | None = None,
) -> Response:
    if not _for_person(request):
        return problem(
            slug,
            detail,
            instance=where(request),
            status=status,
            field=field,
            errors=errors,
            findings=findings,
            headers=headers,
        )
    from .console.rendering import page

    code = status or KINDS[slug].status
    values = {"status": code, "slug": slug, "detail": detail, "field": field}
    return page(request, "error.html", values, visitor=find_visitor(request), status=code)


_HEADERS = {401: {"WWW-Authenticate": "Bearer"}, 503: {"Retry-After": "5"}}


def install(app: FastAPI) -> None:
    """Answer every failure of `app`, and serve the pages that explain them."""
    handlers: dict[type[Exception], Any] = {
        Refused: _refused,
        RequestValidationError: _invalid,
        HTTPException: _http,
        GoSignIn: _sign_in,
    }
    for kind, handler in handlers.items():
        app.add_exception_handler(kind, handler)
    app.add_api_route(
        "/problems/{slug}", explain, include_in_schema=False, response_class=HTMLResponse
    )


def explain(slug: str) -> Response:
    """The page that a problem's `type` points at."""
    kind = KINDS.get(slug)
    if kind is None:
        raise UnknownThing("there is no problem of this name")
    rows = (f"<h2>What it means</h2><p>{html.escape(kind.meaning)}</p>"
            f"<h2>What to do</h2><p>{html.escape(kind.advice)}</p>"
            f"<p><small>HTTP {kind.status} · <code>/problems/{slug}</code></small></p>")  # fmt: skip
    return plain_page(kind.title, rows)


def where(request: Request) -> str:
    """The path for `instance`, without the secret that some paths carry."""
    return shown_path(request.url.path)


def shown_path(path: str) -> str:
    """A path as it may be logged and repeated: tokens in it are left out."""
    for prefix in (
        *("/t/", "/a/", "/d/", "/v/", "/own/", "/release/", "/sign-in/"),
        *("/status/confirm/", "/status/subscription/", "/status/sign-in/"),
    ):
        if path.startswith(prefix):
            rest = path.removeprefix(prefix).partition("/")
            return prefix + "…" + rest[1] + rest[2]
    return path


def _refused(request: Request, error: Refused) -> Response:
    problems: list[tuple[str, str]] = getattr(error, "problems", [])
    if not problems and error.field:
        problems = [(error.field, error.detail)]
    return _answer(
        request,
        error.slug if error.slug in KINDS else "refused",
        error.detail,
        status=error.status,
        field=error.field,
        errors=problems,
        findings=getattr(error, "findings", ()),
        headers=_HEADERS.get(error.status),
    )


def _invalid(request: Request, error: RequestValidationError) -> Response:
    """What the framework found in path, query, form or body: reported as 400, like ours."""
    errors = [_located(found) for found in error.errors()]
    detail = "; ".join(f"{field}: {sentence}" for field, sentence in errors)
    first = errors[0][0] if errors else None
    return _answer(request, "malformed", detail, field=first, errors=errors)


def _located(found: Any) -> tuple[str, str]:
    # A JSON error's location is a character offset, which is no field.
    if found["type"] == "json_invalid":
        return "body", "is not JSON"
    parts = [str(part) for part in found["loc"] if part not in ("body", "query", "path", "header")]
    return ".".join(parts) or "body", in_words(found)


def _http(request: Request, error: HTTPException) -> Response:
    slug = BY_STATUS.get(error.status_code, "refused")
    headers = dict(error.headers) if error.headers else None
    detail = "there is nothing at this address" if error.status_code == 404 else str(error.detail)
    return _answer(request, slug, detail, status=error.status_code, headers=headers)


def _sign_in(_request: Request, error: GoSignIn) -> Response:
    return RedirectResponse(error.path, status_code=303)


def unexpected(request: Request) -> Response:
    """A fault of ours. The page is a plain one: what failed may be what other pages stand on."""
    said = "something failed here; it is logged"
    if not _for_person(request):
        return problem("unexpected", said, instance=where(request))
    from .console.rendering import language_of
    from .console.words import word

    language = language_of(request, None)
    sentence = html.escape(word(language, "problem:unexpected"))
    title, status = word(language, "This did not work"), KINDS["unexpected"].status
    return plain_page(title, f"<p>{sentence}</p>", status, language=language)

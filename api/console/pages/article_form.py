"""Writing an article, or changing one: nothing that was written is lost, and nobody is overwritten."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response

from knowledge.article import LONGEST_BODY, LONGEST_TITLE
from knowledge.display import html_of
from pipeline.article_ports import Kept
from pipeline.domain.directory import LANGUAGES
from pipeline.domain.errors import StaleVersion
from pipeline.policy.readers import STAFF

from ...auth.article_readers import EDITOR
from ...auth.visitors import Visitor, check_csrf, heliograph_of, require, visitor_of
from ..article_forms import Given, given_of, problems_of, written
from ..article_readers import article_for, latest_revision
from ..changes import changes
from ..rendering import language_of, page
from .acts import plain, run_in_pool

router = APIRouter()
MOST_OCTETS = 1024 * 1024
"""Of one field: the longest body in Chinese has 600 kB."""
LONGEST_NUMBER = 9
"""Digits of a revision."""


@router.get("/knowledge/new")
def begin(request: Request, title: str = "") -> Response:
    """A new article is for staff unless its writer says otherwise (law 12), in her language."""
    visitor = visitor_of(request)
    require(visitor, EDITOR)
    given = {
        "title": title[:LONGEST_TITLE],
        "language": language_of(request, visitor),
        f"audience.{STAFF}": "on",
    }
    return _form(request, visitor, given, None)


@router.get("/knowledge/{name}/edit")
def edit(request: Request, name: str) -> Response:
    visitor = visitor_of(request)
    require(visitor, EDITOR)
    app = heliograph_of(request)
    # The revision first: a change between the two is found when the form comes back.
    revision = latest_revision(app, name)
    kept = article_for(app, visitor, name)
    return _form(request, visitor, given_of(kept.article) | {"revision": revision}, kept)


@router.post("/knowledge/new")
async def create(request: Request) -> Response:
    """Looks, or saves: only the button called `save` keeps anything."""
    return await run_in_pool(_saved, request, None, await _given(request))


@router.post("/knowledge/{name}/edit")
async def change(request: Request, name: str) -> Response:
    return await run_in_pool(_saved, request, name, await _given(request))


async def _given(request: Request) -> dict[str, str]:
    limits = {"max_fields": 30, "max_files": 0, "max_part_size": MOST_OCTETS}
    async with request.form(**limits) as form:
        return plain(form)


def _saved(request: Request, name: str | None, given: dict[str, str]) -> Response:
    visitor = visitor_of(request)
    require(visitor, EDITOR)
    check_csrf(request, given, visitor)
    app = heliograph_of(request)
    kept = article_for(app, visitor, name) if name is not None else None
    if "save" not in given:
        return _form(request, visitor, given, kept, look=True)
    problems = problems_of(given)
    if problems:
        return _form(request, visitor, given, kept, problems=problems)
    try:
        article = app.articles.write(
            written(given), by=visitor.person.id, article_id=name, expected=_revision(given, kept)
        )
    except StaleVersion:
        article_id = kept.article.id if kept else ""
        revision = latest_revision(app, article_id)
        kept = article_for(app, visitor, article_id)
        return _form(request, visitor, given | {"revision": revision}, kept, stale=True)
    return RedirectResponse(f"/knowledge/{article.id}?done=written", status_code=303)


def _revision(given: Given, kept: Kept | None) -> int | None:
    """That of the article which the form showed. Raises StaleVersion without one."""
    if kept is None:
        return None
    said = given.get("revision", "")
    if not said.isdecimal() or len(said) > LONGEST_NUMBER:
        raise StaleVersion("the form does not say which article it showed")
    return int(said)


def _form(
    request: Request,
    visitor: Visitor,
    given: Given,
    kept: Kept | None,
    *,
    problems: dict[str, str] | None = None,
    stale: bool = False,
    look: bool = False,
) -> Response:
    values: dict[str, Any] = {
        "given": given,
        "kept": kept,
        "article": kept.article if kept else None,
        "problems": problems or {},
        "preview": html_of(given.get("body", "")),
        "look": look,
        "stale": stale,
        "differs": _differs(given, kept) if stale else None,
        "languages": LANGUAGES,
        "groups": heliograph_of(request).queries.groups(),
        "longest_title": LONGEST_TITLE,
        "longest_body": LONGEST_BODY,
        "path": f"/knowledge/{kept.article.id}/edit" if kept else "/knowledge/new",
    }
    part = request.headers.get("hx-target") == "preview"
    status = 409 if stale else 422 if problems else 200
    template = "article_preview.html" if part else "article_form.html"
    return page(request, template, values, visitor=visitor, status=status)


def _differs(given: Given, kept: Kept | None) -> Any:
    """From what the other one saved to what is written here; the form was found good before."""
    return changes(kept.article, written(given)) if kept else None

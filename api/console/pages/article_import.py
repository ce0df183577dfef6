"""Taking in files, and pages of the web, from a browser: what was added, changed, kept, and what could not be read."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import chain
from time import monotonic
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import Response
from starlette.datastructures import FormData, UploadFile

from knowledge.article import ArticleText, Unreadable
from knowledge.errors import Refused
from knowledge.sources import READERS, documents
from pipeline.bootstrap import Heliograph
from pipeline.domain.directory import is_visible
from pipeline.flow.articles.editing import MOST_AT_ONCE, Taken
from pipeline.policy.readers import STAFF, misspelt, with_labels

from ...auth.article_readers import EDITOR
from ...auth.visitors import Visitor, check_csrf, heliograph_of, require, visitor_of
from ..article_forms import LABEL, audience_of
from ..rendering import page
from .acts import plain, run_in_pool

router = APIRouter()
PATH = "/knowledge/import"
MOST_FILES, MOST_ADDRESSES = 50, 10
FETCHED_WITHIN = 60.0
"""Seconds for all pages of the web together: a person waits for the answer."""
MOST_MEGABYTES = 60
LARGEST_BODY = MOST_MEGABYTES * 1024 * 1024
"""Of all files of one upload together, in octets."""
SOURCE = "upload"
LONGEST_SOURCE = 100
TWICE = "this upload has another one of this name: give it another name, or import it by itself"
TOO_LATE = "the pages before it took a minute together: import it by itself"
OUTCOMES = ("added", "changed", "unchanged", "kept")


@dataclass(kw_only=True)
class _Result:
    """What an upload has come to; `titles` by the articles' ids."""

    taken: list[Taken] = field(default_factory=list)
    unreadable: list[Unreadable] = field(default_factory=list)
    titles: dict[str, str] = field(default_factory=dict)


@router.get(PATH)
def ask(request: Request) -> Response:
    visitor = visitor_of(request)
    require(visitor, EDITOR)
    return _page(request, visitor, {"source": SOURCE, f"audience.{STAFF}": "on"})


@router.post(PATH)
async def take(request: Request) -> Response:
    # Before the files: nobody else may send us as much.
    await run_in_pool(_admitted, request)
    async with request.form(max_fields=20, max_files=MOST_FILES) as form:
        return await run_in_pool(_taken, request, form)


def _admitted(request: Request) -> Any:
    visitor = visitor_of(request)
    require(visitor, EDITOR)
    return visitor


def _taken(request: Request, form: FormData) -> Response:
    visitor, given = _admitted(request), plain(form)
    check_csrf(request, given, visitor)
    files = [f for f in form.getlist("files") if isinstance(f, UploadFile) and f.filename]
    source = " ".join(given.get("source", "").split())[:LONGEST_SOURCE]
    addresses = given.get("addresses", "").split()
    if not files and not addresses:
        return _page(request, visitor, given, problem="no_file")
    if not is_visible(source):
        return _page(request, visitor, given, problem="missing")
    if misspelt(audience_of(given)):
        return _page(request, visitor, given, problem=LABEL)
    if len(addresses) > MOST_ADDRESSES:
        return _page(request, visitor, given, problem="too_many_addresses")
    result = _Result()
    app = heliograph_of(request)
    read = chain(_read(files, source), _fetched(app, addresses, source))
    for texts in _batches(read, result):
        _take(app, texts, visitor, audience_of(given), result)
    return _page(request, visitor, given, result=result)


def _batches(
    read: Iterator[ArticleText | Unreadable], result: _Result
) -> Iterator[list[ArticleText]]:
    """At most as many articles at once as one transaction takes."""
    batch: list[ArticleText] = []
    for found in _once(read):
        found = with_labels(found)
        if isinstance(found, Unreadable):
            result.unreadable.append(found)
            continue
        batch.append(found)
        if len(batch) == MOST_AT_ONCE:
            yield batch
            batch = []
    if batch:
        yield batch


def _read(files: list[UploadFile], source: str) -> Iterator[ArticleText | Unreadable]:
    names: set[str] = set()
    for file in files:
        name = file.filename or ""
        if name in names:
            yield Unreadable(place=name, reason=TWICE)
            continue
        names.add(name)
        yield from documents(name, file.file.read(), source=source)


def _fetched(
    app: Heliograph, addresses: list[str], source: str
) -> Iterator[ArticleText | Unreadable]:
    from knowledge.sources import web

    until = monotonic() + FETCHED_WITHIN
    for address in addresses:
        left = min(until - monotonic(), web.SECONDS)
        if left <= 0:
            yield Unreadable(place=address, reason=TOO_LATE)
            continue
        try:
            name, content = web.fetch(address, hosts=app.settings.knowledge_hosts, seconds=left)
        except Refused as refused:
            yield Unreadable(place=address, reason=str(refused))
            continue
        yield from documents(name, content, source=source, url=address)


def _once(read: Iterator[ArticleText | Unreadable]) -> Iterator[ArticleText | Unreadable]:
    """Of two with one id the second would overwrite the first: names that differ may come to one id."""
    ids: set[str] = set()
    for one in read:
        if isinstance(one, ArticleText) and one.external_id in ids:
            yield Unreadable(place=one.external_id, reason=TWICE)
            continue
        if isinstance(one, ArticleText):
            ids.add(one.external_id)
        yield one


def _take(
    app: Heliograph,
    texts: list[ArticleText],
    visitor: Visitor,
    audience: tuple[str, ...],
    result: _Result,
) -> None:
    taken = app.articles.take_in(texts, by=visitor.person.id, audience=audience)
    titles = {text.external_id: text.title for text in texts}
    result.taken += taken
    result.titles |= {one.id: titles[one.external_id] for one in taken}


def _page(
    request: Request,
    visitor: Visitor,
    given: dict[str, str],
    *,
    result: _Result | None = None,
    problem: str = "",
) -> Response:
    by_outcome = {
        outcome: [one for one in result.taken if one.outcome == outcome] if result else []
        for outcome in OUTCOMES
    }
    values = {
        "given": given,
        "result": result,
        "by_outcome": by_outcome,
        "problem": problem,
        "endings": list(READERS),
        "sources": heliograph_of(request).found_articles.sources(),
        "groups": heliograph_of(request).queries.groups(),
        "most_files": MOST_FILES,
        "most_addresses": MOST_ADDRESSES,
        "most_megabytes": MOST_MEGABYTES,
        "path": PATH,
    }
    template = "article_imported.html" if result else "article_import.html"
    return page(request, template, values, visitor=visitor, status=422 if problem else 200)

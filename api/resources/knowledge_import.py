"""Articles come in: from a source in batches, from a file, from an address."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Annotated

from fastapi import APIRouter, Depends, File, Form, Request, UploadFile

from knowledge import sources
from knowledge.article import ArticleText, SourceName, Unreadable
from knowledge.errors import Refused
from pipeline.bootstrap import Heliograph
from pipeline.domain.errors import Malformed
from pipeline.flow.articles.editing import MOST_AT_ONCE
from pipeline.policy.readers import with_labels

from ..auth.callers import Caller, allowed
from ..auth.visitors import heliograph_of
from ..documentation import ACTING
from ..json_routes import JsonRoute
from .knowledge_import_shapes import (
    AddressBody,
    Audience,
    FinishAnswer,
    FinishBody,
    ImportAnswer,
    ImportBody,
)
from .knowledge_shapes import DEFAULT_AUDIENCE

Administrator = Annotated[Caller, Depends(allowed("admin"))]
router = APIRouter(prefix="/knowledge", tags=["knowledge"])
# A file comes as a form, which is no JSON; whatever else comes here is read as strictly as everywhere.
_json = APIRouter(route_class=JsonRoute)


@_json.post("/import", summary="Take in articles of a source", responses=ACTING)
def import_articles(request: Request, caller: Administrator, body: ImportBody) -> ImportAnswer:
    """At most 200 at once, whole or not at all. Sent again, they are `unchanged`.

    What a person changed here is `kept` as she left it. An article that says no `audience` gets that of
    the import, which is staff alone unless it is said.
    """
    body.check_once()
    articles = heliograph_of(request).articles
    taken = articles.take_in(body.articles, by=caller.name, audience=tuple(body.audience))
    by_name = {(one.source, one.external_id): one for one in taken}
    return ImportAnswer.of(by_name[(text.source, text.external_id)] for text in body.articles)


@_json.post("/import/finish", summary="Retire what a source tells of no more", responses=ACTING)
def finish_import(request: Request, caller: Administrator, body: FinishBody) -> FinishAnswer:
    """Published articles of `source` that are not among `present` are retired.

    A large source sorts its ids and sends them in parts: the first `until` its last id, each next one
    `after` that id, the last one without `until`. Each part stands alone and may be repeated; one that
    never comes retires nothing.
    """
    articles = heliograph_of(request).articles
    gone = articles.retire_missing(
        body.source, body.present, by=caller.name, after=body.after, until=body.until
    )
    return FinishAnswer(retired=gone)


@router.post("/files", summary="Take in a file", responses=ACTING)
def import_file(
    request: Request,
    caller: Administrator,
    file: Annotated[UploadFile, File(description="Its name ends as its format says.")],
    source: Annotated[SourceName, Form()] = sources.SOURCE,
    audience: Annotated[Audience | None, Form()] = None,
) -> ImportAnswer:
    """Markdown, HTML, DOCX, PDF, plain text, or a CSV or JSON export with many articles. The whole body
    obeys the server's limit (setting `body_limit`); `heliograph knowledge import` knows none.

    What cannot be read is told with its place, and the rest is taken in.
    """
    found = sources.documents(file.filename or "", file.file.read(), source=source)
    readers = DEFAULT_AUDIENCE if audience is None else tuple(audience)
    return _taken(heliograph_of(request), caller, found, readers, "file")


@_json.post("/addresses", summary="Take in a page of the web", responses=ACTING)
def import_address(request: Request, caller: Administrator, body: AddressBody) -> ImportAnswer:
    """Fetched by the server within 20 s. Addresses inside your network are refused unless the setting
    `knowledge_hosts` names them."""
    from knowledge.sources import web

    app = heliograph_of(request)
    try:
        name, content = web.fetch(body.url, hosts=app.settings.knowledge_hosts)
    except Refused as refused:
        raise Malformed(str(refused), field="url") from None
    found = sources.documents(name, content, source=body.source, url=body.url)
    return _taken(app, caller, found, tuple(body.audience), "url")


def _taken(
    app: Heliograph,
    caller: Caller,
    found: Iterable[ArticleText | Unreadable],
    audience: tuple[str, ...],
    field: str,
) -> ImportAnswer:
    texts: list[ArticleText] = []
    unreadable: list[Unreadable] = []
    for one in map(with_labels, found):
        if isinstance(one, ArticleText):
            texts.append(one)
        else:
            unreadable.append(one)
    if unreadable and not texts:
        problems = [(field, f"{one.place}: {one.reason}") for one in unreadable[:20]]
        raise Malformed(problems[0][1], field=field, problems=problems)
    batches = [texts[at : at + MOST_AT_ONCE] for at in range(0, len(texts), MOST_AT_ONCE)]
    take = app.articles.take_in
    taken = [one for b in batches for one in take(b, by=caller.name, audience=audience)]
    return ImportAnswer.of(taken, unreadable)


router.include_router(_json)

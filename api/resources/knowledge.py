"""Articles: search them, and look at them. A caller sees what it may read, and learns of no other."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Annotated

from fastapi import APIRouter, Depends, Query, Request

from knowledge.answer import MOST
from knowledge.article import Standing
from pipeline.article_ports import Kept, Wanted
from pipeline.bootstrap import Heliograph
from pipeline.domain.directory import Key, Language

from ..auth.article_readers import (
    Labels,
    labels_for,
    labels_of_caller,
    readable_article,
    today,
)
from ..auth.callers import Caller, allowed
from ..auth.visitors import heliograph_of
from ..documentation import ACTING, READING
from ..json_routes import JsonRoute
from .knowledge_shapes import (
    MOST_REVISIONS,
    ArticleDetail,
    ArticleList,
    DayShape,
    Question,
    SearchAnswer,
    SearchRequest,
    article_detail,
    article_summary,
)
from .shapes import Cursor

router = APIRouter(prefix="/knowledge", tags=["knowledge"], route_class=JsonRoute)
Reader = Annotated[Caller, Depends(allowed("read"))]
For = Annotated[
    Key | None,
    Query(alias="for", description="Only what this person of the directory may read, too."),
]
USUAL_DAYS = 90


@router.get("/search", summary="Which articles help?", responses=READING)
def search(
    request: Request,
    caller: Reader,
    q: Annotated[Question, Query(description="What the trouble is, in anybody's words.")],
    limit: Annotated[int, Query(ge=1, le=MOST)] = 10,
    for_: For = None,
) -> SearchAnswer:
    """The best first, each with the passage that made it fit. `fits` is false when nothing does.

    A token with the scope `admin` searches in all articles, any other in what staff may read; `for`
    narrows that to what this person may read, too. A text that is too long for an address is sent with `POST`.
    """
    return _answer(heliograph_of(request), q, limit, labels_for(request, caller, for_))


@router.post("/search", summary="Which articles help with this ticket?", responses=ACTING)
def search_long(
    request: Request, caller: Reader, body: SearchRequest, for_: For = None
) -> SearchAnswer:
    """As `GET /api/v1/knowledge/search`, for a text of any length up to 200,000 characters."""
    labels = labels_for(request, caller, for_)
    return _answer(heliograph_of(request), body.text, body.limit, labels)


@router.get("/articles", summary="Find articles", responses=READING)
def list_articles(
    request: Request,
    caller: Reader,
    q: Annotated[str, Query(max_length=200, description="Words in title, products, source.")] = "",
    standing: Annotated[Standing | None, Query(description="Default: both.")] = None,
    language: Language | None = None,
    source: Annotated[str | None, Query(max_length=100)] = None,
    limit: Annotated[int, Query(ge=1, le=500)] = 50,
    after: Annotated[
        Cursor | None,
        Query(description="`after` of the page before."),
    ] = None,
) -> ArticleList:
    """The newest change comes first."""
    wanted = Wanted(
        q=q,
        readers=labels_of_caller(caller),
        standing=standing,
        language=language,
        source=source,
        limit=limit,
        after=after,
    )
    page = heliograph_of(request).found_articles.find(wanted)
    return ArticleList(
        articles=[article_summary(listed.article, listed.use) for listed in page.articles],
        total=page.total,
        after=page.after,
    )


@router.get("/articles/{article_id}", summary="One article", responses=READING)
def show_article(request: Request, caller: Reader, article_id: str) -> ArticleDetail:
    """Its text, its use, its changes, and the questions that a model wrote for it. One that the caller may not read is answered as if it were not
    there."""
    app = heliograph_of(request)
    kept = readable_article(app, article_id, labels_of_caller(caller))
    return detail_of(app, kept)


@router.get("/use", summary="What articles were good for, by day", responses=READING)
def show_use(
    request: Request,
    _: Reader,
    since: Annotated[date | None, Query(description="Default: 90 days ago.")] = None,
) -> list[DayShape]:
    """Oldest first; days without a ticket are left out."""
    app = heliograph_of(request)
    begin = since or app.clock.now().date() - timedelta(days=USUAL_DAYS)
    return [DayShape.of(day) for day in app.found_articles.days(begin)]


def detail_of(app: Heliograph, kept: Kept) -> ArticleDetail:
    id_ = kept.article.id
    found = app.found_articles
    return article_detail(
        kept.article,
        found.use_of([id_])[id_],
        found.revisions(id_, MOST_REVISIONS),
        found.questions(id_),
        edited=kept.edited,
    )


def _answer(app: Heliograph, question: str, limit: int, labels: Labels) -> SearchAnswer:
    return SearchAnswer.of(app.search.answer(question, labels=labels, day=today(app), limit=limit))

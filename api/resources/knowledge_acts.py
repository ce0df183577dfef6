"""Articles: write, change, retire and put back. Every change is a revision, with who made it."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Request

from pipeline.bootstrap import Heliograph
from pipeline.flow.articles.editing import BY_HAND

from ..auth.article_readers import readable_article
from ..auth.callers import Caller, allowed
from ..auth.visitors import heliograph_of
from ..documentation import ACTING
from ..json_routes import JsonRoute
from .knowledge import detail_of
from .knowledge_shapes import ArticleDetail, ArticleRewritten, ArticleWritten, PutBack
from .question_shapes import QuestionsReviewed

router = APIRouter(prefix="/knowledge/articles", tags=["knowledge"], route_class=JsonRoute)
Administrator = Annotated[Caller, Depends(allowed("admin"))]


@router.post("", summary="Write an article", status_code=201, responses=ACTING)
def write(request: Request, caller: Administrator, body: ArticleWritten) -> ArticleDetail:
    """It is of our own: no import changes it. Without `audience` it is for staff alone."""
    app = heliograph_of(request)
    made = app.articles.write(body.text(BY_HAND), by=caller.name)
    return _now(app, made.id)


@router.put("/{article_id}", summary="Change an article", responses=ACTING)
def rewrite(
    request: Request, caller: Administrator, article_id: str, body: ArticleRewritten
) -> ArticleDetail:
    """The whole article is replaced; imports leave it alone from then on.

    Send the `revision` that you saw as `expected_revision`: when somebody else was quicker, 409 says so
    and nothing is changed.
    """
    app = heliograph_of(request)
    app.articles.write(
        body.text(BY_HAND), by=caller.name, article_id=article_id, expected=body.expected_revision
    )
    return _now(app, article_id)


@router.post("/{article_id}/retire", summary="Suggest it no more", responses=ACTING)
def retire(request: Request, caller: Administrator, article_id: str) -> ArticleDetail:
    """It is kept for what was told of it, and no import brings it back."""
    app = heliograph_of(request)
    app.articles.retire([article_id], by=caller.name)
    return _now(app, article_id)


@router.post("/{article_id}/restore", summary="It may be suggested again", responses=ACTING)
def restore(request: Request, caller: Administrator, article_id: str) -> ArticleDetail:
    """The opposite of `retire`."""
    app = heliograph_of(request)
    app.articles.restore([article_id], by=caller.name)
    return _now(app, article_id)


@router.post("/{article_id}/put-back", summary="As an earlier revision said", responses=ACTING)
def put_back(
    request: Request, caller: Administrator, article_id: str, body: PutBack
) -> ArticleDetail:
    """Makes a new revision that says what `revision` said; nothing is lost."""
    app = heliograph_of(request)
    app.articles.put_back(
        article_id, body.revision, by=caller.name, expected=body.expected_revision
    )
    return _now(app, article_id)


@router.post("/{article_id}/questions", summary="Review a model's questions", responses=ACTING)
def review(
    request: Request, caller: Administrator, article_id: str, body: QuestionsReviewed
) -> ArticleDetail:
    """Accepts what a model wrote for the article, or refuses it: then nothing is found by it any more.

    `made_of` says which lines were looked at: when others were written since, 409 says so and nothing is
    changed.
    """
    app = heliograph_of(request)
    app.articles.review(article_id, body.accept, by=caller.name, made_of=body.made_of)
    return _now(app, article_id)


def _now(app: Heliograph, article_id: str) -> ArticleDetail:
    return detail_of(app, readable_article(app, article_id, None))

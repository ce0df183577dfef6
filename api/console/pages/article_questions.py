"""Questions that a model wrote for an article: an editor accepts them, or refuses them."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Form, Request
from fastapi.responses import RedirectResponse, Response

from pipeline.domain.errors import StaleVersion, UnknownThing

from ...auth.article_readers import EDITOR
from ...auth.visitors import check_csrf, heliograph_of, require, visitor_of
from ..article_readers import article_for

router = APIRouter()
ANSWERS = {"accept": "accepted", "refuse": "refused"}
STALE = "other_questions"


@router.post("/knowledge/{name}/questions")
def review(
    request: Request,
    name: str,
    answer: Annotated[str, Form(max_length=20)] = "",
    made_of: Annotated[str, Form(max_length=64)] = "",
    csrf: Annotated[str, Form()] = "",
) -> Response:
    """`made_of` is of the lines that the page showed: nobody accepts what she has not seen."""
    visitor = visitor_of(request)
    require(visitor, EDITOR)
    check_csrf(request, {"csrf": csrf}, visitor)
    app = heliograph_of(request)
    article_for(app, visitor, name)
    if answer not in ANSWERS:
        raise UnknownThing("questions are accepted or refused; there is nothing else to do")
    done = ANSWERS[answer]
    try:
        app.articles.review(name, answer == "accept", by=visitor.person.id, made_of=made_of)
    except StaleVersion:
        done = STALE
    return RedirectResponse(f"/knowledge/{name}?done={done}", status_code=303)

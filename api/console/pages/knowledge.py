"""The library: a question and the articles that answer it, or the list of all."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse

from knowledge.article import Standing
from pipeline.article_ports import Wanted
from pipeline.bootstrap import Heliograph
from pipeline.domain.directory import LANGUAGES
from pipeline.domain.suggested import LONGEST_QUESTION
from pipeline.policy.readers import labels_of

from ...auth.article_readers import labels_of_reader, today
from ...auth.visitors import Visitor, heliograph_of, visitor_of
from ..article_readers import may_edit
from ..fitting import fit_of
from ..rendering import page

router = APIRouter()
MOST = 10
"""Articles in one answer."""
REQUESTER = "requester"
ALL = "all"


@router.get("/knowledge")
def show(
    request: Request,
    q: str = "",
    as_: Annotated[str, Query(alias="as")] = "",
    title: Annotated[str, Query(max_length=200)] = "",
    standing: str = Standing.PUBLISHED.value,
    language: str = "",
    source: str = "",
    after: str | None = None,
) -> HTMLResponse:
    visitor = visitor_of(request)
    app = heliograph_of(request)
    as_requester = as_ == REQUESTER
    question = q.strip()[:LONGEST_QUESTION]
    values: dict[str, Any] = {
        "q": question,
        "as_requester": as_requester,
        "may_edit": may_edit(visitor),
        "state": app.upkeep.state(),
    }
    if question:
        values |= _answer(app, visitor, question, as_requester=as_requester)
        return page(request, "knowledge_answer.html", values, visitor=visitor)
    wanted = Wanted(
        q=title.strip(),
        readers=labels_of_reader(visitor.person),
        standing=_standing(standing),
        language=next((known for known in LANGUAGES if known == language), None),
        source=source or None,
        after=after,
    )
    values |= _list(app, wanted)
    part = request.headers.get("hx-target") == "results"
    template = "knowledge_results.html" if part else "knowledge.html"
    return page(request, template, values, visitor=visitor)


def _answer(
    app: Heliograph, visitor: Visitor, question: str, *, as_requester: bool
) -> dict[str, Any]:
    """As everybody would be answered, or as this visitor."""
    labels = labels_of(None) if as_requester else labels_of_reader(visitor.person)
    answer = app.search.answer(question, labels=labels, day=today(app), limit=MOST)
    shown = [fit_of(suggestion, answer.fits_from) for suggestion in answer.suggestions]
    fitting = len(answer.fitting)
    return {"fitting": shown[:fitting], "nearest": shown[fitting:], "missing": answer.missing}


def _standing(asked: str) -> Standing | None:
    if asked == ALL:
        return None
    return next((known for known in Standing if known == asked), Standing.PUBLISHED)


def _list(app: Heliograph, wanted: Wanted) -> dict[str, Any]:
    counts = app.found_articles.counts()
    return {
        "found": app.found_articles.find(wanted),
        "wanted": wanted,
        "counts": counts,
        "standings": [s.value for s in Standing],
        "chosen_standing": ALL if wanted.standing is None else wanted.standing.value,
        "sources": app.found_articles.sources(),
        "untouched": not counts,
        "today": today(app),
    }

"""Do articles help? By week, by article, and the questions that none answers."""

from __future__ import annotations

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from pipeline.article_ports import Listed

from ...auth.article_readers import labels_of_reader, today
from ...auth.visitors import heliograph_of, visitor_of
from ..article_readers import may_edit
from ..bars import bars_of, first_day
from ..rendering import page

router = APIRouter()
SERIES = ("searched", "suggested", "solved")


@router.get("/knowledge/use")
def show(request: Request) -> HTMLResponse:
    visitor = visitor_of(request)
    app = heliograph_of(request)
    day = today(app)
    since, labels = first_day(day), labels_of_reader(visitor.person)
    days = app.found_articles.days(since)

    def readable(found: list[Listed]) -> list[Listed]:
        return [one for one in found if one.article.is_for(labels)]

    values = {
        "bars": bars_of([(d.day, (d.searched, d.suggested, d.solved)) for d in days], SERIES, day),
        "since": since,
        "searched": sum(d.searched for d in days),
        "suggested": sum(d.suggested for d in days),
        "solved": sum(d.solved for d in days),
        "solving": readable(app.found_articles.most_solving(since)),
        "never": readable(app.found_articles.never_helping(since)),
        "unanswered": app.found_articles.unanswered(),
        "may_edit": may_edit(visitor),
    }
    return page(request, "article_use.html", values, visitor=visitor)

"""How satisfied are people with repairs, and with what they were told? By week, group and service, and the low scores one
by one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, Response

from pipeline.decision_ports import Scores
from pipeline.domain.directory import Role
from pipeline.domain.survey import SurveyKind

from ...auth.article_readers import today
from ...auth.visitors import heliograph_of, require, visitor_of
from ...survey_table import csv_of
from ..bars import first_day
from ..names import people_on
from ..rendering import page
from ..trend import Figures, Trend, summed, trend_of

router = APIRouter()
LATEST_LOW = 20
By = list[tuple[str | None, Figures]]


@dataclass(frozen=True, kw_only=True)
class Asked:
    """The answers to one kind of question. `trend` is None where nobody answered."""

    kind: SurveyKind
    all: Figures
    trend: Trend | None
    by_group: By
    by_service: By


@router.get("/surveys")
def show(request: Request) -> HTMLResponse:
    visitor = visitor_of(request)
    require(visitor, Role.INCIDENT_MANAGER)
    app = heliograph_of(request)
    day, low = today(app), app.library.rules.surveys.low
    since = first_day(day)
    scores = app.deciding.found.scores(since)
    begin = datetime.combine(since, time(), UTC)
    answers = app.deciding.found.answers(since=begin, limit=LATEST_LOW, most_score=low)
    with app.store.read() as tx:
        tickets = tx.incidents(sorted({a.incident for a in answers}))
    values = {
        "since": since,
        "answered": bool(scores),
        "asked": [_asked(kind, scores, low, day) for kind in SurveyKind],
        "groups": app.queries.groups(sorted({s.group for s in scores if s.group})),
        "services": app.queries.services(sorted({s.service for s in scores if s.service})),
        "low_scores": [a for a in answers if a.incident in tickets],
        "tickets": tickets,
        "people": people_on(app.queries, [(a.incident, a.person) for a in answers]),
        "low": low,
    }
    return page(request, "surveys.html", values, visitor=visitor)


@router.get("/surveys.csv")
def export(request: Request) -> Response:
    """All answers of the weeks that the page shows."""
    visitor = visitor_of(request)
    require(visitor, Role.INCIDENT_MANAGER)
    app = heliograph_of(request)
    begin = datetime.combine(first_day(today(app)), time(), UTC)
    headers = {"Content-Disposition": 'attachment; filename="surveys.csv"'}
    return Response(csv_of(app, begin), media_type="text/csv; charset=utf-8", headers=headers)


def _asked(kind: SurveyKind, scores: Sequence[Scores], low: int, day: date) -> Asked:
    mine = [one for one in scores if one.kind is kind]
    return Asked(
        kind=kind,
        all=summed(mine, low),
        trend=trend_of(mine, low, day),
        by_group=_by(mine, "group", low),
        by_service=_by(mine, "service", low),
    )


def _by(scores: Sequence[Scores], what: str, low: int) -> By:
    """The least satisfied come first."""
    found: dict[str | None, list[Scores]] = defaultdict(list)
    for one in scores:
        found[getattr(one, what)].append(one)
    figures = [(name, summed(of, low)) for name, of in found.items()]
    return sorted(figures, key=lambda one: (one[1].average or 0, one[0] or ""))

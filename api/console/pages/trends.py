"""How many tickets came when, of which services, and how long did each part take? The last twelve weeks."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from datetime import UTC, date, datetime, time
from typing import Annotated
from zoneinfo import ZoneInfo

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse

from pipeline.trend_ports import MEASURES, Hour

from ...auth.visitors import heliograph_of, visitor_of
from ..bars import Bars, bars_of, first_day
from ..heat import heat_of
from ..lengths_plot import lengths_plot
from ..rendering import page

router = APIRouter()
MOST_SERVICES = 6
"""Services with a plot of their own, those with the most tickets."""
Of = tuple[str | None, int, Bars]


@router.get("/trends")
def show(request: Request, service: Annotated[str, Query(max_length=200)] = "") -> HTMLResponse:
    visitor = visitor_of(request)
    app = heliograph_of(request)
    now, zone = app.clock.now(), visitor.person.zone
    today = now.astimezone(ZoneInfo(zone)).date()
    since = datetime.combine(first_day(today), time(), ZoneInfo(zone)).astimezone(UTC)
    only = service or None
    hours = app.trends.opened(since, now, service=only)
    lasted = [app.trends.lasted(measure, since, now, service=only) for measure in MEASURES]
    services = [s for s in app.queries.services().values() if not s.deleted]
    values = {
        "service": service,
        "services": services,
        "names": {s.id: s for s in services},
        "since": first_day(today),
        "tickets": sum(hour.n for hour in hours),
        "heat": heat_of(hours, zone),
        "by_service": _by_service(hours, zone, today),
        "lengths": [(one.measure, lengths_plot(one), one) for one in lasted],
    }
    return page(request, "trends.html", values, visitor=visitor)


def _by_service(hours: Sequence[Hour], zone: str, today: date) -> list[Of]:
    """(service, its tickets, its weeks), the most first."""
    whole: Counter[str | None] = Counter()
    days: defaultdict[str | None, list[tuple[date, tuple[int, ...]]]] = defaultdict(list)
    own = ZoneInfo(zone)
    for hour in hours:
        whole[hour.service] += hour.n
        days[hour.service].append((hour.at.astimezone(own).date(), (hour.n,)))
    found = [
        (name, n, bars_of(days[name], ("opened",), today))
        for name, n in whole.most_common(MOST_SERVICES)
    ]
    return [(name, n, bars) for name, n, bars in found if bars is not None]

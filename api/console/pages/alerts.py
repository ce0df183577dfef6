"""What monitors see: which alerts are of no service that is known, flap, are held back, fire, or are over?"""

from __future__ import annotations

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from ...auth.visitors import heliograph_of, visitor_of
from ..rendering import page

router = APIRouter()
MORE = ("unmapped", "flapping", "held")
"""What stands above, and is not told again among what fires."""
SHOWN = {"unmapped": 50, "flapping": 50, "held": 100, "firing": 200, "quiet": 30}
"""In this order: what an administrator has to mend comes first."""


@router.get("/alerts")
def show(request: Request) -> HTMLResponse:
    visitor = visitor_of(request)
    app = heliograph_of(request)
    queries = app.monitoring.queries
    found = {which: queries.alerts(which, most) for which, most in SHOWN.items()}
    above = {(a.source, a.alert.fingerprint) for which in MORE for a in found[which]}
    found["firing"] = [a for a in found["firing"] if (a.source, a.alert.fingerprint) not in above]
    named = sorted({a.incident for alerts in found.values() for a in alerts if a.incident})
    services = {a.service for alerts in found.values() for a in alerts if a.service}
    with app.store.read() as tx:
        tickets = tx.incidents(named)
    values = {
        "alerts": found,
        "counts": queries.counts(),
        "tickets": tickets,
        "services": app.queries.services(sorted(services)),
    }
    return page(request, "alerts.html", values, visitor=visitor)

"""What is there that alerts can join? Read for a whole message in a few queries."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from ...policy.alerting import Step, Turn
from ...policy.joining import Kept, Places
from ...ports import Transaction


def places_for(tx: Transaction, steps: Sequence[Step], since: datetime, now: datetime) -> Places:
    """For those that begin; and the incidents of those that end."""
    rows = [s.after for s in steps if s.turn in (Turn.BEGAN, Turn.CLEARED)]
    begun = [s.after for s in steps if s.turn is Turn.BEGAN]
    services = {row.service for row in begun if row.service}
    circles = {row.circle for row in begun if row.service is None}
    recent, by_circle = tx.newest_incidents(services, circles, since)
    majors = tx.open_majors_of(services)
    windows = tx.windows_at(services, now)
    named = {
        *(row.incident for row in rows if row.incident),
        *(*recent.values(), *by_circle.values()),
        *(window.incident for window in windows.values()),
    }
    return Places(
        incidents=tx.incidents(sorted(named)),
        majors=majors,
        recent=recent,
        circles=by_circle,
        kept={s: Kept(incident=w.incident, number=w.number) for s, w in windows.items()},
    )

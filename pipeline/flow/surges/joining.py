"""A major incident was declared: which tickets came in before that belong to it?"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime

from ...domain.cloudevents import Incoming
from ...domain.incident import Incident
from ...domain.major_events import Declared
from ...domain.portal_events import Attached
from ...domain.sighting import Sighting
from ...policy.confirmation import Confirmation
from ...policy.surging import says_of_failure
from ...ports import Recorded, Transaction
from ..own_events import own_event

MOST = 200


def earlier(
    tx: Transaction,
    recorded: Sequence[Recorded],
    touched: Mapping[str, Incident],
    rules: Confirmation,
    now: datetime,
) -> list[Incoming]:
    """Events of open tickets that were reported within the time that the rules name before it, and of those of which
    it was asked whether they are one failure: so that their reporters hear of it, and they are counted."""
    found: dict[str, Incoming] = {}
    for one in recorded:
        if isinstance(one.event.data, Declared):
            major = touched[one.event.incident_id]
            if _is_new(major, one.event.id):
                for ticket, basis in _before(tx, major, rules, now):
                    data = Attached(incident=major.id, number=major.number, basis=basis.basis)
                    found.setdefault(ticket.id, own_event(ticket, data, "attach", now))
    return [found[ticket] for ticket in sorted(found)]


def _is_new(incident: Incident, event_id: str) -> bool:
    """A second declaration adds what it knows, and declares nothing anew."""
    major = incident.major
    return major is not None and major.is_told and major.declared.event == event_id


def _before(
    tx: Transaction, major: Incident, rules: Confirmation, now: datetime
) -> Iterator[tuple[Incident, Sighting]]:
    service = major.service.value if major.service else None
    rule = rules.tickets_of(service) if service else None
    if service is None or rule is None:
        return
    recent = tx.reports_seen(service, now - rule.within, MOST)
    asked = [one for one in tx.asked_about(major.id) if one.service == service]
    seen = {one.ticket: one for one in (*recent, *asked) if one.ticket != major.id}
    tickets = tx.incidents(sorted(seen))
    for name, ticket in tickets.items():
        if says_of_failure(ticket, rules):
            yield ticket, seen[name]

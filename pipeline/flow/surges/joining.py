"""A major incident was declared: which tickets came in before that belong to it?"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime

from ...domain.classified import type_of
from ...domain.cloudevents import Incoming
from ...domain.incident import Incident
from ...domain.incident_types import IncidentType
from ...domain.major_events import Declared
from ...domain.portal_events import Attached
from ...domain.sighting import Sighting
from ...policy.confirmation import Confirmation
from ...policy.surging import LATEST, says_of_failure
from ...ports import Recorded, Transaction
from ..own_events import own_event

MOST = 200


def earlier(
    tx: Transaction,
    recorded: Sequence[Recorded],
    touched: Mapping[str, Incident],
    rules: Confirmation,
    now: datetime,
    *,
    asked_alone: bool,
) -> list[Incoming]:
    """Events of open tickets of which it was asked whether they are one failure, and (unless `asked_alone`) of those
    that were reported within the time that the rules name: so that their reporters hear of it, and they are counted."""
    found: dict[str, Incoming] = {}
    for one in recorded:
        if isinstance(one.event.data, Declared):
            major = touched[one.event.incident_id]
            if _is_new(major, one.event.id):
                for ticket, by in _before(tx, major, rules, now, asked_alone=asked_alone):
                    data = Attached(incident=major.id, number=major.number, basis=by.basis)
                    found.setdefault(ticket.id, own_event(ticket, data, "attach", now))
    return [found[ticket] for ticket in sorted(found)]


def _is_new(incident: Incident, event_id: str) -> bool:
    """A second declaration adds what it knows, and declares nothing anew."""
    major = incident.major
    return major is not None and major.is_told and major.declared.event == event_id


def _before(
    tx: Transaction, major: Incident, rules: Confirmation, now: datetime, *, asked_alone: bool
) -> Iterator[tuple[Incident, Sighting]]:
    service = major.service.value if major.service else None
    rule = rules.tickets_of(service) if service else None
    if service is None or rule is None or _is_secret(tx, major):
        return
    since = now - max(rule.within, LATEST)
    lately = tx.reports_seen(service, since, MOST)
    asked = [*tx.asked_about(major.id), *_asked_elsewhere(tx, lately, major, since)]
    recent = [one for one in lately if not asked_alone and one.seen_at >= now - rule.within]
    seen = {one.ticket: one for one in (*recent, *asked) if one.service == service}
    tickets = tx.incidents(sorted(seen.keys() - {major.id}))
    for name, ticket in tickets.items():
        if says_of_failure(ticket, rules):
            yield ticket, seen[name]


def _is_secret(tx: Transaction, major: Incident) -> bool:
    """Of a security incident nobody learns by a ticket of hers."""
    return type_of(major, tx.services(major.services)) is IncidentType.SECURITY


def _asked_elsewhere(
    tx: Transaction, lately: Sequence[Sighting], major: Incident, since: datetime
) -> list[Sighting]:
    """Whoever declares another ticket of the service answers the question that stands on one of them."""
    questions = tx.incidents(sorted({s.surge for s in lately if s.surge not in (None, major.id)}))
    open_ = {
        one.id
        for one in questions.values()
        if one.is_surging and one.surge is not None and one.surge.at >= since
    }
    return [one for one in lately if one.surge in open_]

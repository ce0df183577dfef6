"""A major incident was declared, or came back: which tickets came in before that belong to it?"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime

from ...domain.classified import is_secret
from ...domain.cloudevents import Incoming
from ...domain.incident import Incident
from ...domain.major_events import Declared, Relapsed
from ...domain.portal_events import Attached
from ...domain.sighting import Sighting
from ...policy.confirmation import Confirmation
from ...policy.surging import LATEST, says_of_failure
from ...ports import Recorded, Transaction
from ..own_events import own_event

AT_ONCE = 200
"""Tickets that join in the transaction of a declaration; of a larger storm the others join in later turns."""
MOST = 5000
"""Rows of one service that are looked through."""


def earlier(
    tx: Transaction,
    recorded: Sequence[Recorded],
    touched: Mapping[str, Incident],
    rules: Confirmation,
    now: datetime,
    *,
    asked_only: bool,
) -> list[Incoming]:
    """Events of open tickets of which it was asked whether they are one failure, and (unless `asked_only`) of those
    that were reported within the time that the rules name: so that their reporters hear of it, and they are counted."""
    found: dict[str, Incoming] = {}
    for one in recorded:
        if isinstance(one.event.data, Declared | Relapsed):
            major = touched[one.event.incident_id]
            if _is_new(major, one.event.id):
                seen = _before(tx, major, rules, now, asked_only=asked_only)
                _leave(tx, seen[AT_ONCE:], major, now)
                for ticket, data in _joining(tx, seen[:AT_ONCE], major, rules):
                    found.setdefault(ticket.id, own_event(ticket, data, "attach", now))
    return [found[ticket] for ticket in sorted(found)]


def left(
    tx: Transaction, due: Sequence[Sighting], rules: Confirmation, now: datetime
) -> list[Incoming]:
    """Of what a declaration left to later turns, and is due now."""
    found: dict[str, Incoming] = {}
    for major in tx.incidents(sorted({one.surge for one in due if one.surge})).values():
        if major.major is not None and major.major.is_told and not _is_secret(tx, major):
            of_it = [one for one in due if one.surge == major.id and one.ticket != major.id]
            for ticket, data in _joining(tx, of_it, major, rules):
                found.setdefault(ticket.id, own_event(ticket, data, "attach", now))
    return [found[ticket] for ticket in sorted(found)]


def _leave(tx: Transaction, seen: Sequence[Sighting], major: Incident, now: datetime) -> None:
    tx.mark_asked(seen, major.id)
    for one in seen:
        tx.note_sighting(one, now)


def _joining(
    tx: Transaction, seen: Sequence[Sighting], major: Incident, rules: Confirmation
) -> Iterator[tuple[Incident, Attached]]:
    by = {one.ticket: one.basis for one in seen}
    for name, ticket in tx.incidents(sorted(by)).items():
        if says_of_failure(ticket, rules) and major.id not in ticket.kept_from:
            yield ticket, Attached(incident=major.id, number=major.number, basis=by[name])


def _is_new(incident: Incident, event_id: str) -> bool:
    """A second declaration adds what it knows, and declares nothing anew; nor does late word of a relapse."""
    major = incident.major
    if major is None or not major.is_told:
        return False
    return event_id in (major.declared.event, major.relapse.event if major.relapse else None)


def _before(
    tx: Transaction, major: Incident, rules: Confirmation, now: datetime, *, asked_only: bool
) -> list[Sighting]:
    """In the order in which they came."""
    service = major.service.value if major.service else None
    rule = rules.tickets_of(service) if service else None
    if service is None or rule is None or _is_secret(tx, major):
        return []
    since = now - max(rule.within, LATEST)
    lately = tx.reports_seen(service, since, MOST)
    asked = [*tx.asked_about(major.id), *_asked_elsewhere(tx, lately, major, since)]
    recent = [one for one in lately if not asked_only and one.seen_at >= now - rule.within]
    seen = {one.ticket: one for one in (*recent, *asked) if one.service == service}
    seen.pop(major.id, None)
    return sorted(seen.values(), key=lambda one: (one.seen_at, one.ticket))


def _is_secret(tx: Transaction, major: Incident) -> bool:
    """Of a security incident nobody learns by a ticket of hers."""
    return is_secret(major, tx.services(major.services))


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

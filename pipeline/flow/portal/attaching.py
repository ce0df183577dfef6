"""A ticket belongs to a major incident: rows that say so, whom it adds to those affected, and what its
requester is answered. Whoever reported the major incident itself is one of those affected."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime

from ...domain.classified import is_secret
from ...domain.cloudevents import Incoming
from ...domain.communication import Communication
from ...domain.directory import Person, Service
from ...domain.errors import Hindrance, UnknownIncident, WrongState
from ...domain.events import Event, Reported
from ...domain.incident import Incident
from ...domain.major_events import Declared, Withdrawn
from ...domain.portal_events import Attached, Detached
from ...drafting.outage_record import Outage, waits_for_end
from ...drafting.pieces import Lookup
from ...drafting.slot_names import AWAITED, FIRST_CONTACT_BY, OUTAGE_NUMBER
from ...policy.attaching import belongs_to
from ...policy.confirmation import Confirmation
from ...portal_ports import Attachment
from ...ports import Recorded, Transaction
from ..own_events import own_event
from ..plain_requests import only_asks
from ..promises import NEXT_UPDATE, drop_own

AFFECTED, PUBLIC, REQUESTER = "affected", "public", "requester"


def follows(
    tx: Transaction,
    event: Event,
    ticket: Incident,
    beside: Iterable[Incident] | None,
    rules: Confirmation,
    now: datetime,
) -> Iterator[Incoming]:
    """What a report of something that is known already is followed by, if it is. `beside` are tickets of the
    same batch, which no query finds yet; None where nothing is attached by itself."""
    if beside is None or not isinstance(event.data, Reported) or event.version != 1:
        return
    known = {i.id: i for i in (*tx.open_majors(), *beside) if i.major is not None}
    majors = [i for i in known.values() if i.major is not None and i.major.is_told]
    if not majors or only_asks(ticket, rules):
        return
    services = tx.services([i.service.value for i in majors if i.service])
    found = belongs_to(ticket, majors, services)
    if found is not None:
        major, basis = found
        data = Attached(incident=major.id, number=major.number, basis=basis)
        yield own_event(ticket, data, "attach", now)


def stand_aside(
    tx: Transaction, recorded: Sequence[Recorded], touched: Mapping[str, Incident], now: datetime
) -> None:
    """What was announced for a ticket alone is not due any more, now that it waits for the end of a failure; and whoever
    reported what is declared hears of it with those affected, and waits for no call."""
    joined = [touched[one.event.incident_id] for one in recorded if _is(one, Attached)]
    begun = [touched[one.event.incident_id] for one in recorded if _is(one, Declared)]
    if not joined and not begun:
        return
    majors = tx.incidents(sorted({one.attached_to for one in joined if one.attached_to}))
    of = {name for i in (*majors.values(), *begun) for name in i.services}
    services = tx.services(sorted(of))
    waiting = {
        one.id
        for one in joined
        if (major := majors.get(one.attached_to or "")) and waits_for_end(one, major, services)
    }
    drop_own(tx, waiting, AWAITED, now)
    declared = {one.id for one in begun if not is_secret(one, services)}
    drop_own(tx, declared, {FIRST_CONTACT_BY}, now)


def _is(one: Recorded, kind: type) -> bool:
    return isinstance(one.event.data, kind)


def released(
    tx: Transaction, recorded: Sequence[Recorded], touched: Mapping[str, Incident], now: datetime
) -> list[Incoming]:
    """What belonged to a false alarm goes its own way again: nothing else would watch over it."""
    false = [
        incident.id
        for one in recorded
        if isinstance(one.event.data, Withdrawn)
        and _was_false(incident := touched[one.event.incident_id], one.event.id)
    ]
    rows = [row.ticket for of in tx.attached_to(false).values() for row in of]
    tickets = tx.incidents(sorted(rows))
    gone = Detached(because="false_alarm")
    return [own_event(t, gone, "detach", now) for t in tickets.values() if t.attached_to in false]


def _was_false(incident: Incident, event_id: str) -> bool:
    withdrawn = incident.major.withdrawn if incident.major else None
    return withdrawn is not None and withdrawn.event == event_id


def keep(
    tx: Transaction,
    event: Event,
    before: Incident | None,
    ticket: Incident,
    beside: Mapping[str, Incident],
) -> None:
    """What is declared a major incident belongs to no other. Raises UnknownIncident for a ticket that is no
    major incident, or is this one itself, and WrongState where there is nothing to attach to, or to detach from."""
    if isinstance(event.data, Detached) and (before is None or before.attached is None):
        raise WrongState(
            Hindrance.MOVED_ON, f"ticket {ticket.number} is attached to no major incident"
        )
    if isinstance(event.data, Detached | Declared) and ticket.attached is None:
        tx.detach(ticket.id)
    if not isinstance(event.data, Attached) or ticket.attached is None:
        return
    major = _attachable(tx, event.data.incident, ticket, beside)
    if ticket.attached.event == event.id:
        tx.attach(
            Attachment(
                ticket=ticket.id,
                major=major.id,
                source=ticket.source,
                requester=ticket.requester.value.id if ticket.requester else None,
            )
        )


def _attachable(
    tx: Transaction, name: str, ticket: Incident, beside: Mapping[str, Incident]
) -> Incident:
    """Whoever reported one failure is not to hear the end of another as that of hers; and a false alarm is none."""
    major = beside.get(name) or tx.incident(name)
    if major is None or major.major is None or major.id == ticket.id:
        raise UnknownIncident(f"{name[:100]} is no major incident", field="data.incident")
    if ticket.major is not None and ticket.major.withdrawn is None:
        raise WrongState(
            Hindrance.IS_MAJOR,
            f"ticket {ticket.number} is a major incident itself, and belongs to no other",
        )
    if major.major.withdrawn is not None:
        raise WrongState(
            Hindrance.MOVED_ON,
            f"{major.number} was a false alarm; nothing belongs to it",
            field="data.incident",
        )
    return major


def affected_by(
    tx: Transaction, claimed: Sequence[Communication], known: Mapping[str, Incident]
) -> dict[str, tuple[Person, ...]]:
    """Those who reported the major incidents that these are about, or whose tickets belong to them, by incident.
    Each as the source of her ticket knows her."""
    told = {c.incident for c in claimed if c.audience == AFFECTED}
    secret = _secret(tx, [known[name] for name in told & known.keys()])
    found = {
        name: [
            (a.source, a.requester)
            for a in of
            if name not in secret or _has_heard(tx, a, known[name])
        ]
        for name, of in tx.attached_to(told).items()
    }
    for name in told & known.keys():
        found.setdefault(name, []).insert(0, _reporter(known[name]))
    asked = {pair for pairs in found.values() for pair in pairs}
    people = {
        source: tx.people(sorted(name for s, name in asked if s == source and name), source=source)
        for source in {source for source, _ in asked}
    }
    return {
        major: tuple(people[source][name] for source, name in pairs if name in people[source])
        for major, pairs in found.items()
    }


def _secret(tx: Transaction, majors: Sequence[Incident]) -> frozenset[str]:
    services = tx.services(sorted({name for major in majors for name in major.services}))
    return frozenset(m.id for m in majors if is_secret(m, services))


def _has_heard(tx: Transaction, one: Attachment, major: Incident) -> bool:
    """Of a security incident nobody learns by her ticket; who was told before it was known as one hears its end."""
    return tx.last_told(one.ticket, REQUESTER)[0].get(OUTAGE_NUMBER) == major.number


def _reporter(incident: Incident) -> tuple[str, str | None]:
    return incident.source, incident.requester.value.id if incident.requester else None


def outages_of(
    tx: Transaction, claimed: Sequence[Communication], known: Mapping[str, Incident]
) -> dict[str, Outage]:
    """By ticket, for those whose requester is about to be told something."""
    asking = {c.incident for c in claimed if c.audience == REQUESTER and c.incident in known}
    wanted = {t: known[t].attached_to for t in asking}
    majors = tx.incidents(sorted({m for m in wanted.values() if m}))
    services = tx.services([i.service.value for i in majors.values() if i.service])
    outages = {name: _outage(tx, major, services) for name, major in majors.items()}
    return {t: outages[m] for t, m in wanted.items() if m is not None and m in outages}


def _outage(tx: Transaction, major: Incident, services: Mapping[str, Service]) -> Outage:
    ahead = [
        p.promised_at
        for p in tx.open_promises(major.id)
        if (p.what, p.audience) == (NEXT_UPDATE, PUBLIC)
    ]
    return Outage(
        incident=major,
        lookup=Lookup(services=dict(services)),
        told=tx.last_told(major.id, PUBLIC)[0],
        next_update=min(ahead, default=None),
    )

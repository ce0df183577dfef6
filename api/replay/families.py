"""Which tickets hang together, so that none can be played without the others?"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from pipeline.domain.events import Event
from pipeline.domain.incident import Incident
from pipeline.domain.portal_events import Attached
from pipeline.domain.surge_events import TicketsSurged
from pipeline.ports import Transaction

Link = tuple[str, str]


@dataclass(frozen=True, kw_only=True)
class Relatives:
    """Those who were asked for and all who belong to them, by id: tickets, their events, and the name of the family of
    each."""

    tickets: Mapping[str, Incident]
    events: Mapping[str, tuple[Event, ...]]
    family: Mapping[str, str]


def relatives(tx: Transaction, asked: Sequence[Incident]) -> Relatives:
    """A major incident with all tickets that ever were attached to it, also those that were taken away: their requesters
    were told of it meanwhile. And tickets that were counted together: one question was asked about them."""
    known: dict[str, Incident] = {}
    events: dict[str, tuple[Event, ...]] = {}
    links: list[Link] = []
    new = {incident.id: incident for incident in asked}
    while new:
        known |= new
        events |= {name: tuple(tx.stream(name)) for name in new}
        found = list(_links(tx, new.values(), events))
        links += found
        new = tx.incidents(sorted({name for link in found for name in link} - known.keys()))
    return Relatives(tickets=known, events=events, family=_families(known, links))


def _links(
    tx: Transaction, incidents: Iterable[Incident], events: Mapping[str, tuple[Event, ...]]
) -> Iterator[Link]:
    majors = {incident.id for incident in incidents if incident.major is not None}
    for major, tickets in tx.ever_attached(majors).items():
        yield from ((ticket, major) for ticket in tickets)
    for incident in incidents:
        for event in events[incident.id]:
            if isinstance(event.data, Attached):
                yield incident.id, event.data.incident
            elif isinstance(event.data, TicketsSurged):
                counted = tx.incidents_by_number(incident.source, event.data.tickets)
                yield from ((one.id, incident.id) for one in counted.values())


def _families(known: Iterable[str], links: Iterable[Link]) -> dict[str, str]:
    """By the least of the ids that are linked, over however many steps."""
    members = {name: {name} for name in known}
    for one, other in links:
        if one in members and other in members and members[one] is not members[other]:
            members[one] |= members[other]
            for name in members[other]:
                members[name] = members[one]
    return {name: min(of) for name, of in members.items()}

"""What of our own past can be played again? The events of tickets, what people decided about texts, and who is who."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from pipeline.article_ports import Kept
from pipeline.bootstrap import Heliograph
from pipeline.domain.cloudevents import Incoming
from pipeline.domain.directory import Directory
from pipeline.domain.events import Event
from pipeline.domain.incident import Incident
from pipeline.domain.own_names import OWN
from pipeline.domain.suggested import Found
from pipeline.ports import Source, Transaction
from pipeline.release.permission import POLICY

from .found_then import found_for

MADE_BY_RULES = tuple(
    f"{OWN}{act}" for act in ("declare:", "attach:", "surge:", "recurred:", "problem_")
)
"""Begin the ids of what was made of an alert, or of other tickets: played again, it is made again, or not."""


@dataclass(frozen=True, kw_only=True)
class Verdict:
    """Somebody let a text leave, or put it aside, at that time."""

    at: datetime
    kind: str
    audience: str
    granted: bool


@dataclass(frozen=True, kw_only=True)
class Ticket:
    """One ticket as it was recorded; its events in recorded order. `asked` is False for one that is played only because
    it belongs to another's major incident, or is that."""

    number: str
    source: str
    events: tuple[Event, ...]
    asked: bool = True
    family: str = ""
    """The id of the major incident that it belongs to, or is: these are played together."""
    verdicts: tuple[Verdict, ...] = ()
    found: Found | None = None
    """The articles that were found for it then."""

    @property
    def incoming(self) -> list[tuple[datetime, Incoming]]:
        """With the moment at which each was recorded."""
        return [(event.recorded_at, _again(event)) for event in self.events if _is_given(event)]


@dataclass(frozen=True, kw_only=True)
class Past:
    """Enough to play it anywhere: nothing in it points back to the installation. The directory is today's."""

    tickets: tuple[Ticket, ...]
    directory: Directory
    sources: tuple[Source, ...]
    channels: frozenset[str]
    articles: tuple[Kept, ...] = ()

    @property
    def total(self) -> int:
        """Of those that were asked for."""
        return sum(ticket.asked for ticket in self.tickets)

    def parts(self, size: int) -> Iterator[Past]:
        """In parts of so many tickets at least; what belongs together is in one."""
        families: dict[str, list[Ticket]] = {}
        for ticket in self.tickets:
            families.setdefault(ticket.family, []).append(ticket)
        part: list[Ticket] = []
        for family in families.values():
            part += family
            if len(part) >= size:
                yield replace(self, tickets=tuple(part))
                part = []
        if part:
            yield replace(self, tickets=tuple(part))


def past_of(app: Heliograph, incidents: Sequence[Incident]) -> Past:
    """Read in one transaction, by when they were opened: what came in together is played together. A ticket whose words
    were erased is played without them. With those that belong to the same major incidents, for their requesters are told
    of these."""
    incidents = sorted(incidents, key=lambda incident: (incident.opened_at, incident.id))
    with app.store.read() as tx:
        played = _with_families(tx, incidents)
        found, articles = found_for(tx, [incident.id for incident in played])
        asked = {incident.id for incident in incidents}
        tickets = tuple(
            Ticket(
                number=incident.number,
                source=incident.source,
                events=tuple(tx.stream(incident.id)),
                asked=incident.id in asked,
                family=incident.attached_to or incident.id,
                verdicts=tuple(_verdicts(app, incident)),
                found=found.get(incident.id),
            )
            for incident in played
        )
        sources = tuple(tx.sources())
    return Past(
        tickets=tickets,
        directory=app.queries.directory(),
        sources=sources,
        channels=app.rule_keeping.channels,
        articles=tuple(articles),
    )


def _with_families(tx: Transaction, incidents: Sequence[Incident]) -> list[Incident]:
    homes = tx.incidents(sorted({i.attached_to for i in incidents if i.attached_to}))
    majors = {i.id for i in (*incidents, *homes.values()) if i.major is not None}
    belonging = sorted(one.ticket for of in tx.attached_to(majors).values() for one in of)
    known = {i.id: i for i in incidents} | homes | tx.incidents(belonging)
    return list(known.values())


def _verdicts(app: Heliograph, incident: Incident) -> list[Verdict]:
    found = []
    for c in app.queries.communications(incident.id):
        by_people = [r for r in app.queries.releases(c.id) if r.granted and r.by != POLICY]
        if by_people:
            found.append(_verdict(by_people[0].at, c.kind.value, c.audience, granted=True))
        elif c.outcome is not None and c.outcome.code == "discarded_by_person":
            found.append(_verdict(c.created_at, c.kind.value, c.audience, granted=False))
    return sorted(found, key=lambda verdict: verdict.at)


def _verdict(at: datetime, kind: str, audience: str, *, granted: bool) -> Verdict:
    return Verdict(at=at, kind=kind, audience=audience, granted=granted)


def _is_given(event: Event) -> bool:
    return not event.source_id.startswith(MADE_BY_RULES)


def _again(event: Event) -> Incoming:
    return Incoming(
        source=event.source,
        source_id=event.source_id,
        type=event.type,
        number=event.number,
        occurred_at=event.occurred_at,
        data=event.data,
        content_hash=event.id,
    )

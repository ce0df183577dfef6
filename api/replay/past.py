"""What of our own past can be played again? The events of tickets, what people decided about texts, and who is who."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from pipeline.article_ports import Kept
from pipeline.bootstrap import Heliograph
from pipeline.domain.cloudevents import Incoming
from pipeline.domain.directory import Directory
from pipeline.domain.events import Event
from pipeline.domain.incident import Incident
from pipeline.domain.message import Message
from pipeline.domain.own_names import OWN
from pipeline.domain.suggested import Found
from pipeline.ports import Source, Transaction

from .answered_then import Answer, answers_on
from .circumstances import Circumstances, Elsewhere, circumstances, elsewhere
from .decided_then import Decision, decisions_on
from .families import Relatives, relatives
from .found_then import found_for
from .sent import ledger

MADE_BY_RULES = tuple(
    f"{OWN}{act}"
    for act in (
        *("declare:", "attach:", "detach:", "surge:", "recurred:", "problem_"),
        *("pass_on:", "maintenance_near:", "maintenance_ended:", "close:inc_"),
    )
)
"""Begin the ids of what followed from an alert, from other tickets or from time: played again, it is made again, or not."""


@dataclass(frozen=True, kw_only=True)
class Ticket:
    """One ticket as it was recorded; its events in recorded order. `asked` is False for one that is played only because
    it hangs together with one that is: by a major incident, or because they were counted together."""

    id: str
    number: str
    source: str
    events: tuple[Event, ...]
    asked: bool = True
    family: str = ""
    """What is named alike hangs together, and is played together."""
    decisions: tuple[Decision, ...] = ()
    answers: tuple[Answer, ...] = ()
    elsewhere: tuple[Elsewhere, ...] = ()
    told_until: datetime | None = None
    """When the last message about it left, or is to leave."""
    found: Found | None = None
    """The articles that were found for it then."""

    @property
    def key(self) -> tuple[str, str]:
        """Its source and number: by these it is known wherever it is played; two desks may use one number."""
        return self.source, self.number

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
    beside: Circumstances = field(default_factory=Circumstances)

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


def past_of(
    app: Heliograph,
    incidents: Sequence[Incident],
    told: Mapping[str, Sequence[Message]] | None = None,
) -> Past:
    """By when they were opened: what came in together is played together. A ticket whose words were erased is played
    without them. With those that hang together with them, for their requesters are told of these.

    Tickets and what was so beside them are read in one transaction; messages, and what people decided about texts, each
    in one of its own: of what happens meanwhile a part may be seen. `told` are messages that were read already, by the
    id of their ticket."""
    asked = {incident.id for incident in incidents}
    directory = app.queries.directory()
    with app.store.read() as tx:
        related = relatives(tx, incidents)
        found, articles = found_for(tx, list(related.tickets))
        tickets = tuple(
            _ticket(app, tx, incident, related, found, told or {}, asked=incident.id in asked)
            for incident in sorted(related.tickets.values(), key=lambda i: (i.opened_at, i.id))
        )
        sources = tuple(tx.sources())
        first = min((i.opened_at for i in related.tickets.values()), default=app.clock.now())
        beside = circumstances(tx, directory, first, app.clock.now())
    return Past(
        tickets=tickets,
        directory=directory,
        sources=sources,
        channels=app.rule_keeping.channels,
        articles=tuple(articles),
        beside=beside,
    )


def _ticket(
    app: Heliograph,
    tx: Transaction,
    incident: Incident,
    related: Relatives,
    found: Mapping[str, Found],
    read: Mapping[str, Sequence[Message]],
    *,
    asked: bool,
) -> Ticket:
    told = read[incident.id] if incident.id in read else ledger(app, incident)
    return Ticket(
        id=incident.id,
        number=incident.number,
        source=incident.source,
        events=related.events[incident.id],
        asked=asked,
        family=related.family[incident.id],
        decisions=decisions_on(app, incident, told),
        answers=answers_on(tx, incident),
        elsewhere=elsewhere(app, incident, told),
        told_until=max((max(m.created_at, m.due_at) for m in told), default=None),
        found=found.get(incident.id),
    )


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

"""What of our own past can be played again? The events of tickets, what people decided about texts, and who is who."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from pipeline.article_ports import Kept
from pipeline.bootstrap import Heliograph
from pipeline.domain.cloudevents import Incoming
from pipeline.domain.directory import Directory
from pipeline.domain.events import Event
from pipeline.domain.incident import Incident
from pipeline.domain.portal_events import Attached
from pipeline.domain.suggested import Found
from pipeline.ports import Source
from pipeline.release.permission import POLICY

from .found_then import found_for

MADE_BY_RULES = (
    *("heliograph:declare:", "heliograph:surge:"),
    *("heliograph:recurred:", "heliograph:problem_"),
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
    """One ticket as it was recorded; its events in recorded order."""

    number: str
    source: str
    events: tuple[Event, ...]
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

    def part(self, first: int, last: int) -> Past:
        return Past(
            tickets=self.tickets[first:last],
            directory=self.directory,
            sources=self.sources,
            channels=self.channels,
            articles=self.articles,
        )


def past_of(app: Heliograph, incidents: Sequence[Incident]) -> Past:
    """Read in one transaction, by when they were opened: what came in together is played together. A ticket whose
    words were erased is played without them."""
    incidents = sorted(incidents, key=lambda incident: (incident.opened_at, incident.id))
    with app.store.read() as tx:
        found, articles = found_for(tx, [incident.id for incident in incidents])
        tickets = tuple(
            Ticket(
                number=incident.number,
                source=incident.source,
                events=tuple(tx.stream(incident.id)),
                verdicts=tuple(_verdicts(app, incident)),
                found=found.get(incident.id),
            )
            for incident in incidents
        )
        sources = tuple(tx.sources())
    return Past(
        tickets=tickets,
        directory=app.queries.directory(),
        sources=sources,
        channels=app.rule_keeping.channels,
        articles=tuple(articles),
    )


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
    """Also to which major incident a ticket belongs is found again: its id is another one there."""
    found = isinstance(event.data, Attached) and event.data.basis != "person"
    return not found and not event.source_id.startswith(MADE_BY_RULES)


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

"""Who and what do these tickets speak of? Only their part of the directory is read, however large it is."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from pipeline.domain.directory import Person
from pipeline.domain.events import Event
from pipeline.domain.incident import Incident
from pipeline.drafting.pieces import Lookup
from pipeline.ports import Queries


def names_of(
    queries: Queries, incidents: Iterable[Incident], events: Iterable[Event] = ()
) -> Lookup:
    """Names for all ids in tickets of one source, and in the events of a timeline."""
    people: set[str] = set()
    groups: set[str] = set()
    services: set[str] = set()
    source: str | None = None
    for i in incidents:
        source = i.source
        people.update([i.requester.value.id] if i.requester else [])
        people.update([i.assignee.value.id] if i.assignee else [])
        groups.update([i.group.value] if i.group else [])
        groups.update([i.handed_from] if i.handed_from else [])
        services.update(i.services)
        teams = (i.major.accepted, i.major.called) if i.major else ()
        groups.update(team.value for team in teams if team)
        people.update(ref.id for approval in i.approvals for ref in approval.people)
        if i.reopening and i.reopening.value.by:
            people.add(i.reopening.value.by.id)
    for event in events:
        for field in ("assignee", "author", "by"):
            ref = getattr(event.data, field, None)
            people.update([ref.id] if ref else [])
        for field in ("group", "team"):
            group = getattr(event.data, field, None)
            groups.update([group] if group else [])
    return Lookup(
        people=queries.people(sorted(people), source=source),
        groups=queries.groups(sorted(groups)),
        services=queries.services(sorted(services)),
    )


def people_on(queries: Queries, named: Iterable[tuple[str, str]]) -> dict[tuple[str, str], Person]:
    """Who (ticket, id) is, as the ticket's source and the directory know them; strangers are left out."""
    wanted: dict[str, set[str]] = {}
    for incident_id, person in named:
        wanted.setdefault(incident_id, set()).add(person)
    found: dict[tuple[str, str], Person] = {}
    for incident_id, ids in wanted.items():
        incident = queries.incident(incident_id)
        people = queries.people(sorted(ids), source=incident.source if incident else None)
        found |= {(incident_id, id_): person for id_, person in people.items()}
    return found


def names_by_source(queries: Queries, incidents: Sequence[Incident]) -> dict[str, Lookup]:
    """For a list of tickets: the same id may be somebody else in another source."""
    return {
        source: names_of(queries, [i for i in incidents if i.source == source])
        for source in {i.source for i in incidents}
    }

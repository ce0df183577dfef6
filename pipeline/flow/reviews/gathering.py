"""What is a report made of? The whole record of one incident, read in one go, and not yet cut for anybody."""

from __future__ import annotations

from collections.abc import Sequence

from ...domain.events import Event
from ...domain.facts import FactValue
from ...domain.incident import Incident
from ...domain.payload import PersonRef
from ...drafting.pieces import Lookup, group_name
from ...drafting.record import facts_of
from ...guard import Phrases
from ...ports import Transaction
from ...review.conflicts import conflicts_of, texts_in
from ...review.document import Material
from ...review.gaps import gaps_of
from ...review.happening import Named, rows_of
from ...review.spans import kept_of, marks_of, spans_of
from ...review.stated import Announcing
from ..gather import lookup_of

BLAME = "blame"
"""The phrases that name a person as the cause (rule N5)."""


def material_of(
    tx: Transaction, incident: Incident, announcing: Announcing, phrases: Phrases
) -> Material:
    events, told = tx.stream(incident.id), tx.told(incident.id)
    lookup = _with_teams(tx, lookup_of(tx, incident), events)
    marks = marks_of(events, told)
    spans = spans_of(marks)
    actions = tx.actions(incident.id)
    owners = tx.people(list(dict.fromkeys(action.owner for action in actions)))
    stated = [s for text in texts_in(events) for s in announcing.stated(text.words, text.cite)]
    return Material(
        number=incident.number,
        title=incident.title.value,
        facts=facts_of(incident, lookup),
        rows=rows_of(events, told, _named(lookup)),
        spans=spans,
        kept=kept_of(tx.promises_of(incident.id)),
        conflicts=conflicts_of(events, marks, spans, stated),
        gaps=gaps_of(incident, events, marks),
        actions=actions,
        owners={id_: person.name for id_, person in owners.items()},
        is_blaming=phrases.finds(BLAME),
    )


def _with_teams(tx: Transaction, known: Lookup, events: Sequence[Event]) -> Lookup:
    """The timeline names teams and people who have it no more."""
    teams = {getattr(event.data, name, None) for event in events for name in ("team", "group")}
    assignees = [getattr(event.data, "assignee", None) for event in events]
    people = {ref.id for ref in assignees if ref is not None}
    source = events[0].source if events else None
    return Lookup(
        people=known.people | tx.people(sorted(people - known.people.keys()), source=source),
        groups=known.groups | tx.groups(sorted({t for t in teams if t} - known.groups.keys())),
        services=known.services,
    )


def _named(lookup: Lookup) -> Named:
    def named(what: str, id_: str) -> FactValue:
        if what == "group":
            return group_name(id_, lookup) or id_
        return lookup.person(PersonRef(id=id_)) or id_

    return named

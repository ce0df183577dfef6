"""How did a ticket stand at each of its events, and what had everybody been told by then?"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from ..domain.cloudevents import Incoming
from ..domain.events import Event
from ..domain.folding import fold, is_late
from ..domain.incident import Incident
from ..policy.audiences import ROLES
from ..ports import Transaction

TRIED = "tried"
"""The id of an event that is not recorded, and of a ticket that it would open."""


@dataclass(frozen=True, kw_only=True)
class Moment:
    """An event, its ticket before and after it, and the kinds that each audience had been told."""

    event: Event
    before: Incident | None
    after: Incident
    told: Mapping[str, list[str]]

    @property
    def late(self) -> bool:
        return is_late(self.before, self.event)


def moments_of(tx: Transaction, incident: Incident) -> Iterator[Moment]:
    """Each event of the ticket, in recorded order."""
    told = {audience: tx.kinds_told(incident.id, audience) for audience in ROLES}
    before: Incident | None = None
    for event in tx.stream(incident.id):
        after = fold(before, event, owner=incident.owner)
        known = {who: _until(kinds, event.recorded_at) for who, kinds in told.items()}
        yield Moment(event=event, before=before, after=after, told=known)
        before = after


def moment_of(
    tx: Transaction, incoming: Incoming, before: Incident | None, now: datetime
) -> Moment:
    """An event as it would be if it came in now. Raises what folding it raises."""
    source = tx.source(incoming.source)
    event = Event(
        id=TRIED,
        source=incoming.source,
        source_id=incoming.source_id,
        type=incoming.type,
        incident_id=before.id if before else TRIED,
        number=incoming.number or TRIED,
        version=before.version + 1 if before else 1,
        occurred_at=incoming.occurred_at,
        recorded_at=now,
        data=incoming.data,
    )
    owner = before.owner if before else source.owner if source else "heliograph"
    known = {who: _until(tx.kinds_told(before.id, who), now) if before else [] for who in ROLES}
    return Moment(event=event, before=before, after=fold(before, event, owner=owner), told=known)


def _until(kinds: list[tuple[str, datetime]], at: datetime) -> list[str]:
    return [kind for kind, when in kinds if when <= at]

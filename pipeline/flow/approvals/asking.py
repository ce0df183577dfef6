"""A rule tells of an approval: to each of those who are asked now, a message of their own."""

from __future__ import annotations

from ...domain.communication import Communication, Kind
from ...domain.decision_events import OfApproval
from ...domain.events import Event
from ...domain.incident import Incident
from ...ports import Ids


def fanned_out(
    planned: Communication, event: Event, before: Incident | None, after: Incident, ids: Ids
) -> list[Communication]:
    """The rows in place of the planned one. A request is for each whom this event made the one to decide,
    and for nobody where it made none."""
    if not isinstance(event.data, OfApproval):
        return []
    about = planned.model_copy(update={"approval": event.data.approval})
    if planned.kind is not Kind.APPROVAL_REQUEST:
        return [about]
    asked = sorted(_holders(after, about.approval) - _holders(before, about.approval))
    return [about.model_copy(update={"id": ids.new("com"), "to": person}) for person in asked]


def _holders(incident: Incident | None, approval: str | None) -> set[str]:
    known = (a for a in incident.approvals if a.id == approval) if incident else ()
    return {place.holder.id for a in known for _, place in a.waiting}

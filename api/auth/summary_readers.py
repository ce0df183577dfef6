"""Who may read which summaries? What was cut for those who work on a ticket, and what nobody released yet, is
for them alone."""

from __future__ import annotations

from collections.abc import Iterable

from pipeline.domain.directory import Role
from pipeline.domain.errors import UnknownThing
from pipeline.domain.incident import Incident
from pipeline.domain.summary import Summary, SummaryState
from pipeline.policy.summaries import is_internal

from .callers import Caller
from .visitors import Visitor


def may_read(reader: Caller | Visitor, incident: Incident, summary: Summary) -> bool:
    """A viewer reads what was released to leave for an outsider, and no more: what a person is still
    writing, or a check holds, is for those who may write."""
    left = summary.state in (SummaryState.RELEASED, SummaryState.SENT)
    return works(reader, incident) or (left and not is_internal(summary.audience))


def readable(
    reader: Caller | Visitor, incident: Incident, summaries: Iterable[Summary]
) -> list[Summary]:
    """Those of the ticket that she may read, as far as she may."""
    return [_as_read(reader, incident, one) for one in summaries if may_read(reader, incident, one)]


def refuse_unreadable(reader: Caller | Visitor, incident: Incident, summary: Summary) -> Summary:
    """The summary, as far as the reader may see it. Raises UnknownThing, as for one that is not there:
    that there is one says something too."""
    if not may_read(reader, incident, summary):
        raise UnknownThing(f"no summary {summary.id} on this ticket")
    return _as_read(reader, incident, summary)


def works(reader: Caller | Visitor, incident: Incident) -> bool:
    """Whether she may write summaries of this ticket: a token for another source may not."""
    if isinstance(reader, Visitor):
        return reader.role.includes(Role.TECHNICIAN)
    return reader.acts_on(incident.source)


def _as_read(reader: Caller | Visitor, incident: Incident, summary: Summary) -> Summary:
    """Why a step fell quotes what no check has passed, and a draft that a person wrote anew was never
    released: both stay with those who work on it."""
    if works(reader, incident):
        return summary
    own = summary.edited
    only = {"draft": own.written, "facts": own.facts, "lines": own.lines} if own else {}
    return summary.model_copy(update={"falls": (), "held": None, **only})

"""Who may read which summaries? Whatever was cut for those who work on a ticket is for them alone."""

from __future__ import annotations

from collections.abc import Iterable

from pipeline.domain.directory import Role
from pipeline.domain.errors import UnknownThing
from pipeline.domain.summary import Summary
from pipeline.policy.summaries import is_internal

from .callers import Caller
from .visitors import Visitor


def may_read(reader: Caller | Visitor, summary: Summary) -> bool:
    """A viewer reads what an outsider could be sent, and no more."""
    return _works(reader) or not is_internal(summary.audience)


def readable(reader: Caller | Visitor, summaries: Iterable[Summary]) -> list[Summary]:
    return [one for one in summaries if may_read(reader, one)]


def refuse_unreadable(reader: Caller | Visitor, summary: Summary) -> Summary:
    """Raises UnknownThing, as for one that is not there: that there is one says something too."""
    if not may_read(reader, summary):
        raise UnknownThing(f"no summary {summary.id} on this ticket")
    return summary


def _works(reader: Caller | Visitor) -> bool:
    if isinstance(reader, Visitor):
        return reader.role.includes(Role.TECHNICIAN)
    return "act" in reader.scopes

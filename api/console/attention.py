"""What waits for a person, and which tickets does it concern?"""

from __future__ import annotations

from pipeline.domain.message import MessageState
from pipeline.domain.promise import PromiseState
from pipeline.ports import Queries

from .rounds import announced_by

FAILED = tuple(
    state.value for state in (MessageState.MAYBE_SENT, MessageState.REJECTED, MessageState.PARKED)
)
_MOST = 500
"""A list with more open ends than this has no use for marks."""


def waiting(queries: Queries) -> int:
    """How many rows the page of what waits will show, for the number in the navigation."""
    return queries.waiting_count()


def tickets_needing_a_look(queries: Queries) -> frozenset[str]:
    """Those with a text that is held, a message that failed, or an alarm."""
    held = (c.incident for c in queries.held(_MOST))
    failed = (m.incident for m in queries.messages(states=FAILED, limit=_MOST))
    alarmed = (a.incident for a in queries.alarms(_MOST) if a.incident)
    return frozenset((*held, *failed, *alarmed))


def at_risk(queries: Queries) -> int:
    """Announced times that are nearly used up."""
    waiting = queries.promises_in(PromiseState.OPEN, newest_first=False)
    return len(announced_by(p for p in waiting if p.warned))

"""Which cases are these? Tickets that Heliograph follows, and those of the past, told in one way."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import TypeVar

from ...domain.events import Resolved
from ...domain.history import PREFIX, PastTicket
from ...domain.incident import Incident
from ...domain.lattices import TicketState
from ...domain.recorded import Recorded
from ...ports import Transaction

T = TypeVar("T")
TOLD_BY = "history"
"""In place of the event that says so: no event tells of the past."""


def is_past(case_id: str) -> bool:
    return case_id.startswith(PREFIX)


def cases(tx: Transaction, ids: Collection[str]) -> dict[str, Incident]:
    """By id, those that there are. One of the past is to be looked at, and never stored: it has no event."""
    past = tx.past_tickets([id_ for id_ in ids if is_past(id_)])
    own = tx.incidents([id_ for id_ in ids if id_ not in past])
    return {**own, **{id_: as_incident(one) for id_, one in past.items()}}


def as_incident(ticket: PastTicket) -> Incident:
    ended = ticket.ended_at or ticket.opened_at
    state = TicketState.CLOSED if ticket.ended_at else TicketState.NEW
    return Incident(
        id=ticket.id,
        source=ticket.source,
        number=ticket.number,
        owner="desk",
        url=ticket.url,
        version=0,
        opened_at=ticket.opened_at,
        updated_at=ended,
        title=_recorded(ticket.title, ticket.opened_at),
        description=_recorded(ticket.text, ticket.opened_at) if ticket.text else None,
        service=_recorded(ticket.service, ticket.opened_at) if ticket.service else None,
        site=ticket.site or None,
        state=_recorded(state, ended),
        resolution=_recorded(
            Resolved(fix_summary=ticket.fix, cause_confirmed=ticket.cause or None), ended
        )
        if ticket.fix
        else None,
    )


def _recorded(value: T, at: datetime) -> Recorded[T]:
    return Recorded(value=value, at=at, event=TOLD_BY)

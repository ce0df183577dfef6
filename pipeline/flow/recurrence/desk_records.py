"""The desk that owns a ticket keeps a problem record: the answer to what we asked, or opened there by hand."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from ...domain.cloudevents import Incoming
from ...domain.events import Event
from ...domain.incident import Incident
from ...domain.problem import HELIOGRAPH, Step, stepped
from ...domain.problems_events import ProblemRecorded
from ...domain.recurring import Chain, ChainState, moved
from ...ports import Ids, Transaction
from .opening import Opening, open_problem
from .telling import moved_event


def take_record(
    tx: Transaction, event: Event, incident: Incident, ids: Ids, now: datetime
) -> Sequence[Incoming]:
    """The events that follow on other tickets, if any. A ticket of no chain is only noted."""
    data = event.data
    if not isinstance(data, ProblemRecorded):
        return ()
    chain_id = tx.chain_of([incident.id]).get(incident.id)
    chain = tx.chain(chain_id) if chain_id else None
    if chain is None:
        return ()
    outside = data.url or data.problem
    known = tx.problems_of([chain.id]).get(chain.id)
    if known is not None:
        if known.outside != outside:
            named = stepped(known, Step.CHANGED, {"outside": outside}, by=HELIOGRAPH, at=now)
            tx.move_problem(known, named)
        return ()
    return _opened_there(
        tx,
        chain,
        incident,
        Opening(by=HELIOGRAPH, at=now, title=data.title or "", outside=outside, on=incident.id),
        ids,
    )


def _opened_there(
    tx: Transaction, chain: Chain, incident: Incident, opening: Opening, ids: Ids
) -> Sequence[Incoming]:
    """Whoever opened it by hand decided about the chain; a refused one stays refused."""
    if chain.state not in (ChainState.PROPOSED, ChainState.WATCHED):
        return ()
    taken = moved(
        *(chain, ChainState.MERGED), by=opening.by, at=opening.at, reason="", into=opening.outside
    )
    problem = open_problem(tx, taken, opening, ids) if tx.move_chain(chain, taken) else None
    if problem is None:
        return ()
    return [moved_event(incident, problem.number, Step.OPENED, opening.at)]

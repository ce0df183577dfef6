"""Past tickets are compared among themselves, where somebody asked for it: what kept coming back before Heliograph came?

One after the other, in the order in which they happened; nobody is told. A chain that is found so says that it lies
wholly in the past.
"""

from __future__ import annotations

import structlog

from ...domain.history import PastTicket
from ...history_ports import COMPARING
from ...ports import Alarm, Clock, Store, Transaction
from ...recurrence.chains import Link, links_of
from ...recurrence.judging import judge
from ..library import Library
from ..recurrence.given_up import not_compared
from ..recurrence.judging import StoredPast, may_join, not_refused, proposed_of, ties_of
from .taking import Past

BATCH = 20

log = structlog.get_logger(__name__)


class Comparing:
    """The worker that compares."""

    def __init__(self, store: Store, clock: Clock, library: Library, past: Past) -> None:
        self._store, self._clock = store, clock
        self._library, self._past = library, past

    def turn(self) -> bool:
        """True when there was something to compare."""
        with self._store.read() as tx:
            if tx.next_due(COMPARING) is None:
                return False
            ids = tx.to_compare(BATCH)
            tickets = tx.past_tickets(ids)
        for id_ in ids:
            self._one(id_, tickets.get(id_))
        return bool(ids)

    def _one(self, id_: str, ticket: PastTicket | None) -> None:
        alarm: Alarm | None = None
        links: list[Link] = []
        try:
            links = self._links(ticket) if ticket is not None else []
        except Exception:
            # Whatever a ticket holds, the others are compared, and somebody hears of this one.
            log.exception("a past ticket was not compared", ticket=id_)
            alarm = not_compared(ticket.number if ticket else id_, self._clock.now())
        with self._store.write() as tx:
            tx.hold_chains()
            if alarm is not None:
                tx.raise_alarm(alarm)
            if tx.settle_comparing([id_]) and links:
                self._link(tx, id_, links)

    def _links(self, ticket: PastTicket) -> list[Link]:
        case = self._past.signed([ticket])[ticket.id]
        with self._store.read() as tx:
            similar = judge(StoredPast(tx), case).similar
        return links_of(ticket.id, similar, asks=case.asks)

    def _link(self, tx: Transaction, id_: str, compared: list[Link]) -> None:
        links = not_refused(tx, id_, compared)
        own = tx.chain_of([id_]).get(id_, id_)
        tx.add_links({(link.later, link.earlier): link.odds for link in links})
        ties = ties_of(tx, id_, links) if may_join(tx, id_, own) else []
        if not ties:
            return
        for other in (own, *ties[1:]):
            tx.move_members(other, into=ties[0])
        if tx.chain(ties[0]) is None:
            from_case = self._library.in_force(tx).recurrence.from_case
            proposed = proposed_of(tx, ties[0], from_case, self._clock.now())
            if proposed is not None:
                tx.add_chain(proposed.model_copy(update={"from_history": True}))

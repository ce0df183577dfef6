"""Past tickets are compared among themselves, where somebody asked for it: what kept coming back before Heliograph came?

One after the other, in the order in which they happened; nobody is told. A chain that is found so says that it lies
wholly in the past.
"""

from __future__ import annotations

from datetime import datetime

import structlog

from ...domain.history import PastTicket
from ...domain.recurring import Chain
from ...history_ports import COMPARING
from ...ports import Clock, Store, Transaction
from ...recurrence.chains import Chained, Link, joined, links_of
from ...recurrence.judging import judge
from ...recurrence.kept import read
from ...recurrence.proposing import FROM_CASE, is_due, kind_of
from ..recurrence.judging import StoredPast
from .taking import Past

BATCH = 20
LOOKED_AT = 50
"""Newest cases of a chain that are read to say of what kind it is."""

log = structlog.get_logger(__name__)


class Comparing:
    """The worker that compares."""

    def __init__(self, store: Store, clock: Clock, past: Past) -> None:
        self._store, self._clock, self._past = store, clock, past

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
        try:
            links = self._links(ticket) if ticket is not None else []
        except Exception:
            # Whatever a ticket holds, the others are compared.
            log.exception("a past ticket was not compared", ticket=id_)
            links = []
        with self._store.write() as tx:
            if tx.settle_comparing([id_]) and links:
                _link(tx, id_, links, self._clock.now())

    def _links(self, ticket: PastTicket) -> list[Link]:
        case = self._past.signed([ticket])[ticket.id]
        with self._store.read() as tx:
            similar = judge(StoredPast(tx), case).similar
        return links_of(ticket.id, similar, asks=case.asks)


def _link(tx: Transaction, id_: str, links: list[Link], now: datetime) -> None:
    near = [link.earlier for link in links]
    chain_of = tx.chain_of([*near, id_])
    own = chain_of.get(id_, id_)
    tx.add_links({(link.later, link.earlier): link.odds for link in links})
    if own != id_ or tx.chain_sizes([own]).get(own, 1) > 1:
        return
    known = Chained(
        chain_of=chain_of,
        size_of=tx.chain_sizes(set(chain_of.values())),
        links=tx.links_among(near),
    )
    ties = [chain_of.get(name, name) for name in joined(links, known)]
    if not ties:
        return
    for other in (own, *ties[1:]):
        tx.move_members(other, into=ties[0])
    _propose(tx, ties[0], now)


def _propose(tx: Transaction, chain: str, now: datetime) -> None:
    """Once for each chain, whatever became of it."""
    if tx.chain_sizes([chain]).get(chain, 0) < FROM_CASE or tx.chain(chain) is not None:
        return
    members = [m.incident for m in tx.members([chain])[chain][-LOOKED_AT:]]
    bodies = tx.signature_bodies(tx.places_of(members))
    cases = sorted((read(body) for body in bodies), key=lambda case: case.at)
    if is_due(cases):
        tx.add_chain(Chain(id=chain, kind=kind_of(cases).value, proposed_at=now, from_history=True))

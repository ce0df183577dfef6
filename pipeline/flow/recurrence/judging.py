"""A ticket was opened or closed: what is it like, and does it complete a chain?

Off the way of every message. Reading the past and comparing hold no lock; only what follows from it is written
under one. A ticket that is judged again, with its solution, keeps its chain and may join one if it is alone.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime, timedelta

import structlog

from ...domain.events import OPENING, Closed, Event, Resolved
from ...domain.incident import Incident
from ...domain.recurring import Alike, Chain, Judgement
from ...ports import Clock, Store, Transaction
from ...recurrence.case import Case
from ...recurrence.chains import NEWEST, Chained, Link, joined, links_of, told
from ...recurrence.judging import Judged, judge
from ...recurrence.kept import read, written
from ...recurrence.proposing import FROM_CASE, is_due, kind_of
from ...recurrence.signature import Signature, Signer
from ...recurrence_ports import Signed

QUEUE = "recurrence"
BATCH = 8
LEASE = timedelta(seconds=60)
MOST_TRIES = 3
ONE_DAY = timedelta(days=1)
KEPT = 10
"""Similar tickets that are kept with a judgement."""
LOOKED_AT = 50
"""Newest cases of a chain that are read to say of what kind it is."""

log = structlog.get_logger(__name__)


def await_judging(tx: Transaction, event: Event, before: Incident | None, now: datetime) -> None:
    """A ticket is judged when it comes in, and again when it is known how it ended."""
    if (before is None and isinstance(event.data, OPENING)) or isinstance(
        event.data, Resolved | Closed
    ):
        tx.await_judging(event.incident_id, now)


class StoredPast:
    """`recurrence.past.Past` over one transaction's rows."""

    def __init__(self, tx: Transaction) -> None:
        self._tx = tx

    def count(self) -> int:
        return self._tx.count_signed()

    def frequencies(self, terms: Collection[str]) -> Mapping[str, int]:
        return self._tx.term_counts(terms)

    def latest(self, terms: Sequence[str], most: int) -> Sequence[Sequence[int]]:
        return self._tx.latest_with(terms, most)

    def signatures(self, places: Sequence[int]) -> list[Signature]:
        return [read(body) for body in self._tx.signature_bodies(places)]


class Judgements:
    """The worker between tickets and chains."""

    def __init__(self, store: Store, clock: Clock, *, from_case: int = FROM_CASE) -> None:
        self._store, self._clock, self._from_case = store, clock, from_case
        self._signer: Signer | None = None

    def turn(self) -> bool:
        """True when a ticket was due."""
        now = self._clock.now()
        with self._store.read() as tx:
            due_at = tx.next_due(QUEUE)
        if due_at is None or due_at > now:
            return False
        with self._store.write() as tx:
            claimed = tx.claim_judging(now, LEASE, BATCH)
            for incident_id, tries in claimed:
                if tries > MOST_TRIES:
                    tx.settle_judging(incident_id, tries)
        for incident_id, tries in claimed:
            if tries <= MOST_TRIES:
                self._one(incident_id, tries)
        return bool(claimed)

    def _one(self, incident_id: str, tries: int) -> None:
        try:
            with self._store.read() as tx:
                incident = tx.incident(incident_id)
                judged = self._judged(tx, incident) if incident else None
        except Exception:
            # Whatever a ticket holds, the others are judged; the row comes back when its lease ends.
            log.exception("a ticket was not compared with the past", incident=incident_id)
            return
        with self._store.write() as tx:
            if tx.settle_judging(incident_id, tries) and judged is not None:
                self._keep(tx, judged)

    def _judged(self, tx: Transaction, incident: Incident) -> Judged:
        if self._signer is None:
            self._signer = Signer()
        return judge(
            StoredPast(tx),
            self._signer.sign(case_of(incident, after_change=_after_change(tx, incident))),
        )

    def _keep(self, tx: Transaction, judged: Judged) -> None:
        case, now = judged.case, self._clock.now()
        links = links_of(case.id, judged.similar, asks=case.asks)
        own = tx.chain_of([case.id]).get(case.id, case.id)
        # It may have become the first case of a chain meanwhile: what joined it stays.
        alone = own == case.id and tx.chain_sizes([own]).get(own, 1) == 1
        ties = self._ties(tx, links) if alone else []
        chain = ties[0] if ties else own
        tx.add_signed(
            Signed(
                incident=case.id,
                at=case.at,
                body=written(case),
                terms=case.terms,
                chain=chain,
                judgement=_judgement(judged, now),
            )
        )
        tx.add_links({(link.later, link.earlier): link.odds for link in links})
        for other in ties[1:]:
            tx.move_members(other, into=chain)
        self._propose(tx, chain, now)

    def _ties(self, tx: Transaction, links: Sequence[Link]) -> list[str]:
        near = [link.earlier for link in links]
        chain_of = tx.chain_of(near)
        known = Chained(
            chain_of=chain_of,
            size_of=tx.chain_sizes(set(chain_of.values())),
            links=tx.links_among(near),
        )
        return [chain_of.get(name, name) for name in joined(links, known)]

    def _propose(self, tx: Transaction, chain: str, now: datetime) -> None:
        """Once for each chain, whatever became of it: a refused one stays refused."""
        size = tx.chain_sizes([chain]).get(chain, 0)
        if size < self._from_case or tx.chain(chain) is not None:
            return
        members = tx.members([chain])[chain][-LOOKED_AT:]
        cases = sorted(
            (read(body) for body in _bodies(tx, [m.incident for m in members])),
            key=lambda case: case.at,
        )
        ids = [case.id for case in cases]
        if is_due(cases, self._from_case) and told(ids, tx.links_among(ids[-NEWEST:])):
            kind = kind_of(cases).value
            tx.add_chain(Chain(id=chain, kind=kind, proposed_at=now))
            log.info("something keeps coming back", chain=chain, kind=kind, cases=len(members))


def _bodies(tx: Transaction, incident_ids: Sequence[str]) -> list[str]:
    return tx.signature_bodies(tx.places_of(incident_ids))


def _after_change(tx: Transaction, incident: Incident) -> bool:
    """Whether its service was changed in the day before."""
    at = incident.opened_at
    return bool(tx.changes_of(incident.services, at - ONE_DAY, at, 1))


def case_of(incident: Incident, *, after_change: bool = False) -> Case:
    """With its solution, where one is recorded: what fixed it says what it was."""
    said = [incident.description.value if incident.description else ""]
    solved = []
    if incident.resolution is not None:
        resolved = incident.resolution.value
        solved = [resolved.fix_summary, resolved.cause_confirmed or ""]
    return Case(
        id=incident.id,
        at=incident.opened_at,
        title=incident.title.value,
        text="\n".join(part for part in (*said, *solved) if part),
        cause="\n".join(part for part in solved if part),
        service=incident.service.value if incident.service else "",
        site=incident.site or "",
        after_change=after_change,
    )


def _judgement(judged: Judged, now: datetime) -> Judgement:
    return Judgement(
        at=now,
        verdict=judged.verdict.value,
        similar=tuple(
            Alike(
                incident=one.earlier.id,
                probability=one.probability,
                near=one.near,
                parts={sign.value: round(part, 3) for sign, part in one.parts().items() if part},
            )
            for one in judged.similar[:KEPT]
        ),
    )

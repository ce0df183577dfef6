"""A ticket was opened or closed: what is it like, and does it complete a chain?

Off the way of every message. Reading the past and comparing hold no lock; only what follows from it is written
under one. A ticket that is judged again, with its solution, keeps its chain and may join one if it is alone.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

import structlog

from ...domain.incident import Incident
from ...domain.recurring import Alike, Chain, Judgement
from ...ports import Clock, Ids, Store, Transaction
from ...recurrence.case import AFTER_CHANGE, Case
from ...recurrence.chains import NEWEST, Chained, Link, joined, links_of, told
from ...recurrence.judging import Judged, judge
from ...recurrence.kept import read, written
from ...recurrence.proposing import is_due, kind_of
from ...recurrence.signature import Signature, signer
from ...recurrence_ports import Signed
from ..intake import Intake
from ..library import Library
from .awaiting import QUEUE
from .given_up import not_compared
from .reading import LOOKED_AT, reported, signatures_of
from .telling import Recording, tell_joined, tell_proposed

LEASE = timedelta(seconds=60)
MOST_TRIES = 3
KEPT = 10
"""Similar tickets that are kept with a judgement, the likeliest ones."""

log = structlog.get_logger(__name__)


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

    def __init__(
        self, store: Store, clock: Clock, ids: Ids, library: Library, intake: Intake
    ) -> None:
        self._store, self._clock, self._ids = store, clock, ids
        self._library, self._intake = library, intake

    def turn(self) -> bool:
        """True when a ticket was due."""
        now = self._clock.now()
        with self._store.read() as tx:
            due_at = tx.next_due(QUEUE)
        if due_at is None or due_at > now:
            return False
        with self._store.write() as tx:
            # One at a time: between turns it gives way to messages that are due.
            claimed = tx.claim_judging(now, LEASE, 1)
            for incident_id, tries in claimed:
                if tries > MOST_TRIES and tx.settle_judging(incident_id, tries):
                    _give_up(tx, incident_id, now)
        for incident_id, tries in claimed:
            if tries <= MOST_TRIES:
                self._one(incident_id, tries)
        return bool(claimed)

    def _one(self, incident_id: str, tries: int) -> None:
        try:
            with self._store.read() as tx:
                incident = tx.incident(incident_id)
                # What is planned comes back because somebody wants it to.
                is_plan = incident is not None and incident.maintenance is not None
                judged = self.judged(tx, incident) if incident and not is_plan else None
        except Exception:
            # Whatever a ticket holds, the others are judged; the row comes back when its lease ends.
            log.exception("a ticket was not compared with the past", incident=incident_id)
            return

        def work(tx: Transaction, record: Recording) -> None:
            tx.hold_chains()
            if not tx.settle_judging(incident_id, tries):
                return
            if is_plan:
                # A ticket that became a plan may have been compared before.
                tx.take_back(incident_id)
            if judged is None:
                return
            if _says_the_same(incident, tx.incident(incident_id)):
                self._keep(tx, record, judged)
            else:
                tx.await_judging(incident_id, self._clock.now())

        self._intake.together(work)

    def judged(self, tx: Transaction, incident: Incident) -> Judged:
        """What it is like, on what is known now."""
        case = case_of(incident, after_change=_after_change(tx, incident))
        return judge(StoredPast(tx), signer().sign(case))

    def _keep(self, tx: Transaction, record: Recording, judged: Judged) -> None:
        case, now = judged.case, self._clock.now()
        links = not_refused(tx, case.id, links_of(case.id, judged.similar, asks=case.asks))
        before = tx.chain_of([case.id]).get(case.id)
        own = before or case.id
        ties = ties_of(tx, case.id, links) if may_join(tx, case.id, own) else []
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
        self._tell(tx, record, case.id, chain, joined_now=chain != before, now=now)

    def _tell(
        self,
        tx: Transaction,
        record: Recording,
        case_id: str,
        chain: str,
        *,
        joined_now: bool,
        now: datetime,
    ) -> None:
        rules = self._library.in_force(tx)
        size, known = tx.chain_sizes([chain]).get(chain, 0), tx.chain(chain)
        case = tx.incident(case_id)
        if case is None:
            return
        if known is None:
            proposed = proposed_of(tx, chain, rules.recurrence.from_case, now)
            if proposed is not None and tx.add_chain(
                proposed.model_copy(update={"told_on": case_id})
            ):
                log.info("something keeps coming back", chain=chain, kind=proposed.kind, cases=size)
                tell_proposed(record, case, proposed, size, now)
        elif joined_now:
            tell_joined(tx, record, case, known, size, rules=rules, ids=self._ids, now=now)


def _give_up(tx: Transaction, incident_id: str, now: datetime) -> None:
    log.error("a ticket is compared no more", incident=incident_id, tries=MOST_TRIES)
    incident = tx.incident(incident_id)
    if incident is not None:
        tx.raise_alarm(not_compared(incident.number, now, incident=incident_id))


def proposed_of(tx: Transaction, chain: str, from_case: int, now: datetime) -> Chain | None:
    """What is proposed of a chain: None while it is too short, or too loosely tied."""
    if tx.chain_sizes([chain]).get(chain, 0) < from_case:
        return None
    members = tx.members([chain])[chain][-LOOKED_AT:]
    cases = sorted(signatures_of(tx, [m.incident for m in members]), key=lambda case: case.at)
    ids = [case.id for case in cases]
    if not (is_due(cases, from_case) and told(ids, tx.links_among(ids[-NEWEST:]))):
        return None
    return Chain(id=chain, kind=kind_of(cases).value, proposed_at=now)


def may_join(tx: Transaction, case: str, own: str) -> bool:
    """Whether a case is in no chain yet. It may have become the first case of one meanwhile, or be the last of
    one that people were told of: what joined it, and what was decided, stays."""
    return own == case and tx.chain_sizes([own]).get(own, 1) == 1 and not tx.chains_named([own])


def ties_of(tx: Transaction, case: str, links: Sequence[Link]) -> list[str]:
    """The chains that these links tie a case to, the surest first; none of those that a person parted it from."""
    near = [link.earlier for link in links]
    chain_of = tx.chain_of(near)
    chains = set(chain_of.values())
    apart = tx.parted_chains([case, *chains])
    known = Chained(
        chain_of=chain_of,
        size_of=tx.chain_sizes(chains),
        links=tx.links_among(near),
        settled=tx.chains_named(chains).keys(),
        apart=apart,
    )
    open_ = [
        link
        for link in links
        if frozenset((case, chain_of.get(link.earlier, link.earlier))) not in apart
    ]
    return [chain_of.get(name, name) for name in joined(open_, known)]


def not_refused(tx: Transaction, case: str, links: Sequence[Link]) -> list[Link]:
    """A person said of some pairs that they are not one failure: those are not proposed again."""
    refused = tx.refused_among([case, *(link.earlier for link in links)])
    return [link for link in links if frozenset((case, link.earlier)) not in refused]


def _after_change(tx: Transaction, incident: Incident) -> bool:
    """Whether its service was changed not long before."""
    at = incident.opened_at
    return bool(tx.changes_of(incident.services, at - AFTER_CHANGE, at, 1))


def case_of(incident: Incident, *, after_change: bool = False) -> Case:
    """With its solution, where one is recorded: what fixed it says what it was."""
    solved: list[str] = []
    if incident.resolution is not None:
        resolved = incident.resolution.value
        solved = [resolved.fix_summary, resolved.cause_confirmed or ""]
    case = reported(incident)
    return replace(
        case,
        text="\n".join(part for part in (case.text, *solved) if part),
        cause="\n".join(part for part in solved if part),
        after_change=after_change,
    )


def _says_the_same(was: Incident | None, now: Incident | None) -> bool:
    """Words that changed or had to go are not kept: tries are counted anew with them, and tell nothing of it."""
    return (was and case_of(was)) == (now and case_of(now))


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
            for one in sorted(judged.similar, key=lambda one: -one.odds)[:KEPT]
        ),
    )

"""People agree to a text, or stop it; and what nobody decided on in time goes the way that the rules say.

Each vote, what it leads to and the state of the text are one transaction. The row of the agreement is kept
while votes are counted, and the text moves by compare-and-set: it leaves once, or not at all.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from datetime import datetime, timedelta

import structlog

from ..domain.agreement import Agreement, Ballot, Demand, Lapse, Mode, Vote, Voter
from ..domain.communication import Communication, CommunicationState, Reason, Release
from ..domain.errors import WrongState
from ..domain.findings import Verdict
from ..domain.message import MessageState
from ..domain.promise import Promise
from ..ports import Alarm, Clock, Ids, Store, Transaction
from ..release.permission import agreed, refuse_overruled, unvetoed
from ..release.votes import Count, counted, refuse_voter
from ..texts_ports import TextQueries
from . import promises
from .asking_release import request
from .library import Library
from .moves import draft_anew, follow_on, in_state, move, refuse_overtaken
from .news import left
from .writing.waits import Prospects

log = structlog.get_logger(__name__)
QUEUE = "agreements"
BATCH = 20
MOST_REQUESTS = 3
"""Requests for one text before those in charge get an alarm instead."""


class Releasing:
    """The votes, and the worker behind the rows of agreements."""

    def __init__(
        self,
        *,
        store: Store,
        clock: Clock,
        ids: Ids,
        library: Library,
        prospects: Prospects,
        rows: TextQueries,
        wake: Callable[[], None],
    ) -> None:
        self._store, self._clock, self._ids = store, clock, ids
        self._library, self._prospects, self._wake = library, prospects, wake
        self.rows = rows
        """To look at: who has agreed to what."""

    def vote(self, communication_id: str, voter: Voter, ballot: Ballot, why: str = "") -> Count:
        """Raises NotAllowed for one who was not asked, and WrongState: for a blocked text, findings without
        a reason, one's own words, a text that was decided on, or overtaken, meanwhile."""
        now = self._clock.now()
        with self._store.write() as tx:
            held = in_state(tx, communication_id, CommunicationState.HELD)
            agreement = tx.agreement_to_change(held.id) or _usual(held, now)
            # Looked up again: whoever kept the row before us may have decided.
            held = in_state(tx, communication_id, CommunicationState.HELD)
            if ballot is Ballot.AGREE:
                refuse_voter(agreement, voter, _groups(tx, agreement, voter))
                verdict = Verdict(
                    findings=tuple(f for v in tx.verdicts(held.id) for f in v.findings)
                )
                refuse_overruled(verdict, why)
                refuse_overtaken(tx, held, pending(tx, held), now)
            tx.save_vote(Vote(communication=held.id, voter=voter, ballot=ballot, why=why, at=now))
            count = counted(agreement, tx.votes(held.id))
            if count.vetoed:
                reason = Reason(code="vetoed_by_person", values={"by": voter.id, "why": why})
                self._stop(tx, held, reason, now)
            elif count.suffices:
                self._leave(tx, held, agreed(held, by=voter.id, why=why, at=now), now)
        log.info("voted on a text", communication=communication_id, ballot=ballot.value)
        self._wake()
        return count

    def turn(self) -> bool:
        """True when something was due."""
        now = self._clock.now()
        with self._store.read() as tx:
            due = tx.due_agreements(now, BATCH)
        for communication_id in due:
            with self._store.write() as tx:
                self._lapse(tx, communication_id, now)
        if due:
            self._wake()
        return bool(due)

    def _lapse(self, tx: Transaction, communication_id: str, now: datetime) -> None:
        agreement = tx.agreement_to_change(communication_id)
        if agreement is None or agreement.due_at is None or agreement.due_at > now:
            return
        held = tx.communication(communication_id)
        if held is None or held.state is not CommunicationState.HELD:
            tx.end_agreement(communication_id)
        elif agreement.demand.mode is Mode.UNLESS_VETOED:
            self._unvetoed(tx, held, now)
        elif agreement.demand.lapse is Lapse.DISCARD:
            self._stop(tx, held, Reason(code="release_lapsed"), now)
            tx.raise_alarm(_alarm(held, "release_lapsed", now))
        else:
            self._ask_again(tx, held, agreement, now)

    def _unvetoed(self, tx: Transaction, held: Communication, now: datetime) -> None:
        waiting = pending(tx, held)
        try:
            refuse_overtaken(tx, held, waiting, now)
        except WrongState:
            # What is still worth telling is decided anew, with a time of its own for a veto.
            draft_anew(tx, held, waiting, "policy", self._ids.new("com"), now)
        else:
            self._leave(tx, held, unvetoed(held, now), now)

    def _ask_again(
        self, tx: Transaction, held: Communication, agreement: Agreement, now: datetime
    ) -> None:
        """The next group where the rules name one, else the same again; after that somebody must look."""
        demand = agreement.demand
        up = demand.lapse is Lapse.ESCALATE and not agreement.escalated
        group = demand.escalate_to if up or agreement.escalated else demand.ask
        again = up or (demand.lapse is Lapse.REMIND and agreement.asked < MOST_REQUESTS)
        within = timedelta(seconds=demand.within or 0)
        changed = {
            "asked": agreement.asked + 1,
            "escalated": agreement.escalated or up,
            "due_at": now + within if again and within else None,
        }
        tx.save_agreement(agreement.model_copy(update=changed))
        if again and group is not None:
            tx.add_communications([request(agreement, group, self._ids.new("com"), now)])
        else:
            tx.raise_alarm(_alarm(held, "release_overdue", now))

    def _leave(self, tx: Transaction, held: Communication, granted: Release, now: datetime) -> None:
        waiting = pending(tx, held)
        tx.save_releases([granted])
        move(tx, held, CommunicationState.RELEASED, now, granted.reason)
        tx.move_messages(held.id, MessageState.HELD, MessageState.QUEUED, now)
        promised = promises.announced(waiting, now)
        left(tx, held, promised, self._ids, now, self._prospects)
        # It waited: what it states may have been put right meanwhile.
        tx.await_correction_check(held.incident, now)
        tx.clear_alarm(f"release:{held.id}", now)

    def _stop(self, tx: Transaction, held: Communication, why: Reason, now: datetime) -> None:
        """It will not be sent; announced news that somebody stopped is due again one wait later."""
        move(tx, held, CommunicationState.SKIPPED, now, why)
        tx.move_messages(held.id, MessageState.HELD, MessageState.CANCELLED, now)
        promises.withdraw(tx, pending(tx, held), now)
        if held.scheduled:
            follow_on(tx, held, self._library.rules.cadence, self._ids.new("com"), now)
        tx.clear_alarm(f"release:{held.id}", now)


def pending(tx: Transaction, held: Communication) -> list[Promise]:
    """The times in a text that is held."""
    return [p for p in tx.pending_promises(held.incident) if p.communication == held.id]


def _usual(held: Communication, now: datetime) -> Agreement:
    """For what was held before there were agreements: one person."""
    demand = Demand(mode=Mode.ONE_PERSON, rule=held.rule)
    return Agreement(communication=held.id, incident=held.incident, demand=demand, opened_at=now)


def _groups(tx: Transaction, agreement: Agreement, voter: Voter) -> Collection[str]:
    if not voter.person:
        return ()
    asked = tx.groups(list(agreement.demand.groups))
    person = tx.people([voter.id]).get(voter.id)
    own = set(person.groups) if person else set()
    return own | {name for name, group in asked.items() if voter.id in group.members}


def _alarm(held: Communication, code: str, now: datetime) -> Alarm:
    return Alarm(
        key=f"release:{held.id}",
        code=code,
        values={"kind": held.kind.value, "audience": held.audience},
        raised_at=now,
        incident=held.incident,
    )

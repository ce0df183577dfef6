"""Promises that are due: first whoever is in charge is reminded, then a time that passed is broken."""

from __future__ import annotations

from datetime import datetime

from ..domain.communication import Communication, Kind, Lane, Reason
from ..domain.incident import Incident
from ..domain.keys import promise_key
from ..domain.promise import Promise, PromiseState
from ..domain.service_clock import GOING, What
from ..ports import Alarm, Clock, Ids, Store, Transaction
from .promises import FIRST_CONTACT, NEXT_UPDATE

BATCH = 20
"""Settled in one transaction: events wait for the one writer meanwhile."""
OWNER = "owner"
RULE = "promise-warning"


class Promises:
    """The worker behind the rows of announced times."""

    def __init__(self, store: Store, clock: Clock, ids: Ids) -> None:
        self._store, self._clock, self._ids = store, clock, ids

    def turn(self) -> bool:
        """True when something was due."""
        now = self._clock.now()
        with self._store.read() as tx:
            if not tx.due_promises(now, 1):
                return False
        with self._store.write() as tx:
            due = tx.due_promises(now, BATCH)
            for promise in due:
                if promise.promised_at <= now:
                    self._break(tx, promise, now)
                else:
                    self._warn(tx, promise, now)
        return bool(due)

    def _break(self, tx: Transaction, promise: Promise, now: datetime) -> None:
        broken = {"state": PromiseState.BROKEN, "settled_at": now}
        tx.save_promises([promise.model_copy(update=broken)])
        tx.raise_alarm(_alarm(promise, tx.incident(promise.incident), now))

    def _warn(self, tx: Transaction, promise: Promise, now: datetime) -> None:
        """Once for a time, however many audiences it was told to; and audiences whose times differ by
        little do not make a reminder each."""
        told = any(
            other.warned and (other.what, other.promised_at) == (promise.what, promise.promised_at)
            for other in tx.open_promises(promise.incident)
        )
        told = told or self._reminded_lately(tx, promise, now) or _on_a_card(tx, promise)
        seen = {"warned": True, "due_at": promise.promised_at}
        tx.save_promises([promise.model_copy(update=seen)])
        if not told:
            tx.add_communications([self._warning(promise, now)])

    def _reminded_lately(self, tx: Transaction, promise: Promise, now: datetime) -> bool:
        apart = (promise.promised_at - promise.made_at) / 2
        told = tx.kinds_told(promise.incident, OWNER) if promise.what == NEXT_UPDATE else []
        return any(kind == Kind.PROMISE_WARNING and now - at < apart for kind, at in told)

    def _warning(self, promise: Promise, now: datetime) -> Communication:
        return Communication(
            id=self._ids.new("com"),
            incident=promise.incident,
            kind=Kind.PROMISE_WARNING,
            audience=OWNER,
            rule=RULE,
            reason=Reason(code="promise_due"),
            lane=Lane.URGENT,
            must=True,
            due_at=now,
            created_at=now,
            events=(),
            promise=promise.id,
        )


def _on_a_card(tx: Transaction, promise: Promise) -> bool:
    """The clock of the response warns of the first contact, while it runs: once is enough."""
    if promise.what != FIRST_CONTACT:
        return False
    return any(
        clock.what is What.RESPONSE and clock.state in GOING and clock.stages
        for clock in tx.service_clocks(promise.incident)
    )


def alarm_key(promise: Promise) -> str:
    """A time that several audiences were told is one alarm."""
    return promise_key(promise.incident, promise.what, promise.promised_at.isoformat())


def _alarm(promise: Promise, incident: Incident | None, now: datetime) -> Alarm:
    return Alarm(
        key=alarm_key(promise),
        code="promise_broken",
        values={
            "number": incident.number if incident else promise.incident,
            "what": promise.what,
            "promised_at": promise.promised_at.isoformat(),
        },
        raised_at=now,
        incident=promise.incident,
    )

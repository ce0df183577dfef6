"""Is an announced time being kept? Made when a text that names it is released, settled by events."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime

from ..domain.communication import Communication
from ..domain.events import Closed, Event, Noted, Resolved, StateChanged
from ..domain.facts import Brief
from ..domain.incident import Incident
from ..domain.promise import Promise, PromiseState
from ..drafting.spoken import promised
from ..ports import Alarm, Clock, Ids, Store, Transaction

BATCH = 100
_ANSWERS = (StateChanged, Resolved, Closed)
"""Events that show work on the ticket. That it was given to somebody is not yet the contact that
`first_contact_by` announces."""
FIRST_CONTACT = "first_contact_by"
RESULT = "expected_at"


def made(
    communication: Communication,
    brief: Brief,
    slots: Iterable[str],
    zones: Collection[str],
    ids: Ids,
    now: datetime,
) -> list[Promise]:
    """The promises in a text: one for each announced time. What counts is the time as it was told,
    which is rounded down; where readers' zones differ, the earliest that one of them was told."""
    told = {
        slot: min(promised(fact.value, now, zone) for zone in zones)
        for slot in slots
        if (fact := brief.find(slot)) is not None
        and isinstance(fact.value, datetime)
        and fact.value > now
    }
    return [
        Promise(
            id=ids.new("prm"),
            incident=communication.incident,
            communication=communication.id,
            what=slot,
            promised_at=promised_at,
            due_at=promised_at,
            made_at=now,
        )
        for slot, promised_at in told.items()
    ]


def keep(tx: Transaction, promised: list[Promise]) -> None:
    """Store new promises; a new time for the same thing withdraws the one before, and the same time
    told again is one promise."""
    if not promised:
        return
    open_now = tx.open_promises(promised[0].incident)
    told = {(p.what, p.promised_at) for p in open_now}
    new = [p for p in promised if (p.what, p.promised_at) not in told]
    renewed = {p.what for p in new}
    tx.save_promises(
        [_settled(p, PromiseState.WITHDRAWN, new[0].made_at) for p in open_now if p.what in renewed]
    )
    tx.save_promises(new)


def hold(tx: Transaction, promised: Sequence[Promise]) -> None:
    """Times in a text that is held: kept, and watched only once it is released."""
    tx.add_promises([p.model_copy(update={"state": PromiseState.PENDING}) for p in promised])


def announce(tx: Transaction, pending: Sequence[Promise], now: datetime) -> None:
    """The text is released: its times count from now on."""
    opened = {"state": PromiseState.OPEN, "made_at": now}
    keep(tx, [p.model_copy(update=opened) for p in pending])


def withdraw(tx: Transaction, pending: Sequence[Promise], now: datetime) -> None:
    """What a discarded text would have announced binds nobody."""
    tx.save_promises([_settled(p, PromiseState.WITHDRAWN, now) for p in pending])


def settle(tx: Transaction, event: Event, incident: Incident, now: datetime) -> None:
    """Promises that this event keeps, or keeps too late."""
    if not _answers(event):
        return
    over = isinstance(event.data, Resolved | Closed)
    kept = [p for p in tx.open_promises(incident.id) if p.what == FIRST_CONTACT or over]
    tx.save_promises([_settled(p, _judge(p, event.occurred_at), now) for p in kept])


def _answers(event: Event) -> bool:
    note = isinstance(event.data, Noted) and event.data.visibility == "requester"
    return note or isinstance(event.data, _ANSWERS)


def _judge(promise: Promise, done_at: datetime) -> PromiseState:
    return PromiseState.KEPT if done_at <= promise.promised_at else PromiseState.BROKEN


def _settled(promise: Promise, state: PromiseState, now: datetime) -> Promise:
    return promise.model_copy(update={"state": state, "settled_at": now})


class Promises:
    """The worker: a time that passed unkept is recorded as broken, and somebody is told."""

    def __init__(self, store: Store, clock: Clock) -> None:
        self._store, self._clock = store, clock

    def turn(self) -> bool:
        now = self._clock.now()
        with self._store.read() as tx:
            if not tx.due_promises(now, 1):
                return False
        with self._store.write() as tx:
            due = tx.due_promises(now, BATCH)
            tx.save_promises([_settled(p, PromiseState.BROKEN, now) for p in due])
            for promise in due:
                tx.raise_alarm(_alarm(promise, tx.incident(promise.incident), now))
        return bool(due)


def _alarm(promise: Promise, incident: Incident | None, now: datetime) -> Alarm:
    return Alarm(
        key=f"promise:{promise.id}",
        code="promise_broken",
        values={
            "number": incident.number if incident else promise.incident,
            "what": promise.what,
            "promised_at": promise.promised_at.isoformat(),
        },
        raised_at=now,
        incident=promise.incident,
    )

"""Is an announced time being kept? Made when a text that names it is released, settled by what follows."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime

from ..domain.communication import NEWS_OF_MAJOR, Communication
from ..domain.events import Closed, Event, Noted, Resolved, StateChanged
from ..domain.facts import Brief
from ..domain.incident import Incident
from ..domain.promise import Promise, PromiseState
from ..domain.review_events import ReviewPublished
from ..drafting.spoken import promised
from ..policy.cadence import warns_at
from ..ports import Ids, Transaction

_ANSWERS = (StateChanged, Resolved, Closed)
"""Events that show work on the ticket. That it was given to somebody is not yet the contact that
`first_contact_by` announces."""
FIRST_CONTACT = "first_contact_by"
NEXT_UPDATE = "next_update"
REVIEW = "review_by"
_OF_TICKET = frozenset({FIRST_CONTACT, "expected_at", "close_at"})


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
            audience=communication.audience,
            what=slot,
            promised_at=promised_at,
            due_at=warns_at(promised_at, now),
            made_at=now,
        )
        for slot, promised_at in told.items()
    ]


def keep(tx: Transaction, promised: Sequence[Promise]) -> None:
    """Store new promises; a new time for the same thing withdraws the one before, and the same time
    told again is one promise."""
    if not promised:
        return
    open_now = tx.open_promises(promised[0].incident)
    new = [p for p in promised if not any(_same_thing(p, o) and _same_time(p, o) for o in open_now)]
    replaced = [o for o in open_now if any(_same_thing(p, o) for p in new)]
    if new:
        _save(tx, replaced, PromiseState.WITHDRAWN, new[0].made_at)
    tx.save_promises(new)


def _same_thing(one: Promise, other: Promise) -> bool:
    # A promise of an older release names no audience.
    return one.what == other.what and other.audience in ("", one.audience)


def _same_time(one: Promise, other: Promise) -> bool:
    return one.promised_at == other.promised_at


def hold(tx: Transaction, promised: Sequence[Promise]) -> None:
    """Times in a text that is held: kept, and watched only once it is released."""
    tx.add_promises([p.model_copy(update={"state": PromiseState.PENDING}) for p in promised])


def announced(pending: Sequence[Promise], now: datetime) -> list[Promise]:
    """The text is released: its times count from now on."""
    opened = {"state": PromiseState.OPEN, "made_at": now}
    return [
        p.model_copy(update={**opened, "due_at": warns_at(p.promised_at, now)}) for p in pending
    ]


def withdraw(tx: Transaction, pending: Sequence[Promise], now: datetime) -> None:
    """What a discarded text would have announced binds nobody."""
    _save(tx, pending, PromiseState.WITHDRAWN, now)


def settle(tx: Transaction, event: Event, incident: Incident, now: datetime) -> None:
    """Promises about a ticket that this event keeps, keeps too late, or makes needless."""
    if isinstance(event.data, ReviewPublished):
        kept = [p for p in tx.open_promises(incident.id) if p.what == REVIEW]
        for promise in kept:
            _save(tx, [promise], _judge(promise, event.occurred_at), now)
        return
    if not _answers(event):
        return
    over = isinstance(event.data, Resolved | Closed)
    done = _OF_TICKET if over else {FIRST_CONTACT}
    for promise in tx.open_promises(incident.id):
        if promise.what in done:
            _save(tx, [promise], _outcome(promise, event), now)
        elif (
            promise.what == NEXT_UPDATE
            and isinstance(event.data, Closed)
            and not _awaited(incident)
        ):
            # Whoever closed it says that no more news will come.
            _save(tx, [promise], PromiseState.WITHDRAWN, now)


def settle_news(tx: Transaction, told: Communication, now: datetime) -> None:
    """Something left for an audience: that is the update which was promised to it, in time or late."""
    if told.kind not in NEWS_OF_MAJOR:
        return
    for promise in [*tx.open_promises(told.incident), *tx.broken_promises(told.incident)]:
        if promise.what == NEXT_UPDATE and promise.audience == told.audience:
            _save(tx, [promise], _judge(promise, now), now)


def drop_news(tx: Transaction, untold: Communication, now: datetime) -> None:
    """Nobody waits for news any more: what was promised for later is not due."""
    for promise in tx.open_promises(untold.incident):
        mine = promise.what == NEXT_UPDATE and promise.audience == untold.audience
        if mine and promise.promised_at > now:
            _save(tx, [promise], PromiseState.WITHDRAWN, now)


def drop_own(
    tx: Transaction, tickets: Collection[str], whats: Collection[str], now: datetime
) -> None:
    """They wait for the end of a major incident: what was announced for them alone is not due any more."""
    moot = [p for p in tx.open_promises(*tickets) if p.what in whats and p.promised_at > now]
    _save(tx, moot, PromiseState.WITHDRAWN, now)


def keep_by_hand(tx: Transaction, promise: Promise, now: datetime) -> None:
    """Somebody says that it was done, in time or late: for every audience that was told this time."""
    alike = [*tx.open_promises(promise.incident), *tx.broken_promises(promise.incident)]
    for other in alike:
        if (other.what, other.promised_at) == (promise.what, promise.promised_at):
            _save(tx, [other], _judge(other, now), now)


def _awaited(incident: Incident) -> bool:
    return incident.major is not None and incident.major.is_told


def _answers(event: Event) -> bool:
    note = isinstance(event.data, Noted) and event.data.visibility == "requester"
    return note or isinstance(event.data, _ANSWERS)


def _outcome(promise: Promise, event: Event) -> PromiseState:
    """Whoever was helped by an article waits for none of it: nobody has kept it, nor need they. What was
    overdue by then is late all the same."""
    judged = _judge(promise, event.occurred_at)
    by_article = isinstance(event.data, Closed) and event.data.solved_by is not None
    return PromiseState.WITHDRAWN if by_article and judged is PromiseState.KEPT else judged


def _judge(promise: Promise, done_at: datetime) -> PromiseState:
    return PromiseState.KEPT if done_at <= promise.promised_at else PromiseState.LATE


def _save(tx: Transaction, promises: Iterable[Promise], state: PromiseState, now: datetime) -> None:
    settled = {"state": state, "settled_at": now}
    tx.save_promises([p.model_copy(update=settled) for p in promises])

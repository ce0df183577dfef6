"""Who waits for news of a major incident, and until when? What a communication adds to the record, and
what follows once it has left.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from ..domain.communication import (
    NEWS_OF_MAJOR,
    Awaited,
    Communication,
    CommunicationState,
    Kind,
    Lane,
    Reason,
)
from ..domain.facts import Fact, Level, ValueKind
from ..domain.promise import Promise
from ..domain.times import from_text
from ..drafting.text_record import fact_of_text
from ..policy.cadence import Cadence, leaves_at, next_update
from ..ports import Ids, Transaction
from . import promises
from .checked import NEWS_AT
from .gather import Subject
from .reviews.reminders import facts_of_action
from .writing.waits import Prospects, await_prose


def facts_of_ledger(subject: Subject, cadence: Cadence, now: datetime) -> tuple[Fact, ...]:
    """What the record of the incident does not hold: when they were told something new last, when they will be told
    next, and the promise that a warning is about."""
    c, promise = subject.communication, subject.promise
    found: list[Fact | None] = []
    if c.kind in NEWS_OF_MAJOR:
        since = promise.promised_at if c.scheduled and promise else c.due_at
        ahead = next_update(cadence, subject.incident, since, now)
        since_then = subject.told.get(NEWS_AT)
        before = from_text(since_then) if since_then else subject.told_at
        # A machine whose clock was set back has told something in its own future.
        before = before if before and before <= now else None
        found += [
            _time(subject, "previous_update", before),
            _time(subject, "next_update", ahead),
        ]
    if c.kind is Kind.PROMISE_WARNING and promise is not None:
        found += [
            fact_of_text(c, "due_what", ValueKind.STATE, f"due.{promise.what}", Level.PUBLIC),
            _time(subject, "due_at", promise.promised_at),
        ]
    if subject.action is not None:
        found += facts_of_action(subject, subject.action, now)
    return tuple(fact for fact in found if fact is not None)


def left(
    tx: Transaction,
    told: Communication,
    promised: Sequence[Promise],
    ids: Ids,
    now: datetime,
    prospects: Prospects,
) -> None:
    """A communication was released: it keeps what was promised, and its own promises begin. The next
    update is planned from it, in place of the one that was planned before."""
    if told.kind in NEWS_OF_MAJOR:
        promises.settle_news(tx, told, now)
        _replace_scheduled(tx, told, now)
    promises.keep(tx, promised)
    ahead = [p for p in promised if p.what == promises.NEXT_UPDATE]
    within = prospects.of_update(tx, told.incident, told.audience) if ahead else None
    planned = [_scheduled(told, promise, ids, now, prose=within is not None) for promise in ahead]
    tx.add_communications(planned)
    for one in planned if within is not None else ():
        await_prose(tx, one, within, now)


def _replace_scheduled(tx: Transaction, told: Communication, now: datetime) -> None:
    for planned in tx.planned(told.incident):
        if planned.scheduled and planned.audience == told.audience:
            tx.settle_communication(
                planned,
                CommunicationState.SKIPPED,
                at=now,
                outcome=Reason(code="told_meanwhile"),
            )


def _scheduled(
    told: Communication, promise: Promise, ids: Ids, now: datetime, *, prose: bool
) -> Communication:
    """It leaves at its time, and waits for nobody: a model is asked before."""
    due_at = leaves_at(promise.promised_at, now, promise.incident)
    return Communication(
        id=ids.new("com"),
        incident=told.incident,
        kind=Kind.UPDATE,
        audience=told.audience,
        channels=told.channels,
        rule=told.rule,
        rules=told.rules,
        reason=Reason(code="scheduled_update"),
        release=told.release,
        lane=Lane.URGENT,
        due_at=due_at,
        created_at=now,
        events=told.events[-1:],
        dependents=told.dependents,
        scheduled=True,
        promise=promise.id,
        awaits=Awaited.PROSE if prose else None,
        ready_at=due_at if prose else None,
    )


def _time(subject: Subject, name: str, moment: datetime | None) -> Fact | None:
    if moment is None:
        return None
    return fact_of_text(subject.communication, name, ValueKind.TIME, moment, Level.PUBLIC)

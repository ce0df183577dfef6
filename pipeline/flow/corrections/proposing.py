"""An incident is to be looked at: which corrections are proposed from now on, and which are withdrawn?

Everything is worked out without a lock, and written only if nobody else has looked meanwhile. Looking
again finds the same, and changes nothing.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

import structlog

from ...domain.communication import (
    Communication,
    CommunicationState,
    Kind,
    Lane,
    Reason,
)
from ...domain.correction import Correction
from ...domain.message import MessageState
from ...drafting.wrong_values import Period, wrong_values
from ...ports import Clock, Ids, Store, Transaction
from ..library import Library
from .owed import Ledger, Owed, owed, under_way, wrong_texts

QUEUE = "corrections"
RULE = "corrections"
BATCH = 20
AGAIN = timedelta(minutes=5)
"""A wrong statement that is still under way is looked for again then."""
OPEN = (CommunicationState.PLANNED, CommunicationState.HELD, CommunicationState.PARKED)
log = structlog.get_logger(__name__)


@dataclass(frozen=True, kw_only=True)
class _Found:
    """What is owed of which period, and what is there: `open` ones are no longer wanted, or are wanted still."""

    owed: tuple[tuple[Owed, Period], ...]
    open: tuple[tuple[Communication, Correction], ...]
    discarded: frozenset[str]
    under_way: bool


class Proposals:
    """The worker behind the rows of incidents whose facts were put right."""

    def __init__(
        self,
        *,
        store: Store,
        clock: Clock,
        ids: Ids,
        library: Library,
        wake: Callable[[], None],
    ) -> None:
        """`wake` is for whoever drafts what is proposed."""
        self._store, self._clock, self._ids = store, clock, ids
        self._library, self._wake = library, wake

    def turn(self) -> bool:
        """True when an incident was due."""
        with self._store.read() as tx:
            due = tx.due_correction_checks(self._clock.now(), BATCH)
        for incident, due_at in due:
            self._look(incident, due_at)
        return bool(due)

    def _look(self, incident: str, due_at: datetime) -> None:
        now = self._clock.now()
        with self._store.read() as tx:
            found = self._find(tx, incident)
        proposed = [_proposed(incident, *one, self._ids.new("com"), now) for one in found.owed]
        wanted = [one for one in proposed if one[1].content not in found.discarded]
        kept = {one.sameness for _, one in wanted} & {c.sameness for _, c in found.open}
        with self._store.write() as tx:
            # Whoever deletes the row writes: two that look at once propose once.
            if not tx.end_correction_check(incident, due_at):
                return
            for communication, correction in found.open:
                if correction.sameness not in kept:
                    _withdraw(tx, communication, now)
            new = [one for one in wanted if one[1].sameness not in kept]
            tx.add_communications([communication for communication, _ in new])
            tx.save_corrections([correction for _, correction in new])
            if found.under_way:
                tx.await_correction_check(incident, now + AGAIN)
        if new:
            log.info("corrections proposed", incident=incident, count=len(new))
            self._wake()

    def _find(self, tx: Transaction, incident: str) -> _Found:
        rules = self._library.rules.corrections
        known = tx.corrections_of(incident)
        rows = {c.communication: tx.communication(c.communication) for c in known}
        pairs = [(row, c) for c in known if (row := rows[c.communication]) is not None]
        periods = wrong_values(tx.stream(incident), rules.may_right)
        said = tx.statements(incident) if periods else []
        told = [[one for one in said if period.holds(one)] for period in periods]
        texts = [
            wrong_texts(mine, period.wrong, rules)
            for period, mine in zip(periods, told, strict=True)
        ]
        named = {rendition for found in texts for rendition in found}
        told_by = {one.ticket or incident for one in said if one.rendition in named}
        messages = tx.messages_of_texts(told_by, named)
        released = [c for row, c in pairs if row.state is CommunicationState.RELEASED]
        ledgers = [
            Ledger(
                statements=mine,
                messages=messages,
                released=[c for c in released if c.since in (None, period.since)],
            )
            for period, mine in zip(periods, told, strict=True)
        ]
        return _Found(
            owed=tuple(
                (due, period)
                for period, ledger in zip(periods, ledgers, strict=True)
                for due in owed(ledger, period.wrong, rules)
            ),
            open=tuple((row, c) for row, c in pairs if row.state in OPEN),
            discarded=frozenset(c.content for row, c in pairs if _by_person(row)),
            under_way=any(map(under_way, ledgers, texts)),
        )


def _proposed(
    incident: str, one: Owed, period: Period, name: str, now: datetime
) -> tuple[Communication, Correction]:
    known = [period.wrong[i.attribute] for i in one.items]
    newest = sorted(known, key=lambda w: (w.known_at, w.event), reverse=True)
    communication = Communication(
        id=name,
        incident=incident,
        kind=Kind.CORRECTION,
        audience=one.audience,
        rule=RULE,
        reason=Reason(code="told_wrongly", values={"recipients": str(len(one.recipients))}),
        release="one_person",
        lane=Lane.ROUTINE,
        due_at=now,
        created_at=now,
        events=tuple(dict.fromkeys(w.event for w in known)),
    )
    return communication, Correction(
        communication=name,
        incident=incident,
        audience=one.audience,
        items=one.items,
        known_at=newest[0].known_at,
        event=newest[0].event,
        why=next((w.why for w in newest if w.why is not None), None),
        at=now,
        recipients=one.recipients,
        since=period.since,
    )


def _withdraw(tx: Transaction, communication: Communication, now: datetime) -> None:
    """What it would have said is not so, or others are to be told too."""
    outcome = Reason(code="correction_withdrawn")
    if tx.settle_communication(communication, CommunicationState.SKIPPED, at=now, outcome=outcome):
        tx.move_messages(communication.id, MessageState.HELD, MessageState.CANCELLED, now)
        tx.clear_alarm(f"communication:{communication.id}", now)


def _by_person(row: Communication) -> bool:
    """Somebody looked at it and put it aside: it is not proposed again."""
    outcome = row.outcome
    put_aside = row.state is CommunicationState.SKIPPED and outcome is not None
    return put_aside and outcome is not None and outcome.code == "discarded_by_person"

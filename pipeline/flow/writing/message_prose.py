"""A message waits for a model's words: what does a model make of its facts, in time?

Off the way of every message: one leaves when this is done, and in its fixed words when it is late
(`prose_within` of its rule). No transaction is open while a model is asked.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import Executor, Future
from datetime import datetime, timedelta
from threading import Lock
from typing import Protocol
from zoneinfo import ZoneInfo

import structlog

from ...domain.communication import Communication, CommunicationState, Reason
from ...domain.passage import Passage
from ...drafting.prose.told import States
from ...ports import Clock, Store, Transaction
from ..drafter import Drafter
from ..early import leave
from ..gather import Subject, gather
from ..material import Material, digest_of, in_words
from .model_writer import WITHIN, Commission
from .passages import PairRung, both_of, passage_of
from .remarks import Check
from .waits import QUEUE

MOST_AT_ONCE = 8
"""Messages for which models are asked at the same time: as many as an incident has readers of, and more."""
LEASE = timedelta(minutes=5)
"""Longer than any message waits: whoever comes back after that finds it gone, and asks nobody."""
MOST_TRIES = 3

log = structlog.get_logger(__name__)


class PairWriters(Protocol):
    """Who writes a part of a message, and who judges it."""

    @property
    def states(self) -> States: ...

    @property
    def check(self) -> Check: ...

    def pairs(self, commission: Commission) -> Sequence[PairRung]:
        """The models' steps that may be asked for it, in order."""


class ProseWriting:
    """The worker between planned messages and chat models."""

    def __init__(
        self,
        *,
        store: Store,
        clock: Clock,
        drafter: Drafter,
        writers: PairWriters,
        executor: Executor,
        zone: str,
        wake: Callable[[], None],
        ring: Callable[[], None],
    ) -> None:
        """`wake` is for what waited; `ring` for this worker, when there is room again."""
        self._store, self._clock, self._drafter = store, clock, drafter
        self._writers, self._executor, self._zone = writers, executor, ZoneInfo(zone)
        self._wake, self._ring = wake, ring
        self._under_way, self._counting, self._closing = 0, Lock(), False

    def turn(self) -> bool:
        """True when a model was to be asked."""
        now, room = self._clock.now(), MOST_AT_ONCE - self._under_way
        due_at = self.next_due()
        if room <= 0 or due_at is None or due_at > now:
            return False
        with self._store.write() as tx:
            claimed = tx.claim_prose(now, LEASE, room)
        for communication_id, tries in claimed:
            with self._counting:
                self._under_way += 1
            done = self._executor.submit(self._settle, communication_id, tries)
            done.add_done_callback(self._landed)
        return bool(claimed)

    def next_due(self) -> datetime | None:
        """None while there is no room."""
        if self._under_way >= MOST_AT_ONCE:
            return None
        with self._store.read() as tx:
            return tx.next_due(QUEUE)

    def close(self) -> None:
        """What a model still says is dropped: the store may be closed, and somebody else's. The row is due
        again."""
        self._closing = True
        self._executor.shutdown(wait=False, cancel_futures=True)

    def _landed(self, done: Future[None]) -> None:
        with self._counting:
            self._under_way -= 1
        if not done.cancelled() and (failed := done.exception()) is not None:
            # The row comes back when its lease ends; the message leaves in its own time.
            log.error("what a model wrote could not be kept", exc_info=failed)
        self._ring()

    def _settle(self, communication_id: str, tries: int) -> None:
        """Whatever happens on the way, the message leaves; the log says what it was."""
        removals = 0
        try:
            with self._store.read() as tx:
                found = tx.communication(communication_id)
                removals = tx.removals(found.incident) if found else 0
                subject = self._subject(tx, found)
            passage = self._passage(subject, tries)
        except Exception as failed:
            log.exception("no model was asked", communication=communication_id)
            passage = self._none("step_fault", fault=type(failed).__name__)
        if self._closing:
            return
        with self._store.write() as tx:
            waiting = tx.communication(communication_id)
            is_as_read = waiting is None or tx.none_removed_since(waiting.incident, removals)
            # Another one may have the row by now: what waits, waits for that one.
            mine = tx.settle_prose(communication_id, tries, passage)
            if waiting is not None and not is_as_read:
                # Written from words that were taken away meanwhile: the message has its fixed ones.
                tx.forget_words_of_models(waiting.incident)
            if mine and waiting is not None and waiting.state is CommunicationState.PLANNED:
                leave(tx, waiting, self._clock.now())
        self._wake()

    def _subject(self, tx: Transaction, found: Communication | None) -> Subject | None:
        if found is None or found.state is not CommunicationState.PLANNED:
            return None
        return next(iter(gather(tx, [found])), None)

    def _passage(self, subject: Subject | None, tries: int) -> Passage:
        if subject is None:
            return self._none("prose_left")
        if tries > MOST_TRIES:
            return self._none("prose_asker_died")
        now = self._clock.now()
        if subject.communication.due_at <= now:
            return self._none("prose_too_late")
        material = self._drafter.material(subject, now)
        if material is None:
            return self._none("prose_nobody")
        return self._asked(material, now)

    def _asked(self, material: Material, now: datetime) -> Passage:
        c, writers = material.subject.communication, self._writers
        told = in_words(material)
        tells = self._drafter.in_place(material, now)
        if not tells:
            return self._none("prose_nothing_better")
        if not tells <= {fact.id for fact in told.facts}:
            return self._none("prose_not_in_words")
        commission = Commission(
            of=c.id,
            incident=c.incident,
            audience=c.audience,
            purpose=c.kind.value,
            patience=lambda: self._left(c),
        )
        return passage_of(
            both_of(material, tells, now=now, zone=self._zone),
            tells,
            writers.pairs(commission),
            checks=(writers.check,),
            states=writers.states,
            digest=digest_of(told),
            now=now,
        )

    def _left(self, waiting: Communication) -> float:
        """Seconds until the message leaves without."""
        if self._closing:
            return 0.0
        return min(WITHIN, (waiting.due_at - self._clock.now()).total_seconds())

    def _none(self, code: str, **values: str) -> Passage:
        return Passage(at=self._clock.now(), why_not=Reason(code=code, values=values))

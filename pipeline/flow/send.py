"""A queued message is handed over, with a record before and after (law 3).

One turn closes the attempts that have ended and claims new messages in a single commit; the channel is
called after that commit, never inside a transaction. Whatever ends meanwhile is closed together by the
next turn, so that the commits are shared the more the busier it is.
"""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Executor, Future
from datetime import datetime, timedelta
from threading import Lock

from ..delivery.plan import PAGE
from ..delivery.retry import abandoned, outcome_of
from ..domain.errors import ChannelError, HeliographError, Rejected, Retryable, Unavailable
from ..domain.message import Attempt, Finished, Message, MessageState, Receipt
from ..ports import Alarm, Channel, Clock, Store, Transaction
from .finish import Finisher
from .portal.bouncing import suspend_failing

LEASE = timedelta(minutes=5)
"""Longer than any channel's time-out with its queue before it: a live attempt is never given up."""
_NEEDS_PERSON = {
    MessageState.REJECTED: "channel_rejected",
    MessageState.PARKED: "channel_rejected",
    MessageState.MAYBE_SENT: "maybe_sent",
}
_GIVEN_UP = (MessageState.REJECTED, MessageState.PARKED)
Ended = tuple[Message, Attempt, Receipt | Exception]


class Sender:
    """Hands over the messages of one channel. `window` bounds how many are in flight at once."""

    def __init__(
        self,
        *,
        store: Store,
        channel: Channel,
        clock: Clock,
        finisher: Finisher,
        executor: Executor,
        window: int,
        ring: Callable[[], None],
    ) -> None:
        self._store, self._channel, self._clock = store, channel, clock
        self._finisher, self._executor, self._window, self._ring = finisher, executor, window, ring
        self._flying: dict[str, Future[Ended]] = {}
        self._landed = 0
        self._counting = Lock()
        self._closing = False

    @property
    def channel(self) -> str:
        return self._channel.name

    def turn(self) -> bool:
        """True when something was closed or claimed."""
        now = self._clock.now()
        with self._counting:
            self._landed = 0
        ended = [f.result() for f in list(self._flying.values()) if f.done()]
        room = self._window - len(self._flying) + len(ended)
        claims = room >= self._window // 2 and self._is_due(now)
        return self._commit(ended, room if claims else 0, now) if ended or claims else False

    def close(self) -> None:
        """What has begun is ended and recorded; what has not begun is due again."""
        self._closing = True
        self._executor.shutdown(wait=True)
        ended = [future.result() for future in self._flying.values()]
        if ended:
            self._commit(ended, 0, self._clock.now())

    def _is_due(self, now: datetime) -> bool:
        """Looked up without the writer's turn, for which events wait."""
        with self._store.read() as tx:
            due_at = tx.next_due(f"messages:{self._channel.name}")
        return due_at is not None and due_at <= now

    def _commit(self, ended: list[Ended], room: int, now: datetime) -> bool:
        with self._store.write() as tx:
            finished = [self._close(item, now) for item in ended] + self._find_abandoned(tx, now)
            tx.finish_attempts(finished)
            _tell_of_failures(tx, finished, now)
            suspend_failing(tx, _failed(ended, finished), now)
            if finished and self._channel.name == PAGE:
                tx.count_published()
            claimed = tx.claim_messages(self._channel.name, now, LEASE, room) if room else []
            self._finisher.prepare(tx, [message for message, _ in claimed])
        for message, _, _ in ended:
            del self._flying[message.id]
        for message, attempt in claimed:
            future = self._executor.submit(self._hand_over, message, attempt)
            self._flying[message.id] = future
            future.add_done_callback(self._land)
        return bool(finished or claimed)

    def _land(self, _: Future[Ended]) -> None:
        """Ring when a commit is worth it: when all have ended, or enough of them to share one."""
        with self._counting:
            self._landed += 1
            enough = self._landed >= min(self._window // 4, len(self._flying))
        if enough:
            self._ring()

    def _hand_over(self, message: Message, attempt: Attempt) -> Ended:
        if self._closing:
            return message, attempt, Retryable("not begun: the process was ending")
        try:
            finished = self._finisher.finish(message)
        except Unavailable as later:
            return message, attempt, Retryable(f"the text could not be read ({later})")
        except HeliographError as unusable:
            return message, attempt, Rejected(f"the text could not be finished: {unusable}")
        except Exception as unforeseen:
            # Nothing was sent yet, so trying again does no harm.
            why = type(unforeseen).__name__
            return message, attempt, Retryable(f"the text could not be read ({why})")
        try:
            return message, attempt, self._channel.send(finished)
        except ChannelError as failed:
            return message, attempt, failed
        except Exception as unforeseen:
            # A value from here on: `outcome_of` records it, so that nothing is lost in a thread.
            return message, attempt, unforeseen

    def _close(self, item: Ended, now: datetime) -> Finished:
        message, attempt, result = item
        return outcome_of(result, message, attempt, idempotent=self._channel.idempotent, now=now)

    def _find_abandoned(self, tx: Transaction, now: datetime) -> list[Finished]:
        """Attempts whose process died between the two records."""
        lost = tx.abandoned_messages(self._channel.name, now, self._window)
        idempotent = self._channel.idempotent
        return [
            abandoned(message, attempt, channel_idempotent=idempotent, now=now)
            for message, attempt in lost
            if message.id not in self._flying
        ]


def _failed(ended: list[Ended], finished: list[Finished]) -> list[Message]:
    """Those that were given up."""
    lost = {f.attempt.message for f in finished if f.state in _GIVEN_UP}
    return [message for message, _, _ in ended if message.id in lost]


def _tell_of_failures(tx: Transaction, finished: list[Finished], now: datetime) -> None:
    for one in finished:
        code = _NEEDS_PERSON.get(one.state)
        if code is None:
            continue
        values = {"message": one.attempt.message, "detail": one.attempt.detail}
        key = f"message:{one.attempt.message}"
        tx.raise_alarm(Alarm(key=key, code=code, values=values, raised_at=now))

"""An attempt has ended: what becomes of its message, and when is it tried again?

Every number of the back-off is in `BACKOFF`. Jitter comes from the message's key, so that a replay
waits as long (law 13) and a thousand messages to one broken relay do not come back together.
"""

from __future__ import annotations

import hashlib
import math
from dataclasses import dataclass
from datetime import datetime, timedelta

from pipeline.domain.errors import Ambiguous, ChannelError, Rejected, Retryable
from pipeline.domain.message import Attempt, Finished, Message, MessageState, Outcome, Receipt


@dataclass(frozen=True, kw_only=True)
class Backoff:
    """Waits double from `first` to `longest`, each shortened by up to `jitter` of itself."""

    first: timedelta
    longest: timedelta
    longest_named: timedelta
    """What a far side may ask for in Retry-After; more than this is taken as this."""
    jitter: float
    most_tries: int
    within: timedelta
    """After its creation a message is given up, and a person is told …"""
    fewest_tries: int
    """… but not before so many tries: ours may have been the side that was away."""


BACKOFF = Backoff(
    first=timedelta(seconds=5),
    longest=timedelta(minutes=30),
    longest_named=timedelta(hours=6),
    jitter=0.25,
    most_tries=60,
    within=timedelta(hours=24),
    fewest_tries=5,
)


def next_try(
    tries: int,
    error: ChannelError,
    *,
    key: str,
    age: timedelta = timedelta(),
    backoff: Backoff = BACKOFF,
) -> timedelta | None:
    """How long to wait after the `tries`-th try (from 1), `age` after the message was made; None
    to give up. A far side that names its time is never asked earlier."""
    if isinstance(error, Rejected) or tries >= backoff.most_tries:
        return None
    wait = max(_wait(tries, key, backoff), _named(error, backoff))
    if tries >= backoff.fewest_tries and age + wait > backoff.within:
        return None
    return wait


def outcome_of(
    ended: Receipt | Exception,
    message: Message,
    attempt: Attempt,
    *,
    idempotent: bool,
    now: datetime,
) -> Finished:
    """Close the attempt and move its message on. A channel that raised anything but a ChannelError
    may have sent: that is a fault of ours, and "not delivered" would be a guess."""
    if isinstance(ended, Receipt):
        closed = _closed(attempt, Outcome.DELIVERED, ended.detail, now, ended.provider_id)
        return Finished(attempt=closed, state=MessageState.DELIVERED)
    if isinstance(ended, Rejected):
        closed = _closed(attempt, Outcome.REJECTED, str(ended), now)
        return Finished(attempt=closed, state=MessageState.REJECTED)
    if isinstance(ended, Retryable):
        closed = _closed(attempt, Outcome.RETRYABLE, str(ended), now)
        return _again(message, closed, ended, MessageState.PARKED, now)
    if not isinstance(ended, Ambiguous):
        # Only the type: the text of an error we did not foresee may hold a secret.
        ended = Ambiguous(f"the channel failed unexpectedly ({type(ended).__name__})")
    return _unsure(message, attempt, ended, idempotent, now)


def abandoned(
    message: Message, attempt: Attempt, *, channel_idempotent: bool, now: datetime
) -> Finished:
    """The process died between the two records (law 3): sent again where a repeat is dropped,
    else left for a person to decide."""
    error = Ambiguous("the process ended before the answer was recorded")
    return _unsure(message, attempt, error, channel_idempotent, now)


def _unsure(
    message: Message, attempt: Attempt, error: Ambiguous, idempotent: bool, now: datetime
) -> Finished:
    closed = _closed(attempt, Outcome.AMBIGUOUS, str(error), now)
    if not idempotent:
        return Finished(attempt=closed, state=MessageState.MAYBE_SENT)
    return _again(message, closed, error, MessageState.MAYBE_SENT, now)


def _again(
    message: Message, closed: Attempt, error: ChannelError, given_up: MessageState, now: datetime
) -> Finished:
    wait = next_try(closed.n, error, key=message.id, age=now - message.created_at)
    if wait is None:
        return Finished(attempt=closed, state=given_up)
    return Finished(attempt=closed, state=MessageState.QUEUED, due_at=now + wait)


def _closed(
    attempt: Attempt, outcome: Outcome, detail: str, now: datetime, provider_id: str | None = None
) -> Attempt:
    return attempt.model_copy(
        update={
            "finished_at": now,
            "outcome": outcome,
            "detail": detail,
            "provider_id": provider_id,
        }
    )


def _wait(tries: int, key: str, backoff: Backoff) -> timedelta:
    # The exponent is bounded so that a large count cannot overflow the multiplication.
    doublings = min(max(tries, 1) - 1, 20)
    full = min(backoff.first * (1 << doublings), backoff.longest)
    return full * (1 - backoff.jitter * _share(key, tries))


def _share(key: str, tries: int) -> float:
    """A number in [0, 1) that depends on the message and the try alone."""
    digest = hashlib.sha256(f"{key}\x1f{tries}".encode()).digest()
    return int.from_bytes(digest[:6], "big") / 2**48


def _named(error: ChannelError, backoff: Backoff) -> timedelta:
    seconds = error.retry_after if isinstance(error, Retryable) else None
    if seconds is None or math.isnan(seconds) or seconds <= 0:
        return timedelta()
    return timedelta(seconds=min(seconds, backoff.longest_named.total_seconds()))

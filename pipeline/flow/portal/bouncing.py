"""A subscriber's address fails again and again: nobody goes on writing to it, and somebody is told."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from ...domain.message import Message, MessageState
from ...domain.subscription import SubscriptionState
from ...ports import Alarm, Transaction

MOST_IN_A_ROW = 3
"""Messages that failed for good, with none delivered between them."""
FAILED = "failed"
_FINAL = (MessageState.REJECTED.value, MessageState.PARKED.value)


def suspend_failing(tx: Transaction, failed: Iterable[Message], now: datetime) -> None:
    """`failed` have just come to an end without being delivered; the ledger says what was before."""
    for key in dict.fromkeys(m.recipient.key for m in failed if m.recipient.kind == "subscriber"):
        states = tx.last_states(key, MOST_IN_A_ROW)
        found = tx.subscription(key.partition(":")[2])
        if found is None or found.state is not SubscriptionState.ACTIVE:
            continue
        if len(states) < MOST_IN_A_ROW or not set(states) <= set(_FINAL):
            continue
        stopped = {"state": SubscriptionState.SUSPENDED, "why": FAILED, "changed_at": now}
        tx.save_subscription(found.model_copy(update=stopped))
        values = {"subscription": found.id, "times": str(MOST_IN_A_ROW)}
        tx.raise_alarm(Alarm(key=key, code="subscriber_suspended", values=values, raised_at=now))

"""What a message waited for is there, or will not come: when does it leave now?"""

from __future__ import annotations

from datetime import datetime

from ..domain.communication import Awaited, Communication, CommunicationState
from ..ports import Transaction


def leave(tx: Transaction, told: Communication, now: datetime) -> None:
    """It waits only for its own time, which is over for one that waited for articles: it says that they were
    looked for."""
    own = now if told.awaits is Awaited.ARTICLES else told.ready_at or told.due_at
    ready = max(own, now)
    if told.due_at > ready:
        tx.settle_communication(told, CommunicationState.PLANNED, at=now, due_at=ready)

"""Somebody is to be told: does it become part of what waits already, or a row of its own?"""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from ..domain.communication import Communication, CommunicationState
from ..domain.errors import StaleVersion
from ..domain.incident import Incident
from ..policy.decide import Failed
from ..policy.merging import merge
from ..ports import Alarm, Transaction


def rule_failed(failed: Failed, incident: Incident, now: datetime) -> Alarm:
    """Whoever looks after the rules has to know that one says nothing."""
    return Alarm(
        key=f"rule:{failed.rule}",
        code="rule_condition_failed",
        values={"rule": failed.rule, "error": failed.error, "number": incident.number},
        raised_at=now,
        incident=incident.id,
    )


def plan(
    tx: Transaction, new: Communication, alone: Collection[str], now: datetime
) -> Communication:
    """The row that waits from now on: the new one, or the one that it and others became. `alone` are rules
    whose messages are merged with no other. Raises StaleVersion: read again, and plan anew."""
    planned = [c for c in tx.planned(new.incident) if c.audience == new.audience]
    merged = merge(new, planned, alone)
    tx.add_communications([merged.survivor])
    for absorbed, reason in merged.absorbed:
        joined = tx.settle_communication(
            absorbed,
            CommunicationState.MERGED,
            at=now,
            outcome=reason,
            merged_into=merged.survivor.id,
        )
        if not joined:
            raise StaleVersion("a message of this ticket began to leave meanwhile")
    return merged.survivor

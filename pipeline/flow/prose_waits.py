"""Which messages wait for a chat model's words, from when on is it asked, and when do they wait no longer?"""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime, timedelta

from ..domain.communication import Communication, CommunicationState
from ..domain.incident import Incident
from ..domain.prose import Step
from ..policy.models import models_for
from ..policy.rules import RulePack
from ..ports import Transaction

QUEUE = "prose"


def may_be_asked(
    tx: Transaction, rules: RulePack, models: Collection[Step], incident: Incident, audience: str
) -> bool:
    """Whether one of the models that are set may read about this ticket for these readers (row F10). Where
    none may, a message has nothing to wait for."""
    if not models:
        return False
    named = incident.service.value if incident.service else None
    service = tx.services([named]).get(named) if named else None
    return not set(models).isdisjoint(models_for(rules.models, incident, service, audience).steps)


def await_prose(
    tx: Transaction, told: Communication, within: timedelta | None, now: datetime
) -> None:
    """As late as the model's time allows: what happens until then is in the text too."""
    begins = told.due_at - within if within is not None else now
    tx.await_prose(told.id, max(now, begins))


def leave(tx: Transaction, told: Communication, now: datetime) -> None:
    """It waits no longer for a model, only for its own time."""
    ready = max(told.ready_at or told.due_at, now)
    if told.due_at > ready:
        tx.settle_communication(told, CommunicationState.PLANNED, at=now, due_at=ready)

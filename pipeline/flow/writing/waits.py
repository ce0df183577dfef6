"""Which messages wait for a chat model's words, and from when on is it asked?"""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime, timedelta

from ...domain.communication import Communication, Kind
from ...domain.incident import Incident
from ...domain.prose import Step
from ...ports import Transaction
from ..library import Library
from ..models.choice import choice_of

QUEUE = "prose"


class Prospects:
    """Whether there is anybody to wait for: with no model nothing waits."""

    def __init__(self, library: Library, models: Collection[Step] = ()) -> None:
        """`models` are the places of the ladder for which there is one."""
        self._library, self._models = library, frozenset(models)

    def may_be_asked(self, tx: Transaction, incident: Incident, audience: str) -> bool:
        """Whether one of the models may read about this ticket for these readers (row F10)."""
        if not self._models:
            return False
        choice = choice_of(tx, self._library.rules.models, incident, audience)
        return not self._models.isdisjoint(choice.steps)

    def of_update(self, tx: Transaction, incident_id: str, audience: str) -> timedelta | None:
        """How long before its time a model is asked for an update that was announced; None where none is."""
        within = self._library.rules.prose_within(Kind.UPDATE, audience)
        if within is None or not self._models:
            return None
        incident = tx.incidents([incident_id]).get(incident_id)
        return within if incident and self.may_be_asked(tx, incident, audience) else None


def await_prose(
    tx: Transaction, told: Communication, within: timedelta | None, now: datetime
) -> None:
    """As late as the model's time allows: what happens until then is in the text too."""
    begins = told.due_at - within if within is not None else now
    tx.await_prose(told.id, max(now, begins))

"""Which models may read about a ticket, for these readers? As the rules say of it and of the service that it is about."""

from __future__ import annotations

from collections.abc import Sequence

from ...domain.incident import Incident
from ...policy.models import ModelChoice, ModelRule, models_for
from ...ports import Transaction


def choice_of(
    tx: Transaction, rules: Sequence[ModelRule], incident: Incident, audience: str
) -> ModelChoice:
    named = incident.service.value if incident.service else None
    service = tx.services([named]).get(named) if named else None
    return models_for(rules, incident, service, audience)

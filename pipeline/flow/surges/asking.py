"""What do those who are asked whether it is a major incident have to know besides the record? When and by what the rules
declare it by themselves, and whether the service is under planned maintenance."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from ...alert_ports import Window
from ...domain.communication import Communication, Kind
from ...domain.directory import Service
from ...domain.facts import Fact, FactValue, Level, ValueKind
from ...domain.incident import Incident
from ...drafting.slot_names import DECLARES_AT, DECLARING_ALERT
from ...drafting.text_record import fact_of_text
from ...policy.confirmation import Confirmation
from ...ports import Transaction
from ..alerts.confirming import says_what_failed


@dataclass(frozen=True, kw_only=True)
class Question:
    """`service` is the one in question, where the register knows what failed: of anything else the rules declare
    nothing. `declares_at` is the end of the hold-down; None where they have none, or nothing waits for it any more."""

    communication: Communication
    service: Service | None
    declares_at: datetime | None
    maintenance: Window | None


def question_of(tx: Transaction, c: Communication, incident: Incident) -> Question | None:
    """None for what asks nothing."""
    if c.kind is not Kind.DECLARE_REQUEST:
        return None
    service = incident.service.value if incident.service else None
    asked = incident.surge.value.service if incident.surge and incident.is_surging else service
    under = tx.windows_at([asked], c.created_at) if asked else {}
    services = tx.services(list(incident.services))
    registered = says_what_failed(incident, services)
    return Question(
        communication=c,
        service=services.get(asked or "") if registered else None,
        declares_at=tx.confirmation_due(incident.id) if registered else None,
        maintenance=under.get(asked) if asked else None,
    )


def question_facts(
    question: Question | None, incident: Incident, rules: Confirmation, now: datetime
) -> tuple[Fact, ...]:
    return tuple(_facts(question, incident, rules, now)) if question is not None else ()


def _facts(
    question: Question, incident: Incident, rules: Confirmation, now: datetime
) -> Iterator[Fact]:
    at, work, service = question.declares_at, question.maintenance, question.service
    told: list[tuple[str, ValueKind, FactValue]] = []
    if service is not None and _alert_declares(rules, incident, service.id):
        told.append((DECLARING_ALERT, ValueKind.NAME, service.name))
    if at is not None and at > now:
        told.append((DECLARES_AT, ValueKind.TIME, at))
    if work is not None:
        told += [
            ("maintenance_number", ValueKind.IDENTIFIER, work.number),
            ("maintenance_from", ValueKind.TIME, work.starts_at),
            ("maintenance_until", ValueKind.TIME, work.ends_at),
        ]
    for name, kind, value in told:
        yield fact_of_text(question.communication, name, kind, value, Level.INTERNAL)


def _alert_declares(rules: Confirmation, incident: Incident, service: str) -> bool:
    if incident.is_surging:
        rule = rules.tickets_of(service)
        return rule is not None and rule.second_signal
    return rules.second_signal and incident.severity in rules.severities

"""Which corrections stand beside an incident? What was told, what is right, and to how many."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from pipeline.bootstrap import Heliograph
from pipeline.domain.communication import Communication, CommunicationState
from pipeline.domain.correction import ALL_CLEAR, before_of
from pipeline.domain.directory import Language
from pipeline.domain.facts import Fact, FactValue, ValueKind
from pipeline.domain.incident import Incident
from pipeline.drafting.spoken import duration

STILL_FAILING = "phase.investigating"


@dataclass(frozen=True, kw_only=True)
class Shown:
    """`items` are (attribute, told, right); None is not known yet."""

    communication: Communication
    items: tuple[tuple[str, FactValue | None, FactValue | None], ...]
    known_at: datetime
    recipients: int

    @property
    def withdrawn(self) -> bool:
        """It is not told: by a person's choice, or because what it said changed."""
        return self.communication.state is CommunicationState.SKIPPED


def corrections_on(
    app: Heliograph, incident: Incident, communications: list[Communication], language: Language
) -> list[Shown]:
    """Newest first."""
    rows = {c.id: c for c in communications}
    with app.store.read() as tx:
        known = tx.corrections_of(incident.id)
    return [
        Shown(
            communication=rows[one.communication],
            items=tuple(
                (
                    before_of(ALL_CLEAR) if i.attribute == ALL_CLEAR else i.attribute,
                    _value(i.told, language),
                    STILL_FAILING if i.attribute == ALL_CLEAR else _value(i.right, language),
                )
                for i in one.items
            ),
            known_at=one.known_at,
            recipients=len(one.recipients),
        )
        for one in reversed(known)
        if one.communication in rows
    ]


def _value(fact: Fact | None, language: Language) -> FactValue | None:
    if fact is None:
        return None
    if fact.kind is ValueKind.DURATION:
        return duration(int(str(fact.value)), language)
    return fact.value

"""What is known of a text itself as it is planned, beside the record of its incident?"""

from __future__ import annotations

from ..domain.communication import Communication
from ..domain.facts import Fact, FactValue, Level, ValueKind


def fact_of_text(
    c: Communication,
    name: str,
    kind: ValueKind,
    value: FactValue,
    level: Level,
    scope: str | None = None,
) -> Fact:
    """It rests on the newest of the events by which the text was decided; one that none decided stands for itself."""
    return Fact(
        id=f"f.{name}",
        what=c.incident,
        attribute=name,
        kind=kind,
        value=value,
        level=level,
        scope=scope,
        at=c.created_at,
        event=c.events[-1] if c.events else c.id,
    )

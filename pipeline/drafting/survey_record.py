"""What is told of an answered survey? Its score and words, to those who lead the group alone."""

from __future__ import annotations

from ..domain.communication import Communication, Kind
from ..domain.facts import Fact, FactValue, Level, Status, ValueKind
from ..domain.incident import Incident
from ..domain.keys import ticket_scope
from ..domain.survey import Survey


def survey_facts(incident: Incident, c: Communication, survey: Survey | None) -> tuple[Fact, ...]:
    """None for a message that is not about an answer."""
    if survey is None or survey.score is None or c.kind is not Kind.LOW_SCORE:
        return ()
    found: dict[str, tuple[ValueKind, FactValue]] = {
        "score": (ValueKind.NUMBER, survey.score),
    }
    if survey.comment:
        found["score_comment"] = (ValueKind.QUOTE, survey.comment)
    return tuple(
        Fact(
            id=f"f.{attribute}",
            what=incident.id,
            attribute=attribute,
            kind=kind,
            value=value,
            status=Status.REPORTED,
            level=Level.INTERNAL,
            scope=ticket_scope(incident.id),
            at=survey.answered_at or survey.asked_at,
            event=c.id,
        )
        for attribute, (kind, value) in found.items()
    )

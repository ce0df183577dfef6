"""What is told of an answered survey? Its score and words, and of one that many were asked how many said so, to those who
lead alone."""

from __future__ import annotations

from ..domain.communication import Communication, Kind
from ..domain.facts import Fact, FactValue, Level, Status, ValueKind
from ..domain.incident import Incident
from ..domain.keys import ticket_scope
from ..domain.survey import Survey, Tally


def survey_facts(
    incident: Incident, c: Communication, survey: Survey | None, tally: Tally | None, low: int
) -> tuple[Fact, ...]:
    """None for a message that is not about an answer. `low` is the greatest low score."""
    if survey is None or survey.score is None or c.kind is not Kind.LOW_SCORE:
        return ()
    found: dict[str, tuple[ValueKind, FactValue]] = {
        "score": (ValueKind.NUMBER, survey.score),
    }
    if tally is not None:
        found["answers"] = (ValueKind.NUMBER, tally.answers)
        found["low_answers"] = (ValueKind.NUMBER, tally.low(low))
        found["low_until"] = (ValueKind.NUMBER, low)
    # Of several the first may have been put right since: then its words are not those of a low score.
    if survey.comment and survey.score <= low:
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

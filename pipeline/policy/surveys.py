"""Who is asked how it went, how long may it be answered, and which answer is raised to whoever leads?"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from ..domain.communication import Reason
from ..domain.incident import Incident
from ..domain.incident_types import IncidentType
from ..domain.lattices import TicketState

SCORES = range(1, 6)
"""From very dissatisfied to very satisfied, or from very badly to very well informed."""


@dataclass(frozen=True, kw_only=True)
class SurveyRules:
    """A person is asked once in `once_in`, whatever it is about, and may answer, and change the answer, for
    `open_for`. A score of `low` or less is raised `raise_after` it was given: a slip of the finger can be mended
    until then. Of a major incident many are asked: what is raised of one comes together, once in `raise_again`."""

    open_for: timedelta = timedelta(days=14)
    once_in: timedelta = timedelta(days=30)
    low: int = 2
    raise_after: timedelta = timedelta(minutes=10)
    raise_again: timedelta = timedelta(days=1)


def why_not_of_repair(incident: Incident) -> Reason | None:
    """Why its requester is not asked how this ticket went. What is true of a ticket that must not be surveyed is
    said here, and nowhere else: of a failure that hit everybody, or a ticket attached to it, each reporter would
    be asked for the same work."""
    if incident.major is not None:
        return Reason(code="survey_of_many")
    return Reason(code="survey_of_attached") if incident.attached_to is not None else None


def why_not_of_informed(incident: Incident, type_: IncidentType | None) -> Reason | None:
    """Why nobody is asked how well they were kept informed of it: asked when they would be, for much can happen
    in between. Of a security incident nobody is, whatever the rules say: its answers would be words about it."""
    major = incident.major
    if major is None or major.standing != "restored":
        return Reason(code="not_so")
    if type_ is IncidentType.SECURITY:
        return Reason(code="survey_of_security")
    closed = incident.state.value is TicketState.CLOSED
    return None if closed else Reason(code="survey_while_open")

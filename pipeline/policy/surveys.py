"""Who is asked how it went, how long may it be answered, and which answer is raised to a manager?"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from ..domain.incident import Incident

SCORES = range(1, 6)
"""From very dissatisfied to very satisfied."""


@dataclass(frozen=True, kw_only=True)
class SurveyRules:
    """A person is asked once in `once_in`, and may answer, and change the answer, for `open_for`. A score
    of `low` or less is raised `raise_after` it was given: a slip of the finger can be mended until then."""

    open_for: timedelta = timedelta(days=14)
    once_in: timedelta = timedelta(days=30)
    low: int = 2
    raise_after: timedelta = timedelta(minutes=10)


def is_surveyed(incident: Incident) -> bool:
    """Whether its requester may be asked how this ticket went. What is true of a ticket that must not be
    surveyed is said here, and nowhere else: one without a requester has nobody to ask, and of a failure
    that hit everybody, or a ticket attached to it, each reporter would be asked for the same work."""
    of_one = incident.major is None and incident.attached_to is None
    return incident.requester is not None and of_one

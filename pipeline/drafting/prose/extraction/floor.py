"""Is there enough to write about? A summary of nothing is worse than none."""

from __future__ import annotations

from ..assignment import Assignment
from .cues import TOPIC
from .heard import Heard, substance
from .said import Act, Said
from .terms import terms_of

FEWEST_TERMS = 4
"""Different words (in Chinese pairs of characters) that must have been said, greetings aside, where the
record holds nothing."""
FEWEST_OF_EFFECT = 2
"""The same, of one sentence that names a service which does not work."""
_NAMES = frozenset(
    {"number", "title", "requester_name", "requester_phone", "assignee_phone", "author"}
)
"""Facts that say which ticket it is, and nothing of what happened."""
_GIVEN = frozenset({"state", "priority", "service", "group", "assignee", "first_contact_by"})
"""Facts that every ticket has on its first minute."""


def is_enough(assignment: Assignment, all_: Heard) -> bool:
    """A fact about what happened, or enough words about it."""
    attributes = {fact.attribute for fact in assignment.brief.facts}
    if attributes - _NAMES - _GIVEN:
        return True
    said = substance(all_.said)
    return (
        any(_tells_an_effect(one) for one in said)
        or len(terms_of(" ".join(one.text for one in said))) >= FEWEST_TERMS
    )


def _tells_an_effect(one: Said) -> bool:
    """What does not work, with the service by its name, is enough however little stands beside it."""
    named = any(cue.startswith(TOPIC) for cue in one.cues)
    return one.act in (Act.REPORTS, Act.FAILED) and named and len(one.terms) >= FEWEST_OF_EFFECT

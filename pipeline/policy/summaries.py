"""For whom may a summary be written, which questions does it answer, and by which event may it leave?"""

from __future__ import annotations

from typing import Literal

from ..domain.facts import Audience, Level
from ..domain.incident import Incident
from .audiences import ROLES

STAKEHOLDER, TECHNICIAN = "stakeholder", "technician"
AUDIENCES = (STAKEHOLDER, *ROLES)
"""`stakeholder` is whoever it concerns: those affected by a major incident, else the requester."""
LeavesAs = Literal["internal_note", "public_note", "statement", "public_statement"]
ROLES_OF_STAKEHOLDER = ("requester", "affected")
"""What `stakeholder` may stand for; `role_of` says which."""
_WORKING = frozenset({"technician", "group", "owner", "in_charge"})
_LEAVES: dict[str, LeavesAs] = {
    "requester": "public_note",
    "affected": "statement",
    "public": "public_statement",
}


def role_of(audience: str, incident: Incident | None) -> str:
    """The role of the rules that is meant; a conversation alone has a requester at most."""
    if audience != STAKEHOLDER:
        return audience
    requester, affected = ROLES_OF_STAKEHOLDER
    return affected if incident is not None and incident.major is not None else requester


def kind_for(role: str) -> str:
    """The questions that a summary for them answers, unless others are asked for: all but those who work on
    it wait for it, however much they may know. Leaders and the front line among them."""
    return TECHNICIAN if role in _WORKING else STAKEHOLDER


def is_internal(role: str) -> bool:
    """Whether its readers may know what only those who work on it may. An unknown role counts as one:
    what was written for it is shown to as few as possible (law 12)."""
    membership = ROLES.get(role)
    return membership is None or membership.clearance > Level.AFFECTED


def leaves_as(role: str) -> LeavesAs:
    """A statement reaches everybody whom it concerns, so only what was cut for them may become one."""
    return _LEAVES.get(role, "internal_note")


def reaches_nobody(role: str) -> bool:
    """Whether it is kept on the ticket alone: then it is never called sent."""
    return leaves_as(role) == "internal_note"


def without_incident(role: str) -> Audience:
    """What they may know of a conversation that belongs to no ticket: their clearance, and no circle."""
    membership = ROLES.get(role)
    clearance = membership.clearance if membership else Level.PUBLIC
    return Audience(role=role, clearance=clearance)
